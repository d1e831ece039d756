"""Writing to the person: the bot is silent until the conversation is given back."""

import pytest
from aiohttp.test_utils import TestClient

from bot.storage.tables import Conversation
from tests.integration.console.stage import Stage, html, page_of, taken_up

ASKED = {"stage": "intake", "asked": "place", "profile": {"occupation": "kassamedewerker"}}


async def test_the_bot_is_silent_until_it_is_given_back_and_asks_what_was_open(
    stage: Stage, anna: TestClient
):
    # GIVEN someone who asked for a person in mid-question, so that the question is not said last
    said = ("Waar woon je?", "Ik wil een mens", "Je aanvraag heeft een nummer.")
    reference = await taken_up(stage, anna, said=said, slots=ASKED)
    await anna.post(page_of(reference, "antwoord"), data={"text": "Hoi!"})
    texts = [message.text for message in await stage.read(reference)]
    assert texts[-1] == "Hoi!"
    assert "Ik ben even stil" in texts[-2]
    assert await _silent(stage, reference)
    page = await html(await anna.get(page_of(reference)))
    assert "Zijstap is stil" in page

    await html(await anna.post(page_of(reference, "teruggeven")))
    left, machine, question = (await stage.read(reference))[-3:]
    assert [left.sender, machine.sender, question.sender] == ["system", "bot", "bot"]
    assert "Ik help je weer verder" in left.text
    assert "automatische assistent" in machine.text
    assert question.text.startswith("Vraag 4 van 8")
    assert not await _silent(stage, reference)
    await html(await anna.post(page_of(reference, "teruggeven")))
    assert len(await stage.read(reference)) == len(texts) + 3


@pytest.mark.parametrize("action", ["los", "sluiten"])
async def test_who_puts_a_request_back_or_ends_it_leaves_the_conversation_to_the_bot(
    stage: Stage, anna: TestClient, action: str
):
    reference = await taken_up(stage, anna)
    await anna.post(page_of(reference, "antwoord"), data={"text": "Hoi!"})
    await html(await anna.post(page_of(reference, action)))
    *_, before, last = await stage.read(reference)
    assert last.buttons
    # Who reads that it is finished can do what that says: nothing comes after it.
    assert last.sender == ("bot" if action == "los" else "system")
    if action == "sluiten":
        assert before.sender == "bot"
        assert "/request_human" in [button.payload for button in last.buttons]
    assert not await _silent(stage, reference)


async def test_who_never_wrote_leaves_without_a_word(stage: Stage, anna: TestClient):
    reference = await taken_up(stage, anna)
    before = await stage.read(reference)
    await html(await anna.post(page_of(reference, "los")))
    assert await stage.read(reference) == before
    assert (await stage.row(reference)).owner_id is None


async def test_a_bot_that_cannot_go_on_still_has_the_conversation(
    stage: Stage, anna: TestClient, monkeypatch: pytest.MonkeyPatch
):
    reference = await taken_up(stage, anna)
    await anna.post(page_of(reference, "antwoord"), data={"text": "Hoi!"})

    def broken(*_: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("actions.session.come_back", broken)
    page = await html(await anna.post(page_of(reference, "teruggeven")))
    assert "Zijstap heeft het gesprek weer" in page
    assert "Ik help je weer verder" in (await stage.read(reference))[-1].text
    assert not await _silent(stage, reference)


async def test_an_answer_of_the_person_ends_the_waiting(stage: Stage, anna: TestClient):
    reference = await taken_up(stage, anna)
    await anna.post(page_of(reference, "antwoord"), data={"text": "Wanneer kan ik bellen?"})
    assert (await stage.row(reference)).status == "returned"
    # Now the person is waited for, and not the other way about.
    assert ">op persoon</td>" in await html(await anna.get("/console/inbox?tab=mijn"))
    assert "Wacht 0 minuten" not in await html(await anna.get(page_of(reference)))
    stage.clock.pass_by(minutes=20)
    await stage.says(reference, "Morgen")
    assert "Wacht 0 minuten" in await html(await anna.get(page_of(reference)))
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
    nameless = await taken_up(stage, anna)
    page = await html(await anna.get(page_of(nameless)))
    assert f"Dag, dit is Anna over {nameless}." in page


async def _silent(stage: Stage, reference: str) -> bool:
    row = await stage.row(reference)
    async with stage.database.transaction() as session:
        conversation = await session.get(Conversation, row.conversation_id)
        assert conversation is not None
        return conversation.counsellor_id is not None
