using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Bench.Login;

/// <summary>The least that ASP.NET Core can do for a page of the same size, in a process of its own.</summary>
internal static class BareServer
{
    /// <summary>The first argument of the process that is this; the second is its port.</summary>
    public const string Argument = "bare-server";

    private const int PageSize = 5000;

    public static async Task<int> Serve(string port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var app = builder.Build();
        var page = new string('x', PageSize);
        app.MapGet("/login", () => Results.Text(page, "text/html"));
        await app.RunAsync();
        return 0;
    }
}
