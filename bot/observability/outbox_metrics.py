"""How long deliveries wait and how many are lost, asked of the database at each scrape."""

from prometheus_client import Gauge
from sqlalchemy import func, select

from bot.clock import Clock
from bot.storage.database import Database
from bot.storage.handoff_tables import OutboxRow

oldest = Gauge(
    "zijstap_outbox_oldest_seconds",
    "How long the oldest delivery that must go out has waited",
    multiprocess_mode="mostrecent",
)
number = Gauge(
    "zijstap_outbox_deliveries", "Deliveries by state", ["state"], multiprocess_mode="mostrecent"
)


async def measure_outbox(database: Database, clock: Clock) -> None:
    """Set the gauges to what is stored now."""
    query = select(OutboxRow.state, func.count(), func.min(OutboxRow.created_at))
    async with database.transaction() as session:
        found = (await session.execute(query.group_by(OutboxRow.state))).tuples().all()
    counts = {state: count for state, count, _ in found}
    for state in ("pending", "dead"):
        number.labels(state=state).set(counts.get(state, 0))
    waiting = [first for state, _, first in found if state == "pending"]
    oldest.set(max(0.0, (clock() - waiting[0]).total_seconds()) if waiting else 0.0)
