using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Acd;
using Tccc.Directory;
using Tccc.Platform;
using Tccc.Telephony;

namespace Tccc.Web.Tests;

/// <summary>All rooms that have tables, over a database that nobody opens.</summary>
internal sealed class Rooms : IDisposable
{
    private readonly string folder = System.IO.Directory.CreateTempSubdirectory("tccc-migrations-").FullName;
    private readonly WebApplication app;

    public Rooms(string[] settings, bool compiled)
    {
        var builder = WebApplication.CreateBuilder(["--data", folder, .. settings]);
        builder.AddPlatform();
        if (compiled) builder.Services.AddMigrationsIn(typeof(Program).Assembly);
        builder.AddDirectory();
        builder.Services.AddAcd();
        builder.Services.AddTelephony();
        app = builder.Build();
    }

    public IServiceProvider Services => app.Services;

    public Task<TcccDb> Database() => Services.GetRequiredService<IDbContextFactory<TcccDb>>().CreateDbContextAsync();

    public void Dispose()
    {
        ((IDisposable)app).Dispose();
        System.IO.Directory.Delete(folder, recursive: true);
    }
}
