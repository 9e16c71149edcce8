namespace Tccc.Telephony;

public static partial class FlowCheck
{
    /// <summary>Which steps lead where. A way that leads nowhere yet is a fault of its own, and counts as an end here.</summary>
    private sealed class Ways
    {
        private readonly FlowPlan plan;
        private readonly HashSet<int> reached = [];
        private readonly HashSet<int> ending = [];

        public Ways(FlowPlan plan)
        {
            this.plan = plan;
            if (!plan.Steps.IsEmpty) Follow(plan.Steps[0], reached, silently: false);
            // backwards from the ends, until nothing is added
            for (var before = -1; before != ending.Count;)
            {
                before = ending.Count;
                foreach (var step in plan.Steps)
                    if (step.Exits.IsEmpty || step.Exits.Any(exit => plan.Find(exit.To) is not { } next || ending.Contains(next.Id)))
                        ending.Add(step.Id);
            }
        }

        public bool IsReached(FlowStep step) => reached.Contains(step.Id);

        /// <summary>Whatever the customer does, the flow goes on for ever.</summary>
        public bool CannotEnd(FlowStep step) => !ending.Contains(step.Id);

        /// <summary>A customer who does nothing comes back to it.</summary>
        public bool GoesRound(FlowStep step)
        {
            var passed = new HashSet<int>();
            foreach (var exit in step.Exits)
                if (exit.IsSilent && plan.Find(exit.To) is { } next) Follow(next, passed, silently: true);
            return passed.Contains(step.Id);
        }

        private void Follow(FlowStep from, HashSet<int> passed, bool silently)
        {
            var open = new Stack<FlowStep>([from]);
            while (open.TryPop(out var step))
            {
                if (!passed.Add(step.Id)) continue;
                foreach (var exit in step.Exits)
                    if ((!silently || exit.IsSilent) && plan.Find(exit.To) is { } next) open.Push(next);
            }
        }
    }
}
