namespace Tccc.Acd.Core;

/// <summary>The durable facts about an agent; what a restart must not forget.</summary>
internal readonly record struct Facts(
    Choice Wants, Choice? Next, StateReason NextReason, ChangedBy NextBy, Instant? WrapUpUntil, bool WrapUpHeld, int Missed);

/// <summary>The state as last told: what the history's newest row says.</summary>
internal readonly record struct Shown(AgentState State, string? BreakReason, Stamp Since, StateReason Reason, ChangedBy By);

/// <summary>An agent: the four facts of product.md §2. What is shown is computed from them.</summary>
internal sealed class AgentEntry(AgentId id) : Timed
{
    public AgentId Id { get; } = id;

    public Facts Facts { get; set; }
    public Facts Saved { get; set; }
    public Shown Shown { get; set; }

    /// <summary>Begun, not ended; derived from what the owners of calls and chats say, and never stored.</summary>
    public List<(ContactId Id, ContactKind Kind)> Work { get; } = [];

    public int Calls { get; set; }
    public int Chats { get; set; }
    public string? Workbench { get; set; }
    public bool Device { get; set; }
    public Instant? LostAt { get; set; }
    public Instant? BackOffUntil { get; set; }
    public OfferEntry? Offer { get; set; }
    public bool Removed { get; set; }
    public List<Membership> Groups { get; } = [];

    public override Instant NextDue
    {
        get
        {
            // What was taken by hand in a wrap-up rings its full time: the wrap-up is not over before it.
            var due = Offer is null && Facts.WrapUpUntil is { } end ? end : Instant.Never;
            if (LostAt < due) due = LostAt.Value;
            if (BackOffUntil < due) due = BackOffUntil.Value;
            return due;
        }
    }
}

/// <summary>An agent in a group.</summary>
internal sealed class Membership(AgentEntry agent, GroupEntry group, int level)
{
    public AgentEntry Agent { get; } = agent;
    public GroupEntry Group { get; } = group;
    public int Level { get; } = level;

    /// <summary>When this member was asked last, as a count; round robin goes by it.</summary>
    public long Turn { get; set; }

    /// <summary>The keys under which the member stands among the free, per kind of contact.</summary>
    public FreeKey?[] Free { get; } = new FreeKey?[2];
}

/// <summary>One kind of contact in one group: who waits, who is free, and what rings everywhere (ring all).</summary>
internal sealed class Lane
{
    public RankedSet<QueueKey> Queue { get; } = new();
    public RankedSet<FreeKey> Free { get; } = new();
    public RankedSet<QueueKey> Ringing { get; } = new();
}

internal sealed class GroupEntry(GroupSettings settings)
{
    public GroupSettings Settings { get; set; } = settings;
    public GroupId Id => Settings.Id;
    public List<Membership> Members { get; } = [];
    public Lane[] Lanes { get; } = [new(), new()];
    public int SignedIn { get; set; }

    /// <summary>How often somebody came into the queue or left it.</summary>
    public long Moves { get; set; }
    public bool Removed { get; set; }
}

/// <summary>A contact that waits or rings.</summary>
internal sealed class ContactEntry(Contact contact, string customer, long turn, Instant since) : Timed
{
    public Contact Contact { get; } = contact;
    public ContactId Id => Contact.Id;

    /// <summary>Who it is to the last-agent rule: the same however a carrier writes the number. Empty when withheld.</summary>
    public string Customer { get; } = customer;
    public long Turn { get; } = turn;

    /// <summary>Waits since: put into the dispatcher's hands this time.</summary>
    public Instant Since { get; } = since;
    public GroupEntry? Group { get; set; }

    /// <summary>The agent in person it is for; with it there is no group yet.</summary>
    public AgentId? Personal { get; set; }
    public GroupId? Otherwise { get; set; }
    public AgentId? Prefer { get; set; }
    public bool Returned { get; set; }

    /// <summary>Had an agent before, or was meant for one in person: is never told that nobody is signed in.</summary>
    public bool CameBack { get; set; }
    /// <summary>An agent sent it to this group: it waits here for <see cref="CenterSettings.TransferredWait"/> at most.</summary>
    public bool Transferred { get; set; }
    public bool Waiting { get; set; }

    /// <summary>Rings at all free members; who becomes free is rung too.</summary>
    public bool RingsAll { get; set; }
    public List<OfferEntry> Offers { get; } = [];
    public List<AgentId> Missed { get; } = [];

    /// <summary>What was decided about it, oldest first; and how many of the middle are not kept.</summary>
    public List<Decision>? Decisions { get; set; }
    public int Forgotten { get; set; }

    /// <summary>Groups it was in; the longest wait never leads back to one of them.</summary>
    public List<GroupId> Visited { get; } = [];

    public Instant GiveUpAt { get; set; } = Instant.Never;
    public Instant AnnounceAt { get; set; } = Instant.Never;
    public Instant RelaxAt { get; set; } = Instant.Never;

    /// <summary>The best place the customer was told.</summary>
    public int Told { get; set; } = int.MaxValue;

    public QueueKey Key => new(Returned, Contact.Arrived.Steady, Turn, this);

    public Lane Lane => Group!.Lanes[(int)Contact.Kind];

    // While an offer is out nothing may pull the contact away or speak over the ring: the deadlines wait for its end.
    public override Instant NextDue =>
        !Waiting ? Instant.Never
        : GiveUpAt <= AnnounceAt && GiveUpAt <= RelaxAt ? GiveUpAt
        : AnnounceAt <= RelaxAt ? AnnounceAt : RelaxAt;
}

/// <summary>An offer that is out.</summary>
internal sealed class OfferEntry(
    OfferId id, ContactEntry contact, AgentEntry agent, GroupId? group, Instant madeAt, Instant deadline, bool personal) : Timed
{
    public OfferId Id { get; } = id;
    public ContactEntry Contact { get; } = contact;
    public AgentEntry Agent { get; } = agent;
    public GroupId? Group { get; } = group;
    public Instant MadeAt { get; } = madeAt;
    public Instant Deadline { get; } = deadline;

    /// <summary>For this agent in person, or taken by hand: reaches Not ready too.</summary>
    public bool Personal { get; } = personal;
    public bool Over { get; set; }

    public override Instant NextDue => Over ? Instant.Never : Deadline;

    public OfferView View => new(Id, Contact.Contact, Agent.Id, Group, MadeAt, Deadline, Contact.Since);
}
