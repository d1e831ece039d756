"""The main job over HTTP: chat, advice, consent, signed delivery, counsellor, live answer."""

import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.handoff.outbox import OutboxWorker
from bot.handoff.signing import SIGNATURE_HEADER, TIMESTAMP_HEADER, is_valid, sign
from bot.server import Running, application
from bot.settings import Settings
from bot.storage.handoff_tables import PartnerSetting
from bot.storage.outbox import StoredOutbox
from connectors.partners.sender import PartnerSender
from tests.accounts import login_form, make_account
from tests.integration.test_turn import BACKGROUND
from tests.partner import Partner

WEST_BRABANT = "werkcentrum_am25"


@dataclass
class Stage:
    """A running service, a partner, and hands to work them."""

    parts: Running
    settings: Settings
    server: TestServer
    partner: Partner
    outbox: OutboxWorker
    browsers: list[TestClient] = field(default_factory=list)

    def browser(self) -> TestClient:
        """Give a browser with its own cookies."""
        self.browsers.append(TestClient(self.server))
        return self.browsers[-1]

    async def counsellor(
        self, name: str, *, role: str = "counsellor", region: str = "AM25"
    ) -> Any:
        """Make an account and give a browser that is logged in."""
        now = self.parts.services.clock()
        account = await make_account(
            self.parts.database, name, now, role=role, regions=(region,)
        )
        browser = self.browser()
        answer = await browser.post("/console/inloggen", data=login_form(account, now))
        assert "Inbox" in await answer.text()
        return browser


@pytest.fixture
async def stage(parts: Running, settings: Settings) -> AsyncIterator[Stage]:
    """Give the service with a partner for West-Brabant that takes deliveries."""
    partner = Partner()
    sender = PartnerSender(settings, parts.services.clock)
    async with partner.server() as there, TestServer(application(parts, settings)) as server:
        async with parts.database.transaction() as session:
            session.add(
                PartnerSetting(
                    partner_id=WEST_BRABANT,
                    endpoint=str(there.make_url("/aanvragen")),
                    key=partner.key,
                )
            )
        outbox = OutboxWorker(StoredOutbox(parts.database), sender, parts.services.clock)
        stage = Stage(parts, settings, server, partner, outbox)
        yield stage
        for browser in stage.browsers:
            await browser.close()
        await sender.close()


class Person:
    """Someone in the web chat."""

    def __init__(self, browser: TestClient, started: dict[str, Any]) -> None:
        self._browser = browser
        self.id = started["id"]
        self._headers = {"Authorization": f"Bearer {started['token']}"}

    @classmethod
    async def arrives(cls, stage: Stage) -> "Person":
        browser = stage.browser()
        answer = await browser.post("/api/conversations")
        assert answer.status == 201
        return cls(browser, await answer.json())

    async def taps(self, *payloads: str) -> list[dict[str, Any]]:
        said: list[dict[str, Any]] = []
        for payload in payloads:
            said = await self.says("", payload=payload)
        return said

    async def says(self, text: str, **more: str) -> list[dict[str, Any]]:
        answer = await self._browser.post(
            f"/api/conversations/{self.id}/messages",
            json={"text": text, **more},
            headers=self._headers,
        )
        assert answer.status == 200, await answer.text()
        return (await answer.json())["messages"]

    async def reads(self) -> list[dict[str, Any]]:
        answer = await self._browser.get(
            f"/api/conversations/{self.id}/messages", headers=self._headers
        )
        return (await answer.json())["messages"]

    async def asks_for_help(self) -> str:
        """Go through the questions, agree to share, and give the reference."""
        await self.taps('/inform{"place":"Breda"}', "/request_human")
        (done,) = await self.taps("/affirm")
        return re.search(r"ZS-\w+", done["text"])[0]


async def test_a_person_is_advised_handed_over_and_answered_by_a_counsellor(stage: Stage):
    person = await Person.arrives(stage)
    advice = await person.taps(*BACKGROUND, "/affirm")
    cards = [card for message in advice for card in message["cards"]]
    assert len(cards) >= 3
    assert all(card["sources"] for card in cards)
    reference = await person.asks_for_help()

    # THEN the partner has it once, signed, with what was agreed
    await stage.outbox.deliver_due()
    (body,) = stage.partner.received
    assert body["reference"] == reference
    assert body["profile"]["place"] == "Breda"
    headers = stage.partner.headers[0]
    timestamp = headers[TIMESTAMP_HEADER]
    assert is_valid(
        [stage.partner.key],
        timestamp,
        headers[SIGNATURE_HEADER],
        stage.partner.bodies[0],
        float(timestamp),
    )
    assert headers["Idempotency-Key"]
    assert await stage.outbox.deliver_due() == 0

    # AND a counsellor of the region sees it, claims it and answers
    counsellor = await stage.counsellor("anna")
    assert reference in await (await counsellor.get("/console/inbox")).text()
    page = f"/console/aanvraag/{reference}"
    claimed = await counsellor.post(f"{page}/claim")
    assert "Opgepakt door Anna" in await claimed.text()
    await counsellor.post(f"{page}/antwoord", data={"text": "Bel je morgen om 10 uur?"})
    last = (await person.reads())[-1]
    assert (last["sender"], last["text"]) == ("counsellor", "Bel je morgen om 10 uur?")

    # AND the bot keeps silent until the conversation is given back
    assert await person.says("Ja, dat is goed") == []
    assert "Ja, dat is goed" in await (await counsellor.get(f"{page}/gesprek")).text()
    await counsellor.post(f"{page}/teruggeven")
    assert (await person.taps("/help"))[0]["sender"] == "bot"


