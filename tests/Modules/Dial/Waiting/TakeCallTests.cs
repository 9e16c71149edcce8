using System.Net;
using AngleSharp.Dom;
using Tccc.Acd;
using Tccc.Directory;
using Tccc.Modules.Tests;
using Tccc.Telephony;

namespace Tccc.Dial.Tests;

/// <summary>«Take» out of the queue; product.md §4.</summary>
public sealed class TakeCallTests : DialCenter
{
    [Fact]
    public async Task Taking_needs_a_state_that_can_serve_and_says_so()
    {
        await using var carrier = await Peer.Start();
        var call = await Waits(carrier);
        await Refused(await Take(bob, call), "You are offline; go online first.");
        Dispatch.WorkbenchOpened(TestCenter.Bob, "w");
        Dispatch.DeviceReachable(TestCenter.Bob, true);
        await Dispatch.Choose(TestCenter.Bob, Choice.Break("Meeting"), ChangedBy.Agent);
        await Refused(await Take(bob, call), "You are on a break; end it first.");
        Dispatch.Began(TestCenter.Bob, new(77), ContactKind.Call);
        await Refused(await Take(bob, call), "You are in a call; end it first.");
        using var chinese = await center.As(TestCenter.Bob, "zh-CN");
        await Refused(await Take(chinese, call), "您正在通话中，请先结束通话。");
        Assert.Single((await Page(bob, "/waiting")).QuerySelectorAll(".task"));
    }

    [Fact]
    public async Task A_caller_of_another_center_or_of_no_call_cannot_be_taken()
    {
        await using var carrier = await Peer.Start();
        var call = await Waits(carrier);
        await Refused(await Take(nora, call), "This customer is no longer waiting");
        await Refused(await Take(bob, new(4711)), "This customer is no longer waiting");
        Assert.Equal(1, Dispatch.See(TestCenter.Sales)!.Waiting);
    }

    [Fact]
    public async Task An_agent_who_is_Not_ready_takes_a_caller_at_the_desk_phone_and_a_colleague_is_told()
    {
        await using var carrier = await Peer.Start();
        await using var phone = await Peer.Start();
        await phone.Register("8001", "Phone#8001", SipPort);
        await center.Online(TestCenter.Amy);
        await Dispatch.Choose(TestCenter.Amy, Choice.NotReady, ChangedBy.Agent);
        await center.Online(TestCenter.Bob);
        await Dispatch.Choose(TestCenter.Bob, Choice.NotReady, ChangedBy.Agent);
        var call = await Waits(carrier);
        Assert.Equal(HttpStatusCode.OK, (await Take(amy, call)).StatusCode);
        await Refused(await Take(bob, call), "This customer is being offered to a colleague.");
        await TestCenter.Until("the desk phone rings", () => phone.Rings);
        phone.PickUp();
        await TestCenter.Until("they talk", () => center.Get<Calls>().CallOf(TestCenter.Amy)?.Phase == CallPhase.Talking);
        await Refused(await Take(bob, call), "This customer is no longer waiting: a colleague took the call");
        Assert.Empty((await Page(amy, "/waiting")).QuerySelectorAll(".task"));
    }

    private static Task<HttpResponseMessage> Take(HttpClient agent, CallId call) => agent.PutAsync(At($"/waiting/{call}/take"), null);
}
