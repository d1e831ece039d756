"""A request in the hands of counsellors: taken up, put in order, finished."""

import asyncio
import re
from datetime import timedelta

import pytest
from aiohttp.test_utils import TestClient
from sqlalchemy import select

from bot.handoff.model import Move
from bot.storage import handoffs
from bot.storage.handoff_tables import HandoffEvent, HandoffRow
from tests.integration.console.stage import (
    Stage,
    approve,
    html,
    page_of,
    reachable,
    taken_up,
)


async def test_of_two_at_the_same_moment_one_gets_it_and_the_other_reads_who(stage: Stage):
    browsers = [await stage.counsellor(name) for name in ("anna", "bram", "chris")]
    for _ in range(5):
        reference = await stage.handoff()
        answers = await asyncio.gather(
            *(browser.post(page_of(reference, "claim")) for browser in browsers)
        )
        statuses = sorted(answer.status for answer in answers)
        assert statuses == [200, 409, 409]
        owner = (await stage.row(reference)).owner_id
        pages = [await answer.text() for answer in answers]
        names = {re.search(r"opgepakt door (\w+)", page, re.IGNORECASE)[1] for page in pages}
        assert len(names) == 1
        async with stage.database.transaction() as session:
            events = await session.scalars(
                select(HandoffEvent.actor).where(HandoffEvent.what == "claim")
            )
            assert list(events)[-1] == owner


async def test_claiming_again_what_is_yours_changes_nothing(stage: Stage, anna: TestClient):
    reference = await taken_up(stage, anna)
    before = await stage.row(reference)
    await html(await anna.post(page_of(reference, "claim")))
    assert (await stage.row(reference)).version == before.version


async def test_what_was_done_is_said_once_and_not_in_the_address(stage: Stage, anna: TestClient):
    reference = await stage.handoff()
    answer = await anna.post(page_of(reference, "claim"))
    assert answer.url.path_qs == page_of(reference)
    assert "De aanvraag is nu van jou." in await html(answer)
    # WHEN the page fetches by itself, or is loaded again
    answer = await anna.post(page_of(reference, "los"), allow_redirects=False)
    assert answer.headers["Location"] == page_of(reference)
    poll = await anna.get(page_of(reference, "gesprek"), headers={"HX-Request": "true"})
    assert "weer in de inbox" not in await html(poll)
    assert "weer in de inbox" in await html(await anna.get(page_of(reference)))
    assert "weer in de inbox" not in await html(await anna.get(page_of(reference)))


@pytest.mark.parametrize(
    ("outcome", "told", "again"),
    [
        ("found_work", "is nu klaar", True),
        ("not_reached", "niet om je te bereiken", True),
        ("declined", "kan je hier niet mee helpen", False),
    ],
)
async def test_the_person_reads_that_a_request_is_finished(
    stage: Stage, anna: TestClient, outcome: str, told: str, again: bool
):
    reference = await taken_up(stage, anna)
    await html(await anna.post(page_of(reference, "sluiten"), data={"outcome": outcome}))
    last = (await stage.read(reference))[-1]
    assert last.sender == "system"
    assert told in last.text and reference in last.text
    assert ("/request_human" in [button.payload for button in last.buttons]) is again
    assert "/want_switch" in [button.payload for button in last.buttons]


async def test_a_request_is_closed_even_when_the_process_ends_while_the_bot_goes_on(
    stage: Stage, anna: TestClient, monkeypatch: pytest.MonkeyPatch
):
    reference = await taken_up(stage, anna)
    await anna.post(page_of(reference, "antwoord"), data={"text": "Hoi!"})

    async def dies(*_: object, **__: object) -> None:
        raise RuntimeError("the process ended here")

    monkeypatch.setattr("bot.console.claiming.left", dies)
    form = {"outcome": "advice_given", "accepted": "yes"}
    assert (await anna.post(page_of(reference, "sluiten"), data=form)).status == 500
    row = await stage.row(reference)
    assert (row.status, row.accepted) == ("closed", "yes")


async def test_what_is_not_for_us_can_be_declined_and_does_not_go_out(
    stage: Stage, anna: TestClient
):
    await reachable(stage)
    reference = await taken_up(stage, anna)
    await approve(anna, reference)
    page = await html(await anna.get(page_of(reference)))
    assert "Sluit: niet voor ons" in page
    page = await html(await anna.post(page_of(reference, "sluiten"), data={"outcome": "declined"}))
    assert "Niet voor ons op" in page and "Gestopt: niet voor ons." in page
    await stage.outbox.deliver_due()
    assert stage.partner.received == []
    row = await stage.row(reference)
    assert (row.status, row.outcome) == ("closed", "declined")


async def test_a_finished_request_cannot_be_acted_on(stage: Stage, anna: TestClient):
    reference = await taken_up(stage, anna)
    tomorrow = str((stage.clock() + timedelta(days=1)).date())
    await html(await anna.post(page_of(reference, "ordenen"), data={"snooze": tomorrow}))
    form = {"outcome": "found_work", "accepted": "yes"}
    page = await html(await anna.post(page_of(reference, "sluiten"), data=form))
    assert "Werk gevonden" in page
    assert "Advies gevolgd: ja" in page
    assert (await stage.row(reference)).snoozed_until is None
    for action in ("antwoord", "los", "sluiten", "goedkeuren", "claim", "met-de-hand"):
        await html(await anna.post(page_of(reference, action), data={"text": "hoi"}), 409)


async def test_what_the_person_withdrew_is_shown_and_is_nobodys_work(
    stage: Stage, anna: TestClient
):
    reference = await taken_up(stage, anna)
    async with stage.database.transaction() as session:
        row = await session.scalar(select(HandoffRow).where(HandoffRow.reference == reference))
        assert row is not None
        await handoffs.move(session, row, Move.WITHDRAW, "person", stage.clock())
    page = await html(await anna.get(page_of(reference)))
    assert "Ingetrokken" in page
    assert "persoon zelf" in page
    assert "worden gewist op" in page
    assert "Pak op</button>" not in page
    assert not await _has(anna, "inbox?tab=mijn", reference)
    assert await _has(anna, "inbox?tab=afgerond", reference)


async def test_priority_labels_and_rest(stage: Stage, anna: TestClient):
    reference = await stage.handoff()
    tomorrow = (stage.clock() + timedelta(days=1)).date()
    form = {"priority": "hoog", "labels": " bellen, #haast,bellen ,", "snooze": str(tomorrow)}
    await html(await anna.post(page_of(reference, "ordenen"), data=form))
    row = await stage.row(reference)
    assert (row.priority, row.labels, row.snoozed_until) == ("hoog", ["bellen", "haast"], tomorrow)
    assert await _has(anna, "inbox", reference) is False
    assert await _has(anna, "inbox?tab=rust", reference)
    stage.clock.pass_by(days=1)
    await stage.logs_in(await stage.account("second"), anna)
    assert await _has(anna, "inbox?prioriteit=hoog&label=haast", reference)
    assert not await _has(anna, "inbox?prioriteit=laag", reference)
    assert not await _has(anna, "inbox?label=anders", reference)


async def test_a_note_is_for_colleagues(stage: Stage, anna: TestClient):
    reference = await stage.handoff()
    page = await html(
        await anna.post(page_of(reference, "notitie"), data={"text": "Bel na 5 uur"})
    )
    assert "Bel na 5 uur" in page
    assert "notitie gemaakt" in page
    assert all(message.text != "Bel na 5 uur" for message in await stage.read(reference))


async def _has(browser: TestClient, address: str, reference: str) -> bool:
    return reference in await html(await browser.get(f"/console/{address}"))
