"""Which occupations come first, and what is said of those that do not come."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.advice.index import in_words, index_of
from bot.advice.levels import LEVEL_STEPS, best_level, distance
from bot.advice.model import Advice, Status
from bot.advice.options import (
    admissions,
    offered,
    possible_beside_job,
    possible_on_benefit,
    possible_with_wage,
)
from bot.advice.ranking import advise
from bot.advice.scoring import level_mismatch, person_of, score, unwanted
from bot.profile import Avoid, Education, Interest, Profile, Situation
from tests.unit.advice_profiles import TODAY, advice, catalogue, profiles, texts

HANDY = (Interest.HANDS_ON, Interest.MACHINES)


def names(given_advice: Advice) -> list[str]:
    """The ids of the suggestions, best first."""
    return [one.occupation.id for one in given_advice.suggestions]


def by_hand(profile: Profile, limit: int) -> list[str]:
    """The suggestions, worked out the slow way: every route of every occupation, no short cuts."""
    person = person_of(profile, index_of(catalogue()), texts().weights, TODAY)
    region, weights = advice(profile).region, texts().weights
    left: dict[str, float] = {}
    for name, target in catalogue().targets.items():
        value = score(target, person, weights, texts().limits)
        own = person.work and person.work.item.id == name
        far = level_mismatch(target, person, texts().limits)
        if own or value is None or unwanted(target, person) or far:
            continue
        decided = admissions(target, offered(target, catalogue(), region, TODAY), person, texts())
        if profile.needs_wage and possible_with_wage(decided) is None:
            beside = possible_beside_job(decided, profile) or possible_on_benefit(decided)
            risky = profile.situation is Situation.AT_RISK
            without = weights.wage_at_risk if risky else weights.no_wage
            value -= weights.wage_beside if beside else without
        part_time = profile.hours and profile.hours < texts().limits.hours_full
        if part_time and all(admission.status is not Status.OPEN for _, admission in decided):
            value -= weights.few_hours
        if all(admission.status is Status.NOT_YET for _, admission in decided):
            value -= weights.no_route
        left[name] = value
    chosen: list[str] = []
    while left and len(chosen) < limit and (person.work or person.interests):
        earlier = [catalogue().targets[name] for name in chosen]
        rated = []
        for name, value in left.items():
            target = catalogue().targets[name]
            alike = [one for one in earlier if one.field == target.field]
            same_work = any(one.isco08 == target.isco08 for one in earlier)
            value -= weights.same_field * len(alike) + weights.same_work * same_work
            rated.append((len(chosen) < 3 and len(alike) >= 2, -round(value, 6), name))
        chosen.append(min(rated)[2])
        del left[chosen[-1]]
    return chosen


@settings(max_examples=300)
@given(profiles(), st.integers(1, 6))
def test_the_short_cuts_choose_what_looking_at_everything_chooses(profile, limit) -> None:
    assert names(advice(profile, limit=limit)) == by_hand(profile, limit)


@pytest.mark.parametrize(
    "profile",
    [
        Profile(),
        Profile(education=Education.WO, place="Rotterdam", avoid=(Avoid.HEAVY,)),
        Profile(occupation="xyzzy", hours=32),
    ],
)
def test_without_work_and_interests_there_are_three_questions_and_no_guesses(profile) -> None:
    found = advice(profile)

    assert found.suggestions == ()
    assert len(found.questions) == 3


def test_with_an_interest_there_are_three_suggestions_and_no_questions() -> None:
    found = advice(Profile(interests=HANDY))

    assert len(found.suggestions) == 3
    assert found.questions == ()


def test_work_we_do_not_know_leaves_the_interests_to_decide() -> None:
    found = advice(Profile(occupation="xyzzy", interests=HANDY))

    assert found.suggestions == advice(Profile(interests=HANDY)).suggestions
    assert "'xyzzy'" in found.questions[0]


@pytest.mark.parametrize(
    ("place", "region"),
    [
        ("Rotterdam", "AM22"),
        ("3011", "AM22"),
        ("3011 AB", "AM22"),
        ("3011ab", "AM22"),
        ("ROTTERDAM ", "AM22"),
        ("Nergenshuizen", None),
        ("", None),
        (None, None),
    ],
)
def test_the_region_comes_from_the_place(place, region) -> None:
    found = advice(Profile(place=place, interests=HANDY)).region

    assert (found.code if found else None) == region


def test_a_place_name_of_several_regions_gives_no_region_but_a_question() -> None:
    name = next(key for key, found in catalogue().places.items() if len(found) > 1)

    found = advice(Profile(place=name, interests=HANDY))

    assert found.region is None
    assert any(name in question for question in found.questions)


def test_a_route_that_a_region_switched_off_is_not_shown_there_and_is_elsewhere() -> None:
    region = replace(catalogue().regions["AM22"], routes_off=("bbl",))
    without = replace(catalogue(), regions={**catalogue().regions, "AM22": region})

    def shown(place: str) -> set[str]:
        profile = Profile(place=place, interests=HANDY)
        found = advise(profile, without, texts(), today=TODAY)
        return {route.id for one in found.suggestions for route in one.routes}

    assert "bbl" not in shown("Rotterdam")
    assert "bbl" in shown("Tilburg")


def test_everyday_words_name_the_same_work_as_the_id() -> None:
    index = index_of(catalogue())
    for work in [*catalogue().origins.values(), *catalogue().targets.values()]:
        assert index.work(work.id).item.id == work.id
    for origin in catalogue().origins.values():
        said = f"Ik werk al tien jaar als {origin.name.upper()}!"
        assert index.work(said) is not None


def test_who_works_in_technology_gets_a_step_further() -> None:
    found = advice(Profile(occupation="procesoperator", education=Education.MBO3), limit=5)
    grown = [one for one in found.suggestions if "growth" in {r.code for r in one.reasons}]

    assert grown
    for one in grown:
        target = catalogue().targets[one.occupation.id]
        assert target.field == catalogue().targets["procesoperator"].field
        assert "mbo4" in target.level or "hbo" in target.level


def test_hbo_work_is_left_out_with_the_reason_for_who_has_no_diploma() -> None:
    found = advice(Profile(education=Education.NONE, interests=(Interest.COMPUTERS,)), limit=9)

    lowest = [
        min(LEVEL_STEPS[level] for level in catalogue().targets[name].level)
        for name in names(found)
    ]
    assert max(lowest) < LEVEL_STEPS["mbo4"]
    assert any(one.reason.code == "level_high" for one in found.excluded)


def test_low_work_is_left_out_for_a_graduate_unless_he_likes_to_use_his_hands() -> None:
    machines = Profile(education=Education.WO, interests=(Interest.MACHINES,))
    hands = replace(machines, interests=HANDY)

    assert {one.reason.code for one in advice(machines).excluded} == {"level_low"}
    # What only has entree stays out: that is for who does not meet level 2.
    assert {one.occupation.level for one in advice(hands).excluded} <= {"mbo1"}


@given(st.sampled_from(sorted(catalogue().targets)), st.sampled_from(Education))
def test_the_level_shown_is_a_level_of_the_occupation(name, education) -> None:
    levels = catalogue().targets[name].level

    assert best_level(levels, education) in levels


@pytest.mark.parametrize(
    ("levels", "education", "level"),
    [
        (("mbo2", "mbo3"), Education.VMBO, "mbo2"),
        (("mbo2", "mbo3"), Education.MBO2, "mbo3"),
        (("mbo3", "mbo2"), Education.NONE, "mbo2"),
        (("mbo2", "mbo4"), Education.WO, "mbo4"),
        (("ad", "hbo"), Education.MBO4, "ad"),
        (("ad", "hbo"), Education.FOREIGN, "ad"),
    ],
)
def test_the_level_to_learn_for_is_one_step_up(levels, education, level) -> None:
    assert best_level(levels, education) == level


def test_distance_counts_steps_to_the_nearest_level() -> None:
    assert distance(("mbo2", "mbo4"), Education.NONE) == 2
    assert distance(("mbo2",), Education.WO) == -5
    assert distance(("mbo2", "mbo4"), Education.MBO3) == -1
    assert distance(("hbo",), Education.FOREIGN) == 0
    assert distance(("hbo",), None) == 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [([], ""), (["a"], "a"), (["a", "b"], "a en b"), (["a", "b", "c"], "a, b en c")],
)
def test_words_are_joined_as_in_a_sentence(words, sentence) -> None:
    assert in_words(words, "en") == sentence


def test_a_wage_that_is_known_is_held_against_the_wage_that_is_needed() -> None:
    known = [one for one in catalogue().targets.values() if one.wage and one.wage.month_low]
    assert known
    for needed, code in ((1, "wage_enough"), (19_000, "wage_low")):
        profile = Profile(interests=tuple(Interest), min_wage_month=needed)
        found = {
            one.occupation.id: {reason.code for reason in one.reasons}
            for one in advice(profile, limit=200).suggestions
        }
        for target in known:
            assert code in found[target.id]


def test_what_a_person_refused_is_not_advised_and_the_advice_says_so() -> None:
    person = Profile(occupation="kassamedewerker", education=Education.MBO2)
    first = advice(person).suggestions[0].occupation.id

    after = advice(replace(person, refused=(first, "no_such_work")))

    assert first not in {one.occupation.id for one in after.suggestions}
    assert len(after.suggestions) == 3
    assert [(one.occupation.id, one.reason.code) for one in after.excluded][:1] == [
        (first, "refused")
    ]
