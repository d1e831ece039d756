"""The model that knows work by what people say they do all day: counts and a linear machine.

Trained on the catalogue's names, on data/nlu_occupations.yml and, as what is not work, on sentences
of other intents. Small weights are left out (SMALLEST), so a sentence costs a product of two sparse
matrices. What is kept is arrays and lists: no pickle.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from bot.catalogue.places import fold

NONE = ""
TARGET = "target:"
REGULARISATION = 0.4
CHARACTER_RANGE = (2, 5)
SMALLEST = 0.02


@dataclass(frozen=True, slots=True)
class Guess:
    """An occupation with its score; `over_none` is how far it is above 'no work at all'."""

    name: str
    score: float
    over_none: float


def _vectorizers(vocabularies: Sequence[list[str]] | None = None) -> list[TfidfVectorizer]:
    shapes: list[dict[str, Any]] = [
        {"analyzer": "char_wb", "ngram_range": CHARACTER_RANGE},
        {"analyzer": "word", "ngram_range": (1, 2), "token_pattern": r"\S+"},
    ]
    for number, shape in enumerate(shapes):
        if vocabularies is not None:
            shape["vocabulary"] = vocabularies[number]
        elif number == 0:
            shape["min_df"] = 2
    return [TfidfVectorizer(lowercase=False, sublinear_tf=True, **shape) for shape in shapes]


@dataclass(slots=True)
class OccupationModel:
    """A trained model. Labels are ids; those of target occupations begin with `target:`."""

    labels: list[str]
    vectorizers: list[TfidfVectorizer]
    weights: csr_matrix
    bias: np.ndarray
    _place: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self._place = {label: place for place, label in enumerate(self.labels)}

    @classmethod
    def fit(cls, texts: Sequence[str], labels: Sequence[str]) -> "OccupationModel":
        """Train on texts, each with an id or NONE; the order of the texts changes nothing."""
        pairs = sorted({(fold(text), label) for text, label in zip(texts, labels, strict=True)})
        vectorizers = _vectorizers()
        features = hstack(
            [item.fit_transform([text for text, _ in pairs]) for item in vectorizers]
        )
        machine = LinearSVC(C=REGULARISATION, tol=1e-2, random_state=0)
        machine.fit(features.tocsr(), np.asarray([label for _, label in pairs]))
        weights = machine.coef_.T.astype(np.float32)
        weights[np.abs(weights) < SMALLEST] = 0
        names = [str(name) for name in machine.classes_]
        return cls(names, vectorizers, csr_matrix(weights), machine.intercept_.astype(np.float32))

    def guess(
        self, text: str, *, targets_only: bool = False, bonus: Mapping[str, float] | None = None
    ) -> list[Guess]:
        """Give the occupations that a text may speak of, best first, each id once.

        Args:
            bonus: what is added to the score of some ids.
        """
        features = hstack([item.transform([fold(text)]) for item in self.vectorizers]).tocsr()
        scores = (features @ self.weights).toarray()[0] + self.bias
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

    def to_arrays(self) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
        """Give what to keep: arrays, and plain data."""
        arrays = {
            "data": self.weights.data,
            "indices": self.weights.indices,
            "indptr": self.weights.indptr,
            "bias": self.bias,
        }
        for number, item in enumerate(self.vectorizers):
            arrays[f"idf{number}"] = item.idf_.astype(np.float32)
        vocabularies = [
            sorted(item.vocabulary_, key=item.vocabulary_.__getitem__) for item in self.vectorizers
        ]
        return arrays, {"labels": self.labels, "vocabularies": vocabularies}

    @classmethod
    def from_arrays(cls, arrays: Any, plain: dict[str, Any]) -> "OccupationModel":
        """Read what `to_arrays` gave."""
        vectorizers = _vectorizers(plain["vocabularies"])
        for number, item in enumerate(vectorizers):
            item.idf_ = arrays[f"idf{number}"].astype(np.float64)
        shape = (sum(map(len, plain["vocabularies"])), len(plain["labels"]))
        parts = (arrays["data"], arrays["indices"], arrays["indptr"])
        return cls(plain["labels"], vectorizers, csr_matrix(parts, shape=shape), arrays["bias"])
