"""Prints how accuracy grows with the training data, and what the embedding adds, as JSON.

    python -m bench.learning_curve [FILE]

FILE is a held-out file (tests/nlu/heldout_blind.yml). The share of the training sentences is drawn
anew for each size, the same for both kinds of model; the rules before and after the model are left
out, so the last line lies a little below `zijstap evaluate`.
"""

import json
import sys
from pathlib import Path

import numpy as np

from bot.dialogue.evaluation import OUT_OF_SCOPE, Example, read_examples
from nlu.cleaning import clean
from nlu.counts import Counts
from nlu.intent_model import IntentModel
from nlu.vectors import KeptVectors

ROOT = Path(__file__).resolve().parent.parent
SHARES = (0.1, 0.25, 0.5, 0.75, 1.0)


def score(
    model: IntentModel, counts: Counts, unseen: list[Example], dense: np.ndarray | None
) -> dict[str, float]:
    """Give top-1 and top-3 of the sentences in scope, and the recall of those out of scope."""
    vectors = [None] * len(unseen) if dense is None else list(dense)
    scores = np.stack(
        [
            model.scores(counts.row(clean(one.text)), vector)
            for one, vector in zip(unseen, vectors, strict=True)
        ]
    )
    ranked = np.asarray(model.intents)[np.argsort(-scores, axis=1)[:, :3]]
    wanted = np.asarray([one.intent for one in unseen])
    known = wanted != OUT_OF_SCOPE
    first = ranked[:, 0] == wanted
    return {
        "in_scope_top_1": round(float(first[known].mean()), 3),
        "in_scope_top_3": round(float((ranked == wanted[:, None]).any(axis=1)[known].mean()), 3),
        "out_of_scope_recall": round(float(first[~known].mean()), 3),
    }


def curve(unseen: list[Example]) -> list[dict[str, object]]:
    """Give a row for each size and kind of model."""
    kept = KeptVectors(ROOT / "data" / "nlu_vectors.npz")
    files = sorted((ROOT / "data" / "nlu").glob("*.yml"))
    training = [one for file in files for one in read_examples(file)]
    order = np.random.default_rng(0).permutation(len(training))
    unseen_vectors = kept.of([clean(one.text) for one in unseen])
    rows: list[dict[str, object]] = []
    for share in SHARES:
        part = [training[i] for i in order[: round(share * len(training))]]
        texts, intents = [clean(one.text) for one in part], [one.intent for one in part]
        counts, counted = Counts.fit(texts)
        for name, dense, other in (
            ("characters", None, None),
            ("characters and embedding", kept.of(texts), unseen_vectors),
        ):
            model = IntentModel.fit(counted, intents, dense)
            rows.append({"sentences": len(part), "of": name} | score(model, counts, unseen, other))
    return rows


if __name__ == "__main__":
    given = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "tests/nlu/heldout_blind.yml"
    for row in curve(read_examples(given)):
        print(json.dumps(row))
