"""The model that knows work by what people say they do all day: counts and a linear machine.

Trained on the catalogue's names, on data/nlu_occupations.yml and, as what is not work, on sentences
of other intents. Small weights are left out (SMALLEST), so a sentence costs a product of two sparse
matrices. What is kept is arrays and lists: no pickle.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.svm import LinearSVC

from bot.catalogue.places import fold
from nlu.counts import Counts

NONE = ""
TARGET = "target:"
REGULARISATION = 0.4
SMALLEST = 0.02


@dataclass(frozen=True, slots=True)
class Guess:
    """An occupation with its score; `over_none` is how far it is above 'no work at all'."""

    name: str
    score: float
    over_none: float


@dataclass(slots=True)
class OccupationModel:
    """A trained model. Labels are ids; those of target occupations begin with `target:`."""

    labels: list[str]
    counts: Counts
    weights: csr_matrix
    bias: np.ndarray
    _place: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self._place = {label: place for place, label in enumerate(self.labels)}

    @classmethod
    def fit(cls, texts: Sequence[str], labels: Sequence[str]) -> "OccupationModel":
        """Train on texts, each with an id or NONE; the order of the texts changes nothing."""
        pairs = sorted({(fold(text), label) for text, label in zip(texts, labels, strict=True)})
        counts, rows = Counts.fit([text for text, _ in pairs])
        machine = LinearSVC(C=REGULARISATION, tol=1e-2, random_state=0)
        machine.fit(rows, np.asarray([label for _, label in pairs]))
        weights = machine.coef_.T.astype(np.float32)
        weights[np.abs(weights) < SMALLEST] = 0
        names = [str(name) for name in machine.classes_]
        return cls(names, counts, csr_matrix(weights), machine.intercept_.astype(np.float32))

    def guess(
        self, text: str, *, targets_only: bool = False, bonus: Mapping[str, float] | None = None
    ) -> list[Guess]:
        """Give the occupations that a text may speak of, best first, each id once.

        Args:
            bonus: what is added to the score of some ids.
        """
        places, values = self.counts.row(fold(text))
        scores = self.weights[places].T @ values + self.bias
        none = float(scores[self.labels.index(NONE)])
        for name, more in (bonus or {}).items():
            for label in (name, TARGET + name):
                if label in self._place:
                    scores[self._place[label]] += more
        found: dict[str, Guess] = {}
        for place in np.argsort(-scores, kind="stable"):
            label = self.labels[place]
            if label == NONE or (targets_only and not label.startswith(TARGET)):
                continue
            name, score = label.removeprefix(TARGET), float(scores[place])
            found.setdefault(name, Guess(name, score, score - none))
            if len(found) == 5:
                break
        return list(found.values())

    def to_arrays(self) -> dict[str, np.ndarray]:
        """Give what to keep."""
        return self.counts.to_arrays() | {
            "labels": np.asarray(self.labels),
            "data": self.weights.data,
            "indices": self.weights.indices,
            "indptr": self.weights.indptr,
            "bias": self.bias,
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, np.ndarray]) -> "OccupationModel":
        """Read what `to_arrays` gave."""
        counts = Counts.from_arrays(arrays)
        labels = arrays["labels"].tolist()
        parts = (arrays["data"], arrays["indices"], arrays["indptr"])
        weights = csr_matrix(parts, shape=(counts.size, len(labels)))
        return cls(labels, counts, weights, arrays["bias"])
