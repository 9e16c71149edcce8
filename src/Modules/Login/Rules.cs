using FluentValidation;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Login;

/// <summary>What several forms of this room ask of the same field.</summary>
internal static class Rules
{
    public const int LongestNickname = Agent.LongestNickname;

    public static IRuleBuilderOptions<T, string?> MustBeMobile<T>(this IRuleBuilderInitial<T, string?> rule) =>
        rule.Cascade(CascadeMode.Stop)
        .NotEmpty().WithMessage("Enter your mobile number.")
        .Must(typed => MobileNumber.Normalise(typed) is not null)
            .WithMessage("This is not a mobile number: 11 digits, or with + and the country's code.");

    public static IRuleBuilderOptions<T, string?> MustBeCode<T>(this IRuleBuilderInitial<T, string?> rule) => rule.Cascade(CascadeMode.Stop)
        .NotEmpty().WithMessage("Enter the code of the SMS.")
        .Must(typed => SmsCodes.Typed(typed) is not null).WithMessage("The code has 6 digits.");

    /// <summary>What customers see. Anything readable is a name; it is text wherever it is shown.</summary>
    public static IRuleBuilderOptions<T, string?> MustBeNickname<T>(this IRuleBuilderInitial<T, string?> rule) =>
        rule.Cascade(CascadeMode.Stop)
        .Must(typed => !string.IsNullOrWhiteSpace(typed)).WithMessage("Enter the nickname that customers will see.")
        .Must(typed => typed!.Trim().Length <= LongestNickname)
        .WithMessage("The nickname can have 50 characters at most.")
        .Must(typed => PlainText.Fault(typed, LongestNickname) is null)
            .WithMessage("The nickname contains a character that can't be seen.");

    /// <summary>Five parts of one rule, each with its own sentence, at the field of the new password.</summary>
    public static IRuleBuilderOptionsConditions<T, string?> MustKeepPasswordRule<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Custom((typed, context) =>
        {
            foreach (var broken in PasswordRule.Broken(typed)) context.AddFailure(broken);
        });

    /// <summary>
    /// Whether a code that came with a refused form was left alone: validators refused something else, and nothing was redeemed.
    /// </summary>
    public static bool StillGood(Error? refusal) =>
        refusal is ValidationFailed { Fields: var fields }
            && fields.All(f => f.Field is "Nickname" or "Old" or "Mobile" or "Password" or "Repeat");
}
