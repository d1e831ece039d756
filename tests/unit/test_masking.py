"""Masking: finds what identifies a person and leaves alone what the advice needs."""

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.privacy.masking import is_bsn, is_iban, mask, mask_these

KINDS = {
    "t": "[telefoon]",
    "m": "[e-mail]",
    "i": "[iban]",
    "b": "[bsn]",
    "a": "[adres]",
    "n": "[naam]",
}
MARKED = re.compile(r"\{([tmiban]):([^}]*)\}")
MARKER = re.compile("|".join(re.escape(marker) for marker in KINDS.values()))
CASES = Path(__file__).with_name("masking_cases.yml")


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence, what of it must go, and how it must read afterwards."""

    text: str
    secrets: tuple[tuple[str, str], ...]
    wanted: str


def _cases() -> list[Case]:
    groups = yaml.safe_load(CASES.read_text("utf-8"))
    return [
        Case(
            text=MARKED.sub(lambda found: found[2], line),
            secrets=tuple((KINDS[kind], secret) for kind, secret in MARKED.findall(line)),
            wanted=MARKED.sub(lambda found: KINDS[found[1]], line),
        )
        for lines in groups.values()
        for line in lines
    ]


def _recall(kinds: set[str]) -> tuple[float, list[str]]:
    lost, found = [], 0
    for case in _cases():
        masked = mask(case.text)
        for kind, secret in case.secrets:
            if kind in kinds and secret in masked:
                lost.append(f"{case.text!r} -> {masked!r}")
            elif kind in kinds:
                found += 1
    return found / (found + len(lost)), lost


def test_there_are_at_least_four_hundred_sentences_and_half_hold_nothing_to_mask() -> None:
    cases = _cases()
    plain = [case for case in cases if not case.secrets]
    assert len({case.text for case in cases}) == len(cases) >= 400
    assert 0.45 <= len(plain) / len(cases) <= 0.55


@pytest.mark.parametrize(
    ("kinds", "least"),
    [
        ({"[telefoon]", "[iban]", "[bsn]", "[e-mail]"}, 0.97),
        ({"[adres]"}, 0.95),
        ({"[naam]"}, 0.95),
    ],
)
def test_what_identifies_a_person_is_masked(kinds: set[str], least: float) -> None:
    recall, lost = _recall(kinds)
    assert recall >= least, "\n".join(lost)


def test_what_is_masked_had_to_be_masked() -> None:
    right, wrong = 0, []
    for case in _cases():
        masked = mask(case.text)
        made = Counter(MARKER.findall(masked))
        wanted = Counter(kind for kind, _ in case.secrets)
        right += (made & wanted).total()
        wrong += [f"{case.text!r} -> {masked!r}"] * (made - wanted).total()
    assert right / (right + len(wrong)) >= 0.95, "\n".join(wrong)


def test_the_rest_of_a_sentence_stays_as_it_was() -> None:
    cases = _cases()
    changed = [
        f"{case.wanted!r} != {mask(case.text)!r}"
        for case in cases
        if mask(case.text) != case.wanted
    ]
    assert len(changed) <= len(cases) * 0.03, "\n".join(changed)


@given(st.text() | st.text("0612345678 .-+@NLab[]/'") | st.sampled_from(_cases()).map(str))
def test_masking_twice_is_masking_once(text: str) -> None:
    once = mask(text)
    assert mask(once) == once


@given(st.lists(st.sampled_from(_cases()), min_size=1, max_size=4))
def test_no_numbers_or_mail_survive_beside_other_sentences(cases: list[Case]) -> None:
    masked = mask("\n".join(case.text for case in cases))
    sure = [
        secret
        for case in cases
        if mask(case.text) == case.wanted
        for kind, secret in case.secrets
        if kind in ("[e-mail]", "[iban]", "[telefoon]")
    ]
    assert [secret for secret in sure if secret in masked] == []


@given(st.integers(0, 99_999_999))
def test_every_valid_bsn_is_masked_in_any_writing(stem: int) -> None:
    head = f"{stem:08d}"
    total = sum(int(digit) * weight for digit, weight in zip(head, range(9, 1, -1), strict=True))
    bsn = f"{head}{total % 11 % 10}"
    if not is_bsn(bsn):
        return
    spaced = f"{bsn[:3]} {bsn[3:6]} {bsn[6:]}"
    dotted = f"{bsn[:4]}.{bsn[4:6]}.{bsn[6:]}"
    for written in (bsn, spaced, f"bsn {dotted}"):
        assert "[bsn]" in mask(f"mijn nummer {written} graag"), written


@given(st.integers(1000, 9999), st.integers(12, 40), st.integers(1950, 2030))
def test_wages_hours_years_and_postcodes_are_never_masked(
    postcode: int, hours: int, year: int
) -> None:
    text = f"ik werk {hours} uur voor {postcode} euro sinds {year} in {postcode} AB"
    assert mask(text) == text


def test_an_account_number_of_another_country_must_pass_its_checksum() -> None:
    assert is_iban("BE68 5390 0754 7034")
    assert not is_iban("BE68 5390 0754 7035")
    assert not is_iban("4811 AB")


@pytest.mark.parametrize(
    "part",
    ["a", "1 ", "0", "06-", "a.a@", "ik heet ", "a-", "Laan van ", "nul een ", "NL12 ", "de ",
     "@ ", "at punt ", "woon op A", "ik ben Jan ", "0 1", "12.", "+31", "Kerkstraat ", "(0"],
)  # fmt: skip
def test_a_hundred_thousand_characters_of_anything_come_back(part: str) -> None:
    text = (part * 100_000)[:100_000]
    assert mask(mask(text)) == mask(text)


def test_what_is_known_of_one_person_is_masked_as_a_whole_word_only():
    values = ("06 12345678", "(0165) 123456", "kees.b@example.nl", "Kees de Boer", "Kees", None)
    text = "Kees de Boer of Kees, niet Keesje: 06 12345678, (0165) 123456, kees.b@example.nl."
    masked = "[naam] of [naam], niet Keesje: [telefoon], [telefoon], [e-mail]."
    assert mask_these(text, values) == masked
    assert mask_these(masked, values) == masked
    assert mask_these(text, ()) == text
