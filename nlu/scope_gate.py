"""What comes before and after the intent model: danger, other languages, and not knowing."""

from typing import Any

from bot.catalogue.places import fold
from nlu.tokens import find_phrases, tokenise

OUT_OF_SCOPE = "out_of_scope"
FALLBACK = "nlu_fallback"
DISTRESS = "distress"
OTHER_LANGUAGE = "other_language"
DISTRESS_GATE = 0.5
LANGUAGE_SHARE = 0.6
LANGUAGE_WORDS = 3
# Scripts that Dutch is not written in: Cyrillic, Greek, Arabic, Hebrew, Ethiopic, Chinese...
_FIRST_OTHER_LETTER = 0x0370


class ScopeGate:
    """Decides when the model's answer is not to be used.

    Args:
        lexicon: with sections `distress` and `languages`.
        gate: below this confidence nothing is done with an intent.
        scope: above this chance a message is out of scope, whatever else it looks like.
    """

    def __init__(self, lexicon: dict[str, Any], *, gate: float, scope: float) -> None:
        self._gate = gate
        self._scope = scope
        self._distress = {fold(phrase) for phrase in lexicon["distress"]}
        self._longest = max(len(phrase.split()) for phrase in self._distress)
        self._languages = {
            name: {fold(str(word)) for word in words}
            for name, words in lexicon["languages"].items()
        }
        self._dutch = {fold(str(word)) for word in lexicon.get("dutch", ())}

    def before(self, text: str) -> str | None:
        """Give the intent that is sure without a model, or None."""
        tokens = tokenise(text)
        if find_phrases(tokens, self._distress, self._longest):
            return DISTRESS
        if not tokens:
            return FALLBACK
        if language_of(text, [token.folded for token in tokens], self._languages, self._dutch):
            return OTHER_LANGUAGE
        return None

    def after(
        self, text: str, ranking: list[dict[str, Any]], chances: dict[str, float]
    ) -> list[dict[str, Any]]:
        """Give the ranking with what must go first in front."""
        best = ranking[0]
        if best["name"] == DISTRESS and best["confidence"] < DISTRESS_GATE:
            ranking = [item for item in ranking if item["name"] != DISTRESS]
            best = ranking[0]
        if chances.get(OUT_OF_SCOPE, 0.0) > self._scope:
            return [{"name": OUT_OF_SCOPE, "confidence": chances[OUT_OF_SCOPE]}, *_others(ranking)]
        if best["confidence"] < self._gate:
            return [{"name": FALLBACK, "confidence": 1.0 - best["confidence"]}, *ranking]
        return ranking


def _others(ranking: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [item for item in ranking if item["name"] != OUT_OF_SCOPE]


def language_of(
    text: str, words: list[str], languages: dict[str, set[str]], dutch: set[str]
) -> str | None:
    """Name the language of a text that is clearly not Dutch, or None.

    A script of its own decides at once; otherwise most of at least three words must be of that
    language and more than are Dutch.
    """
    letters = [sign for sign in text if sign.isalpha()]
    others = [sign for sign in letters if ord(sign) >= _FIRST_OTHER_LETTER and ord(sign) < 0x1E00]
    if letters and len(others) > len(letters) / 2:
        return "ar" if any(0x0600 <= ord(sign) < 0x0780 for sign in others) else "uk"
    if len(words) < LANGUAGE_WORDS:
        return None
    counts = {name: sum(word in known for word in words) for name, known in languages.items()}
    name = max(counts, key=lambda key: counts[key])
    own = sum(word in dutch for word in words)
    if counts[name] >= LANGUAGE_WORDS and counts[name] > own:
        return name if counts[name] / len(words) >= LANGUAGE_SHARE else None
    return None
