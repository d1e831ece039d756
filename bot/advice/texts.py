"""The weights and the Dutch sentences of the advice, read strictly from data/catalogue/advice.yml."""

import string
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import yaml

from bot.advice.codes import CODES, FIELDS
from bot.errors import CatalogueError

FILE = "advice.yml"
_INT = "tag:yaml.org,2002:int"
_FLOAT = "tag:yaml.org,2002:float"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Terms of the score; the meaning of each stands beside it in advice.yml."""

    transfer: float
    transfer_fall: float
    skills: float
    isco: float
    kind_of_work: float
    interests: float
    kind_liked: float
    demand: float
    demand_unknown: float
    level_up: float
    level_down: float
    no_wage: float
    wage_beside: float
    wage_at_risk: float
    few_hours: float
    experience: float
    low_wage: float
    no_route: float
    growth: float
    same_field: float
    same_work: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds: levels in steps, hours per week, the rest in numbers of items."""

    level_too_high: int
    level_too_low: int
    level_comfort: int
    hours_least: int
    hours_full: int
    excluded: int
    skills_named: int


type Words = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class WordLists:
    """Words for the values of a profile, as they stand in the middle of a sentence."""

    join: str
    interests: Words
    avoid: Words
    kinds: Words
    level: Words
    education: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Questions:
    """What to ask when too little is known."""

    ask: Words
    unknown_work: str
    unknown_place: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTexts:
    """Headings and fixed sentences of the overstapplan."""

    words: Words
    status: Words
    employer_questions: tuple[str, ...]
    school_questions: tuple[str, ...]
    money_by_situation: Mapping[str, tuple[str, ...]]
    money_by_route: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceTexts:
    """All of advice.yml."""

    weights: Weights
    limits: Limits
    words: WordLists
    reasons: Words
    missing: Words
    arrange: Words
    excluded: Words
    next_steps: Words
    questions: Questions
    plan: PlanTexts
    changes: Words
    why_not: Words
    compare: Words


class _Wrong(Exception):
    """One mistake; caught and given as file:line by load_texts."""

    def __init__(self, node: yaml.Node, what: str) -> None:
        super().__init__(what)
        self.line = node.start_mark.line + 1


def load_texts(path: Path) -> AdviceTexts:
    """Read the weights and sentences.

    Args:
        path: advice.yml, or the catalogue folder that holds it.

    Returns:
        The texts; every code has a sentence, every sentence fills in only what is known.

    Raises:
        CatalogueError: the first mistake, as `file:line: what`.
    """
    file = path / FILE if path.is_dir() else path
    try:
        root = yaml.compose(file.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
        if root is None:
            raise CatalogueError([f"{file.name}:1: Dit bestand is leeg."])
        texts: AdviceTexts = _build(AdviceTexts, root, "")
    except _Wrong as wrong:
        raise CatalogueError([f"{file.name}:{wrong.line}: {wrong}"]) from wrong
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise CatalogueError([f"{file.name}:{line}: Dit is geen goede YAML."]) from error
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise CatalogueError([f"{file.name}:1: Dit bestand is niet te lezen."]) from error
    return texts


def _build(kind: Any, node: yaml.Node, path: str) -> Any:
    hints = get_type_hints(kind)
    pairs = _pairs(node, path, frozenset(one.name for one in fields(kind)))
    values = {name: _value(hints[name], value, _join(path, name)) for name, value in pairs.items()}
    return kind(**values)


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _pairs(node: yaml.Node, path: str, expected: frozenset[str] | None) -> dict[str, yaml.Node]:
    if not isinstance(node, yaml.MappingNode):
        raise _Wrong(node, f"Bij '{path}' horen sleutels met waarden.")
    found: dict[str, yaml.Node] = {}
    for key, value in node.value:
        if key.value in found:
            raise _Wrong(key, f"De sleutel '{key.value}' staat er twee keer.")
        if expected is not None and key.value not in expected:
            raise _Wrong(key, f"Onbekende sleutel '{key.value}'.")
        found[key.value] = value
    for absent in sorted((expected or frozenset()) - found.keys()):
        raise _Wrong(node, f"De sleutel '{_join(path, absent)}' ontbreekt.")
    return found


def _value(hint: Any, node: yaml.Node, path: str) -> Any:
    if is_dataclass(hint):
        return _build(hint, node, path)
    if hint in (int, float):
        return _number(hint, node, path)
    if hint is str:
        return _sentence(node, path)
    if get_origin(hint) is tuple:
        if not isinstance(node, yaml.SequenceNode) or not node.value:
            raise _Wrong(node, f"Bij '{path}' hoort een lijst die niet leeg is.")
        return tuple(_sentence(one, path) for one in node.value)
    inner = get_args(getattr(hint, "__value__", hint))[1]
    pairs = _pairs(node, path, CODES.get(path))
    return {name: _value(inner, value, _join(path, name)) for name, value in pairs.items()}


def _number(kind: type[int] | type[float], node: yaml.Node, path: str) -> int | float:
    allowed = (_INT,) if kind is int else (_INT, _FLOAT)
    if not isinstance(node, yaml.ScalarNode) or node.tag not in allowed:
        raise _Wrong(node, f"Bij '{path}' hoort een getal.")
    try:
        value = kind(node.value)
    except ValueError:  # YAML takes "3:0" for a number of base sixty
        raise _Wrong(node, f"Bij '{path}' hoort een getal.") from None
    if not 0 <= value < 1_000:
        raise _Wrong(node, f"Het getal bij '{path}' moet 0 of hoger zijn.")
    return value


def _sentence(node: yaml.Node, path: str) -> str:
    if not isinstance(node, yaml.ScalarNode) or not str(node.value).strip():
        raise _Wrong(node, f"Bij '{path}' hoort tekst.")
    text = str(node.value).strip()
    try:
        used = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError as error:
        raise _Wrong(node, f"De haakjes bij '{path}' kloppen niet.") from error
    for name in sorted(used - FIELDS.get(path, frozenset())):
        raise _Wrong(node, f"'{{{name}}}' kan niet bij '{path}'.")
    return text
