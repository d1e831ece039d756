"""What the bot says: plain Dutch (B1), je-form, one question at a time, nothing that is never asked."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from actions.resume import STANDS_ALONE
from bot.intake import QUESTIONS
from tests.conftest import ROOT

MAX_SENTENCE, MAX_AVERAGE = 18, 12
"""Words. CEFR B1 has no number; Dutch government guides advise 10 to 15 words, 20 at most."""

OFFICIAL = """aangaande aanvang alsmede betreffende conform derhalve desgewenst dient dienen doch
echter gelieve hetgeen hieromtrent indien ingevolge inzake middels mits omtrent teneinde tevens
thans uiterlijk voornoemd voorts zodoende"""
ENGLISH = """the you your please click button skip submit handoff intake consent profile match tool
skills upskilling reskilling assessment coach feedback update"""
ASKS = re.compile(
    r"utter_(ask_(" + "|".join(QUESTIONS) + r")|retry_\w+|which_\w+|summary(_again)?|advice_(more|now|shown)|"
    r"handoff_(consent(_short)?|reach|needs_place|contact)|(delete|restart)_confirm(_sent)?)"
)
BUTTONS_OF_ACTIONS = {
    "utter_advice_now", "utter_advice_shown", "utter_change_what", "utter_unknown_occupation",
}  # fmt: skip
FOREIGN = "utter_language_"

RESPONSES: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (ROOT / "domain.yml").read_text("utf-8")
)["responses"]
DUTCH = sorted(name for name in RESPONSES if not name.startswith(FOREIGN))


def text_of(name: str) -> str:
    return str(RESPONSES[name][0]["text"])


def titles_of(name: str) -> list[str]:
    return [button["title"] for button in RESPONSES[name][0].get("buttons", [])]


def sentences(text: str) -> Iterator[list[str]]:
    """Give the words of each sentence; what is filled in counts as one word, a quote as one."""
    plain = re.sub(r'"[^"]*"', "citaat", re.sub(r"\{\w+\}", "iets", text))
    for sentence in re.split(r"(?<=[.?!:])\s+|\n", plain):
        if words := re.findall(r"[\w’'.-]+", sentence):
            yield words


@pytest.mark.parametrize("name", DUTCH)
def test_sentences_are_short(name: str) -> None:
    said = list(sentences(text_of(name)))
    longest = max(said, key=len)
    assert len(longest) <= MAX_SENTENCE, " ".join(longest)
    assert sum(map(len, said)) / len(said) <= MAX_AVERAGE, text_of(name)


@pytest.mark.parametrize("name", DUTCH)
def test_words_are_known_ones_and_a_person_is_je(name: str) -> None:
    words = {
        word.strip(".").lower()
        for text in (text_of(name), *titles_of(name))
        for sentence in sentences(text)
        for word in sentence
    }
    assert not words & {*OFFICIAL.split(), *ENGLISH.split(), "u", "uw", "uzelf"}, name


@pytest.mark.parametrize("name", DUTCH)
def test_one_question_at_a_time_and_only_where_an_answer_is_taken(name: str) -> None:
    asked = re.sub(r'"[^"]*"', "", text_of(name)).count("?")
    assert asked <= 1, text_of(name)
    if asked:
        assert name in STANDS_ALONE or ASKS.fullmatch(name), f"{name} asks and another may follow"


@pytest.mark.parametrize("name", sorted(STANDS_ALONE) + [n for n in DUTCH if ASKS.fullmatch(n)])
def test_what_ends_a_turn_has_a_way_on(name: str) -> None:
    assert name.startswith("utter_which_") or name in BUTTONS_OF_ACTIONS or titles_of(name), name


def test_age_health_origin_and_religion_are_never_asked() -> None:
    never = re.compile(
        r"hoe oud|leeftijd|geboren|geboorte|ziek|gezond|handicap|geloof|religie|afkomst|nationaliteit|"
        r"bsn|trouwd|zwanger",
        re.IGNORECASE,
    )
    for name in DUTCH:
        for sentence in re.findall(r"[^.?!\n]*\?", text_of(name)):
            assert not never.search(sentence), (name, sentence)


def test_the_slots_hold_nothing_that_is_never_asked() -> None:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))
    assert set(domain["slots"]) == {
        "profile", "asked", "skipped", "stage", "missed", "contact", "handoff_reference",
        "supposed", "comparing", "shown", "topic", "advised", "limits", "page",
    }  # fmt: skip
    assert not {"age", "health", "religion", "origin", "bsn"} & set(domain["entities"])


def test_despair_gets_the_number_first_and_is_never_a_question() -> None:
    for name in ("", "_stay", "_unsafe", "_unsafe_stay"):
        assert "0800-0113" in text_of(f"utter_distress{name}")
        assert "112" in text_of(f"utter_distress{name}")
        assert ("0800-2000" in text_of(f"utter_distress{name}")) == ("unsafe" in name)
