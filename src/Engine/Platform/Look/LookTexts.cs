namespace Tccc.Platform.Look;

/// <summary>Names the resources of the words that every page shares.</summary>
public sealed class LookTexts;
