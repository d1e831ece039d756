"""The overstapplan and what a what-if changes."""

import json
import re
from dataclasses import replace
from datetime import date

import pytest
import yaml
from hypothesis import given

from bot.advice.changes import changes
from bot.advice.model import Status
from bot.advice.plan import Plan, build_plan
from bot.advice.plan_text import plan_to_text
from bot.profile import Education, Interest, Profile, Situation
from connectors.web.plan_pdf import plan_pdf
from tests.unit.advice_profiles import FOLDER, TODAY, advice, catalogue, profiles, texts

LABELS = yaml.safe_load((FOLDER.parent / "labels.yml").read_text(encoding="utf-8"))["labels"]
HANDY = Profile(
    education=Education.MBO2,
    place="Rotterdam",
    interests=(Interest.HANDS_ON, Interest.MACHINES),
    needs_wage=True,
)


def plan_of(profile: Profile, today: date = TODAY) -> Plan:
    """The plan of the advice on the real catalogue."""
    return build_plan(
        profile, advice(profile, today=today), catalogue(), texts(), LABELS, today=today
    )


@given(profiles())
def test_anyone_gets_a_plan_that_can_be_kept_as_json_and_text(profile: Profile) -> None:
    plan = plan_of(profile)
    text = plan_to_text(plan, texts())

    assert json.loads(json.dumps(plan.to_json()))["steps"] == list(plan.steps)
    assert "{" not in text
    assert text.endswith("\n")
    for one in advice(profile).suggestions:
        assert one.occupation.name in text
        assert all(reason.text in text for reason in one.reasons)
    for source in plan.sources:
        assert f"{source.title}" in text


@given(profiles())
def test_a_plan_never_shows_a_scheme_that_is_closed_or_past(profile: Profile) -> None:
    for today in (TODAY, date(2031, 1, 1)):
        for money in plan_of(profile, today).money:
            topic = catalogue().topics[money.id]
            assert topic.status not in ("closed", "policy")
            assert topic.valid_until is None or topic.valid_until >= today


def test_every_scheme_that_the_texts_name_exists_and_some_are_shown() -> None:
    named = [
        topic
        for group in (texts().plan.money_by_situation, texts().plan.money_by_route)
        for topics in group.values()
        for topic in topics
    ]

    assert set(named) <= catalogue().topics.keys()
    assert plan_of(HANDY).money


def test_every_route_and_situation_that_money_is_named_for_exists() -> None:
    assert texts().plan.money_by_route.keys() <= catalogue().routes.keys()
    assert texts().plan.money_by_situation.keys() <= {one.value for one in Situation}


def test_the_loan_of_duo_is_never_offered_for_bbl() -> None:
    assert "levenlanglerenkrediet" not in texts().plan.money_by_route["bbl"]


def test_the_plan_says_who_to_visit_first_in_the_region() -> None:
    assert "Rijnmond" in plan_of(HANDY).first_call
    assert catalogue().partners["werkcentrum_am22"].website in plan_of(HANDY).first_call


def test_without_a_region_the_plan_still_says_who_to_visit() -> None:
    plan = plan_of(replace(HANDY, place=None))

    assert "werkcentrum.nl" in plan.first_call
    assert "Rijnmond" not in plan.first_call


def test_with_ww_permission_of_uwv_is_the_first_step() -> None:
    plan = plan_of(replace(HANDY, situation=Situation.WW))

    assert "UWV" in plan.steps[0]
    assert "UWV" not in plan_of(HANDY).steps[0]


def test_the_profile_is_shown_in_words() -> None:
    rows = dict(plan_of(HANDY).profile)

    assert rows["Hoogste diploma"] == "mbo 2"
    assert rows["Doet graag"] == "met de handen werken, machines"
    assert rows["Inkomen nodig tijdens het leren"] == "ja"


VERY_DIFFERENT = [
    HANDY,
    Profile(),
    Profile(occupation="bankmedewerker", education=Education.HBO, situation=Situation.WW),
    Profile(occupation="ingenieur", education=Education.FOREIGN, situation=Situation.BIJSTAND),
    Profile(interests=(Interest.HELPING,), situation=Situation.RETURNING, hours=24),
]


@pytest.mark.parametrize("profile", VERY_DIFFERENT)
def test_a_plan_fits_on_six_pages_and_every_page_has_its_number(profile: Profile) -> None:
    body = plan_pdf(plan_of(profile), texts().plan.words)
    pages = len(re.findall(rb"/Type /Page\b", body))

    assert body.startswith(b"%PDF")
    assert 1 <= pages <= 6


def test_what_a_route_is_stands_in_the_plan_once() -> None:
    plan = plan_of(HANDY)
    text = plan_to_text(plan, texts())
    named = [route.id for one in plan.suggestions for route in one.routes]

    assert named.count("bbl") > 1
    assert text.count(catalogue().routes["bbl"].cost_text) == 1
    assert [one.id for one in plan.routes] == list(dict.fromkeys(one.id for one in plan.routes))


def test_pay_in_the_plan_has_its_source_and_ends_with_it() -> None:
    profile = Profile(occupation="bankmedewerker", education=Education.HBO)
    plan = plan_of(profile)
    wages = [catalogue().targets[one.id].wage for one in plan.suggestions if one.wage]

    assert wages
    for wage in wages:
        assert wage.text in plan_to_text(plan, texts())
        assert wage.source in plan.sources


def test_an_empty_profile_gets_a_plan_that_asks_on() -> None:
    text = plan_to_text(plan_of(Profile()), texts())

    assert texts().plan.words["nothing"] in text
    assert "werkcentrum.nl" in text


def test_the_same_advice_changes_nothing() -> None:
    assert changes(advice(HANDY), advice(HANDY), texts()) == (texts().changes["none"],)


def test_fewer_hours_change_the_status_of_bbl_and_that_is_said() -> None:
    before, after = advice(HANDY), advice(replace(HANDY, hours=24))
    same = {one.occupation.id for one in before.suggestions} & {
        one.occupation.id for one in after.suggestions
    }
    assert same

    said = changes(before, after, texts())

    assert any("'kan nu', wordt 'eerst navragen'" in text for text in said)


@given(profiles())
def test_every_suggestion_that_comes_or_goes_is_named(profile: Profile) -> None:
    before, after = advice(profile), advice(replace(profile, needs_wage=True, hours=20))
    said = " ".join(changes(before, after, texts()))
    old = {one.occupation.id: one.occupation.name for one in before.suggestions}
    new = {one.occupation.id: one.occupation.name for one in after.suggestions}

    for name in old.keys() ^ new.keys():
        assert {**old, **new}[name] in said


def test_a_plan_puts_what_is_open_before_what_is_not() -> None:
    order = [Status.OPEN, Status.ASK, Status.NOT_YET]
    for one in plan_of(HANDY).suggestions:
        places = [order.index(route.status) for route in one.routes]
        assert places == sorted(places)
