"""The reasons: concrete, in plain words, and never more than is known."""

from dataclasses import replace

import pytest

from bot.advice.model import Suggestion
from bot.advice.ranking import advise
from bot.catalogue.model import Demand, TargetOccupation, Wage
from bot.profile import Avoid, Education, Interest, Profile, Situation, WageIs
from tests.unit.advice_profiles import TODAY, texts
from tests.unit.test_advice_scoring import BASE, ORIGIN, SALESMAN, SOURCE, world


def suggestion(target: TargetOccupation, profile: Profile) -> Suggestion:
    """The one suggestion in a world with one target."""
    (found,) = advise(profile, world(target), texts(), today=TODAY).suggestions
    return found


def said(target: TargetOccupation, profile: Profile) -> dict[str, str]:
    """Reason codes and sentences."""
    return {reason.code: reason.text for reason in suggestion(target, profile).reasons}


def test_shared_skills_are_named_with_the_persons_own_work() -> None:
    target = replace(BASE, skills=("lassen", "tempo", "klantcontact"))

    assert said(target, SALESMAN)["skills"] == (
        "Als oud werk heb je geleerd: tempo en klantcontact. Dat gebruik je hier ook."
    )


def test_no_more_than_three_skills_are_named() -> None:
    origin = replace(ORIGIN, skills=("a", "b", "c", "d", "e"))
    target = replace(BASE, skills=("e", "d", "c", "b"))
    other = replace(world(target), origins={origin.id: origin})

    (found,) = advise(SALESMAN, other, texts(), today=TODAY).suggestions

    assert "e, d en c." in found.reasons[0].text


def test_a_logical_step_without_shared_skills_is_called_our_own_judgement() -> None:
    found = said(replace(BASE, id="eerste"), SALESMAN)

    assert "skills" not in found
    assert "inschatting" in found["logical_step"]


def test_only_interests_that_the_work_has_are_named() -> None:
    profile = Profile(interests=(Interest.COMPUTERS, Interest.MACHINES, Interest.HANDS_ON))

    text = said(BASE, profile)["interests"]

    assert "met je handen werken en met machines werken" in text
    assert "computers" not in text


def test_what_the_person_avoids_is_named_back() -> None:
    found = said(BASE, replace(SALESMAN, avoid=(Avoid.SCREEN, Avoid.HEAVY)))

    assert "zwaar werk en de hele dag achter een scherm" in found["avoids"]
    assert "avoids" not in said(BASE, SALESMAN)


def test_left_out_work_says_only_what_this_work_has() -> None:
    target = replace(BASE, traits=("heavy", "nights"))
    profile = replace(SALESMAN, avoid=(Avoid.HEAVY, Avoid.SCREEN))

    found = advise(profile, world(target), texts(), today=TODAY)

    assert found.suggestions == ()
    (out,) = found.excluded
    assert out.reason.code == "avoid"
    assert "zwaar werk." in out.reason.text
    assert "scherm" not in out.reason.text


@pytest.mark.parametrize(
    ("routes", "situation", "codes"),
    [
        (("bbl",), None, {"wage_route"}),
        (("bol",), None, {"no_wage_route", "no_route_now"}),
        (("derde_leerweg",), Situation.EMPLOYED, {"no_wage_route", "beside_job"}),
        (("derde_leerweg",), Situation.WW, {"no_wage_route"}),
        (("praktijkverklaring",), None, {"no_wage_route"}),  # meant for others than mbo2
    ],
)
def test_income_while_learning_is_said_plainly(routes, situation, codes) -> None:
    profile = replace(SALESMAN, needs_wage=True, situation=situation)
    about_income = {"wage_route", "no_wage_route", "beside_job", "no_route_now"}

    assert set(said(replace(BASE, routes=routes), profile)) & about_income == codes


def test_who_does_not_need_a_wage_hears_nothing_about_it() -> None:
    assert not set(said(replace(BASE, routes=("bol",)), SALESMAN)) & {
        "wage_route",
        "no_wage_route",
    }


@pytest.mark.parametrize(
    ("low", "high", "code"),
    [(2500, None, "wage_enough"), (2000, 3000, "wage_low"), (None, None, "wage_unknown")],
)
def test_pay_is_held_against_what_is_needed(low, high, code) -> None:
    wage = Wage(text="Ongeveer zoveel.", month_low=low, month_high=high, year=2026, source=SOURCE)
    found = said(replace(BASE, wage=wage), replace(SALESMAN, min_wage_month=2400))

    assert code in found
    assert code == "wage_unknown" or "Ongeveer zoveel." in found[code]


def test_gross_pay_above_a_net_amount_is_not_said_to_be_enough() -> None:
    wage = Wage(text="Ongeveer zoveel.", month_low=2500, month_high=None, year=2026, source=SOURCE)
    needs = replace(SALESMAN, min_wage_month=2400, min_wage_is=WageIs.NET)

    assert not set(said(replace(BASE, wage=wage), needs)) & {"wage_enough", "wage_low"}


def test_a_higher_level_is_a_caution_and_a_lower_one_is_explained() -> None:
    assert "mbo niveau 4" in said(replace(BASE, level=("mbo4",)), SALESMAN)["level_up"]
    graduate = replace(SALESMAN, education=Education.HBO)
    assert "mbo niveau 2" in said(BASE, graduate)["level_down"]
    assert not set(said(BASE, SALESMAN)) & {"level_up", "level_down"}


def test_weak_chances_are_said() -> None:
    weak = replace(BASE, demand=Demand(text="zwak", strength=0, source=SOURCE))

    assert "demand_weak" in said(weak, SALESMAN)
    assert "demand_weak" not in said(BASE, SALESMAN)


@pytest.mark.parametrize(
    ("situation", "start"),
    [
        (Situation.WW, "Vraag eerst toestemming aan UWV."),
        (Situation.BIJSTAND, "Praat eerst met je gemeente."),
    ],
)
def test_the_next_step_of_who_has_a_benefit_starts_with_who_pays_it(situation, start) -> None:
    profile = replace(SALESMAN, situation=situation)
    course = replace(BASE, routes=("derde_leerweg",))

    assert suggestion(course, profile).next_step.startswith(start)
    assert not suggestion(course, SALESMAN).next_step.startswith(start)


def test_without_a_route_the_next_step_is_to_talk_to_the_werkcentrum() -> None:
    profile = replace(SALESMAN, needs_wage=True)

    assert "werkcentrum.nl" in suggestion(replace(BASE, routes=("bol",)), profile).next_step
