using Tccc.Platform;

namespace Tccc.Web.Demo;

/// <summary>What a newcomer tries the product with; only while the demo is enabled. contract.md «Demo center».</summary>
internal static class DemoModule
{
    /// <summary>After AddDirectory: the database is asked first whether there is somebody in it.</summary>
    public static IHostApplicationBuilder AddDemoCenter(this IHostApplicationBuilder builder)
    {
        if (builder.Configuration.IsOn("Demo:Enabled")) builder.Services.AddHostedService<DemoCenter>();
        return builder;
    }

    public static WebApplication MapDemo(this WebApplication app)
    {
        if (app.Configuration.IsOn("Demo:Enabled")) Phone.Map(app);
        return app;
    }
}
