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
    """Centred unit vectors of the training sentences (n x 384), in the order of their intents.

    `starts`: for each intent the row at which its sentences begin.
    """

    rows: np.ndarray
    starts: np.ndarray

    @classmethod
    def fit(
        cls, centred: np.ndarray, labels: Sequence[str], intents: Sequence[str]
    ) -> "Neighbours":
        """Keep the sentences of each intent together; every intent has at least one."""
        order = np.argsort(np.asarray(labels), kind="stable")
        starts = np.searchsorted(np.asarray(labels)[order], np.asarray(intents))
        return cls(centred[order].astype(KEPT).astype(np.float32), starts)

    def scores(self, centred: np.ndarray) -> np.ndarray:
        """Give the greatest likeness (cosine, -1 to 1), texts x intents."""
        return np.maximum.reduceat(centred @ self.rows.T, self.starts, axis=1)
