"""The intent model itself: counts of characters and words, a sentence vector, a linear machine.

log-tf-idf with L2 on the sparse part, centring with L2 on the dense part. A linear support vector
machine reads both: with these sentences it is right more often than logistic regression and trains
ten times faster (docs/nlu.md). Where there are sentence vectors the nearest sentences have a say
too. The scores become chances by one temperature, found on sentences that the model was not
trained on. Everything that is kept is an array or a list: no pickle.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from nlu.neighbours import KEPT, Neighbours

DENSE_WEIGHT = 1.0
NEIGHBOUR_WEIGHT = 2.0
REGULARISATION = 0.4
CHARACTER_RANGE = (2, 5)
WORD_RANGE = (1, 2)
WORD = r"\w+|[^\w\s]"


def _vectorizers(vocabularies: Sequence[list[str]] | None = None) -> list[TfidfVectorizer]:
    shapes: list[dict[str, Any]] = [
        {"analyzer": "char_wb", "ngram_range": CHARACTER_RANGE},
        {"analyzer": "word", "ngram_range": WORD_RANGE, "token_pattern": WORD},
    ]
    for number, shape in enumerate(shapes):
        if vocabularies is not None:
            shape["vocabulary"] = vocabularies[number]
        elif number == 0:
            shape["min_df"] = 2
    return [TfidfVectorizer(lowercase=True, sublinear_tf=True, **shape) for shape in shapes]


@dataclass(slots=True)
class IntentModel:
    """A trained model. `mean` (centre of the sentence vectors) and `neighbours`: None without them."""

    intents: list[str]
    vectorizers: list[TfidfVectorizer]
    mean: np.ndarray | None
    neighbours: Neighbours | None
    weights: np.ndarray
    bias: np.ndarray
    temperature: float = 1.0

    @classmethod
    def fit(
        cls, texts: Sequence[str], intents: Sequence[str], dense: np.ndarray | None
    ) -> "IntentModel":
        """Train on texts with their intents and, if given, their sentence vectors (n x 384)."""
        vectorizers = _vectorizers()
        parts: list[Any] = [item.fit_transform(texts) for item in vectorizers]
        mean = None
        if dense is not None:
            mean = dense.mean(axis=0)
            parts.append(csr_matrix(DENSE_WEIGHT * _centred(dense, mean)))
        weights = _class_weights(intents)
        machine = LinearSVC(C=REGULARISATION, class_weight=weights, random_state=0)
        machine.fit(hstack(parts).tocsr(), np.asarray(intents))
        neighbours = None
        if dense is not None:
            neighbours = Neighbours.fit(_centred(dense, mean), intents, machine.classes_)
        return cls(
            intents=[str(name) for name in machine.classes_],
            vectorizers=vectorizers,
            mean=mean,
            neighbours=neighbours,
            weights=machine.coef_.astype(np.float32),
            bias=machine.intercept_.astype(np.float32),
        )

    def scores(self, texts: Sequence[str], dense: np.ndarray | None) -> np.ndarray:
        """Give the raw scores, texts x intents."""
        parts: list[Any] = [item.transform(texts) for item in self.vectorizers]
        near: np.ndarray | float = 0.0
        if self.neighbours is not None and dense is not None:
            centred = _centred(dense, self.mean)
            parts.append(csr_matrix(DENSE_WEIGHT * centred))
            near = NEIGHBOUR_WEIGHT * self.neighbours.scores(centred)
        return np.asarray(hstack(parts).tocsr() @ self.weights.T + self.bias + near)

    def probabilities(self, texts: Sequence[str], dense: np.ndarray | None) -> np.ndarray:
        """Give calibrated probabilities, texts x intents."""
        return softmax(self.scores(texts, dense) / self.temperature)

    def to_arrays(self) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
        """Give what to keep: arrays, and plain data."""
        arrays = {"weights": self.weights, "bias": self.bias}
        if self.neighbours is not None and self.mean is not None:
            arrays["mean"] = self.mean
            arrays["rows"] = self.neighbours.rows.astype(KEPT)
            arrays["starts"] = self.neighbours.starts
        for number, item in enumerate(self.vectorizers):
            arrays[f"idf{number}"] = item.idf_.astype(np.float32)
        vocabularies = [
            sorted(item.vocabulary_, key=item.vocabulary_.__getitem__) for item in self.vectorizers
        ]
        plain = {
            "intents": self.intents,
            "vocabularies": vocabularies,
            "temperature": self.temperature,
        }
        return arrays, plain

    @classmethod
    def from_arrays(cls, arrays: Any, plain: dict[str, Any]) -> "IntentModel":
        """Read what `to_arrays` gave."""
        vectorizers = _vectorizers(plain["vocabularies"])
        for number, item in enumerate(vectorizers):
            item.idf_ = arrays[f"idf{number}"].astype(np.float64)
        neighbours = None
        if "rows" in arrays:
            neighbours = Neighbours(arrays["rows"].astype(np.float32), arrays["starts"])
        return cls(
            intents=plain["intents"],
            vectorizers=vectorizers,
            mean=arrays.get("mean"),
            neighbours=neighbours,
            weights=arrays["weights"],
            bias=arrays["bias"],
            temperature=plain["temperature"],
        )


def _class_weights(intents: Sequence[str]) -> dict[str, float]:
    """Give rare intents more weight, by the root: all of it would lose what is out of scope."""
    counts = Counter(intents)
    mean = len(intents) / len(counts)
    return {name: float(np.sqrt(mean / count)) for name, count in counts.items()}


def _centred(dense: np.ndarray, mean: np.ndarray) -> np.ndarray:
    moved = dense - mean
    length = np.linalg.norm(moved, axis=1, keepdims=True)
    return np.asarray(moved / np.maximum(length, 1e-9))


def softmax(scores: np.ndarray) -> np.ndarray:
    """Give probabilities for rows of scores."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def best_temperature(scores: np.ndarray, right: np.ndarray) -> float:
    """Give the temperature with the least log loss on scores that the model was not trained on."""
    choices = np.geomspace(0.05, 2.0, 40)
    rows = np.arange(len(right))
    losses = [-np.log(softmax(scores / t)[rows, right] + 1e-12).mean() for t in choices]
    return float(choices[int(np.argmin(losses))])
