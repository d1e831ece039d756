"""Beginning again: nothing that was told is forgotten without a yes."""

from bot.server import Running
from connectors.message import Message
from tests.integration.test_what_if import tap

TOLD = '/inform{"occupation":"kapper","place":"Breda"}'


async def begun(parts: Running, *payloads: str) -> str:
    """Give a conversation after these taps."""
    started = await parts.conversations.start(channel="web")
    for payload in payloads:
        await tap(parts, started.id, payload)
    return started.id


async def known(parts: Running, conversation: str) -> dict:
    """Give what is kept of the person's answers."""
    return (await parts.conversations.export(conversation))["profile"]


def payloads(said: tuple[Message, ...]) -> list[str]:
    """Give what the buttons of the last message send."""
    return [button.payload for button in said[-1].buttons]


async def test_who_told_nothing_begins_again_at_once(parts: Running):
    conversation = await begun(parts)

    said = await tap(parts, conversation, "/restart")

    assert "Vraag 1 van 8" in said[-1].text


async def test_who_told_something_is_asked_first(parts: Running):
    conversation = await begun(parts, TOLD)

    said = await tap(parts, conversation, "/restart")

    assert "vergeet ik je antwoorden" in said[-1].text
    assert payloads(said) == ['/restart{"again":"yes"}', "/deny"]
    assert (await known(parts, conversation))["occupation"] == "kapper"


async def test_a_yes_forgets_the_answers(parts: Running):
    for yes in ('/restart{"again":"yes"}', "/affirm"):
        conversation = await begun(parts, TOLD, "/restart")

        said = await tap(parts, conversation, yes)

        assert "Vraag 1 van 8" in said[-1].text
        assert await known(parts, conversation) == {}


async def test_a_no_goes_on_where_we_were(parts: Running):
    conversation = await begun(parts, TOLD, "/restart")

    said = await tap(parts, conversation, "/deny")

    assert "Vraag 2 van 8" in said[-1].text
    assert (await known(parts, conversation))["occupation"] == "kapper"


async def test_a_yes_to_begin_again_shares_nothing(parts: Running):
    conversation = await begun(parts, TOLD, "/request_human", "/restart", "/affirm")

    said = await tap(parts, conversation, "/ask_handoff_status")

    assert "geen aanvraag" in said[-1].text


async def test_a_request_that_was_sent_stays_and_that_is_said(parts: Running):
    conversation = await begun(parts, TOLD, "/request_human", "/affirm")

    asked = await tap(parts, conversation, "/restart")
    await tap(parts, conversation, '/restart{"again":"yes"}')
    said = await tap(parts, conversation, "/ask_handoff_status")

    assert "blijft gewoon staan" in asked[-1].text
    assert "ZS-" in asked[-1].text
    assert "ZS-" in said[-1].text
