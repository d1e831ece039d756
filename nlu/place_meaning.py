"""Which of the places that a message names is the one where the person lives or looks."""

from collections.abc import Mapping

from nlu.sentence import Sentence
from nlu.tokens import Span, has_phrase

SHORT = 3


class PlaceMeaning:
    """Weighs named places by the words round them.

    Args:
        cues: the lexicon's words round a place.
        schools: folded names of schools and diplomas.
    """

    def __init__(self, cues: Mapping[str, set[str]], schools: set[str]) -> None:
        self._cues = cues
        self._schools = schools

    def meant(self, said: Sentence, spans: list[Span]) -> list[Span]:
        """Give the places that count, each name once, in order."""
        there = [
            span
            for span in spans
            if span.first not in said.others
            and not self.is_denied(said, span)
            and not self._is_elsewhere(said, span)
            and not self._is_shop(said, span)
        ]
        kept = [span for place, span in enumerate(there) if not self._is_left(said, there, place)]
        # each narrows the choice as long as something stays: what is said of living says most
        for narrowed in (
            [span for span in kept if not self._is_beside(said, span)],
            [span for span in kept if self._lives(said, span, there)],
            [span for span in kept if self._is_home(said, span)],
        ):
            kept = [span for span in kept if span in narrowed] or kept
        at_home = [span for span in kept if not self._is_of_work(said, span, there)]
        if not at_home and self._lives_elsewhere(said, kept):
            return []
        phrases = {span.phrase: span for span in reversed(at_home or kept)}
        return sorted(phrases.values(), key=lambda span: span.first)

    def _lives_elsewhere(self, said: Sentence, spans: list[Span]) -> bool:
        """'ik woon in Genk maar werk in Maastricht': in a place that is none of those known here."""
        if any(self._lives(said, span, spans) for span in spans):
            return False
        there = not self._cues["back_there"].isdisjoint(said.words)
        # 'werk in Utrecht en woon daar ook'
        return not there and not self._cues["place_lives"].isdisjoint(said.words)

    def _is_shop(self, said: Sentence, span: Span) -> bool:
        """'verkoopster bij Blokker': a chain of shops that has the name of a village."""
        before = self._before(said, span, 1)
        return span.phrase in self._cues["shop_places"] and not self._cues["at_shop"].isdisjoint(
            before
        )

    def is_denied(self, said: Sentence, span: Span) -> bool:
        """'niet in Breda maar in Tilburg', 'Gent heb ik verlaten': not the place to look in."""
        near = self._before(said, span, 2)
        if "maar" in near:  # 'maar niet Breda': what stands before it is of another place
            near = near[near.index("maar") + 1 :]
        last = said.bounds[span.last][1]
        after = said.words[span.last + 1 : min(last, span.last + 3) + 1]
        return not (
            self._cues["negated_place"].isdisjoint(near)
            and self._cues["place_left"].isdisjoint(after)
            and " ".join(after) not in self._cues["place_left"]
        )

    def _is_left(self, said: Sentence, spans: list[Span], place: int) -> bool:
        """'van Assen naar Hoogeveen', 'ik typte Ede maar het is Epe', 'Breda, nee Tilburg'."""
        if len(spans) == 1:
            return False
        span, before = spans[place], self._before(said, spans[place], SHORT)
        follows = said.words[span.last + 1 : span.last + 2] == ["naar"]
        travels = not self._cues["place_travels"].isdisjoint(said.clause(span.first))
        moved = before[-1:] == ["van"] and follows and not travels
        goes = not self._cues["to"].isdisjoint(before[-1:]) and travels
        left = before[-2:-1] == ["woonde"] or before[-1:] in (["verlaat"], ["vroeger"])
        left = left or goes or not self._cues["place_earlier"].isdisjoint(before)
        following = spans[place + 1] if place + 1 < len(spans) else None
        if following is None:
            return moved or left
        between = said.words[span.last + 1 : following.first]
        mended = not self._cues["mended"].isdisjoint(between)
        return moved or left or mended or not self._cues["corrected"].isdisjoint(before)

    def _is_beside(self, said: Sentence, span: Span) -> bool:
        """'vlakbij Breda, Prinsenbeek': only near where the person lives."""
        before = self._before(said, span, SHORT)
        return before[-1:] == ["bij"] or not self._cues["place_near"].isdisjoint(before)

    def _words_of(self, said: Sentence, span: Span, spans: list[Span]) -> list[str]:
        """Give the words of the clause of a place, cut where a joint stands between it and another.

        'ik werk in Assen maar wonen doe ik in Epe', 'werk in Delft woon in Schiedam': each has its half.
        """
        part = said.part(span.first)
        first, last = part.first, part.last
        opens = self._cues["joints"] | self._cues["place_halves"]
        joints = [at for at in range(first, last + 1) if said.words[at] in opens]
        for other in spans:
            if not first <= other.first <= last:
                continue
            if other.last < span.first:
                first = max([first, *(at for at in joints if other.last < at < span.first)])
            elif other.first > span.last:
                last = min([last, *(at - 1 for at in joints if span.last < at < other.first)])
        return said.words[first : last + 1]

    def _shared(self, said: Sentence, span: Span) -> list[str]:
        """'ik woon en werk in Venray': the few words before 'en' are of the place after it too."""
        first = said.part(span.first).first
        if not first or said.words[first] not in self._cues["listing"]:
            return []
        before = said.clause(first - 1)
        joined = said.bounds[first - 1] == said.bounds[first]
        return before if joined and len(before) <= SHORT else []

    def _lives(self, said: Sentence, span: Span, spans: list[Span]) -> bool:
        """'ik kom uit Assen en woon in Ede', 'naar school in Aalst, nu woon ik in Goes'."""
        first = said.bounds[span.first][0]
        moves = not self._cues["place_moves"].isdisjoint(said.clause(span.first))
        if not moves and not self._cues["to"].isdisjoint(self._before(said, span, SHORT)):
            return False  # 'wonen doe ik in Grou, naar Sneek of Joure voor alles'
        # 'we zijn gaan wonen, in Koekange'
        goes_on = said.words[max(0, first - 1) : first] if span.first <= first + 1 else []
        own = [*self._shared(said, span), *self._words_of(said, span, spans)]
        return not self._cues["place_lives"].isdisjoint([*goes_on, *own])

    def _is_home(self, said: Sentence, span: Span) -> bool:
        """'door de week in Delft, maar Goes is thuis', 'thuis is Goes'."""
        around = f" {' '.join([*self._before(said, span, 2), span.phrase])} "
        after = f" {' '.join(said.words[span.last + 1 : span.last + 1 + SHORT])} "
        return any(f" {one} {span.phrase} " in around for one in self._cues["home_before"]) or any(
            after.startswith(f" {one} ") for one in self._cues["home_after"]
        )

    def _is_of_work(self, said: Sentence, span: Span, spans: list[Span]) -> bool:
        """'ik werk in Utrecht maar woon in Gouda': the first is where the work is."""
        words = {*self._shared(said, span), *self._words_of(said, span, spans)}
        return bool(words & self._cues["place_other"]) and not words & self._cues["place_home"]

    def _is_elsewhere(self, said: Sentence, span: Span) -> bool:
        """'MTS in Zwolle', 'een school in Utrecht?', 'geboren in Assen': not where a person lives."""
        first, last = said.bounds[span.first][0], said.bounds[span.last][1]
        words = set(said.words[first : last + 1])
        before = said.words[first : span.first]
        if said.asks(span.first) and (
            words.isdisjoint(self._cues["place_topics"])
            or not self._cues["to"].isdisjoint(before[-1:])
        ):
            return True
        clause = said.clause(span.first)
        so_far = clause[: clause.index(said.words[span.first])]
        was = not self._cues["place_past"].isdisjoint(clause) and self._cues[
            "place_since"
        ].isdisjoint(so_far)
        within = before[-1:] in (["in"], ["te"])
        if self._is_asked(said, span) or self._tells_of_firm(before):
            return True
        was = was and not has_phrase(said.words, self._cues["stayed"])
        if words & self._cues["place_home"]:
            return was
        return (
            was
            or bool(words & self._cues["place_study"])
            or self._any_ends(words, "place_study_endings")
            or self._is_visited(said, span)
            or self._is_of_other(before)
            or (within and not self._schools.isdisjoint(before[-SHORT - 1 :]))
        )

    def _is_asked(self, said: Sentence, span: Span) -> bool:
        """'is er een cursus in Venlo?', 'is Utrecht duur': what is there, not where one lives."""
        first, last = said.bounds[span.first]
        opens = said.words[first] in self._cues["asks_third"] | self._cues["asks_there"]
        if opens and span.first == first + 1 and span.last < last:
            return True
        before = said.words[first : span.first]
        if opens and not self._cues["to"].isdisjoint(before[-1:]):
            return True
        words = set(said.words[first : last + 1])
        school = bool(words & self._cues["place_school"]) or self._any_ends(
            words, "place_school_endings"
        )
        within = before[-1:] in (["in"], ["te"]) and school
        asked = within and (opens or said.ends_in_question(last))
        return asked and self._cues["place_home"].isdisjoint(before)

    def _any_ends(self, words: set[str], endings: str) -> bool:
        return any(word.endswith(tuple(self._cues[endings])) for word in words)

    def _is_visited(self, said: Sentence, span: Span) -> bool:
        """'een weekendje naar Texel', 'vorige zomer waren we in Maastricht'."""
        first, last = said.bounds[span.first]
        stretch = f" {' '.join(said.words[first : last + 1])} "
        return any(f" {one} " in stretch for one in self._cues["place_visited"])

    def _is_of_other(self, before: list[str]) -> bool:
        """'een kennis uit Breda', 'ons filiaal in Deventer', 'mijn baas wil dat ik naar Ede ga'."""
        if not before or before[-1] not in self._cues["place_direct"]:
            return False
        if before[-1] in self._cues["to"]:
            return not self._cues["employers"].isdisjoint(before)
        whose, what = [*before[-3:-1], "", ""][:2]
        if "bij" in before[-4:-2]:
            return (
                False  # 'bij mijn zus in Breda', 'werk bij de bank in Breda': there the person is
            )
        ours = self._cues["firm_owners"] | self._cues["possessives"]
        firm = what in self._cues["branches"] and whose in ours
        return firm or what in self._cues["relatives"]

    def _tells_of_firm(self, before: list[str]) -> bool:
        """'het hoofdkantoor zit in Weert', 'mijn werkgever zit in Weert'."""
        whose, what = [*before[:2], "", ""][:2]
        ours = whose in self._cues["firm_owners"] and what in self._cues["branches"]
        return ours or (whose in self._cues["possessives"] and what in self._cues["employers"])

    def _before(self, said: Sentence, span: Span, most: int) -> list[str]:
        return said.words[max(said.bounds[span.first][0], span.first - most) : span.first]
