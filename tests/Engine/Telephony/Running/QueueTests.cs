using Tccc.Acd;
using Tccc.Directory;
using Tccc.Media;
using Tccc.Platform;
using Tccc.Sip;
using Tccc.Telephony.Tests.Peers;
using static Tccc.Telephony.Tests.Peers.Office;

namespace Tccc.Telephony.Tests;

/// <summary>
/// What a carrier's caller meets in the queue: music that is a tone, the spoken place, and what follows the longest wait.
/// </summary>
public sealed class QueueTests : IAsyncLifetime
{
    private const double Music = 600;
    private const double Farewell = 850;
    private static readonly SoundId MusicFile = new(901);
    private static readonly SoundId FarewellFile = new(902);
    private static readonly GroupId SalesGroup = new(10);
    private static readonly GroupId Support = new(11);

    private Office office = null!;
    private SipPeer carrier = null!;

    public async Task InitializeAsync()
    {
        office = await Open(set: center => center.HoldMusic = MusicFile);
        using (var music = (await office.Get<SoundFiles>().Read(MusicFile, RtpPeer.Wav(Music, seconds: 60))).Value) music.Use();
        await office.Get<Writer>().Write(db =>
        {
            db.Add(new Directory.Sound { Id = FarewellFile, Center = Office.Center, Name = "farewell" });
            return Task.CompletedTask;
        });
        using (var farewell = (await office.Get<SoundFiles>().Read(FarewellFile, RtpPeer.Wav(Farewell, seconds: 1))).Value) farewell.Use();
        carrier = await SipPeer.Start(office.SipPort, 440);
    }

    public async Task DisposeAsync()
    {
        await carrier.DisposeAsync();
        await office.DisposeAsync();
    }

    [Fact]
    public async Task The_place_is_spoken_over_the_music_and_an_offer_cuts_it()
    {
        await Spoken(() => Announcements.OfPlace(1) is not null && Announcements.OfPlace(999) is not null);
        var call = carrier.Call(Sales);
        await call.Sound.Hears(Music);

        Tell(place: 2);
        await call.Sound.HearsMusic(Music);
        await call.Sound.Hears(Music);
        Assert.Null(office.Table.All.Single().State.Announcing);

        Tell(place: 999);
        await call.Sound.HearsMusic(Music);
        Assert.NotNull(office.Table.All.Single().State.Announcing);
        await using var phone = await office.Phone("8001", 1000, autoAnswer: true);
        await office.Works(Bob);
        await call.Sound.Hears(1000);
        call.Session.Hangup();
        await office.Quiet();
    }

    [Fact]
    public async Task A_caller_who_only_hears_ringing_gets_no_packet_of_ours()
    {
        await using var phone = await office.Phone("8001", 1000);
        await office.Works(Bob);
        var ringing = carrier.Call(Sales);
        var ring = await phone.Rings();
        await ringing.Sees<SessionEvent.Ringing>();
        var waiting = carrier.Call(Sales);
        await waiting.Sound.Hears(Music);
        await Until.Holds(() => waiting.Sound.Received > 50, "a second of music for the one who waits");
        Assert.False(ringing.Saw<SessionEvent.Answered>());
        Assert.Equal(0, ringing.Sound.Received);

        ring.PickUp();
        await ringing.Sound.Hears(1000);
    }

    [Fact]
    public async Task Who_waited_too_long_hears_the_groups_farewell_and_the_call_ends_by_name()
    {
        await office.Change<SkillGroup>(g => g.Id == SalesGroup, g => (g.LongestWaitSeconds, g.Farewell) = (1, FarewellFile));
        var call = carrier.Call(Sales);
        await call.Sound.Hears(Farewell);

        Assert.Equal(SipEndingKind.Hangup, (await call.Ends()).Kind);
        await office.Quiet();
        var record = await office.Record();
        Assert.Equal((CallResult.Refused, CallEndReason.WaitedTooLong, EndedBy.Deadline), (record.Result, record.Reason, record.EndedBy));
    }

    [Fact]
    public async Task Who_waited_too_long_goes_to_the_other_group_and_is_served_there()
    {
        await AddSupport();
        await office.Change<SkillGroup>(
            g => g.Id == SalesGroup,
            g => (g.LongestWaitSeconds, g.WhenWaitedTooLong, g.OverflowGroup) = (1, WaitedTooLong.OtherGroup, Support));
        await using var phone = await office.Phone("8002", 1000, autoAnswer: true);
        var call = carrier.Call(Sales);
        await call.Sound.Hears(Music);
        await Until.Holds(() => office.Dispatch.See(Support)?.Waiting == 1, "the caller stands in the other queue");
        await office.Works(Carol);

        await call.Sound.Hears(1000);
        call.Session.Hangup();
        await office.Quiet();
        var record = await office.Record();
        Assert.Equal((CallResult.Served, Support, Carol), (record.Result, record.Group, record.Agent));
    }

