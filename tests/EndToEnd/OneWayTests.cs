using System.Net;
using EndToEnd.Peers;
using Microsoft.Playwright;

namespace EndToEnd;

/// <summary>Sound that passes one way only is noticed, said and acted on; what passed is on the record. product.md §12.</summary>
public sealed class OneWayTests : Scene
{
    private const string CustomerIsSilent = "Nothing comes from the customer.";
    private const string AgentIsSilent = "The customer can't hear you: nothing comes from your browser.";

    [Fact]
    public async Task A_customer_who_sends_nothing_is_said_to_the_agent_until_something_comes()
    {
        var amy = await Online();
        using var caller = new RawSip(server.SipPort);
        caller.Send(caller.Request("INVITE", Sales, body: caller.Sdp()));
        await amy.Rings();
        await amy.Press("Answer");
        Assert.Equal(200, await caller.FinalStatus(Sales));
        await amy.Call.GetByText(CustomerIsSilent).WaitForAsync();

        using var done = new CancellationTokenSource();
        var talking = Talk(caller, done.Token);
        await amy.Call.GetByText(CustomerIsSilent).WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        await amy.Press("Hang up");
        await done.CancelAsync();
        await talking;
        await Until.Holds(
            "the figures are on record", () => server.Rows("select Legs from CallQualities").Count == 1, seen: () => server.Log);
    }

    [Fact]
    public async Task A_page_whose_own_line_is_silent_opens_a_new_one_and_both_are_heard_again()
    {
        var amy = await Online();
        await using var caller = await Phone();
        await caller.Dial(server.Sip(Sales));
        await amy.Rings();
        await amy.Press("Answer");
        await caller.Hears(AgentsTone);
        // what leaves the browser is lost: the microphone is there, and nothing of it comes
        await amy.Page.EvaluateAsync("""
            async () => {
              window.silent = window.tccc.line.connection;
              const sender = window.silent.getSenders()[0], parameters = sender.getParameters();
              parameters.encodings.forEach(encoding => { encoding.active = false; });
              await sender.setParameters(parameters);
            }
            """);
        await Until.Holds(
            "the page has a new line", () => amy.Page.EvaluateAsync<bool>("() => window.tccc.line.connection !== window.silent"));
        await caller.Hears(AgentsTone);
        await amy.Hears(CallersTone);
        await amy.Call.GetByText(AgentIsSilent).WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        // an interval of the new line is over
        await amy.Call.Locator("#call-network[data-quality=good][title*=MOS]").WaitForAsync();
        await amy.Press("Hang up");
        await caller.Closed();

        // the line is older than the call, and was replaced in it: three legs, all of the call's span
        await Until.Holds(
            "the figures are on record", () => server.Rows("select Legs from CallQualities").Count == 1, seen: () => server.Log);
        await amy.Page.GotoAsync("/records/calls");
        await amy.Page.Locator("#rows tbody tr a").First.ClickAsync();
        await amy.Page.GetByText("Sound quality").WaitForAsync();
        Assert.Equal(
            ["Customer", "Amy · Workbench", "Amy · Workbench"],
            await amy.Page.Locator("section[aria-labelledby=sound] h3").AllInnerTextsAsync());
    }

    private async Task<Workbench> Online()
    {
        var workbench = await Workbench.Open(chromium, server, "amy");
        await workbench.LineIsUp();
        return workbench;
    }

    private static async Task Talk(RawSip caller, CancellationToken done)
    {
        var packet = new byte[172];
        packet[0] = 0x80;
        var to = new IPEndPoint(IPAddress.Loopback, caller.SoundPort);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (ushort n = 0; !done.IsCancellationRequested; n++)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), n);
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(4), n * 160u);
            caller.Rtp.SendTo(packet, to);
            await tick.WaitForNextTickAsync(CancellationToken.None);
        }
    }
}
