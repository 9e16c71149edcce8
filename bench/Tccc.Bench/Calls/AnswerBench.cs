using System.Globalization;
using System.Net.Sockets;
using EndToEnd.Peers;

namespace Bench.Calls;

/// <summary>
/// From the click on Answer in a real Chromium to the agent's voice at the caller. The line is warm; the microphone was put away after the
/// call before, as it is between the calls of a day, and opens as this one rings.
/// </summary>
internal static class AnswerBench
{
    private const string Sales = "4000000001";
    private const int WarmUp = 3;
    private const int Calls = 60;
    private const double LimitMs = 150;

    // µ-law without its sign bit: digital silence, which is what the server fills up with and a microphone never gives
    private const int Silence = 0x7F;

    private static readonly TimeSpan PacketLimit = TimeSpan.FromSeconds(10);

    public static async Task<IEnumerable<Figure>> Run()
    {
        await using var server = await Server.Start("Timeouts:WrapUpSeconds=0");
        await using var chromium = await Chromium.Start(1000);
        var amy = await Workbench.Open(chromium, server, "amy");
        await amy.LineIsUp();
        await amy.WatchMicrophone();
        await amy.Page.EvaluateAsync("() => document.addEventListener('click', e => { if (e.isTrusted) window.clickedAt = performance.timeOrigin + performance.now(); }, true)");
        var firstVoice = new List<double>();
        for (var i = 0; i < WarmUp + Calls; i++)
        {
            using var caller = new RawSip(server.SipPort);
            caller.Send(caller.Request("INVITE", Sales, body: caller.Sdp()));
            var answered = caller.FinalStatus(Sales);
            await amy.Rings();
            var heard = Task.Run(() => Listen(caller.Rtp));
            await amy.Press("Answer");
            await answered;
            var voice = await heard;
            var clicked =
                double.Parse(await amy.Page.EvaluateAsync<string>("() => String(window.clickedAt)"), CultureInfo.InvariantCulture);
            await amy.Call.WaitForAsync();
            caller.Send(caller.Request("BYE", Sales, cseq: 2));
            await amy.Is("Available");
            await amy.MicrophoneIs(open: false);
            if (i < WarmUp) continue;
            firstVoice.Add(voice - clicked);
        }
        return
        [
            new("click Answer → first RTP packet with the agent's voice at the caller, p99", Figure.Percentile(firstVoice, 99), "ms",
                Figure.Median(firstVoice), "median", LimitMs),
        ];
    }

    // Unix milliseconds of the first packet from the microphone. However quiet: the browser takes a lasting tone for noise and turns it
    // down.
    private static double Listen(Socket rtp)
    {
        var buffer = new byte[2048];
        rtp.ReceiveTimeout = (int)PacketLimit.TotalMilliseconds;
        while (true)
        {
            var read = rtp.Receive(buffer);
            var now = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalMilliseconds;
            var sound = 0;
            for (var i = 12; i < read; i++)
                if ((buffer[i] & 0x7F) != Silence) sound++;
            if (sound > (read - 12) / 4) return now;
        }
    }
}
