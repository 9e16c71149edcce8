using System.Collections.Frozen;
using Microsoft.AspNetCore.Builder;

namespace Tccc.Platform;

/// <summary>What somebody in a center may do. Endpoints name one a group, menus and pages ask for the same.</summary>
public enum Right
{
    /// <summary>Work at the workbench: presence, calls, the own profile.</summary>
    Serve,
    /// <summary>Read service records: one's own.</summary>
    SeeRecords,
    /// <summary>Read the service records of everybody in the center.</summary>
    SeeAllRecords,
    /// <summary>Read and write down who the customers are whom one serves or has served.</summary>
    SeeCustomers,
    /// <summary>The same of all customers of the center; find, merge and part them.</summary>
    ManageCustomers,
    /// <summary>Make, change, disable and remove people, and give them passwords.</summary>
    ManagePeople,
    /// <summary>Change how the center works: groups, numbers, trunks, phones, sounds, settings.</summary>
    SetUpCenter,
    /// <summary>Read what the center sent and who changed what.</summary>
    ReadTrail,
    /// <summary>Look at how the server itself does: health in detail, figures, jobs.</summary>
    SeeOperation,
}

/// <summary>Who may do what: the one table of the three roles' rights; product.md §1 and §12.</summary>
public static class Rights
{
    private static readonly FrozenDictionary<Role, FrozenSet<Right>> Table = new Dictionary<Role, FrozenSet<Right>>
    {
        [Role.Agent] = [Right.Serve, Right.SeeRecords, Right.SeeCustomers],
        [Role.Supervisor] = [Right.Serve, Right.SeeRecords, Right.SeeAllRecords, Right.SeeCustomers, Right.ManageCustomers],
        [Role.Administrator] =
        [
            Right.Serve, Right.SeeRecords, Right.SeeAllRecords, Right.SeeCustomers, Right.ManageCustomers, Right.ManagePeople,
            Right.SetUpCenter, Right.ReadTrail, Right.SeeOperation,
        ],
    }.ToFrozenDictionary();

    /// <summary>Whether the table gives this role that right.</summary>
    public static bool May(this Role role, Right right) => Table[role].Contains(right);

    /// <summary>Only for who is signed in, has finished with that, is in a center and has this right there.</summary>
    public static TBuilder RequireAuthorization<TBuilder>(this TBuilder routes, Right right) where TBuilder : IEndpointConventionBuilder =>
        routes.RequireAuthorization(Policy(right));

    /// <summary>The name of the authorization policy that asks for this right.</summary>
    public static string Policy(Right right) => $"right:{right}";
}
