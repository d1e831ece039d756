"""Scores the linking of occupations and the other entities on the files of tests/nlu.

.venv/bin/python -m bench.entities            figures as JSON
.venv/bin/python -m bench.entities --mistakes each mistake on a line of its own, then the figures
.venv/bin/python -m bench.entities FILE ...   of these files alone
"""

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

import yaml

from bot.catalogue.model import Place
from bot.catalogue.places import fold

type Entity = dict[str, Any]
type Read = Callable[[str], list[Entity]]
type Places = dict[str, tuple[Place, ...]]

TESTS = Path("tests/nlu")
OCCUPATION_FILES = (
    "occupations.yml",
    "occupations_blind.yml",
    "occupations_fresh1.yml",
    "occupations_fresh2.yml",
    "occupations_fresh3.yml",
    "occupations_fresh4.yml",
    "occupations_fresh5.yml",
    "occupations_fresh6.yml",
    "occupations_fresh7.yml",
    "occupations_fresh8.yml",
    "occupations_fresh9.yml",
    "occupations_fresh10.yml",
    "occupations_fresh11.yml",
    "occupations_fresh12.yml",
    "occupations_fresh13.yml",
    "occupations_sideways.yml",
    "occupations_all.yml",
    "wishes_fresh.yml",
    "wishes_hard.yml",
    "wishes_broad.yml",
)
ENTITY_FILES = (
    "entities.yml",
    "entities_blind.yml",
    "entities_fresh1.yml",
    "entities_fresh2.yml",
    "entities_fresh3.yml",
    "entities_fresh4.yml",
    "entities_fresh5.yml",
    "entities_fresh6.yml",
    "entities_fresh7.yml",
    "entities_fresh8.yml",
    "entities_fresh9.yml",
    "entities_fresh10.yml",
    "entities_fresh11.yml",
    "entities_broad.yml",
    "entities_numbers.yml",
    "entities_school.yml",
    "entities_likes.yml",
    "entities_mixed1.yml",
    "entities_mixed2.yml",
    "entities_traps.yml",
    "entities_voices.yml",
)
FILES = [TESTS / name for name in (*OCCUPATION_FILES, *ENTITY_FILES)]
KINDS = (
    "education",
    "situation",
    "hours",
    "years",
    "wage",
    "place",
    "interest",
    "avoid",
    "needs_wage",
)
RANKED = 3


@dataclass(slots=True)
class Score:
    """Counts by name, and a line for each mistake."""

    counts: Counter[str] = field(default_factory=Counter)
    mistakes: list[str] = field(default_factory=list)

    def add(self, name: str, *, right: bool, mistake: str) -> None:
        """Count one case, with its mistake when it is wrong."""
        self.counts[name] += 1
        self.counts[f"{name}_right"] += right
        if not right:
            self.mistakes.append(mistake)

    def share(self, name: str) -> float:
        """Give the share (0 to 1) of the cases of this name that are right."""
        return round(self.counts[f"{name}_right"] / max(self.counts[name], 1), 4)


def of_kind(entities: list[Entity], kind: str) -> list[Entity]:
    """Give the entities of one kind."""
    return [item for item in entities if item["entity"] == kind]


def ranked(entities: list[Entity], kind: str) -> list[str]:
    """Give the ids that the entities of a kind name, best first, without doubles."""
    found = of_kind(entities, kind)
    ids = [item["value"] for item in found]
    return list(dict.fromkeys([*ids, *(one for item in found for one in _others(item))]))


def _others(item: Entity) -> list[str]:
    return [*item.get("alternatives", ()), *item.get("ranking", ())]


def answered(entities: list[Entity]) -> list[str]:
    """Give the ids, best first, that answer the question for one's work, as the dialogue takes them.

    What nothing calls a wish ('schakelkasten bedraden') is work there: see actions/intake.py.
    """
    bare = [{**item, "entity": "occupation"} for item in entities if item.get("bare")]
    return ranked(entities, "occupation") or ranked(bare, "occupation")


def score_occupations(read: Read, data: dict[str, Any]) -> Score:
    """Score top-1 and top-3 of what answers the question for work, silence, and current against wished."""
    score = Score()
    for case in data.get("phrases", ()):
        ids = answered(read(case["text"]))
        wanted = set(case["occupation"])
        line = f"{case['text']}: {ids} and not {case['occupation']}"
        score.add("top1", right=bool(ids) and ids[0] in wanted, mistake=f"top1 {line}")
        score.add("top3", right=bool(wanted & set(ids[:RANKED])), mistake=f"top3 {line}")
    for case in data.get("wished", ()):
        entities = read(case["text"])
        for name, kind in (("occupation", "occupation"), ("target", "target_occupation")):
            ids, wanted = ranked(entities, kind)[:1], case[name]
            right = ids[0] in wanted if ids and wanted else not ids and not wanted
            line = f"{kind} {case['text']}: {ids} and not {wanted}"
            score.add(f"wished_{name}", right=right, mistake=line)
    for text in data.get("silent", ()):
        ids = ranked(read(text), "occupation")
        score.add("silent", right=not ids, mistake=f"not silent {text}: {ids}")
    return score


