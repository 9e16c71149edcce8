using System.Runtime.InteropServices;
using Tccc.Media.Rtp;

namespace Tccc.Media.Recording;

/// <summary>One recording as the writer sees it: from the tape to the file that has its name.</summary>
internal sealed class Reel(Tape tape, Func<string, Stream> create) : IDisposable
{
    // ENOSPC, EDQUOT; ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL
    private static readonly int[] NoSpace = [28, 122, unchecked((int)0x80070027), unchecked((int)0x80070070)];

    private StereoFile? file;
    private Timeline? timeline;

    public Tape Tape => tape;

    private string Temporary => tape.Path + Recordings.Unfinished;

    /// <summary>Writes what has come until now. Gives how it ended, when it did.</summary>
    public MediaEvent.RecordingEnded? Write(TimeSpan now)
    {
        if (now - tape.Begun >= Recordings.Longest) tape.Stop(tape.Begun + Recordings.Longest, RecordingEnd.TooLong);
        var ending = tape.Ended;
        string? trouble = null;
        try
        {
            if (timeline is null) Begin();
            Drain(timeline!);
            if (ending is null)
            {
                timeline!.Advance(At(now));
                return null;
            }
            timeline!.Finish(At(ending.At));
        }
        // whatever the storage throws: it ends this recording, and neither the call nor the other ones
        catch (Exception e)
        {
            (ending, trouble) = (new Tape.Ending(now, Why(e)), e.Message);
            tape.Stop(now, ending.How);
        }
        return Publish(ending.How, trouble);
    }

    public void Dispose() => file?.Dispose();

    private void Begin()
    {
        file = new StereoFile(create(Temporary));
        file.SayLength();
        timeline = new Timeline(file);
    }

    private void Drain(Timeline to)
    {
        for (var waiting = tape.Take(); !waiting.IsEmpty; waiting = tape.Take())
        {
            var taken = waiting.Length;
            while (!waiting.IsEmpty)
            {
                var label = MemoryMarshal.Read<Label>(waiting);
                var sound = waiting.Slice(Label.Size, label.Length);
                to.Put(label.Channel, label.Codec, label.Ssrc, label.Timestamp, sound, At(TimeSpan.FromTicks(label.Ticks)));
                waiting = waiting[(Label.Size + label.Length)..];
            }
            tape.Taken(taken);
        }
    }

    private MediaEvent.RecordingEnded Publish(RecordingEnd how, string? trouble)
    {
        tape.Empty();
        string? path = null;
        try
        {
            using (file)
                if (HasSound) file!.Finish();
            if (HasSound)
            {
                File.Move(Temporary, tape.Path, overwrite: false);
                path = tape.Path;
            }
            else if (file is not null)
            {
                File.Delete(Temporary);
            }
        }
        // it stays under its temporary name, for the next start to mend
        catch (Exception e)
        {
            if (how == RecordingEnd.Complete) how = Why(e);
            trouble ??= e.Message;
        }
        return new MediaEvent.RecordingEnded(tape.Leg, path, file?.Length ?? TimeSpan.Zero, how, trouble);
    }

    private bool HasSound => file?.Length > TimeSpan.Zero;

    // a packet's time may be a moment before that of the order: it is taken once for all that came together
    private long At(TimeSpan time) => Math.Max(0, RtpReception.Samples(time - tape.Begun));

    private static RecordingEnd Why(Exception e) => NoSpace.Contains(e.HResult) ? RecordingEnd.DiskFull : RecordingEnd.WriteFailed;
}
