"""What comes before and after the intent model: danger, other languages, and not knowing."""

from typing import Any

from bot.catalogue.places import fold
from nlu.lexicon import standard_words
from nlu.tokens import Token, as_written, find_phrases, tokenise

OUT_OF_SCOPE = "out_of_scope"
FALLBACK = "nlu_fallback"
DISTRESS = "distress"
OTHER_LANGUAGE = "other_language"
RANKED = 5
LANGUAGE_SHARE = 0.6
LANGUAGE_WORDS = 3
# Scripts that Dutch is not written in: Cyrillic, Greek, Arabic, Hebrew, Ethiopic, Chinese...
_FIRST_OTHER_LETTER = 0x0370


class ScopeGate:
    """Decides when something else than the model's best guess comes first.

    Args:
        lexicon: with sections `distress`, `no_distress`, `dialect`, `languages` and `dutch`.
        scope: above this chance a message is out of scope, whatever else it looks like.
        distress: above this chance it is a crisis, and below it never.
    """

    def __init__(self, lexicon: dict[str, Any], *, scope: float, distress: float) -> None:
        self._scope = scope
        self._distress = distress
        self._crisis = {fold(phrase) for phrase in lexicon["distress"]}
        self._no_crisis = {fold(phrase) for phrase in lexicon["no_distress"]}
        self._longest = max(len(phrase.split()) for phrase in self._crisis | self._no_crisis)
        self._languages = {
            name: {fold(str(word)) for word in words}
            for name, words in lexicon["languages"].items()
        }
        self._standard = standard_words(lexicon)
        self._dutch = {fold(str(word)) for word in lexicon["dutch"]}

    def before(self, text: str) -> str | None:
        """Give the intent that is sure without a model, or None."""
        if not text:
            return FALLBACK
        tokens = tokenise(text)
        for said in (tokens, as_written(tokens, self._standard)):
            if self._is_crisis(said):
                return DISTRESS
        if language_of(text, [token.folded for token in tokens], self._languages, self._dutch):
            return OTHER_LANGUAGE
        return None

    def _is_crisis(self, said: list[Token]) -> bool:
        """Tell whether words hold a phrase of a crisis that does not go on as something else."""
        found = find_phrases(said, self._crisis, self._longest)
        if not found:
            return False
        others = find_phrases(said, self._no_crisis, self._longest)
        return any(
            not any(other.first <= one.last and one.first <= other.last for other in others)
            for one in found
        )

    def after(self, chances: dict[str, float]) -> list[dict[str, Any]]:
        """Give the intents, most probable first, but a crisis or out of scope where it must be."""
        ranked = sorted(chances, key=lambda name: -chances[name])
        if chances.get(DISTRESS, 0.0) >= self._distress:
            ranked = _first(DISTRESS, ranked)
        elif chances.get(OUT_OF_SCOPE, 0.0) >= self._scope:
            ranked = _first(OUT_OF_SCOPE, ranked)
        elif ranked[0] == DISTRESS:
            ranked = [*ranked[1:RANKED], DISTRESS]
        return [{"name": name, "confidence": chances[name]} for name in ranked[:RANKED]]


def _first(name: str, ranked: list[str]) -> list[str]:
    return [name, *(other for other in ranked if other != name)]


def language_of(
    text: str, words: list[str], languages: dict[str, set[str]], dutch: set[str]
) -> str | None:
    """Name the language of a text that is clearly not Dutch, or None.

    A script of its own decides at once; otherwise most of at least three words must be of that
    language, and twice as many as are Dutch.
    """
    letters = [sign for sign in text if sign.isalpha()]
    others = [sign for sign in letters if ord(sign) >= _FIRST_OTHER_LETTER and ord(sign) < 0x1E00]
    if letters and len(others) > len(letters) / 2:
        return likeliest_language(text, words, languages)
    name = likeliest_language(text, words, languages)
    known = sum(word in languages.get(name, ()) for word in words)
    own = sum(word in dutch for word in words)
    is_clear = known >= max(LANGUAGE_WORDS, 2 * own, LANGUAGE_SHARE * len(words))
    return name if is_clear else None


def likeliest_language(text: str, words: list[str], languages: dict[str, set[str]]) -> str:
    """Name the language to answer in of a text that is known not to be Dutch."""
    if any(0x0400 <= ord(sign) < 0x0530 for sign in text):
        return "uk"
    if any(0x0600 <= ord(sign) < 0x0780 for sign in text):
        return "ar"
    counts = {name: sum(word in known for word in words) for name, known in languages.items()}
    return max(counts, key=lambda name: counts[name])
