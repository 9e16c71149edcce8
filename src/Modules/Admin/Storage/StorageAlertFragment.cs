using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Admin;

/// <summary>The alert in the workbench of who may see how the server does; in that of others there is nothing.</summary>
internal sealed class StorageAlertFragment(Writer writer, Centers centers) : IFragment
{
    public const string Id = "storage-alert";

    public string Name => Id;

    public ValueTask<FragmentView> For(AgentScope scope) => new(FragmentView.Of<StorageAlert>(
        (nameof(StorageAlert.Trouble), centers.Agent(scope.Agent)?.Role.May(Right.SeeOperation) is true ? writer.Trouble : null)));
}
