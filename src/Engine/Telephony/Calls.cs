namespace Tccc.Telephony;

/// <summary>What a person does with a call. Every order goes into the call's mailbox and answers when it has been carried out or refused.</summary>
public sealed class Calls
{
    /// <summary>
    /// The agent takes the offered call: it is joined to the agent's line. Fails with what the dispatcher says of the offer,
    /// with <see cref="LineDown"/>, <see cref="AnswerAtDeskPhone"/> or <see cref="CallerGone"/>. product.md §4.
    /// </summary>
    public ValueTask<Result> Answer(OfferId offer, AgentId agent) => throw new NotImplementedException();

    /// <summary>The agent does not want the offered call; it goes to the next member of the group.</summary>
    public ValueTask<Result> Decline(OfferId offer, AgentId agent) => throw new NotImplementedException();

    /// <summary>The agent ends the call.</summary>
    public ValueTask<Result> Hangup(CallId call, AgentId agent) => throw new NotImplementedException();

    /// <summary>Customer hears music, agent hears nothing; or back. Twice the same is done once. product.md §5.</summary>
    public ValueTask<Result> Hold(CallId call, AgentId agent, bool on) => throw new NotImplementedException();

    /// <summary>Customer hears silence, agent still hears the customer; or back. Twice the same is done once. product.md §5.</summary>
    public ValueTask<Result> Mute(CallId call, AgentId agent, bool on) => throw new NotImplementedException();

    /// <summary>The call that is this agent's now; none while one only rings (that is an offer, and the dispatcher's to show).</summary>
    public CallView? CallOf(AgentId agent) => throw new NotImplementedException();

    /// <summary>How the network carries this agent's call; none without a call or before the first reports.</summary>
    public CallQuality? QualityOf(AgentId agent) => throw new NotImplementedException();
}
