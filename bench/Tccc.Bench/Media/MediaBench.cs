using Tccc.Media.Tests.Legs;

namespace Bench.Media;

/// <summary>What relaying costs: CPU beside a bare C relay on the same sockets under the same load, allocations, memory.</summary>
internal static class MediaBench
{
    private const int Calls = 200;
    private const int Rounds = 5;
    private const int Conferences = 80, InConference = 3;
    private const double MixLimit = 1.5;
    private const double PhoneLimit = 1.6, BrowserLimit = 2.2, MemoryLimitKb = 100;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(0.5);

    public static Task<IEnumerable<Figure>> Run()
    {
        RelayProcess.PinLoad("1");
        try
        {
            return Task.FromResult<IEnumerable<Figure>>([.. Cpu(), .. Mixed(), .. Memory()]);
        }
        finally
        {
            RelayProcess.PinLoad($"0-{Environment.ProcessorCount - 1}");
        }
    }

    private static IEnumerable<Figure> Cpu()
    {
        using var reference = new Subject(RelayProcess.InC(Calls * 2, out var ports), PhonesAt(ports));
        using var phones = Subject.Phones(Calls);
        using var browsers = Subject.PhonesAndBrowsers(Calls);
        Subject[] all = [reference, phones, browsers];
        foreach (var subject in all) subject.Measure(WarmUp);
        phones.Relay.Pause(false);
        var (before, asking) = Allocated(phones);
        var relayed = 0L;
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var subject in all) subject.Costs.Add(subject.Measure(Round));
            relayed += phones.LastArrived;
        }
        phones.Relay.Pause(false);
        var allocated = (double)(Allocated(phones).Bytes - before - asking) / relayed;
        const string Name = "bare C recvmmsg/sendmmsg relay";
        yield return new(
            "relay, SIP leg to SIP leg, CPU per packet (received + sent)", Figure.Median(phones.Costs), "µs",
            Figure.Median(reference.Costs), Name, PhoneLimit, LimitIsRatio: true);
        yield return new(
            "relay, SIP leg to SRTP browser leg, CPU per packet", Figure.Median(browsers.Costs), "µs", Figure.Median(reference.Costs), Name,
            BrowserLimit, LimitIsRatio: true);
        yield return new("allocations per relayed packet", Math.Round(Math.Max(0, allocated), 2), "byte", null, "none", 0);
    }

    private static IEnumerable<Figure> Mixed()
    {
        // as many parties, hence as many packets in and out, in calls of two
        using var relay = Subject.Phones(Conferences * InConference / 2);
        using var mix = Subject.Conferences(Conferences, InConference);
        Subject[] all = [relay, mix];
        foreach (var subject in all) subject.Measure(WarmUp);
        for (var round = 0; round < Rounds; round++)
            foreach (var subject in all) subject.Costs.Add(subject.Measure(Round));
        yield return new(
            $"mix, {Conferences} calls of three SIP legs, all talking, CPU per packet (received + sent)", Figure.Median(mix.Costs), "µs",
            Figure.Median(relay.Costs), "relay of as many packets", MixLimit, LimitIsRatio: true);
    }

    // the second number is what asking itself costs
    private static (long Bytes, long Asking) Allocated(Subject subject)
    {
        var first = long.Parse(subject.Relay.Ask("allocated"), System.Globalization.CultureInfo.InvariantCulture);
        var second = long.Parse(subject.Relay.Ask("allocated"), System.Globalization.CultureInfo.InvariantCulture);
        return (second, second - first);
    }

    private static IEnumerable<Figure> Memory()
    {
        const int Few = 20, Many = 520;
        using var relay = RelayProcess.Ours();
        // what a process of this kind takes once for all is there after the first calls
        using var few = Subject.AddPhones(relay, Few);
        var before = Settled(relay, few);
        using var many = Subject.AddPhones(relay, Many - Few);
        var after = Settled(relay, many);
        yield return new(
            "memory per bridged call, two SIP legs", (after - before) / 1000.0 / (Many - Few), "KB", null, "none", MemoryLimitKb);
        var (browsers, beforeBrowsers) = (200, Settled(relay, few));
        using var mixed = Subject.AddPhonesAndBrowsers(relay, browsers);
        yield return new(
            "memory per bridged call, SIP leg and browser leg", (Settled(relay, mixed) - beforeBrowsers) / 1000.0 / browsers, "KB", null,
            "none", MemoryLimitKb);
    }

    private static long Settled(RelayProcess relay, Subject load)
    {
        load.Measure(WarmUp);
        relay.Ask("collect");
        return relay.Resident;
    }

    private static List<IParty> PhonesAt(int[] ports)
    {
        List<IParty> parties = [];
        foreach (var port in ports)
        {
            var phone = new PhoneParty();
            phone.Connect(port);
            parties.Add(phone);
        }
        return parties;
    }

    /// <summary>A relay with the parties that talk through it.</summary>
    private sealed class Subject(RelayProcess relay, List<IParty> parties, bool owns = true, bool rests = true) : IDisposable
    {
        public List<double> Costs { get; } = [];

        public RelayProcess Relay => relay;

        public long LastArrived { get; private set; }

        public static Subject Phones(int calls) => Fill(RelayProcess.Ours(), calls, browsers: false, owns: true);

        public static Subject PhonesAndBrowsers(int calls) => Fill(RelayProcess.Ours(), calls, browsers: true, owns: true);

        public static Subject Conferences(int calls, int parties)
        {
            var relay = RelayProcess.Ours();
            List<IParty> all = [];
            for (var i = 0; i < calls; i++)
            {
                var call = Enumerable.Range(0, parties).Select(_ => Phone(relay)).ToList();
                relay.Ask($"meet {string.Join(' ', call.Select(phone => phone.Leg))}");
                all.AddRange(call.Select(phone => phone.Party));
            }
            return new Subject(relay, all);
        }

        public static Subject AddPhones(RelayProcess relay, int calls) => Fill(relay, calls, browsers: false, owns: false);

        public static Subject AddPhonesAndBrowsers(RelayProcess relay, int calls) => Fill(relay, calls, browsers: true, owns: false);

        /// <summary>CPU of the relay for each packet that it brought to its listener, in microseconds.</summary>
        public double Measure(TimeSpan time)
        {
            relay.Pause(false);
            Load.Run(parties, Settling);
            var before = relay.Cpu;
            var (arrived, sent) = Load.Run(parties, time);
            var cost = (relay.Cpu - before).TotalMicroseconds / arrived;
            if (arrived < sent * 0.9)
                Console.Error.WriteLine($"Only {arrived} of {sent} packets arrived: the machine is too busy for this load.");
            LastArrived = arrived;
            if (rests) relay.Pause(true);
            return cost;
        }

        public void Dispose()
        {
            foreach (var party in parties) party.Dispose();
            if (owns) relay.Dispose();
        }

        private static Subject Fill(RelayProcess relay, int calls, bool browsers, bool owns)
        {
            List<IParty> parties = [];
            for (var i = 0; i < calls; i++)
            {
                var (a, first) = Phone(relay);
                var (b, second) = browsers ? Page(relay) : Phone(relay);
                relay.Ask($"bridge {a} {b}");
                parties.Add(first);
                parties.Add(second);
            }
            return new Subject(relay, parties, owns, rests: owns);
        }

        private static (string Leg, IParty Party) Phone(RelayProcess relay)
        {
            var phone = new PhoneParty();
            var (leg, answer) = relay.Answer("Rtp", phone.Offer);
            phone.Connect(answer);
            return (leg, phone);
        }

        private static (string Leg, IParty Party) Page(RelayProcess relay)
        {
            var browser = new Browser { Deaf = true };
            var (leg, answer) = relay.Answer("WebRtc", browser.Offer());
            browser.Take(answer);
            if (!SpinWait.SpinUntil(() => browser.Connected, TimeSpan.FromSeconds(10)))
                throw new InvalidOperationException("A browser of the load did not connect.");
            return (leg, new BrowserParty(browser));
        }
    }
}
