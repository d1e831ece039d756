"""A request in the console, from being taken up to the partner: on SQLite and PostgreSQL."""

import asyncio
import html as entities
import json
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.handoff.signing import SIGNATURE_HEADER, TIMESTAMP_HEADER, is_valid
from bot.settings import Settings
from bot.storage.handoff_tables import HandoffEvent, OutboxRow
from bot.storage.tables import Conversation
from tests.integration.console_stage import WEST_BRABANT, Stage, html, page_of, reachable, staged

YES = "Ja, deel dit"
NATIONAL = "werkcentrum_landelijk"


@pytest.fixture
async def stage(settings: Settings) -> AsyncIterator[Stage]:
    """Give the console."""
    async with staged(settings) as opened:
        yield opened


@pytest.fixture
async def anna(stage: Stage) -> TestClient:
    """Give a counsellor of West-Brabant who is logged in."""
    return await stage.counsellor("anna")


async def taken_up(stage: Stage, anna: TestClient, **more: Any) -> str:
    """Give a request that Anna has."""
    reference = await stage.handoff(**more)
    await html(await anna.post(page_of(reference, "claim")))
    return reference


async def shown(browser: TestClient, reference: str, way: str = "") -> tuple[Any, dict[str, str]]:
    """Give the preview: what it says goes out, and the form that approves it."""
    page = await html(await browser.get(page_of(reference, "goedkeuren") + way))
    found = re.search(r'<pre[^>]*id="bericht">(.*?)</pre>', page, re.DOTALL)
    assert found, page
    names = re.findall(r'<input type="hidden" name="(stamp|weg)" value="([^"]*)">', page)
    return entities.unescape(found[1]), dict(names)


async def approve(browser: TestClient, reference: str, way: str = "") -> str:
    """Look at what goes out and approve it; gives what was shown."""
    text, form = await shown(browser, reference, way)
    await html(await browser.post(page_of(reference, "goedkeuren"), data=form))
    return str(text)


# Taking up


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


async def test_a_finished_request_cannot_be_acted_on(stage: Stage, anna: TestClient):
    reference = await taken_up(stage, anna)
    form = {"outcome": "found_work", "accepted": "yes"}
    page = await html(await anna.post(page_of(reference, "sluiten"), data=form))
    assert "Werk gevonden" in page
    assert "Advies gevolgd: ja" in page
    for action in ("antwoord", "los", "sluiten", "goedkeuren", "claim", "met-de-hand"):
        await html(await anna.post(page_of(reference, action), data={"text": "hoi"}), 409)


# What goes out


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


# Another partner


async def test_another_partner_needs_a_new_yes(stage: Stage, anna: TestClient):
    reference = await taken_up(stage, anna)
    page = await html(await anna.get(page_of(reference)))
    assert "De persoon zei alleen ja tegen Werkcentrum West-Brabant" in page
    address = page_of(reference, "toestemming")
    await html(await anna.post(address, data={"partner": NATIONAL}))
    question = (await stage.read(reference))[-1]
    assert question.sender == "counsellor"
    assert "Werkcentrum (landelijk)" in question.text
    assert "Kassamedewerker" in question.text
    assert [button.title for button in question.buttons] == [YES, "Nee, niet delen"]

    # An answer in other words is no consent.
    await stage.says(reference, "Ja hoor, prima")
    text, _ = await shown(anna, reference)
    assert json.loads(text)["consent"]["text"] == "Mag ik dit delen?"

    await anna.post(address, data={"partner": NATIONAL})
    stage.clock.pass_by(minutes=5)
    await stage.says(reference, YES)
    text = await approve(anna, reference)
    row = await stage.row(reference)
    assert row.partner_id == NATIONAL
    assert row.consent_at == stage.clock()
    assert json.loads(text)["consent"]["text"] == row.consent_text == question.text
    async with stage.database.transaction() as session:
        due = await session.scalar(select(OutboxRow).where(OutboxRow.kind == "handoff"))
        assert due is not None
        assert due.partner_id == NATIONAL


