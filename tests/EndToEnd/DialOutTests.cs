using System.Globalization;
using EndToEnd.Peers;
using Microsoft.Playwright;

namespace EndToEnd;

/// <summary>An agent calls a customer by a real carrier's socket; product.md §5.</summary>
public sealed class DialOutTests : Scene
{
    private const string Number = "13900000001";

    /// <summary>Ring-back of ours (GB 3380).</summary>
    private const double RingBack = 450;

    /// <summary>Of the square wave in tone.ul.</summary>
    private const double NetworksTone = 400;

    private protected override string[] Settings => ["Timeouts:WrapUpSeconds=3"];

    [Fact]
    public async Task Who_is_called_answers_both_hear_each_other_and_the_agent_wraps_up_and_can_dial_again()
    {
        await using var customer = await Phone(Number);
        var amy = await Online(customer.SipPort);
        await Dial(amy, "139 0000-0001");
        await customer.Saw("CALL_INCOMING");
        await amy.Is("Busy");
        await amy.Call.GetByText("Ringing at the other side").First.WaitForAsync();
        await amy.Hears(RingBack);
        await customer.Answer();
        await customer.Hears(AgentsTone);
        await amy.Hears(CallersTone);
        await customer.HangUp();
        await amy.Is("Wrap-up");
        await IsOnRecord("Served", "HungUp", "Customer");

        // in wrap-up too, by the number of the call that is wrapped up
        await amy.Press($"Call {Number}");
        await Until.Holds("it rings again", () => customer.Count("CALL_INCOMING") == 2);
        await amy.Press("Hang up");
        await Says(amy, $"You hung up before {Number} answered.");
        await amy.Is("Available");

        await amy.Press("Redial");
        await Until.Holds("it rings a third time", () => customer.Count("CALL_INCOMING") == 3);
        await customer.HangUp();
        await Says(amy, $"{Number} is busy.");
        await amy.Page.GetByRole(AriaRole.Tab, new() { NameRegex = new("^History") }).ClickAsync();
        await amy.Page.GetByRole(AriaRole.Button, new() { Name = $"Redial {Number}", Exact = true }).First.FocusAsync();
        await amy.Page.Keyboard.PressAsync("Enter");
        await Until.Holds("it rings by the History", () => customer.Count("CALL_INCOMING") == 4);
    }

