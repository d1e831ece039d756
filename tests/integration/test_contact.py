"""A number or address is kept only of who asks for a person, and stands nowhere but in the consent."""

import json

import pytest
from sqlalchemy import select

from bot.clock import utc_now
from bot.handoff.model import DECLINED, Move
from bot.server import Running
from bot.storage import conversations as store
from bot.storage import handoffs
from bot.storage.handoff_tables import HandoffRow
from bot.storage.tables import Conversation
from connectors.message import Message
from tests.integration.test_turn import tell

NUMBER, MAIL = "06-12345678", "ria@voorbeeld.nl"
PLACE = '/inform{"place":"Breda"}'


async def everything(parts: Running, conversation_id: str) -> str:
    """Give all that is stored of a conversation."""
    return json.dumps(await parts.conversations.export(conversation_id), ensure_ascii=False)


@pytest.mark.parametrize("given", [NUMBER, MAIL])
async def test_what_is_given_with_the_wish_for_a_person_reaches_the_request(
    parts: Running, given: str
):
    person = (await parts.conversations.start(channel="web")).id
    said = await parts.conversations.take_turn(
        person, f"bel of mail me op {given}", payload="/request_human"
    )
    messages = await parts.conversations.history(person)
    # THEN it is in no message, nor in what Rasa read, until it is shown in the consent
    assert given not in " ".join(message.text for message in (*messages, *said))
    assert given not in json.dumps((await parts.conversations.export(person))["dialogue"])
    consent = await tell(parts, person, PLACE)
    assert f"Bereikbaar via: {given}" in consent[-1]
    await tell(parts, person, "/affirm")
    async with parts.database.transaction() as session:
        row = (await session.scalars(select(HandoffRow))).one()
    assert row.contact == given
    assert "contact" not in (await parts.conversations.export(person))["memory"]


@pytest.mark.parametrize("payload", ["/help", PLACE, "/ask_advice", "/deny", "/ask_privacy"])
async def test_what_is_given_beside_anything_else_is_kept_nowhere(parts: Running, payload: str):
    person = (await parts.conversations.start(channel="web")).id
    await parts.conversations.take_turn(person, f"dit is {NUMBER} en {MAIL}", payload=payload)
    kept = await everything(parts, person)
    assert NUMBER not in kept
    assert MAIL not in kept


async def test_half_a_number_is_kept_nowhere(parts: Running):
    person = (await parts.conversations.start(channel="web")).id
    await tell(parts, person, PLACE, '/request_human{"phone":"asked"}')
    said = await parts.conversations.take_turn(person, "061234567")
    assert "lijkt niet compleet" in said[-1].text
    assert "061234567" not in await everything(parts, person)


@pytest.mark.parametrize("leaves", ["/deny", '/restart{"again":"yes"}', "/withdraw_handoff", "/go_back"])
async def test_who_leaves_the_handoff_leaves_no_contact_in_what_is_remembered(
    parts: Running, leaves: str
):
    person = (await parts.conversations.start(channel="web")).id
    await parts.conversations.take_turn(person, f"bel {NUMBER}", payload="/request_human")
    await tell(parts, person, PLACE)
    assert NUMBER in await everything(parts, person)
    await tell(parts, person, leaves)
    assert "contact" not in (await parts.conversations.export(person))["memory"]
    # THEN it is nowhere any more, also not in the consent that showed it
    assert NUMBER not in await everything(parts, person)


async def test_who_shares_nothing_leaves_no_name_and_no_earlier_number(parts: Running):
    person = (await parts.conversations.start(channel="web")).id
    await tell(parts, person, PLACE, '/request_human{"phone":"asked"}')
    await parts.conversations.take_turn(person, f"Ria de Vries, {NUMBER}")
    await parts.conversations.take_turn(person, f"nee, {MAIL}")
    kept = await everything(parts, person)
    assert NUMBER not in kept and MAIL in kept and "Ria de Vries" in kept
    await tell(parts, person, "/deny")
    kept = await everything(parts, person)
    assert MAIL not in kept and "Ria de Vries" not in kept


async def test_what_went_with_the_request_stays_in_the_consent(parts: Running):
    person = (await parts.conversations.start(channel="web")).id
    await parts.conversations.take_turn(person, f"bel {NUMBER}", payload="/request_human")
    await tell(parts, person, PLACE, "/affirm")
    said = [message.text for message in await parts.conversations.history(person)]
    assert any(f"Bereikbaar via: {NUMBER}" in text for text in said)


