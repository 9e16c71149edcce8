using Microsoft.Extensions.DependencyInjection;
using Tccc.Acd;
using Tccc.Modules.Tests;

namespace Tccc.Presence.Tests;

/// <summary>The use cases of Presence through HTTP, on the real dispatcher; product.md §2.</summary>
public abstract class PresenceCenter : IAsyncLifetime
{
    private protected TestCenter center = null!;
    private protected HttpClient amy = null!;

    public async Task InitializeAsync()
    {
        center = await TestCenter.Start(builder => builder.Services.AddPresence(), app => new PresenceModule().AddRoutes(app));
        amy = await center.As(TestCenter.Amy);
    }

    public async Task DisposeAsync() => await center.DisposeAsync();

    private protected static Task<HttpResponseMessage> Choose(HttpClient browser, string choice, string reason = "") =>
        browser.PutAsync(
            new Uri("/presence/state", UriKind.Relative), new FormUrlEncodedContent([new("choice", choice), new("reason", reason)]));

    private protected async Task<Contact> Serve()
    {
        await center.Online(TestCenter.Amy);
        var caller = center.Caller();
        Assert.True((await center.Get<Dispatch>().Accept((await center.Rings(TestCenter.Amy)).Id, TestCenter.Amy)).Ok);
        await center.Is(TestCenter.Amy, AgentState.Busy);
        return caller;
    }

    private protected async Task WrapUp()
    {
        center.Get<Dispatch>().Ended((await Serve()).Id, TestCenter.Amy, wrapUp: true);
        await center.Is(TestCenter.Amy, AgentState.WrapUp);
    }
}
