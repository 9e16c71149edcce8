using Tccc.Acd;
using Tccc.Media;
using Tccc.Sip;

namespace Tccc.Telephony;

// Carries out what was decided.
internal sealed partial class LiveCall
{
    private static readonly Heard Silence = new Heard.Nothing();
    private static readonly Heard RingBack = new Heard.Clip(Clips.RingBack, Loop: true);
    private static readonly Heard Beep = new Heard.Clip(Clips.AnswerBeep);

    private ContactId Contact => new(Id.Value);

    private void Carry(Effect effect)
    {
        switch (effect)
        {
            case Raise { Event: CallOneWay { Missing: true } e }: LogOneWay(board.Log, Id, e.From, e.Leg); break;
            case Insert or Update or Raise: break;

            case RingLeg e: Ring(e.Leg); break;
            case AcceptLeg e: Accept(e.Leg); break;
            case RejectLeg e: Reject(e.Leg, e.Status); break;
            case InvitePhone e: Invite(e.Leg, e.Agent); break;
            case DialOut e: Dial(e.Way, e.To); break;
            case HangupLeg e: Hangup(e.Leg); break;
            case CloseLeg e: Close(e.Leg); break;

            case AnswerOffer e: Answer(e.Leg, e.Sdp); break;
            case Hear e: Order(e.Listener, HeardFor(e.Sound)); break;
            case SendDigit e: Send(e.Leg, e.Digit); break;

            case EnqueueContact e:
                board.Dispatch.Enqueue(
                    AsContact(e.Contact), e.Group, atHead: e.LostBy is not null, lostBy: e.LostBy, transferred: e.Transferred);
                break;
            case OfferToAgent e: board.Dispatch.OfferTo(AsContact(e.Contact), e.Agent, returned: e.Returned); break;
            case WithdrawContact e: board.Dispatch.Withdraw(e.Contact ?? Contact, state.Center); break;
            case AcceptOffer e: _ = Accept(e.Offer, e.Agent); break;
            case DeclineOffer e: _ = board.Dispatch.Decline(e.Offer, e.Agent).AsTask(); break;
            case PhoneUnreachable e: board.Dispatch.Unreachable(e.Offer, e.Agent); break;
            case AgentDone e: board.Dispatch.Ended(e.Contact ?? Contact, e.Agent, e.WrapUp); break;

            case Arm e: clock.Arm(e.Kind, e.Of, e.At); break;
            case Disarm e: clock.Disarm(e.Kind, e.Of); break;
            default: throw new InvalidOperationException($"Nobody carries out {effect.GetType().Name}.");
        }
    }

    /// <summary>
    /// Rows and events of one decision are one change, committed together. The first row of a call is what its answer waits for.
    /// </summary>
    private void Write(IReadOnlyList<Effect> effects)
    {
        List<object>? rows = null;
        List<IEvent>? events = null;
        foreach (var effect in effects)
        {
            if (effect is Insert or Update) (rows ??= new(2)).Add(effect);
            else if (effect is Raise raise) (events ??= new(1)).Add(raise.Event);
        }

        if (state.HasEnded && rows is not null && QualityRow() is { } quality) rows.Add(new Insert(quality));
        if (rows is null && events is null) return;
        ReadOnlySpan<IEvent> raised = events is null ? [] : events.ToArray();
        if (rows is null)
        {
            board.Writer.Enqueue(raised);
        }
        else if (rows[0] is Insert { Row: CallRecord { EndedAt: null } })
        {
            answers.Begin();
            board.Writer.EnqueueNow(db => CallRows.Write(db, rows), answers.Release, raised);
        }
        else
        {
            board.Writer.Enqueue(db => CallRows.Write(db, rows), raised);
        }
    }

    private Carrier? Carried(LegId leg)
    {
        foreach (var carrier in carriers)
        {
            if (carrier.Leg == leg) return carrier;
        }

        return null;
    }

    private void Ring(LegId leg)
    {
        if (Carried(leg) is { } carrier) answers.Give(carrier.Ring);
    }

    private void Accept(LegId leg)
    {
        if (Carried(leg) is not { } carrier) return;
        answers.Give(() =>
        {
            carrier.Accept();
            if (carrier.IsWeb) Post(new LegEstablished(leg));
        });
    }

    private void Reject(LegId leg, int status)
    {
        if (Carried(leg) is not { } carrier) return;
        answers.Drop();
        carrier.Reject(status);
        Close(leg);
    }

    private Contact AsContact(ContactId? consultation)
    {
        if (consultation is { } id && (consultations ??= []) is var known && !known.Contains(id))
        {
            known.Add(id);
            board.Calls.Give(id, this);
        }

        // whoever is called by a colleague is shown their name
        var customer = state.IsInside ? board.Centers.Agent(state.LastAgent!.Value)?.Name ?? "" : state.Customer;
        return new(
            consultation ?? Contact, state.Center, ContactKind.Call, customer, state.Called, state.Arrived, Asks: consultation is not null);
    }

