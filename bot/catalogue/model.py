"""The catalogue's shapes: facts on routes, occupations, regions, partners, funding, programmes.

Every fact carries `sources` (title, address or None, date checked) and a mark of how sure it is.
"""

from dataclasses import dataclass, field
from datetime import date

from bot.catalogue.esco import Esco
from bot.catalogue.folding import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a fact was seen. `url` may be None for a paper or second-hand source."""

    title: str
    url: str | None
    checked_on: date
    valid_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A way of learning an occupation.

    `wage`: the person earns while learning. `entry`: the key of the admission rule in
    `bot.advice.eligibility`. Durations in months, days per week.
    """

    id: str
    name: str
    summary: str
    how_it_works: str
    entry: str
    entry_text: str
    wage: bool
    duration_months: tuple[int, int]
    days_work: float
    days_school: float
    cost_text: str
    paid_by_text: str
    diploma_text: str
    next_step: str
    names: tuple[str, ...]
    sources: tuple[Source, ...]
    closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """What a source says of the chances of finding work. `strength` 0 (weak) to 3 (very tight)."""

    text: str
    strength: int
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Wage:
    """A wage indication, euros gross an hour or a month, with the year it speaks of."""

    text: str
    month_low: int | None
    month_high: int | None
    year: int
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetOccupation:
    """An occupation in technology or ICT to move to.

    `level`: one or more of mbo1..mbo4, ad, hbo. `interests` and `traits` use the values of
    bot.profile Interest and Avoid. `experience`: employers mostly ask years in the trade or a
    related one, so that it is seldom a first step for somebody from elsewhere.
    """

    id: str
    name: str
    field: str
    level: tuple[str, ...]
    isco08: str
    names: tuple[str, ...]
    summary: str
    day: str
    nice: str
    hard: str
    routes: tuple[str, ...]
    interests: tuple[str, ...]
    traits: tuple[str, ...]
    skills: tuple[str, ...]
    conditions: tuple[str, ...]
    demand: Demand | None
    wage: Wage | None
    sources: tuple[Source, ...]
    experience: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginOccupation:
    """An occupation a person comes from. `targets`: ids of logical target occupations, best first."""

    id: str
    name: str
    sector: str
    isco08: str
    names: tuple[str, ...]
    skills: tuple[str, ...]
    targets: tuple[str, ...]
    outlook: str | None
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionalRoute:
    """A route that a region offers for occupations of these fields, beyond the national ones.

    `sources`: who in the region said so, and when.
    """

    route: str
    fields: tuple[str, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A labour market region (arbeidsmarktregio), code AMnn, with its municipalities of 2026.

    `routes_off` are not shown there; `routes_on` are shown there for more occupations.
    """

    code: str
    name: str
    municipalities: tuple[str, ...]
    routes_off: tuple[str, ...] = ()
    routes_on: tuple[RegionalRoute, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """A body that can receive a handoff. `regions` empty means the whole country (fallback)."""

    id: str
    name: str
    kind: str
    regions: tuple[str, ...]
    fields: tuple[str, ...]
    website: str
    example: bool
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A programme, organisation, scheme or word that the bot can explain, or a general answer.

    The id of an answer is the intent that asks for it. `asked_as`: the intent of its name alone,
    where that is not the one of its kind. `asks`: what it answers though no name of it is said,
    phrases of which "+" parts what must all be there and "/" what may stand for another;
    `asks_after`: the same, right after something in `after` (an id, or an intent) only.
    `status`: open, closed, policy or employer (only an employer can ask for it).
    """

    id: str
    kind: str
    name: str
    names: tuple[str, ...]
    status: str
    text: str
    way_on: str
    sources: tuple[Source, ...]
    valid_until: date | None = None
    asked_as: str | None = None
    asks: tuple[str, ...] = ()
    asks_after: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place name or postcode in one region; `kind` is municipality, abolished, village or postcode."""

    name: str
    kind: str
    region: str
    municipality: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything we know, by id. `places` maps a folded name or postcode to its possible places.

    `esco`: the occupations of the European list, for names and kinds of work that are not ours.
    `called`: maps a folded everyday name to the id of the first origin that has it.
    `work_names`: the folded names of all occupations, to come from and to go to.
    """

    routes: dict[str, Route]
    targets: dict[str, TargetOccupation]
    origins: dict[str, OriginOccupation]
    regions: dict[str, Region]
    partners: dict[str, Partner]
    topics: dict[str, Topic]
    places: dict[str, tuple[Place, ...]] = field(default_factory=dict)
    esco: Esco = field(default_factory=Esco)
    called: dict[str, str] = field(init=False, repr=False, compare=False)
    work_names: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        called: dict[str, str] = {}
        for origin in self.origins.values():
            for name in origin.names:
                called.setdefault(fold(name), origin.id)
        object.__setattr__(self, "called", called)
        names = {one.name for one in self.origins.values()}
        names |= {name for one in self.targets.values() for name in (one.name, *one.names)}
        folded = frozenset(map(fold, names)) | set(called)
        object.__setattr__(self, "work_names", folded)
