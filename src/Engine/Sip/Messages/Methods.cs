using System.Text;

namespace Tccc.Sip;

/// <summary>Method names; they are case-sensitive (RFC 3261 §7.1).</summary>
internal static class Methods
{
    /// <summary>What is understood, as Allow says it.</summary>
    public const string Allowed = "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE, REGISTER";

    private static readonly string[] Names =
        ["", "INVITE", "ACK", "BYE", "CANCEL", "OPTIONS", "REGISTER", "INFO", "UPDATE", "PRACK", "SUBSCRIBE", "NOTIFY", "REFER", "MESSAGE",
            "PUBLISH"];

    private static readonly byte[][] Bytes = [.. Names.Select(Encoding.ASCII.GetBytes)];

    public static string Name(SipMethod method) => Names[(int)method];

    public static SipMethod Find(ReadOnlySpan<byte> name)
    {
        for (var i = 1; i < Bytes.Length; i++)
        {
            if (name.SequenceEqual(Bytes[i])) return (SipMethod)i;
        }
        return SipMethod.Unknown;
    }
}
