using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Tccc.Platform;
using Tccc.Sip;
using Tccc.Telephony.Tests.Peers;
using static Tccc.Telephony.Tests.Peers.Office;

namespace Tccc.Telephony.Tests;

/// <summary>An answer waits for the call's row, but not for a database that can't be written; then the rows wait.</summary>
public sealed class KeptRowTests : IAsyncLifetime
{
    private Office office = null!;
    private SipPeer carrier = null!;

    public async Task InitializeAsync()
    {
        office = await Open();
        carrier = await SipPeer.Start(office.SipPort, 440);
    }

    public async Task DisposeAsync()
    {
        await carrier.DisposeAsync();
        await office.DisposeAsync();
    }

    [Fact, Trait("Case", "F-A10")]
    public async Task Who_hears_180_is_in_the_records_by_then_and_hears_it_without_delay()
    {
        await using var phone = await office.Phone("8001", 1000);
        await office.Works(Bob);
        for (var i = 1; i <= 20; i++)
        {
            var began = Stopwatch.GetTimestamp();
            var call = carrier.Call(Sales);
            await call.Sees<SessionEvent.Ringing>();
            Assert.Equal(i, await Stored());
            Assert.True(Stopwatch.GetElapsedTime(began) < HeldAnswers.Longest, "the row is waited for, not the limit");
            call.Session.Hangup();
            await call.Ends();
            await office.Quiet();
            await office.Is(Bob, Acd.AgentState.Idle);
        }
    }

    [Fact, Trait("Case", "F-A1")]
    public async Task A_phone_that_is_told_200_has_its_row_by_then_and_waits_for_it_no_longer_than_a_call()
    {
        for (var i = 0; i < 10; i++)
        {
            await using var phone = await office.Phone("8001", 1000);
            Assert.Equal(phone.Port, await StoredBinding());
        }
        await using (var held = Lock())
        {
            var began = Stopwatch.GetTimestamp();
            await using var phone = await office.Phone("8001", 1000);
            Assert.InRange(Stopwatch.GetElapsedTime(began), HeldAnswers.Longest * 0.9, HeldAnswers.Longest * 6);
        }
        await Until.Holds(() => office.Get<Writer>() is { Trouble: null, Backlog.Changes: 0 }, "what waited is stored");
    }

    [Fact, Trait("Case", "F-A10"), Trait("Case", "F-A2")]
    public async Task While_the_database_is_locked_calls_are_served_and_their_rows_come_in_order_afterwards()
    {
        await using var phone = await office.Phone("8001", 1000);
        await office.Works(Bob);
        await office.Get<Writer>().Flush();
        using (var held = Lock())
        {
            // the first is still up when the lock goes, the second began and ended meanwhile
            for (var i = 0; i < 2; i++)
            {
                var began = Stopwatch.GetTimestamp();
                var call = carrier.Call(Sales, from: $"1390000000{i}");
                var ring = await phone.Rings();
                await call.Sees<SessionEvent.Ringing>();
                Assert.InRange(Stopwatch.GetElapsedTime(began), HeldAnswers.Longest * 0.9, HeldAnswers.Longest * 6);
                ring.PickUp();
                await call.Sound.Hears(1000);
                call.Session.Hangup();
                await ring.Ends();
                await office.Quiet();
                await office.Is(Bob, Acd.AgentState.Idle);
            }
            Assert.Equal(0, await Stored());
        }
        await Until.Holds(() => office.Get<Writer>() is { Trouble: null, Backlog.Changes: 0 }, "what waited is stored");
        var records = await office.Rows<CallRecord>();
        Assert.Equal(["13900000000", "13900000001"], records.OrderBy(r => r.ArrivedAt).Select(r => r.Customer));
        Assert.All(records, r => Assert.Equal((CallResult.Served, EndedBy.Customer, Bob), (r.Result, r.EndedBy, r.Agent)));
        Assert.All(records, r => Assert.NotNull(r.EndedAt));
        Assert.Equal(2, (await office.Rows<CallAttempt>()).Count(a => a.Outcome is AttemptOutcome.Accepted));
    }

