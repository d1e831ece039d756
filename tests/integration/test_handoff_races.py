"""Two who move one request at the same moment: the database lets one be first; on both databases."""

import asyncio
import random
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm.exc import StaleDataError

from bot.errors import Conflict, IllegalMove
from bot.handoff.model import MOVES, Move, Status
from bot.settings import Settings
from bot.storage import handoffs
from bot.storage.database import Database, again_on_conflict
from bot.storage.handoff_tables import HandoffEvent
from tests.integration.deliveries import Post, post_office

ROUNDS = 25
ACTORS = {
    "anna": (Move.CLAIM, Move.ASK, Move.APPROVE, Move.RELEASE, Move.HEAR),
    "bram": (Move.CLAIM, Move.RELEASE, Move.RETRY, Move.APPROVE),
    "partner:partner": (Move.DELIVER, Move.ACKNOWLEDGE, Move.FAIL),
}
ENDINGS = (Move.CLOSE, Move.WITHDRAW, Move.EXPIRE)


async def _move(post: Post, handoff_id: str, wanted: Move, actor: str) -> None:
    async with post.database.transaction() as session:
        row = await handoffs.load(session, handoff_id)
        await asyncio.sleep(0)  # let the other read the same status
        await handoffs.move(session, row, wanted, actor, post.now)


async def _works(post: Post, handoff_id: str, actor: str, chance: random.Random) -> int:
    """Try moves at random, as a page that is tapped; give how many were made."""
    made = 0
    for _ in range(ROUNDS):
        move = chance.choice(ACTORS[actor])
        try:
            await _move(post, handoff_id, move, actor)
            made += 1
        except (IllegalMove, StaleDataError):
            continue
    return made


async def test_whatever_three_do_at_once_is_one_chain_of_legal_moves(
    database: Database, settings: Settings
):
    async with post_office(database, settings) as post:
        for seed in range(4):
            request = await post.request()
            made = await asyncio.gather(
                *(_works(post, request.id, actor, random.Random(f"{seed}{actor}")) for actor in ACTORS)
            )
            async with database.transaction() as session:
                query = select(HandoffEvent).where(HandoffEvent.handoff_id == request.id)
                events = (await session.scalars(query.order_by(HandoffEvent.id))).all()
            moves = [event for event in events if "from" in event.detail]
            status = Status.REQUESTED
            for event in moves:
                assert event.detail["from"] == status
                status = MOVES[status, Move(event.what)]
                assert event.detail["to"] == status
            assert len(moves) == sum(made) > 5
            stored = await post.handoff(request.id)
            assert (stored.status, stored.version) == (status, 1 + len(moves))


async def test_of_two_who_claim_at_once_one_owns_it(database: Database, settings: Settings):
    async with post_office(database, settings) as post:
        for _ in range(10):
            request = await post.request()
            results = await asyncio.gather(
                *(_move(post, request.id, Move.CLAIM, actor) for actor in ("anna", "bram", "cor")),
                return_exceptions=True,
            )
            refused = [one for one in results if one is not None]
            assert len(refused) == 2
            assert all(isinstance(one, (StaleDataError, IllegalMove)) for one in refused)


async def test_of_two_endings_at_once_one_counts(database: Database, settings: Settings):
    async with post_office(database, settings) as post:
        for _ in range(10):
            request = await post.request()
            await _move(post, request.id, Move.CLAIM, "anna")
            results = await asyncio.gather(
                *(
                    again_on_conflict(partial(_move, post, request.id, move, "anna"))
                    for move in ENDINGS
                ),
                return_exceptions=True,
            )
            assert [type(one) for one in results if one is not None] == [IllegalMove] * 2


async def test_who_loses_every_time_is_told_so():
    async def always_late() -> None:
        raise StaleDataError("another was first")

    try:
        await again_on_conflict(always_late)
    except Conflict:
        return
    raise AssertionError("no conflict")
