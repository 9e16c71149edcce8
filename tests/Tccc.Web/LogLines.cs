using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Tccc.Web.Tests;

/// <summary>What a server logged, where a test looks.</summary>
internal sealed class LogLines : ILoggerProvider
{
    private readonly ConcurrentQueue<(LogLevel Level, string Category, string Text)> lines = new();

    /// <summary>What is worse than a warning, or has a stack in it.</summary>
    public IEnumerable<string> Troubles =>
        lines.Where(line => line.Level >= LogLevel.Error).Select(line => $"{line.Level} {line.Category}: {line.Text}");

    public ILogger CreateLogger(string categoryName) => new Lines(categoryName, lines);

    public void Dispose()
    {
    }

    private sealed class Lines(string category, ConcurrentQueue<(LogLevel, string, string)> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                lines.Enqueue((exception is null ? logLevel : LogLevel.Error, category, $"{formatter(state, exception)} {exception}"));
        }
    }
}
