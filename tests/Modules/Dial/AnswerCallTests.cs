using System.Net;
using Tccc.Acd;
using Tccc.Modules.Tests;

namespace Tccc.Dial.Tests;

/// <summary>An offer can be answered where the agent can be heard; product.md §4.</summary>
public sealed class AnswerCallTests : DialCenter
{
    [Fact]
    public async Task Without_a_line_the_agent_is_told_so_and_it_goes_on_ringing()
    {
        var offer = await OfferToBob();
        await Refused(await bob.PutAsync(At($"/offers/{offer.Id}/answer"), null), HttpStatusCode.Conflict, "Your line is not connected.");
        Assert.Equal(offer.Id, Dispatch.See(TestCenter.Bob)!.Offer!.Id);
    }

    [Fact]
    public async Task Who_is_bound_to_a_desk_phone_is_told_to_pick_it_up()
    {
        await center.Online(TestCenter.Amy);
        center.Caller();
        await Refused(
            await amy.PutAsync(At($"/offers/{(await center.Rings(TestCenter.Amy)).Id}/answer"), null), HttpStatusCode.Conflict,
            "Pick up your desk phone 8001 to answer.");
    }
}
