"""The overstapplan: advice, steps, money and questions on paper, as data and as plain text."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.advice.compare import in_days
from bot.advice.guide import partner_of
from bot.advice.model import Advice, RouteOption, Status, Suggestion, source_json
from bot.advice.scoring import holds
from bot.advice.texts import AdviceTexts
from bot.advice.wage_words import wage_in_words
from bot.catalogue.model import Catalogue, Partner, Source, Topic
from bot.catalogue.named import listed
from bot.profile import Profile

_DATE = "%d-%m-%Y"
_SHOWN = 3
_CAN_BE_HAD = ("open", "employer")

type Labels = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRoute:
    """A route to an occupation: may I, and `to_do`: what to find out or arrange, in order."""

    id: str
    name: str
    status: Status
    status_text: str
    to_do: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRouteFacts:
    """What a route is, told once: length, days, wage, cost, who pays, first step."""

    id: str
    name: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSuggestion:
    """An occupation with why and how. `day`: what one does; `needed`: papers that are asked for."""

    id: str
    name: str
    day: str
    needed: tuple[str, ...]
    wage: str | None
    reasons: tuple[str, ...]
    demand: str | None
    routes: tuple[PlanRoute, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanMoney:
    """A scheme that may help, and whom to ask."""

    id: str
    name: str
    text: str
    way_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The whole plan. `profile` holds pairs of label and value, both in Dutch."""

    title: str
    made_on: str
    profile: tuple[tuple[str, str], ...]
    suggestions: tuple[PlanSuggestion, ...]
    routes: tuple[PlanRouteFacts, ...]
    first_call: str
    money: tuple[PlanMoney, ...]
    steps: tuple[str, ...]
    employer_questions: tuple[str, ...]
    school_questions: tuple[str, ...]
    sources: tuple[Source, ...]

    def to_json(self) -> dict[str, Any]:
        """Give the plan as JSON, for a template or a file."""
        return {
            "title": self.title,
            "made_on": self.made_on,
            "profile": [{"label": label, "value": value} for label, value in self.profile],
            "suggestions": [_suggestion_json(one) for one in self.suggestions],
            "routes": [
                {"id": one.id, "name": one.name, "facts": list(one.facts)} for one in self.routes
            ],
            "first_call": self.first_call,
            "money": [
                {"id": one.id, "name": one.name, "text": one.text, "way_on": one.way_on}
                for one in self.money
            ],
            "steps": list(self.steps),
            "employer_questions": list(self.employer_questions),
            "school_questions": list(self.school_questions),
            "sources": [source_json(one) for one in self.sources],
        }


def _suggestion_json(one: PlanSuggestion) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "day": one.day,
        "needed": list(one.needed),
        "wage": one.wage,
        "reasons": list(one.reasons),
        "demand": one.demand,
        "routes": [
            {
                "id": route.id,
                "name": route.name,
                "status": route.status.value,
                "status_text": route.status_text,
                "to_do": list(route.to_do),
            }
            for route in one.routes
        ],
    }


def build_plan(
    profile: Profile,
    advice: Advice,
    catalogue: Catalogue,
    texts: AdviceTexts,
    labels: Labels,
    *,
    today: date,
) -> Plan:
    """Make the plan of an advice.

    Args:
        profile: the profile that the advice was given for.
        advice: the advice; its first three suggestions are used.
        catalogue: for the partner to talk to first and for the schemes.
        texts: the plan's headings and sentences.
        labels: Dutch words for the fields and values of a profile (data/labels.yml).
        today: the date on the plan; what no longer holds on it is left out.

    Returns:
        The plan as data, ready to be shown.
    """
    shown = advice.suggestions[:_SHOWN]
    topics = _topics(profile, shown, catalogue, texts, today)
    partner = partner_of(catalogue, advice.region)
    return Plan(
        title=texts.plan.words["title"],
        made_on=texts.plan.words["made_on"].format(date=today.strftime(_DATE)),
        profile=tuple(_profile_rows(profile, labels, catalogue)),
        suggestions=tuple(_suggestion(one, catalogue, texts) for one in shown),
        routes=tuple(_route_facts(one, texts) for one in _routes_of(shown)),
        first_call=_first_call(advice, partner, texts),
        money=tuple(
            PlanMoney(id=one.id, name=one.name, text=one.text, way_on=one.way_on) for one in topics
        ),
        steps=tuple(dict.fromkeys(_steps(shown, texts))),
        employer_questions=texts.plan.employer_questions,
        school_questions=texts.plan.school_questions,
        sources=_sources(shown, topics, partner, catalogue, today),
    )


