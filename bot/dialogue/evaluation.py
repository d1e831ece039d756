"""Scores the language understanding on sentences it was not trained on.

In scope is every intent but `out_of_scope`. A sentence is rejected when the best intent is
`out_of_scope`. Below the gate of config.yml (`nlu_fallback`) the dialogue does not act on the best
intent but asks back: of what it does act on, `right_when_acted` is the share that is right.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.errors import ModelError
from bot.handoff.model import DISTRESS

OUT_OF_SCOPE = "out_of_scope"
FALLBACK = "nlu_fallback"
TOP = 3
CONFUSIONS = 40


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence and the intent it has."""

    text: str
    intent: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence with what was made of it: `ranking` best first, without the fallback."""

    text: str
    intent: str
    ranking: tuple[str, ...]
    confidence: float
    asked_back: bool

    @property
    def is_rejected(self) -> bool:
        """Tell whether it was taken to be out of scope."""
        return self.ranking[:1] in ((OUT_OF_SCOPE,), ())

    @property
    def is_false_alarm(self) -> bool:
        """Tell whether it was taken for a crisis that it is not."""
        return self.intent != DISTRESS and self.ranking[:1] == (DISTRESS,)

    @property
    def is_acted_on(self) -> bool:
        """Tell whether the dialogue does something with the best intent."""
        return not self.is_rejected and not self.asked_back

    @property
    def is_right(self) -> bool:
        """Tell whether the first answer is the right one."""
        return self.ranking[:1] == (self.intent,)


@dataclass(frozen=True, slots=True)
class Report:
    """What was judged, and its figures (shares of 0 to 1)."""

    judged: tuple[Judged, ...]

    def to_json(self) -> dict[str, Any]:
        """Give every figure, per intent too, and the confusions that happen most."""
        return {**self.figures(), "intents": self.per_intent(), "confusions": self.confusions()}

    def figures(self) -> dict[str, Any]:
        """Give the figures of the whole."""
        known = [one for one in self.judged if one.intent != OUT_OF_SCOPE]
        strange = [one for one in self.judged if one.intent == OUT_OF_SCOPE]
        acted = [one for one in self.judged if one.is_acted_on]
        crises = [one for one in self.judged if one.intent == DISTRESS]
        scores = [row["f1"] for row in self.per_intent().values()]
        return {
            "sentences": len(self.judged),
            "accuracy": _share([one.is_right for one in self.judged]),
            "macro_f1": sum(scores) / len(scores) if scores else None,
            "in_scope_top_1": _share([one.is_right for one in known]),
            "in_scope_top_3": _share([one.intent in one.ranking[:TOP] for one in known]),
            "in_scope_rejected": _share([one.is_rejected for one in known]),
            "out_of_scope_recall": _share([one.is_rejected for one in strange]),
            "right_when_acted": _share([one.is_right for one in acted]),
            "acted_on": _share([one.is_acted_on for one in known]),
            "distress_recall": _share([one.is_right for one in crises]),
            "distress_false_alarms": sum(one.is_false_alarm for one in self.judged),
        }

    def per_intent(self) -> dict[str, dict[str, Any]]:
        """Give precision, recall, F1 and number of sentences of each intent in the file."""
        given = Counter(one.intent for one in self.judged)
        said = Counter(one.ranking[0] for one in self.judged if one.ranking)
        right = Counter(one.intent for one in self.judged if one.is_right)
        rows = {}
        for name in sorted(given):
            precision = right[name] / said[name] if said[name] else 0.0
            recall = right[name] / given[name]
            both = precision + recall
            rows[name] = {
                "precision": precision,
                "recall": recall,
                "f1": 2 * precision * recall / both if both else 0.0,
                "sentences": given[name],
            }
        return rows

    def confusions(self) -> list[dict[str, Any]]:
        """Give the wrong answers by intent and answer, most frequent first, each with its texts."""
        texts: dict[tuple[str, str], list[str]] = {}
        for one in self.judged:
            if not one.is_right:
                texts.setdefault((one.intent, one.ranking[0] if one.ranking else ""), []).append(
                    one.text
                )
        pairs = sorted(texts.items(), key=lambda item: (-len(item[1]), item[0]))
        return [
            {"intent": pair[0], "answer": pair[1], "times": len(found), "texts": found}
            for pair, found in pairs[:CONFUSIONS]
        ]


def read_examples(file: Path) -> list[Example]:
    """Read the sentences of a Rasa NLU YAML file.

    Raises:
        ModelError: the file cannot be read or is no Rasa NLU file; names file and line.
    """
    try:
        content = yaml.safe_load(file.read_text("utf-8"))
        blocks = [block for block in content["nlu"] if "intent" in block]
        found = [
            Example(line.strip().removeprefix("- ").strip(), str(block["intent"]))
            for block in blocks
            for line in str(block["examples"]).splitlines()
            if line.strip()
        ]
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ModelError(f"{file}:{line}: {error.problem}") from error
    except (OSError, UnicodeError, KeyError, TypeError) as error:
        raise ModelError(f"{file}:1: geen NLU-bestand van Rasa ({error})") from error
    if not found:
        raise ModelError(f"{file}:1: er staat geen zin in dit bestand")
    return found


async def evaluate(agent: Any, examples: Sequence[Example]) -> Report:
    """Parse every sentence and judge it."""
    judged = []
    for example in examples:
        parsed = await agent.parse_message(example.text)
        first = parsed["intent"]["name"]
        ranking = [one for one in parsed["intent_ranking"] if one["name"] != FALLBACK]
        judged.append(
            Judged(
                text=example.text,
                intent=example.intent,
                ranking=tuple(one["name"] for one in ranking),
                confidence=ranking[0]["confidence"] if ranking else 0.0,
                asked_back=first == FALLBACK,
            )
        )
    return Report(tuple(judged))


def report_text(report: Report) -> str:
    """Give the report as a table to read in a terminal."""
    lines = [
        f"{name:22} {value:.3f}" if isinstance(value, float) else f"{name:22} {value}"
        for name, value in report.figures().items()
    ]
    lines.append(f"\n{'intent':24} {'prec':>6} {'recall':>6} {'f1':>6} {'n':>4}")
    lines += [
        f"{name:24} {row['precision']:6.2f} {row['recall']:6.2f} {row['f1']:6.2f} "
        f"{row['sentences']:4}"
        for name, row in report.per_intent().items()
    ]
    lines.append("")
    lines += [
        f"{row['times']:3} {row['intent']} -> {row['answer']}: {row['texts'][0][:70]}"
        for row in report.confusions()
    ]
    return "\n".join(lines)


def _share(answers: list[bool]) -> float | None:
    return sum(answers) / len(answers) if answers else None
