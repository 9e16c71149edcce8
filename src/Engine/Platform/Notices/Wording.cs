using System.Globalization;
using System.Net;
using Microsoft.Extensions.Localization;

namespace Tccc.Platform;

/// <summary>A text, written out in one language.</summary>
/// <param name="Subject">Null for an SMS.</param>
/// <param name="Lines">An SMS has one; a mail a paragraph each.</param>
internal sealed record Letter(string? Subject, IReadOnlyList<string> Lines)
{
    public string Plain => string.Join("\n\n", Lines);

    public string Html => $"<!DOCTYPE html><html><head><meta charset=\"utf-8\"></head><body>{string.Concat(Lines.Select(line => $"<p>{WebUtility.HtmlEncode(line)}</p>"))}</body></html>";
}

/// <summary>The words of all mails and SMS, in both languages: English here, Chinese in Texts.zh-CN.resx.</summary>
internal sealed class Wording(IStringLocalizer<Texts> texts)
{
    /// <summary>Stands where a secret stood.</summary>
    public const string Hidden = "••••••";

    public static IReadOnlyList<Type> All { get; } =
        [.. typeof(MailText).GetNestedTypes(), .. typeof(SmsText).GetNestedTypes()];

    /// <summary>The text with its values; the secret comes last of the placeholders.</summary>
    public Letter Write(string text, string language, IReadOnlyList<string> values, string? secret)
    {
        object[] args = [.. values, secret ?? Hidden];
        var (before, beforeUi) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = Languages.Match(language) ?? Languages.Chinese;
            return Of(text, args);
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (before, beforeUi);
        }
    }

    private Letter Of(string text, object[] args) => text switch
    {
        nameof(MailText.Invitation) => new(texts["Your account in {0}", args],
        [
            texts["You have an account in the contact center {0}.", args],
            texts["Sign in at {1} with the e-mail {2} and this password: {3}", args],
            texts["The password is good for 7 days. At the first sign-in you choose your own and confirm your mobile number."],
        ]),
        nameof(MailText.JoinedCenter) => new(texts["You now work in {0} too", args],
        [
            texts["You now belong to the contact center {0} too.", args],
            texts["Sign in at {1} with the e-mail {2} and the password you have.", args],
        ]),
        nameof(MailText.PasswordReplaced) => new(texts["Your new password"],
        [
            texts["An administrator of {0} gave you a new password. The old one no longer works.", args],
            texts["Sign in at {1} with the e-mail {2} and this password: {3}", args],
            texts["The password is good for 7 days. When you sign in you choose your own."],
        ]),
        nameof(MailText.PasswordChanged) => new(texts["Your password was changed"],
        [
            texts["The password of {0} was changed, and all other sessions have ended.", args],
            texts["If that was not you, set a new password with «Forgot password» at once and tell your administrator."],
        ]),
        nameof(MailText.MobileChanged) => new(texts["Your mobile number was changed"],
        [
            texts["The mobile number of {0} is now {1}.", args],
            texts["If that was not you, tell your administrator at once."],
        ]),
        nameof(SmsText.SignInCode) => new(null, [texts["{1} is your code to sign in, valid for {0} min. Tell it to nobody.", args]]),
        nameof(SmsText.RecoveryCode) =>
            new(null, [texts["{1} is your code to set a new password, valid for {0} min. Tell it to nobody.", args]]),
        nameof(SmsText.BindCode) =>
            new(null, [texts["{1} is your code to confirm this mobile number, valid for {0} min. Tell it to nobody.", args]]),
        _ => throw new ArgumentOutOfRangeException(nameof(text), text, null),
    };
}
