"""The second stage of an intent, with the embedding: at a whole message, and at parts for a crisis."""

from nlu.counts import Counts, Row
from nlu.embedding import embed
from nlu.intent_model import IntentModel
from nlu.scope_gate import DISTRESS

UNLIKELY = 0.1
"""Under this chance at the first look a text is no crisis."""
SUSPECT, LOOKED_AT = 0.3, 2
"""The chance from which a part of a message is embedded, and how many parts at most."""


def second_look(
    full: IntentModel, row: Row, text: str, first: dict[str, float]
) -> dict[str, float]:
    """Give the chances of the second stage; a crisis must look like one in every way.

    Its chance is the mean of both stages, and less when another intent has a nearer sentence:
    that keeps ordinary sentences with dark words apart from it (docs/nlu.md).

    Args:
        full: the model of the second stage.
        row: the counts of the text.
        text: a clean text.
        first: the chances of the first stage.
    """
    vector = embed(text)
    chances = full.chances(row, vector)
    if DISTRESS in chances:
        both = (first[DISTRESS] + chances[DISTRESS]) / 2
        lead = full.lead(DISTRESS, vector)
        chances[DISTRESS] = min(max(both + lead, 0.0), 1.0)
    return chances


def crisis_alone(text: str, counts: Counts, quick: IntentModel, full: IntentModel) -> float:
    """Give the chance (0 to 1) that a text is a crisis, as if it were the whole message."""
    row = counts.row(text)
    return second_look(full, row, text, quick.chances(row, None))[DISTRESS]


def crisis_in_part(
    said: list[str], counts: Counts, quick: IntentModel, full: IntentModel
) -> float:
    """Give the chance (0 to 1) that a part of a message is a crisis, whatever the rest says.

    The first stage looks at each part; the second at the worst, and at all that are no ordinary
    answers together: "ik ben zo alleen, heb niemand meer, ik wil niet verder".

    Args:
        said: the parts, see nlu/parts.py; of a message that is not cut there are none.
        counts: what counts the words of a part.
        quick: the model of the first stage.
        full: the model of the second stage.
    """

    def at_first(part: str) -> float:
        return quick.chances(counts.row(part), None)[DISTRESS]

    def at_second(part: str) -> float:
        return crisis_alone(part, counts, quick, full)

    doubtful = [(chance, part) for part in said if (chance := at_first(part)) >= UNLIKELY]
    worst = sorted(doubtful, key=lambda one: -one[0])[:LOOKED_AT]
    suspect = [part for chance, part in worst if chance >= SUSPECT]
    if len(doubtful) > 1:
        suspect.append(", ".join(part for _, part in doubtful))
    return max(map(at_second, suspect), default=0.0)
