"""Checks on the catalogue beyond reading it: what `zijstap catalogue check` and `stale` report."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from bot.catalogue.load import load_catalogue
from bot.catalogue.model import Catalogue, Source
from bot.catalogue.places import fold
from bot.catalogue.values import ROUTE_IDS
from bot.errors import CatalogueError

_MONTHS_IN_YEAR = 12
_DAYS_ALWAYS_THERE = 28


def check(folder: Path) -> list[str]:
    """Look for every mistake in a catalogue folder.

    Args:
        folder: the catalogue folder.

    Returns:
        Mistakes in Dutch, empty when all is well. A mistake in one place starts with
        ``file:line:``, one about the whole starts with the kind of item.
    """
    try:
        catalogue = load_catalogue(folder)
    except CatalogueError as error:
        return list(error.mistakes)
    return [*_missing(catalogue), *_shared_names(catalogue)]


def stale(catalogue: Catalogue, today: date, months: int = _MONTHS_IN_YEAR) -> list[str]:
    """List the facts that were checked too long ago or that hold no longer.

    Args:
        catalogue: what to look at.
        today: the day to reckon from.
        months: how many months a check stays good.

    Returns:
        One Dutch line for each item and source, oldest check first.
    """
    oldest = months_before(today, months)
    found: set[tuple[date, str]] = set()
    for what, source in _all_sources(catalogue):
        if source.valid_until is not None and source.valid_until < today:
            found.add(
                (source.valid_until, f"{what}: '{source.title}' gold tot {source.valid_until}.")
            )
        elif source.checked_on < oldest:
            line = f"{what}: '{source.title}' is nagekeken op {source.checked_on}."
            found.add((source.checked_on, line))
    for topic in catalogue.topics.values():
        if topic.valid_until is not None and topic.valid_until < today:
            line = f"onderwerp {topic.id}: de tekst gold tot {topic.valid_until}."
            found.add((topic.valid_until, line))
    return [line for _, line in sorted(found)]


def months_before(day: date, months: int) -> date:
    """Give the day a number of calendar months earlier; never past the 28th when that is absent.

    Args:
        day: the day to count back from.
        months: how many months, zero or more.

    Returns:
        The same day of the month, or the 28th when that month has no such day.
    """
    year, month = divmod(day.year * _MONTHS_IN_YEAR + day.month - 1 - months, _MONTHS_IN_YEAR)
    try:
        return day.replace(year=year, month=month + 1)
    except ValueError:
        return date(year, month + 1, _DAYS_ALWAYS_THERE)


def _all_sources(catalogue: Catalogue) -> Iterator[tuple[str, Source]]:
    for route in catalogue.routes.values():
        yield from _named(f"route {route.id}", route.sources)
    for target in catalogue.targets.values():
        what = f"doelberoep {target.id}"
        yield from _named(what, target.sources)
        for fact in (target.demand, target.wage):
            if fact is not None:
                yield what, fact.source
    for origin in catalogue.origins.values():
        yield from _named(f"herkomstberoep {origin.id}", origin.sources)
    for region in catalogue.regions.values():
        for own in region.routes_on:
            yield from _named(f"regio {region.code}, route {own.route}", own.sources)
    for partner in catalogue.partners.values():
        yield from _named(f"partner {partner.id}", partner.sources)
    for topic in catalogue.topics.values():
        yield from _named(f"onderwerp {topic.id}", topic.sources)


def _named(what: str, sources: Iterable[Source]) -> Iterator[tuple[str, Source]]:
    for source in sources:
        yield what, source


def _missing(catalogue: Catalogue) -> list[str]:
    mistakes = [
        f"route {name}: deze route ontbreekt in routes.yml."
        for name in sorted(ROUTE_IDS - catalogue.routes.keys())
    ]
    served = {code for partner in catalogue.partners.values() for code in partner.regions}
    if all(partner.regions for partner in catalogue.partners.values()):
        mistakes.append("partner: er is geen landelijke partner (regions: []).")
        mistakes += [
            f"regio {code}: geen partner kan mensen uit deze regio ontvangen."
            for code in sorted(catalogue.regions.keys() - served)
        ]
    return mistakes


def _shared_names(catalogue: Catalogue) -> list[str]:
    mistakes: list[str] = []
    kinds: tuple[tuple[str, Iterable[tuple[str, tuple[str, ...]]]], ...] = (
        ("route", ((one.id, one.names) for one in catalogue.routes.values())),
        ("doelberoep", ((one.id, (one.name, *one.names)) for one in catalogue.targets.values())),
        (
            "herkomstberoep",
            ((one.id, (one.name, *one.names)) for one in catalogue.origins.values()),
        ),
        ("onderwerp", ((one.id, one.names) for one in catalogue.topics.values())),
    )
    for kind, items in kinds:
        owners: dict[str, str] = {}
        for owner, names in items:
            for name in names:
                first = owners.setdefault(fold(name), owner)
                if first != owner:
                    mistakes.append(f"{kind} {owner}: de naam '{name}' hoort ook bij {first}.")
    return mistakes
