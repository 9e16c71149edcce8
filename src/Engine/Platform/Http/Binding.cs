using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Metadata;

namespace Tccc.Platform;

// ASP.NET Core's own attributes for this live in MVC, which the server would load (1.5 MB resident) for nothing else.

/// <summary>A parameter of an endpoint that is read from the posted form.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class FromFormAttribute : Attribute, IFromFormMetadata
{
    public string? Name { get; init; }
}

/// <summary>A parameter of an endpoint that is read from the address, where its name can't be the parameter's.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class FromQueryAttribute : Attribute, IFromQueryMetadata
{
    public string? Name { get; init; }
}

/// <summary>How many bytes the body of a request may have; more is answered with 413. Stated once a group of routes.</summary>
public sealed class BodyLimit(long bytes) : IRequestSizeLimitMetadata
{
    /// <summary>Bytes of a form of a few fields, or of none.</summary>
    public const long Form = 16 * 1024;

    public long? MaxRequestBodySize => bytes;
}

public static class BodyLimits
{
    /// <summary>Limits the bodies of requests to these routes; see <see cref="BodyLimit"/>.</summary>
    public static TBuilder LimitBody<TBuilder>(this TBuilder routes, long bytes = BodyLimit.Form)
        where TBuilder : IEndpointConventionBuilder =>
        routes.WithMetadata(new BodyLimit(bytes));
}
