namespace Tccc.Sip;

/// <summary>Session timers (RFC 4028): who refreshes, how often, and what happens when nobody does.</summary>
public sealed partial class SipSession
{
    private readonly SipTimer sessionTimer;
    private uint sessionInterval, minimum;
    private bool weRefresh, refreshDue, peerUpdates;
    private long expiresAt;

    private string MinSessionExpires => $"Min-SE: {(uint)core.Options.MinSessionExpires.TotalSeconds}";

    /// <summary>422 is for peers that know timers; others may ask for what they like (§9).</summary>
    private bool TimerTooShort(SipMessage request) =>
        ReadInterval(request, out var asked, out _) && asked < core.Options.MinSessionExpires.TotalSeconds
            && request.Lists(HeaderId.Supported, "timer"u8);

    /// <summary>The lines of a 2xx to INVITE or UPDATE, and the timer set by them (§9).</summary>
    private IEnumerable<string> AnswerTimer(SipMessage request)
    {
        var supports = request.Lists(HeaderId.Supported, "timer"u8);
        peerUpdates = request.Lists(HeaderId.Allow, "UPDATE"u8);
        if (SipText.TryNumber(SipText.UpToSemicolon(request.Get(HeaderId.MinSE)), int.MaxValue, out var floor)) minimum = Math.Max(minimum,
            floor);
        var own = Math.Max((uint)core.Options.SessionExpires.TotalSeconds, minimum);
        var chosen = ReadInterval(request, out var asked, out var refresher) ? Math.Max(Math.Min(asked, own), minimum) : own;
        chosen = Math.Max(chosen, (uint)core.Options.MinSessionExpires.TotalSeconds);
        // A peer without timers cannot be the refresher.
        var peerRefreshes = supports && refresher != "uas";
        SetTimer(chosen, !peerRefreshes);
        var line = $"Session-Expires: {chosen};refresher={(peerRefreshes ? "uac" : "uas")}";
        return peerRefreshes ? [line, "Require: timer", "Supported: timer"] : [line, "Supported: timer"];
    }

    private List<string> AskForTimer()
    {
        var seconds = sessionInterval == 0 ? (uint)core.Options.SessionExpires.TotalSeconds : sessionInterval;
        // In a refresh the roles are named, so that they do not change hands (§7.4).
        var role = sessionInterval == 0 ? "" : weRefresh ? ";refresher=uac" : ";refresher=uas";
        List<string> lines = ["Supported: timer", $"Session-Expires: {Math.Max(seconds, minimum)}{role}"];
        if (minimum > 0) lines.Add($"Min-SE: {minimum}");
        return lines;
    }

    /// <summary>422: the interval must be longer (§7.3).</summary>
    private bool TakeMinimum(SipMessage response)
    {
        if (!SipText.TryNumber(SipText.UpToSemicolon(response.Get(HeaderId.MinSE)), 86_400, out var asked)
            || asked <= minimum) return false;
        minimum = asked;
        if (sessionInterval != 0) sessionInterval = Math.Max(sessionInterval, minimum);
        return true;
    }

    /// <summary>The 2xx to our INVITE or UPDATE says what holds (§7.2); without the header there is no timer.</summary>
    private void TakeTimer(SipMessage response)
    {
        if (ReadInterval(response, out var interval, out var refresher)) SetTimer(Math.Max(interval, 32), refresher != "uas");
        else
        {
            sessionInterval = 0;
            sessionTimer.Disarm();
        }
    }

    private void SetTimer(uint seconds, bool ours)
    {
        (sessionInterval, weRefresh, refreshDue) = (seconds, ours, ours);
        // BYE goes out a little before the end, 32 s or a third (§10).
        expiresAt = core.Now + 1000L * (seconds - Math.Min(32, seconds / 3));
        sessionTimer.Arm(ours ? core.Now + 500L * seconds : expiresAt);
    }

    private void OnSessionTimer()
    {
        if (state == State.Closing) return;
        if (state == State.Incoming)
        {
            Expire();
            return;
        }
        if (core.Now >= expiresAt)
        {
            if (state is State.Up or State.OwesAnswer)
            {
                if (state == State.OwesAnswer) Acknowledge(lastInvite!.CSeq, default);
                End(SipEndingKind.SessionExpired);
                Bye();
            }
            return;
        }
        sessionTimer.Arm(expiresAt);
        if (!refreshDue) return;
        refreshDue = false;
        if (peerUpdates) Send(SipMethod.Update, OnRefreshed, TakeTimer, AskForTimer());
        else if (wanted is null)
        {
            (wanted, refreshing) = (localSdp, true);
            TryModify();
        }
    }

    private void OnRefreshed(int status)
    {
        if (state == State.Closing || status is >= 200 and < 300) return;
        if (status is 0 or 408 or 481)
        {
            End(SipEndingKind.SessionExpired, status);
            Bye();
            return;
        }
        // Refused this time (glare, overload, no UPDATE after all): once more, by re-INVITE, well before the end.
        if (status is 405 or 501) peerUpdates = false;
        refreshDue = true;
        sessionTimer.Arm(Math.Min(core.Now + core.NewDelay(2_100, 4_000), expiresAt));
    }

    private static bool ReadInterval(SipMessage message, out uint seconds, out string? refresher)
    {
        var value = message.Get(HeaderId.SessionExpires);
        refresher = null;
        if (!SipText.TryNumber(SipText.UpToSemicolon(value), int.MaxValue, out seconds)) return false;
        var semicolon = value.IndexOf((byte)';');
        if (semicolon >= 0 && new Params(value[semicolon..]).TryGet("refresher"u8, out var role))
            refresher = SipText.Raw(role).ToLowerInvariant();
        return true;
    }
}
