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
        for (var call = 0; call < 500; call++)
        {
            var walk = new Walk(random);
            for (var step = 0; step < 60; step++) walk.Step();
            walk.End();
        }
    }

    private sealed class Walk
    {
        private readonly Random random;
        private readonly Play desk;
        private readonly AgentId[] agents = [Amy, Bob, new(23)];
        private readonly List<OfferId> offers = [new(1)];
        private readonly List<LegId> phones = [];
        private readonly List<LegId> lines = [AmysLine];
        private readonly HashSet<LegId> openPhones = [];
        private readonly HashSet<CallDeadline> armed = [];
        private readonly Dictionary<LegId, Sound> heard = [];
        private readonly Dictionary<AgentId, int> given = [];
        private long next = 1000;
        private bool queued;
        private bool answered;
        private int closed;
        private TimeSpan lived;

        public Walk(Random random)
        {
            this.random = random;
            desk = new(Any<LegCarrier>([LegCarrier.Trunk, LegCarrier.DeskPhone, LegCarrier.Web]));
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
        }

        private T Any<T>(IReadOnlyList<T> of) => of[random.Next(of.Count)];

        private T Any<T>() where T : struct, Enum => Any(Enum.GetValues<T>());

        private Input Next() => random.Next(30) switch
        {
            < 4 => Offer(phone: false),
            < 7 => Offer(phone: true),
            < 9 => new OfferOver(Any(offers), Any<AttemptOutcome>()),
            < 12 => new Accepted(
                Any(offers), Any(agents), Sales, AgentDevice.Line, random.Next(4) == 0 ? null : Any(lines), random.Next(2) == 0),
            12 => new AcceptFailed(Any(offers)),
            13 => random.Next(2) == 0 ? new Waits() : new PlaceDue(random.Next(1, 40)),
            14 => random.Next(3) == 0 ? new Released(Any<CallEndReason>(), random.Next(2) == 0) : new Moved(new(11)),
            15 => phones.Count == 0 ? new Waits() : new LegAnswered(Any(phones), random.Next(5) > 0),
            16 => phones.Count == 0 ? new Waits() : new LegEnded(Any(phones), Any<LegEnding>()),
            17 => phones.Count == 0 ? new Waits() : new MediaLost(Any(phones)),
            18 => random.Next(4) == 0 ? new LegEnded(CustomerLegId, Any<LegEnding>()) : new LegEstablished(CustomerLegId),
            19 => random.Next(4) == 0 ? new MediaLost(CustomerLegId) : new LegRenegotiated(CustomerLegId, new byte[] { 1 }),
            20 => NewLine(),
            21 => new LineBroken(Any(agents), Any(lines)),
            22 => random.Next(3) switch
            {
                0 => new HangupClicked(Any(agents)),
                1 => new DigitPressed(Any(lines), '1'),
                _ => new SoundMissed(random.Next(2) == 0 ? CustomerLegId : Any(lines), random.Next(2) == 0),
            },
            23 or 24 => new HoldClicked(Any(agents), random.Next(2) == 0),
            25 or 26 => new MuteClicked(Any(agents), random.Next(2) == 0),
            27 => new ClipEnded(random.Next(2) == 0 ? CustomerLegId : Any(lines)),
            _ => new DeadlineReached(Any<CallDeadline>()),
        };

        private OfferBegan Offer(bool phone)
        {
            var offer = new OfferId(++next);
            var leg = phone ? new LegId(++next) : (LegId?)null;
            offers.Add(offer);
            if (leg is { } l) phones.Add(l);
            return new(offer, Any(agents), Sales, phone ? AgentDevice.DeskPhone : AgentDevice.Line, leg, !phone && random.Next(3) == 0);
        }

        private LineConnected NewLine()
        {
            lines.Add(new(++next));
            return new(Any(agents), lines[^1]);
        }

        private void Give(Input input)
        {
            var before = desk.Call;
            // The dispatcher releases only what it holds.
            if (input is Released && before.Desk is Desk.Agent) return;
            desk.Give(input);
            if (input is Accepted a && before.Agent?.Id != a.Agent) given[a.Agent] = given.GetValueOrDefault(a.Agent) + 1;
            if (input is Accepted && desk.Refusal is null && before.Desk is not Desk.Agent) queued = false;
            if (input is Released) queued = false;
            foreach (var effect in desk.Last) Follow(effect);
            Check(before);
        }

        private void Follow(Effect effect)
        {
            switch (effect)
            {
                case InvitePhone e: Assert.True(openPhones.Add(e.Leg)); break;
                case HangupLeg e when e.Leg != CustomerLegId: openPhones.Remove(e.Leg); break;
                case Arm e: armed.Add(e.Kind); break;
                case Disarm e: armed.Remove(e.Kind); break;
                case EnqueueContact or OfferToAgent: Assert.False(queued); queued = true; break;
                case WithdrawContact: queued = false; break;
                case AgentDone e: given[e.Agent]--; break;
                case Hear e: heard[e.Listener] = e.Sound; break;
                case AcceptLeg: Assert.False(answered); answered = true; break;
                case RejectLeg: Assert.False(answered); closed++; break;
                case HangupLeg: Assert.True(answered); closed++; break;
            }
        }

        private bool IsClosed(LegId leg) => leg == CustomerLegId || (phones.Contains(leg) && !openPhones.Contains(leg));

        /// <summary>However the wall clock went, what a record says lasted is neither negative nor longer than the call.</summary>
        private void CheckRow(object row)
        {
            var (from, to) = row switch
            {
                CallRecord r => (r.ArrivedAt, r.EndedAt ?? r.AnsweredAt ?? r.ArrivedAt),
                CallHold h => (h.StartedAt, h.EndedAt ?? h.StartedAt),
                _ => row is CallAttempt a ? (a.StartedAt, a.EndedAt) : default,
            };
            Assert.InRange(to - from, TimeSpan.Zero, lived);
            if (row is CallRecord { AnsweredAt: { } answered, EndedAt: { } ended }) Assert.InRange(answered, from, ended);
        }

        private void Check(Call before)
        {
            var call = desk.Call;
            Assert.All(given.Values, count => Assert.InRange(count, 0, 1));
            Assert.Equal(call.Agent is null ? 0 : 1, given.Values.Sum());
            Assert.True(call.TalkTime >= TimeSpan.Zero && call.HoldTime >= TimeSpan.Zero && call.RingTime >= TimeSpan.Zero);
            Assert.True(call.TalkTime + call.HoldTime + call.RingTime <= lived);
            foreach (var row in desk.Last.OfType<Update>().Select(u => u.Row).Concat(desk.Last.OfType<Insert>().Select(i => i.Row)))
                CheckRow(row);
            Assert.Equal(
                call.Offers.Any(o => o.Leg is not null) || call.Agent is { Device: AgentDevice.DeskPhone, Leg: not null },
                openPhones.Count > 0);
            Assert.Equal(call.Announcing is not null, armed.Contains(CallDeadline.Place));
            Assert.Equal(call.Agent?.JoinedAt is not null, armed.Contains(CallDeadline.Mark));
            var holds = desk.Done.OfType<Insert>().Count(i => i.Row is CallHold) - desk.Done.OfType<Update>().Count(u => u.Row is CallHold);
            Assert.Equal(call.Agent?.HeldSince is null ? 0 : 1, holds);

            Assert.True(call.Desk switch
            {
                Desk.Queue when !call.IsAnswered => armed.Contains(CallDeadline.DispatcherSilent),
                Desk.Queue => queued,
                Desk.Ringing ringing => !ringing.Offers.IsEmpty,
                Desk.Agent agent => agent.Part.Stage switch
                {
                    AgentStage.Beeping => armed.Contains(CallDeadline.Beep),
                    AgentStage.Lost => armed.Contains(CallDeadline.AgentReturn),
                    _ => agent.Part.Leg is not null,
                },
                Desk.Farewell => armed.Contains(CallDeadline.Farewell),
                _ => call.HasEnded,
            }, $"nothing moves {call} on");

            if (call.HasEnded)
            {
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
