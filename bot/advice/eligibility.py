"""Which routes a person can enter now: rules on diploma, situation, hours and income.

Admission to mbo and hbo follows domain facts (WEB art. 8.1.1, 8.2.1 and 7.2.7, text of 2017;
UWV Beleidsregels scholing 2021). Every rule gives codes; the sentences are in advice.yml.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.advice.levels import HBO_LEVELS, MBO_LEVELS
from bot.advice.model import Status
from bot.catalogue.model import Route, TargetOccupation
from bot.profile import Education, Profile, Situation

MONTHS_UWV = 12  # UWV allows schooling of at most one year.

_MBO_ADMITTED: Mapping[str, frozenset[Education]] = {
    "mbo1": frozenset(Education) - {Education.FOREIGN, Education.UNKNOWN},
    "mbo2": frozenset(Education) - {Education.NONE, Education.FOREIGN, Education.UNKNOWN},
    # Vmbo is not in here: only vmbo-k, -g and -t open level 3 and 4, and we do not ask which.
    "mbo3": frozenset(Education)
    - {Education.NONE, Education.VMBO, Education.MBO1, Education.FOREIGN, Education.UNKNOWN},
}
_HBO_ADMITTED = frozenset(
    [Education.HAVO, Education.VWO, Education.MBO4, Education.AD, Education.HBO, Education.WO]
)
_HBO_DONE = frozenset([Education.HBO, Education.WO])
# Whose job may go cannot count on its wage while learning, so `at_risk` is not here.
KEEPS_JOB = frozenset([Situation.EMPLOYED, Situation.SELF_EMPLOYED])
_BENEFIT = {Situation.WW: "uwv", Situation.BIJSTAND: "gemeente"}
_BESIDE_JOB = frozenset(["derde_leerweg", "mbo_certificaat", "evc", "ad", "hbo_deeltijd"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """What the person's work so far says: in technology at all, and in the field of the target."""

    technical: bool = False
    same_field: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursNorm:
    """Hours a week of work and school. Below `least` a route is not possible, below `full` ask."""

    least: int
    full: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """Whether a route can be entered, with codes of what is missing or to be asked or arranged."""

    status: Status
    not_yet: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()
    arrange: tuple[str, ...] = ()


@dataclass(slots=True)
class _Verdict:
    """Codes gathered by the rules, in order."""

    not_yet: list[str]
    ask: list[str]
    arrange: list[str]


@dataclass(frozen=True, slots=True)
class _Case:
    """All that a rule may look at."""

    route: Route
    target: TargetOccupation
    profile: Profile
    background: Background


def admit(
    route: Route,
    target: TargetOccupation,
    profile: Profile,
    background: Background,
    hours: HoursNorm,
) -> Admission:
    """Decide whether this person can enter this route to this occupation now.

    Args:
        route: an open route of the catalogue; a closed one must not be offered at all.
        target: the occupation to learn.
        profile: what the person told; what is absent counts as not known.
        background: what the work so far says.
        hours: the norms for routes that take most of the week.

    Returns:
        not_yet when anything is missing, else ask when anything must be found out, else open.
    """
    case = _Case(route, target, profile, background)
    verdict = _Verdict([], [], [])
    _benefit(case, verdict)  # permission comes before anything else
    _ENTRY[route.entry](case, verdict)
    _income(case, verdict)
    _hours(case, verdict, hours)
    status = Status.OPEN
    if verdict.ask:
        status = Status.ASK
    if verdict.not_yet or route.closed:
        status = Status.NOT_YET
    return Admission(
        status=status,
        not_yet=_once(verdict.not_yet),
        ask=_once(verdict.ask),
        arrange=_once(verdict.arrange),
    )


def _once(codes: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(codes))


def _mbo(case: _Case, verdict: _Verdict) -> None:
    """Add what is to be asked about the diploma for the lowest mbo level of the occupation."""
    education = case.profile.education
    levels = [level for level in MBO_LEVELS if level in case.target.level]
    lowest = levels[0] if levels else "mbo4"
    if education is None or education is Education.UNKNOWN:
        verdict.ask.append("diploma_unknown")
    elif education is Education.FOREIGN:
        verdict.ask.append("diploma_foreign")
    elif education not in _MBO_ADMITTED.get(lowest, _MBO_ADMITTED["mbo3"]):
        kind = "vmbo_kind" if education is Education.VMBO else "aptitude_test"
        verdict.ask.append(kind)


def _hbo(case: _Case, verdict: _Verdict) -> None:
    education = case.profile.education
    if education is None or education is Education.UNKNOWN:
        verdict.ask.append("diploma_unknown")
    elif education is Education.FOREIGN:
        verdict.ask.append("diploma_foreign")
    elif education not in _HBO_ADMITTED:
        verdict.ask.append("test_21_plus")


def _bbl(case: _Case, verdict: _Verdict) -> None:
    _mbo(case, verdict)
    verdict.arrange.append("leerbedrijf")


