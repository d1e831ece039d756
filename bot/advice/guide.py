"""Where a person lives and who to talk to there first."""

from textwrap import shorten

from bot.advice.index import Index
from bot.advice.texts import AdviceTexts
from bot.catalogue.model import Catalogue, Partner, Region

_SAID_BACK = 60  # signs
_FIRST_KIND = "werkcentrum"  # in every region the door for everyone, with or without benefit


def region_of(
    place: str | None, index: Index, texts: AdviceTexts
) -> tuple[Region | None, tuple[str, ...]]:
    """Give the region of a place; with a question instead when it is unknown or of several regions."""
    found = index.places(place)
    if len(found) == 1:
        return index.catalogue.regions.get(found[0].region), ()
    if not place:
        return None, ()
    question = texts.questions.place if found else texts.questions.unknown_place
    return None, (question.format(place=quoted(place)),)


def quoted(said: str) -> str:
    """Give the beginning of what somebody said, on one line, to say it back."""
    return shorten(said, _SAID_BACK, placeholder="...")


def partner_of(catalogue: Catalogue, region: Region | None) -> Partner | None:
    """Give who to talk to first: the region's Werkcentrum, else any of the region, else national."""
    here = [one for one in catalogue.partners.values() if region and region.code in one.regions]
    national = [one for one in catalogue.partners.values() if not one.regions]
    candidates = sorted(here or national, key=lambda one: (one.kind != _FIRST_KIND, one.id))
    return candidates[0] if candidates else None
