using System.Net;
using Tccc.Media.Legs;
using Tccc.Media.Players;
using Tccc.Media.Recording;
using Tccc.Media.Sdp;
using Tccc.Media.Sockets;

namespace Tccc.Media;

/// <summary>The media engine in this process: sockets, four threads (packets, timer, handshakes, recordings) and all legs.</summary>
public sealed class MediaEndpoint : IMedia, IAsyncDisposable
{
    private readonly MediaOptions options;
    private readonly IMediaEvents events;
    private readonly Clips clips;
    private readonly MediaClock clock;
    private readonly LegSurroundings around;
    private readonly LocalAddresses addresses;
    private readonly Lock orders = new();
    private readonly Switchboard legs = new();
    private readonly PortRange ports;
    private readonly PacketLoop loop;
    private readonly Pacer pacer;
    private readonly DtlsWorker worker;
    private readonly Recorder recorder;
    private readonly MediaMeter meter;
    private readonly TimeProvider time;
    private DtlsContext? dtls;
    private BrowserPort? browsers;
    private bool disposed;

    /// <exception cref="MediaStartException">A setting can't be.</exception>
    public MediaEndpoint(MediaOptions options, IMediaEvents events, Clips clips, TimeProvider time, IRandomness randomness)
        : this(options, events, clips, time, randomness, portable: false) { }

    /// <summary>
    /// For tests: with the sockets of other systems also on Linux, when asked, and with other files for recordings.
    /// </summary>
    internal MediaEndpoint(
        MediaOptions options, IMediaEvents events, Clips clips, TimeProvider time, IRandomness randomness, bool portable,
        Func<string, Stream>? create = null)
    {
        Check(options);
        (this.options, this.events, this.clips, this.time) = (options, events, clips, time);
        clock = new MediaClock(time);
        around = new LegSurroundings(options, clock, new MediaCounters(), new FirstListener(this), randomness);
        addresses = new LocalAddresses(options, clock);
        loop = PacketLoop.New(clock, portable);
        ports = new PortRange(loop, options.RtpPortMin, options.RtpPortMax, (int)(around.NextRandom() >> 1));
        worker = new DtlsWorker(clock, around.Counters);
        pacer = new Pacer(clock, loop, legs, now => loop.Post(() => browsers?.CheckConsent(now)));
        recorder = new Recorder(clock, events, create ?? Recorder.Create);
        meter = new MediaMeter(around.Counters, loop, pacer.Batch, legs, recorder);
    }

    internal PacketLoop Loop => loop;

    internal MediaCounters Counters => around.Counters;

    /// <summary>The browsers' port, once started.</summary>
    public int WebRtcPort => browsers?.Port.Number ?? options.WebRtcPort;

    /// <summary>
    /// What of the system is missing without which no endpoint starts, as one sentence for the operator; null when all is there. To be
    /// asked before anything
    /// else needs OpenSSL: where it is missing, the runtime's own cryptography ends the process without a word that helps.
    /// </summary>
    public static string? Missing() => OpenSsl.Missing();

    /// <summary>Opens the browsers' port and starts the threads.</summary>
    /// <exception cref="MediaStartException">The port is taken, or libssl is missing.</exception>
    public void Start()
    {
        try
        {
            dtls = new DtlsContext(time, around.Counters.WebRtc);
        }
        catch (DtlsUnavailableException e)
        {
            throw new MediaStartException(e.Message, e);
        }
        var port = loop.Bind(options.WebRtcPort, dual: true, shared: true)
            ?? throw new MediaStartException($"UDP port {options.WebRtcPort} (Media:WebRtcPort) can't be opened: another program has it.");
        browsers = new BrowserPort(port, around.Counters, worker);
        port.Handler = browsers;
        loop.Add(port);
        worker.Start();
        recorder.Start();
        loop.Start();
        pacer.Start();
    }

    public Result<string> Answer(LegId leg, LegKind kind, string offer, FarEnd? far = null) =>
        kind == LegKind.Rtp ? AnswerPhone(leg, offer, far) : AnswerBrowser(leg, offer);

    public Result<string> Offer(LegId leg, FarEnd? far = null)
    {
        var ours = addresses.Towards(far?.Host);
        lock (orders)
        {
            if (legs.Find(leg) is not { } found)
            {
                var opened = OpenPhone(leg, ours, far);
                if (!opened.Ok) return opened.Error;
                found = opened.Value;
            }
            if (found is not RtpLeg phone) return new UnknownLeg(leg);
            phone.Described = phone.Agreed?.Formats.Completed() ?? AudioFormats.Ours;
            // a session that was agreed on without keys stays without
            var keys = phone.Far.Encryption == MediaEncryption.Off
                || (phone.Agreed is not null && !phone.Keys.On) ? [] : phone.Keys.Offer();
            return RtpTerms.Offer(
                phone.Described, Direction.SendRecv, phone.Session, ++phone.Version, phone.LocalAddress, phone.Rtp.Number, phone.Protocol,
                keys);
        }
    }

