namespace Tccc.Telephony.Tests;

/// <summary>A call on the table: gives it inputs and keeps what it wanted done.</summary>
internal sealed class Play
{
    public static readonly CenterId Center = new(1);
    public static readonly GroupId Sales = new(10);
    public static readonly AgentId Amy = new(21);
    public static readonly AgentId Bob = new(22);
    public static readonly LegId CustomerLegId = new(100);
    public static readonly LegId AmysLine = new(121);
    public static readonly LegId BobsPhone = new(122);
    public static readonly OfferId First = new(31);
    public static readonly OfferId Second = new(32);

    public Play(LegCarrier kind = LegCarrier.Trunk) =>
        Call = new(new(7), Center, "13900000001", "4000000001", new(CustomerLegId, kind), new(TimeSpan.FromSeconds(30)));

    /// <summary>Before anything: a call that has no customer.</summary>
    public void Inside() => Call = Call with { Leg = Call.NoCustomer };

    public Call Call { get; private set; }

    public Stamp Now { get; private set; } = new(new(7_000_000_000), new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero));

    public List<Effect> Done { get; } = [];

    public List<Effect> Last { get; } = [];

    public Error? Refusal { get; private set; }

    public Play Give(params Input[] inputs)
    {
        foreach (var input in inputs)
        {
            var decision = Call.Decide(Call, input, Now);
            Call = decision.State;
            Refusal = decision.Refusal;
            Last.Clear();
            Last.AddRange(decision.Effects);
            Done.AddRange(decision.Effects);
        }

        return this;
    }

    public Play After(double seconds)
    {
        Now = new(Now.Steady.AddSeconds(seconds), Now.Wall.AddSeconds(seconds));
        return this;
    }

    /// <summary>Somebody sets the machine's clock.</summary>
    public Play SetWall(double seconds)
    {
        Now = Now with { Wall = Now.Wall.AddSeconds(seconds) };
        return this;
    }

    public Play Arrived() => Give(new Arrived(new Entry.ToGroup(Sales)));

    public Play Offered(bool autoAnswer = false) => Give(Line(First, Amy, autoAnswer));

    public Play PhoneOffered() => Give(Phone(First, Bob));

    public Play Answered() => Give(Yes(First, Amy), new LegEstablished(CustomerLegId));

    /// <summary>A call in which customer and Amy talk, she on her line.</summary>
    public static Play Talking() => new Play().Arrived().After(1).Offered().After(4).Answered();

    /// <summary>A call in which customer and Bob talk, he at his desk phone.</summary>
    public static Play TalkingAtPhone() => new Play().Arrived().PhoneOffered()
        .Give(new LegAnswered(BobsPhone, Usable: true), new Accepted(First, Bob, Sales, AgentDevice.DeskPhone, null, false),
            new LegEstablished(CustomerLegId));

    public static OfferBegan Line(OfferId offer, AgentId agent, bool autoAnswer = false) =>
        new(offer, agent, Sales, AgentDevice.Line, null, autoAnswer);

    public static OfferBegan Phone(OfferId offer, AgentId agent) =>
        new(offer, agent, Sales, AgentDevice.DeskPhone, BobsPhone, false);

    public static Accepted Yes(OfferId offer, AgentId agent, bool autoAnswer = false) =>
        new(offer, agent, Sales, AgentDevice.Line, AmysLine, autoAnswer);

    public T One<T>() where T : Effect => Assert.Single(Done.OfType<T>());

    /// <summary>This leg was hung up, once.</summary>
    public void HungUp(LegId leg) => Assert.Single(Done.OfType<HangupLeg>(), e => e.Leg == leg);

    public T Said<T>() where T : IEvent => Assert.Single(Done.OfType<Raise>().Select(s => s.Event).OfType<T>());

    public CallEnd End => Said<CallEnded>().End;

    /// <summary>What this leg's party hears after all the orders so far.</summary>
    public Sound Hears(LegId leg) => Done.OfType<Hear>().LastOrDefault(h => h.Listener == leg)?.Sound ?? default;
}
