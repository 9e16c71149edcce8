namespace Tccc.Web.Demo;

/// <summary>What a newcomer tries the product with; only while the demo is enabled. contract.md «Demo center».</summary>
internal static class DemoModule
{
    public static WebApplication MapDemo(this WebApplication app)
    {
        if (app.Configuration.GetValue<bool>("Demo:Enabled")) Phone.Map(app);
        return app;
    }
}
