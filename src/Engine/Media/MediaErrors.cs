namespace Tccc.Media;

/// <summary>The session description can't be read.</summary>
public sealed record BadSdp(string Why) : Error(ErrorKind.Invalid, "The session description is not valid: {0}", Why);

/// <summary>The session description has no audio stream that is open.</summary>
public sealed record NoAudio() : Error(ErrorKind.Invalid, "The session description has no audio.");

/// <summary>Neither PCMU nor PCMA is among the formats, or the transport is not one we speak.</summary>
public sealed record NoCommonCodec(string Offered) : Error(ErrorKind.Invalid, "None of the audio formats is supported: {0}", Offered);

/// <summary>All RTP ports are in use.</summary>
public sealed record NoPorts(int Min, int Max) : Error(ErrorKind.Unavailable, "All RTP ports from {0} to {1} are in use.", Min, Max);

/// <summary>There is no such leg, or not of the kind this order needs.</summary>
public sealed record UnknownLeg(LegId Leg) : Error(ErrorKind.NotFound, "There is no such media leg: {0}", Leg);

/// <summary>The peer did not offer RFC 4733 telephone events; SIP INFO is the other way.</summary>
public sealed record NoTelephoneEvents() : Error(ErrorKind.Conflict, "The other side does not take key presses as telephone events.");

/// <summary>Digits may be 0-9, *, #, A-D, at most <see cref="Longest"/>.</summary>
public sealed record BadDigits(string Digits) : Error(ErrorKind.Invalid, "Only 0-9, *, # and A-D can be sent, at most 64: {0}", Digits)
{
    public const int Longest = 64;
}

/// <summary>The file is not a WAV that can be played.</summary>
public sealed record BadWav(string Why) : Error(ErrorKind.Invalid, "The sound file can't be used: {0}", Why);

/// <summary>The speech synthesiser is missing or failed.</summary>
public sealed record NoSpeech(string Why) : Error(ErrorKind.Unavailable, "The text can't be spoken: {0}", Why);

/// <summary>Media can't start; the message is one sentence for the person who starts the server.</summary>
public sealed class MediaStartException : Exception
{
    public MediaStartException() { }

    public MediaStartException(string message) : base(message) { }

    public MediaStartException(string message, Exception inner) : base(message, inner) { }
}
