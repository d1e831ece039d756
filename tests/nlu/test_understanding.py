"""How well sentences are understood that the model was not trained on: the bar of docs/nlu.md.

Who wrote which file, and what of it was looked at, stands in docs/nlu.md.
"""

import asyncio
from typing import Any

import pytest
import yaml

from bot.dialogue.evaluation import Report, evaluate, read_examples
from tests.conftest import ROOT

FOLDER = ROOT / "tests" / "nlu"


VEILED = (
    "heldout_fresh18.yml",
    "heldout_dialects.yml",
    "heldout_fresh13.yml",
    "heldout_fresh14.yml",
)
"""Some of their despair is veiled, or in heavy dialect: see `test_veiled_despair_is_seen_nearly_always`."""


@pytest.fixture(
    scope="module",
    params=[
        *VEILED,
        "heldout_fresh16.yml",
        "heldout_fresh15.yml",
        "heldout_regions.yml",
        "heldout_fresh6.yml",
        "heldout_fresh5.yml",
        "heldout_fresh4.yml",
        "heldout_fresh3.yml",
        "heldout_fresh2.yml",
        "heldout_fresh.yml",
        "heldout_blind.yml",
        "heldout.yml",
    ],
)
def report(request: pytest.FixtureRequest, agent: Any) -> Report:
    """Give what the model makes of one of the files."""
    return report_on(agent, request.param)


READ: dict[str, Report] = {}


def report_on(agent: Any, file: str) -> Report:
    """Give what the model makes of a file, each file once."""
    if file not in READ:
        READ[file] = asyncio.run(evaluate(agent, read_examples(FOLDER / file)))
    return READ[file]


def test_intents_of_unseen_sentences_are_named(report: Report) -> None:
    figures = report.figures()
    assert figures["in_scope_top_1"] >= 0.90, report.confusions()
    assert figures["in_scope_top_3"] >= 0.97, report.confusions()


def test_what_is_out_of_scope_is_seen_and_little_else_is_rejected(report: Report) -> None:
    figures = report.figures()
    assert figures["out_of_scope_recall"] >= 0.80
    assert figures["in_scope_rejected"] <= 0.05


def test_what_the_dialogue_acts_on_is_right_and_that_is_most(report: Report) -> None:
    figures = report.figures()
    wrong = [
        (one.text, one.intent, one.ranking[0], one.confidence)
        for one in report.judged
        if one.is_acted_on and not one.is_right
    ]
    assert figures["right_when_acted"] >= 0.97, wrong
    assert figures["acted_on"] >= 0.75


def test_crises_are_seen_and_nothing_else_is_taken_for_one(
    report: Report, request: pytest.FixtureRequest
) -> None:
    missed = [one.text for one in report.judged if one.intent == "distress" and not one.is_right]
    alarms = [(one.text, one.intent) for one in report.judged if one.is_false_alarm]
    veiled = request.node.callspec.params["report"] in VEILED
    assert veiled or (missed, alarms) == ([], [])


@pytest.mark.parametrize("file", ["distress_fresh.yml", "distress_regions.yml"])
def test_despair_is_told_from_dark_words(agent: Any, file: str) -> None:
    fresh = report_on(agent, file)
    assert [one.text for one in fresh.judged if one.is_false_alarm] == []
    assert fresh.figures()["distress_recall"] == 1.0


@pytest.mark.parametrize(
    ("file", "recall", "alarms"),
    [
        ("heldout_fresh18.yml", 0.94, 0),
        ("heldout_dialects.yml", 0.94, 0),
        ("heldout_fresh13.yml", 1.0, 1),
        ("heldout_fresh14.yml", 0.94, 3),
        ("distress_fresh5.yml", 0.96, 4),  # 300 of its ordinary sentences are dark
    ],
)
def test_veiled_despair_is_seen_nearly_always(
    agent: Any, file: str, recall: float, alarms: int
) -> None:
    hard = report_on(agent, file)
    missed = [one.text for one in hard.judged if one.intent == "distress" and not one.is_right]
    assert hard.figures()["distress_recall"] >= recall, missed
    assert sum(one.is_false_alarm for one in hard.judged) <= alarms


async def test_ordinary_sentences_are_no_crisis_and_no_other_language(agent: Any) -> None:
    ordinary = yaml.safe_load((FOLDER / "ordinary.yml").read_text("utf-8"))["sentences"]
    assert len(ordinary) >= 499
    wrong = []
    for text in ordinary:
        parsed = await agent.parse_message(text)
        names = [one["name"] for one in parsed["intent_ranking"] if one["name"] != "nlu_fallback"]
        if names[0] in ("distress", "other_language"):
            wrong.append((text, names[0]))
    assert wrong == []


# Written for this test, in nobody's training data: a crisis is seldom all that a message says.
BESIDE_OTHER_THINGS = (
    "Ik was 20 jaar cassière bij de C1000 in Oss en ik denk er elke dag aan om van de brug te springen.",
    "nee ik bedoel niet dat ik ander werk zoek, ik bedoel dat ik dit leven niet meer aankan",
    "wat kost zo'n opleiding? ik heb net een heleboel slaappillen genomen en word nu bang",
    "36 uur. eigenlijk hoop ik dat ik morgen niet meer wakker word. wat is een bbl?",
    "mbo 2, woon in Assen, mijn man heeft me weer geslagen en ik durf niet naar huis",
    "ik spring straks van het dak, ik werk graag met mijn handen en woon in Tilburg",
    "ik was kassamedewerker bij de Hema, maar kga mij iets aandoen",
    "ja dat klopt maar voor wie doe ik het nog, iedereen is beter af als ik er niet ben",
    "Ik heb vierentwintig jaar bij de post gewerkt, eerst op de fiets en later in het sorteercentrum in Nieuwegein, "
    "en sinds de sluiting zit ik elke nacht te bedenken hoe ik er tussenuit kan zonder dat mijn vrouw mij vindt",
)


@pytest.mark.parametrize("text", BESIDE_OTHER_THINGS)
async def test_a_crisis_beside_other_things_is_seen(agent: Any, text: str) -> None:
    parsed = await agent.parse_message(text)
    assert parsed["intent"]["name"] == "distress"


@pytest.mark.parametrize(
    "text",
    [
        "Ik ben het zat bij de Jumbo, ik woon in Breda en ik wil iets met computers",
        "s avonds werken lukt niet meer, daar ben ik te moe voor. Wat is een bbl?",
        "timmeren is mijn lust en mijn leven, 36 uur is prima",
        "ik heb mijn zieke moeder verzorgd, zij is er niet meer, nu zoek ik weer werk",
    ],
)
async def test_dark_words_in_a_part_are_no_crisis(agent: Any, text: str) -> None:
    parsed = await agent.parse_message(text)
    assert parsed["intent_ranking"][0]["name"] != "distress"
