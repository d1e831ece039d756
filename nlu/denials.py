"""Whether a negation reaches a phrase: 'geen nachten', 'zwaar werk wil ik niet', 'hoogte nee'."""

from collections.abc import Collection, Mapping

from nlu.tokens import Span

REACH = 7
AFTER_REACH = 7
LONGEST_NEGATION = 4
SHORT = 4


class Denials:
    """Looks for negations round phrases of one message.

    Args:
        words: the folded words of the message.
        bounds: for each word the first and last word between its commas and full stops.
        negations: phrases that deny what follows.
        cues: the lexicon's words; `clause_ends` end the reach of a negation, after `subordinating`
            comes why and not what ('uitzoeken waarom iets niet werkt'), and `pointing_back` speaks
            of what was said just before ('nachten gedraaid, dat wil ik nooit meer').
        questions: the last word of each stretch that ends in a question mark.
        starts: where a known phrase begins, with the last word of it.
    """

    def __init__(
        self,
        words: list[str],
        bounds: list[tuple[int, int]],
        negations: set[str],
        cues: Mapping[str, set[str]],
        questions: Collection[int] = (),
        starts: Mapping[int, int] | None = None,
    ) -> None:
        self._questions = questions
        self._starts = starts or {}
        self._words = words
        self._bounds = bounds
        self._negations = negations
        self._cues = cues

    def reaches(self, span: Span, start: int = 0, stop: int | None = None) -> bool:
        """Tell whether a negation near the phrase denies it: between the same stops, from `start`.

        `stop`: another story begins at this word: 'havo en verder niks afgemaakt'.
        """
        first, end = max(start, self._bounds[span.first][0]), self._bounds[span.last][1]
        if stop is not None and stop <= end:
            return self._before(span, first) or self._after(span, stop - 1)
        return self._before(span, first) or self._after(span, end) or self._later(span, end)

    def takes_back(self, span: Span) -> bool:
        """'geen hoogtevrees', 'geen last van hoogtevrees', 'hoogtevrees heb ik niet'."""
        first, last = self._bounds[span.first][0], self._bounds[span.last][1]
        before = f" {' '.join(self._words[first : span.first])}"
        after = f"{' '.join(self._words[span.last + 1 : last + 1])} "
        return (
            self.is_negation(max(0, span.first - 1), span.first - 1)
            or any(before.endswith(f" {phrase}") for phrase in self._cues["accepts"])
            or any(after.startswith(f"{phrase} ") for phrase in self._cues["taken_back"])
            or self._is_light(after, last)
        )

    def _is_light(self, after: str, last: int) -> bool:
        """'hoogtevrees? dat valt reuze mee', 'hoogtevrees heb ik maar het valt mee'."""
        end = self._bounds[last + 1][1] if last + 1 < len(self._words) else last
        coming = self._words[last + 1 : end + 1]
        said = f" {after}" + (
            f"{' '.join(coming)} " if self._cues["pointing_back"] & set(coming[:1]) else ""
        )
        return any(f" {phrase} " in said for phrase in self._cues["accepts_later"])

    def continues(self, span: Span, before: Span) -> bool:
        """Tell whether a phrase goes on with the list of a denied one: 'geen nachten, zwaar werk'."""
        first, last = self._bounds[span.first]
        between = self._words[before.last + 1 : span.first]
        if first == self._bounds[before.first][0]:
            return bool(between) and self._cues["listing"].issuperset(between)
        return (
            self._bounds[before.last][1] == first - 1
            and last - first < SHORT
            and self._cues["positive"].isdisjoint(self._words[first : last + 1])
        )

    def is_negation(self, first: int, last: int) -> bool:
        """Tell whether these words end in a negation."""
        return any(
            " ".join(self._words[last - size + 1 : last + 1]) in self._negations
            for size in range(LONGEST_NEGATION, 0, -1)
            if last - size + 1 >= first
        )

    def _before(self, span: Span, start: int) -> bool:
        words = self._words
        first = max(start, span.first - REACH)
        for place in range(span.first - 1, first - 1, -1):
            said = f" {' '.join(words[first : place + 1])}"
            if any(said.endswith(f" {phrase}") for phrase in self._cues["accepts"]):
                return False
            if self.is_negation(start, place):
                return not self._states(span, place)
            than = words[place] in self._cues["than"]
            if than and not self._cues["rather"].isdisjoint(words[start : max(start, place - 1)]):
                return True
            if words[place] in self._cues["clause_ends"] and not self._joins_denied(place, first):
                return False
        return False

    def _states(self, span: Span, place: int) -> bool:
        """'het is niet zwaar' says how work is; 'het moet niet zwaar zijn' what is wished."""
        stated = not self._cues["states"].isdisjoint(self._words[place - 1 : place])
        return place == span.first - 1 and stated

    def _joins_denied(self, place: int, first: int) -> bool:
        """'geen zwaar werk en nachten': the no reaches over 'en', not over 'maar'."""
        return (
            self._words[place] == "en"
            and any(self.is_negation(max(0, first - 2), end) for end in range(first, place))
            and not self._cues["clause_ends"] - {"en"} & set(self._words[first:place])
        )

    def _after(self, span: Span, end: int) -> bool:
        """'zwaar werk wil ik niet', 'op hoogte liever niet', 'nachten nee', 'nachten: niks voor mij'."""
        following = self._words[span.last + 1 : end + 1]
        ends, back = self._cues["clause_ends"], self._cues["pointing_back"]
        subordinating = self._cues["subordinating"]
        if following == ["ook", "niet"] and self._accepted_before(span):
            return False
        if not subordinating.isdisjoint(span.phrase.split()):
            return False  # 'uitzoeken waarom' and then what does not work
        for place, word in enumerate(following):
            coming = following[place + 1 : place + 2]
            if word in ends and back.issuperset(coming) and coming:
                # 'nachten heb ik gedaan en dat nooit meer'
                rest = self._words[span.last + 1 + place + 1 : end + 1]
                return self._points_back(rest, clearly=True)
            # 'tillen kan dus niet' goes on; 'mavo dus niks' and 'dus ik' do not
            goes_on = word == "dus" and (
                self._cues["clause_starts"] | self._cues["nothing"]
            ).isdisjoint(coming)
            if word in subordinating or (word in ends - {"wil", "en"} and not goes_on):
                return False
            # 'dingen uitzoeken en niet achter een scherm': the no is for what comes
            if word == "en" and (
                coming in (["niet"], ["geen"])
                or not self._cues["clause_starts"].isdisjoint(coming)
            ):
                return False
            if place >= AFTER_REACH:
                continue
            rest = " ".join(following[place:])
            if any(f"{rest} ".startswith(f"{one} ") for one in self._cues["accepts"]):
                return False
            if rest == "nee":
                return True
            for denial in self._cues["denied_after"]:
                if f"{rest} ".startswith(f"{denial} "):
                    return not self._is_for_next(span.last + 1 + place)
        return following[:1] == ["nee"]

    def _is_for_next(self, place: int) -> bool:
        """'dingen uitzoeken niet sjouwen': the no is for what comes, unless that has its own."""
        last = self._starts.get(place + 1)
        return last is not None and not self.is_negation(last + 1, last + 1)

    def _accepted_before(self, span: Span) -> bool:
        """'nachtwerk? zit ik niet mee. hoogte ook niet'."""
        first = self._bounds[span.first][0]
        before = self._words[self._bounds[first - 1][0] : first] if first else []
        said = f" {' '.join(before)} "
        return any(f" {one} " in said for one in self._cues["accepts"])

    def _later(self, span: Span, end: int) -> bool:
        """Tell whether the words after the next comma deny it: ', dat wil ik nooit meer', ', nee'."""
        words = self._words
        if end + 1 >= len(words):
            return False
        following = words[end + 1 : self._bounds[end + 1][1] + 1]
        if following[0] in self._cues["clause_ends"] - {"wil", "wel"}:
            following = following[1:]
        if " ".join(following) in self._cues["denied_alone"]:
            return True
        # 'op een ladder? met mijn knieen zeker niet'
        if end in self._questions and len(following) <= AFTER_REACH:
            said = f" {' '.join(following)} "
            accepted = any(f" {one} " in said for one in self._cues["accepts"])
            return following[-1] in self._cues["name_denied"] and not accepted
        # 'hoog werken, dan ga ik dood van angst'
        said = f"{' '.join(following)} "
        if any(said.startswith(f"{one} ") for one in self._cues["denied_then"]):
            return True
        return self._points_back(following)

    def _points_back(self, following: list[str], *, clearly: bool = False) -> bool:
        """'dat wil ik nooit meer', 'ik ben daar klaar mee'; `clearly`: a bare 'niet' is not enough."""
        first = following[:1] == ["ik"]
        if self._cues["pointing_back"].isdisjoint(following[: SHORT if first else 1]):
            return False
        said = f" {' '.join(following[:AFTER_REACH])} "
        return any(
            f" {denial} " in said
            for denial in self._cues["denied_after"]
            if " " in denial or not (clearly or first)
        ) and not any(f" {one} " in f" {' '.join(following)} " for one in self._cues["accepts"])
