"""What goes out to the partner: what was shown, once, and every try."""

import asyncio
import json

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.handoff.signing import SIGNATURE_HEADER, TIMESTAMP_HEADER, is_valid
from bot.storage import handoffs
from bot.storage.handoff_tables import OutboxRow
from tests.integration.console.stage import (
    Stage,
    approve,
    html,
    page_of,
    reachable,
    shown,
    taken_up,
)


async def test_what_the_partner_receives_is_what_was_shown(stage: Stage, anna: TestClient):
    await reachable(stage)
    reference = await taken_up(stage, anna, contact_name="Roos", contact="0612345678")
    await anna.post(page_of(reference, "notitie"), data={"text": "geheime notitie"})
    await stage.says(reference, "Wat ik later zei")
    text = await approve(anna, reference)
    assert "Roos" in text
    assert "geheime notitie" not in text
    assert "Wat ik later zei" not in text
    await stage.outbox.deliver_due()
    (body,) = stage.partner.received
    assert body == json.loads(text)
    headers = stage.partner.headers[0]
    stamp = headers[TIMESTAMP_HEADER]
    signed = headers[SIGNATURE_HEADER]
    assert is_valid([stage.partner.key], stamp, signed, stage.partner.bodies[0], float(stamp))
    page = await html(await anna.get(page_of(reference)))
    assert "Gelukt (HTTP 200)" in page


WORDS = st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=60)


async def test_whatever_is_in_it_the_delivery_equals_the_preview(stage: Stage):
    await reachable(stage)
    anna = await stage.counsellor("anna")
    loop = asyncio.get_running_loop()

    async def once(name: str, contact: str, said: list[str], place: str) -> None:
        profile = {"occupation": "kok", "place": place}
        reference = await taken_up(
            stage, anna, contact_name=name, contact=contact, said=said, profile=profile
        )
        text = await approve(anna, reference)
        before = len(stage.partner.received)
        await stage.outbox.deliver_due()
        (body,) = stage.partner.received[before:]
        assert body == json.loads(text)
        assert [item["text"] for item in body["transcript"]] == said
        assert body["contact"] == {"name": name, "by": contact}

    @hypothesis_settings(
        max_examples=12,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    )
    @given(WORDS, WORDS, st.lists(WORDS, min_size=1, max_size=4), WORDS)
    def every(name: str, contact: str, said: list[str], place: str) -> None:
        asyncio.run_coroutine_threadsafe(once(name, contact, said, place), loop).result(60)

    await asyncio.to_thread(every)


async def test_what_changed_after_the_look_is_not_sent(stage: Stage, anna: TestClient):
    await reachable(stage)
    reference = await taken_up(stage, anna)
    _, form = await shown(anna, reference)
    corrected = {"occupation": "Kok", "place": "Breda", "save": "1"}
    await html(await anna.post(page_of(reference, "profiel"), data=corrected))
    page = await html(await anna.post(page_of(reference, "goedkeuren"), data=form), 409)
    assert "Er is niets verstuurd" in page
    await stage.outbox.deliver_due()
    assert stage.partner.received == []
    await approve(anna, reference)
    await stage.outbox.deliver_due()
    assert stage.partner.received[0]["profile"]["occupation"] == "kok"


async def test_what_was_approved_is_not_corrected_any_more(stage: Stage, anna: TestClient):
    await reachable(stage)
    reference = await taken_up(stage, anna)
    await approve(anna, reference)
    await html(await anna.get(page_of(reference, "profiel")), 409)
    await html(await anna.post(page_of(reference, "profiel"), data={"save": "1"}), 409)


async def test_approving_twice_sends_once(stage: Stage, anna: TestClient):
    await reachable(stage)
    reference = await taken_up(stage, anna)
    _, form = await shown(anna, reference)
    address = page_of(reference, "goedkeuren")
    answers = await asyncio.gather(*(anna.post(address, data=form) for _ in range(3)))
    assert sorted(answer.status for answer in answers) == [200, 409, 409]
    await stage.outbox.deliver_due()
    await stage.outbox.deliver_due()
    assert len(stage.partner.received) == 1


