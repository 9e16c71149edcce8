using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Tccc.Media;

namespace Tccc.Telephony;

/// <summary>
/// Every call that is up, by its id, by its agents, and by what the dispatcher knows its consultations by. A call enters when it arrives
/// and leaves when it has ended.
/// </summary>
internal sealed class CallTable
{
    private readonly ConcurrentDictionary<CallId, LiveCall> byId = new();
    private readonly ConcurrentDictionary<AgentId, LiveCall> byAgent = new();
    private readonly ConcurrentDictionary<ContactId, LiveCall> byConsultation = new();

    /// <summary>No call is let in any more.</summary>
    public bool Closed { get; set; }

    public ICollection<LiveCall> All => byId.Values;

    public bool IsEmpty => byId.IsEmpty;

    public void Add(LiveCall call)
    {
        byId[call.Id] = call;
        CallMetrics.Up(1);
    }

    public void Remove(LiveCall call)
    {
        if (byId.TryRemove(call.Id, out _)) CallMetrics.Up(-1);
    }

    public LiveCall? Find(CallId id) => byId.GetValueOrDefault(id);

    public LiveCall? Find(ContactId id) => byId.GetValueOrDefault(new(id.Value)) ?? byConsultation.GetValueOrDefault(id);

    public LiveCall? Of(AgentId agent) => byAgent.GetValueOrDefault(agent);

    public void Give(AgentId agent, LiveCall call) => byAgent[agent] = call;

    public void Take(AgentId agent, LiveCall call) => byAgent.TryRemove(new(agent, call));

    public void Give(ContactId consultation, LiveCall call) => byConsultation[consultation] = call;

    public void Take(ContactId consultation) => byConsultation.TryRemove(consultation, out _);
}

/// <summary>Who hears what happens on a media leg. A leg stands here from before it is opened until it is closed.</summary>
internal sealed class LegTable : IMediaEvents
{
    private readonly ConcurrentDictionary<LegId, IMediaEvents> owners = new();

    public ICollection<LegId> Open => owners.Keys;

    public void Add(LegId leg, IMediaEvents owner) => owners[leg] = owner;

    public void Remove(LegId leg) => owners.TryRemove(leg, out _);

    public void On(MediaEvent e)
    {
        if (owners.TryGetValue(e.Leg, out var owner)) owner.On(e);
    }
}
