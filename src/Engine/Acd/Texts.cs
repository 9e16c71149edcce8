namespace Tccc.Acd;

/// <summary>Names the resources of this room's words: why something was refused.</summary>
public sealed class Texts
{
    private Texts()
    {
    }
}
