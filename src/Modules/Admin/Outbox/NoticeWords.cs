using Microsoft.Extensions.Localization;
using Tccc.Platform;

namespace Tccc.Admin;

internal static class NoticeWords
{
    public static (string Class, string Word) State(IStringLocalizer<Texts> texts, NoticeRow row) => row switch
    {
        { State: NoticeState.Sent } => ("mark-good", texts["Sent"]),
        { State: NoticeState.NotConfigured } => ("", texts["Would have been sent"]),
        { State: NoticeState.Failed } => ("mark-bad", texts["Given up"]),
        { Fault: not null } => ("mark-warn", texts["Waiting to be tried again"]),
        _ => ("", texts["Waiting to be sent"]),
    };

    public static string Fault(IStringLocalizer<Texts> texts, NoticeKind kind, NoticeFault fault) => fault switch
    {
        NoticeFault.Unreachable =>
            kind == NoticeKind.Mail ? texts["The mail server can't be reached."] : texts["The SMS gateway can't be reached."],
        NoticeFault.TimedOut =>
            kind == NoticeKind.Mail ? texts["The mail server did not answer in time."] : texts["The SMS gateway did not answer in time."],
        NoticeFault.Insecure => texts["No trusted encrypted connection could be made."],
        NoticeFault.SignInRefused => texts["Name and password in the settings were not accepted."],
        NoticeFault.Busy => texts["The other side asks to try again later."],
        NoticeFault.Rejected => texts["The other side rejects this message."],
        NoticeFault.Expired => texts["The code expired before it could be sent."],
        NoticeFault.SecretLost => texts["The keys in the data folder are not those it was stored with."],
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
    };
}
