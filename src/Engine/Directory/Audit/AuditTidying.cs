using Microsoft.Extensions.Hosting;
using Tccc.Platform;

namespace Tccc.Directory;

/// <summary>Has the audit trail forget what is too old, every day.</summary>
internal sealed class AuditTidying(Deadlines deadlines, Audit audit) : IHostedService
{
    private const string Key = "audit-tidy";

    public Task StartAsync(CancellationToken cancellationToken)
    {
        deadlines.ArmDaily(Key, _ => audit.Tidy());
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        deadlines.Disarm(Key);
        return Task.CompletedTask;
    }
}
