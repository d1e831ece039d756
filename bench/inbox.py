"""How long the database takes for the inbox with 50,000 handoffs.

    python -m bench.inbox [NUMBER] [DATABASE_URL]

Without an address it makes a SQLite file in a temporary folder. The database must be empty. It
prints one line a question: the median of the runs, in milliseconds, and at which role.
"""

import asyncio
import random
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert, text
from sqlalchemy.ext.asyncio import AsyncSession

from bot.handoff.model import Status
from bot.storage import queries, reporting
from bot.storage.console_tables import Account
from bot.storage.database import Database
from bot.storage.handoff_tables import HandoffRow, HandoffTerm
from bot.storage.migrate import migrate
from bot.storage.queries import InboxFilter
from bot.storage.tables import Conversation
from bot.storage.terms import terms_of

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
REGIONS = [f"AM{number:02d}" for number in range(1, 36)]
OCCUPATIONS = ["kassamedewerker", "chauffeur", "administratief_medewerker", "verzorgende", "kok"]
NAMES = ["Anna de Vries", "Bram Jansen", "Chaima el Idrissi", "Daan Bakker", "Eva Visser"]
BATCH = 1000
RUNS = 7
# About as wide as a real one: the database must not read it for the inbox.
ADVICE = {"suggestions": [{"text": "x" * 6000}]}


def _handoff(number: int, chance: random.Random) -> dict[str, Any]:
    made = NOW - timedelta(minutes=number * 7)
    status = chance.choices(list(Status), [30, 8, 3, 3, 8, 8, 2, 28, 5, 5])[0]
    return {
        "id": str(uuid.UUID(int=chance.getrandbits(128))),
        "reference": f"ZS-{number:07d}",
        "conversation_id": f"conversation-{number}",
        "region": chance.choice(REGIONS),
        "partner_id": "werkcentrum_landelijk",
        "status": status,
        "owner_id": None if status == Status.REQUESTED else chance.choice(["me", "other"]),
        "profile": {"place": "Breda"},
        "advice": ADVICE,
        "consent_text": "Mag ik dit delen?",
        "consent_at": made,
        "consent_version": "1",
        "contact_name": chance.choice(NAMES),
        "transcript_until": 1,
        "occupation": chance.choice(OCCUPATIONS),
        "route": "bbl",
        "created_at": made,
        "waiting_since": made,
        "first_action_at": made + timedelta(hours=5) if status != Status.REQUESTED else None,
        "priority": chance.choice(queries.PRIORITIES),
        "labels": chance.choice([[], [], ["haast"], ["bellen"]]),
        "snoozed_until": None,
        "version": 1,
    }


async def fill(database: Database, number: int, *, seed: int = 1) -> None:
    """Add this many handoffs with their conversations and terms."""
    chance = random.Random(seed)
    for start in range(0, number, BATCH):
        rows = [_handoff(item, chance) for item in range(start, min(start + BATCH, number))]
        conversations = [
            {
                "id": row["conversation_id"],
                "token_hash": "x",
                "channel": "web",
                "created_at": row["created_at"],
                "last_seen_at": row["created_at"],
                "slots": {},
                "events": [],
                "version": 1,
            }
            for row in rows
        ]
        terms = [
            {"term": term, "handoff_id": row["id"]}
            for row in rows
            for term in terms_of(
                row["reference"], row["occupation"], row["contact_name"], row["labels"]
            )
        ]
        async with database.transaction() as session:
            await session.execute(insert(Conversation), conversations)
            await session.execute(insert(HandoffRow), rows)
            await session.execute(insert(HandoffTerm), terms)
    async with database.transaction() as session:
        await session.execute(text("ANALYZE"))


def accounts() -> dict[str, Account]:
    """Give who looks: few regions, and all of them."""
    return {
        "adviseur, 2 regio's": Account(id="me", role="counsellor", regions=REGIONS[:2]),
        "beheerder, alle": Account(id="me", role="admin", regions=[]),
    }


def questions(account: Account) -> dict[str, Callable[[AsyncSession], Awaitable[Any]]]:
    """Give what the inbox asks, by name."""
    today = NOW.date()

    def inbox(**wanted: Any) -> Callable[[AsyncSession], Awaitable[Any]]:
        return lambda session: queries.inbox(session, account, InboxFilter(**wanted), today)

    return {
        **{f"tab {tab}": inbox(tab=tab) for tab in queries.TABS},
        "tab alles, pagina 500": inbox(tab="alles", page=500),
        "zoek op nummer": inbox(tab="alles", text="ZS-0012345"),
        "zoek op beroep": inbox(tab="alles", text="kassa"),
        "zoek op naam en beroep": inbox(tab="alles", text="jansen chauf"),
        "filter label": inbox(tab="alles", label="haast"),
        "filter prioriteit": inbox(priority="hoog"),
        "tellers van de tabs": lambda session: queries.tab_counts(session, account, "", today),
        "lijst van labels": lambda session: queries.labels_in_use(session, account),
        "rapport, 12 weken": lambda session: reporting.report(
            session, account, NOW - timedelta(weeks=12), NOW
        ),
    }


async def measure(database: Database) -> None:
    """Print the median of each question."""
    for who, account in accounts().items():
        for name, ask in questions(account).items():
            times = []
            for _ in range(RUNS):
                async with database.transaction() as session:
                    begin = time.perf_counter()
                    await ask(session)
                    times.append((time.perf_counter() - begin) * 1000)
            print(f"{statistics.median(times):8.1f} ms  {name} ({who})")


async def main(number: int, url: str) -> None:
    """Fill and measure."""
    database = Database(url)
    try:
        await fill(database, number)
        await measure(database)
    finally:
        await database.close()


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    with tempfile.TemporaryDirectory() as folder:
        file = f"sqlite+aiosqlite:///{Path(folder) / 'inbox.db'}"
        address = sys.argv[2] if len(sys.argv) > 2 else file
        migrate(address)
        asyncio.run(main(wanted, address))
