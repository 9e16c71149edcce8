using Microsoft.AspNetCore.Connections;

namespace Tccc.Platform;

/// <summary>
/// Something that keeps the server from starting and that its operator can mend: a port that is taken, a folder that can't be written, a
/// library that is missing. The message is one sentence that says what, with the value, and what to do.
/// </summary>
public sealed class StartupException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>
    /// Runs the server; such an error becomes one line on stderr and exit code 1, without a stack trace. Any other exception is a bug and
    /// flies on.
    /// </summary>
    public static async Task<int> Explain(Func<Task> run)
    {
        try
        {
            await run();
            return 0;
        }
        catch (Exception e) when (In(e) is { } error)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return 1;
        }
    }

    private static StartupException? In(Exception e) => e switch
    {
        StartupException error => error,
        IOException { InnerException: AddressInUseException } taken =>
            new($"The HTTP port is taken: {taken.Message} Choose another with Http:Port, or stop the program that has it.", taken),
        NotSavedException away =>
            new($"{away.Message} The server can't start without it: make room in the data folder, or see to Database:ConnectionString.",
                away),
        AggregateException many => many.InnerExceptions.Select(In).FirstOrDefault(found => found is not null),
        { InnerException: { } inner } => In(inner),
        _ => null,
    };
}