    public Result Apply(LegId leg, string answer)
    {
        lock (orders)
        {
            if (legs.Find(leg) is not RtpLeg phone) return new UnknownLeg(leg);
            var terms = RtpTerms.Read(answer, phone.Far.Encryption, phone.Keys.Offered);
            if (!terms.Ok) return terms.Error;
            if (IsMisled(terms.Value, phone.Far)) return new BadSdp("its c= line names this machine");
            if (terms.Value.Crypto is { } theirs) phone.Keys.Accept(theirs);
            else phone.Keys.Drop();
            phone.Agree(terms.Value);
            phone.Confirm();
            return Result.Done;
        }
    }

    public void Confirm(LegId leg)
    {
        lock (orders)
        {
            if (legs.Find(leg) is RtpLeg phone) phone.Confirm();
        }
    }

    public void Hear(LegId listener, Heard what)
    {
        // bugs of the caller, which must not leave the leg half ordered: who hears themselves, and a clip that nobody added
        if (what is Heard.Legs(var sources) && sources.Contains(listener))
            throw new ArgumentException($"Leg {listener} can't be a source of its own mix.", nameof(what));
        var clip = what is Heard.Clip(var id, _) ? clips.Get(id)
            ?? throw new ArgumentException($"There is no clip {id.Value}.", nameof(what)) : null;
        lock (orders)
        {
            if (legs.Find(listener) is { } leg && legs.Order(leg, what, out var room)) leg.Hear(what, clip, room);
        }
    }

    public Result SendDigits(LegId leg, string digits)
    {
        if (digits.Length > BadDigits.Longest || !digits.All(Rtp.DigitSender.Takes)) return new BadDigits(digits);
        lock (orders)
        {
            if (legs.Find(leg) is not { } found) return new UnknownLeg(leg);
            if (found.Agreed?.Formats.Events is null or AudioFormats.None) return new NoTelephoneEvents();
            return found.SendDigits(digits) ? Result.Done : new TooManyDigits();
        }
    }

    public Result Record(LegId leg, string path)
    {
        if (!Path.IsPathFullyQualified(path)) throw new ArgumentException($"'{path}' is no full path.", nameof(path));
        lock (orders)
        {
            if (legs.Find(leg) is not { } found) return new UnknownLeg(leg);
            if (found.Tape is { Ended: null }) return new AlreadyRecording();
            if (recorder.Begin(leg, path) is not { } tape) return new TooManyRecordings();
            found.Tape = tape;
            return Result.Done;
        }
    }

    public void PauseRecording(LegId leg) => Pause(leg, true);

    public void ResumeRecording(LegId leg) => Pause(leg, false);

    public void StopRecording(LegId leg)
    {
        lock (orders)
        {
            if (legs.Find(leg) is { } found) StopRecording(found);
        }
    }

    public LegStats? Stats(LegId leg)
    {
        lock (orders) return legs.Find(leg)?.Stats(clock.Now);
    }

    public IReadOnlyList<QualityInterval> TakeQuality(LegId leg)
    {
        lock (orders) return legs.Find(leg)?.TakeQuality(clock.Now) ?? [];
    }

    public void Close(LegId leg)
    {
        lock (orders)
        {
            if (legs.Remove(leg) is not { } closing) return;
            closing.Close(clock.Now);
            StopRecording(closing);
            switch (closing)
            {
                case RtpLeg phone:
                    phone.Dispose();
                    loop.Remove(phone.Rtp);
                    loop.Remove(phone.Rtcp);
                    ports.Give(phone.Rtp);
                    break;
                case WebRtcLeg browser:
                    loop.Post(() => browsers!.Remove(browser));
                    break;
            }
        }
    }

