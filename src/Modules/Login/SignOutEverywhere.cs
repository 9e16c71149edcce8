using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tccc.Acd;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Login;

/// <summary>Ends every session of a person, this one too, and takes them offline in every center; product.md §1.</summary>
internal static class SignOutEverywhere
{
    public sealed record Command(PersonId Person, Origin From) : IRequest<Result>;

    public sealed class Handler(People people, Sessions sessions, Centers centers, Dispatch dispatch, WorkbenchStreams streams)
        : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            await people.EndAllSessions(request.Person, request.From);
            sessions.EndAll(request.Person);
            await centers.Reload(request.Person);
            foreach (var agent in centers.AgentsOf(request.Person))
                await dispatch.Choose(agent, Choice.Offline, ChangedBy.Agent, StateReason.SignedOut);
            streams.CloseAll(centers, request.Person);
            return Result.Done;
        }
    }

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost("/logout/everywhere", async (
            HttpContext http, IMediator mediator, CurrentAgent me, Dispatch dispatch, Centers centers) =>
        {
            if (CallAsk.IsNeeded(http, dispatch, [.. centers.AgentsOf(me.Person)]))
                return CallAsk.Ask(http, CallAsk.Leaving.SignsOut, "/logout/everywhere");
            await mediator.Send(new Command(me.Person, http.Origin()), CancellationToken.None);
            await http.LeaveAsync();
            return http.Response.GoTo("/login");
        });

    /// <summary>
    /// Ends the streams of a person's windows: those whose session is still good connect anew, the others find out that it is not.
    /// </summary>
    public static void CloseAll(this WorkbenchStreams streams, Centers centers, PersonId person)
    {
        foreach (var agent in centers.AgentsOf(person))
            foreach (var workbench in streams.WorkbenchesOf(agent)) streams.Close(agent, workbench);
    }
}
