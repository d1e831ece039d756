"""Each term of the score: what speaks for an occupation and what against it."""

from dataclasses import replace
from datetime import date

import pytest

from bot.advice.index import Index
from bot.advice.ranking import advise
from bot.advice.scoring import level_mismatch, person_of, score
from bot.catalogue.esco import Esco
from bot.catalogue.model import Catalogue, Demand, OriginOccupation, Source, TargetOccupation, Wage
from bot.profile import Education, Interest, Profile
from tests.unit.advice_profiles import TODAY, catalogue, texts

SOURCE = Source(title="UWV", url=None, checked_on=TODAY)
ORIGIN = OriginOccupation(
    id="oud_werk",
    name="Oud werk",
    sector="winkel",
    isco08="5230",
    names=("oude werk",),
    skills=("klantcontact", "tempo"),
    targets=("eerste", "tweede"),
    outlook=None,
    sources=(SOURCE,),
)
BASE = replace(
    next(iter(catalogue().targets.values())),
    id="los",
    name="Los werk",
    names=("los werk",),
    field="metaal",
    level=("mbo2",),
    isco08="7212",
    interests=("hands_on", "machines"),
    traits=(),
    skills=("lassen",),
    routes=("bbl",),
    demand=None,
    wage=None,
)
SALESMAN = Profile(occupation="oud_werk", education=Education.MBO2, interests=(Interest.HANDS_ON,))


def world(*targets: TargetOccupation) -> Catalogue:
    """A catalogue with one origin and these targets."""
    return replace(
        catalogue(),
        origins={ORIGIN.id: ORIGIN},
        targets={one.id: one for one in targets},
        esco=Esco(),
    )


def value(target: TargetOccupation, profile: Profile = SALESMAN, today: date = TODAY) -> float:
    """The score of one target."""
    person = person_of(profile, Index(world(target)), texts().weights, today)
    found = score(target, person, texts().weights, texts().limits)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"id": "eerste"}, {"id": "tweede"}),
        ({"id": "tweede"}, {}),
        ({"skills": ("klantcontact",)}, {}),
        ({"skills": ("klantcontact", "tempo")}, {"skills": ("klantcontact", "lassen")}),
        ({"skills": ("Klantcontact",)}, {}),
        ({"isco08": "5231"}, {"isco08": "5311"}),
        ({"interests": ("hands_on",)}, {}),
        (
            {"interests": ("hands_on", "machines"), "skills": ("tempo",)},
            {"interests": ("computers", "machines"), "skills": ("tempo",)},
        ),
        ({"level": ("mbo3",)}, {"level": ("mbo4",)}),
        ({"level": ("mbo2",)}, {"level": ("mbo1",)}),
        ({"level": ("mbo2", "mbo4")}, {"level": ("mbo4",)}),
        (
            {"demand": Demand(text="krap", strength=3, source=SOURCE)},
            {"demand": Demand(text="minder", strength=1, source=SOURCE)},
        ),
        ({}, {"demand": Demand(text="zwak", strength=0, source=SOURCE)}),
        ({"demand": Demand(text="krap", strength=2, source=SOURCE)}, {}),
    ],
)
def test_what_fits_better_scores_higher(better: dict, worse: dict) -> None:
    assert value(replace(BASE, **better)) > value(replace(BASE, **worse))


def test_pay_under_what_is_needed_scores_lower_and_unknown_pay_does_not() -> None:
    low = replace(
        BASE, wage=Wage(text="", month_low=1900, month_high=None, year=2026, source=SOURCE)
    )
    reach = replace(low, wage=replace(low.wage, month_high=2600))
    needs = replace(SALESMAN, min_wage_month=2400)

    assert value(low, needs) < value(reach, needs) == value(BASE, needs)
    assert value(low) == value(BASE)


def test_demand_past_its_last_day_counts_as_unknown() -> None:
    past = replace(SOURCE, valid_until=date(2026, 1, 1))
    tight = replace(BASE, demand=Demand(text="krap", strength=3, source=past))

    assert value(tight) == value(BASE)
    assert value(tight, today=date(2025, 12, 31)) > value(BASE)


