"""Trains linear support vector machines, one a label against the rest, on two cores.

The labels are always trained in the same two parts, whatever the machine has: each part has its own
seed, and so the number of cores changes nothing in what is learnt.
"""

from collections.abc import Mapping

import numpy as np
from joblib import Parallel, delayed
from scipy.sparse import csr_matrix
from sklearn.svm import LinearSVC

REGULARISATION = 0.4
TOLERANCE = 1e-2
"""A hundred times finer takes half as long again and names the same intents."""
PARTS = 2
REST = ""
"""Stands for the labels of the other part."""


def fit_machine(
    rows: csr_matrix, is_it: np.ndarray, tolerance: float = TOLERANCE
) -> tuple[np.ndarray, float]:
    """Train one machine on rows (n x size) and n booleans; give its weights (size) and its bias."""
    machine = LinearSVC(C=REGULARISATION, tol=tolerance, random_state=0).fit(rows, is_it)
    return machine.coef_[0].astype(np.float32), float(machine.intercept_[0])


def fit_machines(
    rows: csr_matrix,
    labels: np.ndarray,
    weights: Mapping[str, float] | None = None,
    tolerance: float = TOLERANCE,
) -> tuple[list[str], np.ndarray, np.ndarray]:
    """Train a machine for each label; give the labels (sorted), weights (size x labels) and biases.

    Args:
        rows: n x size.
        labels: n of them.
        weights: how much more a row of a label counts.
    """
    names = np.unique(labels)
    trained = Parallel(n_jobs=PARTS)(
        delayed(_fit_part)(rows, np.where(np.isin(labels, part), labels, REST), weights, tolerance)
        for part in np.array_split(names, PARTS)
    )
    columns = np.concatenate([coefficients for coefficients, _ in trained])
    return names.tolist(), columns.T, np.concatenate([biases for _, biases in trained])


def _fit_part(
    rows: csr_matrix, labels: np.ndarray, weights: Mapping[str, float] | None, tolerance: float
) -> tuple[np.ndarray, np.ndarray]:
    own = None if weights is None else {label: weights.get(label, 1.0) for label in set(labels)}
    machine = LinearSVC(C=REGULARISATION, tol=tolerance, class_weight=own, random_state=0)
    machine.fit(rows, labels)
    coefficients, biases = machine.coef_, machine.intercept_
    if len(machine.classes_) == 2:  # noqa: PLR2004 (scikit-learn gives one machine for two labels)
        coefficients = np.concatenate([-coefficients, coefficients])
        biases = np.concatenate([-biases, biases])
    kept = machine.classes_ != REST
    return coefficients[kept].astype(np.float32), biases[kept].astype(np.float32)
