"""The job seeker's background: only what the advice needs, never age, health, origin or religion."""

from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any, Self

from bot.errors import ProfileError


class Situation(StrEnum):
    """Where the person stands in the labour market now."""

    EMPLOYED = "employed"
    AT_RISK = "at_risk"
    WW = "ww"
    BIJSTAND = "bijstand"
    SELF_EMPLOYED = "self_employed"
    RETURNING = "returning"


class Education(StrEnum):
    """Highest diploma, in the Dutch system."""

    NONE = "none"
    VMBO = "vmbo"
    HAVO = "havo"
    VWO = "vwo"
    MBO1 = "mbo1"
    MBO2 = "mbo2"
    MBO3 = "mbo3"
    MBO4 = "mbo4"
    AD = "ad"
    HBO = "hbo"
    WO = "wo"
    FOREIGN = "foreign"
    UNKNOWN = "unknown"


class Interest(StrEnum):
    """What a person likes to do."""

    HANDS_ON = "hands_on"
    OUTDOORS = "outdoors"
    MACHINES = "machines"
    COMPUTERS = "computers"
    FIGURING_OUT = "figuring_out"
    HELPING = "helping"
    ORGANISING = "organising"


class Avoid(StrEnum):
    """Kinds of work a person would rather not do: a preference, never a diagnosis."""

    HEAVY = "heavy"
    HEIGHTS = "heights"
    NIGHTS = "nights"
    OUTDOORS = "outdoors"
    SCREEN = "screen"


class WageIs(StrEnum):
    """How a person said a wage: after tax and premiums, or before."""

    NET = "net"
    GROSS = "gross"


_LONGEST = 200
_NUMBER_RANGES = {"years": (0, 70), "hours": (1, 60), "min_wage_month": (0, 20_000)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What the person told us. Every field may be absent (None or empty).

    `occupation` is a catalogue id or everyday words; `place` a municipality, village or
    4-digit postcode; `hours` per week; `min_wage_month` in euros a month, gross where `min_wage_is`
    does not say net. `refused`: ids of occupations that the person does not want to be advised.
    """

    occupation: str | None = None
    years: int | None = None
    situation: Situation | None = None
    education: Education | None = None
    place: str | None = None
    interests: tuple[Interest, ...] = ()
    hours: int | None = None
    needs_wage: bool | None = None
    min_wage_month: int | None = None
    min_wage_is: WageIs | None = None
    avoid: tuple[Avoid, ...] = ()
    refused: tuple[str, ...] = ()

    @classmethod
    def from_json(cls, data: Any) -> Self:
        """Read the contract's profile JSON.

        Raises:
            ProfileError: an unknown field or a value that is not allowed, named in the message.
        """
        if not isinstance(data, dict):
            raise ProfileError("het profiel is geen JSON-object")
        known = {field.name for field in fields(cls)}
        if unknown := sorted(set(data) - known):
            raise ProfileError(f"onbekend veld: {', '.join(map(str, unknown))}")
        return cls(
            **{name: _read(name, value) for name, value in data.items() if value is not None}
        )

    def to_json(self) -> dict[str, Any]:
        """Give the contract's profile JSON, absent fields left out."""
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in asdict(self).items()
            if value is not None and value != ()
        }


def _read(name: str, value: Any) -> Any:
    enums: dict[str, type[StrEnum]] = {
        "situation": Situation,
        "education": Education,
        "min_wage_is": WageIs,
    }
    lists: dict[str, type[StrEnum]] = {"interests": Interest, "avoid": Avoid}
    if name in enums:
        return _member(name, enums[name], value)
    if name in lists:
        if not isinstance(value, list):
            raise ProfileError(f"{name}: een lijst verwacht")
        return tuple(dict.fromkeys(_member(name, lists[name], item) for item in value))
    if name == "refused":
        return _ids(name, value)
    if name == "needs_wage":
        if not isinstance(value, bool):
            raise ProfileError("needs_wage: true of false verwacht")
        return value
    if name in _NUMBER_RANGES:
        return _number(name, value)
    if not isinstance(value, str) or len(value) > _LONGEST:
        raise ProfileError(f"{name}: een korte tekst verwacht")
    return value.strip() or None


def _ids(name: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(
        isinstance(one, str) and len(one) <= _LONGEST for one in value
    ):
        raise ProfileError(f"{name}: een lijst van beroepen verwacht")
    return tuple(dict.fromkeys(value))


def _number(name: str, value: Any) -> int:
    low, high = _NUMBER_RANGES[name]
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise ProfileError(f"{name}: een getal van {low} tot {high} verwacht")
    return round(value)


def _member(name: str, enum: type[StrEnum], value: Any) -> StrEnum:
    try:
        return enum(value)
    except ValueError:
        raise ProfileError(f"{name}: {value!r} is niet een van {', '.join(enum)}") from None
