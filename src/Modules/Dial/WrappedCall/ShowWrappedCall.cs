using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tccc.Acd;
using Tccc.Directory;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Dial;

public sealed record WrappedCallModel(CallRecord Call, string? Group, string Note);

/// <summary>
/// The call that the agent's wrap-up is for: it stays in the middle until the wrap-up ends, with its record and a note to write. Fetched
/// whenever <see cref="AtHandFragment"/> says that something changed; product.md §2 and §4.
/// </summary>
internal static class ShowWrappedCall
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(
            "/wrap-up/call", async Task<IResult> (CurrentAgent me, Dispatch dispatch, Centers centers, Writer writer, TcccDb db) =>
        {
            if (dispatch.See(me.Agent) is not { State: AgentState.WrapUp }) return Draw(null);
            if (await db.LastCallOf(writer, me.Center, me.Agent) is not { } call) return Draw(null);
            var (agent, id) = (me.Agent, call.Id);
            var note = await db.Of<CallNote>(me.Center).Where(n => n.Call == id && n.Agent == agent).Select(n => n.Text)
                .SingleOrDefaultAsync();
            return Draw(new(call, centers.NameOf(call.Group), note ?? ""));
        });

    private static RazorComponentResult<WrappedCall> Draw(WrappedCallModel? model) =>
        new(new Dictionary<string, object?> { [nameof(WrappedCall.Model)] = model });
}
