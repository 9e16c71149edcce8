namespace Tccc.Web.Workbench;

/// <summary>
/// How many event streams somebody has in a center: a few windows are, a thousand are not. Whoever opens one more has the oldest that holds
/// no seat ended, so that a window whose old connection is not known to be gone can always come back.
/// </summary>
internal sealed class OpenStreams
{
    /// <summary>The seat, a few windows that ask for it, and connections that broke without a word.</summary>
    public const int AtMost = 6;

    private readonly Dictionary<AgentId, List<Place>> all = [];

    /// <summary>A place for one more; its token says when it must go, for a newer one or because the browser went.</summary>
    public Place Take(AgentId agent, CancellationToken gone)
    {
        var mine = new Place(this, agent, gone);
        lock (all)
        {
            if (!all.TryGetValue(agent, out var places)) all[agent] = places = [];
            if (places.Count >= AtMost && (places.Find(static p => !p.HoldsSeat) ?? places[0]) is var oldest)
            {
                places.Remove(oldest);
                oldest.End();
            }
            places.Add(mine);
        }
        return mine;
    }

    public int Of(AgentId agent)
    {
        lock (all) return all.TryGetValue(agent, out var places) ? places.Count : 0;
    }

    private void Leave(Place place)
    {
        lock (all)
        {
            if (!all.TryGetValue(place.Agent, out var places)) return;
            places.Remove(place);
            if (places.Count == 0) all.Remove(place.Agent);
        }
    }

    internal sealed class Place(OpenStreams owner, AgentId agent, CancellationToken gone) : IDisposable
    {
        private readonly CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(gone);

        public AgentId Agent => agent;

        /// <summary>The window is the one that works.</summary>
        public bool HoldsSeat { get; set; }

        public CancellationToken Ended => end.Token;

        // while it is among the others it is not disposed; not on the thread of who came
        internal void End() => _ = end.CancelAsync();

        public void Dispose()
        {
            owner.Leave(this);
            end.Dispose();
        }
    }
}
