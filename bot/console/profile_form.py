"""The form that corrects a profile: what it shows, what it reads, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from multidict import MultiMapping

from bot.advice.index import index_of
from bot.catalogue.model import Catalogue
from bot.catalogue.places import fold
from bot.profile import Avoid, Education, Interest, Situation, WageIs

NUMBERS = {"years": (0, 70), "hours": (1, 60), "min_wage_month": (0, 20_000)}
CHOICES: Mapping[str, list[str]] = {
    "situation": list(Situation),
    "education": list(Education),
    "min_wage_is": list(WageIs),
}
SEVERAL: Mapping[str, list[str]] = {"interests": list(Interest), "avoid": list(Avoid)}
KEPT = ("refused",)
"""What the person alone says, in the conversation."""
WAGE = {"yes": True, "no": False}


@dataclass(slots=True)
class ProfileForm:
    """What was typed, by field; and the code of what is wrong, by field."""

    values: dict[str, Any]
    errors: dict[str, str] = field(default_factory=dict)
    profile: dict[str, Any] = field(default_factory=dict)


def shown(profile: dict[str, Any], catalogue: Catalogue) -> ProfileForm:
    """Give the form filled with a profile."""
    work = index_of(catalogue).work(profile.get("occupation"))
    values = {name: profile.get(name, "") for name in ("years", "hours", "min_wage_month")}
    values |= {name: profile.get(name, "") for name in ("place", *CHOICES)}
    values |= {name: list(profile.get(name, [])) for name in SEVERAL}
    values["occupation"] = work.item.name if work else profile.get("occupation", "")
    wage = profile.get("needs_wage")
    values["needs_wage"] = "" if wage is None else "yes" if wage else "no"
    return ProfileForm(values, profile=profile)


def read(given: MultiMapping[Any], catalogue: Catalogue, before: Mapping[str, Any]) -> ProfileForm:
    """Read the form; every mistake is named at its field and nothing that was typed is lost.

    `before`: the profile so far, of which what the form does not ask stays.
    """
    form = ProfileForm(
        _typed(given), profile={name: before[name] for name in KEPT if name in before}
    )
    _read_words(form, catalogue)
    for name, (low, high) in NUMBERS.items():
        text = form.values[name]
        if not text:
            continue
        if text.isascii() and text.isdigit() and low <= int(text[:9]) <= high:
            form.profile[name] = int(text)
        else:
            form.errors[name] = f"number_{name}"
    for name in CHOICES:
        if form.values[name]:
            form.profile[name] = form.values[name]
    for name in SEVERAL:
        if form.values[name]:
            form.profile[name] = form.values[name]
    if form.values["needs_wage"] in WAGE:
        form.profile["needs_wage"] = WAGE[form.values["needs_wage"]]
    return form


def _typed(given: MultiMapping[Any]) -> dict[str, Any]:
    values: dict[str, Any] = {
        name: str(given.get(name, "")).strip()[:200]
        for name in ("occupation", "place", "needs_wage", *NUMBERS)
    }
    for name, known in CHOICES.items():
        values[name] = str(given.get(name, "")) if given.get(name) in known else ""
    for name, known in SEVERAL.items():
        ticked = [str(item) for item in given.getall(name, [])]
        values[name] = [item for item in known if item in ticked]
    return values


def _read_words(form: ProfileForm, catalogue: Catalogue) -> None:
    """Read the occupation and the place: words that must be known to the catalogue."""
    if said := form.values["occupation"]:
        work = index_of(catalogue).work(said)
        if work is None:
            form.errors["occupation"] = "occupation"
        else:
            form.profile["occupation"] = work.item.id
    if place := form.values["place"]:
        if fold(place[:4] if place[:4].isdigit() else place) not in catalogue.places:
            form.errors["place"] = "place"
        else:
            form.profile["place"] = place