async def test_every_try_is_shown_and_a_stopped_delivery_goes_out_again(
    stage: Stage, anna: TestClient
):
    await reachable(stage)
    reference = await taken_up(stage, anna)
    stage.partner.answers = [web.Response(status=503), web.Response(status=422)]
    await approve(anna, reference)
    await stage.outbox.deliver_due()
    page = await html(await anna.get(page_of(reference)))
    assert "Fout: HTTP 503" in page
    assert "Volgende poging:" in page
    stage.clock.pass_by(minutes=20)
    await stage.outbox.deliver_due()
    page = await html(await anna.get(page_of(reference)))
    assert "Fout: HTTP 422" in page
    assert "gestopt" in page
    assert (await stage.row(reference)).status == "failed"
    inbox = await html(await anna.get("/console/inbox?tab=mislukt"))
    assert reference in inbox
    await html(await anna.post(page_of(reference, "opnieuw")))
    await stage.outbox.deliver_due()
    assert (await stage.row(reference)).status == "delivered"
    keys = {headers["Idempotency-Key"] for headers in stage.partner.headers}
    assert len(keys) == 1


async def test_by_mail_instead_of_the_webhook_that_fails(stage: Stage, anna: TestClient):
    await reachable(stage, email="partner@example.org")
    reference = await taken_up(stage, anna)
    stage.partner.answers = [web.Response(status=422)]
    await approve(anna, reference)
    await stage.outbox.deliver_due()
    text = await approve(anna, reference, "?weg=mail")
    assert page_of(reference) in text
    assert "Breda" not in text
    async with stage.database.transaction() as session:
        rows = (await session.scalars(select(OutboxRow).where(OutboxRow.kind == "handoff"))).all()
    ways = {row.body.get("by", "webhook"): row.state for row in rows}
    assert ways == {"webhook": "stopped", "mail": "pending"}


@pytest.mark.parametrize("by_hand", [False, True])
async def test_the_person_reads_once_that_the_partner_has_it(
    stage: Stage, anna: TestClient, by_hand: bool
):
    await reachable(stage)
    reference = await taken_up(stage, anna)
    before = len(await stage.read(reference))
    if by_hand:
        await html(await anna.post(page_of(reference, "met-de-hand")))
    else:
        await approve(anna, reference)
        assert len(await stage.read(reference)) == before, "it is not there yet"
        await stage.outbox.deliver_due()
    (told,) = (await stage.read(reference))[before:]
    assert told.sender == "system" and told.buttons == ()
    assert f"{reference} is nu bij Werkcentrum" in told.text
    # WHEN what the person changed goes to the same partner, it is told no second time
    row = await stage.row(reference)
    async with stage.database.transaction() as session:
        handoffs.enqueue(session, row, row.partner_id, "handoff", stage.clock())
    await stage.outbox.deliver_due()
    assert len(stage.partner.received) == (1 if by_hand else 2)
    assert len(await stage.read(reference)) == before + 1


async def test_what_did_not_arrive_is_not_told(stage: Stage, anna: TestClient):
    await reachable(stage)
    reference = await taken_up(stage, anna)
    await approve(anna, reference)
    before = await stage.read(reference)
    stage.partner.answers = [web.Response(status=500)]
    await stage.outbox.deliver_due()
    assert await stage.read(reference) == before


async def test_given_to_the_partner_by_hand(stage: Stage, anna: TestClient):
    await reachable(stage)
    reference = await taken_up(stage, anna)
    page = await html(await anna.post(page_of(reference, "met-de-hand")))
    assert "Zelf doorgegeven" in page
    assert (await stage.row(reference)).status == "delivered"
    await stage.outbox.deliver_due()
    assert stage.partner.received == []
    await html(await anna.post(page_of(reference, "met-de-hand")), 409)


async def test_what_failed_and_was_then_given_by_hand_is_no_dead_letter_any_more(
    stage: Stage, anna: TestClient
):
    await reachable(stage)
    reference = await taken_up(stage, anna)
    stage.partner.answers = [web.Response(status=422)]
    await approve(anna, reference)
    await stage.outbox.deliver_due()
    await html(await anna.post(page_of(reference, "met-de-hand")))
    async with stage.database.transaction() as session:
        states = await session.scalars(select(OutboxRow.state).where(OutboxRow.kind == "handoff"))
        assert sorted(states) == ["sent", "stopped"]
