namespace Tccc.Customers;

/// <summary>Names the resources of this room's words.</summary>
public sealed class Texts;
