namespace Tccc.Acd.Core;

/// <summary>Order of a queue: those who come back first, among themselves and then all others by arrival.</summary>
internal readonly struct QueueKey(bool returned, Instant arrived, long turn, ContactEntry? entry) : IComparable<QueueKey>
{
    private readonly long rank = returned ? 0 : 1;
    private readonly long arrived = arrived.Ticks;
    private readonly long turn = turn;

    public ContactEntry? Entry { get; } = entry;

    /// <summary>Comes before everybody who never had an agent.</summary>
    public static QueueKey FirstFresh { get; } = new(false, new(long.MinValue), long.MinValue, null);

    public int CompareTo(QueueKey other)
    {
        if (rank != other.rank) return rank.CompareTo(other.rank);
        return arrived != other.arrived ? arrived.CompareTo(other.arrived) : turn.CompareTo(other.turn);
    }
}

/// <summary>Order of a group's free members by its strategy: level, then time idle or turn.</summary>
internal readonly struct FreeKey(int rank, long order, Membership member) : IComparable<FreeKey>
{
    /// <summary>0 = the highest level; always 0 where the strategy does not look at levels.</summary>
    public int Rank { get; } = rank;

    private readonly long order = order;
    private readonly long id = member.Agent.Id.Value;

    public Membership Member { get; } = member;

    public int CompareTo(FreeKey other)
    {
        if (Rank != other.Rank) return Rank.CompareTo(other.Rank);
        return order != other.order ? order.CompareTo(other.order) : id.CompareTo(other.id);
    }
}
