using Microsoft.AspNetCore.Identity;

namespace Tccc.Directory;

/// <summary>8–20 characters with at least one digit, one letter and one symbol, no white space; one sentence per broken part. product.md §1</summary>
public sealed class PasswordRule : IPasswordValidator<Person>
{
    public const int Shortest = 8;
    public const int Longest = 20;

    /// <summary>What is wrong with a password, in English, each sentence a key of its translations; empty when nothing is.</summary>
    public static IReadOnlyList<string> Broken(string? password)
    {
        var text = password ?? "";
        List<string> broken = [];
        if (text.Length is < Shortest or > Longest) broken.Add("The password must have 8 to 20 characters.");
        if (!text.Any(char.IsDigit)) broken.Add("The password must contain a digit.");
        if (!text.Any(char.IsLetter)) broken.Add("The password must contain a letter.");
        if (!text.Any(c => !char.IsLetterOrDigit(c) && !char.IsWhiteSpace(c))) broken.Add("The password must contain a symbol.");
        if (text.Any(char.IsWhiteSpace)) broken.Add("The password must not contain white space.");
        return broken;
    }

    public Task<IdentityResult> ValidateAsync(UserManager<Person> manager, Person user, string? password) =>
        Task.FromResult(Broken(password) is { Count: > 0 } broken
            ? IdentityResult.Failed([.. broken.Select(text => new IdentityError { Code = nameof(PasswordRule), Description = text })])
            : IdentityResult.Success);
}
