"""Sends a delivery as an e-mail with a link, and nothing about the person."""

from email.message import EmailMessage
from pathlib import Path
from urllib.parse import unquote, urlsplit

import aiosmtplib
import jinja2

from bot.errors import DeliveryError
from bot.handoff.ports import Delivery, Receipt
from bot.settings import Settings

PERMANENT = 500
SUBJECT = "Onderwerp: "


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
        name = "mail_withdrawn.txt" if delivery.kind == "withdrawal" else "mail.txt"
        text = self._templates.get_template(name).render(
            reference=delivery.body["reference"], public_url=self._settings.public_url
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
        url = urlsplit(self._settings.smtp_url)
        try:
            await aiosmtplib.send(
                self.message(delivery),
                hostname=url.hostname,
                port=url.port,
                username=unquote(url.username) if url.username else None,
                password=unquote(url.password) if url.password else None,
                use_tls=url.scheme == "smtps",
                timeout=10,
            )
        except aiosmtplib.SMTPResponseException as error:
            final = error.code >= PERMANENT
            raise DeliveryError(f"SMTP {error.code}", final=final) from error
        except (aiosmtplib.SMTPException, OSError) as error:
            raise DeliveryError(type(error).__name__) from error
        return Receipt(None)