    private async Task Accept(OfferId offer, AgentId agent)
    {
        var accepted = await board.Dispatch.Accept(offer, agent);
        if (accepted.Ok) Post(board.Acceptance(Id, accepted.Value, autoAnswer: true));
        else Post(new AcceptFailed(offer));
    }

    private void Invite(LegId leg, AgentId agent)
    {
        Ring(leg, board.Centers.PhoneOfAgent(agent));
    }

    private void Ring(LegId leg, Directory.DeskPhone? phone)
    {
        if (phone is null || board.Sip.Value.BindingOf(phone.SipUser) is not { } binding)
        {
            Post(new LegEnded(leg, LegEnding.Unreachable));
            return;
        }

        var ringing = new PhoneCarrier(leg, phone.SipUser, binding);
        Carry(ringing);
        if (!Invite(ringing, MediaEncryption.BestEffort)) Post(new LegEnded(leg, LegEnding.Unreachable));
    }

    private bool Invite(PhoneCarrier phone, MediaEncryption encryption)
    {
        var offer = board.Media.Offer(phone.Leg, new FarEnd(phone.Binding.Source.Address, Encryption: encryption));
        if (!offer.Ok) return false;
        phone.Session = board.Sip.Value.Invite(
            new OutgoingInvite
            {
                RequestUri = phone.Binding.Contact,
                From = CallerUri(),
                To = new SipUri(phone.User, Directory.DeskPhone.Realm),
                Binding = phone.Binding,
                Body = System.Text.Encoding.UTF8.GetBytes(offer.Value),
            },
            phone);
        return true;
    }

    /// <summary>
    /// A phone that takes encrypted sound only refuses a stream of AVP, keys or not; it is asked once more with one of SAVP (RFC 4568
    /// §7.1.1).
    /// </summary>
    private bool InviteEncrypted(LegId leg)
    {
        if (Carried(leg) is not PhoneCarrier { AskedTwice: false } phone) return false;
        phone.AskedTwice = true;
        board.Media.Close(phone.Leg);
        return Invite(phone, MediaEncryption.Required);
    }

    /// <summary>A caller who withholds the number is written as RFC 3323 §4.1.1.3 has it.</summary>
    private SipUri CallerUri() =>
        (state.IsInside ? board.Centers.Agent(state.LastAgent!.Value)?.StaffNumber : state.Customer) is { Length: > 0 } user
            ? new(user, Directory.DeskPhone.Realm)
            : new("anonymous", "anonymous.invalid");

    private void Hangup(LegId leg)
    {
        if (Carried(leg) is not { } carrier) return;
        // what was held back for the customer means nothing any more
        if (carrier == customer) answers.Drop();
        carrier.Hangup();
        Close(leg);
    }

    private void Close(LegId leg)
    {
        if (Carried(leg) is { } carrier) carriers.Remove(carrier);
        board.Media.Close(leg);
        board.Legs.Remove(leg);
    }

    /// <summary>The peer changes its session: hold, a moved address, or (an empty offer) a wish for ours.</summary>
    private void Answer(LegId leg, ReadOnlyMemory<byte> sdp)
    {
        var answer = sdp.IsEmpty
            ? board.Media.Offer(leg)
            : board.Media.Answer(leg, LegKind.Rtp, System.Text.Encoding.UTF8.GetString(sdp.Span));
        Carried(leg)?.Answer(answer);
    }

    /// <summary>As an event of ours; by INFO, and as evenly, where the far end takes none.</summary>
    private void Send(LegId leg, char digit)
    {
        if (board.Media.SendDigits(leg, digit.ToString()).Error is not NoTelephoneEvents) return;
        (infos ??= new()).Add(leg, digit);
        SendInfos();
    }

    /// <summary>The keys whose time has come, then the clock is set for the next.</summary>
    private void SendInfos()
    {
        var now = board.Time.Instant();
        while (infos?.Take(now) is var (leg, key)) Carried(leg)?.SendInfo(key);
        if (infos?.Due(now) is { } due) (nextInfo ??= board.Deadlines.Alarm("key", () => Post(ClockRang.Instance))).Set(due);
    }

    private void Order(LegId listener, Heard what)
    {
        if (listener == state.Leg.Id) customerHears = what;
        board.Media.Hear(listener, what);
    }

    private Heard HeardFor(Sound sound) => sound.Kind switch
    {
        SoundKind.Leg when sound.Other is { } other => new Heard.Legs([sound.Source!.Value, other]),
        SoundKind.Leg => new Heard.Leg(sound.Source!.Value),
        SoundKind.Place when board.Announcements.OfPlace(sound.Place) is { } clip => new Heard.Clip(clip),
        SoundKind.Place or SoundKind.Music => new Heard.Clip(board.MusicOf(state.Center, sound.Group), Loop: true),
        SoundKind.RingBack => RingBack,
        SoundKind.Beep => Beep,
        SoundKind.Farewell when board.FarewellOf(
            sound.Reason!.Value, board.Centers.Number(state.Center, state.Called), sound.Group) is { } clip => new Heard.Clip(clip),
        _ => Silence,
    };
}
