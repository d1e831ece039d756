"""Chooses how a delivery goes out: a partner's webhook, or e-mail."""

from bot.clock import Clock
from bot.errors import DeliveryError
from bot.handoff.ports import Delivery, Receipt
from bot.settings import Settings
from connectors.partners.email import EmailSender
from connectors.partners.webhook import WebhookSender, body_of


class PartnerSender:
    """The port `bot.handoff.ports.Sender`."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._webhook = WebhookSender(clock, allow_private=settings.allow_private_partners)
        self._email = EmailSender(settings)

    async def send(self, delivery: Delivery) -> Receipt:
        """Send by webhook when there is an address for it, else by mail."""
        if delivery.kind != "mail" and delivery.endpoint:
            return await self._webhook.send(delivery)
        if delivery.email:
            return await self._email.send(delivery)
        raise DeliveryError("partner has no address")

    def check(self, endpoint: str) -> None:
        """Refuse an address that nothing may be sent to.

        Raises:
            DeliveryError: it is not https, or it points inside.
        """
        self._webhook.check(endpoint)

    def preview(self, delivery: Delivery) -> str:
        """Give exactly the text that `send` would send."""
        if delivery.kind != "mail" and delivery.endpoint:
            return body_of(delivery).decode()
        return self._email.message(delivery).get_content()

    async def close(self) -> None:
        """Close the connections."""
        await self._webhook.close()
