using Microsoft.EntityFrameworkCore;
using Tccc.Platform;

namespace Tccc.Acd.Rows;

internal sealed class AcdModel : IModelPart
{
    public void Build(ModelBuilder model)
    {
        model.Entity<AgentFacts>(facts =>
        {
            facts.ToTable("AgentFacts");
            facts.HasKey(f => f.Agent);
            facts.HasIndex(f => f.Center);
        });
        model.Entity<AgentStateChange>(change =>
        {
            change.ToTable("AgentStateChanges");
            // Ids rise with time: the newest of an agent is a seek, and a report of a day is a range.
            change.HasIndex(c => new { c.Agent, c.Id });
            change.HasIndex(c => new { c.Center, c.At });
        });
        model.Entity<ContactTrace>(trace =>
        {
            trace.ToTable("ContactTraces");
            trace.HasIndex(t => t.Contact);
        });
        model.Entity<LastServedRow>(last =>
        {
            last.ToTable("LastServed");
            last.HasIndex(l => new { l.Center, l.At });
        });
    }
}
