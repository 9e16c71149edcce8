using System.Globalization;

namespace Tccc;

/// <summary>A 64-bit id, unique across cells and rising with time; written in decimal in addresses and pages.</summary>
public interface IId<TSelf> : IParsable<TSelf> where TSelf : struct, IId<TSelf>
{
    long Value { get; }

    static abstract TSelf From(long value);
}

/// <summary>A contact center (tenant); product.md §1.</summary>
public readonly record struct CenterId(long Value) : IId<CenterId>
{
    public static CenterId From(long value) => new(value);
    public static CenterId Parse(string s, IFormatProvider? provider) => new(Id.Parse(s));
    public static bool TryParse(string? s, IFormatProvider? provider, out CenterId result)
    {
        var ok = Id.TryParse(s, out var value);
        result = new(value);
        return ok;
    }
    public override string ToString() => Id.Format(Value);
}

/// <summary>A person who signs in; may belong to several centers.</summary>
public readonly record struct PersonId(long Value) : IId<PersonId>
{
    public static PersonId From(long value) => new(value);
    public static PersonId Parse(string s, IFormatProvider? provider) => new(Id.Parse(s));
    public static bool TryParse(string? s, IFormatProvider? provider, out PersonId result)
    {
        var ok = Id.TryParse(s, out var value);
        result = new(value);
        return ok;
    }
    public override string ToString() => Id.Format(Value);
}

/// <summary>A person in one center: the membership that calls and states belong to.</summary>
public readonly record struct AgentId(long Value) : IId<AgentId>
{
    public static AgentId From(long value) => new(value);
    public static AgentId Parse(string s, IFormatProvider? provider) => new(Id.Parse(s));
    public static bool TryParse(string? s, IFormatProvider? provider, out AgentId result)
    {
        var ok = Id.TryParse(s, out var value);
        result = new(value);
        return ok;
    }
    public override string ToString() => Id.Format(Value);
}

/// <summary>A skill group.</summary>
public readonly record struct GroupId(long Value) : IId<GroupId>
{
    public static GroupId From(long value) => new(value);
    public static GroupId Parse(string s, IFormatProvider? provider) => new(Id.Parse(s));
    public static bool TryParse(string? s, IFormatProvider? provider, out GroupId result)
    {
        var ok = Id.TryParse(s, out var value);
        result = new(value);
        return ok;
    }
    public override string ToString() => Id.Format(Value);
}

/// <summary>A number (DID).</summary>
public readonly record struct NumberId(long Value) : IId<NumberId>
{
    public static NumberId From(long value) => new(value);
    public static NumberId Parse(string s, IFormatProvider? provider) => new(Id.Parse(s));
    public static bool TryParse(string? s, IFormatProvider? provider, out NumberId result)
    {
        var ok = Id.TryParse(s, out var value);
        result = new(value);
        return ok;
    }
    public override string ToString() => Id.Format(Value);
}

/// <summary>A SIP trunk.</summary>
public readonly record struct TrunkId(long Value) : IId<TrunkId>
{
    public static TrunkId From(long value) => new(value);
    public static TrunkId Parse(string s, IFormatProvider? provider) => new(Id.Parse(s));
    public static bool TryParse(string? s, IFormatProvider? provider, out TrunkId result)
    {
        var ok = Id.TryParse(s, out var value);
        result = new(value);
        return ok;
    }
    public override string ToString() => Id.Format(Value);
}

/// <summary>A desk phone.</summary>
public readonly record struct PhoneId(long Value) : IId<PhoneId>
{
    public static PhoneId From(long value) => new(value);
    public static PhoneId Parse(string s, IFormatProvider? provider) => new(Id.Parse(s));
    public static bool TryParse(string? s, IFormatProvider? provider, out PhoneId result)
    {
        var ok = Id.TryParse(s, out var value);
        result = new(value);
        return ok;
    }
    public override string ToString() => Id.Format(Value);
}

/// <summary>A recording of a center: music on hold, or an announcement.</summary>
public readonly record struct SoundId(long Value) : IId<SoundId>
{
    public static SoundId From(long value) => new(value);
    public static SoundId Parse(string s, IFormatProvider? provider) => new(Id.Parse(s));
    public static bool TryParse(string? s, IFormatProvider? provider, out SoundId result)
    {
        var ok = Id.TryParse(s, out var value);
        result = new(value);
        return ok;
    }
    public override string ToString() => Id.Format(Value);
}

