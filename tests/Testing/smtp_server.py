"""An SMTP relay for tests: keeps what it accepts as .eml files, refuses while a file tells it to, ends with its parent.

Usage: smtp_server.py MAILBOX REFUSAL HOST PORT [CERTIFICATE]

MAILBOX      folder for the mails
REFUSAL      file that holds "<command> <answer>", for instance "RCPT 451 4.3.0 Try later"; absent: everything is accepted. The answer "hold" is
             none at all until the file changes; the command ANSWER is the moment between keeping a mail and saying so
HOST         address to listen on
PORT         0 takes any free one
CERTIFICATE  PEM file with certificate and key: offers STARTTLS
"""

import asyncio
import itertools
import os
import ssl
import sys
import time

try:
    from aiosmtpd.smtp import SMTP
except ImportError:
    sys.exit("aiosmtpd is missing")


class Relay:
    def __init__(self, mailbox, refusal):
        self.mailbox = mailbox
        self.refusal = refusal
        self.numbers = itertools.count(1)

    async def refuses(self, command):
        while (answer := self.told(command)) == "hold":
            await asyncio.sleep(0.05)
        return answer

    def told(self, command):
        try:
            with open(self.refusal, encoding="utf-8") as file:
                refused, answer = file.read().strip().split(" ", 1)
        except FileNotFoundError:
            return None
        return answer if refused == command else None

    async def handle_MAIL(self, server, session, envelope, address, options):
        if answer := await self.refuses("MAIL"):
            return answer
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if answer := await self.refuses("RCPT"):
            return answer
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if answer := await self.refuses("DATA"):
            return answer
        name = f"{time.time_ns()}-{next(self.numbers):08}"
        unfinished = os.path.join(self.mailbox, f".{name}.tmp")
        with open(unfinished, "wb") as file:
            file.write(f"X-MailFrom: {envelope.mail_from}\r\nX-RcptTo: {', '.join(envelope.rcpt_tos)}\r\n".encode())
            file.write(envelope.original_content)
        os.rename(unfinished, os.path.join(self.mailbox, f"{name}.eml"))
        await self.refuses("ANSWER")
        return "250 OK"


async def main(mailbox, refusal, host, port, certificate=None):
    relay = Relay(mailbox, refusal)
    tls = None
    if certificate:
        tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        tls.load_cert_chain(certificate)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(relay, hostname="localhost", enable_SMTPUTF8=False, tls_context=tls, loop=loop), host, int(port))
    print(server.sockets[0].getsockname()[1], flush=True)
    # The parent never writes: the end of the input is its end.
    await loop.run_in_executor(None, sys.stdin.buffer.read)
    server.close()


asyncio.run(main(*sys.argv[1:]))
