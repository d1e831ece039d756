"""Which situation a message says of the person: out of work, at risk of it, self-employed, at work.

What was, what is hoped and what is another's does not count; of several the most particular one
of today does.
"""

from collections.abc import Mapping

from nlu.apart import Apart, said_apart
from nlu.clauses import Clause
from nlu.corrections import mended
from nlu.denials import Denials
from nlu.sentence import Sentence
from nlu.tokens import Span

# These say what is, so a past or a coming one does not count beside another.
PASSING = ("ww", "bijstand", "self_employed", "employed")
BENEFITS = ("ww", "bijstand")
LOST = ("ww", "at_risk")
AFTER_DISMISSAL = ("ww", "at_risk", "employed", "bijstand", "returning")
WITHOUT_WORK = ("ww", "bijstand", "returning")
AT_WORK = ("employed", "self_employed")
SHORT = 2
# Words between a business and what says that it ended: 'mijn eigen zaak heb ik verkocht'.
NEAR = 4

type Found = tuple[str, Span]


class Situations:
    """Finds the situation in known phrases and in words that stand apart.

    Args:
        phrases: folded phrase -> value.
        order: the values, the most particular first.
        apart: the lexicon's section `together` for situations.
        cues: the words round a value.
    """

    def __init__(
        self,
        phrases: Mapping[str, str],
        order: list[str],
        apart: list[Apart],
        cues: Mapping[str, set[str]],
    ) -> None:
        self._phrases = phrases
        self._order = order
        self._apart = apart
        self._cues = cues

    def of(self, said: Sentence, spans: list[Span], denials: Denials) -> list[Found]:
        """Give the most particular situation that is said, of today when several are."""
        found = self._said(said, spans, denials)
        found = [
            item
            for item in found
            if not (self._is_past(said, *item) or self._is_hoped(said, *item))
            and not self._is_kind_of_work(said, item[1])
            and not self._is_supposed(said, *item)
        ]
        found = [(self._today(said, *item), item[1]) for item in found]
        lasting = [item for item in found if not self._is_coming(said, *item)]
        found += self._of_firm(said, spans, denials)
        lasting = self._latest(said, lasting or found)
        back = mended(said)
        lasting = [item for item in lasting if item[1].first not in back]
        if self._is_averted(said):
            lasting = [item for item in lasting if item[0] != "at_risk"]
        best = min(
            lasting,
            key=lambda item: (self._order.index(item[0]), bool(self.alternatives(said, *item))),
            default=None,
        )
        return [best] if best else []

    def alternatives(self, said: Sentence, value: str, span: Span) -> tuple[str, ...]:
        """Give what else the words may mean; nothing where they are certain.

        'ben ontslagen': most have WW then, not all, and not before the last day. 'ik heb geen werk':
        not who never worked here, and nothing is said of a benefit or of work that was lost.
        """
        if value != "ww":
            return ()
        if span.phrase in self._cues["dismissed"]:
            return AFTER_DISMISSAL
        text = f" {' '.join(said.words)} "
        told = self._cues["without_work"]
        if not span.phrase or any(f" {one} " in f" {span.phrase} " for one in told):
            no_more = self._cues["had_work"].isdisjoint(said.words)
            return WITHOUT_WORK if no_more and any(f" {one} " in text for one in told) else ()
        return ()

    def _said(self, said: Sentence, spans: list[Span], denials: Denials) -> list[Found]:
        parts = [
            part
            for before, part in zip([None, *said.parts], said.parts, strict=False)
            if part.first in said.own and not self._goes_on(said, before, part)
        ]
        found = [
            (self._phrases[span.phrase], span)
            for span in spans
            if any(part.first <= span.first <= part.last for part in parts)
            and (
                denials.is_negation(span.first, span.first)
                or not (denials.reaches(span) or said.is_of_other(span.last))
            )
        ]
        cared = self._said_apart(said, parts)
        if any(value == "returning" for value, _ in cared):
            # 'jaren zonder baan omdat ik voor de kinderen zorgde'
            found = [item for item in found if item[1].phrase not in self._cues["idle"]]
        return found + cared

    def _goes_on(self, said: Sentence, before: Clause | None, part: Clause) -> bool:
        """'een vriend woont hier en werk bij de fabriek': still about the friend."""
        words = said.words[part.first : part.last + 1]
        own = self._cues["self"] | self._cues["me"]
        joined = words[0] in self._cues["joints"] and own.isdisjoint(words)
        return before is not None and not before.mine and joined

    def _said_apart(self, said: Sentence, parts: list[Clause]) -> list[Found]:
        told = [(part.first, part.last) for part in parts if not said.ends_in_question(part.last)]
        return list(said_apart(said.tokens, told, self._apart))

    def _of_firm(self, said: Sentence, spans: list[Span], denials: Denials) -> list[Found]:
        """'mijn baas gaat met pensioen en de winkel sluit', 'ze gaan de boel sluiten'."""
        firm = []
        employer = False
        for before, part in zip([None, *said.parts], said.parts, strict=False):
            words = said.words[part.first : part.last + 1]
            named = not self._cues["employers"].isdisjoint(words)
            employer = named or (employer and not part.mine)
            led = words[0] == "ze" or (words[0] in self._cues["joints"] and words[1:2] == ["ze"])
            # 'ze' is the employer when no other was named
            led = led and (before is None or before.mine)
            if (employer or led) and not said.ends_in_question(part.last):
                firm.append(part)
        found = self._said_apart(said, firm) + [
            (self._phrases[span.phrase], span)
            for span in spans
            if any(part.first <= span.first <= part.last for part in firm)
            and not denials.reaches(span)
        ]
        return [item for item in found if item[0] in LOST]

    def _is_past(self, said: Sentence, value: str, span: Span) -> bool:
        """'ik had een eigen zaak', 'ik heb in de ww gezeten'."""
        part, words = said.part(span.first), said.clause(span.first)
        first, last = max(part.first, span.first - NEAR), min(part.last, span.last + NEAR)
        near = said.words[first : last + 1]
        if value == "self_employed" and not self._cues["ended"].isdisjoint(near):
            return True
        return (
            value in PASSING
            and not self._cues["past"].isdisjoint(words)
            and self._cues["present"].isdisjoint(words)
        )

    def _is_kind_of_work(self, said: Sentence, span: Span) -> bool:
        """'graag geen werk op een dak', but 'ik heb geen werk met dit weer'."""
        words = said.words[span.first : span.last + 2]
        specified = words[:2] == ["geen", "werk"] and words[2:3] != []
        specified = specified and words[2] in self._cues["work_with"]
        return specified and self._cues["has"].isdisjoint(said.clause(span.first))

    def _is_hoped(self, said: Sentence, value: str, span: Span) -> bool:
        """'ik wil graag een vast contract', 'voor mezelf beginnen'."""
        part = said.part(span.first)
        before = said.words[part.first : span.first]
        after = said.words[span.last + 1 : part.last + 1]
        return value in AT_WORK and not (
            self._cues["hoped"].isdisjoint(before)
            and self._cues["hoped_after"].isdisjoint(after[:SHORT])
        )

    def _today(self, said: Sentence, value: str, span: Span) -> str:
        """'straks zit ik in de ww', 'ik raak mijn baan kwijt': still at work, and at risk."""
        part = said.part(span.first)
        words = set(said.clause(span.first))
        before = said.words[part.first : span.first]
        soon = words & self._cues["soon"] or not self._cues["soon_before"].isdisjoint(before)
        after = said.words[span.last + 1 : part.last + 1]
        if not self._cues["runs_out"].isdisjoint(after[:SHORT]):
            return value  # 'mijn ww stopt over 4 maanden'
        return "at_risk" if value == "ww" and soon and not words & self._cues["by_now"] else value

    def _is_coming(self, said: Sentence, value: str, span: Span) -> bool:
        """'en dan moet ik de ww in'."""
        return value in BENEFITS and not self._cues["coming"].isdisjoint(said.clause(span.first))

    def _is_supposed(self, said: Sentence, value: str, span: Span) -> bool:
        """'als ik in de ww kom, mag ik dan leren', 'wat als ik ontslagen word?'."""
        part = said.part(span.first)
        head = said.words[part.first : part.first + SHORT]
        unsure = self._is_coming(said, value, span) or said.ends_in_question(part.last)
        return unsure and not self._cues["supposes"].isdisjoint(head)

    def _latest(self, said: Sentence, found: list[Found]) -> list[Found]:
        """'vorig jaar ww, nu weer een baantje': what is told of before gives way to what is."""
        earlier = [item for item in found if self._is_earlier(said, *item)]
        later = [item for item in found if item not in earlier]
        return later or found

    def _is_earlier(self, said: Sentence, value: str, span: Span) -> bool:
        words = said.clause(span.first)
        return (
            value in PASSING
            and not self._cues["earlier"].isdisjoint(words)
            and self._cues["present"].isdisjoint(words)
        )

    def _is_averted(self, said: Sentence) -> bool:
        """'ik stond op de lijst maar ben eraf gehaald'."""
        text = f" {' '.join(said.words)} "
        return any(f" {one} " in text for one in self._cues["averted"])
