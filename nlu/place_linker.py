"""Rasa component: finds municipalities, villages, abolished municipalities and postcodes.

Many names of villages are also words ('Een', 'Winkel', 'Best'). Such a name counts only where the
words round it say that it is a place. A name of several regions stays as it is: the action asks.
"""

import re
from pathlib import Path
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message

from bot.catalogue.load import shared_catalogue
from bot.catalogue.model import Place
from bot.catalogue.places import exact_name, fold, without_suffix
from nlu.extractor import Entity, Extractor
from nlu.lexicon import answer_cues, words_in
from nlu.occupation_names import Spelling
from nlu.place_meaning import PlaceMeaning
from nlu.sentence import Sentence
from nlu.tokens import Span, Token, entity, windows

LONGEST = 6
SHORT = 3
SURE_LENGTH = 5
LEADING_LENGTH = 6
TOWN_SCORE = 84.0
CLOSE_LENGTH = 7
CLOSE_SCORE = 90.0
# The numbers of a town that end so are of letter boxes at the post office.
ROUND = "00"
_POSTCODE = re.compile(
    r"(?<![\w.,€:/-])(?<!€ )([1-9]\d{3})(?: ?([A-Za-z]{2})(?!\w))?(?![\w:/]|[.,]\d|,?-\d|,-)"
)
_NO_LETTERS = frozenset({"eu", "en", "is", "of", "in", "ik", "nu", "we", "op", "te", "pm", "km"})
_YEARS = range(1930, 2036)


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR], is_trainable=False)
class PlaceLinker(Extractor):
    """Finds `place`; the value is the name as the catalogue writes it, or four digits."""

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config)
        self._cues = answer_cues(self.lexicon)
        places = shared_catalogue(Path(config["catalogue"])).places
        nicknames = self.lexicon["cues"]["place_nicknames"]
        self._places = {fold(said): places[fold(name)] for said, name in nicknames.items()}
        self._nicknames = frozenset(self._places)
        self._places |= places
        self._dutch = {fold(word) for word in self.lexicon["dutch"]}
        schools = self.lexicon["values"]["education"].values()
        named = {fold(str(name)) for names in schools for name in names}
        self._meaning = PlaceMeaning(self._cues, named | self._cues["place_study"])
        # beside a short misspelt name: 'rottterdam zuid'
        self._spoken = self._cues["filler"] | self._cues["quarters"]
        self._words = words_in(self.lexicon) | self._dutch
        towns = [
            name
            for name, rows in self._places.items()
            if any(row.kind == "municipality" for row in rows)
        ]
        self._spelling = Spelling(towns, least=SURE_LENGTH, score=TOWN_SCORE)
        self._close_spelling = Spelling(towns, least=CLOSE_LENGTH, score=CLOSE_SCORE)

    def extract(self, text: str, message: Message) -> list[Entity]:
        """Give the places that are named, without those that are denied or left."""
        said = Sentence.of(text, self._cues, self.tokens(text))
        found = self._postcodes(said)
        spans = [span for span in self._spans(said.tokens) if self._is_place(said, span)]
        if not found and not spans:
            spans = self._misspelt(said)
        for span in self._meaning.meant(said, spans):
            name = self._name(said, span)
            found.append(entity("place", name, said.tokens, span, type(self).__name__))
        return sorted(found, key=lambda item: item["start"])

    def _spans(self, tokens: list[Token]) -> list[Span]:
        taken: set[int] = set()
        spans = []
        for span in windows(tokens, LONGEST):
            places = set(range(span.first, span.last + 1))
            if span.phrase in self._cues["not_places"]:
                continue
            if span.phrase in self._places and not taken & places and not span.phrase.isdigit():
                taken |= places
                spans.append(span)
        return sorted(spans, key=lambda span: span.first)

    def _name(self, said: Sentence, span: Span) -> str:
        """Give the official name; without the mark of its province when it has several regions."""
        marked = self._marked(said, span)
        if marked is not None:
            return self._only_name(marked)
        rows = self._places[span.phrase]
        if len(rows) == 1:
            return self._only_name(rows[0])
        return without_suffix(rows[0].name)

    def _marked(self, said: Sentence, span: Span) -> Place | None:
        """'Bergen in Limburg', 'Hengelo (O)': the one place that a province after it points at."""
        following = "".join(said.words[span.last + 1 : span.last + 4])
        for name, mark in self.lexicon["cues"]["province_marks"].items():
            exact = self._places.get(f"{span.phrase} {mark}")
            if exact and following.removeprefix("in").startswith(name):
                return exact[0]
        return None

    def _only_name(self, place: Place) -> str:
        """Give the name, with its municipality where it is the name of others too."""
        shared = len(self._places.get(fold(place.name), ())) > 1
        return exact_name(place) if shared else place.name

    def _is_place(self, said: Sentence, span: Span) -> bool:
        """Tell whether a name is meant as a place, by its length, its capital and its neighbours."""
        first, last = said.bounds[span.first][0], said.bounds[span.last][1]
        others = [*said.words[first : span.first], *said.words[span.last + 1 : last + 1]]
        alone = self._cues["filler"].issuperset(others) and len(others) <= SHORT
        before = said.words[max(first, span.first - SHORT) : span.first]
        shouted = said.text.isupper() and others
        capital = said.tokens[span.first].raw[:1].isupper() and not shouted
        if self._marked(said, span) is not None or (capital and self._is_at_water(said, span)):
            return True
        if span.phrase in self._words or span.phrase in self._cues["place_words"]:
            alone = alone and not (before and said.ends_in_question(last))
            return self._is_no_word(span, before, others, alone=alone, capital=capital)
        if before[-1:] in (["de"], ["het"]) and span.phrase not in self._nicknames:
            return False  # 'bij de Blokker', 'in de Action'
        if self._is_name(said, span):
            return False
        if span.phrase in self._cues["place_verbs"] and before[-1:] == ["te"] and not capital:
            return False
        town = any(row.kind in ("municipality", "abolished") for row in self._places[span.phrase])
        sure = len(span.phrase) >= SURE_LENGTH and span.phrase not in self._cues["place_verbs"]
        if town and sure:
            return True
        led = not self._cues["place_before"].isdisjoint(before[-2:])
        led = led and self._cues["possessives"].isdisjoint(before[-1:])
        leads = span.first == 0 and len(span.phrase) >= LEADING_LENGTH
        return led or alone or (capital and (span.first > 0 or leads))

    def _is_at_water(self, said: Sentence, span: Span) -> bool:
        """'Dieren aan de IJssel'."""
        after = said.words[span.last + 1 : said.bounds[span.last][1] + 1]
        return any(
            f"{' '.join(after)} ".startswith(f"{one} ") for one in self._cues["beside_water"]
        )

    def _is_no_word(
        self, span: Span, before: list[str], others: list[str], *, alone: bool, capital: bool
    ) -> bool:
        """'Best' and 'ik woon in best' are the place; 'best' and 'in een winkel' are not."""
        direct = before[-1:] != [] and before[-1] in self._cues["place_direct"]
        direct = direct or " ".join(before[-2:]) in self._cues["home_before"]
        home = not self._cues["place_home"].isdisjoint(before)
        lives = not self._cues["place_home"].isdisjoint(others)
        left = lives or "naar" in others  # 'van Best naar Breda'
        direct = direct or (before[-1:] == ["van"] and capital and left)
        written = capital or (home and span.phrase not in self._dutch)
        work = span.phrase in self._cues["occupation_weak"] | self._dutch
        # 'uit ede', 'oss en omgeving'
        said_so = (
            self._cues["place_around"].issuperset(others)
            and span.phrase not in self._cues["chatter"]
        )  # 'leuk, echt, ik'
        short = capital or said_so or (direct and len(others) == 1)
        return (direct and written) or (alone and short and not work)

    def _is_name(self, said: Sentence, span: Span) -> bool:
        """'Willem van Oranje', 'meneer Van Zwolle', 'ik heet Peter Venlo', 'PSV Eindhoven'."""
        place, start = span.first, said.bounds[span.first][0]
        words = said.words[max(start, place - 2) : place]
        after = said.words[span.last + 1 : span.last + 2]
        if not self._cues["place_named"].isdisjoint([*words[-1:], *after]):
            return True
        if words[-1:] == ["naar"] and not self._cues["place_named"].isdisjoint(words):
            return True
        if not self._cues["persons"].isdisjoint(said.words[max(start, place - SHORT) : place]):
            return True
        if words[-1:] == ["van"]:
            written = said.tokens[place - 1].raw == "Van" and place > 1
            return written or (len(words) > 1 and self._is_forename(said, place - 2))
        # at the start any word has a capital: 'Anouk Hoogeveen is', not 'Regio Hoogeveen'
        named = place > 1 or not self._cues["states"].isdisjoint(after)
        return named and len(words) > 0 and self._is_forename(said, place - 1)

    def _is_forename(self, said: Sentence, place: int) -> bool:
        """Tell whether a word has a capital that no known word has: 'Peter', not 'Omgeving'."""
        token = said.tokens[place]
        raw = token.raw
        return (
            raw[:1].isupper()
            and raw[1:].islower()
            and token.folded not in self._words
            and token.folded not in self._places
        )

    def _postcodes(self, said: Sentence) -> list[Entity]:
        return [
            {
                "entity": "place",
                "value": match[1],
                "start": match.start(),
                "end": match.end(),
                "extractor": type(self).__name__,
            }
            for match in _POSTCODE.finditer(said.text)
            if match[1] in self._places and self._is_postcode(said, match)
        ]

    def _is_postcode(self, said: Sentence, match: re.Match[str]) -> bool:
        inside = [
            place
            for place, token in enumerate(said.tokens)
            if match.start() <= token.start < match.end()
        ]
        first, last = said.bounds[inside[0]][0], said.bounds[inside[-1]][1]
        before, after = said.words[first : inside[0]], said.words[inside[-1] + 1 : last + 1]
        asked = said.words[max(0, first - 1) : first]  # 'postcode? 9671'
        around = [*asked, *before[-SHORT:], *after[: SHORT + 1]]
        if not self._cues["postcode_before"].isdisjoint(around):
            return True
        if self._cues["name_denied"] & set(before[-1:]):
            return False
        if not self._cues["money"].isdisjoint([*before, *after, (match[2] or "").lower()]):
            return False
        if match[2] and match[2].lower() not in _NO_LETTERS:
            return True
        if match[1].endswith(ROUND) or said.ends_in_question(last):
            return False  # nobody lives at a round number: it is an amount
        # '7471 dus Goor'
        others = [word for word in (*before, *after) if word not in self._places]
        alone = self._cues["filler"].issuperset(others)
        led = before[-1:] == ["op"] or before[-2:] in (["in", "de"], ["in", "het"])
        at_home = bool(before[-1:]) and before[-1] in self._cues["place_direct"]
        at_home = at_home or not self._cues["place_home"].isdisjoint(before[-2:])
        return (alone or led or at_home) and (int(match[1]) not in _YEARS or not before)

    def _misspelt(self, said: Sentence) -> list[Span]:
        for span in windows(said.tokens, 2):
            start = said.bounds[span.first][0]
            before = said.words[max(start, span.first - 2) : span.first]
            others = [*said.words[: span.first], *said.words[span.last + 1 :]]
            led = not self._cues["place_before"].isdisjoint(before) and before[-1:] != ["te"]
            short = len(said.tokens) <= SHORT and self._spoken.issuperset(others)
            known = span.phrase in self._places or self._words.issuperset(span.phrase.split())
            # 'enschedee, 32 uur': nothing else between its stops
            apart = said.bounds[span.first] == (span.first, span.last)
            if not (led or short or apart) or known:
                continue
            spelling = self._spelling if led or short else self._close_spelling
            name = spelling.nearest(span.phrase)
            if name and not self._meaning.is_denied(said, span):
                return [Span(name, span.first, span.last)]
        return []