/// <summary>Opening hours with a name, which numbers and groups keep to; product.md §4.</summary>
public readonly record struct ScheduleId(long Value) : IId<ScheduleId>
{
    public static ScheduleId From(long value) => new(value);
    public static ScheduleId Parse(string s, IFormatProvider? provider) => new(Id.Parse(s));
    public static bool TryParse(string? s, IFormatProvider? provider, out ScheduleId result)
    {
        var ok = Id.TryParse(s, out var value);
        result = new(value);
        return ok;
    }
    public override string ToString() => Id.Format(Value);
}

/// <summary>A self-service flow; product.md §7.</summary>
public readonly record struct FlowId(long Value) : IId<FlowId>
{
    public static FlowId From(long value) => new(value);
    public static FlowId Parse(string s, IFormatProvider? provider) => new(Id.Parse(s));
    public static bool TryParse(string? s, IFormatProvider? provider, out FlowId result)
    {
        var ok = Id.TryParse(s, out var value);
        result = new(value);
        return ok;
    }
    public override string ToString() => Id.Format(Value);
}

/// <summary>Somebody who calls or writes to a center, as the center knows them; product.md §3 «customer card».</summary>
public readonly record struct CustomerId(long Value) : IId<CustomerId>
{
    public static CustomerId From(long value) => new(value);

    /// <summary>Made earlier; also in SQL.</summary>
    public static bool operator <(CustomerId a, CustomerId b) => a.Value < b.Value;

    /// <summary>Made later; also in SQL.</summary>
    public static bool operator >(CustomerId a, CustomerId b) => a.Value > b.Value;

    public static CustomerId Parse(string s, IFormatProvider? provider) => new(Id.Parse(s));
    public static bool TryParse(string? s, IFormatProvider? provider, out CustomerId result)
    {
        var ok = Id.TryParse(s, out var value);
        result = new(value);
        return ok;
    }
    public override string ToString() => Id.Format(Value);
}

/// <summary>Somebody who waits for an agent or is served: a call or a chat. A call's id and its contact's id have the same value.</summary>
public readonly record struct ContactId(long Value) : IId<ContactId>
{
    public static ContactId From(long value) => new(value);
    public static ContactId Parse(string s, IFormatProvider? provider) => new(Id.Parse(s));
    public static bool TryParse(string? s, IFormatProvider? provider, out ContactId result)
    {
        var ok = Id.TryParse(s, out var value);
        result = new(value);
        return ok;
    }
    public override string ToString() => Id.Format(Value);
}

/// <summary>A phone call.</summary>
public readonly record struct CallId(long Value) : IId<CallId>
{
    public static CallId From(long value) => new(value);

    /// <summary>Made earlier; also in SQL.</summary>
    public static bool operator <(CallId a, CallId b) => a.Value < b.Value;

    /// <summary>Made later; also in SQL.</summary>
    public static bool operator >(CallId a, CallId b) => a.Value > b.Value;

    public static CallId Parse(string s, IFormatProvider? provider) => new(Id.Parse(s));
    public static bool TryParse(string? s, IFormatProvider? provider, out CallId result)
    {
        var ok = Id.TryParse(s, out var value);
        result = new(value);
        return ok;
    }
    public override string ToString() => Id.Format(Value);
}

/// <summary>One party's side of a call as the media engine knows it.</summary>
public readonly record struct LegId(long Value) : IId<LegId>
{
    public static LegId From(long value) => new(value);
    public static LegId Parse(string s, IFormatProvider? provider) => new(Id.Parse(s));
    public static bool TryParse(string? s, IFormatProvider? provider, out LegId result)
    {
        var ok = Id.TryParse(s, out var value);
        result = new(value);
        return ok;
    }
    public override string ToString() => Id.Format(Value);
}

/// <summary>A lease by which one agent may take one contact; product.md §4.</summary>
public readonly record struct OfferId(long Value) : IId<OfferId>
{
    public static OfferId From(long value) => new(value);
    public static OfferId Parse(string s, IFormatProvider? provider) => new(Id.Parse(s));
    public static bool TryParse(string? s, IFormatProvider? provider, out OfferId result)
    {
        var ok = Id.TryParse(s, out var value);
        result = new(value);
        return ok;
    }
    public override string ToString() => Id.Format(Value);
}

internal static class Id
{
    public static long Parse(string s) => long.Parse(s, NumberStyles.None, CultureInfo.InvariantCulture);

    public static bool TryParse(string? s, out long value) => long.TryParse(s, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    public static string Format(long value) => value.ToString(CultureInfo.InvariantCulture);
}
