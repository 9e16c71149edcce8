namespace Tccc.Login;

/// <summary>What the sign-in page says to a newcomer, while the demo is on: whom to sign in as, and where the demo's phone is.</summary>
public sealed record SignInHint(string Password, string Phone, IReadOnlyList<(string Email, Role Role)> Accounts);
