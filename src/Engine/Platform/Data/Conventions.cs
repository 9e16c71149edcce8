using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Tccc.Platform;

/// <summary>
/// How values look in the database, the same in SQLite and PostgreSQL, so that one set of migrations serves both. The converters are public
/// for the compiled model, which names them.
/// </summary>
public static class Conventions
{
    internal static void Apply(ModelConfigurationBuilder model)
    {
        foreach (var id in typeof(CenterId).Assembly.GetTypes().Where(IsId))
            model.Properties(id).HaveConversion(typeof(IdConverter<>).MakeGenericType(id));
        model.Properties<DateTimeOffset>().HaveConversion<InstantConverter>();
        model.Properties<TimeSpan>().HaveConversion<SpanConverter>();
        model.Properties<Enum>().HaveConversion<string>();
    }

    /// <summary>A form's number goes up by <see cref="TcccDb"/>, and a change that was made of an older one changes nothing.</summary>
    internal static void VersionsAreWatched(ModelBuilder model)
    {
        foreach (var entity in model.Model.GetEntityTypes().Where(e => typeof(IVersioned).IsAssignableFrom(e.ClrType)))
            entity.FindProperty(nameof(IVersioned.Version))!.IsConcurrencyToken = true;
    }

    /// <summary>Ids come from <see cref="IdSource"/>, never from the database: a row can be written whole without asking first.</summary>
    internal static void KeysAreGiven(ModelBuilder model)
    {
        foreach (var property in model.Model.GetEntityTypes().SelectMany(entity => entity.FindPrimaryKey()?.Properties ?? []))
            property.ValueGenerated = ValueGenerated.Never;
    }

    /// <summary>
    /// What rows that were there before a column was get in it, where the type's own default (0, false, an empty text) would be wrong. New
    /// rows say what they have themselves.
    /// </summary>
    public static void ExistingRowsGet<T>(this PropertyBuilder<T> column, T value) => column.HasDefaultValue(value).ValueGeneratedNever();

    /// <summary>An id, by its kind or as the bare number.</summary>
    internal static bool IsNumber(Type type) => type == typeof(long) || IsId(type);

    private static bool IsId(Type type) =>
        type.IsValueType && type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IId<>));

    /// <summary>An id as its number.</summary>
    public sealed class IdConverter<TId>() : ValueConverter<TId, long>(id => id.Value, value => From(value)) where TId : struct, IId<TId>
    {
        // a static abstract member can't be called in an expression tree
        private static TId From(long value) => TId.From(value);
    }

    /// <summary>
    /// Microseconds since 1970 UTC: sorts and compares in SQL, is as fine as PostgreSQL's own, and <c>datetime(x / 1000000,
    /// 'unixepoch')</c> reads it.
    /// </summary>
    public sealed class InstantConverter() : ValueConverter<DateTimeOffset, long>(
        at => (at.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond,
        micros => new DateTimeOffset((micros * TimeSpan.TicksPerMicrosecond) + DateTimeOffset.UnixEpoch.UtcTicks, TimeSpan.Zero));

    /// <summary>A length of time in microseconds, as fine as an instant.</summary>
    public sealed class SpanConverter() : ValueConverter<TimeSpan, long>(
        span => span.Ticks / TimeSpan.TicksPerMicrosecond,
        micros => new TimeSpan(micros * TimeSpan.TicksPerMicrosecond));
}
