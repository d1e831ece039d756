"""The words by which a handoff is found: its number, the occupation, the name, and its labels."""

from collections.abc import Iterable, Iterator

from sqlalchemy import ColumnElement, delete, exists, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql import Select

from bot.catalogue.places import fold
from bot.storage.handoff_tables import HandoffRow, HandoffTerm

LONGEST = 80
LAST = "\U0010ffff"


def _plain(text: str) -> str:
    return "".join(fold(text).split())[: LONGEST - 1]


def label_term(label: str) -> str:
    """Give the term of a label; it keeps its spelling, because it is shown again."""
    return f"#{label}"[:LONGEST]


def terms_of(
    reference: str, occupation: str | None, name: str | None, labels: Iterable[str]
) -> set[str]:
    """Give all terms of one handoff: whole words, and the parts of words with signs in them."""
    found = {_plain(reference), _plain(reference.partition("-")[2])}
    for token in f"{occupation or ''} {name or ''}".split():
        found |= {_plain(token), *(part[:LONGEST] for part in fold(token).split())}
    return (found | {label_term(label) for label in labels}) - {""}


def searched(text: str) -> Iterator[Select[str]]:
    """Give for each word of a question the handoffs that have a word beginning with it."""
    for token in text.split():
        if word := _plain(token):
            yield select(HandoffTerm.handoff_id).where(
                HandoffTerm.term >= word, HandoffTerm.term < word + LAST
            )


def labelled(label: str) -> ColumnElement[bool]:
    """Give the condition that a handoff has a label."""
    return exists().where(
        HandoffTerm.handoff_id == HandoffRow.id, HandoffTerm.term == label_term(label)
    )


async def index_terms(session: AsyncSession, row: HandoffRow) -> None:
    """Write down by what a handoff is found, after it was made or changed."""
    await session.flush()
    await session.execute(delete(HandoffTerm).where(HandoffTerm.handoff_id == row.id))
    terms = terms_of(row.reference, row.occupation, row.contact_name, row.labels)
    session.add_all([HandoffTerm(term=term, handoff_id=row.id) for term in sorted(terms)])
