"""What-if and comparing in a real conversation: nothing the person said is lost."""

from bot.server import Running
from connectors.message import Message
from tests.integration.test_turn import BACKGROUND


async def begun(parts: Running) -> str:
    """Give a conversation in which the advice has been shown: 32 hours, nothing heavy."""
    started = await parts.conversations.start(channel="web")
    for payload in (*BACKGROUND, "/affirm"):
        await parts.conversations.take_turn(started.id, "", payload=payload)
    return started.id


async def tap(parts: Running, conversation: str, payload: str) -> tuple[Message, ...]:
    """Tap a button and give what the bot says."""
    return await parts.conversations.take_turn(conversation, "", payload=payload)


def other(message: Message) -> str:
    """Give the payload of the first button that names something to compare with."""
    return next(one.payload for one in message.buttons if '"or"' in one.payload)


async def profile(parts: Running, conversation: str) -> dict:
    """Give the person's own answers."""
    return (await parts.conversations.export(conversation))["profile"]


async def test_a_supposition_says_what_changes_and_why_and_keeps_the_answers(parts: Running):
    conversation = await begun(parts)

    said = await tap(parts, conversation, '/what_if{"hours":"24"}')

    assert "Uren per week: 24" in said[0].text
    assert "was 'kan nu', wordt 'eerst navragen'" in said[1].text
    assert "Vraag of het ook met minder uren kan." in said[1].text
    assert [button.payload for button in said[-1].buttons] == [
        '/what_if{"keep":"yes"}',
        '/what_if{"keep":"no"}',
    ]
    assert (await profile(parts, conversation))["hours"] == 32


async def test_a_supposition_can_be_kept(parts: Running):
    conversation = await begun(parts)
    await tap(parts, conversation, '/what_if{"hours":"24"}')
    await tap(parts, conversation, '/what_if{"wage":"not_needed"}')

    await tap(parts, conversation, '/what_if{"keep":"yes"}')

    kept = await profile(parts, conversation)
    assert (kept["hours"], kept["needs_wage"]) == (24, False)


async def test_one_can_go_back_to_the_own_answers(parts: Running):
    conversation = await begun(parts)
    before = await profile(parts, conversation)
    await tap(parts, conversation, '/what_if{"accept":"heavy"}')

    said = await tap(parts, conversation, '/what_if{"keep":"no"}')
    await tap(parts, conversation, '/what_if{"keep":"yes"}')

    assert "eigen antwoorden gelden weer" in said[0].text
    assert await profile(parts, conversation) == before


async def test_going_back_leaves_the_supposition(parts: Running):
    conversation = await begun(parts)
    before = await profile(parts, conversation)
    await tap(parts, conversation, '/what_if{"hours":"24"}')

    said = await tap(parts, conversation, "/go_back")
    await tap(parts, conversation, '/what_if{"keep":"yes"}')

    assert "eigen antwoorden gelden weer" in said[0].text
    assert await profile(parts, conversation) == before


async def test_in_mid_questions_a_supposition_is_an_answer(parts: Running):
    started = await parts.conversations.start(channel="web")
    await tap(parts, started.id, BACKGROUND[0])

    said = await tap(parts, started.id, '/what_if{"education":"mbo4"}')

    assert "Vraag 2 van 8" in said[-1].text
    assert (await profile(parts, started.id))["education"] == "mbo4"


async def test_in_mid_questions_a_supposition_leaves_what_was_answered(parts: Running):
    started = await parts.conversations.start(channel="web")
    await tap(parts, started.id, '/inform{"occupation":"kapper","hours":"24"}')

    said = await tap(parts, started.id, '/what_if{"hours":"32"}')

    assert "als je advies er is" in said[0].text
    assert "Uren per week: 24" in said[0].text
    assert "Vraag 2 van 8" in said[-1].text
    assert (await profile(parts, started.id))["hours"] == 24


async def test_two_occupations_are_put_side_by_side(parts: Running):
    conversation = await begun(parts)

    said = await tap(
        parts, conversation, '/compare_routes{"target_occupation":"lasser","or":"dakdekker"}'
    )

    card = said[0].cards[0]
    assert card.kind == "comparison"
    assert card.title == "Lasser / Dakdekker"
    assert len(card.rows) == 10
    assert card.sources


async def test_who_names_one_is_asked_for_the_other_with_buttons(parts: Running):
    conversation = await begun(parts)

    asked = await tap(parts, conversation, '/compare_routes{"target_occupation":"lasser"}')
    said = await tap(parts, conversation, other(asked[0]))

    assert "Waarmee wil je Lasser vergelijken?" in asked[0].text
    assert said[0].cards[0].title.startswith("Lasser / ")


async def test_who_names_nothing_chooses_both(parts: Running):
    conversation = await begun(parts)

    first = await tap(parts, conversation, "/compare_routes")
    second = await tap(parts, conversation, other(first[0]))
    said = await tap(parts, conversation, other(second[0]))

    assert said[0].cards[0].kind == "comparison"
    assert all(len(button.payload.encode()) <= 64 for button in second[0].buttons)


async def test_a_route_and_an_occupation_are_not_put_side_by_side(parts: Running):
    conversation = await begun(parts)

    said = await tap(
        parts, conversation, '/compare_routes{"target_occupation":"lasser","route":"bbl"}'
    )

    assert "Een route en een beroep" in said[0].text
    assert said[0].buttons
