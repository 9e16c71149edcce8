using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;

namespace Tccc.Web.Guards;

/// <summary>
/// Pages are sent compressed, over https too; why that gives nothing away (BREACH) stands in docs/adr/0013. Files are compressed when they
/// are built, event streams never: what is pushed must leave at once.
/// </summary>
internal static class Compression
{
    public static IServiceCollection AddCompression(this IServiceCollection services) => services
        .AddResponseCompression(static options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = ["text/html"];
            options.Providers.Add<BrotliCompressionProvider>();
            options.Providers.Add<GzipCompressionProvider>();
        })
        .Configure<BrotliCompressionProviderOptions>(static options => options.Level = CompressionLevel.Fastest)
        .Configure<GzipCompressionProviderOptions>(static options => options.Level = CompressionLevel.Fastest);

    /// <summary>What answers a form is not: a password that is shown once stands in it, beside what was typed.</summary>
    public static IApplicationBuilder UseCompression(this IApplicationBuilder app) =>
        app.UseWhen(static http => HttpMethods.IsGet(http.Request.Method), static pages => pages.UseResponseCompression());
}