async def test_a_withdrawn_request_keeps_no_number_and_no_name(parts: Running):
    person = (await parts.conversations.start(channel="web")).id
    await tell(parts, person, PLACE, '/request_human{"phone":"asked"}')
    await parts.conversations.take_turn(person, f"Ria de Vries, {NUMBER}")
    await tell(parts, person, "/affirm", "/withdraw_handoff")
    kept = await everything(parts, person)
    assert NUMBER not in kept and "Ria de Vries" not in kept
    assert "Bereikbaar via: [telefoon]" in kept


async def test_who_wants_to_be_answered_here_keeps_the_name_that_was_told(parts: Running):
    person = (await parts.conversations.start(channel="web")).id
    await tell(parts, person, PLACE, '/request_human{"phone":"asked"}')
    await parts.conversations.take_turn(person, f"Ria de Vries, {NUMBER}")
    await tell(parts, person, '/inform{"phone":"asked"}')
    said = await tell(parts, person, "/skip")
    assert "Naam: Ria de Vries" in said[-1] and "alleen dit gesprek" in said[-1]
    assert NUMBER not in await everything(parts, person)


async def test_danger_goes_before_a_number(parts: Running):
    person = (await parts.conversations.start(channel="web")).id
    await tell(parts, person, PLACE, '/request_human{"phone":"asked"}')
    said = await parts.conversations.take_turn(person, f"mijn man ademt niet meer, {NUMBER}")
    assert "112" in said[-1].text


@pytest.mark.parametrize(("answer", "kept"), [("/affirm", NUMBER), ("/deny", None)])
async def test_a_number_for_a_counsellor_who_has_the_chat_reaches_the_request_after_a_yes(
    parts: Running, answer: str, kept: str | None
):
    person = await someone_with_a_counsellor(parts)
    (asked,) = await parts.conversations.take_turn(person, f"Ria de Vries, {NUMBER}")
    assert [button.payload for button in asked.buttons] == ["/affirm", "/deny"]
    assert f"Bereikbaar via: {NUMBER}" in asked.text
    (_,) = await parts.conversations.take_turn(person, "", payload=answer)
    assert await contact_of(parts) == kept
    # THEN the bot is silent again, also to a yes that is for the counsellor
    for later in (None, "/affirm"):
        assert await parts.conversations.take_turn(person, "tot morgen", payload=later) == ()


async def test_a_notice_in_between_takes_no_typed_button_away(parts: Running):
    person = await someone_with_a_request(parts)
    await parts.conversations.take_turn(person, NUMBER)
    async with parts.database.transaction() as session:
        row = await session.get_one(Conversation, person)
        told = Message(sender="system", text="Je aanvraag is nu bij de partner.")
        store.append(session, row, [told], utc_now())
    await parts.conversations.take_turn(person, "Ja, geef dit door")
    assert await contact_of(parts) == NUMBER


async def test_a_yes_to_the_counsellor_shares_no_number(parts: Running):
    person = await someone_with_a_counsellor(parts)
    await parts.conversations.take_turn(person, NUMBER)
    async with parts.database.transaction() as session:
        row = await session.get_one(Conversation, person)
        said = Message(sender="counsellor", text="Zal ik je morgen schrijven?")
        store.append(session, row, [said], utc_now())
    assert await parts.conversations.take_turn(person, "ja", payload="/affirm") == ()
    assert await contact_of(parts) is None


async def test_while_a_counsellor_has_the_chat_no_button_leads_to_a_bot_that_is_silent(
    parts: Running,
):
    person = await someone_with_a_counsellor(parts)
    (help_now,) = await parts.conversations.take_turn(person, "", payload="/distress")
    assert "113" in help_now.text and help_now.buttons == ()
    privacy = await parts.conversations.take_turn(person, "", payload="/ask_privacy")
    assert [one.payload for said in privacy for one in said.buttons] == [
        "/delete_data",
        "/export_data",
    ]
    (sure,) = await parts.conversations.take_turn(person, "", payload="/delete_data")
    assert [one.payload for one in sure.buttons] == ["/affirm", "/deny"]


@pytest.mark.parametrize("answer", ["/affirm", "/deny"])
async def test_after_a_yes_or_no_no_button_leads_to_a_bot_that_is_silent(
    parts: Running, answer: str
):
    person = await someone_with_a_counsellor(parts)
    (asked,) = await parts.conversations.take_turn(person, NUMBER)
    assert {one.payload for one in asked.buttons} == {"/affirm", "/deny"}
    (done,) = await parts.conversations.take_turn(person, "", payload=answer)
    assert done.buttons == ()


