"""The second view on a sentence: how near is the nearest training sentence of each intent.

A linear machine draws one border an intent; an intent that people say in very different ways
('dat mag je delen', 'stuur maar door') has several heaps instead, and the nearest one decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

KEPT = np.float16


@dataclass(slots=True)
class Neighbours:
    """Centred unit vectors of the training sentences (n x 384), in the order of their labels.

    `starts`: for each label the row at which its sentences begin.
    """

    rows: np.ndarray
    starts: np.ndarray

    @classmethod
    def fit(
        cls, rows: np.ndarray, labels: Sequence[str] | np.ndarray, names: Sequence[str] | np.ndarray
    ) -> "Neighbours":
        """Keep the sentences of each label together; each of `names` (sorted) has at least one."""
        order = np.argsort(np.asarray(labels), kind="stable")
        starts = np.searchsorted(np.asarray(labels)[order], np.asarray(names))
        return cls(rows[order].astype(KEPT).astype(np.float32), starts)

    def scores(self, rows: np.ndarray) -> np.ndarray:
        """Give the greatest likeness (cosine, -1 to 1), texts x labels."""
        return np.maximum.reduceat(rows @ self.rows.T, self.starts, axis=1)


def centred(dense: np.ndarray, mean: np.ndarray) -> np.ndarray:
    """Give rows less their centre, each of length one."""
    return _unit(dense - mean)


def widest(rows: np.ndarray, number: int) -> np.ndarray:
    """Give the directions (384 x `number`) along which centred rows differ most."""
    _, directions = np.linalg.eigh(rows.T @ rows)
    return np.ascontiguousarray(directions[:, ::-1][:, :number])


def along(rows: np.ndarray, axes: np.ndarray) -> np.ndarray:
    """Give rows as seen along some directions, each of length one again."""
    return _unit(rows @ axes)


def _unit(rows: np.ndarray) -> np.ndarray:
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(length, 1e-9))
