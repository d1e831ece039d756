"""ESCO's occupations in the database. They are the same for everyone and tell of nobody."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import String, Text, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from bot.catalogue.esco_names import PublishedOccupation
from bot.storage.tables import Base


class EscoRow(Base):
    """One occupation: `isco08` has four digits, `names` are its other names."""

    __tablename__ = "esco_occupations"

    uri: Mapped[str] = mapped_column(String(200), primary_key=True)
    isco08: Mapped[str] = mapped_column(String(4))
    label: Mapped[str] = mapped_column(Text)
    names: Mapped[list[Any]]


@dataclass(frozen=True, slots=True)
class Imported:
    """How many occupations an import added, changed and removed."""

    added: int
    changed: int
    removed: int


async def import_esco(
    session: AsyncSession, occupations: Iterable[PublishedOccupation]
) -> Imported:
    """Make the table hold exactly these occupations; the same ones again change nothing."""
    rows = {row.uri: row for row in await session.scalars(select(EscoRow))}
    given = {item.uri: item for item in occupations}
    added = [item for uri, item in given.items() if uri not in rows]
    changed = 0
    for uri, row in rows.items():
        item = given.get(uri)
        if item is None:
            await session.delete(row)
        elif _of(row) != item:
            row.isco08, row.label, row.names = item.isco08, item.label, list(item.names)
            changed += 1
    session.add_all(
        EscoRow(uri=item.uri, isco08=item.isco08, label=item.label, names=list(item.names))
        for item in added
    )
    return Imported(len(added), changed, len(rows.keys() - given.keys()))


async def esco_occupations(session: AsyncSession) -> list[PublishedOccupation]:
    """Give all of them in the order of their addresses; none when nothing was imported."""
    return [_of(row) for row in await session.scalars(select(EscoRow).order_by(EscoRow.uri))]


def _of(row: EscoRow) -> PublishedOccupation:
    return PublishedOccupation(row.uri, row.isco08, row.label, tuple(row.names))
