using Microsoft.EntityFrameworkCore;
using Tccc.Acd.Core;
using Tccc.Platform;

namespace Tccc.Acd.Rows;

/// <summary>Forgets who served whom when that counts no more.</summary>
internal sealed class LastServedTidying(Writer writer, TimeProvider time) : IRepeatedJob
{
    public Task Run()
    {
        var before = time.GetUtcNow() - Dispatcher.LastAgentFor;
        return writer.Write(db => db.Set<LastServedRow>().Where(l => l.At <= before).ExecuteDeleteAsync());
    }
}
