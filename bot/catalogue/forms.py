"""Dutch forms of one word: plural, feminine and small forms led back to a plainer one."""

from collections.abc import Iterator

_STEM = 4  # what is left must say something
# What is taken off, and what is put in its place to look it up.
ENDINGS = (
    ("s", ""), ("en", ""), ("n", ""), ("e", ""), ("ster", "er"), ("sters", "er"), ("rice", "eur"),
    ("ster", "der"), ("euse", "eur"), ("tje", ""), ("ers", "er"), ("essen", ""), ("in", ""),
    ("vrouw", "man"), ("mannen", "man"), ("lui", "man"), ("lieden", "man"), ("meisje", "er"),
    ("meisje", "medewerker"), ("jongen", "medewerker"), ("dame", "medewerker"),
    ("hulp", "medewerker"), ("kracht", "medewerker"), ("iere", "ier"),
    ("werkster", "werker"), ("assistente", "assistent"),
)  # fmt: skip
_LETTERS = {ending[-1] for ending, _ in ENDINGS}
_BY_LETTER = {last: [pair for pair in ENDINGS if pair[0][-1] == last] for last in _LETTERS}


def plainer(phrase: str) -> Iterator[str]:
    """Give what a folded phrase may be a form of: `kassières`, `kassiere`; itself not."""
    for ending, instead in _BY_LETTER.get(phrase[-1:], ()):
        if phrase.endswith(ending) and len(phrase) - len(ending) >= _STEM:
            yield phrase.removesuffix(ending) + instead
