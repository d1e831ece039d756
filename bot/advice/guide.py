"""Where a person lives and who to talk to there first."""

from bot.advice.index import Index
from bot.advice.texts import AdviceTexts
from bot.catalogue.model import Catalogue, Partner, Region

_FIRST_KIND = "werkcentrum"  # in every region the door for everyone, with or without benefit


def region_of(
    place: str | None, index: Index, texts: AdviceTexts
) -> tuple[Region | None, tuple[str, ...]]:
    """Give the region of a place; when the name is of several regions, no region but a question."""
    found = index.places(place)
    if len(found) == 1:
        return index.catalogue.regions.get(found[0].region), ()
    if found:
        return None, (texts.questions.place.format(place=place),)
    return None, ()


def partner_of(catalogue: Catalogue, region: Region | None) -> Partner | None:
    """Give who to talk to first: the region's Werkcentrum, else any of the region, else national."""
    here = [one for one in catalogue.partners.values() if region and region.code in one.regions]
    national = [one for one in catalogue.partners.values() if not one.regions]
    candidates = sorted(here or national, key=lambda one: (one.kind != _FIRST_KIND, one.id))
    return candidates[0] if candidates else None
