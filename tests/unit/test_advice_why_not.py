"""Why work is not among the first of an advice, and that what is said to change it does."""

from dataclasses import replace

import pytest

from bot.advice.why_not import WhyNot, why_not
from bot.profile import Avoid, Education, Interest, Profile, Situation
from tests.unit.advice_profiles import TODAY, advice, catalogue, texts

CASHIER = Profile(
    occupation="kassamedewerker",
    situation=Situation.EMPLOYED,
    education=Education.MBO2,
    interests=(Interest.HANDS_ON,),
)


def asked(profile: Profile, *targets: str) -> WhyNot | None:
    """Ask why these are not there."""
    known = catalogue()
    return why_not([known.targets[one] for one in targets], profile, known, texts(), today=TODAY)


def first(profile: Profile) -> list[str]:
    return [one.occupation.id for one in advice(profile).suggestions]


def test_what_is_refused_says_so_and_how_it_comes_back() -> None:
    one = first(CASHIER)[0]

    found = asked(replace(CASHIER, refused=(one,)), one)

    assert found
    assert "Je zei dat je dit werk niet wilt." in found.why[0]
    name = found.name
    assert texts().why_not["if_wanted"].format(name=name, place=1) in found.change


def test_what_is_avoided_says_what_accepting_it_does() -> None:
    one = next(one for one in first(CASHIER) if "heights" in catalogue().targets[one].traits)

    found = asked(replace(CASHIER, avoid=(Avoid.HEIGHTS,)), one)

    assert found
    assert "werken op hoogte" in found.why[0]
    assert any("niet erg vindt: werken op hoogte." in change for change in found.change)


def test_what_comes_later_says_its_place_and_why() -> None:
    found = asked(CASHIER, "helpdeskmedewerker")

    assert found
    assert "op plaats" in found.why[0]
    assert texts().why_not["other_likes"].format(interests="met je handen werken") in found.why


def test_what_would_bring_it_forward_is_what_the_engine_does_with_it() -> None:
    found = asked(CASHIER, "lasser")

    assert found
    assert "lasser" not in first(CASHIER)
    more = replace(CASHIER, interests=(*CASHIER.interests, Interest.MACHINES))
    ids = [one.occupation.id for one in advice(more, limit=6).suggestions]
    place = ids.index("lasser") + 1
    said = texts().why_not["if_liked"]
    assert said.format(interests="met machines werken", place=place) in found.change


def test_what_is_too_high_says_so() -> None:
    found = asked(replace(CASHIER, education=Education.NONE), "software_engineer")

    assert found
    assert "te grote stap" in found.why[0]


def test_of_a_field_work_is_explained_that_can_come_nearer() -> None:
    ids = [one.id for one in catalogue().targets.values() if one.field == "ict"]

    found = asked(replace(CASHIER, education=Education.MBO4), *ids)

    assert found
    assert catalogue().targets[found.id].field == "ict"
    assert found.change


def test_what_is_there_is_said_to_be_there() -> None:
    found = asked(CASHIER, first(CASHIER)[1])

    assert found
    assert "staat wel in je advies, op plaats 2" in found.why[0]
    assert found.change == ()


def test_nothing_is_said_when_nothing_is_known_or_asked() -> None:
    assert asked(Profile(place="Goes"), "lasser") is None
    assert asked(CASHIER) is None


@pytest.mark.parametrize("target", sorted(catalogue().targets)[::4])
def test_every_change_that_is_named_is_tried_on_the_engine(target: str) -> None:
    found = asked(CASHIER, target)

    assert found
    assert found.why
    assert all("Dan staat het op plaats" in one for one in found.change)