    [Fact]
    public async Task A_number_of_one_agent_who_is_not_there_says_so_and_ends_by_name()
    {
        await Spoken(() => Announcements.Farewell(CallEndReason.Unreachable) is not null);
        var call = carrier.Call(AmyInPerson);
        await call.Sees<SessionEvent.Answered>();
        await call.Sound.HearsMusic(Music);

        Assert.Equal(SipEndingKind.Hangup, (await call.Ends()).Kind);
        await office.Quiet();
        var record = await office.Record();
        Assert.Equal((CallResult.Refused, CallEndReason.Unreachable, EndedBy.System), (record.Result, record.Reason, record.EndedBy));
    }

    [Fact]
    public async Task A_number_of_one_agent_who_declines_says_so_and_ends_by_name()
    {
        await Spoken(() => Announcements.Farewell(CallEndReason.Rejected) is not null);
        await office.Works(Amy);
        await office.Line(Amy);
        var call = carrier.Call(AmyInPerson);
        var offer = await office.Offered(Amy);
        Assert.False(call.Saw<SessionEvent.Answered>());
        Assert.True((await office.Calls.Decline(offer, Amy)).Ok);

        await call.Sees<SessionEvent.Answered>();
        Assert.Equal(SipEndingKind.Hangup, (await call.Ends()).Kind);
        await Until.Holds(() => office.Table.IsEmpty, "no call is left");
        Assert.Equal((CallEndReason.Rejected, EndedBy.Agent), ((await office.Record()).Reason, (await office.Record()).EndedBy));
    }

    [Fact]
    public async Task With_nobody_signed_in_the_caller_is_told_at_once_where_the_center_wants_it()
    {
        await Spoken(() => Announcements.Farewell(CallEndReason.NobodySignedIn) is not null);
        await office.Change<Center>(_ => true, center => center.SayNobodySignedIn = true);
        var call = carrier.Call(Sales);
        await call.Sound.HearsMusic(Music);

        Assert.Equal(SipEndingKind.Hangup, (await call.Ends()).Kind);
        await office.Quiet();
        Assert.Equal((CallEndReason.NobodySignedIn, EndedBy.System), ((await office.Record()).Reason, (await office.Record()).EndedBy));
    }

    [Fact]
    public async Task A_desk_phone_that_nobody_picks_up_stops_ringing_with_the_offer_and_the_next_one_rings()
    {
        await using var first = await office.Phone("8001", 700);
        await using var second = await office.Phone("8002", 1000);
        await office.Works(Bob);
        var call = carrier.Call(Sales);
        var ring = await first.Rings();
        await office.Works(Carol);
        var next = await second.Rings();
        Assert.Equal(SipEndingKind.Cancelled, (await ring.Ends()).Kind);
        Assert.False(call.Saw<SessionEvent.Answered>());

        next.PickUp();
        await call.Sound.Hears(1000);
        call.Session.Hangup();
        await office.Quiet();
        var attempts = await office.Rows<CallAttempt>();
        Assert.Equal([AttemptOutcome.TimedOut, AttemptOutcome.Accepted], attempts.OrderBy(a => a.StartedAt).Select(a => a.Outcome));
    }

    private Announcements Announcements => office.Get<Announcements>();

    private static Task Spoken(Func<bool> spoken) => Until.Holds(spoken, "the announcements are spoken");

    /// <summary>What the dispatcher says every 30 s, said now.</summary>
    private void Tell(int place)
    {
        var contact = new ContactId(office.Table.All.Single().Id.Value);
        office.Get<Writer>()
            .Enqueue(
                new PlaceAnnounced(Office.Center, office.Get<TimeProvider>().GetUtcNow(), contact, ContactKind.Call, SalesGroup, place));
    }

    private async Task AddSupport()
    {
        await office.Get<Writer>().Write(db =>
        {
            db.Add(new SkillGroup { Id = Support, Center = Office.Center, Number = 2, Name = "Support" });
            db.Add(new GroupMember { Group = Support, Agent = Carol, Center = Office.Center });
            return Task.CompletedTask;
        });
        await office.Delete<GroupMember>(m => m.Group == SalesGroup && m.Agent == Carol);
    }
}
