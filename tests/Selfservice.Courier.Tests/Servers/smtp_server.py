"""A mail server for tests: aiosmtpd, with STARTTLS or TLS and sign-in when asked for. Appends each mail, as Python's own parser reads it, to a file of JSON lines before it says that it took it."""
import argparse
import asyncio
import email
import email.policy
import json
import os
import ssl

from aiosmtpd.smtp import SMTP, AuthResult

options = argparse.ArgumentParser()
options.add_argument("--port", type=int, default=0)
options.add_argument("--file", required=True)
options.add_argument("--certificate")
options.add_argument("--key")
options.add_argument("--implicit", action="store_true")
options.add_argument("--user")
options.add_argument("--password")
options.add_argument("--refuse", default="", help="a part of recipients that are refused for good")
options.add_argument("--busy", default="", help="a part of recipients that are refused for now")
options.add_argument("--utf8", action="store_true")
options = options.parse_args()


def parts(message, subtype):
    part = message.get_body((subtype,))
    return part.get_content() if part is not None else None


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if options.refuse and options.refuse in address:
            return "550 5.1.1 no such mailbox"
        if options.busy and options.busy in address:
            return "451 4.7.1 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        message = email.message_from_bytes(envelope.original_content, policy=email.policy.default)
        line = {
            "from": envelope.mail_from, "to": envelope.rcpt_tos, "hello": session.host_name, "secure": session.ssl is not None, "authenticated": bool(session.authenticated),
            "headers": {name: str(value) for name, value in message.items()}, "defects": [str(d) for d in message.defects],
            "plain": parts(message, "plain"), "html": parts(message, "html"), "longest_line": max(map(len, envelope.original_content.split(b"\r\n"))),
        }
        with open(options.file, "a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
            file.flush()
            os.fsync(file.fileno())
        return "250 kept"


def authenticate(server, session, envelope, mechanism, data):
    good = data.login == options.user.encode() and data.password == options.password.encode()
    return AuthResult(success=good, handled=good)


async def main():
    context = None
    if options.certificate:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(options.certificate, options.key)
    start_tls = context is not None and not options.implicit
    loop = asyncio.get_running_loop()

    def session():
        return SMTP(
            Handler(), hostname="mail.test", enable_SMTPUTF8=options.utf8, loop=loop, tls_context=context if start_tls else None, require_starttls=start_tls,
            authenticator=authenticate if options.user else None, auth_required=bool(options.user), auth_require_tls=start_tls)

    server = await loop.create_server(session, "127.0.0.1", options.port, ssl=context if options.implicit else None)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
