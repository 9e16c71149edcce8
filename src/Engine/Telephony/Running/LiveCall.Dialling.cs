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

    /// <summary>Our INVITE to the carrier: the number as it was dialled, from the center's own.</summary>
    private void Dial(LegId leg, TrunkId? id)
    {
        if (id is null)
        {
            DialBrowser(leg);
            return;
        }

        var dialled = new SipCarrier(leg);
        Carry(dialled);
        customer = dialled;
        if (board.Centers.Of(state.Center)?.Trunks.FirstOrDefault(t => t.Id == id) is not { } trunk
            || board.Media.Offer(leg, FarEndOf(trunk)) is not { Ok: true } offer)
        {
            Post(new LegEnded(leg, LegEnding.Unreachable));
            return;
        }

        dialled.Session = board.Sip.Value.Invite(
            new OutgoingInvite
            {
                RequestUri = new(state.Customer, trunk.Host, trunk.Port is 5060 ? 0 : trunk.Port),
                From = new(state.Called, trunk.Host),
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
        if (leg != state.Leg.Id) return null;
        if (!ringing.Body.IsEmpty && ApplyAnswer(leg, ringing.Body) && !customer!.IsDescribed)
        {
            customer.IsDescribed = true;
            if (customer.IsHeard) Post(new LegHeard(leg));
        }

        return new(leg, ringing.Status is 180);
    }

    /// <summary>The answer to our offer came in a 18x, and the 200 says nothing else (RFC 3261 §13.2.1).</summary>
    private bool IsSettled(LegId leg, ReadOnlyMemory<byte> body) =>
        body.IsEmpty && leg == state.Leg.Id && customer is { IsDescribed: true };

    /// <summary>Packets come before the answer; only once they are described can they be heard (RFC 3960 §3.2).</summary>
    private LegHeard? HeardEarly(LegId leg)
    {
        customer!.IsHeard = true;
        return customer.IsDescribed ? new(leg) : null;
    }
}