    [Fact, Trait("Case", "F-A10")]
    public async Task A_caller_who_gives_up_before_the_row_is_stored_gets_487_and_no_180_and_is_on_record()
    {
        await using var phone = await office.Phone("8001", 1000);
        await office.Works(Bob);
        await office.Get<Writer>().Flush();
        using (var held = Lock())
        {
            var socket = Caller(out var here);
            using (socket)
            {
                Send(socket, Request("INVITE", here));
                await phone.Rings();
                Send(socket, Request("CANCEL", here));
                var heard = await Heard(socket, answer => answer.Contains("487", StringComparison.Ordinal));
                Assert.DoesNotContain(heard, answer => answer.StartsWith("SIP/2.0 180", StringComparison.Ordinal));
            }
            await office.Quiet();
        }
        await Until.Holds(() => office.Get<Writer>() is { Trouble: null, Backlog.Changes: 0 }, "what waited is stored");
        var record = await office.Record();
        Assert.Equal((CallResult.Abandoned, CallEndReason.GaveUpWhileRinging), (record.Result, record.Reason));
    }

    [Fact, Trait("Case", "F-A2")]
    public async Task When_as_much_waits_as_may_a_new_call_gets_503_with_Retry_After_and_is_taken_again_afterwards()
    {
        var writer = office.Get<Writer>();
        using (var held = Lock())
        {
            writer.Enqueue(_ => { }, (int)Writer.MostBytes);
            var socket = Caller(out var here);
            using (socket)
            {
                Send(socket, Request("INVITE", here));
                var heard = await Heard(socket, answer => answer.StartsWith("SIP/2.0 503", StringComparison.Ordinal));
                Assert.Contains("\r\nRetry-After: 10\r\n", heard[^1], StringComparison.Ordinal);
            }
        }
        await Until.Holds(() => !writer.IsFull, "room again");
        var call = carrier.Call(Sales);
        await call.Sees<SessionEvent.Answered>();
        Assert.Equal(1, await Stored());
        call.Session.Hangup();
        await office.Quiet();
    }

    /// <summary>Another process holds the database for writing.</summary>
    private SqliteConnection Lock()
    {
        var other = new SqliteConnection($"Data Source={office.Get<DataFolder>()["tccc.db"]};Pooling=False");
        other.Open();
        using var begin = other.CreateCommand();
        begin.CommandText = "BEGIN IMMEDIATE";
        begin.ExecuteNonQuery();
        return other;
    }

    /// <summary>Calls in the table at this very moment.</summary>
    private async Task<int> Stored()
    {
        await using var db = await office.Get<IDbContextFactory<TcccDb>>().CreateDbContextAsync();
        return await db.Set<CallRecord>().CountAsync();
    }

    /// <summary>The port that the one binding in the table names at this very moment; null when there is none.</summary>
    private async Task<int?> StoredBinding()
    {
        await using var db = await office.Get<IDbContextFactory<TcccDb>>().CreateDbContextAsync();
        return await db.Set<PhoneBinding>().Select(b => (int?)b.Port).SingleOrDefaultAsync();
    }

    private UdpClient Caller(out IPEndPoint here)
    {
        var socket = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Connect(IPAddress.Loopback, office.SipPort);
        here = (IPEndPoint)socket.Client.LocalEndPoint!;
        return socket;
    }

    private static void Send(UdpClient socket, string message) => socket.Send(Encoding.ASCII.GetBytes(message));

    private static async Task<List<string>> Heard(UdpClient socket, Func<string, bool> last)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        var heard = new List<string>();
        do
        {
            heard.Add(Encoding.ASCII.GetString((await socket.ReceiveAsync(limit.Token)).Buffer));
        }
        while (!last(heard[^1]));
        return heard;
    }

    private static string Request(string method, IPEndPoint here)
    {
        var sdp = method == "INVITE"
            ? "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 9000 RTP/AVP 0\r\n"
            : "";
        return $"{method} sip:{Sales}@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP {here};branch=z9hG4bK-kept;rport\r\nMax-Forwards: 70\r\nFrom: <sip:13900000001@{here}>;tag=a\r\nTo: <sip:{Sales}@127.0.0.1>\r\n"
            + $"Call-ID: kept-{here.Port}\r\nCSeq: 1 {method}\r\nContact: <sip:13900000001@{here}>\r\n{(sdp.Length > 0 ? "Content-Type: application/sdp\r\n" : "")}Content-Length: {sdp.Length}\r\n\r\n{sdp}";
    }
}
