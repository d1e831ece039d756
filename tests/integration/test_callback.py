"""A partner's word back: signed, once, about its own requests, and never an error of ours."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import func, select

from actions.services import Services
from bot.handoff.model import OUTCOMES, Move
from bot.handoff.signing import SIGNATURE_HEADER, TIMESTAMP_HEADER, WINDOW_SECONDS, sign
from bot.settings import Settings
from bot.storage import conversations, handoffs
from bot.storage.database import Database
from bot.storage.handoff_tables import HandoffRow, PartnerCallback, PartnerSetting
from connectors.partners import callback
from connectors.web.app import web_app
from connectors.web.state import Planner
from tests.conftest import ROOT
from tests.integration.deliveries import START, Post, post_office
from tests.partner import Partner

PARTNER_DOCS = (ROOT / "docs" / "partner.md").read_text("utf-8")
KEY, NEXT = "partner-key-for-tests", "the-next-key"


@dataclass
class Desk:
    """Where callbacks arrive, with the outbox that sent the requests."""

    post: Post
    client: TestClient

    async def call(
        self, data: Any, *, key: str = KEY, partner: str = "partner", age: int = 0, **headers: str
    ) -> tuple[int, dict[str, Any]]:
        """Send a signed callback; give the status and the JSON of the answer."""
        body = data if isinstance(data, bytes) else json.dumps(data).encode()
        signed = sign([key], int(self.post.now.timestamp()) - age, body) | headers
        answer = await self.client.post(f"/partners/{partner}/status", data=body, headers=signed)
        given = json.loads(await answer.text())
        if answer.status >= 400:
            assert answer.content_type == "application/problem+json"
            assert given["status"] == answer.status
            assert given["title"]
        return answer.status, given


@pytest.fixture
async def desk(
    database: Database, settings: Settings, services: Services
) -> AsyncIterator[Desk]:
    """Give a desk with two partners; `partner` is rotating its keys."""
    async with post_office(database, settings, Partner(), Partner()) as post:
        async with database.transaction() as session:
            (await session.get(PartnerSetting, "partner")).next_key = NEXT
        planner = Planner(services.plan, services.texts.plan.words)
        app = web_app(None, settings, services.labels, planner)
        app[callback.DATABASE] = database
        app[callback.CLOCK] = post.clock
        app.add_routes(callback.routes)
        async with TestClient(TestServer(app)) as client:
            yield Desk(post, client)


async def delivered(desk: Desk, partner: str = "partner") -> HandoffRow:
    """Give a request that the partner has."""
    request = await desk.post.request(partner)
    await desk.post.worker.deliver_due()
    return request


async def test_a_request_is_acknowledged_and_then_closed_with_an_outcome(desk: Desk):
    request = await delivered(desk)
    word = {"id": "1", "reference": request.reference, "status": "acknowledged"}
    assert await desk.call(word) == (
        200,
        {"reference": request.reference, "status": "acknowledged"},
    )
    last = {**word, "id": "2", "status": "closed", "outcome": "started_learning"}
    assert (await desk.call(last, key=NEXT))[0] == 200
    stored = await desk.post.handoff(request.id)
    assert (stored.status, stored.outcome) == ("closed", "started_learning")


async def test_the_person_reads_that_a_partner_finished_or_declined(desk: Desk):
    for number, (outcome, told) in enumerate(
        [("started_learning", "is nu klaar"), ("declined", "kan je hier niet mee helpen")]
    ):
        request = await delivered(desk)
        word = {"id": f"told{number}", "reference": request.reference, "status": "acknowledged"}
        await desk.call(word)
        async with desk.post.database.transaction() as session:
            assert await conversations.read(session, request.conversation_id) == ()
        await desk.call({**word, "id": f"end{number}", "status": "closed", "outcome": outcome})
        async with desk.post.database.transaction() as session:
            (last,) = await conversations.read(session, request.conversation_id)
        assert told in last.text and request.reference in last.text


async def test_every_outcome_of_the_documentation_is_taken_and_none_is_needed(desk: Desk):
    (line,) = [one for one in PARTNER_DOCS.splitlines() if one.startswith("| `outcome` |")]
    documented = re.findall(r"`(\w+)`", line)[2:]
    assert documented == list(OUTCOMES)
    for number, outcome in enumerate([*documented, None]):
        request = await delivered(desk)
        word = {"id": str(number), "reference": request.reference, "status": "closed"}
        assert (await desk.call(word | {"outcome": outcome}))[0] == 200
        assert (await desk.post.handoff(request.id)).outcome == (outcome or "closed")


async def test_a_word_counts_once_also_when_it_comes_ten_times_at_once(desk: Desk):
    request = await delivered(desk)
    word = {"id": "once", "reference": request.reference, "status": "acknowledged"}
    answers = await asyncio.gather(*(desk.call(word) for _ in range(10)))
    assert sorted(status for status, _ in answers) == [200] + [409] * 9
    async with desk.post.database.transaction() as session:
        assert await session.scalar(select(func.count()).select_from(PartnerCallback)) == 1


async def test_a_word_and_a_counsellor_at_the_same_moment_are_both_heard(desk: Desk):
    for number in range(6):
        request = await delivered(desk)
        word = {"id": str(number), "reference": request.reference, "status": "acknowledged"}

        async def claim(handoff_id: str = request.id) -> None:
            async with desk.post.database.transaction() as session:
                row = await handoffs.load(session, handoff_id)
                await handoffs.move(session, row, Move.CLAIM, "anna", desk.post.now)

        (status, _), claimed = await asyncio.gather(
            desk.call(word), claim(), return_exceptions=True
        )
        assert status == 200
        wanted = "acknowledged" if claimed else "claimed"
        assert (await desk.post.handoff(request.id)).status == wanted


async def test_who_is_not_who_it_says_gets_nothing(desk: Desk):
    request = await delivered(desk)
    word = {"id": "1", "reference": request.reference, "status": "closed"}
    assert (await desk.call(word, key="wrong"))[0] == 401
    assert (await desk.call(word, age=WINDOW_SECONDS + 1))[0] == 401
    assert (await desk.call(word, age=-WINDOW_SECONDS - 1))[0] == 401
    assert (await desk.call(word, partner="nobody"))[0] == 401
    assert (await desk.call(word, **{SIGNATURE_HEADER: ""}))[0] == 401
    assert (await desk.call(word, **{SIGNATURE_HEADER: "v1=\udcff"}))[0] == 401
    assert (await desk.call(word, **{TIMESTAMP_HEADER: "soon"}))[0] == 401
    # Another partner of ours, with its own right key, about a request it never got.
    async with desk.post.database.transaction() as session:
        (await session.get(PartnerSetting, "other")).key = "key-of-the-other"
    assert (await desk.call(word, partner="other", key="key-of-the-other"))[0] == 404
    assert (await desk.post.handoff(request.id)).status == "delivered"
    async with desk.post.database.transaction() as session:
        assert await session.scalar(select(func.count()).select_from(PartnerCallback)) == 0


async def test_the_same_word_later_with_a_new_signature_is_still_the_same_word(desk: Desk):
    request = await delivered(desk)
    word = {"id": "1", "reference": request.reference, "status": "acknowledged"}
    assert (await desk.call(word))[0] == 200
    desk.post.passes(days=1)
    assert (await desk.call(word))[0] == 409


async def test_a_move_that_does_not_fit_is_refused_and_its_id_may_be_used_again(desk: Desk):
    request = await desk.post.request()
    word = {"id": "1", "reference": request.reference, "status": "closed"}
    assert (await desk.call(word))[0] == 409
    await desk.post.worker.deliver_due()
    assert (await desk.call(word))[0] == 200
    again = {**word, "id": "2", "status": "acknowledged"}
    assert (await desk.call(again))[0] == 409


async def test_what_is_no_callback_is_refused_in_words(desk: Desk):
    request = await delivered(desk)
    good = {"id": "1", "reference": request.reference, "status": "acknowledged"}
    bad: list[Any] = [
        b"", b"no json", b"[]", b'"x"', b"{" * 50_000, {}, {**good, "id": 7}, {**good, "id": ""},
        {**good, "id": "x" * 81}, {**good, "id": "a\x00b"}, {**good, "id": "\ud800"},
        {**good, "status": "returned"}, {**good, "status": ["acknowledged"]},
        {**good, "status": "a\x00b"}, {**good, "reference": None}, {**good, "reference": "\x00"},
        {**good, "outcome": {}}, {**good, "status": "closed", "outcome": "hired"},
        {**good, "status": "closed", "outcome": ""}, {**good, "outcome": "OTHER"},
    ]  # fmt: skip
    for data in bad:
        assert (await desk.call(data))[0] == 400, data
    status, problem = await desk.call({**good, "reference": "ZS-NOBODY"})
    assert (status, "aanvraag" in problem["title"]) == (404, True)
    assert (await desk.call(b"x" * 70_000))[0] == 413
    assert (await desk.post.handoff(request.id)).status == "delivered"
    assert desk.post.now == START
