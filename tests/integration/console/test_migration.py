"""The migrations of handoffs keep what was there, and can be undone."""

from alembic import command
from sqlalchemy import create_engine, inspect, text

from bot.storage.migrate import migration_config, sync_url

CONVERSATION = (
    "INSERT INTO conversations (id, token_hash, channel, created_at, last_seen_at, last_seq,"
    " delivered_seq, blocked, slots, events, version)"
    " VALUES ('c', 'x', 'web', :now, :now, 0, 0, false, '{}', '[]', 1)"
)
HANDOFF = (
    "INSERT INTO handoffs (id, reference, conversation_id, region, partner_id, status, profile,"
    " advice, consent_text, consent_at, consent_version, contact_name, transcript_until,"
    " occupation, created_at, waiting_since, priority, labels, version)"
    " VALUES ('h', 'ZS-BCDFGHJ', 'c', 'AM25', 'p', 'requested', '{}', '{}', '', :now, '1',"
    " 'Anna Élan', 0, 'kok', :now, :now, 'normal', '[\"haast\"]', 1)"
)
NOW = "2026-11-24 12:00:00+00:00"


def test_what_was_there_can_be_found_and_stays_when_it_is_undone(database_url: str):
    config, engine = migration_config(database_url), create_engine(sync_url(database_url))
    command.upgrade(config, "0001")
    with engine.begin() as connection:
        connection.execute(text(CONVERSATION), {"now": NOW})
        connection.execute(text(HANDOFF), {"now": NOW})
    command.upgrade(config, "0010")
    with engine.begin() as connection:
        terms = connection.scalars(text("SELECT term FROM handoff_terms ORDER BY term")).all()
    assert set(terms) == {"#haast", "anna", "elan", "kok", "bcdfghj", "zsbcdfghj"}
    command.downgrade(config, "0001")
    assert "handoff_terms" not in inspect(engine).get_table_names()
    with engine.begin() as connection:
        assert connection.scalar(text("SELECT count(*) FROM handoffs")) == 1
    command.upgrade(config, "head")
    engine.dispose()


def test_what_was_withdrawn_before_is_forgotten_too(database_url: str):
    config, engine = migration_config(database_url), create_engine(sync_url(database_url))
    command.upgrade(config, "0001")
    with engine.begin() as connection:
        connection.execute(text(CONVERSATION), {"now": NOW})
        connection.execute(text(HANDOFF.replace("requested", "withdrawn")), {"now": NOW})
        connection.execute(text(HANDOFF.replace("'h', 'ZS-B", "'o', 'ZS-C")), {"now": NOW})
    command.upgrade(config, "0030")
    with engine.begin() as connection:
        terms = connection.execute(text("SELECT handoff_id, term FROM handoff_terms")).all()
        names = connection.execute(text("SELECT id, contact_name, occupation FROM handoffs")).all()
    assert {term for one, term in terms if one == "h"} == {"bcdfghj", "zsbcdfghj"}
    assert {"#haast", "anna"} < {term for one, term in terms if one == "o"}
    assert set(names) == {("h", None, None), ("o", "Anna Élan", "kok")}
    command.downgrade(config, "0020")
    command.upgrade(config, "head")
    engine.dispose()
