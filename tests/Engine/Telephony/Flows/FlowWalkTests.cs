using static Tccc.Telephony.Tests.Steps;

namespace Tccc.Telephony.Tests;

/// <summary>Thousands of flows that nobody would build, some of which pass the check all the same.</summary>
internal static class RandomFlow
{
#pragma warning disable CA5394 // a walk that can be repeated, no secret
    private static readonly string[] Keys = ["1", "2", "12", "123", "9", "*", "#", "0"];

    /// <param name="forwards">Silent ways lead forwards, so that most pass the check.</param>
    public static FlowPlan Plan(Random random, bool forwards = false)
    {
        var count = random.Next(1, 12);
        return new("en", [.. Enumerable.Range(1, count).Select(id => Step(random, id, count, forwards))]);
    }

    private static FlowStep Step(Random random, int id, int count, bool forwards)
    {
        int? Any() => random.Next(forwards ? 60 : 15) == 0 ? null : random.Next(1, count + 1);
        int? On() => forwards ? random.Next(id + 1, count + 1) : Any();
        bool Yes() => random.Next(2) == 0;
        FlowTimes times = new(random.Next(1, 61), random.Next(1, 31), random.Next(3));
        var result = Yes() ? "result" : null;
        return (id == count && forwards ? 6 + random.Next(5) : random.Next(11)) switch
        {
            0 or 1 => new FlowStep.Play(id, "", Text(), Yes(), On()),
            2 => new FlowStep.Collect(
                id, "", Text(), Yes() ? Text("Again") : null, Yes(), times, result, On(), random.Next(1, 4), random.Next(4, 7),
                Yes() ? '#' : null, Yes() ? FlowStep.Collect.Digits : "12", Any()),
            3 => new FlowStep.Menu(
                id, "", Text(), null, Yes(), times, result, On(),
                [.. Keys.Where(_ => Yes()).DefaultIfEmpty("1").Select(keys => new FlowOption(keys, Any()))]),
            4 => new FlowStep.SetResult(id, "", "wish", "sales", On()),
            5 => new FlowStep.Branch(id, "", Hours, On(), On()),
            6 => new FlowStep.Queue(id, "", Sales),
            7 => new FlowStep.ToAgent(id, "", Amy),
            8 => new FlowStep.ToFlow(id, "", Other),
            9 => new FlowStep.Return(id, ""),
            _ => new FlowStep.HangUp(id, ""),
        };
    }
#pragma warning restore CA5394
}

