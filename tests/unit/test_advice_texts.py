"""advice.yml: the real file reads, a broken one is refused with file and line."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.advice.codes import CODES
from bot.advice.texts import load_texts
from bot.errors import CatalogueError
from tests.unit.advice_profiles import FOLDER, texts

SOURCE = (FOLDER / "advice.yml").read_text(encoding="utf-8")


def mistake(folder: Path, content: str) -> str:
    """The mistake that reading this content gives."""
    file = folder / "advice.yml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        load_texts(file)
    (line,) = caught.value.mistakes
    return line


def test_the_folder_and_the_file_give_the_same_texts() -> None:
    assert load_texts(FOLDER) == load_texts(FOLDER / "advice.yml") == texts()


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("  isco: 0.6", "  isco: veel", "getal"),
        ("  isco: 0.6", "  isco: -1", "0 of hoger"),
        ("  isco: 0.6", "  iscoo: 0.6", "Onbekende sleutel 'iscoo'"),
        ("  isco: 0.6", "  isco: 0.6\n  isco: 0.7", "twee keer"),
        ("Als {origin} heb", "Als {naam} heb", "'{naam}' kan niet"),
        ("Als {origin} heb", "Als {origin heb", "haakjes"),
        (
            '  growth: "Je werkt al in dit vak. Dit is een stap verder."',
            '  growth: ""',
            "hoort tekst",
        ),
    ],
)
def test_a_mistake_is_named_with_the_line_it_is_on(tmp_path, old, new, what) -> None:
    assert SOURCE.count(old) == 1
    line = SOURCE[: SOURCE.index(old)].count("\n") + 1 + new.count("\n")

    found = mistake(tmp_path, SOURCE.replace(old, new))

    assert found.startswith(f"advice.yml:{line}: ")
    assert what in found


def test_a_sentence_that_is_left_out_is_missed(tmp_path) -> None:
    without = re.sub(r'  leerbedrijf: ".*"\n', "", SOURCE)

    assert "'arrange.leerbedrijf' ontbreekt" in mistake(tmp_path, without)


@pytest.mark.parametrize("content", ["", "weights: [", "- a", "\x00"])
def test_what_is_no_yaml_mapping_is_refused(tmp_path, content) -> None:
    assert re.match(r"advice\.yml:\d+: ", mistake(tmp_path, content))


def test_a_file_that_is_not_there_is_a_mistake_too(tmp_path) -> None:
    with pytest.raises(CatalogueError):
        load_texts(tmp_path / "advice.yml")


@given(st.integers(0, len(SOURCE) - 1), st.sampled_from(["", "{", "}", "\n", ":", '"', "-"]))
def test_any_damage_is_read_or_refused_but_never_crashes(tmp_path_factory, place, sign) -> None:
    file = tmp_path_factory.getbasetemp() / "damaged.yml"
    file.write_text(SOURCE[:place] + sign + SOURCE[place + 1 :], encoding="utf-8")
    try:
        load_texts(file)
    except CatalogueError as error:
        assert re.match(r"damaged\.yml:\d+: ", error.mistakes[0])


def sentences(node: object) -> list[str]:
    """Every text below a node of the file."""
    if isinstance(node, str):
        return [node]
    if isinstance(node, dict):
        return [text for value in node.values() for text in sentences(value)]
    return [text for value in node for text in sentences(value)] if isinstance(node, tuple) else []


@pytest.mark.parametrize("group", ["reasons", "missing", "arrange", "excluded", "next_steps"])
def test_the_sentences_are_short(group) -> None:
    words = [
        len(sentence.split())
        for text in sentences(getattr(texts(), group))
        for sentence in re.split(r"(?<=[.?!])\s", text)
    ]

    assert max(words) <= 17
    assert sum(words) / len(words) <= 10


def test_rasa_sees_no_training_data_in_the_file() -> None:
    top = set(re.findall(r"^(\w+):", SOURCE, re.MULTILINE))

    assert top == {one.partition(".")[0] for one in CODES} | {"weights", "limits", "questions"}
    assert not top & {"nlu", "rules", "stories", "responses"}
