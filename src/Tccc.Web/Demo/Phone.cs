using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using Tccc.Directory;
using Tccc.Login;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Web.Demo;

/// <summary>A number that can be tried, and the name of what it leads to.</summary>
public sealed record DemoNumber(string Digits, string LeadsTo);

/// <summary>`/demo/phone`: the page, the calls it makes, and those that ring at it: it is the outside world while it is open.</summary>
internal static class Phone
{
    /// <summary>Bytes of a request; a browser's audio offer has about 2,500.</summary>
    public const int RequestAtMost = 32 * 1024;

    private const int DigitsAtMost = 31;

    public static void Map(IEndpointRouteBuilder demo)
    {
        var services = demo.ServiceProvider;
        // streams never end by themselves, and the web server waits for what is open
        services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping
            .Register(() => services.GetRequiredService<WebPhones>().EndAttending());
        demo.MapGet(
            "", (Centers centers, IStringLocalizer<DemoTexts> texts) =>
                new RazorComponentResult<PhonePage>(new { Numbers = Numbers(centers, texts) }));
        demo.MapPost("/calls", Dial).RequireRateLimiting(LoginServices.Anonymous);
        demo.MapGet(
            "/calls/{call:long}/events", (CallId call, WebPhones phones, IStringLocalizer<DemoTexts> texts, CancellationToken gone) =>
            Sse.Stream(States(phones.Watch(call, gone), texts, gone)));
        demo.MapDelete("/calls/{call:long}", (CallId call, bool? busy, WebPhones phones) =>
        {
            phones.Hangup(call, busy ?? false);
            return TypedResults.NoContent();
        });
        demo.MapGet("/outside", (WebPhones phones, CancellationToken gone) => Sse.Stream(Ringing(phones.Attend(gone), gone)));
        demo.MapPost("/calls/{call:long}/answer", async (CallId call, PickUp picked, WebPhones phones, IServiceProvider services) =>
        {
            var answer = await phones.PickUp(call, picked.Offer ?? "");
            return answer.Ok
                ? Results.Json(new { answer = answer.Value })
                : Results.Json(new { sentence = answer.Error.Text(services) }, statusCode: answer.Error.Status());
        }).RequireRateLimiting(LoginServices.Anonymous);
    }

    private sealed record Wanted(string? Number, string? Caller, string? Offer);

    private sealed record PickUp(string? Offer);

    private static IResult Dial(Wanted wanted, WebPhones phones, IServiceProvider services, IStringLocalizer<DemoTexts> texts)
    {
        var (number, caller) = (Digits(wanted.Number), Digits(wanted.Caller));
        if (!IsDialled(number) || (caller.Length > 0 && !IsDialled(caller)))
            return Results.Json(
                new { sentence = texts["Numbers are made of digits, * and #, with + in front at most."].Value },
                statusCode: StatusCodes.Status422UnprocessableEntity);
        var call = phones.Dial(number, caller, wanted.Offer ?? "");
        return call.Ok
            ? Results.Json(new { call = call.Value.Call.ToString(), answer = call.Value.SdpAnswer })
            : Results.Json(new { sentence = call.Error.Text(services) }, statusCode: call.Error.Status());
    }

    private static List<DemoNumber> Numbers(Centers centers, IStringLocalizer<DemoTexts> texts) =>
        [.. centers.All.SelectMany(center => center.Numbers.Values).OrderBy(number => number.Digits, StringComparer.Ordinal)
            .Select(number => new DemoNumber(number.Digits, LeadsTo(number, centers, texts)))];

    private static string LeadsTo(Number number, Centers centers, IStringLocalizer<DemoTexts> texts) => number switch
    {
        { Entry: NumberEntry.Group, Group: { } id } => texts["Group {0}", centers.Group(id)?.Name ?? ""],
        { Entry: NumberEntry.Agent, Agent: { } id } => texts["{0} in person", centers.Agent(id)?.Name ?? ""],
        _ => texts["Main menu (not available yet)"],
    };

    private static string Digits(string? typed) =>
        (typed ?? "").Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);

    private static async IAsyncEnumerable<SseItem<string>> Ringing(
        IAsyncEnumerable<OutsideCall> calls, [EnumeratorCancellation] CancellationToken gone)
    {
        // the answer begins with something: a browser takes silence for no answer
        yield return Sse.Heartbeat;
        await foreach (var call in calls.WithCancellation(gone))
            yield return new(
                JsonSerializer.Serialize(new { call = call.Call.ToString(), number = call.Number, from = call.CallerId }), "ring");
    }

    private static async IAsyncEnumerable<SseItem<string>> States(
        IAsyncEnumerable<WebPhoneState> states, IStringLocalizer<DemoTexts> texts, [EnumeratorCancellation] CancellationToken gone)
    {
        await foreach (var state in states.WithCancellation(gone))
            yield return new(
                JsonSerializer.Serialize(new { phase = state.Phase.ToString().ToLowerInvariant(), sentence = Sentence(state, texts) }),
                "state");
    }

    internal static string Sentence(WebPhoneState state, IStringLocalizer<DemoTexts> texts) => state.Phase switch
    {
        WebPhonePhase.Calling => texts["Calling…"],
        WebPhonePhase.Ringing => texts["Ringing"],
        WebPhonePhase.Answered => texts["Connected"],
        _ => texts[Ending(state.End)],
    };

    private static string Ending(CallEnd? end) => end switch
    {
        { Reason: CallEndReason.HungUp, By: EndedBy.Agent } => "The agent hung up.",
        { Reason: CallEndReason.GaveUpDialling } => "The agent hung up.",
        { Reason: CallEndReason.NoAnswer } => "You did not answer.",
        { By: EndedBy.Customer } => "You hung up.",
        { Reason: CallEndReason.NumberUnknown } => "This number leads nowhere.",
        { Reason: CallEndReason.WaitedTooLong } => "Nobody was free for too long; the center ended the call.",
        { Reason: CallEndReason.NobodySignedIn } => "Nobody is online at the center.",
        { Reason: CallEndReason.Closed } => "The center is closed now.",
        { Reason: CallEndReason.NoSelfService } => "Self-service is not available yet.",
        { Reason: CallEndReason.Busy } => "Busy.",
        { Reason: CallEndReason.MediaLost } => "The connection was lost.",
        { Reason: CallEndReason.ServerStopped or CallEndReason.ServerRestarted } => "The server was stopped.",
        _ => "The call ended.",
    };

    private static bool IsDialled(string text) =>
        text.AsSpan(text.StartsWith('+') ? 1 : 0) is { Length: >= 1 and <= DigitsAtMost } digits && digits.Trim("0123456789*#").IsEmpty;
}