async def test_where_a_request_is_is_answered_while_a_counsellor_has_the_chat(parts: Running):
    person, asks = await someone_with_a_counsellor(parts), "/ask_handoff_status"
    talk = parts.conversations
    (told,) = await talk.take_turn(person, "Hoe staat het met mijn aanvraag?", payload=asks)
    assert "Je aanvraag ZS-" in told.text
    assert [one.payload for one in told.buttons] == ["/withdraw_handoff"]
    # The same wish in words that may be for the counsellor is left to them.
    for words in ("Wanneer hoor ik iets?", "Mijn aanvraag ging over zorg"):
        assert await talk.take_turn(person, words, payload=asks) == ()


@pytest.mark.parametrize(
    ("outcome", "said"), [(DECLINED, "niet mee helpen"), ("other", "hij is afgerond")]
)
async def test_the_status_says_whether_a_request_was_for_them(
    parts: Running, outcome: str, said: str
):
    person = await someone_with_a_counsellor(parts)
    async with parts.database.transaction() as session:
        row = (await session.scalars(select(HandoffRow))).one()
        await handoffs.move(session, row, Move.CLAIM, "anna", utc_now())
        told = parts.services.labels["ended"]
        await handoffs.close(session, row, outcome, "anna", utc_now())
        await handoffs.tell_end(session, row, utc_now(), told)
    (status,) = await parts.conversations.take_turn(person, "", payload="/ask_handoff_status")
    assert said in status.text
    assert ("werkcentrum.nl" in status.text) == (outcome == DECLINED)
    assert "/request_human" in [one.payload for one in status.buttons]


async def test_who_asks_for_a_person_while_a_counsellor_has_the_chat_is_told_so(parts: Running):
    person = await someone_with_a_counsellor(parts)
    told = await parts.conversations.take_turn(
        person, "Ik wil met een mens praten", payload="/request_human"
    )
    assert [message.sender for message in told] == ["system"]
    assert await parts.conversations.take_turn(person, "morgen", payload="/want_switch") == ()


async def test_a_name_alone_goes_with_the_request(parts: Running):
    person = (await parts.conversations.start(channel="web")).id
    await tell(parts, person, PLACE, "/request_human")
    said = await parts.conversations.take_turn(person, "o en ik heet Ria")
    assert "Naam: Ria" in said[-1].text and "Bereikbaar via: alleen dit gesprek" in said[-1].text
    await tell(parts, person, "/affirm")
    async with parts.database.transaction() as session:
        row = (await session.scalars(select(HandoffRow))).one()
    assert (row.contact_name, row.contact) == ("Ria", None)


async def test_a_number_and_an_address_both_reach_the_request(parts: Running):
    person = (await parts.conversations.start(channel="web")).id
    await tell(parts, person, PLACE, '/request_human{"phone":"asked"}')
    said = await parts.conversations.take_turn(person, f"{MAIL} of 0612345678")
    assert f"Bereikbaar via: 0612345678, {MAIL}" in said[-1].text
    await tell(parts, person, "/affirm")
    assert await contact_of(parts) == f"0612345678, {MAIL}"
    told = await tell(parts, person, "/ask_handoff_status")
    assert "een telefoonnummer en een e-mailadres: 06 •••• 78, r•••@voorbeeld.nl" in told[-1]


async def someone_with_a_request(parts: Running, *contact: str) -> str:
    """Give a conversation with a request, with the contact that is typed."""
    person = (await parts.conversations.start(channel="web")).id
    await tell(parts, person, PLACE, '/request_human{"phone":"asked"}')
    for words in contact:
        await parts.conversations.take_turn(person, words)
    await tell(parts, person, *([] if contact else ["/skip"]), "/affirm")
    return person


async def the_request(parts: Running) -> HandoffRow:
    async with parts.database.transaction() as session:
        return (await session.scalars(select(HandoffRow))).one()


async def test_an_address_comes_beside_the_number_of_a_request_and_a_number_in_its_place(
    parts: Running,
):
    person = await someone_with_a_request(parts, NUMBER)
    await parts.conversations.take_turn(person, f"mail me op {MAIL}")
    await tell(parts, person, "/affirm")
    assert await contact_of(parts) == f"{NUMBER}, {MAIL}"
    row = await the_request(parts)
    assert NUMBER in row.consent_text and MAIL in row.consent_text
    said = await parts.conversations.take_turn(person, "bel me op 0687654321")
    assert "0687654321 (in plaats van 06 •••• 78)" in said[-1].text
    await tell(parts, person, "/affirm")
    assert await contact_of(parts) == f"0687654321, {MAIL}"
    row = await the_request(parts)
    assert MAIL in row.consent_text and NUMBER not in await everything(parts, person)
    # THEN a withdrawn request keeps neither
    await tell(parts, person, "/withdraw_handoff")
    kept = await everything(parts, person)
    assert "0687654321" not in kept and MAIL not in kept


