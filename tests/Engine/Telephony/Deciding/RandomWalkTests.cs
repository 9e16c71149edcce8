using static Tccc.Telephony.Tests.Play;

namespace Tccc.Telephony.Tests;

/// <summary>
/// Thousands of inputs in no order that makes sense, from a world that knows no more than ids. Whatever comes, the call ends once, leaves
/// nothing open, and in every state something will move it on.
/// </summary>
public sealed class RandomWalkTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [Trait("Case", "F-A6")]
    [Trait("Case", "F-E5")]
    public void Whatever_comes_a_call_ends_once_and_leaves_nothing_open(int seed)
    {
#pragma warning disable CA5394 // a walk that can be repeated, no secret
        var random = new Random(seed);
        for (var call = 0; call < 600; call++)
        {
            var walk = new Walk(random);
            for (var step = 0; step < 80; step++) walk.Step();
            walk.End();
        }
    }

    private sealed class Walk
    {
        private static readonly LegId OtherWay = new(CustomerLegId.Value + 1);
        private readonly Random random;
        private readonly Play desk;
        private readonly AgentId[] agents = [Amy, Bob, new(23)];
        private readonly List<OfferId> offers = [new(1)];
        private readonly List<LegId> phones = [];
        private readonly List<LegId> lines = [AmysLine];
        private readonly Dictionary<LegId, AgentId> owners = new() { [AmysLine] = Amy };
        private readonly HashSet<LegId> openPhones = [];
        private readonly HashSet<LegId> dialled = [];
        private readonly HashSet<(CallDeadline Kind, long Of)> armed = [];
        private readonly List<LegId> reached = [];
        private readonly List<ContactId> questions = [];
        private readonly Dictionary<LegId, Sound> heard = [];
        private readonly Dictionary<(AgentId, ContactId?), int> given = [];
        private long next = 1000;
        // what the dispatcher holds; the call's own contact has no number
        private readonly HashSet<ContactId> queued = [];
        private bool answered;
        private int closed;
        private TimeSpan lived;

        public Walk(Random random)
        {
            this.random = random;
            desk = new(Any<LegCarrier>([LegCarrier.Trunk, LegCarrier.DeskPhone, LegCarrier.Web]));
            if (random.Next(4) == 0)
            {
                Give(new Dialled(Amy, random.Next(8) == 0 ? null : AmysLine, [new(CustomerLegId, new(1)), new(OtherWay, new(2))]));
                return;
            }

            if (random.Next(6) == 0)
            {
                desk.Inside();
                Give(new CalledInside(Amy, random.Next(8) == 0 ? null : AmysLine, AnyTarget(), Question()));
                return;
            }

            Give(new Arrived(random.Next(5) == 0 ? new Entry.ToAgent(Amy) : new Entry.ToGroup(Sales)));
        }

        public void Step()
        {
            var wait = random.NextDouble() * 20;
            lived += TimeSpan.FromSeconds(wait);
            desk.After(wait);
            if (random.Next(4) == 0) desk.SetWall(random.Next(-7200, 7200));
            Give(Next());
        }

        public void End()
        {
            Give(new Stopping());
            Assert.Single(desk.Done.OfType<Raise>(), s => s.Event is CallEnded);
            Give(new LegEnded(CustomerLegId, LegEnding.HungUp));
            Assert.Empty(desk.Last);
            Assert.Empty(dialled);
        }

        private T Any<T>(IReadOnlyList<T> of) => of[random.Next(of.Count)];

        private T Any<T>() where T : struct, Enum => Any(Enum.GetValues<T>());

        private Input Next() => random.Next(40) switch
        {
            < 4 => Offer(phone: false),
            < 7 => Offer(phone: true),
            < 9 => new OfferOver(Any(offers), Any<AttemptOutcome>()),
            < 12 => Yes(Any(agents)),
            12 => new AcceptFailed(Any(offers)),
            13 => random.Next(2) == 0 ? new Waits { Contact = AnyContact } : new PlaceDue(random.Next(1, 40)) { Contact = AnyContact },
            14 => random.Next(3) > 0
                ? new Released(Any<CallEndReason>(), random.Next(2) == 0) { Contact = AnyContact }
                : new Moved(new(11)) { Contact = AnyContact },
            15 => phones.Count == 0 ? new Waits() : new LegAnswered(Any(phones), random.Next(5) > 0),
            16 => phones.Count == 0 ? new Waits() : new LegEnded(Any(phones), Any<LegEnding>()),
            17 => phones.Count == 0 ? new Waits() : new MediaLost(Any(phones)),
            18 => random.Next(4) == 0 ? new LegEnded(CustomerLegId, Any<LegEnding>()) : new LegEstablished(CustomerLegId),
            19 => random.Next(4) == 0 ? new MediaLost(CustomerLegId) : new LegRenegotiated(CustomerLegId, new byte[] { 1 }),
            20 => NewLine(),
            21 => new LineBroken(Any(agents), Any(lines)),
            22 => random.Next(4) switch
            {
                0 => new HangupClicked(Any(agents)),
                1 => new DigitPressed(Any(lines), '1'),
                2 => new DigitsClicked(Any(agents), Any(["5", "12#", "9,,*"])),
                _ => new SoundMissed(random.Next(2) == 0 ? CustomerLegId : Any(lines), random.Next(2) == 0),
            },
            23 or 24 => new HoldClicked(Any(agents), random.Next(2) == 0),
            25 or 26 => new MuteClicked(Any(agents), random.Next(2) == 0),
            27 => new ClipEnded(random.Next(2) == 0 ? CustomerLegId : Any(lines)),
            28 => random.Next(2) == 0 ? new LegAlerted(AnyWay, random.Next(2) == 0) : new LegHeard(AnyWay),
            29 => new LegAnswered(AnyWay, random.Next(4) > 0),
            30 => new LegEnded(AnyWay, Any<LegEnding>()),
            31 or 32 => new TransferClicked(AnyOwner, AnyTarget()),
            33 or 34 => new ConsultClicked(AnyOwner, AnyTarget(), Question()),
            35 => random.Next(3) == 0 ? new ConnectClicked(AnyOwner) : new SwapClicked(AnyOwner),
            36 => new ThreeWayClicked(AnyOwner),
            37 => random.Next(2) == 0 ? new TakeBackClicked(AnyOwner) : new MediaLost(AnyWay),
            _ when armed.Count > 0 && Any([.. armed]) is var due => new DeadlineReached(due.Kind, due.Of),
            _ => new DeadlineReached(Any<CallDeadline>()),
        };

        // a customer who came does not answer
        private LegId AnyWay =>
            Any([OtherWay, .. reached, .. desk.Call.Direction is CallDirection.Outbound ? [CustomerLegId] : (LegId[])[]]);

        // for once the right one, or nothing comes of it
        private AgentId AnyOwner => random.Next(3) > 0 && desk.Call.Agent is { } agent ? agent.Id : Any(agents);

        private ContactId? AnyContact => random.Next(2) == 0
            ? desk.Call.Consultation?.Third is Third.Asked asked ? asked.Contact : desk.Call.Contact
            : Any([null, .. questions.Select(q => (ContactId?)q)]);

        private ContactId Question()
        {
            questions.Add(new(++next));
            return questions[^1];
        }

        private Target AnyTarget()
        {
            switch (random.Next(3))
            {
                case 0: return new Target.Group(new(11));
                case 1: return new Target.Agent(Any(agents));
                default:
                    var phone = random.Next(2) == 0;
                    Way[] ways = phone ? [new(new(++next), null, new(9))] : [new(new(++next), new(1)), new(new(++next), new(2))];
                    reached.AddRange(ways.Select(w => w.Leg));
                    return new Target.Telephone("200", phone ? null : "4000000001", [.. ways], Call.PhoneRing);
            }
        }

        private OfferBegan Offer(bool phone)
        {
            var offer = new OfferId(++next);
            var leg = phone ? new LegId(++next) : (LegId?)null;
            offers.Add(offer);
            if (leg is { } l) phones.Add(l);
            return new(offer, Any(agents), Sales, phone ? AgentDevice.DeskPhone : AgentDevice.Line, leg, !phone && random.Next(3) == 0)
            {
                Contact = AnyContact,
            };
        }

        private Accepted Yes(AgentId agent) =>
            new(Any(offers), agent, Sales, AgentDevice.Line, random.Next(4) == 0 ? null : LineOf(agent), random.Next(2) == 0)
            {
                Contact = AnyContact,
            };

        private LineConnected NewLine()
        {
            var agent = Any(agents);
            return new(agent, NewLine(agent));
        }

        private LegId NewLine(AgentId agent)
        {
            lines.Add(new(++next));
            owners.Add(lines[^1], agent);
            return lines[^1];
        }

        private LegId LineOf(AgentId agent) =>
            owners.Where(o => o.Value == agent).Select(o => o.Key).ToList() is { Count: > 0 } own ? Any(own) : NewLine(agent);

        private void Give(Input input)
        {
            var before = desk.Call;
            // The dispatcher releases only what it holds, and gives nothing to who has a call.
            if (input is Released released && !queued.Contains(Known(released.Contact))) return;
            if (input is Accepted yes && before.PartOf(yes.Agent) is { } busy && busy.Contact != yes.Contact) return;
            desk.Give(input);
            if (input is Dialled or CalledInside) given[(Amy, null)] = 1;
            if (input is Accepted a && before.PartOf(a.Agent) is null)
            {
                given[(a.Agent, a.Contact)] = given.GetValueOrDefault((a.Agent, a.Contact)) + 1;
                if (desk.Refusal is null) queued.Remove(Known(a.Contact));
            }

            if (input is Released over) queued.Remove(Known(over.Contact));
            foreach (var effect in desk.Last) Follow(effect);
            if (input is DigitsClicked keys) CheckKeys(before, keys);
            Check(before);
        }

        /// <summary>All of them, in their order, to a telephone whose owner hears their own agent; or none.</summary>
        private void CheckKeys(Call before, DigitsClicked keys)
        {
            var leg = before.IsInside && before.Consultation is null ? null
                : before.Consultation is not { Speaks: Speaks.WithThird } consultation ? before.Leg
                : (consultation.Third as Third.Outside)?.Peer.Leg;
            var heard = leg is { Carrier: not LegCarrier.Web } && before.Agent is { Stage: AgentStage.Joined, HeldSince: null } agent
                && agent.Id == keys.Agent && !(before.KeysUntil - desk.Now.Steady > Call.KeysBehind);
            Assert.Equal(heard, desk.Refusal is null);
            Assert.Equal(heard ? keys.Digits.Select(digit => new SendDigit(leg!.Value.Id, digit)) : [], desk.Last);
        }

        private void Follow(Effect effect)
        {
            switch (effect)
            {
                case InvitePhone e: Assert.True(openPhones.Add(e.Leg)); break;
                case DialOut e: Assert.True(dialled.Add(e.Way.Leg)); break;
                case HangupLeg e when reached.Contains(e.Leg): dialled.Remove(e.Leg); break;
                case HangupLeg e when dialled.Remove(e.Leg): closed++; break;
                case CloseLeg e: dialled.Remove(e.Leg); break;
                case HangupLeg e when e.Leg != CustomerLegId: openPhones.Remove(e.Leg); break;
                // a way that was left answers late
                case HangupLeg when desk.Call.Direction is CallDirection.Outbound: break;
                case Arm e: armed.Add((e.Kind, e.Of)); break;
                case Disarm e: armed.Remove((e.Kind, e.Of)); break;
                case EnqueueContact e: Assert.True(queued.Add(Known(e.Contact))); break;
                case OfferToAgent e: Assert.True(queued.Add(Known(e.Contact))); break;
                case WithdrawContact e: queued.Remove(Known(e.Contact)); break;
                case AgentDone e: given[(e.Agent, e.Contact)]--; break;
                case Hear e: heard[e.Listener] = e.Sound; break;
                case AcceptLeg: Assert.False(answered); answered = true; break;
                case RejectLeg: Assert.False(answered); closed++; break;
                case HangupLeg: Assert.True(answered); closed++; break;
            }
        }

        private static ContactId Known(ContactId? contact) => contact ?? default;

        private bool IsClosed(LegId leg) => leg == CustomerLegId || (reached.Contains(leg) && !dialled.Contains(leg))
            || (phones.Contains(leg) && !openPhones.Contains(leg));

        /// <summary>However the wall clock went, what a record says lasted is neither negative nor longer than the call.</summary>
        private void CheckRow(object row)
        {
            var (from, to) = row switch
            {
                CallRecord r => (r.ArrivedAt, r.EndedAt ?? r.AnsweredAt ?? r.ArrivedAt),
                _ => row is CallAttempt a ? (a.StartedAt, a.EndedAt) : default,
            };
            Assert.InRange(to - from, TimeSpan.Zero, lived);
            if (row is CallRecord { AnsweredAt: { } answered, EndedAt: { } ended }) Assert.InRange(answered, from, ended);
            if (row is CallRecord { Parts: not null } record) CheckParts(record);
        }

        /// <summary>The parts follow each other from the arrival to the end, and the record's sums are theirs.</summary>
        private void CheckParts(CallRecord record)
        {
            var parts = CallPart.Of(record);
            Assert.Equal(record.ArrivedAt, parts[0].From);
            Assert.All(parts.Zip(parts.Skip(1)), p => Assert.True(
                p.First.Length >= TimeSpan.Zero && p.First.Until == p.Second.From
                && (p.First.Kind, p.First.Agent, p.First.Group, p.First.Number)
                    != (p.Second.Kind, p.Second.Agent, p.Second.Group, p.Second.Number)));
            Assert.InRange(parts[^1].Until - record.ArrivedAt - lived, TimeSpan.FromMilliseconds(-1), TimeSpan.FromMilliseconds(1));
            if (parts[0].Kind is PartKind.Earlier) return;
            Assert.InRange(Sum(PartKind.Talk) + Sum(PartKind.Conference) - record.TalkMs, -parts.Count, parts.Count);
            Assert.InRange(Sum(PartKind.Hold) + Sum(PartKind.Consulting) - record.HoldMs, -parts.Count, parts.Count);

            double Sum(PartKind kind) => parts.Where(p => p.Kind == kind).Sum(p => p.Length.TotalMilliseconds);
        }

        private bool MovesOn(AgentPart part) => part.Stage switch
        {
            AgentStage.Beeping => armed.Contains((CallDeadline.Beep, part.Id.Value)),
            AgentStage.Lost => armed.Contains((CallDeadline.AgentReturn, part.Id.Value)),
            AgentStage.Dialling => armed.Contains((CallDeadline.RingLimit, 0)),
            _ => part.Leg is not null,
        };

        private void Check(Call before)
        {
            var call = desk.Call;
            Assert.All(given.Values, count => Assert.InRange(count, 0, 1));
            AgentPart[] parts = [.. new[] { call.Agent, call.ThirdAgent }.OfType<AgentPart>()];
            Assert.Equal(parts.Length, given.Values.Sum());
            Assert.All(parts, part => Assert.Equal(1, given[(part.Id, part.Contact)]));
            var (ring, talk, hold) = call.Ledger.SoFar(desk.Now.Steady);
            Assert.True(ring >= TimeSpan.Zero && talk >= TimeSpan.Zero && hold >= TimeSpan.Zero);
            if (!call.HasEnded) Assert.True(ring + talk + hold <= lived);
            foreach (var row in desk.Last.OfType<Update>().Select(u => u.Row).Concat(desk.Last.OfType<Insert>().Select(i => i.Row)))
                CheckRow(row);
            Assert.Equal(
                call.Offers.Any(o => o.Leg is not null) || parts.Any(p => p is { Device: AgentDevice.DeskPhone, Leg: not null }),
                openPhones.Count > 0);
            Assert.Equal(call.Announcing is not null, armed.Contains((CallDeadline.Place, 0)));
            Assert.Equal(call.IsDialling, armed.Contains((CallDeadline.RingLimit, 0)));
            Assert.Equal(call.IsReaching, armed.Any(a => a is { Kind: CallDeadline.RingLimit, Of: not 0 }));
            Assert.Equal(call.Reached is null ? 0 : 1, dialled.Count(reached.Contains));
            Assert.InRange(dialled.Count(leg => !reached.Contains(leg)), 0, 1);
            Assert.Equal(!call.HasEnded, armed.Contains((CallDeadline.Mark, 0)));

            Assert.True(call.Desk switch
            {
                Desk.Queue when !call.IsAnswered => armed.Contains((CallDeadline.DispatcherSilent, 0)),
                Desk.Queue => queued.Contains(Known(call.Contact)),
                Desk.Ringing ringing => !ringing.Offers.IsEmpty,
                Desk.Agent => Array.TrueForAll(parts, MovesOn)
                    && (call.Consultation?.Third is not Third.Asked asked || queued.Contains(asked.Contact)),
                Desk.Reaching or Desk.Outside => call.Reached is not null,
                Desk.Farewell => armed.Contains((CallDeadline.Farewell, 0)),
                _ => call.HasEnded,
            }, $"nothing moves {call} on");

            if (call.HasEnded)
            {
                Assert.Empty(queued);
                Assert.Empty(armed);
                Assert.Empty(openPhones);
                Assert.InRange(closed, 0, 1);
                Assert.NotNull(call.End);
                if (before.HasEnded) Assert.DoesNotContain(desk.Last, e => e is not (AgentDone or HangupLeg));
                return;
            }

            var table = Sounds.Table(call);
            Assert.All(table, listening => Assert.Equal(listening.Sound, heard.GetValueOrDefault(listening.Leg)));
            Assert.All(
                heard, order => Assert.True(
                    order.Value.Kind is SoundKind.Nothing || table.Any(l => l.Leg == order.Key) || IsClosed(order.Key),
                    $"{order.Key} still hears {order.Value}"));
        }
    }
}
