namespace Tccc.Sip;

internal sealed partial class SipCore
{
    /// <summary>
    /// The address of ours that a peer is to use, as Contact. In a dialog of a sips Request-URI it must be sips too (RFC 5630 §5.1.2);
    /// otherwise TLS is named by the transport, which RFC 3261 §26.2.2 deprecates and every phone writes.
    /// </summary>
    public string ContactFor(Hop hop, string? user = null, bool sips = false)
    {
        var (scheme, port, transport) = hop.Transport switch
        {
            SipTransport.Tls => sips ? ("sips", Output.TlsPort, "") : ("sip", Output.TlsPort, ";transport=tls"),
            SipTransport.Tcp => ("sip", Output.Port, ";transport=tcp"),
            _ => ("sip", Output.Port, ""),
        };
        return $"<{scheme}:{(user is null ? "" : user + "@")}{Output.LocalHost(hop)}:{port}{transport}>";
    }

    /// <summary>A request whole, to be kept for retransmission.</summary>
    public byte[] WriteRequest(
        OutRequest request, string? contact, IEnumerable<string>? extra = null, string? contentType = null,
        ReadOnlySpan<byte> body = default)
    {
        Begin(request);
        writer.Ascii("CSeq: "u8).Number(request.CSeq).Ascii(" "u8).Raw(Methods.Name(request.Method)).Ascii("\r\n"u8);
        if (contact is not null) writer.Header("Contact"u8, contact);
        writer.Header("User-Agent"u8, Options.UserAgent);
        if (extra is not null)
        {
            foreach (var line in extra) writer.Raw(line).Ascii("\r\n"u8);
        }
        return writer.End(contentType, body).Written.ToArray();
    }

    /// <summary>ACK to a final answer that is no 2xx (RFC 3261 §17.1.1.3).</summary>
    public byte[] WriteAck(OutRequest invite, string to)
    {
        Begin(invite with { Method = SipMethod.Ack, To = to });
        return writer.Ascii("CSeq: "u8).Number(invite.CSeq).Ascii(" ACK\r\n"u8).End().Written.ToArray();
    }

    /// <summary>An answer whole: Via, From, To, Call-ID and CSeq of the request (RFC 3261 §8.2.6.2), To with our tag.</summary>
    /// <remarks>The bytes are the writer's and stand until the next message is written.</remarks>
    public ReadOnlySpan<byte> WriteResponse(
        SipMessage request, Hop source, int status, string? reason, string? toTag, IEnumerable<string>? extra = null,
        ReadOnlySpan<byte> body = default, Action<MessageWriter>? more = null)
    {
        writer.Reset().StatusLine(status, reason ?? StatusPhrases.Of(status));
        var top = true;
        foreach (var value in request.Values(HeaderId.Via))
        {
            writer.Ascii("Via: "u8);
            if (top) WriteTopVia(value, source);
            else writer.Ascii(value);
            writer.Ascii("\r\n"u8);
            top = false;
        }
        Copy(request, HeaderId.From, "From"u8);
        if (request.Has(HeaderId.To))
        {
            writer.Ascii("To: "u8).Ascii(request.Get(HeaderId.To));
            var tagged = NameAddr.TryParse(request.Get(HeaderId.To), out var to) && to.Tag.Length > 0;
            if (!tagged && toTag is not null && status > 100) writer.Ascii(";tag="u8).Raw(toTag);
            writer.Ascii("\r\n"u8);
        }
        Copy(request, HeaderId.CallId, "Call-ID"u8);
        Copy(request, HeaderId.CSeq, "CSeq"u8);
        if (extra is not null)
        {
            foreach (var line in extra) writer.Raw(line).Ascii("\r\n"u8);
        }
        more?.Invoke(writer);
        if (status > 100) writer.Header("Server"u8, Options.UserAgent);
        return writer.End("application/sdp", body).Written;
    }

    private void Begin(OutRequest request)
    {
        var transport =
            request.Hop.Transport switch { SipTransport.Tls => "SIP/2.0/TLS ", SipTransport.Tcp => "SIP/2.0/TCP ", _ => "SIP/2.0/UDP " };
        var port = request.Hop.Transport == SipTransport.Tls ? Output.TlsPort : Output.Port;
        writer.Reset().RequestLine(Methods.Name(request.Method), request.Uri)
            .Ascii("Via: "u8).Raw(transport).Raw(Output.LocalHost(request.Hop)).Ascii(":"u8).Number((uint)port)
            .Ascii(";branch="u8).Raw(request.Branch).Ascii(";rport\r\nMax-Forwards: 70\r\n"u8);
        if (request.Route is not null) writer.Header("Route"u8, request.Route);
        writer.Header("From"u8, request.From).Header("To"u8, request.To).Header("Call-ID"u8, request.CallId);
    }

    private void Copy(SipMessage request, HeaderId id, ReadOnlySpan<byte> name)
    {
        if (request.Has(id)) writer.Header(name, request.Get(id));
    }

    /// <summary>received and rport tell the peer how we see it (RFC 3261 §18.2.1, RFC 3581 §4).</summary>
    private void WriteTopVia(ReadOnlySpan<byte> value, Hop source)
    {
        if (!Via.TryParse(value, out var via))
        {
            writer.Ascii(value);
            return;
        }
        writer.Ascii("SIP/2.0/"u8).Ascii(via.Transport).Ascii(" "u8).Ascii(via.SentBy);
        var address = source.Remote.Address.ToString();
        var rport = via.Parameters.Has("rport"u8);
        var rest = via.Parameters.Text;
        while (rest.Length > 0)
        {
            rest = rest[1..];
            var next = SipText.IndexOutside(rest, (byte)';');
            var one = SipText.Trim(next < 0 ? rest : rest[..next]);
            rest = next < 0 ? default : rest[next..];
            if (!IsNamed(one, "rport"u8) && !IsNamed(one, "received"u8)) writer.Ascii(";"u8).Ascii(one);
        }
        if (rport || !SipText.Raw(via.Host).Equals(address, StringComparison.Ordinal)
            && !Addresses.IsWritten(SipText.Raw(via.Host), source.Remote.Address)) writer.Ascii(";received="u8).Raw(address);
        if (rport) writer.Ascii(";rport="u8).Number((uint)source.Remote.Port);
    }

    private static bool IsNamed(ReadOnlySpan<byte> parameter, ReadOnlySpan<byte> name)
    {
        var equals = parameter.IndexOf((byte)'=');
        return System.Text.Ascii.EqualsIgnoreCase(SipText.Trim(equals < 0 ? parameter : parameter[..equals]), name);
    }
}
