namespace Tccc.Media;

internal sealed class SrtpStreams
{
    /// <summary>SSRCs that one direction of one leg may have, RTP and RTCP counted apart.</summary>
    public const int MaxStreams = 16;
}
