"""The nearest sentence of each label: kept as bytes, and asked for once a message."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from nlu.neighbours import BLOCK, Neighbours

LABELS = np.asarray(["a", "b", "b", "c", "c", "c"])


def fitted(seed: int) -> tuple[Neighbours, np.ndarray]:
    """Give the neighbours of six vectors and the vectors."""
    dense = np.random.default_rng(seed).normal(size=(len(LABELS), 384)).astype(np.float32)
    return Neighbours.fit(dense, LABELS, 384), dense


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 1000), st.integers(1, 2 * BLOCK + 1))
def test_bytes_keep_the_likeness_in_every_block(seed: int, number: int) -> None:
    labels = np.repeat(LABELS, number)[-number - 2 :]
    dense = np.random.default_rng(seed).normal(size=(len(labels), 8)).astype(np.float32)
    neighbours = Neighbours.fit(dense, labels, 8)
    kept = Neighbours.from_arrays(neighbours.to_arrays())
    assert kept.rows.dtype == np.int8
    moved = dense - dense.mean(axis=0)
    moved /= np.linalg.norm(moved, axis=1, keepdims=True)
    likeness = moved[:5] @ moved.T
    for vector, row in zip(dense[:5], likeness, strict=False):
        nearest = [row[labels == label].max() for label in np.unique(labels)]
        np.testing.assert_allclose(kept.scores(vector), nearest, atol=0.02)
        np.testing.assert_array_equal(kept.scores(vector), neighbours.scores(vector))


def test_another_vector_gets_its_own_scores() -> None:
    neighbours, rows = fitted(1)
    dense = list(rows)
    each = [neighbours.scores(vector) for vector in dense]
    assert neighbours.scores(dense[-1]) is each[-1]
    assert [int(scores.argmax()) for scores in each] == [0, 1, 1, 2, 2, 2]
    np.testing.assert_array_equal(neighbours.scores(dense[0].copy()), each[0])


def test_sentences_that_are_all_alike_are_kept_too() -> None:
    alike = Neighbours.fit(np.ones((6, 384), dtype=np.float32), LABELS, 384)
    kept = Neighbours.from_arrays(alike.to_arrays())
    assert np.isfinite(kept.scores(np.ones(384, dtype=np.float32))).all()
