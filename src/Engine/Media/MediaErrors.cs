namespace Tccc.Media;

/// <summary>The session description can't be read.</summary>
public sealed record BadSdp(string Why) : Error(ErrorKind.Invalid, "The session description is not valid: {0}", Why);

/// <summary>The session description has no audio stream that is open.</summary>
public sealed record NoAudio() : Error(ErrorKind.Invalid, "The session description has no audio.");

/// <summary>Neither PCMU nor PCMA is among the formats, or the transport is not one we speak.</summary>
public sealed record NoCommonCodec(string Offered) : Error(ErrorKind.Invalid, "None of the audio formats is supported: {0}", Offered);

/// <summary>The sound would not be encrypted (SDES, RFC 4568) and must be, or the other side's keys can't be used.</summary>
public sealed record NoEncryption(string Why) : Error(ErrorKind.Invalid, "The sound can't be encrypted: {0}", Why);

/// <summary>More digits and commas wait to be sent than <see cref="Most"/>.</summary>
public sealed record TooManyDigits() : Error(ErrorKind.Conflict, "Too many key presses wait to be sent.")
{
    public const int Most = 64;
}

/// <summary>All RTP ports are in use.</summary>
public sealed record NoPorts(int Min, int Max) : Error(ErrorKind.Unavailable, "All RTP ports from {0} to {1} are in use.", Min, Max);

/// <summary>There is no such leg, or not of the kind this order needs.</summary>
public sealed record UnknownLeg(LegId Leg) : Error(ErrorKind.NotFound, "There is no such media leg: {0}", Leg);

/// <summary>The peer did not offer RFC 4733 telephone events; SIP INFO is the other way.</summary>
public sealed record NoTelephoneEvents() : Error(ErrorKind.Conflict, "The other side does not take key presses as telephone events.");

/// <summary>The leg is being recorded.</summary>
public sealed record AlreadyRecording() : Error(ErrorKind.Conflict, "This call is being recorded already.");

/// <summary><see cref="Recordings.MostAtOnce"/> are under way.</summary>
public sealed record TooManyRecordings() : Error(ErrorKind.Unavailable, "Too many calls are being recorded.");

/// <summary>Digits may be 0-9, *, #, A-D and the comma, at most <see cref="Longest"/>.</summary>
public sealed record BadDigits(string Digits)
    : Error(ErrorKind.Invalid, "Only 0-9, *, #, A-D and commas can be sent, at most 64: {0}", Digits)
{
    public const int Longest = 64;
}

/// <summary>The file is no WAV or MP3 that can be played.</summary>
public sealed record BadSound(string Why) : Error(ErrorKind.Invalid, "The sound file can't be used: {0}", Why);

/// <summary>The sound would play longer than <see cref="MostSeconds"/>, whatever size its file has.</summary>
public sealed record SoundTooLong() : Error(ErrorKind.Invalid, "The sound is longer than 15 minutes.")
{
    public const int MostSeconds = 15 * 60;
}

/// <summary>Other files are being read, or this one took too long.</summary>
public sealed record SoundsBusy() : Error(ErrorKind.Unavailable, "Other sound files are being read.");

/// <summary>The speech synthesiser is missing or failed.</summary>
public sealed record NoSpeech(string Why) : Error(ErrorKind.Unavailable, "The text can't be spoken: {0}", Why);

/// <summary>Media can't start; the message is one sentence for the person who starts the server.</summary>
public sealed class MediaStartException : Exception
{
    public MediaStartException() { }

    public MediaStartException(string message) : base(message) { }

    public MediaStartException(string message, Exception inner) : base(message, inner) { }
}
