"""Alembic's entry: one transaction, one migrator at a time."""

from alembic import context
from sqlalchemy import create_engine, text

import bot.storage.console_tables
import bot.storage.esco
import bot.storage.handoff_tables  # noqa: F401  the tables register themselves
from bot.storage.tables import Base

MIGRATION_LOCK = 7_423_916


def run() -> None:
    """Run the migrations on the database of the configuration."""
    engine = create_engine(context.config.attributes["url"])
    with engine.connect() as connection:
        context.configure(
            connection=connection, target_metadata=Base.metadata, render_as_batch=True
        )
        with context.begin_transaction():
            if connection.dialect.name == "postgresql":
                connection.execute(
                    text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK}
                )
            context.run_migrations()
    engine.dispose()


run()
