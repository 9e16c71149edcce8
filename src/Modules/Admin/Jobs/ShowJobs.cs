using Hangfire;
using Hangfire.Dashboard;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Directory;
using Tccc.Platform;

namespace Tccc.Admin;

/// <summary>
/// Hangfire's own pages of what the server does beside the calls. They show the work of all centers, so they are for the administrators of
/// the first one only: whoever set up the host.
/// </summary>
internal static class ShowJobs
{
    public const string Address = "/admin/jobs";

    public static void Map(IEndpointRouteBuilder app) => app.MapHangfireDashboard(
        Address,
        new DashboardOptions { Authorization = [new OfTheHost()], AppPath = "/admin", DashboardTitle = "Tccc",
            DisplayStorageConnectionString = false },
        app.ServiceProvider.GetRequiredService<JobStorage>());

    /// <summary>Whether the center is the host's first: ids rise with time.</summary>
    public static bool IsOfTheHost(this Centers centers, CenterId center) =>
        centers.All.MinBy(view => view.Center.Id.Value)?.Center.Id == center;

    private sealed class OfTheHost : IDashboardAuthorizationFilter
    {
        public bool Authorize(DashboardContext context)
        {
            var services = context.GetHttpContext().RequestServices;
            var me = services.GetRequiredService<CurrentAgent>();
            return me.May(Right.SeeOperation) && services.GetRequiredService<Centers>().IsOfTheHost(me.Center);
        }
    }
}
