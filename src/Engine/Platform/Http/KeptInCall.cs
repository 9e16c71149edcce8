namespace Tccc.Platform;

/// <summary>
/// On the routes of a call in progress: whose session ends meanwhile (disabled, another role, another password, too old) keeps them, and
/// nothing else, until it ends. The group that carries it must refuse those who are in no call.
/// </summary>
public sealed class KeptInCall;