async def test_a_no_or_a_changed_profile_gives_no_other_partner(stage: Stage, anna: TestClient):
    reference = await taken_up(stage, anna)
    address = page_of(reference, "toestemming")
    await anna.post(address, data={"partner": NATIONAL})
    await stage.says(reference, "Nee, niet delen")
    await stage.says(reference, YES)
    page = await html(await anna.get(page_of(reference)))
    assert "Er is nog geen ja" in page
    await anna.post(address, data={"partner": NATIONAL})
    await stage.says(reference, YES)
    corrected = {"occupation": "Kok", "save": "1"}
    await html(await anna.post(page_of(reference, "profiel"), data=corrected))
    await approve(anna, reference)
    assert (await stage.row(reference)).partner_id == WEST_BRABANT


# Tries


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
    assert ways == {"webhook": "dead", "mail": "pending"}


async def test_given_to_the_partner_by_hand(stage: Stage, anna: TestClient):
    await reachable(stage)
    reference = await taken_up(stage, anna)
    page = await html(await anna.post(page_of(reference, "met-de-hand")))
    assert "Zelf doorgegeven" in page
    assert (await stage.row(reference)).status == "delivered"
    await stage.outbox.deliver_due()
    assert stage.partner.received == []
    await html(await anna.post(page_of(reference, "met-de-hand")), 409)


# Talking


async def test_the_bot_is_silent_until_it_is_given_back_and_repeats_its_question(
    stage: Stage, anna: TestClient
):
    said = ("Waar woon je?",)
    reference = await taken_up(stage, anna, said=said, slots={"asked": "place"})
    await anna.post(page_of(reference, "antwoord"), data={"text": "Hoi!"})
    texts = [message.text for message in await stage.read(reference)]
    assert texts[-1] == "Hoi!"
    assert "Ik ben even stil" in texts[-2]
    assert await _silent(stage, reference)
    page = await html(await anna.get(page_of(reference)))
    assert "Zijstap is stil" in page

    await html(await anna.post(page_of(reference, "teruggeven")))
    said_now = (await stage.read(reference))[-2:]
    assert [message.sender for message in said_now] == ["system", "bot"]
    assert said_now[-1].text == "Waar woon je?"
    assert not await _silent(stage, reference)
    await html(await anna.post(page_of(reference, "teruggeven")))
    assert len(await stage.read(reference)) == len(texts) + 2


async def test_without_an_open_question_giving_back_asks_nothing(stage: Stage, anna: TestClient):
    reference = await taken_up(stage, anna)
    await anna.post(page_of(reference, "antwoord"), data={"text": "Hoi!"})
    await anna.post(page_of(reference, "los"))
    assert (await stage.read(reference))[-1].sender == "system"
    assert (await stage.row(reference)).owner_id is None


async def test_an_answer_of_the_person_ends_the_waiting(stage: Stage, anna: TestClient):
    reference = await taken_up(stage, anna)
    await anna.post(page_of(reference, "antwoord"), data={"text": "Wanneer kan ik bellen?"})
    assert (await stage.row(reference)).status == "returned"
    stage.clock.pass_by(minutes=20)
    await stage.says(reference, "Morgen")
    row = await stage.row(reference)
    assert row.status == "claimed"
    assert row.waiting_since == stage.clock()
    assert "Morgen" in await html(await anna.get(page_of(reference, "gesprek")))


async def test_who_blocked_the_bot_in_telegram_is_shown(stage: Stage, anna: TestClient):
    reference = await taken_up(stage, anna)
    row = await stage.row(reference)
    async with stage.database.transaction() as session:
        conversation = await session.get(Conversation, row.conversation_id)
        assert conversation is not None
        conversation.channel, conversation.blocked = "telegram", True
    assert "geblokkeerd" in await html(await anna.get(page_of(reference, "gesprek")))


async def test_a_fixed_answer_is_filled_in(stage: Stage, anna: TestClient):
    lead = await stage.counsellor("lead", role="coordinator")
    text = "Dag {naam}, dit is {adviseur} over {nummer}."
    await lead.post("/console/beheer/antwoorden", data={"title": "Dag", "text": text})
    reference = await taken_up(stage, anna, contact_name="Roos")
    page = await html(await anna.get(page_of(reference)))
    assert f"Dag Roos, dit is Anna over {reference}." in page


