"""The model that knows work by what people say they do all day.

Trained on the catalogue's names, on data/nlu_occupations.yml and, as what is not work, on sentences
of other intents. A gate (nlu/work_gate.py) says whether a text is about work; a linear machine over
counts, and the nearest training sentences where there are vectors, say which. Small weights are
left out (SMALLEST), so a sentence costs a product of two sparse matrices. What is kept is arrays:
no pickle.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.preprocessing import normalize

from bot.catalogue.places import fold
from nlu.counts import Counts, Row
from nlu.neighbours import centred
from nlu.one_against_rest import fit_machines
from nlu.work_gate import NONE, See, WorkGate

TARGET = "target:"
TOLERANCE = 1.5
"""Of the ranking: finer takes up to ten seconds more of training and ranks no better, coarser does worse."""
NEAR_WEIGHT = 0.5
SMALLEST = 0.02
GUESSES = 5


@dataclass(frozen=True, slots=True)
class Guess:
    """An occupation with its score; `works`: how sure it is that the text is about work at all."""

    name: str
    score: float
    works: float


@dataclass(slots=True)
class OccupationModel:
    """A trained model. Labels are ids; those of target occupations begin with `target:`.

    `likes`: labels x GUESSES, the places of the labels most like each, by all that is said of them:
    what is like an occupation is known before anyone names it.
    """

    labels: list[str]
    counts: Counts
    gate: WorkGate
    weights: csr_matrix
    bias: np.ndarray
    likes: np.ndarray
    _place: dict[str, int] = field(init=False)
    _last: tuple[str, Row, np.ndarray] | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        self._place = {label: place for place, label in enumerate(self.labels)}

    @classmethod
    def fit(
        cls, texts: Sequence[str], labels: Sequence[str], dense: np.ndarray | None
    ) -> "OccupationModel":
        """Train on texts, each with an id or NONE, and, if given, their sentence vectors (n x 384).

        The order of the texts changes nothing.
        """
        folded = [(fold(text), label) for text, label in zip(texts, labels, strict=True)]
        order = sorted(range(len(folded)), key=lambda place: (folded[place], texts[place]))
        order = [a for a, b in zip(order, [None, *order], strict=False) if not _same(folded, a, b)]
        names = np.asarray([folded[place][1] for place in order])
        counts, rows = Counts.fit([folded[place][0] for place in order])
        gate = WorkGate.fit(rows, names, None if dense is None else dense[order])
        works = names != NONE
        found, weights, bias = fit_machines(rows[works], names[works], tolerance=TOLERANCE)
        weights[np.abs(weights) < SMALLEST] = 0
        owners = np.searchsorted(found, names[works])
        likes = _likes(owners, rows[works], None if dense is None else dense[order][works])
        return cls(found, counts, gate, csr_matrix(weights), bias, likes)

    def guess(
        self,
        text: str,
        see: See | None = None,
        *,
        targets_only: bool = False,
        bonus: Mapping[str, float] | None = None,
    ) -> list[Guess]:
        """Give the occupations that a text may speak of, best first, each id once.

        Args:
            see: gives the sentence vector of the text when it is needed; None: counts alone.
            bonus: what is added to the score of some ids.
        """
        row, scores = self._counted(fold(text))
        seen = self.gate.look(row, see)
        if seen.near is not None:
            scores = scores + NEAR_WEIGHT * seen.near
        for name, more in (bonus or {}).items():
            for label in (name, TARGET + name):
                if label in self._place:
                    scores[self._place[label]] += more
        found: dict[str, Guess] = {}
        for place in np.argsort(-scores, kind="stable"):
            label = self.labels[place]
            if targets_only and not label.startswith(TARGET):
                continue
            name = label.removeprefix(TARGET)
            found.setdefault(name, Guess(name, float(scores[place]), seen.works))
            if len(found) == GUESSES:
                break
        return list(found.values())

    def _counted(self, text: str) -> tuple[Row, np.ndarray]:
        """Give the counts of a folded text and what they make of it; a message asks more than once."""
        if self._last is None or self._last[0] != text:
            places, values = row = self.counts.row(text)
            self._last = (text, row, self.weights[places].T @ values + self.bias)
        return self._last[1], self._last[2].copy()

    def like(self, name: str) -> list[str]:
        """Give the ids of the occupations most like one, itself first."""
        place = self._place.get(TARGET + name, self._place.get(name))
        if place is None:
            return [name]
        likes = [self.labels[other].removeprefix(TARGET) for other in self.likes[place]]
        return list(dict.fromkeys([name, *likes]))

    def to_arrays(self) -> dict[str, np.ndarray]:
        """Give what to keep."""
        return (
            self.counts.to_arrays()
            | self.gate.to_arrays()
            | {
                "labels": np.asarray(self.labels),
                "data": self.weights.data.astype(np.float16),
                "indices": self.weights.indices,
                "indptr": self.weights.indptr,
                "bias": self.bias,
                "likes": self.likes,
            }
        )

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, np.ndarray]) -> "OccupationModel":
        """Read what `to_arrays` gave."""
        counts = Counts.from_arrays(arrays)
        labels = arrays["labels"].tolist()
        parts = (arrays["data"].astype(np.float32), arrays["indices"], arrays["indptr"])
        weights = csr_matrix(parts, shape=(counts.size, len(labels)))
        gate = WorkGate.from_arrays(arrays)
        return cls(labels, counts, gate, weights, arrays["bias"], arrays["likes"])


def _same(folded: list[tuple[str, str]], one: int, before: int | None) -> bool:
    return before is not None and folded[one] == folded[before]


def _likes(owners: np.ndarray, rows: csr_matrix, dense: np.ndarray | None) -> np.ndarray:
    """Give of each label the GUESSES labels nearest to it, itself first.

    By the mean of the counts (n x size) and of the vectors (n x 384) of what is said of each.
    """
    own = csr_matrix((np.ones(len(owners)), (owners, np.arange(len(owners)))))
    means = normalize(own @ rows)
    likeness = (means @ means.T).toarray()
    if dense is not None:
        means = normalize(own @ centred(dense, dense.mean(axis=0)))
        likeness = likeness + means @ means.T
    return np.argsort(-likeness, axis=1, kind="stable")[:, :GUESSES].astype(np.int16)
