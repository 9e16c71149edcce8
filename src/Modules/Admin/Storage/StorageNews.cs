using Microsoft.Extensions.Hosting;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Admin;

/// <summary>Has the alert drawn anew in open workbenches when the database can't be written any more, and when it can again.</summary>
internal sealed class StorageNews(Writer writer, Centers centers, WorkbenchStreams streams) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        writer.TroubleChanged += Tell;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        writer.TroubleChanged -= Tell;
        return Task.CompletedTask;
    }

    private void Tell()
    {
        foreach (var center in centers.All) streams.RefreshCenter(center.Id, StorageAlertFragment.Id);
    }
}