    /// <summary>Closes every leg, then ports and threads.</summary>
    public ValueTask DisposeAsync()
    {
        if (disposed) return ValueTask.CompletedTask;
        disposed = true;
        foreach (var leg in legs.All)
            if (leg is not null) Close(leg.Id);
        pacer.Dispose();
        loop.Dispose();
        worker.Dispose();
        recorder.Dispose();
        browsers?.Port.Dispose();
        dtls?.Dispose();
        meter.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Pause(LegId leg, bool paused)
    {
        lock (orders)
        {
            if (legs.Find(leg)?.Tape is { } tape) tape.Paused = paused;
        }
    }

    private void StopRecording(Leg leg)
    {
        leg.Tape?.Stop(clock.Now, RecordingEnd.Complete);
        leg.Tape = null;
    }

    private Result<string> AnswerPhone(LegId id, string offer, FarEnd? far)
    {
        lock (orders) far = (legs.Find(id) as RtpLeg)?.Far ?? far ?? new FarEnd();
        var read = RtpTerms.Read(offer, far.Encryption);
        if (!read.Ok) return read.Error;
        var terms = read.Value;
        if (IsMisled(terms, far)) return new BadSdp("its c= line names this machine");
        var ours = addresses.Towards(terms.Rtp?.Address ?? far.Host);
        lock (orders)
        {
            if (legs.Find(id) is not { } found)
            {
                var opened = OpenPhone(id, ours, far);
                if (!opened.Ok) return opened.Error;
                found = opened.Value;
            }
            if (found is not RtpLeg phone) return new UnknownLeg(id);
            if (terms.Rtp is not null) phone.LocalAddress = ours;
            phone.Described = terms.Formats;
            var key = terms.Crypto is { } theirs ? phone.Keys.Answer(theirs) : null;
            if (key is null) phone.Keys.Drop();
            phone.Agree(terms);
            return terms.Answer(phone.Session, ++phone.Version, phone.LocalAddress, phone.Rtp.Number, key);
        }
    }

    /// <summary>Who is elsewhere and names the loopback would have us feed our own machine's ports.</summary>
    private static bool IsMisled(RtpTerms terms, FarEnd far) =>
        terms.Rtp is { } to && IPAddress.IsLoopback(to.Address) && far.Host is { } host && !IPAddress.IsLoopback(host);

    private Result<RtpLeg> OpenPhone(LegId id, IPAddress ours, FarEnd? far)
    {
        if (ports.Take() is not var (rtp, rtcp)) return new NoPorts(options.RtpPortMin, options.RtpPortMax);
        var leg = new RtpLeg(id, around, rtp, rtcp, far ?? new FarEnd()) { Session = NewSession(), LocalAddress = ours };
        legs.Add(leg);
        loop.Add(rtp);
        loop.Add(rtcp);
        return leg;
    }

    private Result<string> AnswerBrowser(LegId id, string offer)
    {
        if (browsers is null || dtls is null) throw new InvalidOperationException("The media endpoint is not started.");
        var read = WebRtcTerms.Read(offer);
        if (!read.Ok) return read.Error;
        var terms = read.Value;
        var candidates = addresses.ForBrowsers(browsers.Port.IsV6);
        lock (orders)
        {
            var found = legs.Find(id);
            if (found is WebRtcLeg { Terms.Certificate: var known } && known != terms.Certificate)
                return new BadSdp("it names another certificate than the one this leg began with");
            if (found is null) found = OpenBrowser(id, terms);
            else if (found is WebRtcLeg old && terms.IceUfrag != old.Terms.IceUfrag) Restart(old);
            if (found is not WebRtcLeg browser) return new UnknownLeg(id);
            browser.Agree(terms);
            return terms.Answer(offer, new WebRtcTerms.Ours(browser.Session, ++browser.Version, candidates, browsers.Port.Number,
                browser.Credentials.Ufrag, browser.Credentials.Password, dtls.Fingerprint, browser.Out.Ssrc, browser.Reports.Cname));
        }
    }

    private WebRtcLeg OpenBrowser(LegId id, WebRtcTerms terms)
    {
        var leg = new WebRtcLeg(id, around, browsers!.Port, dtls!, terms.Fingerprint, terms) { Session = NewSession() };
        legs.Add(leg);
        loop.Post(() => browsers!.Add(leg));
        return leg;
    }

    private void Restart(WebRtcLeg leg)
    {
        var ice = leg.RestartIce();
        var key = leg.Credentials.Key;
        loop.Post(() => browsers!.Restart(leg, ice, key));
    }

    // RFC 8866 §5.2: any number that is ours alone
    private ulong NewSession() => ((ulong)(around.NextRandom() & 0x7FFFFFFF) << 32) | around.NextRandom();

    private static void Check(MediaOptions options)
    {
        if (options.Address is { } address && !IPAddress.TryParse(address, out _))
            throw new MediaStartException($"Media:Address is '{address}'; it must be an IP address in digits.");
        if (options.RtpPortMin < 1 || options.RtpPortMax > 65535 || options.RtpPortMax <= options.RtpPortMin)
            throw new MediaStartException(
                $"Media:RtpPorts is {options.RtpPortMin}-{options.RtpPortMax}; it must be a range of ports with room for a pair.");
        if (options.WebRtcPort is < 0 or > 65535)
            throw new MediaStartException($"Media:WebRtcPort is {options.WebRtcPort}; it must be a port.");
    }

    // a finished clip must be orderable again before anybody hears that it is finished
    private sealed class FirstListener(MediaEndpoint endpoint) : IMediaEvents
    {
        public void On(MediaEvent e)
        {
            if (e is MediaEvent.ClipEnded(var leg, var clip))
                lock (endpoint.orders) endpoint.legs.ClipIsOver(leg, clip);
            endpoint.events.On(e);
        }
    }
}
