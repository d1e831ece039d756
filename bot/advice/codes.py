"""The codes that the advice works with; advice.yml must have a sentence for each, and no others."""

from collections.abc import Mapping

from bot.catalogue.esco import KINDS
from bot.profile import Avoid, Education, Interest

CAUTIONS = frozenset(
    ["level_up", "level_down", "demand_weak", "wage_low", "wage_unknown", "no_route_now"]
)
"""Reasons that warn: wherever reasons are shortened, these stay."""
CODES: Mapping[str, frozenset[str]] = {
    "words.interests": frozenset(one.value for one in Interest),
    "words.avoid": frozenset(one.value for one in Avoid),
    "words.education": frozenset(one.value for one in Education),
    "words.kinds": frozenset(KINDS),
    "words.level": frozenset(["mbo1", "mbo2", "mbo3", "mbo4", "ad", "hbo"]),
    "reasons": frozenset(
        [
            "skills",
            "logical_step",
            "growth",
            "alike",
            "interests",
            "avoids",
            "wage_route",
            "beside_job",
            "no_wage_route",
            "level_up",
            "level_down",
            "demand_weak",
            "experience",
            "wage_enough",
            "wage_low",
            "wage_unknown",
            "no_route_now",
        ]
    ),
    "missing": frozenset(
        [
            "diploma_unknown",
            "diploma_foreign",
            "aptitude_test",
            "vmbo_kind",
            "test_21_plus",
            "hbo_diploma",
            "praktijk_for_you",
            "praktijk_meant_for",
            "school_entry",
            "trade_experience",
            "technical_experience",
            "sme_employer",
            "dual_employer",
            "still_offered",
            "selection",
            "diploma_fits_subject",
            "vmbo_technology",
            "school_job",
            "employer_and_school",
            "no_income",
            "income",
            "uwv_permission",
            "uwv_one_year",
            "gemeente_permission",
            "too_few_hours",
            "fewer_hours",
        ]
    ),
    "arrange": frozenset(["leerbedrijf", "price", "keep_job", "uwv_tell", "gemeente_tell"]),
    "excluded": frozenset(["refused", "avoid", "level_high", "level_low"]),
    "questions.ask": frozenset(
        ["occupation", "interests", "education", "needs_wage", "place", "situation"]
    ),
    "next_steps": frozenset(["uwv", "gemeente", "none"]),
    "plan.words": frozenset(
        [
            "title",
            "made_on",
            "profile",
            "suggestions",
            "nothing",
            "why",
            "routes",
            "demand",
            "duration",
            "duration_one",
            "days",
            "wage",
            "no_wage",
            "first_call",
            "first_call_region",
            "first_call_country",
            "money",
            "day",
            "needed",
            "pay",
            "routes_explained",
            "steps",
            "ask_employer",
            "ask_school",
            "sources",
            "checked",
            "step_call",
            "step_uwv",
            "step_gemeente",
            "step_diploma",
            "step_look",
        ]
    ),
    "plan.status": frozenset(["open", "not_yet", "ask"]),
    "changes": frozenset(
        ["added", "added_again", "gone", "gone_because", "route", "note", "none", "nothing_left"]
    ),
    "compare": frozenset(
        [
            "depends",
            "later",
            "wage_unknown",
            "demand_unknown",
            "level",
            "or",
            "no_route",
            "entry_open",
            "entry_ask",
            "entry_not_yet",
        ]
    ),
}

# What a sentence may fill in; a sentence that is not named here fills in nothing.
FIELDS: Mapping[str, frozenset[str]] = {
    "reasons.skills": frozenset({"origin", "skills"}),
    "reasons.logical_step": frozenset({"origin"}),
    "reasons.alike": frozenset({"origin", "kinds"}),
    "reasons.interests": frozenset({"interests"}),
    "reasons.avoids": frozenset({"avoid"}),
    "reasons.wage_route": frozenset({"route"}),
    "reasons.level_up": frozenset({"level"}),
    "reasons.level_down": frozenset({"level"}),
    "reasons.wage_enough": frozenset({"wage"}),
    "reasons.wage_low": frozenset({"wage"}),
    "excluded.avoid": frozenset({"avoid"}),
    "excluded.level_high": frozenset({"level", "education"}),
    "excluded.level_low": frozenset({"level", "education"}),
    "next_steps.uwv": frozenset({"step"}),
    "next_steps.gemeente": frozenset({"step"}),
    "next_steps.none": frozenset({"website"}),
    "questions.unknown_work": frozenset({"occupation"}),
    "questions.unknown_place": frozenset({"place"}),
    "questions.place": frozenset({"place"}),
    "plan.words.made_on": frozenset({"date"}),
    "plan.words.duration": frozenset({"low", "high"}),
    "plan.words.duration_one": frozenset({"low"}),
    "plan.words.days": frozenset({"work", "school"}),
    "plan.words.first_call_region": frozenset({"region", "website"}),
    "plan.words.first_call_country": frozenset({"website"}),
    "plan.words.checked": frozenset({"date"}),
    "changes.added": frozenset({"name", "why"}),
    "changes.added_again": frozenset({"name", "why"}),
    "changes.gone": frozenset({"name"}),
    "changes.gone_because": frozenset({"name", "why"}),
    "changes.route": frozenset({"route", "name", "before", "after", "why"}),
    "changes.note": frozenset({"route", "why"}),
    "compare.later": frozenset({"wage"}),
    "compare.level": frozenset({"level"}),
}
