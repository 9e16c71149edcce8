using Microsoft.Extensions.Logging;

namespace Tccc.Platform;

/// <summary>One line a fact; JSON in a container, where a collector reads it.</summary>
internal static class Logs
{
    public static void Configure(ILoggingBuilder logging)
    {
        logging.ClearProviders();
        if (Environment.GetEnvironmentVariable("DOTNET_RUNNING_IN_CONTAINER") == "true")
            logging.AddJsonConsole(json => json.UseUtcTimestamp = true);
        else logging.AddSimpleConsole(simple => (simple.SingleLine, simple.TimestampFormat) = (true, "HH:mm:ss.fff "));
        logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("System", LogLevel.Warning);
        // what peers do wrong with HTTP/2 (a flood of streams that are reset at once) is theirs, however often: Kestrel ends the connection
        // and calls it critical
        logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel.Http2", LogLevel.None);
        // it prints the stack of what kept the server from starting; StartupException.Explain says it in one line, and a bug crashes with
        // its stack anyway
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        // it warns at every first start that the keys in the data folder are not encrypted at rest; docs/operations.md says who may read
        // that folder
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
    }
}
