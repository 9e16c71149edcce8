using Carter;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Acd;
using Tccc.Platform;

namespace Tccc.Dial;

/// <summary>Taking calls in the workbench; product.md §4 and §5. The room's services, and its routes by name.</summary>
public static class DialServices
{
    /// <summary>The room's Carter module.</summary>
    public static Type Routes => typeof(DialModule);

    public static IServiceCollection AddDial(this IServiceCollection services) => services
        .AddUseCases(typeof(DialModule).Assembly)
        .AddFragment<IncomingCallFragment>()
        .AddFragment<DialBoxFragment>()
        .AddFragment<DialOutcomeFragment>()
        .AddFragment<CurrentCallFragment>()
        .AddFragment<TasksFragment>()
        .AddFragment<WaitingCountFragment>()
        .AddFragment<LineFragment>()
        .AddFragment<MiddleEmptyFragment>()
        .AddFragment<AtHandFragment>()
        .AddFragment<MissedFragment>()
        .AddSingleton<MissedMarks>()
        .AddSingleton<DialOutcomes>()
        .AddSingleton<SilentLines>()
        .AddHostedService<WaitingMoves>();
}

/// <summary>The room's table of contents.</summary>
internal sealed class DialModule : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var agents = app.MapGroup("").RequireAuthorization(Right.Serve).LimitBody();
        AnswerCall.Map(agents);
        DeclineCall.Map(agents);
        DialNumber.Map(agents);
        CloseOutcome.Map(agents);
        CallInside.Map(agents);

        var call = app.MapGroup("").RequireAuthorization(Right.Serve).LimitBody().KeptInCall();
        HangUpCall.Map(call);
        HoldCall.Map(call);
        MuteCall.Map(call);
        PressKeys.Map(call);
        Transfer.Map(call);
        Consult.Map(call);
        ListTargets.Map(call);
        ShowNetwork.Map(call);

        ListWaiting.Map(agents);
        TakeCall.Map(agents);
        WhyNotMe.Map(agents);
        ListServed.Map(agents);
        MissedCalls.Map(agents);
        ShowWrappedCall.Map(agents);
        WriteNote.Map(agents);

        OpenLine.Map(app.MapGroup("").RequireAuthorization(Right.Serve).LimitBody(OpenLine.RequestAtMost).KeptInCall());
    }
}
