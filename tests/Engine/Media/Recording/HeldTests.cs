using Tccc.Media.Codecs;
using Tccc.Media.Recording;
using Tccc.Media.Tests.Mixing;
using Tccc.Media.Tests.Players;

namespace Tccc.Media.Tests.Recording;

/// <summary>Of what a customer hears and says only the conversation with people is recorded.</summary>
public sealed class HeldTests : IDisposable
{
    private const double Customer = 450, Agent = 1000, Supervisor = 1700, Loud = 6000, Quiet = 100;
    private readonly Booth booth = new();
    private readonly Deck deck = new(begun: TimeSpan.Zero);

    public void Dispose()
    {
        booth.Dispose();
        deck.Dispose();
    }

    [Fact]
    public void Holds_and_consultations_are_silence_mute_is_one_channel_and_whoever_joins_is_heard()
    {
        var customer = booth.Enter(1, Customer, AudioCodec.Pcma);
        var (agent, other) = (booth.Enter(2, Agent), booth.Enter(3, Supervisor));
        customer.Leg.Tape = deck.Tape;
        Heard music = new Heard.Clip(new ClipId(1), Loop: true), nothing = new Heard.Nothing();

        // 0: they talk
        booth.Hear(customer, new Heard.Leg(agent.Id));
        booth.Hear(agent, new Heard.Leg(customer.Id));
        booth.Run(1000);
        // 1: on hold, while somebody listens in
        booth.Hear(customer, music);
        booth.Hear(agent, nothing);
        booth.Hear(other, new Heard.Legs([customer.Id, agent.Id]));
        booth.Run(1000);
        // 2: a consultation
        booth.Hear(agent, new Heard.Leg(other.Id));
        booth.Hear(other, new Heard.Leg(agent.Id));
        booth.Run(1000);
        // 3: all three
        booth.Meet(customer, agent, other);
        booth.Run(1000);
        // 4: the agent is muted
        booth.Hear(customer, nothing);
        booth.Hear(agent, new Heard.Leg(customer.Id));
        booth.Run(1000);
        // 5: a sentence for the customer, whom the agent hears
        booth.Hear(customer, new Heard.Clip(new ClipId(2)));
        booth.Run(1000);
        // 6: the flow asks for a number, and nobody hears it
        booth.Hear(agent, nothing);
        booth.Hear(other, nothing);
        booth.Run(1000);
        // 7: another agent
        booth.Hear(customer, new Heard.Leg(other.Id));
        booth.Hear(other, new Heard.Leg(customer.Id));
        booth.Run(1000);

        deck.Stop(8000);
        var (said, heard) = deck.Sound();
        Assert.Equal(64000, said.Length);
        string Of(short[] channel, int second) =>
            string.Concat(new (double Hertz, char Name)[] { (Customer, 'C'), (Agent, 'A'), (Supervisor, 'S') }
                .Where(voice => Level.At(channel.AsSpan((second * 8000) + 800, 6400), voice.Hertz) is var level
                    && (level > Loud || (level > Quiet ? throw new InvalidOperationException($"{voice.Name} {level}") : false)))
                .Select(voice => voice.Name));
        Assert.Equal(["C", "", "", "C", "C", "C", "", "C"], Enumerable.Range(0, 8).Select(second => Of(said, second)));
        Assert.Equal(["A", "", "", "AS", "", "", "", "S"], Enumerable.Range(0, 8).Select(second => Of(heard, second)));
        Assert.All(said[(8000 + 320)..24000], s => Assert.Equal(0, s));
        Assert.All(heard[(8000 + 320)..24000], s => Assert.Equal(0, s));
    }

    [Fact]
    public void Key_presses_are_silence()
    {
        var (customer, agent) = (booth.Enter(1, Customer), booth.Enter(2, Agent));
        customer.Leg.Tape = deck.Tape;
        booth.Hear(customer, new Heard.Leg(agent.Id));
        booth.Hear(agent, new Heard.Leg(customer.Id));
        booth.Run(1000);
        (customer.Talks, agent.Talks) = (false, false);
        foreach (var key in "4711") booth.Press(customer, key);
        booth.Press(agent, '5');
        booth.Run(1000);
        deck.Stop(2000);
        var (said, heard) = deck.Sound();
        Assert.Equal("47115", booth.Digits);
        Assert.All(said[8320..], s => Assert.Equal(0, s));
        Assert.All(heard[8320..], s => Assert.InRange(s, -8, 8));
    }
}
