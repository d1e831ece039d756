"""Who can enter which route now, from the facts on admission, benefits, hours and income."""

from dataclasses import replace

import pytest

from bot.advice.eligibility import Admission, Background, HoursNorm, admit
from bot.advice.model import Status
from bot.catalogue.model import TargetOccupation
from bot.catalogue.values import ROUTE_IDS
from bot.profile import Education, Profile, Situation
from tests.unit.advice_profiles import catalogue, texts

OPEN, ASK, NOT_YET = Status.OPEN, Status.ASK, Status.NOT_YET
NORM = HoursNorm(least=16, full=32)


def target(*levels: str) -> TargetOccupation:
    """A target with these levels; the rest does not matter for the rules."""
    any_target = next(iter(catalogue().targets.values()))
    return replace(any_target, level=levels)


def rule(
    route: str,
    levels: tuple[str, ...] = ("mbo2",),
    background: Background = Background(),  # noqa: B008
    **known: object,
) -> Admission:
    """What the rules say of a route for a person of whom this is known."""
    profile = Profile(**known)  # type: ignore[arg-type]
    return admit(catalogue().routes[route], target(*levels), profile, background, NORM)


@pytest.mark.parametrize(
    ("level", "education", "status", "code"),
    [
        ("mbo1", Education.NONE, OPEN, None),  # entree asks no diploma
        ("mbo2", Education.NONE, ASK, "aptitude_test"),  # WEB 8.2.1(6): school may exempt
        ("mbo2", Education.MBO1, OPEN, None),
        ("mbo2", Education.VMBO, OPEN, None),
        ("mbo3", Education.VMBO, ASK, "vmbo_kind"),  # not with vmbo-b
        ("mbo4", Education.VMBO, ASK, "vmbo_kind"),
        ("mbo3", Education.MBO1, ASK, "aptitude_test"),
        ("mbo3", Education.MBO2, OPEN, None),
        ("mbo4", Education.MBO2, OPEN, None),
        ("mbo4", Education.HAVO, OPEN, None),
        ("mbo4", Education.NONE, ASK, "aptitude_test"),
        ("mbo2", Education.WO, OPEN, None),
        ("mbo2", Education.FOREIGN, ASK, "diploma_foreign"),
        ("mbo1", Education.FOREIGN, ASK, "diploma_foreign"),
        ("mbo2", Education.UNKNOWN, ASK, "diploma_unknown"),
        ("mbo2", None, ASK, "diploma_unknown"),
    ],
)
@pytest.mark.parametrize("route", ["bbl", "bol", "derde_leerweg"])
def test_admission_to_mbo_follows_the_law(route, level, education, status, code) -> None:
    found = rule(route, (level,), education=education)

    assert found.status is status
    assert found.ask == ((code,) if code else ())


@pytest.mark.parametrize("route", ["ad", "hbo_deeltijd"])
@pytest.mark.parametrize("education", list(Education))
def test_hbo_is_open_with_mbo4_havo_or_vwo_and_else_by_the_21_plus_test(route, education) -> None:
    found = rule(route, ("hbo",), education=education)

    if education in (Education.FOREIGN, Education.UNKNOWN):
        assert found.status is ASK
    elif education in (
        Education.NONE,
        Education.VMBO,
        Education.MBO1,
        Education.MBO2,
        Education.MBO3,
    ):
        assert found.ask == ("test_21_plus",)
    else:
        assert found.status is OPEN


@pytest.mark.parametrize(
    ("route", "code"), [("mkb_route", "sme_employer"), ("hbo_duaal", "dual_employer")]
)
def test_working_and_learning_in_hbo_always_asks_for_an_employer(route, code) -> None:
    assert rule(route, ("hbo",), education=Education.MBO4).ask == (code,)
    assert rule(route, ("hbo",), education=Education.MBO2).ask == ("test_21_plus", code)


def test_bbl_always_leaves_a_leerbedrijf_to_find() -> None:
    assert rule("bbl", education=Education.VMBO).arrange == ("leerbedrijf",)


def test_a_target_with_more_levels_is_entered_at_the_lowest() -> None:
    assert rule("bbl", ("mbo4", "mbo2"), education=Education.VMBO).status is OPEN


@pytest.mark.parametrize("route", ["bol", "derde_leerweg", "mbo_certificaat", "evc"])
def test_with_ww_a_course_asks_permission_of_uwv_first(route) -> None:
    found = rule(route, education=Education.MBO4, situation=Situation.WW)

    assert "uwv_permission" in found.ask
    assert found.status is not OPEN


@pytest.mark.parametrize("route", ["ad", "hbo_deeltijd"])
def test_with_ww_a_course_of_more_than_a_year_cannot_start(route) -> None:
    found = rule(route, ("hbo",), education=Education.MBO4, situation=Situation.WW)

    assert found.status is NOT_YET
    assert found.not_yet == ("uwv_one_year",)


