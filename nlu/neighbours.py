"""The second view on a sentence: how near is the nearest training sentence of each label.

A linear machine draws one border a label; an intent that people say in very different ways
('dat mag je delen', 'stuur maar door') has several heaps instead, and the nearest one decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

STEPS = 127
"""The parts of the vectors are kept in this many steps either way: a byte, a likeness to 0.002."""

BLOCK = 512
"""Rows made floats again at a time: they stay in the cache, and it costs no more than floats kept."""

SMALLEST = 1e-9
"""No length and no number is taken for less: alike vectors are nothing but their centre."""


@dataclass(slots=True)
class Neighbours:
    """The training sentences, in the order of their labels.

    `mean` (384) is the centre of their vectors, `axes` (384 x dimensions) those along which they
    differ most, `rows` (n x dimensions, int8) times `step` their unit vectors along these; `starts`
    has for each label the row at which its sentences begin. `_last` is the vector that was asked
    for last with its scores: a message asks more than once, with the same array (nlu/embedding.py).
    """

    mean: np.ndarray
    axes: np.ndarray
    rows: np.ndarray
    step: np.ndarray
    starts: np.ndarray
    _last: tuple[np.ndarray, np.ndarray] | None = field(default=None, compare=False)

    @classmethod
    def fit(cls, dense: np.ndarray, labels: np.ndarray, dimensions: int) -> "Neighbours":
        """Keep the vectors (n x 384) of each label together, the labels sorted.

        `dimensions` (at most 384): how many are kept; fewer take less memory.
        """
        mean = dense.mean(axis=0)
        moved = centred(dense, mean)
        axes = _widest(moved, dimensions)
        order = np.argsort(labels, kind="stable")
        starts = np.searchsorted(labels[order], np.unique(labels))
        rows = _unit(moved @ axes)[order]
        step = np.float32(max(np.abs(rows).max(), SMALLEST) / STEPS)
        return cls(mean, axes, np.rint(rows / step).astype(np.int8), np.asarray(step), starts)

    def centred(self, vector: np.ndarray) -> np.ndarray:
        """Give a sentence vector (384) less the centre, with length one."""
        return centred(vector.reshape(1, -1), self.mean)[0]

    def narrowed(self, dense: np.ndarray, dimensions: int) -> np.ndarray:
        """Give vectors (n x 384) as `centred`, along their widest axes only (n x dimensions).

        A machine learns as much from half of the axes, in half the time.
        """
        return np.asarray(centred(dense, self.mean) @ self.axes[:, :dimensions])

    def widened(self, weights: np.ndarray) -> np.ndarray:
        """Give weights learnt on `narrowed` vectors (dimensions x any) for `centred` ones (384 x any)."""
        return np.asarray(self.axes[:, : len(weights)] @ weights)

    def scores(self, vector: np.ndarray) -> np.ndarray:
        """Give the greatest likeness (cosine, -1 to 1) of a sentence vector (384) to each label."""
        last = self._last
        if last is None or last[0] is not vector:
            last = self._last = vector, self.scores_of(vector.reshape(1, -1))[0]
        return last[1]

    def scores_of(self, dense: np.ndarray) -> np.ndarray:
        """Give the greatest likeness of each of many vectors (n x 384) to each label, n x labels."""
        seen = (_unit(centred(dense, self.mean) @ self.axes) * self.step).T
        blocks = range(0, len(self.rows), BLOCK)
        likeness = [self.rows[begin : begin + BLOCK].astype(np.float32) @ seen for begin in blocks]
        return np.asarray(np.maximum.reduceat(np.concatenate(likeness), self.starts).T)

    def to_arrays(self) -> dict[str, np.ndarray]:
        """Give what to keep."""
        return {
            "mean": self.mean,
            "axes": self.axes,
            "rows": self.rows,
            "step": self.step,
            "starts": self.starts,
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, np.ndarray]) -> "Neighbours":
        """Read what `to_arrays` gave."""
        return cls(*(arrays[name] for name in ("mean", "axes", "rows", "step", "starts")))


def centred(dense: np.ndarray, mean: np.ndarray) -> np.ndarray:
    """Give rows less their centre, each of length one."""
    return _unit(dense - mean)


def _widest(rows: np.ndarray, number: int) -> np.ndarray:
    _, directions = np.linalg.eigh(rows.T @ rows)
    return np.ascontiguousarray(directions[:, ::-1][:, :number])


def _unit(rows: np.ndarray) -> np.ndarray:
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(length, SMALLEST))
