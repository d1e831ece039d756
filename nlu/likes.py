"""What a person likes to do and what to avoid, among the phrases of a message."""

from collections.abc import Iterator, Mapping

from nlu.denials import Denials
from nlu.sentence import Sentence
from nlu.tokens import Span, has_phrase, not_overlapping

SHORT = 4


class Likes:
    """Weighs the phrases for likes and limits of a message.

    Args:
        likes: folded phrase to the kind of work it likes.
        limits: folded phrase to the kind of work it avoids when it is denied.
        alone: folded phrase to the kind of work it avoids by itself ('hoogtevrees').
        cues: the lexicon's words round them.
    """

    def __init__(
        self,
        likes: Mapping[str, str],
        limits: Mapping[str, str],
        alone: Mapping[str, str],
        cues: Mapping[str, set[str]],
    ) -> None:
        self._likes = likes
        self._limits = limits
        self._alone = alone
        self._cues = cues

    def of(
        self, said: Sentence, known: list[Span], denials: Denials
    ) -> list[tuple[str, str, Span]]:
        """Give each kind, `interest` or `avoid`, its value and its words; each value once."""
        found: dict[tuple[str, str], Span] = {}
        taken: set[int] = set()
        for value, span in self._avoided(said, known, denials):
            if taken.isdisjoint(range(span.first, span.last + 1)):
                found.setdefault(("avoid", value), span)
                taken.update(range(span.first, span.last + 1))
        named = [
            span
            for span in not_overlapping(known, self._likes)
            if not (self._is_among(said, span, "no_like") or self._is_over(said, span))
        ]
        spans = [
            span
            for span in named
            if taken.isdisjoint(range(span.first, span.last + 1))
            and not self._is_preposition(said, span)
            and not denials.reaches(span)
        ]
        for span in spans:
            if span.phrase not in self._cues["weak_interest"] or self._is_liked(
                said, span, spans, named
            ):
                found.setdefault(("interest", self._likes[span.phrase]), span)
        # 'sleutelen aan motoren' likes motors, 'sleutelen' alone to use one's hands
        if {("interest", "machines"), ("interest", "computers")}.intersection(found):
            small = found.get(("interest", "machines"))
            by_hand = small is not None and small.phrase in self._cues["small_machines"]
            found = {
                kind: span
                for kind, span in found.items()
                if by_hand or span.phrase not in self._cues["tinkering"]
            }
        return [(*kind, span) for kind, span in found.items()]

    def _avoided(
        self, said: Sentence, known: list[Span], denials: Denials
    ) -> Iterator[tuple[str, Span]]:
        for span in not_overlapping(known, self._alone):
            # 'geen hoogtevrees', but 'niet te zwaar' has its own
            if not denials.takes_back(span):
                yield self._alone[span.phrase], span
        before: Span | None = None
        for span in not_overlapping(known, self._limits):
            if self._is_among(said, span, "no_limit"):
                continue
            denied = denials.reaches(span) and not self._leaves_cold(said, span)
            goes_on = before is not None and denials.continues(span, before)
            if denied or (goes_on and span.phrase not in self._likes):
                before = span
                yield self._limits[span.phrase], span

    def _is_liked(self, said: Sentence, span: Span, spans: list[Span], named: list[Span]) -> bool:
        """'helpen', 'regelen', 'motor' in a sentence: only where it says that it is liked."""
        words, bounds = said.words, said.bounds
        first, last = bounds[span.first]
        if span.phrase in self._cues["caring"] and not self._cues["relatives"].isdisjoint(
            words[first : last + 1]
        ):
            return False  # 'jaren zorgen voor mijn vader'
        if not self._cues["object_before"].isdisjoint(words[max(0, span.first - 1) : span.first]):
            return False
        if self._is_learnt(said, span) or not self._cues["others_things"].isdisjoint(
            words[max(0, span.first - 1) : span.first]
        ):
            return False  # 'vastgelopen met zijn laptop'
        # 'niet opgesloten op kantoor maar buiten'
        if words[first : span.first][-1:] == ["maar"] and span.last == last:
            return True
        back = self._cues["pointing_back"]
        if first and words[first] in back:
            first = bounds[first - 1][0]
        elif last + 1 < len(words) and words[last + 1] in back | self._cues["judges"]:
            last = bounds[last + 1][1]
        liking = {place for one in named for place in range(one.first, one.last + 1)}
        others = {words[place] for place in range(first, last + 1) if place not in liking}
        # 'mijn computer is kapot' is as short as 'iets met computers'
        owned = not self._cues["possessives"].isdisjoint(words[span.first - 1 : span.first])
        short = others <= self._cues["filler"] and not owned
        # also in a short piece behind a comma: 'anderen helpen, met name met computers'
        start = bounds[first - 1][0] if first and last - first < SHORT else first
        beside = any(one != span and start <= one.first <= last for one in spans)
        return bool(others & self._cues["liking"]) or beside or short

    def _leaves_cold(self, said: Sentence, span: Span) -> bool:
        """'hoogtes doen me niks': no liking, and nothing to avoid either."""
        after = f"{' '.join(said.words[span.last + 1 : said.bounds[span.last][1] + 1])} "
        return any(after.startswith(f"{one} ") for one in self._cues["leaves_cold"])

    def _is_learnt(self, said: Sentence, span: Span) -> bool:
        """'een diploma heb ik, iets met administratie': what was learnt, unless it is wished."""
        first, last = said.bounds[span.first]
        first = said.bounds[first - 1][0] if first else first
        words = set(said.words[first : last + 1])
        diploma = not self._cues["diploma_words"].isdisjoint(said.words[first : span.first])
        return diploma and words.isdisjoint(
            self._cues["positive"] - {"wel", "goed", "kan", "maar"}
        )

    def _is_among(self, said: Sentence, span: Span, phrases: str) -> bool:
        """'zorgen dat', 'op een rijtje': words that together say something else."""
        around = f" {' '.join(said.words[max(0, span.first - 3) : span.last + 3])} "
        return any(
            f" {one} " in around and f" {span.phrase} " in f" {one} "
            for one in self._cues[phrases]
        )

    def _is_over(self, said: Sentence, span: Span) -> bool:
        """'vroeger vond ik programmeren leuk': not what one likes now."""
        part = said.part(span.first)
        before = said.words[part.first : span.first]
        still = self._cues["present"] & set(said.clause(span.first))
        return has_phrase(before, self._cues["liked_then"]) and not still

    def _is_preposition(self, said: Sentence, span: Span) -> bool:
        """'buiten de stad', 'buiten mijn schuld': no liking for the open air."""
        last = said.bounds[span.last][1]
        following = set(said.words[span.last + 1 : min(last, span.last + 1) + 1])
        determined = (self._cues["articles"] | self._cues["possessives"]) - {"zijn"}
        return span.phrase in self._cues["outside"] and not following.isdisjoint(determined)
