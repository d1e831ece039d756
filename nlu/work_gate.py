"""Tells whether a text speaks of somebody's work at all, before it is asked which.

Counts decide alone where they are sure; else a sentence vector is looked at too: by a linear
machine, and by whether the nearest training sentence is about work or about something else.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix, hstack

from nlu.counts import Row
from nlu.neighbours import Neighbours, centred
from nlu.one_against_rest import fit_machine

NONE = ""
"""The label of what is no work; it sorts before every other."""
NEAR_WEIGHT = 4.0
DIMENSIONS = 128
"""Of a sentence vector, for the nearest sentence: as good as all 384 here, in a third of the memory."""
# Between these the counts alone do not decide. With (-0.7, 1.3) half as many messages again are embedded, to keep
# two more of 770 that name no work from being taken for work.
UNSURE = (-0.5, 1.0)
# What makes a score with a vector mean as much as one of counts alone.
SHIFT = -0.34

type See = Callable[[], np.ndarray]


@dataclass(frozen=True, slots=True)
class Seen:
    """How sure it is that a text is about work (0 is undecided), and its likeness to each label."""

    works: float
    near: np.ndarray | None


@dataclass(slots=True)
class Senses:
    """What a gate with sentence vectors has more: a machine on counts and vector, and neighbours."""

    counts: np.ndarray
    vector: np.ndarray
    bias: float
    neighbours: Neighbours

    def look(self, row: Row, vector: np.ndarray) -> Seen:
        """Judge by the counts and the sentence vector (384) of a text."""
        places, values = row
        near = self.neighbours.scores(vector)
        moved = self.neighbours.centred(vector)
        linear = values @ self.counts[places] + moved @ self.vector + self.bias
        return Seen(float(linear + NEAR_WEIGHT * (near[1:].max() - near[0]) + SHIFT), near[1:])


@dataclass(slots=True)
class WorkGate:
    """A trained gate; `senses`: None when it was trained without sentence vectors."""

    weights: np.ndarray
    bias: float
    senses: Senses | None = None

    @classmethod
    def fit(cls, rows: csr_matrix, labels: np.ndarray, dense: np.ndarray | None) -> "WorkGate":
        """Train on counts (n x size), labels (NONE is no work) and sentence vectors (n x 384)."""
        works = labels != NONE
        weights, bias = fit_machine(rows, works)
        if dense is None:
            return cls(weights, bias)
        neighbours = Neighbours.fit(dense, labels, DIMENSIONS)
        moved = centred(dense, neighbours.mean)
        both, both_bias = fit_machine(hstack([rows, csr_matrix(moved)]).tocsr(), works)
        size = rows.shape[1]
        return cls(weights, bias, Senses(both[:size], both[size:], both_bias, neighbours))

    def look(self, row: Row, see: See | None) -> Seen:
        """Judge a text by its counts; `see` gives its sentence vector when it is needed."""
        places, values = row
        works = float(values @ self.weights[places] + self.bias)
        if self.senses is None or see is None or not UNSURE[0] < works < UNSURE[1]:
            return Seen(works, None)
        return self.senses.look(row, see())

    def to_arrays(self) -> dict[str, np.ndarray]:
        """Give what to keep."""
        arrays = {"gate": self.weights, "gate_bias": np.asarray(self.bias)}
        if self.senses is not None:
            arrays |= self.senses.neighbours.to_arrays() | {
                "both_counts": self.senses.counts,
                "both_vector": self.senses.vector,
                "both_bias": np.asarray(self.senses.bias),
            }
        return arrays

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, np.ndarray]) -> "WorkGate":
        """Read what `to_arrays` gave."""
        senses = None
        if "rows" in arrays:
            senses = Senses(
                arrays["both_counts"],
                arrays["both_vector"],
                float(arrays["both_bias"]),
                Neighbours.from_arrays(arrays),
            )
        return cls(arrays["gate"], float(arrays["gate_bias"]), senses)
