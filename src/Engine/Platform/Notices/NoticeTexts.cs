namespace Tccc.Platform;

/// <summary>What a mail or an SMS says: a text of the closed sets below. Their words stand in <see cref="Wording"/>.</summary>
public abstract record NoticeText
{
    private protected NoticeText(string? secret, TimeSpan? validFor, params IReadOnlyList<string> values) =>
        (Secret, Lasts, Values) = (secret, validFor, values);

    internal string Name => GetType().Name;

    /// <summary>What nobody but the receiver may see; the last of the text's placeholders.</summary>
    internal string? Secret { get; }

    /// <summary>Null: it may be sent however late.</summary>
    internal TimeSpan? Lasts { get; }

    internal IReadOnlyList<string> Values { get; }

    /// <summary>Never the values or the secret: a text that is logged by mistake says nothing.</summary>
    public sealed override string ToString() => Name;
}

/// <summary>What a mail can say; product.md §1. «address» is where to sign in, as the reader's browser must ask for it.</summary>
public abstract record MailText : NoticeText
{
    private MailText(string? secret, params IReadOnlyList<string> values) : base(secret, null, values)
    {
    }

    /// <summary>An administrator made an account; the first password.</summary>
    public sealed record Invitation(string Center, string Address, string Account, string Password)
        : MailText(Password, Center, Address, Account);

    /// <summary>Somebody with an account of another center works here too from now on.</summary>
    public sealed record JoinedCenter(string Center, string Address, string Account) : MailText(null, Center, Address, Account);

    /// <summary>An administrator gave a new password in place of a lost one.</summary>
    public sealed record PasswordReplaced(string Center, string Address, string Account, string Password)
        : MailText(Password, Center, Address, Account);

    /// <summary>The person changed the password, or set a new one after forgetting it; whoever did not will want to know.</summary>
    public sealed record PasswordChanged(string Account) : MailText(null, Account);

    /// <summary>The person bound another mobile number; <paramref name="Masked"/> is the new one as 189****8352.</summary>
    public sealed record MobileChanged(string Account, string Masked) : MailText(null, Account, Masked);
}

/// <summary>What an SMS can say; product.md §1. After <c>validFor</c> it is not sent any more.</summary>
public abstract record SmsText : NoticeText
{
    private SmsText(string code, TimeSpan validFor) : base(code, validFor, MinutesOf(validFor))
    {
    }

    public sealed record SignInCode(string Code, TimeSpan ValidFor) : SmsText(Code, ValidFor);

    /// <summary>For a new password in place of a forgotten one.</summary>
    public sealed record RecoveryCode(string Code, TimeSpan ValidFor) : SmsText(Code, ValidFor);

    /// <summary>To bind a mobile number: at the first sign-in, or in place of another.</summary>
    public sealed record BindCode(string Code, TimeSpan ValidFor) : SmsText(Code, ValidFor);

    private static string MinutesOf(TimeSpan span) =>
        ((int)Math.Ceiling(span.TotalMinutes)).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