def score_entities(read: Read, data: dict[str, Any], places: Places) -> Score:
    """Count found, wanted and right values of every kind of entity."""
    score = Score()
    said = {kind for case in data["phrases"] for kind in case["entities"]} | {"place"}
    for case in data["phrases"]:
        entities = read(case["text"])
        for kind in KINDS:
            if kind not in said:
                continue
            found = _values(entities, kind, places)
            wanted, optional = _wanted(case["entities"], kind, places)
            right = [value for value in found if any(value in one for one in wanted)]
            missed = [one for one in wanted if not set(one) & set(found)]
            wrong = [value for value in found if value not in right and value not in optional]
            score.counts[f"{kind}_right"] += len(wanted) - len(missed)
            score.counts[f"{kind}_missed"] += len(missed)
            score.counts[f"{kind}_wrong"] += len(wrong)
            if missed or wrong:
                score.mistakes.append(f"{kind} {case['text']}: missed {missed}, wrong {wrong}")
    return score


def _values(entities: list[Entity], kind: str, places: Places) -> list[Any]:
    if kind == "needs_wage":
        needs = [item["value"] for item in of_kind(entities, "wage")]
        return [value == "needed" for value in dict.fromkeys(needs) if value.endswith("needed")]
    found = []
    for item in of_kind(entities, kind):
        if kind == "place":
            found.append(_regions(item["value"], places))
        elif kind in ("hours", "years"):
            found.append(round(float(item["value"]), 1))
        elif kind != "wage":
            found.append(item["value"])
        elif "amount" in item:
            found.append((item["amount"], item["per"], item["net"]))
    return list(dict.fromkeys(found))


def _wanted(given: dict[str, Any], kind: str, places: Places) -> tuple[list[Any], list[Any]]:
    """Give what must be found, each as the values that are right, and what may be found.

    A value may be a list of values that are all right; a null in it says that it may be missing.
    """
    if kind == "place" and "place_options" in given:
        return [[frozenset(one["region"] for one in given["place_options"])]], []
    if kind not in given:
        return [], []
    several = kind in ("interest", "avoid") and isinstance(given[kind], list)
    wanted, optional = [], []
    for part in given[kind] if several else [given[kind]]:
        choices = _listed(part)
        said = [one for choice in choices for one in _forms(kind, choice, places)]
        if None in choices or (several and None in given[kind]):
            optional += said
        else:
            wanted.append(said)
    return wanted, optional


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _forms(kind: str, choice: Any, places: Places) -> list[Any]:
    if choice is None:
        return []
    if kind == "place":
        return [_regions(choice, places)]
    if kind in ("hours", "years"):
        return [round(float(choice), 1)]
    if kind == "wage":
        return list(product(*(_listed(choice[name]) for name in ("amount", "per", "net"))))
    return [choice]


def _regions(name: str, places: Places) -> frozenset[str]:
    return frozenset(row.region for row in places.get(fold(str(name)), ()))


def precision_and_recall(score: Score, kinds: tuple[str, ...] = KINDS) -> tuple[float, float]:
    """Give precision and recall (0 to 1) over these kinds."""
    right, missed, wrong = (
        sum(score.counts[f"{kind}_{name}"] for kind in kinds)
        for name in ("right", "missed", "wrong")
    )
    return round(right / max(right + wrong, 1), 4), round(right / max(right + missed, 1), 4)


def figures(read: Read, places: Places, files: Iterable[Path]) -> dict[str, Any]:
    """Give every figure by file, and the mistakes under `mistakes`."""
    report: dict[str, Any] = {}
    for file in files:
        data = yaml.safe_load(file.read_text("utf-8"))
        if is_about_work(data):
            score = score_occupations(read, data)
            names = ("top1", "top3", "silent", "wished_occupation", "wished_target")
            report[file.name] = {name: score.share(name) for name in names if score.counts[name]}
        else:
            score = score_entities(read, data, places)
            kinds = {kind: precision_and_recall(score, (kind,)) for kind in KINDS}
            kinds = {kind: figures for kind, figures in kinds.items() if figures != (0, 0)}
            report[file.name] = {"all": precision_and_recall(score), **kinds}
        report[file.name]["mistakes"] = score.mistakes
    return report


def is_about_work(data: dict[str, Any]) -> bool:
    """Tell whether a file of sentences has occupations, and no other entities."""
    return not any("entities" in case for case in data.get("phrases", ()))


def _cases(report: dict[str, Any]) -> Iterator[str]:
    for file, part in report.items():
        for line in part.pop("mistakes"):
            yield f"{file}: {line}"


def main() -> None:
    """Print the figures."""
    from bench.reading import Reader

    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--mistakes", action="store_true", help="say each mistake too")
    options.add_argument("files", nargs="*", type=Path, default=FILES, help="default: all files")
    asked = options.parse_args()
    about_work = any(
        is_about_work(yaml.safe_load(file.read_text("utf-8"))) for file in asked.files
    )
    read = Reader(linking=about_work)
    report = figures(read, read.places, asked.files)
    lines = list(_cases(report))
    if asked.mistakes:
        print("\n".join(lines))
    print(json.dumps(report, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()
