namespace Tccc.Media.Tests.Recording;

/// <summary>A file that can be made to stand still, or to be full.</summary>
internal sealed class Storage(string path) : Stream
{
    private readonly FileStream file = new(path, FileMode.CreateNew);

    /// <summary>Linux's ENOSPC, as .NET tells it.</summary>
    public const int NoSpace = 28;

    /// <summary>Writing waits while it is not set.</summary>
    public ManualResetEventSlim Answers { get; } = new(true);

    /// <summary>Is waited for.</summary>
    public ManualResetEventSlim Waits { get; } = new();

    /// <summary>It takes no more than so many bytes.</summary>
    public long Room { get; set; } = long.MaxValue;

    /// <summary>What it says then.</summary>
    public Exception Refusal { get; init; } = new IOException("No space left on device", NoSpace);

    public override bool CanRead => false;

    public override bool CanSeek => true;

    public override bool CanWrite => true;

    public override long Length => file.Length;

    public override long Position
    {
        get => file.Position;
        set => file.Position = value;
    }

    public override void Flush() => file.Flush(true);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => file.Seek(offset, origin);

    public override void SetLength(long value) => file.SetLength(value);

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (!Answers.IsSet) Waits.Set();
        Answers.Wait();
        // as a disk does it: what fits is there
        var fits = (int)Math.Clamp(Room - file.Position, 0, buffer.Length);
        file.Write(buffer[..fits]);
        if (fits < buffer.Length) throw Refusal;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            file.Dispose();
            Answers.Dispose();
            Waits.Dispose();
        }
        base.Dispose(disposing);
    }
}

/// <summary>Counts what is written and keeps only the head.</summary>
internal sealed class Counter : Stream
{
    private long length;

    public byte[] Head { get; } = new byte[44];

    public override bool CanRead => false;

    public override bool CanSeek => true;

    public override bool CanWrite => true;

    public override long Length => length;

    public override long Position { get; set; }

    public override void Flush() { }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => length = value;

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (Position == 0) buffer.CopyTo(Head);
        Position += buffer.Length;
        length = Math.Max(length, Position);
    }
}
