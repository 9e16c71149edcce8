using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using Tccc.Platform;

namespace Tccc.Web.Tests;

/// <summary>What holds of every route, asked of the routes themselves.</summary>
[Collection(OneSite.Name)]
public sealed class RouteTests(Site site)
{
    /// <summary>Open to strangers by design; everything else names one policy.</summary>
    private static readonly string[] Public =
    [
        "GET /", "GET /health/live", "GET /health/ready", "GET /metrics",
        "GET /login", "POST /login", "POST /login/code", "POST /login/codes", "GET /login/forgot", "POST /login/forgot",
        "POST /login/forgot/codes",
        "POST /login/forgot/password", "GET /login/again", "POST /login/again", "POST /logout",
    ];

    private static readonly string[] Policies = [Access.Account, Access.Person, .. Enum.GetValues<Right>().Select(Rights.Policy)];

    [Fact]
    public void Every_route_has_one_policy_or_is_on_the_list_of_public_ones()
    {
        Assert.Empty(
            Routes.Of(site).Where(r => !Public.Contains(r.ToString()))
                .Where(r => r.Policies is not [var one] || !Policies.Contains(one) || r.IsOpen));
        Assert.Empty(Routes.Of(site).Where(r => Public.Contains(r.ToString())).Where(r => r.Policies.Length > 0 || !r.IsOpen));
        Assert.Empty(Public.Except(Routes.Of(site).Select(r => r.ToString())));
    }

    [Fact]
    public void Every_route_has_a_limit_for_what_is_sent_to_it() =>
        Assert.Empty(
            Routes.Of(site)
                .Where(r =>
                    r.Endpoint.Metadata.GetMetadata<IRequestSizeLimitMetadata>() is not { MaxRequestBodySize: > 0
                        and < 32 * 1024 * 1024 }));

    [Fact]
    public void Files_are_open_to_everybody_and_take_nothing_large()
    {
        var files =
            site.Services.GetRequiredService<EndpointDataSource>().Endpoints.Where(
                e => e.Metadata.GetMetadata<StaticAssetDescriptor>() is not null).ToList();
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.NotNull(file.Metadata.GetMetadata<IAllowAnonymous>()));
        Assert.All(files, file => Assert.Equal(BodyLimit.Form, file.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize));
    }

    [Fact]
    public void Each_right_belongs_to_an_administrator_and_no_supervisor_may_less_than_an_agent()
    {
        Assert.All(Enum.GetValues<Right>(), right => Assert.True(Role.Administrator.May(right)));
        Assert.All(Enum.GetValues<Right>().Where(right => Role.Agent.May(right)), right => Assert.True(Role.Supervisor.May(right)));
        Assert.All(
            [Right.ManagePeople, Right.SetUpCenter, Right.ReadTrail, Right.SeeOperation],
            right => Assert.False(Role.Supervisor.May(right)));
        Assert.False(Role.Agent.May(Right.SeeAllRecords));
    }
}

/// <summary>A method and a pattern that the server answers, with what stands on it.</summary>
internal sealed record Route(string Method, string Pattern, RouteEndpoint Endpoint)
{
    /// <summary>The names of the policies; "" for one that only says "signed in".</summary>
    public string[] Policies => [.. Endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(a => a.Policy ?? "")];

    public bool IsOpen => Endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;

    public override string ToString() => $"{Method} {Pattern}";
}

internal static partial class Routes
{
    /// <summary>All of a running server's, files aside.</summary>
    public static IReadOnlyList<Route> Of(Site site) =>
    [
        .. from endpoint in site.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
           where endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null
           from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]
           where method != "HEAD"
           select new Route(method, "/" + endpoint.RoutePattern.RawText!.Trim('/'), endpoint),
    ];

    /// <summary>The pattern with a value for each of its places.</summary>
    public static string Filled(this Route route, Func<string, string> value) =>
        Place().Replace(route.Pattern, place => value(place.Groups[1].Value));

    [GeneratedRegex(@"\{(\w+)[^}]*\}")]
    private static partial Regex Place();
}