async def test_a_name_told_after_the_request_goes_with_it_after_a_yes(parts: Running):
    person = await someone_with_a_request(parts, NUMBER)
    said = await parts.conversations.take_turn(person, "mijn naam is trouwens Ria de Vries")
    assert "- Naam: Ria de Vries" in said[-1].text
    assert (await the_request(parts)).contact_name is None
    await tell(parts, person, "/affirm")
    row = await the_request(parts)
    assert (row.contact_name, row.contact) == ("Ria de Vries", NUMBER)
    assert "- Naam: Ria de Vries" in row.consent_text


async def test_a_name_that_a_counsellor_asks_for_reaches_the_request(parts: Running):
    person = await someone_with_a_counsellor(parts)
    (asked,) = await parts.conversations.take_turn(person, "ik heet Ria")
    assert "- Naam: Ria" in asked.text
    await tell(parts, person, "/affirm")
    assert (await the_request(parts)).contact_name == "Ria"


async def test_times_to_be_called_told_after_the_request_go_with_it_after_a_yes(parts: Running):
    person = await someone_with_a_request(parts, NUMBER)
    for words in ("kan het na 5 uur", "bel me liever donderdag"):
        said = await parts.conversations.take_turn(person, words)
        assert f'- Wanneer: "{words}"' in said[-1].text
        told = await tell(parts, person, "/affirm")
        assert any("vaste tijd kan ik niet beloven" in text for text in told)
    row = await the_request(parts)
    assert row.call_time == "kan het na 5 uur\nbel me liever donderdag"
    assert row.contact == NUMBER


async def test_a_time_that_is_not_to_go_along_does_not(parts: Running):
    person = await someone_with_a_request(parts, NUMBER)
    await parts.conversations.take_turn(person, "bel me liever donderdag")
    await tell(parts, person, "/deny")
    assert (await the_request(parts)).call_time is None


async def test_who_wants_a_call_at_a_time_is_asked_for_the_number_first(parts: Running):
    person = await someone_with_a_request(parts)
    said = await parts.conversations.take_turn(person, "bel me liever donderdag")
    assert "mis nog je telefoonnummer" in said[-1].text
    said = await parts.conversations.take_turn(person, NUMBER)
    assert "Bereikbaar via: " in said[-1].text and "bel me liever donderdag" in said[-1].text
    await tell(parts, person, "/affirm")
    row = await the_request(parts)
    assert (row.contact, row.call_time) == (NUMBER, "bel me liever donderdag")


async def test_a_time_without_a_number_still_reaches_the_request(parts: Running):
    person = await someone_with_a_request(parts)
    await parts.conversations.take_turn(person, "bel me liever donderdag")
    await tell(parts, person, "/skip", "/affirm")
    row = await the_request(parts)
    assert (row.contact, row.call_time) == (None, "bel me liever donderdag")


async def test_a_withdrawn_request_keeps_no_time_to_be_called(parts: Running):
    person = await someone_with_a_request(parts, NUMBER)
    await parts.conversations.take_turn(person, "bel me liever donderdag")
    await tell(parts, person, "/affirm", "/withdraw_handoff")
    assert (await the_request(parts)).call_time is None


async def test_work_told_with_the_wish_for_a_person_is_not_asked_again(parts: Running):
    person = (await parts.conversations.start(channel="web")).id
    await tell(parts, person, '/request_human{"occupation":"kapper","place":"Breda"}')
    said = await tell(parts, person, "/deny")
    assert "Vraag 2 van 8" in said[-1]


async def someone_with_a_counsellor(parts: Running) -> str:
    """Give a conversation with a request, which a counsellor has."""
    person = (await parts.conversations.start(channel="web")).id
    await tell(parts, person, PLACE, "/request_human", "/affirm")
    async with parts.database.transaction() as session:
        row = await session.get_one(Conversation, person)
        row.counsellor_id = "anna"
    return person


async def contact_of(parts: Running) -> str | None:
    """Give how the one request says that the person can be reached."""
    async with parts.database.transaction() as session:
        return (await session.scalars(select(HandoffRow))).one().contact


async def test_who_is_asked_for_is_no_work_of_the_person(parts: Running):
    person = (await parts.conversations.start(channel="web")).id
    await tell(parts, person, '/inform{"occupation":"kapper"}')
    await tell(parts, person, "is er een loopbaancoach waar ik eens mee kan praten")
    async with parts.database.transaction() as session:
        row = await session.get_one(Conversation, person)
        assert row.slots["profile"]["occupation"] == "kapper"
