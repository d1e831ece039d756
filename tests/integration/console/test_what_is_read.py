"""What a counsellor may read: until the yes, and later what was said to a counsellor; no more."""

from aiohttp.test_utils import TestClient
from sqlalchemy import select

from actions.services import Services
from bot.handoff.model import Move
from bot.storage import conversations, handoffs
from bot.storage.handoff_tables import HandoffRow
from tests.integration.console.stage import Stage, html, page_of, taken_up

SAID = ("Mag ik dit delen?", "Ja, deel dit")


async def reads(stage: Stage, browser: TestClient, reference: str) -> str:
    """Give all that the request's page shows and what it fetches by itself."""
    page = await html(await browser.get(page_of(reference)))
    return page + await html(await browser.get(page_of(reference, "gesprek")))


async def test_what_is_said_to_the_bot_after_the_yes_is_not_for_a_counsellor(
    stage: Stage, anna: TestClient
):
    reference = await taken_up(stage, anna, said=SAID)
    await stage.says(reference, "Tegen de bot, na het ja")
    await anna.post(page_of(reference, "antwoord"), data={"text": "Hoi, met Anna"})
    await stage.says(reference, "Tegen Anna")
    await anna.post(page_of(reference, "teruggeven"))
    await stage.says(reference, "Weer tegen de bot")

    seen = await reads(stage, anna, reference)
    for text in ("Ja, deel dit", "Ik ben even stil", "Hoi, met Anna", "Tegen Anna", "weer verder"):
        assert text in seen
    assert "Tegen de bot" not in seen
    assert "Weer tegen" not in seen
    assert "Tegen de bot, na het ja" in [item.text for item in await stage.read(reference)]


async def test_after_its_end_a_request_shows_nothing_that_is_said_later(
    stage: Stage, anna: TestClient
):
    reference = await taken_up(stage, anna, said=SAID)
    await anna.post(page_of(reference, "antwoord"), data={"text": "Hoi, met Anna"})
    await stage.says(reference, "Tegen Anna")
    await html(await anna.post(page_of(reference, "sluiten"), data={"outcome": "other"}))
    stage.clock.pass_by(minutes=1)
    await stage.says(reference, "Na het einde")
    # Also not what is said to a counsellor of a later request.
    row = await stage.row(reference)
    async with stage.database.transaction() as session:
        conversation = await conversations.load(session, row.conversation_id)
        conversation.counsellor_id = "another"
    await stage.says(reference, "Tegen een ander")

    seen = await reads(stage, anna, reference)
    assert "Tegen Anna" in seen
    assert "Na het einde" not in seen
    assert "Tegen een ander" not in seen


async def test_of_what_was_withdrawn_only_the_bare_facts_are_left(
    stage: Stage, anna: TestClient, services: Services
):
    reference = await taken_up(stage, anna, said=SAID, contact_name="Roos", contact="0612345678")
    profile = {"occupation": "Kassamedewerker", "place": "Breda", "interests": "hands_on"}
    await html(await anna.post(page_of(reference, "profiel"), data=profile | {"save": "1"}))
    await anna.post(page_of(reference, "antwoord"), data={"text": "Hoi, met Anna"})
    await anna.post(page_of(reference, "notitie"), data={"text": "Roos wil lassen"})
    await anna.post(page_of(reference, "ordenen"), data={"labels": "lasser"})
    route = (await stage.row(reference)).route
    assert route
    assert f">{services.catalogue.routes[route].name}<" in await html(await anna.get("/console/inbox?tab=alles"))
    async with stage.database.transaction() as session:
        row = await session.scalar(select(HandoffRow).where(HandoffRow.reference == reference))
        assert row is not None
        await handoffs.move(session, row, Move.WITHDRAW, "person", stage.clock())
    await stage.says(reference, "Na de intrekking")

    seen = await reads(stage, anna, reference)
    inbox = await html(await anna.get("/console/inbox?tab=afgerond"))
    assert "Ingetrokken" in seen
    assert "24-11-2026" in seen
    assert reference in inbox
    for word in ("deel dit", "delen?", "Hoi, met", "Na de", "Roos", "0612345678", "lasse"):
        assert word not in seen, word
    for word in ("Kassamedewerker", "Breda", services.catalogue.routes[route].name, "lasser"):
        assert word not in seen + inbox, word
    for word in ("Roos", "kassa"):
        found = await anna.post("/console/inbox", data={"zoek": word, "tab": "alles"})
        assert reference not in await html(found)
    found = await anna.post("/console/inbox", data={"zoek": reference, "tab": "alles"})
    assert reference in await html(found)


async def test_a_time_to_call_that_was_told_later_stands_with_how_to_reach(
    stage: Stage, anna: TestClient
):
    reference = await taken_up(stage, anna, contact="0612345678")
    assert "<dt>Liet weten</dt>" not in await html(await anna.get(page_of(reference)))
    async with stage.database.transaction() as session:
        row = await session.get_one(HandoffRow, (await stage.row(reference)).id)
        for words in ("bel me <liever> donderdag", "kan het na 5 uur"):
            shown = f'- Wanneer: "{words}"'
            await handoffs.change_contact(session, row, {"when": words}, shown, stage.clock())
    page = await html(await anna.get(page_of(reference)))
    assert "“bel me &lt;liever&gt; donderdag”<br>“kan het na 5 uur”" in page
    assert "0612345678" in page
