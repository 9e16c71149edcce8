using System.Collections.Immutable;

namespace Tccc.Acd.Core;

// Contacts: how they come, wait, move and leave.
internal sealed partial class Dispatcher
{
    public void Enqueue(
        Stamp at, Contact contact, GroupId group, AgentId? prefer, bool atHead, AgentId? lostBy = null, bool transferred = false)
    {
        Tick(at);
        Drop(contact.Id, OfferOutcome.LostRace);
        var entry = new ContactEntry(contact, CustomerOf(contact), ++turn, now.Steady)
        {
            Prefer = prefer, Returned = atHead, CameBack = atHead, Transferred = transferred,
        };
        if (lostBy is { } agent) entry.Missed.Add(agent);
        if (!groups.TryGetValue(group, out var target))
        {
            Release(entry, group, ReleaseReason.GroupGone);
            return;
        }
        contacts.Add(contact.Id, entry);
        Enter(entry, target);
    }

    public void OfferTo(Stamp at, Contact contact, AgentId agentId, GroupId? otherwise, bool returned = false)
    {
        Tick(at);
        Drop(contact.Id, OfferOutcome.LostRace);
        var entry = new ContactEntry(contact, CustomerOf(contact), ++turn, now.Steady) { Personal = agentId, Otherwise = otherwise };
        contacts.Add(contact.Id, entry);
        var agent = agents.GetValueOrDefault(agentId);
        var refusal = WhyNotPersonal(agent, contact.Kind, returned);
        if (refusal == Refusal.None) MakeOffer(entry, agent!, CenterSettings.PersonalRing, personal: true);
        else
        {
            TracePersonal(entry, RuleOf(refusal));
            NotReached(entry, refusal);
        }
    }

    public void Withdraw(Stamp at, ContactId contact)
    {
        Tick(at);
        Drop(contact, OfferOutcome.CallerGaveUp);
    }

    public Result<OfferId> TakeContact(Stamp at, ContactId contact, AgentId agentId)
    {
        Tick(at);
        if (!agents.TryGetValue(agentId, out var agent)) return new AgentUnknown();
        if (!contacts.TryGetValue(contact, out var entry)) return new ContactGone();
        if (!agent.Groups.Exists(m => m.Group == entry.Group)) return new NotYourGroup();
        if (!entry.Waiting) return entry.Offers.Exists(o => o.Agent == agent) ? new AgentIsRinging() : new OfferedToAnother();
        if (agent.Offer is not null) return new AgentIsRinging();
        if (agent.Shown.State == AgentState.Offline) return new AgentIsOffline();
        if (agent.Shown.State == AgentState.Break) return new AgentIsOnBreak();
        if (agent.Shown.State == AgentState.Busy) return new AgentIsBusy();
        if (!Reachable(agent, entry.Contact.Kind)) return new DeviceUnreachable();
        Trace(entry, agent, asked: ExclusionRule.Taken);
        Leave(entry);
        return MakeOffer(entry, agent, entry.Group!.Settings.Ring, personal: true).Id;
    }

    public ImmutableArray<WaitingView> Waiting(IReadOnlyCollection<GroupId> of, int limit)
    {
        var views = ImmutableArray.CreateBuilder<WaitingView>();
        foreach (var id in of)
        {
            if (!groups.TryGetValue(id, out var group)) continue;
            foreach (var lane in group.Lanes)
            {
                for (var i = 0; i < Math.Min(limit, lane.Queue.Count); i++)
                {
                    var entry = lane.Queue[i].Entry!;
                    views.Add(new(entry.Contact, id, i + 1, entry.Returned && !entry.Transferred, entry.Since));
                }
            }
        }
        return views.ToImmutable();
    }

    /// <summary>The contact comes to a group, first or by overflow.</summary>
    private void Enter(ContactEntry entry, GroupEntry group)
    {
        (entry.Group, entry.Personal) = (group, null);
        entry.Visited.Add(group.Id);
        entry.GiveUpAt = LongestWait(entry, group) is var wait && wait > 0 ? now.Steady.AddSeconds(wait) : Instant.Never;
        entry.AnnounceAt = now.Steady + settings.PlaceInterval;
        OfferOrWait(entry);
    }

    private static int LongestWait(ContactEntry entry, GroupEntry group)
    {
        var wait = group.Settings.LongestWait;
        if (!entry.Transferred) return wait;
        return wait > 0 ? Math.Min(wait, CenterSettings.TransferredWait) : CenterSettings.TransferredWait;
    }

    /// <summary>
    /// Offers the contact to whom its group's rules say, or lets it wait; where the center says at once that nobody is signed in, it is
    /// released for that.
    /// </summary>
    private void OfferOrWait(ContactEntry entry)
    {
        if (entry.Group!.Removed) Rehome(entry);
        // an offer that was out has held the clock
        else if (entry.Transferred && entry.GiveUpAt <= now.Steady) Release(entry, entry.Group.Id, ReleaseReason.WaitedTooLong);
        else if (MeetsNobody(entry)) Release(entry, entry.Group.Id, ReleaseReason.NobodySignedIn);
        else if (!TryOffer(entry)) Wait(entry);
    }

