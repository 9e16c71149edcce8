namespace Tccc;

/// <summary>What a person may do in a center; product.md §1. Each includes what the ones before it may do.</summary>
public enum Role
{
    Agent,
    Supervisor,
    Administrator,
}