public sealed class FlowWalkTests
{
#pragma warning disable CA5394 // a walk that can be repeated, no secret
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_comes_a_flow_that_passed_the_check_waits_with_a_deadline_or_has_ended(int seed)
    {
        var random = new Random(seed);
        for (var n = 0; n < 600; n++)
        {
            var walk = new Walk(random, Good(random));
            for (var step = 0; step < 60; step++) walk.Step();
            walk.FallSilent();
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void Whatever_comes_a_draft_with_faults_fails_and_does_not_break(int seed)
    {
        var random = new Random(seed);
        for (var n = 0; n < 600; n++)
        {
            var walk = new Walk(random, RandomFlow.Plan(random));
            for (var step = 0; step < 40; step++) walk.Step();
        }
    }

    [Fact]
    public void The_check_knows_just_those_that_go_round_when_nobody_keys()
    {
        var random = new Random(6);
        var (passed, refused) = (0, 0);
        for (var n = 0; n < 3000; n++)
        {
            var plan = RandomFlow.Plan(random);
            var round = FlowCheck.Faults(plan, Things).Any(fault => fault.What is StepGoesRound or StepCannotEnd);
            if (round) refused++;
            else passed++;
            Assert.Equal(round, Reached(plan).Any(step => SilentlyRound(plan, [], step)));
        }
        Assert.True(passed > 300 && refused > 300, $"{passed} passed, {refused} refused");
    }

    private static FlowPlan Good(Random random)
    {
        while (true)
        {
            var plan = RandomFlow.Plan(random, forwards: true);
            if (FlowCheck.Faults(plan, Things).All(fault => fault.IsWarning)) return plan;
        }
    }

    /// <summary>Found in another way than the check does: every silent way is gone, step by step.</summary>
    private static bool SilentlyRound(FlowPlan plan, HashSet<int> on, FlowStep step)
    {
        if (!on.Add(step.Id)) return true;
        var round = step.Exits.Where(exit => exit.IsSilent).Select(exit => plan.Find(exit.To)).OfType<FlowStep>()
            .Any(next => SilentlyRound(plan, on, next));
        on.Remove(step.Id);
        return round;
    }

    private static HashSet<FlowStep> Reached(FlowPlan plan)
    {
        var all = new HashSet<FlowStep>([plan.Steps[0]], ReferenceEqualityComparer.Instance);
        for (var before = 0; before != all.Count;)
        {
            before = all.Count;
            all.UnionWith(all.SelectMany(step => step.Exits).Select(exit => plan.Find(exit.To)).OfType<FlowStep>().ToList());
        }
        return all;
    }

    private sealed class Walk
    {
        private readonly Random random;
        private readonly FlowTable flow;
        private readonly bool good;
        private int keys;
        private int ends;

        public Walk(Random random, FlowPlan plan)
        {
            this.random = random;
            good = FlowCheck.Faults(plan, Things).All(fault => fault.IsWarning);
            flow = new(new FlowVersion(MainMenu, 1, plan));
            Check(0);
        }

        public void Step()
        {
            flow.Pass(random.NextDouble() * 4);
            Give(
                random.Next(20) switch
                {
                    < 8 => new FlowInput.KeyPressed("0123456789*#AD"[random.Next(14)]),
                    < 12 => new FlowInput.PromptEnded(flow.State.Prompts - random.Next(2)),
                    < 16 => new FlowInput.DeadlineReached(),
                    16 => new FlowInput.HoursKnown(random.Next(4) == 0 ? new(99) : Hours, random.Next(2) == 0),
                    17 => new FlowInput.FlowFound(Other, random.Next(3) == 0 ? null : new(Other, 1, Good(random))),
                    18 => new FlowInput.Started(),
                    _ => random.Next(10) == 0 ? random.Next(2) == 0 ? new FlowInput.CustomerGone() : new FlowInput.Returned()
                        : new FlowInput.DeadlineReached(),
                });
        }

        /// <summary>Nobody keys any more: it ends by itself, after so many waits.</summary>
        public void FallSilent()
        {
            for (var waits = 0; flow.State.End is null; waits++)
            {
                // 12 steps a flow, each asked three times at most with a prompt and a pause, and as many flows as it may go on to
                Assert.True(waits < 12 * 7 * (FlowRun.MostHops + 1), "goes round");
                flow.Pass(flow.Left);
                Give(
                    flow.State.Stage is FlowStage.FindingFlow
                        ? new FlowInput.FlowFound(Other, new(Other, 1, Good(random)))
                        : new FlowInput.DeadlineReached());
            }
        }

        private void Give(FlowInput input)
        {
            var before = flow.State;
            flow.Give(input);
            if (input is FlowInput.KeyPressed) keys++;
            Check(before.Prompts);
            if (before.End is not null) Assert.Equal(before, flow.State);
        }

        private void Check(int promptsBefore)
        {
            var state = flow.State;
            // it waits with a deadline, or has ended, and says so once
            Assert.Equal(state.End is null, state.Due != Instant.Never);
            ends += flow.Last.Count(order => order is FlowOrder.End);
            Assert.Equal(state.End is null ? 0 : 1, ends);
            if (flow.Last.Any(order => order is FlowOrder.End)) Assert.IsType<FlowOrder.End>(flow.Last[^1]);
            // the last order about the deadline is the state's
            if (flow.Done.Last(order => order is FlowOrder.Arm or FlowOrder.Disarm or FlowOrder.End) is FlowOrder.Arm arm)
                Assert.Equal(state.Due, arm.At);
            // never a step that isn't there
            if (state.Step is { } step) Assert.Same(step, state.Version.Plan.Find(step.Id));
            // what is heard was ordered, and what was ordered is heard
            var heard = flow.Done.LastOrDefault(order => order is FlowOrder.Say or FlowOrder.Hush);
            if (state.Hearing is { } hearing) Assert.Equal(new FlowOrder.Say(hearing, "en", state.Prompts), heard);
            Assert.True(state.Prompts >= promptsBefore);
            // every key is named, once
            Assert.Equal(keys, flow.KeysSeen.Count());
            // what passed the check is finished
            if (good && state.End is FlowEnd.Failed failed)
                Assert.True(failed.Why is FlowFailure.FlowGone or FlowFailure.TooManyHops, $"{failed.Why}");
            Assert.Equal(state.Results.Length, state.Results.Select(result => (result.Flow, result.Step, result.Name)).Distinct().Count());
        }
    }
}
