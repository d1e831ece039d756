"""A profile in the words that people know, line by line."""

from typing import Any

from bot.catalogue.model import Catalogue
from bot.catalogue.named import listed


def profile_rows(
    profile: dict[str, Any], labels: dict[str, dict[str, Any]], catalogue: Catalogue
) -> list[tuple[str, str]]:
    """Give the Dutch name and value of each field that is known, in the order of the questions."""
    return [
        (str(name), words_of(field, profile[field], labels, catalogue))
        for field, name in labels["field"].items()
        if profile.get(field) not in (None, [], "")
    ]


def words_of(
    field: str, value: Any, labels: dict[str, dict[str, Any]], catalogue: Catalogue
) -> str:
    """Give one value in words."""
    if isinstance(value, bool):
        return str(labels["needs_wage"]["true" if value else "false"])
    if field == "refused":
        return listed(value, catalogue, str(labels["refused"]["more"]))
    if isinstance(value, list):
        return ", ".join(words_of(field, item, labels, catalogue) for item in value)
    if field == "occupation":
        known = catalogue.origins.get(value) or catalogue.targets.get(value)
        return known.name if known else str(value)
    return str(labels.get(field, {}).get(value, value))
