namespace Tccc.Telephony;

/// <summary>Marks this room's translations.</summary>
public sealed class Texts
{
    private Texts()
    {
    }
}