    [Theory]
    [InlineData(486, "{0} is busy.", "NotReached", "Busy")]
    [InlineData(404, "There is no number {0}. Check the digits.", "NotReached", "NumberUnknown")]
    [InlineData(480, "{0} did not answer.", "NotReached", "NoAnswer")]
    public async Task What_the_network_says_is_heard_before_it_refuses_and_the_agent_reads_why(
        int status, string sentence, string result, string reason)
    {
        // one second of a loud square wave in µ-law
        await File.WriteAllBytesAsync(
            Path.Combine(folder, "tone.ul"), [.. Enumerable.Range(0, 8000).Select(i => (byte)(i / 10 % 2 == 0 ? 0x10 : 0x90))]);
        // sipp wants a status that it can read before it begins
        var scenario = Path.Combine(folder, "carrier.xml");
        var words = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Peers", "carrier.xml"));
        await File.WriteAllTextAsync(
            scenario, words.Replace("[status]", status.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        var port = Ports.Free();
        await using var carrier = Sipp.At(port, scenario, folder, server.SipPort, "-d", "4000");
        var amy = await Online(port);
        await Dial(amy, Number);
        await amy.Hears(NetworksTone);
        await Says(amy, string.Format(CultureInfo.InvariantCulture, sentence, Number));
        await amy.Is("Available");
        await amy.HearsSilence();
        await Until.Holds($"the record says {reason}", () => server.Rows("select * from Calls").Any(row =>
            (row["Direction"]?.ToString(), row["Result"]?.ToString(), row["Reason"]?.ToString()) == ("Outbound", result, reason)
            && row["SipStatus"]?.ToString() == status.ToString(CultureInfo.InvariantCulture)
            && row["SipCause"]?.ToString() == "Q.850;cause=17;text=\"busy\""));
    }

    [Fact]
    public async Task What_is_refused_is_said_at_the_field_and_goes_when_it_is_typed_anew()
    {
        var amy = await Online(Ports.Free());
        await Dial(amy, "amy");
        var field = amy.Page.GetByRole(AriaRole.Textbox, new() { Name = "Number to call" });
        await amy.Page.GetByRole(AriaRole.Alert).GetByText("Enter a number").WaitForAsync();
        Assert.Equal("true", await field.GetAttributeAsync("aria-invalid"));
        Assert.Equal("amy", await field.InputValueAsync());
        await field.FillAsync("4000000004");
        Assert.Null(await field.GetAttributeAsync("aria-invalid"));
        await field.PressAsync("Enter");
        await amy.Page.GetByRole(AriaRole.Alert).GetByText("is a number of this center").WaitForAsync();
        await amy.Is("Available");
    }

    [Fact]
    public async Task With_the_demo_s_phone_open_it_rings_there_and_they_talk()
    {
        var amy = await Online(Ports.Free());
        var customer = await chromium.Visit(server.Address);
        await customer.GotoAsync("/demo/phone");
        await Dial(amy, Number);
        await customer.GetByText($"4000000001 calls {Number}").WaitForAsync();
        await customer.GetByRole(AriaRole.Button, new() { Name = "Answer", Exact = true }).ClickAsync();
        await amy.Hears(AgentsTone);
        await new Workbench(customer).Hears(AgentsTone);
        await customer.GetByRole(AriaRole.Button, new() { Name = "Hang up", Exact = true }).ClickAsync();
        await amy.Is("Wrap-up");
        await IsOnRecord("Served", "HungUp", "Customer");
        await Dial(amy, Number);
        await customer.GetByText($"4000000001 calls {Number}").WaitForAsync();
        await customer.GetByRole(AriaRole.Button, new() { Name = "Hang up", Exact = true }).ClickAsync();
        await Says(amy, $"The call to {Number} was refused.");
    }

    [Fact]
    public async Task A_server_that_is_killed_while_it_rings_closes_the_record()
    {
        await using var customer = await Phone(Number);
        var amy = await Online(customer.SipPort);
        await Dial(amy, Number);
        await customer.Saw("CALL_INCOMING");
        await Until.Holds("the call is on record", () => server.Rows("select Id from Calls").Count == 1);
        await server.Kill();
        await server.Again();
        await IsOnRecord("Failed", "ServerRestarted", "System");
        await amy.Is("Available");
    }

    private async Task<Workbench> Online(int carrier)
    {
        await server.Stop();
        server.Change(string.Create(CultureInfo.InvariantCulture, $"update Trunks set Host = '127.0.0.1', Port = {carrier}"));
        await server.Again();
        var amy = await Workbench.Open(chromium, server, "amy");
        await amy.LineIsUp();
        return amy;
    }

    private static async Task Dial(Workbench agent, string number)
    {
        await agent.Page.GetByRole(AriaRole.Textbox, new() { Name = "Number to call" }).FillAsync(number);
        await agent.Press("Call");
    }

    private static Task Says(Workbench agent, string sentence) =>
        agent.Page.Locator("#dial-outcome").GetByText(sentence, new() { Exact = true }).WaitForAsync();

    private Task IsOnRecord(string result, string reason, string by) => Until.Holds(
        $"the record says {result}, {reason}, by {by}", () => server.Rows("select Direction, Result, Reason, EndedBy from Calls").Any(r =>
            (r["Direction"]?.ToString(), r["Result"]?.ToString(), r["Reason"]?.ToString(), r["EndedBy"]?.ToString())
                == ("Outbound", result, reason, by)), seen: () => server.Log);
}
