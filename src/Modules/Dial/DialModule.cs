using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Platform;

namespace Tccc.Dial;

/// <summary>Taking calls in the workbench; product.md §4 and §5. The room's table of contents.</summary>
public static class DialModule
{
    public static IServiceCollection AddDial(this IServiceCollection services) => services
        .AddUseCases(typeof(DialModule).Assembly)
        .AddFragment<IncomingCallFragment>()
        .AddFragment<CurrentCallFragment>()
        .AddFragment<TasksFragment>()
        .AddFragment<WaitingCountFragment>()
        .AddFragment<LineFragment>()
        .AddHostedService<WaitingMoves>();

    public static IEndpointRouteBuilder MapDial(this IEndpointRouteBuilder routes)
    {
        var agents = routes.MapGroup("").RequireAuthorization(Access.Agent);
        AnswerCall.Map(agents);
        DeclineCall.Map(agents);
        HangUpCall.Map(agents);
        HoldCall.Map(agents);
        MuteCall.Map(agents);
        ShowNetwork.Map(agents);
        OpenLine.Map(agents);
        ListWaiting.Map(agents);
        TakeCall.Map(agents);
        WhyNotMe.Map(agents);
        ListServed.Map(agents);
        return routes;
    }
}
