"""The overstapplan in a conversation: promised where it is, and not before."""

from bot.server import Running
from tests.integration.test_turn import tell
from tests.integration.test_what_if import begun


async def test_before_the_advice_there_is_a_summary_and_no_plan(parts: Running):
    started = await parts.conversations.start(channel="web")

    nothing = await tell(parts, started.id, "/save_plan")
    some = await tell(parts, started.id, '/inform{"occupation":"kapper"}', "/save_plan")

    assert "na je advies" in nothing[0]
    assert "na je advies" in some[0]
    assert "Kapper" in some[0]
    assert "Vraag 2 van 8" in some[-1]


async def test_after_the_advice_there_is_a_plan(parts: Running):
    conversation = await begun(parts)

    said = await tell(parts, conversation, "/save_plan")

    assert "staat klaar" in said[0]


async def test_going_on_with_the_questions_keeps_the_plan(parts: Running):
    started = await parts.conversations.start(channel="web")
    taps = ('/inform{"occupation":"kapper"}', "/ask_advice", "/want_switch", "/save_plan")

    said = await tell(parts, started.id, *taps)

    assert "staat klaar" in said[0]
    assert "Vraag 2 van 8" in said[-1]
