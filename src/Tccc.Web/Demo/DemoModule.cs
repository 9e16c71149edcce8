using Carter;
using Tccc.Platform;

namespace Tccc.Web.Demo;

/// <summary>What a newcomer tries the product with; only while the demo is enabled. README.md «Try it».</summary>
internal sealed class DemoModule : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        if (app.ServiceProvider.GetRequiredService<IConfiguration>().IsOn("Demo:Enabled"))
            Phone.Map(app.MapGroup("/demo/phone").AllowAnonymous().LimitBody(Phone.RequestAtMost));
    }
}

internal static class DemoServices
{
    /// <summary>After AddDirectory: the database is asked first whether there is somebody in it.</summary>
    public static IHostApplicationBuilder AddDemoCenter(this IHostApplicationBuilder builder)
    {
        if (builder.Configuration.IsOn("Demo:Enabled")) builder.Services.AddSingleton(DemoCenter.Hint).AddHostedService<DemoCenter>();
        return builder;
    }
}
