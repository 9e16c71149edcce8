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

/// <summary>How many bytes the body of a request may have; more is answered with 413.</summary>
public sealed class BodyLimit(long bytes) : IRequestSizeLimitMetadata
{
    public long? MaxRequestBodySize => bytes;
}
