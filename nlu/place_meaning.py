"""Which of the places that a message names is the one where the person lives or looks."""

from collections.abc import Mapping

from nlu.sentence import Sentence
from nlu.tokens import Span

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
        ]
        kept = [span for place, span in enumerate(there) if not self._is_left(said, there, place)]
        apart = [span for span in kept if not self._is_beside(said, span)]
        at_home = [span for span in apart or kept if not self._is_of_work(said, span)]
        phrases = {span.phrase: span for span in reversed(at_home or apart or kept)}
        return sorted(phrases.values(), key=lambda span: span.first)

    def is_denied(self, said: Sentence, span: Span) -> bool:
        """'niet in Breda maar in Tilburg', 'Gent heb ik verlaten': not the place to look in."""
        near = self._before(said, span, 2)
        last = said.bounds[span.last][1]
        after = said.words[span.last + 1 : min(last, span.last + 3) + 1]
        denied = not self._cues["negated_place"].isdisjoint(near) and "maar" not in near
        return denied or not self._cues["place_left"].isdisjoint(after)

    def _is_left(self, said: Sentence, spans: list[Span], place: int) -> bool:
        """'van Assen naar Hoogeveen', 'ik typte Ede maar het is Epe', 'Breda, nee Tilburg'."""
        if len(spans) == 1:
            return False
        span, before = spans[place], self._before(said, spans[place], SHORT)
        moved = before[-1:] == ["van"] and said.words[span.last + 1 : span.last + 2] == ["naar"]
        left = before[-2:-1] == ["woonde"] or before[-1:] in (["verlaat"], ["vroeger"])
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

    def _is_of_work(self, said: Sentence, span: Span) -> bool:
        """'ik werk in Utrecht maar woon in Gouda': the first is where the work is."""
        words = set(said.clause(span.first))
        return bool(words & self._cues["place_other"]) and not words & self._cues["place_home"]

    def _is_elsewhere(self, said: Sentence, span: Span) -> bool:
        """'MTS in Zwolle', 'een school in Utrecht?', 'geboren in Assen': not where a person lives."""
        first, last = said.bounds[span.first][0], said.bounds[span.last][1]
        words = set(said.words[first : last + 1])
        if said.asks(span.first) and words.isdisjoint(self._cues["place_topics"]):
            return True
        clause = said.clause(span.first)
        so_far = clause[: clause.index(said.words[span.first])]
        was = not self._cues["place_past"].isdisjoint(clause) and "nu" not in so_far
        if words & self._cues["place_home"]:
            return was
        before = said.words[first : span.first]
        within = before[-1:] in (["in"], ["te"])
        asked = within and said.ends_in_question(last)
        return (
            was
            or bool(words & self._cues["place_study"])
            or (within and not self._schools.isdisjoint(before[-SHORT - 1 :]))
            or (asked and not self._cues["place_school"].isdisjoint(before))
        )

    def _before(self, said: Sentence, span: Span, most: int) -> list[str]:
        return said.words[max(said.bounds[span.first][0], span.first - most) : span.first]