def test_with_ww_bbl_stays_open_because_it_is_a_job() -> None:
    found = rule("bbl", education=Education.MBO2, situation=Situation.WW)

    assert found.status is OPEN
    assert "uwv_tell" in found.arrange


def test_with_bijstand_the_gemeente_comes_first_and_the_year_is_no_limit() -> None:
    found = rule("ad", ("ad",), education=Education.MBO4, situation=Situation.BIJSTAND)

    assert found.status is ASK
    assert found.ask == ("gemeente_permission",)
    bbl = rule("bbl", education=Education.MBO2, situation=Situation.BIJSTAND)
    assert "gemeente_tell" in bbl.arrange


def test_school_without_wage_is_not_yet_possible_for_who_needs_one() -> None:
    found = rule("bol", education=Education.MBO2, needs_wage=True)

    assert found.status is NOT_YET
    assert found.not_yet == ("no_income",)
    assert rule("bol", education=Education.MBO2, needs_wage=False).status is OPEN


def test_a_course_beside_a_job_fits_who_has_one_and_asks_for_income_of_who_has_not() -> None:
    known = {"education": Education.MBO4, "needs_wage": True}

    employed = rule("hbo_deeltijd", ("hbo",), situation=Situation.EMPLOYED, **known)
    returning = rule("hbo_deeltijd", ("hbo",), situation=Situation.RETURNING, **known)

    assert (employed.status, employed.arrange) == (OPEN, ("keep_job",))
    assert (returning.status, returning.ask) == (ASK, ("income",))


@pytest.mark.parametrize(
    ("hours", "status"),
    [(8, NOT_YET), (15, NOT_YET), (16, ASK), (31, ASK), (32, OPEN), (None, OPEN)],
)
def test_bbl_needs_most_of_the_week(hours, status) -> None:
    assert rule("bbl", education=Education.MBO2, hours=hours).status is status


@pytest.mark.parametrize("route", ["derde_leerweg", "hbo_deeltijd", "ad"])
def test_a_few_hours_do_not_close_what_is_done_beside_a_job(route) -> None:
    assert rule(route, ("mbo4", "ad"), education=Education.MBO4, hours=8).status is OPEN


@pytest.mark.parametrize(
    ("levels", "education", "status"),
    [
        (("hbo",), Education.WO, ASK),  # was for hbo and wo; not known whether it is offered now
        (("ad", "hbo"), Education.MBO4, NOT_YET),
        (("hbo",), Education.NONE, NOT_YET),
        (("mbo4", "hbo"), Education.NONE, ASK),  # bootcamps with an own selection
        (("hbo",), Education.FOREIGN, ASK),
    ],
)
def test_retraining_to_ict_at_hbo_level_needs_hbo_or_wo(levels, education, status) -> None:
    assert rule("omscholing_ict", levels, education=education).status is status


@pytest.mark.parametrize("education", list(Education))
def test_retraining_to_ict_is_never_promised(education) -> None:
    assert rule("omscholing_ict", ("mbo2", "hbo"), education=education).status is not OPEN


def test_side_entry_as_a_teacher_needs_hbo_or_technical_work_with_mbo4() -> None:
    technical = Background(technical=True)

    assert rule("zij_instroom_leraar", ("hbo",), education=Education.HBO).status is ASK
    assert rule("zij_instroom_leraar", ("hbo",), education=Education.MBO4).status is NOT_YET
    craftsman = rule("zij_instroom_leraar", ("hbo",), technical, education=Education.MBO4)
    assert craftsman.ask == ("vmbo_technology", "school_job")
    assert (
        rule("zij_instroom_leraar", ("hbo",), technical, education=Education.MBO2).status
        is NOT_YET
    )


def test_a_hybrid_teacher_must_have_worked_in_technology() -> None:
    assert rule("hybride_docent", background=Background(technical=True)).status is ASK
    assert rule("hybride_docent", education=Education.WO).not_yet == ("technical_experience",)


def test_evc_is_for_who_knows_the_trade() -> None:
    known = Background(technical=True, same_field=True)

    assert rule("evc", background=known).status is OPEN
    assert rule("evc", background=Background(technical=True)).not_yet == ("trade_experience",)


def test_a_practice_certificate_is_for_who_has_no_start_qualification_and_always_asks() -> None:
    assert rule("praktijkverklaring", education=Education.NONE).ask == ("praktijk_for_you",)
    assert rule("praktijkverklaring", education=Education.MBO4).ask == ("praktijk_meant_for",)


def test_every_route_of_the_contract_has_a_rule_and_every_code_a_sentence() -> None:
    for route in sorted(ROUTE_IDS):
        for education in Education:
            for situation in Situation:
                found = rule(
                    route, education=education, situation=situation, hours=8, needs_wage=True
                )
                for code in (*found.not_yet, *found.ask):
                    assert texts().missing[code]
                for code in found.arrange:
                    assert texts().arrange[code]