def _bol(case: _Case, verdict: _Verdict) -> None:
    _mbo(case, verdict)


def _derde_leerweg(case: _Case, verdict: _Verdict) -> None:
    _mbo(case, verdict)
    verdict.arrange.append("price")


def _praktijkverklaring(case: _Case, verdict: _Verdict) -> None:
    """Meant for people without a start qualification; who pays differs, so always ask first."""
    lower = (Education.NONE, Education.VMBO, Education.MBO1)
    has_less = case.profile.education in lower
    verdict.ask.append("praktijk_for_you" if has_less else "praktijk_meant_for")
    verdict.arrange.append("leerbedrijf")


def _mbo_certificaat(case: _Case, verdict: _Verdict) -> None:
    verdict.ask.append("school_entry")


def _evc(case: _Case, verdict: _Verdict) -> None:
    if not case.background.same_field:
        verdict.not_yet.append("trade_experience")


def _mkb_route(case: _Case, verdict: _Verdict) -> None:
    _hbo(case, verdict)
    verdict.ask.append("sme_employer")


def _hbo_beside_job(case: _Case, verdict: _Verdict) -> None:
    _hbo(case, verdict)


def _hbo_duaal(case: _Case, verdict: _Verdict) -> None:
    _hbo(case, verdict)
    verdict.ask.append("dual_employer")


def _omscholing_ict(case: _Case, verdict: _Verdict) -> None:
    """Schemes such as Make IT Work ask hbo or wo; whether they still run in 2026 is not known."""
    only_hbo = all(level in HBO_LEVELS for level in case.target.level)
    education = case.profile.education
    if education in _HBO_DONE:
        verdict.ask.append("still_offered")
    elif education in (None, Education.UNKNOWN):
        verdict.ask.append("diploma_unknown")
    elif education is Education.FOREIGN:
        verdict.ask.append("diploma_foreign")
    elif only_hbo:
        verdict.not_yet.append("hbo_diploma")
    else:
        verdict.ask.append("selection")


def _zij_instroom(case: _Case, verdict: _Verdict) -> None:
    education = case.profile.education
    if education in _HBO_DONE:
        verdict.ask.append("diploma_fits_subject")
    elif education in (None, Education.UNKNOWN):
        verdict.ask.append("diploma_unknown")
    elif education is Education.FOREIGN:
        verdict.ask.append("diploma_foreign")
    elif education in (Education.MBO4, Education.AD) and case.background.technical:
        verdict.ask.append("vmbo_technology")
    else:
        verdict.not_yet.append("hbo_diploma")
    verdict.ask.append("school_job")


def _hybride_docent(case: _Case, verdict: _Verdict) -> None:
    if case.background.technical:
        verdict.ask.append("employer_and_school")
    else:
        verdict.not_yet.append("technical_experience")


_ENTRY: Mapping[str, Callable[[_Case, _Verdict], None]] = {
    "bbl": _bbl,
    "bol": _bol,
    "derde_leerweg": _derde_leerweg,
    "praktijkverklaring": _praktijkverklaring,
    "mbo_certificaat": _mbo_certificaat,
    "evc": _evc,
    "mkb_route": _mkb_route,
    "ad": _hbo_beside_job,
    "hbo_deeltijd": _hbo_beside_job,
    "hbo_duaal": _hbo_duaal,
    "omscholing_ict": _omscholing_ict,
    "zij_instroom_leraar": _zij_instroom,
    "hybride_docent": _hybride_docent,
}


def _income(case: _Case, verdict: _Verdict) -> None:
    """A route without wage fits whoever needs one only beside a job."""
    if case.route.wage or not case.profile.needs_wage:
        return
    beside = case.route.id in _BESIDE_JOB
    if beside and case.profile.situation in KEEPS_JOB:
        verdict.arrange.append("keep_job")
    elif case.route.entry == "bol":
        verdict.not_yet.append("no_income")
    else:
        verdict.ask.append("income")


def _benefit(case: _Case, verdict: _Verdict) -> None:
    """With a benefit: permission first; UWV allows one year; a route with wage is a job."""
    payer = _BENEFIT.get(case.profile.situation) if case.profile.situation else None
    if payer is None:
        return
    if case.route.wage:
        verdict.arrange.append(f"{payer}_tell")
        return
    verdict.ask.append(f"{payer}_permission")
    if payer == "uwv" and case.route.duration_months[0] > MONTHS_UWV:
        verdict.not_yet.append("uwv_one_year")


def _hours(case: _Case, verdict: _Verdict, norm: HoursNorm) -> None:
    """Routes next to a job are flexible; the others take most of the week."""
    hours = case.profile.hours
    flexible = case.route.id in _BESIDE_JOB or case.route.id == "praktijkverklaring"
    if hours is None or flexible:
        return
    if hours < norm.least:
        verdict.not_yet.append("too_few_hours")
    elif hours < norm.full:
        verdict.ask.append("fewer_hours")
