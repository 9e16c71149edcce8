"""A mail server on loopback that wants STARTTLS and a password, and keeps what it takes: a JSON file a mail."""
import asyncio
import email
import email.policy
import json
import os
import pathlib
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult

port, folder, certificate, key, user, password = sys.argv[1:]


class Keep:
    count = 0

    async def handle_DATA(self, server, session, envelope):
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        Keep.count += 1
        name = pathlib.Path(folder) / f"{Keep.count:04}"
        name.with_suffix(".part").write_text(json.dumps({
            "From": str(mail["From"]), "To": str(mail["To"]), "Subject": str(mail["Subject"]), "Id": str(mail["Message-ID"]),
            "Receivers": envelope.rcpt_tos, "Encrypted": session.ssl is not None, "SignedIn": session.authenticated,
            "Text": mail.get_body(("plain",)).get_content(), "Html": mail.get_body(("html",)).get_content(),
        }))
        os.rename(name.with_suffix(".part"), name.with_suffix(".json"))
        return "250 kept"


def authenticate(server, session, envelope, mechanism, data):
    # «handled» says that the client was answered already
    return AuthResult(success=data.login == user.encode() and data.password == password.encode(), handled=False)


async def main():
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(Keep(), require_starttls=True, auth_required=True, tls_context=context, authenticator=authenticate),
        "127.0.0.1", int(port))
    print("ready", flush=True)
    await server.serve_forever()

asyncio.run(main())
