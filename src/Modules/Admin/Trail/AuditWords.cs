using Microsoft.Extensions.Localization;
using Tccc.Directory;

namespace Tccc.Admin;

internal static class AuditWords
{
    public static string Of(IStringLocalizer<Texts> texts, AuditWhat what) => what switch
    {
        AuditWhat.SignedIn => texts["Signed in"],
        AuditWhat.SignInFailed => texts["Sign-in failed"],
        AuditWhat.LockedOut => texts["Locked out"],
        AuditWhat.SignedOut => texts["Signed out"],
        AuditWhat.SignedOutEverywhere => texts["Signed out everywhere"],
        AuditWhat.PasswordChanged => texts["Password changed"],
        AuditWhat.PasswordRecovered => texts["Forgotten password reset"],
        AuditWhat.PasswordReplaced => texts["Password replaced"],
        AuditWhat.MobileBound => texts["Mobile number bound"],
        AuditWhat.MobileChanged => texts["Mobile number changed"],
        AuditWhat.ProfileChanged => texts["Personal information changed"],
        AuditWhat.PersonCreated => texts["Person created"],
        AuditWhat.PersonChanged => texts["Person changed"],
        AuditWhat.PersonDisabled => texts["Person disabled"],
        AuditWhat.PersonEnabled => texts["Person enabled"],
        AuditWhat.PersonRemoved => texts["Person removed"],
        AuditWhat.GroupSaved => texts["Skill group saved"],
        AuditWhat.GroupDeleted => texts["Skill group deleted"],
        AuditWhat.NumberSaved => texts["Number saved"],
        AuditWhat.NumberDeleted => texts["Number deleted"],
        AuditWhat.TrunkSaved => texts["Trunk saved"],
        AuditWhat.TrunkDeleted => texts["Trunk deleted"],
        AuditWhat.PhoneSaved => texts["Desk phone saved"],
        AuditWhat.PhonePasswordReplaced => texts["Password of a desk phone replaced"],
        AuditWhat.PhoneDeleted => texts["Desk phone deleted"],
        AuditWhat.SoundSaved => texts["Recording saved"],
        AuditWhat.SoundDeleted => texts["Recording deleted"],
        AuditWhat.ScheduleSaved => texts["Opening hours saved"],
        AuditWhat.ScheduleDeleted => texts["Opening hours deleted"],
        AuditWhat.SettingsSaved => texts["Center settings saved"],
        AuditWhat.NoticeRetried => texts["Message tried again"],
        AuditWhat.CustomerSaved => texts["Customer saved"],
        AuditWhat.CustomerNoted => texts["Customer note added"],
        AuditWhat.CustomersMerged => texts["Customers merged"],
        AuditWhat.CustomersParted => texts["Customers split"],
        AuditWhat.CustomersSeen => texts["Customer list viewed"],
        AuditWhat.OutboxSeen => texts["Outbox viewed"],
        AuditWhat.RecordSeen => texts["Another agent's call record viewed"],
        AuditWhat.RecordsSeen => texts["List of others' calls viewed"],
        _ => throw new ArgumentOutOfRangeException(nameof(what), what, null),
    };

    /// <summary>What somebody who looks for trouble looks at first.</summary>
    public static bool IsAlarming(AuditWhat what) => what is AuditWhat.SignInFailed or AuditWhat.LockedOut;
}
