"""The intent model itself: counts of characters and words, a sentence vector, a linear machine.

log-tf-idf with L2 on the sparse part, centring with L2 on the dense part. A linear support vector
machine reads both: with these sentences it is right more often than logistic regression and trains
ten times faster (docs/nlu.md). Its margins become chances by one temperature, found on sentences
that it was not trained on. Everything that is kept is an array or a list: no pickle.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

DENSE_WEIGHT = 1.0
REGULARISATION = 0.4
CHARACTER_RANGE = (2, 5)
WORD_RANGE = (1, 2)


def _vectorizers(vocabularies: Sequence[list[str]] | None = None) -> list[TfidfVectorizer]:
    shapes: list[dict[str, Any]] = [
        {"analyzer": "char_wb", "ngram_range": CHARACTER_RANGE},
        {"analyzer": "word", "ngram_range": WORD_RANGE, "token_pattern": r"\S+"},
    ]
    for number, shape in enumerate(shapes):
        if vocabularies is not None:
            shape["vocabulary"] = vocabularies[number]
        elif number == 0:
            shape["min_df"] = 2
    return [TfidfVectorizer(lowercase=True, sublinear_tf=True, **shape) for shape in shapes]


@dataclass(slots=True)
class IntentModel:
    """A trained model. `mean`: centre of the sentence vectors, None when there were none."""

    intents: list[str]
    vectorizers: list[TfidfVectorizer]
    mean: np.ndarray | None
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
            parts.append(csr_matrix(_centred(dense, mean)))
        machine = LinearSVC(C=REGULARISATION, random_state=0)
        machine.fit(hstack(parts).tocsr(), np.asarray(intents))
        return cls(
            intents=[str(name) for name in machine.classes_],
            vectorizers=vectorizers,
            mean=mean,
            weights=machine.coef_.astype(np.float32),
            bias=machine.intercept_.astype(np.float32),
        )

    def scores(self, texts: Sequence[str], dense: np.ndarray | None) -> np.ndarray:
        """Give the raw scores, texts x intents."""
        parts: list[Any] = [item.transform(texts) for item in self.vectorizers]
        if self.mean is not None and dense is not None:
            parts.append(csr_matrix(_centred(dense, self.mean)))
        return np.asarray(hstack(parts).tocsr() @ self.weights.T + self.bias)

    def probabilities(self, texts: Sequence[str], dense: np.ndarray | None) -> np.ndarray:
        """Give calibrated probabilities, texts x intents."""
        return softmax(self.scores(texts, dense) / self.temperature)

    def to_arrays(self) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
        """Give what to keep: arrays, and plain data."""
        arrays = {"weights": self.weights, "bias": self.bias}
        if self.mean is not None:
            arrays["mean"] = self.mean
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
        return cls(
            intents=plain["intents"],
            vectorizers=vectorizers,
            mean=arrays.get("mean"),
            weights=arrays["weights"],
            bias=arrays["bias"],
            temperature=plain["temperature"],
        )


def _centred(dense: np.ndarray, mean: np.ndarray) -> np.ndarray:
    moved = dense - mean
    length = np.linalg.norm(moved, axis=1, keepdims=True)
    return DENSE_WEIGHT * moved / np.maximum(length, 1e-9)


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
