"""The shape of an advice: suggestions with reasons and routes, and what was left out and why."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.catalogue.model import Demand, Region, Source, Wage


class Status(StrEnum):
    """Whether a person can enter a route now."""

    OPEN = "open"
    NOT_YET = "not_yet"
    ASK = "ask"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why an occupation is suggested, or what to look out for. `text` is one or two sentences."""

    code: str
    text: str

    def to_json(self) -> dict[str, Any]:
        """Give the contract's reason."""
        return {"code": self.code, "text": self.text}


@dataclass(frozen=True, slots=True, kw_only=True)
class OccupationRef:
    """An occupation in short. `level` is the one level of learning that suits this person best."""

    id: str
    name: str
    field: str
    level: str

    def to_json(self) -> dict[str, Any]:
        """Give the contract's occupation."""
        return {"id": self.id, "name": self.name, "field": self.field, "level": self.level}


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteOption:
    """A route to an occupation for this person.

    `missing`: what is lacking (status not_yet) or what to find out first (status ask); empty when
    the route is open. `arrange`: what still has to be arranged on any status, such as a company.
    `duration_months` is lowest and highest; days are per week.
    """

    id: str
    name: str
    status: Status
    missing: tuple[Reason, ...]
    arrange: tuple[Reason, ...]
    duration_months: tuple[int, int]
    days_work: float
    days_school: float
    wage: bool
    cost_text: str
    paid_by_text: str
    next_step: str
    sources: tuple[Source, ...]

    def to_json(self) -> dict[str, Any]:
        """Give the contract's route."""
        return {
            "id": self.id,
            "name": self.name,
            "status": self.status.value,
            "missing": [one.text for one in self.missing],
            "missing_codes": [one.code for one in self.missing],
            "arrange": [one.text for one in self.arrange],
            "duration_months": list(self.duration_months),
            "days_work": self.days_work,
            "days_school": self.days_school,
            "wage": self.wage,
            "cost_text": self.cost_text,
            "paid_by_text": self.paid_by_text,
            "next_step": self.next_step,
            "sources": [source_json(one) for one in self.sources],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """An occupation that fits, best first in the advice. `score` only compares within one advice."""

    occupation: OccupationRef
    score: float
    reasons: tuple[Reason, ...]
    routes: tuple[RouteOption, ...]
    demand: Demand | None
    wage: Wage | None
    next_step: str

    def to_json(self) -> dict[str, Any]:
        """Give the contract's suggestion."""
        return {
            "occupation": self.occupation.to_json(),
            "score": self.score,
            "reasons": [one.to_json() for one in self.reasons],
            "routes": [one.to_json() for one in self.routes],
            "demand": demand_json(self.demand),
            "wage": wage_json(self.wage),
            "next_step": self.next_step,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Excluded:
    """An occupation that would have scored but was left out, and why."""

    occupation: OccupationRef
    reason: Reason

    def to_json(self) -> dict[str, Any]:
        """Give the contract's excluded occupation; `reason` is the sentence."""
        return {
            "occupation": self.occupation.to_json(),
            "code": self.reason.code,
            "reason": self.reason.text,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What fits this person. `questions`: what to ask when too little is known for more."""

    region: Region | None
    suggestions: tuple[Suggestion, ...]
    excluded: tuple[Excluded, ...]
    questions: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Give the contract's advice JSON."""
        region = self.region
        return {
            "region": {"code": region.code, "name": region.name} if region else None,
            "suggestions": [one.to_json() for one in self.suggestions],
            "excluded": [one.to_json() for one in self.excluded],
            "questions": list(self.questions),
        }


def source_json(source: Source) -> dict[str, Any]:
    """Give the contract's source: title, url (may be null) and the day it was checked."""
    return {"title": source.title, "url": source.url, "checked_on": source.checked_on.isoformat()}


def wage_json(wage: Wage | None) -> dict[str, Any] | None:
    """Give what is known of the pay: text, its year, title of the source and the day it was checked."""
    if wage is None:
        return None
    return {
        "text": wage.text,
        "year": wage.year,
        "source": wage.source.title,
        "url": wage.source.url,
        "checked_on": wage.source.checked_on.isoformat(),
    }


def demand_json(demand: Demand | None) -> dict[str, Any] | None:
    """Give the contract's demand: text, title of the source and the day it was checked."""
    if demand is None:
        return None
    return {
        "text": demand.text,
        "source": demand.source.title,
        "url": demand.source.url,
        "checked_on": demand.source.checked_on.isoformat(),
    }