def test_nothing_that_speaks_for_an_occupation_gives_no_score() -> None:
    person = person_of(replace(SALESMAN, interests=()), Index(world(BASE)), texts().weights, TODAY)

    assert score(BASE, person, texts().weights, texts().limits) is None


@pytest.mark.parametrize(
    ("education", "levels", "code"),
    [
        (Education.NONE, ("hbo",), "level_high"),
        (Education.NONE, ("mbo2",), None),
        (Education.MBO2, ("hbo",), "level_high"),
        (Education.MBO2, ("ad", "hbo"), None),
        (Education.MBO4, ("hbo",), None),
        (Education.WO, ("mbo2",), "level_low"),
        (Education.WO, ("mbo2", "mbo4"), None),
        (Education.HBO, ("mbo2",), None),
        (Education.UNKNOWN, ("hbo",), None),
        (None, ("mbo1",), None),
    ],
)
def test_a_level_too_far_from_the_diploma_is_left_out(education, levels, code) -> None:
    profile = Profile(education=education, interests=(Interest.MACHINES,))
    person = person_of(profile, Index(world(BASE)), texts().weights, TODAY)

    assert level_mismatch(replace(BASE, level=levels), person, texts().limits) == code


def same_field_and_one_other() -> Catalogue:
    """Five good occupations in one field and a poor one in another."""
    good = [replace(BASE, id=f"goed_{n}", isco08=f"72{n}1") for n in range(5)]
    poor = replace(BASE, id="ander", field="ict", isco08="3512", interests=tuple(Interest))
    return world(*good, poor)


def test_the_third_suggestion_comes_from_another_field_even_if_it_is_poorer() -> None:
    # The weights alone would not do it here: likeness costs nothing.
    free = replace(texts(), weights=replace(texts().weights, same_field=0.0, same_work=0.0))

    found = advise(SALESMAN, same_field_and_one_other(), free, today=TODAY, limit=5).suggestions

    assert [one.occupation.id for one in found] == [
        "goed_0",
        "goed_1",
        "ander",
        "goed_2",
        "goed_3",
    ]
    scores = [one.score for one in found]
    assert scores == sorted(scores, reverse=True)


def test_two_occupations_as_good_as_each_other_come_in_the_order_of_their_ids() -> None:
    twins = [replace(BASE, id=name) for name in ("b", "a", "c")]

    found = advise(SALESMAN, world(*twins), texts(), today=TODAY).suggestions

    assert [one.occupation.id for one in found] == ["a", "b", "c"]


def test_a_route_with_wage_goes_before_a_better_fit_without_for_who_needs_it() -> None:
    without = replace(BASE, id="eerste", routes=("bol",), isco08="3512", field="ict")
    needs = replace(SALESMAN, needs_wage=True)

    def first(profile: Profile) -> str:
        found = advise(profile, world(BASE, without), texts(), today=TODAY)
        return found.suggestions[0].occupation.id

    assert first(SALESMAN) == "eerste"
    assert first(needs) == "los"


@pytest.mark.parametrize(
    ("said", "work"),
    [
        ("oud_werk", "oud_werk"),
        ("Oud werk", "oud_werk"),
        ("ik deed heel lang oude werk, in een winkel", "oud_werk"),
        ("oudwerk", "oud_werk"),
        ("een oude wrek in de winkel", "oud_werk"),
        ("een heel ander vak", None),
        ("lossnijder", "lossnijder"),
        ("los snijder", "lossnijder"),
        ("los werk", "los"),
        ("werk", None),
        ("", None),
        (None, None),
        ("🙂", None),
    ],
)
def test_work_is_known_by_id_or_by_its_longest_name_in_the_words(said, work) -> None:
    cutter = replace(BASE, id="lossnijder", name="Lossnijder", names=("lossnijder",))

    found = Index(world(BASE, cutter)).work(said)

    assert (found.item.id if found else None) == work


def test_a_name_of_an_origin_goes_before_the_same_name_of_a_target() -> None:
    twin = replace(BASE, id="ander_werk", names=("oude werk",))

    assert Index(world(twin)).work("oude werk").item.id == "oud_werk"
