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


_BY_LETTER: dict[str, list[tuple[str, str]]] = {}
for _pair in ENDINGS:
    _BY_LETTER.setdefault(_pair[0][-1], []).append(_pair)


def plainer(phrase: str) -> Iterator[str]:
    """Give what a folded phrase may be a form of: `kassières`, `kassiere`; itself not."""
    for ending, instead in _BY_LETTER.get(phrase[-1:], ()):
        if phrase.endswith(ending) and len(phrase) - len(ending) >= _STEM:
            yield phrase.removesuffix(ending) + instead
