"""Routes and occupations side by side."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given

from bot.advice.compare import ROWS, Comparison, compare
from bot.catalogue.model import Route, TargetOccupation
from bot.profile import Education, Profile, Situation
from tests.unit.advice_profiles import TODAY, catalogue, profiles, texts

TARGETS = sorted(catalogue().targets.values(), key=lambda one: one.id)


def side_by_side(
    *names: str, profile: Profile | None = None, today: date = TODAY
) -> dict[str, tuple[str, ...]]:
    """The rows of a comparison of routes or of occupations, by id."""
    return dict(compared(*names, profile=profile, today=today).rows)


def compared(
    *names: str, profile: Profile | None = None, today: date = TODAY
) -> Comparison:
    """A comparison of routes or of occupations, by id."""
    known: dict[str, Route | TargetOccupation] = {**catalogue().routes, **catalogue().targets}
    things = [known[name] for name in names]
    return compare(things, profile or Profile(), catalogue(), texts(), today=today)  # type: ignore[arg-type]


@pytest.mark.parametrize(("one", "other"), list(pairwise(TARGETS)), ids=lambda one: one.id)
def test_any_two_occupations_fill_every_row(one: TargetOccupation, other: TargetOccupation) -> None:
    found = compared(one.id, other.id)

    assert tuple(row for row, _ in found.rows) == ROWS
    assert all(text.strip() and "{" not in text for _, said in found.rows for text in said)
    assert found.names == (one.name, other.name)
    assert found.sources


def test_any_two_routes_fill_every_row_and_say_what_hangs_on_the_occupation() -> None:
    for one, other in pairwise(catalogue().routes):
        rows = side_by_side(one, other)
        assert all(text.strip() for said in rows.values() for text in said)
        assert rows["demand"] == (texts().compare["depends"],) * 2
        assert rows["diploma"] == tuple(
            catalogue().routes[name].diploma_text for name in (one, other)
        )


def test_bbl_pays_and_bol_does_not() -> None:
    assert side_by_side("bbl", "bol")["wage"] == (
        texts().plan.words["wage"],
        texts().plan.words["no_wage"],
    )


def test_whether_one_may_begin_depends_on_the_person() -> None:
    none, hbo = (
        side_by_side("data_analist", "lasser", profile=Profile(education=one))["entry"]
        for one in (Education.NONE, Education.HBO)
    )

    assert hbo[0].startswith(texts().compare["entry_open"])
    assert none[0].startswith(texts().compare["entry_ask"])
    assert texts().missing["test_21_plus"] in none[0]


def test_with_ww_permission_of_uwv_comes_first() -> None:
    said = side_by_side("data_analist", "lasser", profile=Profile(situation=Situation.WW))

    assert texts().missing["uwv_permission"] in said["entry"][0]
    assert texts().arrange["uwv_tell"] in " ".join(said["entry"])


def test_chances_and_pay_without_a_source_are_called_unknown() -> None:
    target = catalogue().targets["dakdekker"]
    assert target.demand is None
    assert target.wage is None

    rows = side_by_side("dakdekker", "lasser")

    assert rows["demand"][0] == texts().compare["demand_unknown"]
    assert texts().compare["wage_unknown"] in rows["wage"][0]
    assert rows["demand"][1] == catalogue().targets["lasser"].demand.text


def test_pay_and_chances_past_their_date_are_not_shown() -> None:
    target = catalogue().targets["lasser"]
    old = replace(target.demand.source, valid_until=date(2026, 1, 1))
    stale = replace(
        target,
        demand=replace(target.demand, source=old),
        wage=replace(target.wage, source=old),
    )

    found = compare([stale, stale], Profile(), catalogue(), texts(), today=TODAY)
    rows = dict(found.rows)

    assert rows["demand"] == (texts().compare["demand_unknown"],) * 2
    assert target.wage.text not in rows["wage"][0]
    assert old not in found.sources


@given(profiles())
def test_anyone_can_compare(profile: Profile) -> None:
    rows = side_by_side("lasser", "software_engineer", profile=profile)

    assert all(text.strip() for said in rows.values() for text in said)
