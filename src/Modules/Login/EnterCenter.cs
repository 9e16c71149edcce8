using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tccc.Acd;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Login;

/// <summary>The choice of a center; product.md §1 «Choose a center».</summary>
internal static class EnterCenter
{
    public sealed record NotYours() : Error(ErrorKind.Forbidden, "You do not belong to this center. Choose one from the list.");

    public sealed record Command(PersonId Person, CenterId Center, bool Online) : IRequest<Result<AgentInfo>>;

    public sealed class Handler(People people, Writer writer, Dispatch dispatch, TimeProvider time)
        : IRequestHandler<Command, Result<AgentInfo>>
    {
        public async Task<Result<AgentInfo>> Handle(Command request, CancellationToken cancellationToken)
        {
            var memberships = await people.MembershipsOf(request.Person);
            if (memberships.FirstOrDefault(m => m.Center.Id == request.Center)?.Agent is not { } agent) return new NotYours();
            var now = time.GetUtcNow();
            // not worth a wait, and nobody is kept out while the database can't be written
            writer.Enqueue(db => db.Set<Agent>().Where(a => a.Id == agent.Id).ExecuteUpdate(a => a.SetProperty(r => r.LastVisitAt, now)));

            // who is online already (another window, a break, a call) keeps that state
            var offline = dispatch.See(agent.Id) is null or { State: AgentState.Offline };
            if (request.Online == offline)
                await dispatch.Choose(agent.Id, request.Online ? Choice.Available : Choice.Offline, ChangedBy.Agent);
            return agent;
        }
    }

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/centers", async (People people, CurrentAgent me, [FromQuery(Name = "return")] string? back) =>
            await Page(people, me, LocalAddress.OrNull(back), null));

        app.MapPost("/centers", async (
            HttpContext http, People people, IMediator mediator, CurrentAgent me, Dispatch dispatch, WorkbenchStreams streams,
            [FromForm] CenterId center, [FromForm] bool? online, [FromForm(Name = "return")] string? back) =>
        {
            var to = LocalAddress.OrNull(back);
            // this browser's workbench of the other center, with its line, is over by that
            AgentId? left = me.InCenter && me.Center != center ? me.Agent : null;
            if (left is { } working && CallAsk.IsNeeded(http, dispatch, working))
                return CallAsk.Ask(http, CallAsk.Leaving.EntersCenter, "/centers", [
                    ("center", center.ToString()), .. online is true ? [("online", "true")] : Array.Empty<(string, string)>(),
                    .. to is null ? Array.Empty<(string, string)>() : [("return", to)]]);
            var result = await mediator.Send(new Command(me.Person, center, online ?? false), http.RequestAborted);
            if (result.Error is { } error) return await Page(people, me, to, error);
            if (await people.Find(me.Person) is not { } person) return Results.Redirect("/login");
            await http.EnterAsync(person, result.Value);
            if (left is { } agent) foreach (var workbench in streams.WorkbenchesOf(agent)) streams.Close(agent, workbench);
            return http.Response.GoTo(to ?? "/workbench");
        });
    }

    private static async Task<IResult> Page(People people, CurrentAgent me, string? back, Error? error) =>
        new RazorComponentResult<CentersPage>(new Dictionary<string, object?>
        {
            [nameof(CentersPage.Memberships)] = await people.MembershipsOf(me.Person),
            [nameof(CentersPage.Account)] = (await people.Find(me.Person))?.Email ?? "",
            [nameof(CentersPage.Refusal)] = error,
            [nameof(CentersPage.Back)] = back,
        })
    { StatusCode = error?.Status() ?? StatusCodes.Status200OK };
}
