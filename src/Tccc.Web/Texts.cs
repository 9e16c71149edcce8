namespace Tccc.Web;

/// <summary>Names the resources of the words of the host's own pages.</summary>
internal sealed class Texts;
