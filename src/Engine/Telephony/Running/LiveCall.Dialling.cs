using System.Net;
using System.Text;
using Tccc.Media;
using Tccc.Sip;

namespace Tccc.Telephony;

// The customer is called, and what of it is heard before they answer.
internal sealed partial class LiveCall
{
    /// <summary>The browser that plays the outside picked up. <see cref="Answer"/> is what it gets, none when it comes too late.</summary>
    internal sealed record PickedUp(string SdpOffer)
    {
        public string? Answer { get; set; }
    }

    /// <summary>
    /// Our INVITE: to a carrier the number as it was dialled, from the center's own; to a desk phone from the customer's.
    /// </summary>
    private void Dial(Way way, Telephone to)
    {
        if (way.Phone is { } phone) Ring(way.Leg, board.Centers.Of(state.Center)?.Phones.GetValueOrDefault(phone));
        else if (way.Trunk is { } trunk) Dial(way.Leg, trunk, to);
        else DialBrowser(way.Leg);
    }

    private void Dial(LegId leg, TrunkId id, Telephone to)
    {
        var dialled = new SipCarrier(leg);
        Carry(dialled);
        if (leg == state.Leg.Id) customer = dialled;
        if (board.Centers.Of(state.Center)?.Trunks.FirstOrDefault(t => t.Id == id) is not { } trunk
            || board.Media.Offer(leg, FarEndOf(trunk)) is not { Ok: true } offer)
        {
            Post(new LegEnded(leg, LegEnding.Unreachable));
            return;
        }

        dialled.Session = board.Sip.Value.Invite(
            new OutgoingInvite
            {
                RequestUri = new(to.Number, trunk.Host, trunk.Port is 5060 ? 0 : trunk.Port),
                From = new(to.ShownAs ?? state.Called, trunk.Host),
                Destination = TrunkMonitor.DestinationOf(trunk),
                Credentials = trunk.UserName is { } user ? new(user, board.Passwords.Of(trunk) ?? "") : null,
                Body = Encoding.UTF8.GetBytes(offer.Value),
            },
            dialled);
    }

    // of a name it is known only when the answer comes where its sound will come from
    private static FarEnd FarEndOf(Directory.Trunk trunk) =>
        new(IPAddress.TryParse(trunk.Host, out var host) ? host : null, trunk.Nat, trunk.MediaEncryption);

    private void DialBrowser(LegId leg)
    {
        var phone = new WebCustomer(leg);
        Carry(phone);
        customer = phone;
        board.Web.Add(Id, phone);
        phone.Ring();
        if (board.Web.RingOutside(new(Id, state.Customer, state.Called))) Post(new LegAlerted(leg, Rings: true));
        else Post(new LegEnded(leg, LegEnding.Unreachable));
    }

    private LegAnswered? PickUp(PickedUp picked)
    {
        if (!state.IsDialling || customer is not { IsWeb: true } phone) return null;
        var answer = board.Media.Answer(phone.Leg, LegKind.WebRtc, picked.SdpOffer);
        if (answer.Ok)
        {
            picked.Answer = answer.Value;
            phone.Accept();
        }

        return new(phone.Leg, answer.Ok);
    }

    /// <summary>18x to our INVITE. What describes sound in it may be said again in the 200.</summary>
    private LegAlerted? Alerted(LegId leg, SessionEvent.Ringing ringing)
    {
        if (!IsDialled(leg) || Carried(leg) is not { } dialled) return null;
        if (!ringing.Body.IsEmpty && ApplyAnswer(leg, ringing.Body) && !dialled.IsDescribed)
        {
            dialled.IsDescribed = true;
            if (dialled.IsHeard) Post(new LegHeard(leg));
        }

        return new(leg, ringing.Status is 180);
    }

    /// <summary>The answer to our offer came in a 18x, and the 200 says nothing else (RFC 3261 §13.2.1).</summary>
    private bool IsSettled(LegId leg, ReadOnlyMemory<byte> body) =>
        body.IsEmpty && IsDialled(leg) && Carried(leg) is { IsDescribed: true };

    /// <summary>What an agent waits for with an ear on it: the customer who is called, or a telephone that is rung.</summary>
    private bool IsDialled(LegId leg) => leg == state.Leg.Id ? state.IsDialling : state.IsReaching && state.Reached!.Leg.Id == leg;

    /// <summary>Packets come before the answer; only once they are described can they be heard (RFC 3960 §3.2).</summary>
    private LegHeard? HeardEarly(LegId leg)
    {
        if (Carried(leg) is not { } dialled) return null;
        dialled.IsHeard = true;
        return dialled.IsDescribed ? new(leg) : null;
    }
}