async def test_a_withdrawal_reaches_the_partner(stage: Stage):
    person = await Person.arrives(stage)
    reference = await person.asks_for_help()
    await stage.outbox.deliver_due()
    await person.taps("/withdraw_handoff")
    await stage.outbox.deliver_due()
    assert [item["type"] for item in stage.partner.received] == ["handoff", "withdrawal"]
    assert stage.partner.received[1] == {
        "version": "1",
        "type": "withdrawal",
        "reference": reference,
    }


async def test_a_telephone_number_given_afterwards_goes_to_who_has_the_request(stage: Stage):
    person = await Person.arrives(stage)
    reference = await person.asks_for_help()
    await stage.outbox.deliver_due()

    (asked,) = await person.says("bel me op 06 12345678, ik heet Ria")
    assert "06 12345678" in asked["text"]
    await stage.outbox.deliver_due()
    assert len(stage.partner.received) == 1

    await person.taps("/affirm")
    await stage.outbox.deliver_due()
    first, second = stage.partner.received
    assert first["contact"]["by"] == "chat"
    assert second["reference"] == reference
    assert second["contact"] == {"name": "Ria", "by": "06 12345678"}
    assert second["consent"]["text"].startswith(first["consent"]["text"])
    assert asked["text"] in second["consent"]["text"]
    assert len({headers["Idempotency-Key"] for headers in stage.partner.headers}) == 2

    # AND a no leaves the request as it was
    await person.says("nee wacht, doe maar ria@huis.nl")
    await person.taps("/deny")
    await stage.outbox.deliver_due()
    assert len(stage.partner.received) == 2
    assert all("ria@huis.nl" not in message["text"] for message in await person.reads())


async def test_erasing_before_delivery_sends_nothing(stage: Stage):
    person = await Person.arrives(stage)
    await person.asks_for_help()
    await person.taps("/delete_data", "/affirm")
    await stage.outbox.deliver_due()
    assert stage.partner.received == []


async def test_two_counsellors_at_once_give_one_owner_and_a_clear_page(stage: Stage):
    person = await Person.arrives(stage)
    reference = await person.asks_for_help()
    anna, bram = await stage.counsellor("anna"), await stage.counsellor("bram")
    answers = [
        await browser.post(f"/console/aanvraag/{reference}/claim") for browser in (anna, bram)
    ]
    assert [answer.status for answer in answers] == [200, 409]
    assert "al opgepakt door Anna" in await answers[1].text()
    refused = await bram.post(f"/console/aanvraag/{reference}/antwoord", data={"text": "hoi"})
    assert refused.status == 409


async def test_a_counsellor_of_another_region_sees_nothing_of_it(stage: Stage):
    person = await Person.arrives(stage)
    reference = await person.asks_for_help()
    other = await stage.counsellor("chris", region="AM01")
    assert reference not in await (await other.get("/console/inbox?tab=alles")).text()
    for path in ("", "/gesprek"):
        assert (await other.get(f"/console/aanvraag/{reference}{path}")).status == 404
    for action in ("claim", "los", "antwoord", "goedkeuren", "sluiten", "notitie", "profiel"):
        answer = await other.post(f"/console/aanvraag/{reference}/{action}", data={"text": "x"})
        assert answer.status == 404, action


async def test_nobody_gets_into_the_console_without_logging_in(stage: Stage):
    browser = stage.browser()
    for path in ("/console/inbox", "/console/rapport", "/console/beheer/accounts"):
        answer = await browser.get(path, allow_redirects=False)
        assert answer.status == 303
        assert answer.headers["Location"].startswith("/console/inloggen")


async def test_every_page_of_the_console_opens_for_an_admin(stage: Stage):
    person = await Person.arrives(stage)
    reference = await person.asks_for_help()
    admin = await stage.counsellor("admin", role="admin")
    pages = (
        "inbox", "inbox?tab=alles&zoek=ZS", f"aanvraag/{reference}", "rapport", "rapport.csv",
        "beheer/accounts", "beheer/partners", "beheer/antwoorden", "niet-begrepen.yml",
    )  # fmt: skip
    for page in pages:
        answer = await admin.get(f"/console/{page}")
        assert answer.status == 200, (page, await answer.text())


async def test_a_corrected_profile_gives_new_advice_beside_the_old(stage: Stage):
    person = await Person.arrives(stage)
    reference = await person.asks_for_help()
    anna = await stage.counsellor("anna")
    page = f"/console/aanvraag/{reference}"
    await anna.post(f"{page}/claim")
    form = {"occupation": "kassamedewerker", "education": "mbo2", "place": "Breda", "hours": "24"}
    preview = await anna.post(f"{page}/profiel", data=form)
    assert "Advies met het verbeterde profiel" in await preview.text()
    await anna.post(f"{page}/profiel", data=form | {"save": "1"})
    assert "profiel verbeterd" in await (await anna.get(page)).text()


async def test_a_partner_says_that_it_has_the_request_and_cannot_say_it_twice(stage: Stage):
    person = await Person.arrives(stage)
    reference = await person.asks_for_help()
    await stage.outbox.deliver_due()
    body = json.dumps({"id": "cb-1", "reference": reference, "status": "acknowledged"}).encode()
    now = int(stage.parts.services.clock().timestamp())
    browser = stage.browser()

    async def call(body: bytes, key: str, timestamp: int) -> int:
        headers = sign([key], timestamp, body)
        answer = await browser.post(f"/partners/{WEST_BRABANT}/status", data=body, headers=headers)
        return answer.status

    assert await call(body, "wrong key", now) == 401
    assert await call(body, stage.partner.key, now - 301) == 401
    assert await call(body, stage.partner.key, now) == 200
    assert await call(body, stage.partner.key, now) == 409
    (said,) = await person.taps("/ask_handoff_status")
    assert "ontvangen" in said["text"]