    private void Wait(ContactEntry entry)
    {
        entry.Waiting = true;
        entry.Lane.Queue.Add(entry.Key);
        entry.RelaxAt = NextRelaxation(entry);
        Moved(entry.Group!);
        Say(new ContactWaits(settings.Id, now.Wall, entry.Id, entry.Contact.Kind, entry.Group!.Id, entry.Lane.Queue.RankOf(entry.Key) + 1));
        due.Arm(entry);
    }

    private void Leave(ContactEntry entry)
    {
        if (!entry.Waiting) return;
        entry.Lane.Queue.Remove(entry.Key);
        entry.Waiting = false;
        Moved(entry.Group!);
    }

    private void Moved(GroupEntry group)
    {
        group.Moves++;
        touchedGroups.Add(group);
    }

    /// <summary>Forgets a contact; what rings for it ends with this outcome.</summary>
    private void Drop(ContactId id, OfferOutcome outcome)
    {
        if (!contacts.Remove(id, out var entry)) return;
        Leave(entry);
        StopRinging(entry);
        while (entry.Offers.Count > 0) End(entry.Offers[^1], outcome);
        KeepTrace(entry);
    }

    private void Release(ContactEntry entry, GroupId? group, ReleaseReason reason, Refusal refusal = Refusal.None)
    {
        contacts.Remove(entry.Id);
        Leave(entry);
        KeepTrace(entry);
        Say(new ContactReleased(settings.Id, now.Wall, entry.Id, entry.Contact.Kind, group, reason, entry.Personal, refusal));
    }

    private void NotReached(ContactEntry entry, Refusal refusal)
    {
        if (entry.Otherwise is { } id && groups.TryGetValue(id, out var group))
        {
            (entry.Returned, entry.CameBack) = (true, true);
            Enter(entry, group);
        }
        else Release(entry, null, ReleaseReason.AgentNotReached, refusal);
    }

    private void Due(ContactEntry entry)
    {
        if (entry.GiveUpAt <= now.Steady)
        {
            WaitedTooLong(entry);
            return;
        }
        if (entry.RelaxAt <= now.Steady)
        {
            // Several may come to a lower level at the same moment: who stands further ahead is first.
            Relaxed(entry.Lane, default);
            Relaxed(entry.Lane, QueueKey.FirstFresh);
            if (!entry.Waiting) return;
            if (entry.RelaxAt <= now.Steady) entry.RelaxAt = NextRelaxation(entry);
        }
        if (entry.AnnounceAt > now.Steady) return;
        entry.AnnounceAt = now.Steady + settings.PlaceInterval;
        var place = entry.Lane.Queue.RankOf(entry.Key) + 1;
        if (place >= entry.Told) return;
        entry.Told = place;
        Say(new PlaceAnnounced(settings.Id, now.Wall, entry.Id, entry.Contact.Kind, entry.Group!.Id, place));
    }

    private void WaitedTooLong(ContactEntry entry)
    {
        var group = entry.Group!;
        switch (group.Settings.Overflow)
        {
            // whoever sent it here says where it goes then
            case var _ when entry.Transferred:
                Release(entry, group.Id, ReleaseReason.WaitedTooLong);
                break;
            case { Kind: OverflowKind.Group } to when groups.TryGetValue(to.Group, out var next) && !entry.Visited.Contains(next.Id):
                Move(entry, next);
                break;
            case { Kind: OverflowKind.Group }:
                // A loop, or a group that is gone: the customer keeps the place they have.
                entry.GiveUpAt = Instant.Never;
                break;
            default:
                Release(entry, group.Id, ReleaseReason.WaitedTooLong);
                break;
        }
    }

    private bool MeetsNobody(ContactEntry entry) => settings.SayNobodySignedIn && !entry.CameBack && entry.Group!.SignedIn == 0;

    /// <summary>
    /// The last member signed out, or left, while customers wait: they are told at once, not at the end of the longest wait.
    /// </summary>
    private void ReleaseWhereNobodyIs()
    {
        foreach (var group in emptied)
        {
            if (group.Removed || group.SignedIn > 0) continue;
            foreach (var lane in group.Lanes)
            {
                var waiting = Enumerable.Range(0, lane.Queue.Count).Select(i => lane.Queue[i].Entry!).Where(MeetsNobody).ToList();
                foreach (var entry in waiting) Release(entry, group.Id, ReleaseReason.NobodySignedIn);
            }
        }
        emptied.Clear();
    }

    /// <summary>The group of this contact was deleted: its overflow group takes it, else its owner must.</summary>
    private void Rehome(ContactEntry entry)
    {
        var group = entry.Group!;
        if (!entry.Transferred && group.Settings.Overflow is { Kind: OverflowKind.Group } to
            && groups.TryGetValue(to.Group, out var next)) Move(entry, next);
        else Release(entry, group.Id, ReleaseReason.GroupGone);
    }

    private void Move(ContactEntry entry, GroupEntry next)
    {
        var from = entry.Group!.Id;
        Leave(entry);
        Say(new ContactMoved(settings.Id, now.Wall, entry.Id, entry.Contact.Kind, from, next.Id));
        Enter(entry, next);
    }
}
