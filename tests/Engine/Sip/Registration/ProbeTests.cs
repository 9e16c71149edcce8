namespace Tccc.Sip.Tests;

/// <summary>Carriers that want no REGISTER are asked whether they are there.</summary>
public class ProbeTests
{
    private readonly TestNet net = new();
    private readonly Node us;
    private readonly RawPeer carrier;
    private int status = 200;

    public ProbeTests()
    {
        us = net.AddNode("10.0.0.1");
        carrier = net.AddPeer("10.0.0.9");
        carrier.Answers = m => status == 0 ? null : carrier.Response(m, status);
    }

    [Fact]
    public void A_carrier_that_answers_is_reachable_and_asked_about_every_30_seconds()
    {
        var probe = Ask();
        Assert.Equal(TrunkProbeState.Asking, probe.Current.State);
        net.Run(100);
        Assert.Equal((TrunkProbeState.Reachable, 200), (probe.Current.State, probe.Current.Status));
        var since = probe.Current.Since;
        net.Run(3600_000);
        Assert.Equal((TrunkProbeState.Reachable, since), (probe.Current.State, probe.Current.Since));
        Assert.InRange(net.CountSent("OPTIONS"), 110, 130);
        var waits = net.Log.Where(l => l.Text.StartsWith("OPTIONS", StringComparison.Ordinal)).Select(l => l.At).ToList();
        Assert.All(waits.Zip(waits.Skip(1), (a, b) => b - a), wait => Assert.InRange(wait, 27_000, 33_000));
        Assert.True(waits.Zip(waits.Skip(1), (a, b) => b - a).Distinct().Count() > 20, "they do not march in step");
        Assert.Equal(0, us.Core.Transactions.Count);
    }

    [Fact]
    public void A_question_is_one_that_any_carrier_can_read()
    {
        Ask();
        net.Run(100);
        var question = carrier.Received.Single();
        Assert.StartsWith("OPTIONS sip:10.0.0.9 SIP/2.0\r\n", question, StringComparison.Ordinal);
        Assert.Equal("application/sdp", RawPeer.Header(question, "Accept"));
        Assert.StartsWith("<sip:tccc@10.0.0.1>;tag=", RawPeer.Header(question, "From"), StringComparison.Ordinal);
        Assert.Equal("<sip:10.0.0.9>", RawPeer.Header(question, "To"));
    }

    [Fact]
    public void A_carrier_that_falls_silent_is_known_to_and_found_again()
    {
        var probe = Ask();
        net.Run(100);
        status = 0;
        net.Run(40_000);
        Assert.Equal((TrunkProbeState.Silent, 0, "No answer"), (probe.Current.State, probe.Current.Status, probe.Current.Reason));
        var since = probe.Current.Since;
        net.Run(100_000);
        Assert.Equal(since, probe.Current.Since);
        status = 200;
        net.Run(34_000);
        Assert.Equal(TrunkProbeState.Reachable, probe.Current.State);
        Assert.True(probe.Current.Since > since);
    }

    [Fact]
    public void A_lost_packet_is_no_silence()
    {
        var lost = 0;
        net.Loses = text => text.StartsWith("OPTIONS", StringComparison.Ordinal) && lost++ < 3;
        var probe = Ask();
        net.Run(5_000);
        Assert.Equal(TrunkProbeState.Reachable, probe.Current.State);
    }

    [Theory]
    [InlineData(404, TrunkProbeState.Reachable)]
    [InlineData(405, TrunkProbeState.Reachable)]
    [InlineData(407, TrunkProbeState.Reachable)]
    [InlineData(408, TrunkProbeState.Refusing)]
    [InlineData(503, TrunkProbeState.Refusing)]
    [InlineData(603, TrunkProbeState.Refusing)]
    public void What_the_answer_says_of_the_carrier(int answer, TrunkProbeState state)
    {
        status = answer;
        var probe = Ask();
        net.Run(100);
        Assert.Equal((state, answer), (probe.Current.State, probe.Current.Status));
    }

    [Fact]
    public void A_name_without_address_is_said()
    {
        var probe = new TrunkProbe(us.Core, new(new SipUri(null, "no.such.example"), new("no.such.example")));
        net.Run(100);
        Assert.Equal((TrunkProbeState.Silent, "The host name has no address"), (probe.Current.State, probe.Current.Reason));
    }

    [Fact]
    public void Stopped_it_asks_no_more_and_leaves_nothing_behind()
    {
        status = 0;
        var probe = Ask();
        net.Run(1_000);
        probe.Stop();
        net.Run(10);
        var sent = net.CountSent("OPTIONS");
        net.Run(200_000);
        Assert.Equal(sent, net.CountSent("OPTIONS"));
        Assert.Equal(TrunkProbeState.Stopped, probe.Current.State);
        Assert.Equal((0, 0), (us.Core.Transactions.Count, us.Core.Timers.Count));
    }

    private TrunkProbe Ask() => new(us.Core, new(new SipUri(null, "10.0.0.9"), new("10.0.0.9")));
}
