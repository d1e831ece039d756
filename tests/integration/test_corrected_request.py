"""What a person corrects after a request was made: asked whether it goes along, and then it does."""

import pytest
from sqlalchemy import select

from bot.server import Running
from bot.storage.handoff_tables import HandoffEvent, HandoffRow, OutboxRow
from tests.integration.test_turn import BACKGROUND, tell

CORRECTED = '/correct{"place":"Tilburg"}'


async def someone_with_a_request(parts: Running, *told: str) -> str:
    """Give a conversation with advice and a request, of all questions or of what is told."""
    person = (await parts.conversations.start(channel="web")).id
    await tell(parts, person, *(told or (*BACKGROUND, "/affirm")), "/request_human", "/affirm")
    return person


async def the_request(parts: Running) -> HandoffRow:
    async with parts.database.transaction() as session:
        return (await session.scalars(select(HandoffRow))).one()


async def test_a_correction_goes_with_the_request_after_a_yes(parts: Running):
    person = await someone_with_a_request(parts)
    advice = (await the_request(parts)).advice
    said = await tell(parts, person, CORRECTED)
    # THEN it is asked last, after what it changes in the advice, with what it takes the place of
    assert "Zal ik dit erbij zetten?" in said[-1]
    assert "- Woonplaats: Tilburg (in plaats van Breda)" in said[-1]
    assert "advies" in said[-1]
    assert (await the_request(parts)).profile["place"] == "Breda"
    done = await tell(parts, person, "/affirm")
    row = await the_request(parts)
    assert row.reference in done[0]
    assert row.profile["place"] == "Tilburg" and row.profile["occupation"] == "kassamedewerker"
    assert row.advice["region"]["code"] != advice["region"]["code"]
    # THEN the text that was agreed to stands by the consent, and what was done in the history
    assert "Tilburg (in plaats van Breda)" in row.consent_text
    async with parts.database.transaction() as session:
        events = await session.scalars(
            select(HandoffEvent).where(HandoffEvent.what == "profile_corrected")
        )
        assert [(one.actor, one.detail) for one in events] == [("person", {"fields": ["place"]})]


async def test_a_no_keeps_the_request_as_it_was_and_the_correction_in_the_conversation(
    parts: Running,
):
    person = await someone_with_a_request(parts)
    await tell(parts, person, CORRECTED)
    said = await tell(parts, person, "/deny")
    assert "blijft zoals hij was" in said[0]
    assert (await the_request(parts)).profile["place"] == "Breda"
    assert (await parts.conversations.export(person))["profile"]["place"] == "Tilburg"


async def test_in_the_middle_of_the_questions_it_is_asked_before_the_question_comes_back(
    parts: Running,
):
    told = ('/inform{"occupation":"kok"}', '/inform{"place":"Breda"}')
    person = await someone_with_a_request(parts, *told)
    said = await tell(parts, person, '/correct{"occupation":"bakker"}')
    assert "Bakker (in plaats van Kok)" in said[-1] and "Vraag" not in " ".join(said)
    said = await tell(parts, person, "/affirm")
    assert "Vraag 2" in said[-1]
    row = await the_request(parts)
    assert row.profile["occupation"] == row.occupation == "bakker"
    # WHEN a question is answered that the request knows nothing of, nothing is asked of the request
    said = await tell(parts, person, '/inform{"situation":"ww"}')
    assert "Vraag 3" in said[-1]


async def test_a_second_correction_before_the_answer_is_asked_with_the_first(parts: Running):
    person = await someone_with_a_request(parts)
    await tell(parts, person, CORRECTED)
    said = await tell(parts, person, '/correct{"hours":"24"}')
    assert "- Woonplaats: Tilburg" in said[-1] and "- Uren per week: 24" in said[-1]
    await tell(parts, person, "/affirm")
    profile = (await the_request(parts)).profile
    assert (profile["place"], profile["hours"]) == ("Tilburg", 24)


async def test_what_is_corrected_back_is_not_asked(parts: Running):
    person = await someone_with_a_request(parts)
    await tell(parts, person, CORRECTED, "/deny")
    said = await tell(parts, person, '/correct{"place":"Breda"}')
    assert "erbij zetten" not in " ".join(said)


@pytest.mark.parametrize("leaves", ["/withdraw_handoff", "/deny"])
async def test_a_yes_to_anything_else_shares_nothing(parts: Running, leaves: str):
    person = await someone_with_a_request(parts)
    await tell(parts, person, CORRECTED, leaves, "/affirm")
    assert (await the_request(parts)).profile.get("place") in (None, "Breda")


async def test_an_assumption_that_is_kept_is_asked_too(parts: Running):
    person = await someone_with_a_request(parts)
    said = await tell(parts, person, '/what_if{"hours":"20"}')
    assert "erbij zetten" not in " ".join(said)
    said = await tell(parts, person, '/what_if{"keep":"yes"}')
    assert "- Uren per week: 20 (in plaats van 32)" in said[-1]
    await tell(parts, person, "/affirm")
    assert (await the_request(parts)).profile["hours"] == 20


async def test_a_partner_that_has_the_request_gets_it_anew(parts: Running):
    person = await someone_with_a_request(parts)
    row = await the_request(parts)
    async with parts.database.transaction() as session:
        session.add(
            OutboxRow(
                id="first", handoff_id=row.id, partner_id=row.partner_id, kind="handoff", body={},
                state="sent", created_at=row.created_at, next_try_at=row.created_at,
            )
        )  # fmt: skip
    await tell(parts, person, CORRECTED, "/affirm")
    async with parts.database.transaction() as session:
        again = await session.scalars(
            select(OutboxRow.state).where(OutboxRow.kind == "handoff", OutboxRow.id != "first")
        )
        assert list(again) == ["pending"]


async def test_what_is_put_back_before_the_answer_is_not_asked_any_more(parts: Running):
    person = await someone_with_a_request(parts)
    await tell(parts, person, CORRECTED)
    said = await tell(parts, person, '/correct{"place":"Breda"}')
    assert "blijft zoals hij was" in said[0]
    await tell(parts, person, "/affirm")
    assert (await the_request(parts)).profile["place"] == "Breda"
