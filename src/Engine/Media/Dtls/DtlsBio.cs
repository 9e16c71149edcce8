using System.Buffers.Binary;

namespace Tccc.Media;

/// <summary>Memory BIOs as datagram ends. They forget where a datagram ended, so what OpenSSL wrote is cut at its record headers.</summary>
internal static unsafe class DtlsBio
{
    public const int RecordHeaderLength = 13;

    // Explicit nonce and tag of AES-GCM, the only cipher offered.
    private const int LeastEncryptedLength = 8 + 16;

    public static nint New()
    {
        var bio = OpenSsl.BIO_new(OpenSsl.BIO_s_mem());
        // An empty BIO means "try again", not "end of file".
        OpenSsl.BIO_ctrl(bio, OpenSsl.BioSetEofReturn, -1, null);
        return bio;
    }

    /// <summary>
    /// True when the datagram is whole DTLS 1.x records and nothing else. OpenSSL is to see no others: it ends an
    /// association over an encrypted record too short for its tag, which anybody can send.
    /// </summary>
    public static bool AreRecords(ReadOnlySpan<byte> datagram)
    {
        if (datagram.IsEmpty) return false;
        while (!datagram.IsEmpty)
        {
            if (datagram.Length < RecordHeaderLength || datagram[0] is < 20 or > 23 || datagram[1] != 0xFE) return false;
            var length = RecordLength(datagram);
            var encrypted = BinaryPrimitives.ReadUInt16BigEndian(datagram[3..]) != 0;
            if (length > datagram.Length || encrypted && length < RecordHeaderLength + LeastEncryptedLength) return false;
            datagram = datagram[length..];
        }
        return true;
    }

    /// <summary>Bytes of the first record, its header among them, as it says itself.</summary>
    public static int RecordLength(ReadOnlySpan<byte> records) => RecordHeaderLength + BinaryPrimitives.ReadUInt16BigEndian(records[11..]);

    public static void Write(nint bio, ReadOnlySpan<byte> datagram)
    {
        fixed (byte* bytes = datagram) _ = OpenSsl.BIO_write(bio, bytes, datagram.Length);
    }

    public static void Clear(nint bio) => OpenSsl.BIO_ctrl(bio, OpenSsl.BioReset, 0, null);

    /// <summary>Sends all that OpenSSL wrote, whole records packed into datagrams of at most <paramref name="mtu"/> bytes.</summary>
    public static void Flush(nint bio, int mtu, DtlsSend send, DtlsLastFlight? keep)
    {
        byte* start;
        var length = (int)OpenSsl.BIO_ctrl(bio, OpenSsl.BioInfo, 0, &start);
        if (length <= 0) return;
        var output = new ReadOnlySpan<byte>(start, length);
        while (!output.IsEmpty)
        {
            var size = DatagramLength(output, mtu);
            send(output[..size]);
            keep?.Add(output[..size]);
            output = output[size..];
        }
        Clear(bio);
    }

    internal static int DatagramLength(ReadOnlySpan<byte> records, int mtu)
    {
        var size = 0;
        while (records.Length - size >= RecordHeaderLength)
        {
            var record = RecordLength(records[size..]);
            if (size > 0 && size + record > mtu) break;
            size += record;
        }
        return size == 0 || size > records.Length ? records.Length : size;
    }
}
