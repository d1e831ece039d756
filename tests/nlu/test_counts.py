"""The quick look-up of n-grams gives what scikit-learn gives."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from nlu.counts import Counts

TEXTS = [
    "ik zit achter de kassa",
    "Ik werk bij de bank, al 20 jaar!",
    "de kassa is dicht",
    "bank",
    "20 jaar kassa, 20 jaar bank",
]


def test_a_row_is_the_row_that_training_saw() -> None:
    counts, rows = Counts.fit(TEXTS)
    for text, trained in zip(TEXTS, rows.toarray(), strict=True):
        places, values = counts.row(text)
        row = np.zeros(counts.size, dtype=np.float32)
        row[places] = values
        assert np.allclose(row, trained, atol=1e-6)
        assert trained.any()


def test_what_is_kept_counts_the_same() -> None:
    counts, _ = Counts.fit(TEXTS)
    again = Counts.from_arrays(counts.to_arrays())
    assert all(map(np.array_equal, counts.row(TEXTS[1]), again.row(TEXTS[1])))


@given(st.text(max_size=300))
def test_any_text_has_a_row(text: str) -> None:
    counts, _ = Counts.fit(TEXTS)
    places, values = counts.row(text)
    assert len(places) == len(values)
    assert np.isfinite(values).all()
    assert (places < counts.size).all()
