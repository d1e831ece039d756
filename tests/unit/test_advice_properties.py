"""What must hold for the advice of anyone at all: random profiles on the real catalogue."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.advice.eligibility import Background, HoursNorm, admit
from bot.advice.index import index_of
from bot.advice.model import Advice, Status
from bot.advice.ranking import advise
from bot.catalogue.model import Catalogue
from bot.profile import Avoid, Education, Profile
from tests.unit.advice_profiles import TODAY, advice, catalogue, profiles, texts

FAR = date(2031, 1, 1)
# Each of these diplomas includes all that the one before it opens.
LADDERS = [
    (Education.NONE, Education.MBO1, Education.MBO2, Education.MBO3, Education.MBO4),
    (Education.NONE, Education.VMBO, Education.MBO2),
    (Education.MBO4, Education.AD, Education.HBO, Education.WO),
    (Education.VMBO, Education.HAVO, Education.VWO, Education.HBO),
]


def routes_of(given_advice: Advice) -> list:
    return [route for one in given_advice.suggestions for route in one.routes]


@given(profiles())
def test_the_same_profile_gives_the_same_advice(profile: Profile) -> None:
    assert advice(profile) == advice(profile)


@given(profiles())
def test_a_rebuilt_index_gives_the_same_advice(profile: Profile) -> None:
    first = advice(profile)
    copy = replace(catalogue(), places=dict(catalogue().places))

    assert index_of(copy) is not index_of(catalogue())
    assert advise(profile, copy, texts(), today=TODAY) == first


@given(profiles(), st.randoms())
def test_the_order_of_interests_and_of_the_catalogue_does_not_matter(profile, random) -> None:
    shuffled = list(profile.interests)
    random.shuffle(shuffled)
    names = list(catalogue().targets)
    random.shuffle(names)
    other = replace(catalogue(), targets={name: catalogue().targets[name] for name in names})

    again = advise(replace(profile, interests=tuple(shuffled)), other, texts(), today=TODAY)

    assert again == advice(profile)


@given(profiles(), st.integers(0, 8))
def test_more_suggestions_only_add_to_the_first_ones(profile: Profile, limit: int) -> None:
    few, many = advice(profile, limit=limit), advice(profile, limit=9)

    assert len(few.suggestions) <= limit
    ids = [one.occupation.id for one in many.suggestions]
    assert ids[: len(few.suggestions)] == [one.occupation.id for one in few.suggestions]


@given(profiles())
def test_suggestions_differ_and_scores_fall(profile: Profile) -> None:
    found = advice(profile, limit=6).suggestions
    scores = [one.score for one in found]

    assert scores == sorted(scores, reverse=True)
    assert len({one.occupation.id for one in found}) == len(found)


@given(profiles())
def test_three_suggestions_are_never_all_of_one_field(profile: Profile) -> None:
    found = advice(profile).suggestions
    fields = {one.occupation.field for one in advice(profile, limit=60).suggestions}

    assume(len(found) == 3 and len(fields) > 1)
    assert len({one.occupation.field for one in found}) > 1


@given(profiles())
def test_nobody_is_advised_the_work_that_he_does(profile: Profile) -> None:
    work = index_of(catalogue()).work(profile.occupation)
    assume(work is not None)

    assert work.item.id not in {one.occupation.id for one in advice(profile, limit=9).suggestions}


@given(profiles())
def test_no_suggestion_has_a_trait_that_the_person_avoids(profile: Profile) -> None:
    for one in advice(profile, limit=9).suggestions:
        traits = catalogue().targets[one.occupation.id].traits
        assert not {avoided.value for avoided in profile.avoid} & set(traits)


@pytest.mark.parametrize("avoided", list(Avoid))
def test_occupations_with_an_avoided_trait_exist_so_that_leaving_them_out_says_something(
    avoided: Avoid,
) -> None:
    assert any(avoided.value in one.traits for one in catalogue().targets.values())


@given(profiles())
def test_who_needs_a_wage_gets_a_route_with_wage_or_is_told_that_there_is_none(profile) -> None:
    for one in advice(replace(profile, needs_wage=True), limit=6).suggestions:
        codes = {reason.code for reason in one.reasons}
        has_one = any(route.wage and route.status is not Status.NOT_YET for route in one.routes)

        assert has_one or "no_wage_route" in codes
        assert not {"wage_route", "no_wage_route"} <= codes


@given(profiles())
def test_every_route_shown_has_the_status_that_the_rules_give(profile: Profile) -> None:
    work = index_of(catalogue()).work(profile.occupation)
    work = work if profile.years != 0 else None
    limits = texts().limits
    norm = HoursNorm(least=limits.hours_least, full=limits.hours_full)
    for one in advice(profile).suggestions:
        target = catalogue().targets[one.occupation.id]
        background = Background(
            technical=bool(work and work.technical),
            same_field=bool(work and work.same_trade(target)),
        )
        for route in one.routes:
            rule = admit(catalogue().routes[route.id], target, profile, background, norm)
            assert route.status is rule.status
            assert bool(route.missing) is (route.status is not Status.OPEN)


@given(profiles())
def test_a_closed_route_is_never_shown(profile: Profile) -> None:
    routes = {
        name: replace(one, closed=name in ("bbl", "ad"))
        for name, one in catalogue().routes.items()
    }
    closed = replace(catalogue(), routes=routes)

    shown = routes_of(advise(profile, closed, texts(), today=TODAY, limit=6))

    assert not {route.id for route in shown} & {"bbl", "ad"}


def test_a_closed_route_stays_not_yet_open_for_the_rules_too() -> None:
    route = replace(catalogue().routes["bbl"], closed=True)
    target = next(one for one in catalogue().targets.values() if "bbl" in one.routes)
    profile = Profile(education=Education.WO)

    rule = admit(route, target, profile, Background(), HoursNorm(least=16, full=32))

    assert rule.status is Status.NOT_YET


@given(profiles(), st.sampled_from(LADDERS), st.data())
def test_a_higher_diploma_never_takes_an_open_route_away(profile, ladder, data) -> None:
    lower = data.draw(st.integers(0, len(ladder) - 2))
    higher = data.draw(st.integers(lower + 1, len(ladder) - 1))
    norm = HoursNorm(least=16, full=32)
    for target in catalogue().targets.values():
        for name in target.routes:
            first, second = (
                admit(
                    catalogue().routes[name],
                    target,
                    replace(profile, education=ladder[step]),
                    Background(),
                    norm,
                ).status
                for step in (lower, higher)
            )
            assert not (first is Status.OPEN and second is not Status.OPEN)


@given(profiles())
def test_every_route_and_demand_names_a_source_that_still_holds(profile: Profile) -> None:
    for one in advice(profile, limit=6).suggestions:
        sources = [source for route in one.routes for source in route.sources]
        assert all(route.sources for route in one.routes)
        sources += [fact.source for fact in (one.demand, one.wage) if fact]
        told = {reason.code for reason in one.reasons}
        assert not told & {"wage_enough", "wage_low"} or one.wage
        for source in sources:
            assert source.title
            assert source.checked_on <= TODAY
            assert source.valid_until is None or source.valid_until >= TODAY


@given(profiles())
def test_entree_is_only_for_who_does_not_meet_level_two(profile: Profile) -> None:
    only_entree = {one.id for one in catalogue().targets.values() if one.level == ("mbo1",)}
    lower = (None, Education.NONE, Education.MBO1, Education.FOREIGN, Education.UNKNOWN)
    assume(profile.education not in lower)

    assert only_entree
    assert not only_entree & {one.occupation.id for one in advice(profile, limit=60).suggestions}


def aged(days: int) -> Catalogue:
    """The catalogue as if every source held until TODAY plus a number of days."""
    end = TODAY + timedelta(days=days)
    routes = {
        name: replace(one, sources=tuple(replace(s, valid_until=end) for s in one.sources))
        for name, one in catalogue().routes.items()
    }
    targets = {
        name: replace(
            one,
            demand=one.demand
            and replace(one.demand, source=replace(one.demand.source, valid_until=end)),
            wage=one.wage and replace(one.wage, source=replace(one.wage.source, valid_until=end)),
        )
        for name, one in catalogue().targets.items()
    }
    return replace(catalogue(), routes=routes, targets=targets)


OVER, LAST_DAY = -1, 0


@given(profiles())
def test_facts_past_their_last_day_are_not_shown(profile: Profile) -> None:
    profile = replace(profile, min_wage_month=1)
    gone = advise(profile, aged(OVER), texts(), today=TODAY, limit=6)

    for one in gone.suggestions:
        assert one.demand is None
        assert one.wage is None
        assert one.routes == ()
        assert not {"wage_enough", "wage_low"} & {reason.code for reason in one.reasons}


@given(profiles())
def test_facts_are_shown_on_their_last_day(profile: Profile) -> None:
    last = advise(profile, aged(LAST_DAY), texts(), today=TODAY, limit=6)

    kept = [(one.occupation, one.score, one.reasons) for one in last.suggestions]
    assert kept == [
        (one.occupation, one.score, one.reasons) for one in advice(profile, limit=6).suggestions
    ]


@settings(max_examples=200)
@given(profiles())
def test_the_json_has_the_shape_of_the_contract(profile: Profile) -> None:
    data = json.loads(json.dumps(advice(profile).to_json()))

    assert set(data) == {"region", "suggestions", "excluded", "questions"}
    assert data["region"] is None or set(data["region"]) == {"code", "name"}
    for one in data["suggestions"]:
        assert set(one) == {
            "occupation", "score", "reasons", "routes", "demand", "wage", "next_step",
        }  # fmt: skip
        assert set(one["occupation"]) == {"id", "name", "field", "level"}
        assert one["reasons"]
        assert one["next_step"]
        assert all(set(reason) == {"code", "text"} for reason in one["reasons"])
        for route in one["routes"]:
            assert route["status"] in ("open", "not_yet", "ask")
            assert {
                "id",
                "name",
                "missing",
                "duration_months",
                "days_work",
                "days_school",
                "wage",
                "cost_text",
                "paid_by_text",
                "sources",
            } <= set(route)
            assert all(set(s) == {"title", "url", "checked_on"} for s in route["sources"])
        assert one["demand"] is None or {"text", "source", "checked_on"} <= set(one["demand"])
    for one in data["excluded"]:
        assert one["occupation"]["id"] in catalogue().targets
        assert one["reason"]


@given(profiles())
def test_no_sentence_has_an_unfilled_gap(profile: Profile) -> None:
    data = advice(profile, limit=6)
    said = [reason.text for one in data.suggestions for reason in one.reasons]
    said += [one.next_step for one in data.suggestions]
    said += [one.reason.text for one in data.excluded]

    assert not [text for text in said if "{" in text or "  " in text or ": ." in text]


@given(profiles())
def test_excluded_occupations_are_few_and_never_suggested(profile: Profile) -> None:
    data = advice(profile, limit=9)

    assert len(data.excluded) <= texts().limits.excluded
    assert not {one.occupation.id for one in data.excluded} & {
        one.occupation.id for one in data.suggestions
    }
