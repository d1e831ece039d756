"""Dutch numbers, ages and money as others labelled them (Recognizers-Text, MIT), where they apply."""

import json
import re
from typing import Any

import pytest

from bench.reading import Reader
from nlu.dutch_numbers import DutchNumbers
from nlu.lexicon import load_lexicon
from nlu.tokens import tokenise
from tests.conftest import ROOT

FOLDER = ROOT.parent / "shared" / "testdata" / "recognizers_text_nl"
PLAIN = re.compile(r"[a-zë]+|\d{1,3}(\.\d{3})*(,\d{1,2})?")


def labelled(name: str) -> list[dict[str, Any]]:
    """Read one of the files; the test is skipped when they are not beside the repository."""
    path = FOLDER / name
    if not path.is_file():
        pytest.skip("the labelled sentences are not beside the repository")
    data: list[dict[str, Any]] = json.loads(path.read_text("utf-8-sig"))
    return data


def test_an_age_is_never_years_of_work(reader: Reader) -> None:
    wrong = [
        case["Input"]
        for case in labelled("AgeModel.json")
        if case["Results"] and any(item["entity"] == "years" for item in reader(case["Input"]))
    ]
    assert not wrong


def test_numbers_in_one_piece_have_the_labelled_value() -> None:
    numbers = DutchNumbers(load_lexicon(ROOT / "data" / "nlu_lexicon.yml")["numbers"])
    right, wrong = 0, []
    for case in labelled("NumberModel.json"):
        if len(case["Results"]) != 1 or not PLAIN.fullmatch(case["Results"][0]["Text"]):
            continue
        value = float(str(case["Results"][0]["Resolution"]["value"]).replace(",", "."))
        found = [number.value for number in numbers.find(case["Input"], tokenise(case["Input"]))]
        if value > 1_000_000 or case["Results"][0]["Text"] in ("een", "één"):
            continue
        right += found == [value]
        if found != [value]:
            wrong.append((case["Input"], value, found))
    assert right / max(right + len(wrong), 1) >= 0.85, wrong


def test_a_price_is_no_wage(reader: Reader) -> None:
    cases = labelled("CurrencyModel.json")
    wrong = [
        case["Input"]
        for case in cases
        if any(item["entity"] == "wage" and "amount" in item for item in reader(case["Input"]))
    ]
    assert len(wrong) <= 0.05 * len(cases), wrong
