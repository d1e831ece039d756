"""A person with something in every table, for the tests of export, erasure, purge and backup."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.console import auth
from bot.handoff.model import Status
from bot.storage import console_tables, handoff_tables, tables
from bot.storage.database import Database

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
CONSOLE = "canary-of-the-counsellor"


def canary(where: str) -> str:
    """Give a word that occurs nowhere else."""
    return f"kanarie-{where}"


PERSONAL = (
    "address", "slot", "profile", "event", "message", "message-id", "not-understood",
    "handoff-profile", "handoff-advice", "consent", "name", "contact", "label", "detail", "note",
    "delivery-error", "attempt-error",
)  # fmt: skip


def conversation(person: str, seen: datetime) -> list[Any]:
    """Give the rows of what one person said."""
    return [
        tables.Conversation(
            id=person,
            token_hash="a" * 64,
            channel="telegram",
            address=f"{canary('address')}{person}"[:64],
            created_at=seen,
            last_seen_at=seen,
            slots={"profile": {"place": canary("profile")}, "stage": canary("slot")},
            events=[{"event": "user", "text": canary("event")}],
            last_seq=1,
        ),
        tables.StoredMessage(
            conversation_id=person,
            seq=1,
            sender="person",
            body={"sender": "person", "text": canary("message")},
            at=seen,
        ),
        tables.Incoming(
            conversation_id=person,
            message_id=canary("message-id"),
            first_seq=0,
            last_seq=1,
            at=seen,
        ),
        tables.NotUnderstood(
            conversation_id=person, text=canary("not-understood"), guess="greet", at=seen
        ),
    ]


def handoff(person: str, name: str, status: Status, made: datetime, **more: Any) -> Any:
    """Give a request of a person."""
    return handoff_tables.HandoffRow(
        **{
            "id": f"handoff-{name}",
            "reference": f"ZS-{name}"[:12],
            "conversation_id": person,
            "region": "AM25",
            "partner_id": "partner",
            "status": status,
            "profile": {"place": canary("handoff-profile")},
            "advice": {"text": canary("handoff-advice")},
            "consent_text": canary("consent"),
            "consent_at": made,
            "consent_version": "1",
            "contact_name": canary("name"),
            "contact": canary("contact"),
            "transcript_until": 1,
            "route": "ict",
            "created_at": made,
            "waiting_since": made,
            "labels": [canary("label")],
            "snoozed_until": date(2026, 12, 1),
            **more,
        }
    )


def work(name: str, at: datetime) -> list[Any]:
    """Give what was done with a request: an event, a note, a delivery that arrived, its tries."""
    return [
        handoff_tables.HandoffEvent(
            handoff_id=f"handoff-{name}",
            at=at,
            actor=CONSOLE,
            what="sorted",
            detail={"fields": [canary("detail")]},
        ),
        handoff_tables.HandoffTerm(handoff_id=f"handoff-{name}", term=canary("name")),
        handoff_tables.Note(
            handoff_id=f"handoff-{name}", account_id=CONSOLE, at=at, text=canary("note")
        ),
        handoff_tables.OutboxRow(
            id=f"outbox-{name}",
            handoff_id=f"handoff-{name}",
            partner_id="partner",
            kind="handoff",
            body={"reference": f"ZS-{name}"},
            state="sent",
            tries=1,
            created_at=at,
            next_try_at=at,
            sent_at=at,
            last_error=canary("delivery-error"),
        ),
        handoff_tables.DeliveryAttempt(
            outbox_id=f"outbox-{name}", at=at, error=canary("attempt-error")
        ),
    ]


def console(at: datetime) -> list[Any]:
    """Give rows in every table that is not of a person."""
    return [
        console_tables.CannedAnswer(title="Dag", text="Dag {naam}"),
        console_tables.Switch(name="banner", value={"text": "onderhoud"}),
        console_tables.AuditEntry(at=at, actor=CONSOLE, what="switches", detail={"on": True}),
        handoff_tables.PartnerSetting(partner_id="partner", endpoint="https://partner.example/x"),
        handoff_tables.PartnerCallback(partner_id="partner", callback_id="1", at=at),
        handoff_tables.HandoffCount(
            week="2020-W01", region="AM25", route="ict", outcome="closed", number=7
        ),
    ]


async def add(database: Database, *groups: list[Any]) -> None:
    """Add rows one by one: a flush orders by table name, not by who refers to whom."""
    async with database.transaction() as session:
        for row in (row for group in groups for row in group):
            session.add(row)
            await session.flush()


async def fill(database: Database, seen: datetime = NOW) -> None:
    """Put one person, a counsellor and everything around them in the database."""
    async with database.transaction() as session:
        auth.make_account(
            session, email="c@example.org", name=CONSOLE, role="counsellor",
            regions=("AM25",), now=seen,
        )  # fmt: skip
    await add(
        database,
        conversation("person", seen),
        console(seen),
        [handoff("person", "ONE", Status.DELIVERED, seen - timedelta(days=1))],
        work("ONE", seen),
    )
