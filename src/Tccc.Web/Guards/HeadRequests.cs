using Microsoft.AspNetCore.Http.Metadata;

namespace Tccc.Web.Guards;

/// <summary>What can be got can be asked about: HEAD is answered as GET is, without the body; RFC 9110 §9.3.2.</summary>
internal static class HeadRequests
{
    private static readonly HttpMethodMetadata GetAndHead = new([HttpMethods.Get, HttpMethods.Head]);

    /// <summary>Routes that are mapped on what comes back take HEAD where they take GET.</summary>
    public static IEndpointRouteBuilder AlsoByHead(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("");
        ((IEndpointConventionBuilder)group).Finally(static endpoint =>
        {
            if (endpoint.Metadata.OfType<IHttpMethodMetadata>().LastOrDefault()?.HttpMethods is not [var only] || !HttpMethods.IsGet(only))
                return;
            endpoint.Metadata.Add(GetAndHead);
        });
        return group;
    }
}