# Correcting


FIELDS = {
    "occupation": "Vrachtwagenchauffeur",
    "years": "12",
    "place": "3011",
    "situation": "ww",
    "education": "mbo2",
    "hours": "24",
    "needs_wage": "yes",
    "min_wage_month": "2100",
    "interests": ["machines", "outdoors"],
    "avoid": ["nights"],
}


async def test_every_field_of_the_profile_can_be_corrected(stage: Stage, anna: TestClient):
    reference = await taken_up(stage, anna)
    address = page_of(reference, "profiel")
    page = await html(await anna.post(address, data=_form(FIELDS)))
    assert "Advies met het verbeterde profiel" in page
    assert page.count("veranderd</span>") == len(FIELDS)
    assert "Deze woonplaats hoort bij Rijnmond" in page
    assert (await stage.row(reference)).profile["occupation"] == "kassamedewerker"
    await html(await anna.post(address, data=[*_form(FIELDS), ("save", "1")]))
    row = await stage.row(reference)
    assert row.profile == {
        "occupation": "vrachtwagenchauffeur",
        "years": 12,
        "place": "3011",
        "situation": "ww",
        "education": "mbo2",
        "hours": 24,
        "needs_wage": True,
        "min_wage_month": 2100,
        "interests": ["outdoors", "machines"],
        "avoid": ["nights"],
    }
    assert len(row.advice["suggestions"]) == 3
    assert row.occupation == "vrachtwagenchauffeur"
    page = await html(await anna.get(page_of(reference)))
    assert "profiel verbeterd: " in page
    found = await html(await anna.post("/console/inbox", data={"zoek": "vracht", "tab": "alles"}))
    assert reference in found
    form = await html(await anna.get(address))
    assert 'value="Vrachtwagenchauffeur"' in form
    assert 'value="2100"' in form


async def test_mistakes_stand_at_their_field_and_nothing_typed_is_lost(
    stage: Stage, anna: TestClient
):
    reference = await taken_up(stage, anna)
    wrong = FIELDS | {"occupation": "qqqq", "place": "Nergenshuizen", "hours": "99", "years": "-1"}
    page = await html(await anna.post(page_of(reference, "profiel"), data=_form(wrong)), 422)
    for name in ("occupation", "place", "hours", "years"):
        assert f'id="p-{name}-fout"' in page
        assert f'value="{wrong[name]}"' in page
    assert page.count('aria-invalid="true"') == 4
    assert 'value="2100"' in page
    assert "profile_corrected" not in await _events(stage)


async def test_an_empty_field_is_taken_away(stage: Stage, anna: TestClient):
    reference = await taken_up(stage, anna)
    await html(await anna.post(page_of(reference, "profiel"), data={"save": "1"}))
    assert (await stage.row(reference)).profile == {}


# Ordering


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
    page = await html(await anna.post(page_of(reference, "notitie"), data={"text": "Bel na 5 uur"}))
    assert "Bel na 5 uur" in page
    assert "notitie gemaakt" in page
    assert all(message.text != "Bel na 5 uur" for message in await stage.read(reference))


def _form(fields: dict[str, Any]) -> list[tuple[str, str]]:
    """Give the fields as a browser sends them."""
    return [
        (name, item)
        for name, value in fields.items()
        for item in (value if isinstance(value, list) else [value])
    ]


async def _has(browser: TestClient, address: str, reference: str) -> bool:
    return reference in await html(await browser.get(f"/console/{address}"))


async def _silent(stage: Stage, reference: str) -> bool:
    row = await stage.row(reference)
    async with stage.database.transaction() as session:
        conversation = await session.get(Conversation, row.conversation_id)
        assert conversation is not None
        return conversation.counsellor_id is not None


async def _events(stage: Stage) -> list[str]:
    async with stage.database.transaction() as session:
        return list(await session.scalars(select(HandoffEvent.what)))
