using Carter;
using Tccc.Acd;
using Tccc.Admin;
using Tccc.Customers;
using Tccc.Dial;
using Tccc.Directory;
using Tccc.Login;
using Tccc.Platform;
using Tccc.Platform.Look;
using Tccc.Presence;
using Tccc.Records;
using Tccc.Telephony;
using Tccc.Web.Demo;
using Tccc.Web.Errors;
using Tccc.Web.Guards;
using Tccc.Web.Start;
using Tccc.Web.Workbench;

NativeHeap.KeepFewArenas();
return await StartupException.Explain(async () =>
{
    TelephonyModule.MustBeAbleToStart();
    var builder = WebApplication.CreateSlimBuilder([.. args, "--hostBuilder:reloadConfigOnChange=false"]);

    builder.AddPlatform();
    builder.Services.AddMigrationsIn(typeof(Program).Assembly);
    builder.AddDirectory();
    builder.AddDemoCenter();
    builder.Services.AddAcd();
    builder.Services.AddTelephony();
    builder.Services.AddLook();
    builder.Services.AddLogin();
    builder.Services.AddPresence();
    builder.Services.AddDial();
    builder.Services.AddCustomers();
    builder.Services.AddRecords();
    builder.Services.AddAdmin();
    builder.Services.AddWorkbench();
    // all it maps is named: it need not read and search what the host stands on
    builder.Services.AddCarter(new DependencyContextAssemblyCatalog(assemblies: [typeof(ICarterModule).Assembly]), static carter => carter
        .WithModules(
            PlatformModule.Routes, LoginServices.Routes, PresenceServices.Routes, DialServices.Routes, CustomersServices.Routes,
            RecordsServices.Routes, AdminServices.Routes, typeof(WorkbenchModule), typeof(DemoModule))
        .WithEmptyValidators().WithEmptyResponseNegotiators());
    builder.Services.AddCompression();
    builder.AddPorts();

    var app = builder.Build();

    app.UseProxies();
    app.UseSecurityHeaders();
    app.UseCompression();
    app.UseErrorPages();
    app.UseRouting();
    app.UseRateLimiter();
    app.UsePlatform();

    app.MapFiles();
    app.AlsoByHead().MapCarter();

    await app.RunAsync();
});

/// <summary>Named so that tests can start the whole server.</summary>
internal sealed partial class Program;
