"""Sends a delivery as an e-mail with a link, and nothing about the person."""

import asyncio
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import unquote, urlsplit

import aiosmtplib
import jinja2

from bot.errors import DeliveryError
from bot.handoff.ports import Delivery, Receipt
from bot.settings import Settings

PERMANENT = 500
TOTAL_SECONDS = 30
SUBJECT = "Onderwerp: "
TEMPLATES = {
    "withdrawal": "mail_withdrawn.txt",
    "digest": "mail_digest.txt",
    "test": "mail_test.txt",
}
"""The template of each kind of delivery that is not a new request."""


class EmailSender:
    """The port `bot.handoff.ports.Sender` over SMTP (`SMTP_URL`, smtp:// or smtps://)."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._templates = jinja2.Environment(
            loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
            autoescape=False,  # plain text
        )

    def message(self, delivery: Delivery) -> EmailMessage:
        """Give the mail; the template's first line is its subject."""
        text = self._templates.get_template(TEMPLATES.get(delivery.kind, "mail.txt")).render(
            **delivery.body, public_url=self._settings.public_url
        )
        subject, _, body = text.partition("\n\n")
        mail = EmailMessage()
        mail["Subject"] = subject.removeprefix(SUBJECT).strip()
        mail["From"] = self._settings.mail_from
        mail["To"] = delivery.email or ""
        mail["Message-ID"] = f"<{delivery.id}@zijstap>"
        mail.set_content(body)
        return mail

    async def send(self, delivery: Delivery) -> Receipt:
        """Send it."""
        if not self._settings.smtp_url:
            raise DeliveryError("no SMTP_URL")
        try:
            async with asyncio.timeout(TOTAL_SECONDS):
                await self._submit(self.message(delivery))
        except (aiosmtplib.SMTPRecipientsRefused, aiosmtplib.SMTPResponseException) as error:
            code = _code(error)
            # Wrong credentials are our own mistake, and may be put right.
            ours = isinstance(error, aiosmtplib.SMTPAuthenticationError)
            raise DeliveryError(f"SMTP {code}", final=code >= PERMANENT and not ours) from error
        except (aiosmtplib.SMTPException, OSError) as error:
            raise DeliveryError(type(error).__name__) from error
        return Receipt(None)

    async def _submit(self, mail: EmailMessage) -> None:
        url = urlsplit(self._settings.smtp_url or "")
        await aiosmtplib.send(
            mail,
            hostname=url.hostname,
            port=url.port,
            username=unquote(url.username) if url.username else None,
            password=unquote(url.password) if url.password else None,
            use_tls=url.scheme == "smtps",
            timeout=10,
        )


def _code(error: aiosmtplib.SMTPException) -> int:
    """Give the code of an answer; there is one recipient, so one of those."""
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused):
        return error.recipients[0].code
    return int(getattr(error, "code", 0))
