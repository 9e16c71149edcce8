using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Tccc.Platform;

/// <summary>Mail over SMTP (RFC 5321) with STARTTLS, TLS and authentication; a connection a message.</summary>
internal sealed class SmtpAdapter(MailServer server, TimeProvider time) : INoticeAdapter
{
    private const SmtpStatusCode AuthenticationRequired = (SmtpStatusCode)530;

    public NoticeKind Kind => NoticeKind.Mail;

    public async Task<Failure?> Send(Outgoing message, CancellationToken ct)
    {
        // a private certificate authority has no revocation list as a rule
        using var client = new SmtpClient { CheckCertificateRevocation = false };
        try
        {
            if (await Open(client, ct) is { } closed) return closed;
            await client.SendAsync(Write(message), ct);
        }
        catch (SmtpCommandException e)
        {
            return e.StatusCode is AuthenticationRequired or SmtpStatusCode.AuthenticationInvalidCredentials
                ? new(NoticeFault.SignInRefused, e.Message)
                : (int)e.StatusCode >= 500 ? new(NoticeFault.Rejected, $"{(int)e.StatusCode} {e.Message}", ForGood: true)
                : new(NoticeFault.Busy, $"{(int)e.StatusCode} {e.Message}");
        }
        catch (ServiceNotAuthenticatedException e)
        {
            return new(NoticeFault.SignInRefused, e.Message);
        }
        catch (NotSupportedException e)
        {
            return new(NoticeFault.Rejected, e.Message, ForGood: true);
        }
        catch (Exception e) when (e is IOException or SocketException or ProtocolException or ServiceNotConnectedException)
        {
            return new(NoticeFault.Unreachable, e.Message);
        }
        await Leave(client, ct);
        return null;
    }

    private async Task<Failure?> Open(SmtpClient client, CancellationToken ct)
    {
        try
        {
            await client.ConnectAsync(server.Host, server.Port, server.Security switch
            {
                MailSecurity.StartTls => SecureSocketOptions.StartTls,
                MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
                _ => SecureSocketOptions.None,
            }, ct);
            if (server is { User: { } user, Password: { } password }) await client.AuthenticateAsync(user, password, ct);
            return null;
        }
        catch (SslHandshakeException e)
        {
            // its message is a page of advice to programmers; the inner one says what is wrong
            return new(NoticeFault.Insecure, (e.InnerException ?? e).Message);
        }
        catch (AuthenticationException e)
        {
            return new(NoticeFault.SignInRefused, e.Message);
        }
        catch (NotSupportedException e)
        {
            return client.IsConnected ? new(NoticeFault.SignInRefused, e.Message) : new(NoticeFault.Insecure, e.Message);
        }
    }

    /// <summary>The message was taken; whatever happens now changes nothing.</summary>
    private static async Task Leave(SmtpClient client, CancellationToken ct)
    {
        try
        {
            await client.DisconnectAsync(true, ct);
        }
        catch (Exception e) when (
            e is IOException or SocketException or ProtocolException or CommandException or OperationCanceledException)
        {
            return;
        }
    }

    private MimeMessage Write(Outgoing message)
    {
        var from = MailboxAddress.Parse(server.From);
        var mail = new MimeMessage
        {
            Subject = message.Letter.Subject!,
            Date = time.GetUtcNow(),
            // the same for every try, so that a receiver knows one that came twice
            MessageId = $"notice-{message.Id}@{from.Domain}",
            Body = new BodyBuilder { TextBody = message.Letter.Plain, HtmlBody = message.Letter.Html }.ToMessageBody(),
        };
        mail.From.Add(from);
        mail.To.Add(new MailboxAddress(null, message.To));
        // RFC 3834 §5: nobody's absence note answers it
        mail.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return mail;
    }
}
