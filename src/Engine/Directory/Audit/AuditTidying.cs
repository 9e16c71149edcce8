using Tccc.Platform;

namespace Tccc.Directory;

/// <summary>Has the audit trail forget what is too old.</summary>
internal sealed class AuditTidying(Audit audit) : IRepeatedJob
{
    public Task Run() => audit.Tidy();
}
