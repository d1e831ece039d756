"""What one message, and the turns before it, say of how its writer is called and reached."""

from dataclasses import asdict

from sqlalchemy.ext.asyncio import AsyncSession

from bot.catalogue.model import Catalogue
from bot.handoff.call_time import is_way_wish, names_a_time
from bot.handoff.contact import parts_of
from bot.handoff.reach import ASKS_MESSAGE, MESSAGE, PREPARING, Reach, is_masked, read_reach
from bot.storage import conversations, handoffs
from bot.storage.tables import Conversation


async def reach_of(
    session: AsyncSession,
    row: Conversation,
    known: Catalogue,
    said: str,
    masked: str,
    *,
    typed: bool = True,
) -> Reach:
    """Give what the message says of how to reach the person, and what of it may be kept.

    Args:
        typed: it is no button's title.
    """
    stage = row.slots.get("stage")
    just_sent = _spoke_of_handoff(row)
    # A counsellor who has the conversation reads in it when and how to call.
    timed = not row.counsellor_id and (
        names_a_time(said) or is_way_wish(said, just_sent=just_sent)
    )
    waits = timed or (stage not in PREPARING and is_masked(masked))
    newest = await handoffs.newest(session, row.id, open_only=True) if waits else None
    return read_reach(
        said,
        masked,
        stage,
        waits=newest is not None,
        places=known.places,
        work=known.work_names,
        just_sent=timed and just_sent,
        is_message=typed and bool(said) and _is_asked_for(row),
    )


def kept_of(row: Conversation) -> set[str]:
    """Give how the person is called and reached, as far as the dialogue keeps it."""
    known = row.slots.get("contact") or {}
    values = (known.get("name"), *parts_of(known.get("way")))
    return {value for value in values if value}


def private_of(row: Conversation, reach: Reach) -> set[str | None]:
    """Give how the person is called and reached, as far as this turn may repeat it."""
    given = reach.contact or reach.offered
    return {*kept_of(row), reach.name, *(asdict(given).values() if given else ())}


async def blot(session: AsyncSession, row: Conversation, let_go: set[str]) -> None:
    """Take a contact that the person let go of out of what was said, unless a request has it."""
    await session.flush()
    sent = await handoffs.newest(session, row.id, open_only=True)
    if gone := let_go - (handoffs.private_of(sent) if sent else set()):
        await conversations.blot(session, row, gone)


def said_last(row: Conversation) -> list[str]:
    """Name the responses of the bot's turn before this message."""
    said: list[str] = []
    for event in reversed(row.events):
        if event["event"] == "user" and said:
            break
        if event["event"] == "bot":
            said.append(str((event.get("metadata") or {}).get("utter_action")))
    return said


def _is_asked_for(row: Conversation) -> bool:
    """Tell whether a message for the adviser was asked for just now, and nothing came in between."""
    asked = row.slots.get("stage") == MESSAGE and said_last(row)[:1] == [ASKS_MESSAGE]
    return asked and not row.counsellor_id


def _spoke_of_handoff(row: Conversation) -> bool:
    """Tell whether the bot's last words were about a handoff."""
    return any(name.startswith("utter_handoff") for name in said_last(row))
