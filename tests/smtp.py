"""A mail server for the tests: real SMTP on a socket, keeps what it gets, refuses on demand."""

import asyncio
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass
class MailServer:
    """Takes mail. `refuse`: the answer to a command (such as RCPT) instead of yes."""

    mails: list[EmailMessage] = field(default_factory=list)
    refuse: dict[str, str] = field(default_factory=dict)
    port: int = 0

    async def __aenter__(self) -> "MailServer":
        self._server = await asyncio.start_server(self._talk, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        await self._server.wait_closed()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async def answer(text: str) -> None:
            writer.write(text.encode() + b"\r\n")
            await writer.drain()

        await answer("220 mail.example.org")
        while line := (await reader.readline()).decode().strip():
            command = line.partition(" ")[0].upper()
            if command in self.refuse:
                await answer(self.refuse[command])
            elif command == "EHLO":
                await answer("250-mail.example.org\r\n250 AUTH PLAIN LOGIN")
            elif command == "AUTH":
                await answer("235 welcome")
            elif command == "DATA":
                await answer("354 go on")
                raw = await reader.readuntil(b"\r\n.\r\n")
                self.mails.append(message_from_bytes(raw[:-5], policy=policy.default))
                await answer("250 taken")
            elif command == "QUIT":
                await answer("221 bye")
                break
            else:
                await answer("250 ok")
        writer.close()