def _profile_rows(
    profile: Profile, labels: Labels, catalogue: Catalogue
) -> Iterator[tuple[str, str]]:
    occupations = {one.id: one.name for one in catalogue.targets.values()}
    occupations |= {one.id: one.name for one in catalogue.origins.values()}
    for field, value in profile.to_json().items():
        words = labels.get(field, {})
        if field == "refused":
            shown = listed(value, catalogue, labels["refused"]["more"])
        elif isinstance(value, list):
            shown = ", ".join(words.get(one, one) for one in value)
        elif isinstance(value, bool):
            shown = words.get(str(value).lower(), str(value))
        elif field == "occupation" and value in occupations:
            shown = occupations[value]
        else:
            shown = words.get(str(value), str(value))
        yield labels["field"].get(field, field), shown


def _first_call(advice: Advice, partner: Partner | None, texts: AdviceTexts) -> str:
    website = partner.website if partner else ""
    if advice.region is None:
        return texts.plan.words["first_call_country"].format(website=website)
    return texts.plan.words["first_call_region"].format(region=advice.region.name, website=website)


def _suggestion(one: Suggestion, catalogue: Catalogue, texts: AdviceTexts) -> PlanSuggestion:
    target = catalogue.targets[one.occupation.id]
    return PlanSuggestion(
        id=target.id,
        name=target.name,
        day=target.day,
        needed=target.conditions,
        wage=one.wage.text if one.wage else None,
        reasons=tuple(reason.text for reason in one.reasons),
        demand=one.demand.text if one.demand else None,
        routes=tuple(_route(route, texts) for route in one.routes),
    )


def _route(route: RouteOption, texts: AdviceTexts) -> PlanRoute:
    return PlanRoute(
        id=route.id,
        name=route.name,
        status=route.status,
        status_text=texts.plan.status[route.status],
        to_do=tuple(one.text for one in (*route.missing, *route.arrange)),
    )


def _routes_of(shown: Iterable[Suggestion]) -> tuple[RouteOption, ...]:
    """Give each route once that can be taken or asked for; what cannot be done yet needs no facts."""
    routes = (route for one in shown for route in one.routes if route.status != Status.NOT_YET)
    return tuple({route.id: route for route in routes}.values())


def _route_facts(route: RouteOption, texts: AdviceTexts) -> PlanRouteFacts:
    words = texts.plan.words
    low, high = route.duration_months
    duration = words["duration_one"] if low == high else words["duration"]
    return PlanRouteFacts(
        id=route.id,
        name=route.name,
        facts=(
            duration.format(low=low, high=high),
            words["days"].format(work=in_days(route.days_work), school=in_days(route.days_school)),
            wage_in_words(words, wage=route.wage, days_work=route.days_work),
            route.cost_text,
            route.paid_by_text,
            route.next_step,
        ),
    )


def _topics(
    profile: Profile,
    shown: Iterable[Suggestion],
    catalogue: Catalogue,
    texts: AdviceTexts,
    today: date,
) -> tuple[Topic, ...]:
    """Give the schemes that belong to the situation and the routes; never a closed or past one."""
    wished = list(texts.plan.money_by_situation.get(profile.situation or "", ()))
    for one in shown:
        for route in one.routes:
            if route.status is not Status.NOT_YET:
                wished += texts.plan.money_by_route.get(route.id, ())
    found = (catalogue.topics[one] for one in dict.fromkeys(wished) if one in catalogue.topics)
    return tuple(
        one
        for one in found
        if one.status in _CAN_BE_HAD and (one.valid_until is None or one.valid_until >= today)
    )


def _steps(shown: Iterable[Suggestion], texts: AdviceTexts) -> Iterator[str]:
    """Give the steps in the order to take them: permission, diploma, talk, look, route."""
    words = texts.plan.words
    suggestions = tuple(shown)
    codes = {
        reason.code for one in suggestions for route in one.routes for reason in route.missing
    }
    for payer in ("uwv", "gemeente"):
        if f"{payer}_permission" in codes:
            yield words[f"step_{payer}"]
    if codes & {"diploma_unknown", "diploma_foreign"}:
        yield words["step_diploma"]
    yield words["step_call"]
    if suggestions:
        yield words["step_look"]
    for one in suggestions:
        yield from (route.next_step for route in one.routes[:1] if route.status != Status.NOT_YET)


def _sources(
    shown: Iterable[Suggestion],
    topics: Iterable[Topic],
    partner: Partner | None,
    catalogue: Catalogue,
    today: date,
) -> tuple[Source, ...]:
    found: list[Source] = []
    for one in shown:
        target = catalogue.targets[one.occupation.id]
        found += [fact.source for fact in (one.demand, one.wage) if fact]
        found += target.sources
        found += [source for route in one.routes for source in route.sources]
    found += [source for topic in topics for source in topic.sources]
    found += partner.sources if partner else ()
    return tuple(one for one in dict.fromkeys(found) if holds(one, today))
