using Tccc.Telephony;

namespace Tccc.Dial;

internal enum NetworkGrade
{
    Good,
    Poor,
    Lost,
    /// <summary>No figures yet: neither good nor bad.</summary>
    Unknown,
}

/// <summary>What figures mean to an ear.</summary>
internal static class NetworkGrades
{
    /// <summary>From here on words go missing (ITU-T G.113: G.711 without concealment).</summary>
    private const double PoorLoss = 0.03;

    private const double PoorJitterMs = 50;

    /// <summary>ITU-T G.114: beyond 300 ms there and back, people talk into each other.</summary>
    private const double PoorRoundTripMs = 300;

    /// <summary>ITU-T G.107 annex B: below, many are dissatisfied.</summary>
    private const double PoorMos = 3.6;

    /// <summary>The grade of a call that is up.</summary>
    public static NetworkGrade Of(CallQuality? quality) => quality switch
    {
        null => NetworkGrade.Unknown,
        { Loss: >= 1 } => NetworkGrade.Lost,
        { Loss: >= PoorLoss } or { JitterMs: >= PoorJitterMs } or { RoundTripMs: >= PoorRoundTripMs } or { Mos: < PoorMos } =>
            NetworkGrade.Poor,
        _ => NetworkGrade.Good,
    };
}
