"""Makes the model file the same, to the byte, from the same data.

What is learnt is the same already; Rasa adds the time, numbers it draws, and lists in the order in
which a set happens to give them. With those settled, two servers or two images can be seen to run
the same model by the hash of the file.
"""

import gzip
import hashlib
import io
import json
import os
import tarfile
from pathlib import Path
from typing import Any

METADATA = "metadata.json"
UNORDERED = ("rules_not_in_stories", "rule_only_slots", "rule_only_loops")
"""Lists of names that Rasa makes of sets."""
DRAWN = "output_fingerprint"
"""A number that Rasa draws for an output that it does not keep."""
NO_TIME = "1970-01-01T00:00:00"
"""When it was trained is told by the file's own time; Rasa wants one here and does nothing with it."""


def settle(model: Path) -> None:
    """Write a model that Rasa has just packed anew, without what differs by chance."""
    with tarfile.open(model) as archive:
        files = {one.name: _read(archive, one) for one in archive if one.isfile()}
    metadata = json.loads(files.pop(METADATA))
    files = {name: _settled(name, content) for name, content in sorted(files.items())}
    learnt = hashlib.sha256()
    for name, content in files.items():
        learnt.update(f"{name} {len(content)}\n".encode() + content)
    # The project's fingerprint is of the place that it was cloned from.
    own = {"trained_at": NO_TIME, "model_id": learnt.hexdigest()[:32], "project_fingerprint": None}
    metadata |= own
    files[METADATA] = _json(metadata, metadata["model_id"])
    # Beside it first: who starts at this moment finds a whole model.
    written = model.with_suffix(".new")
    with (
        written.open("wb") as raw,
        gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as packed,
        tarfile.open(None, "w", packed) as archive,
    ):
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    os.replace(written, model)


def _read(archive: tarfile.TarFile, one: tarfile.TarInfo) -> bytes:
    opened = archive.extractfile(one)
    return opened.read() if opened else b""


def _settled(name: str, content: bytes) -> bytes:
    return _json(json.loads(content), "") if name.endswith(".json") else content


def _json(whole: Any, drawn: str) -> bytes:
    return json.dumps(_in_order(whole, drawn), indent=1, sort_keys=True).encode()


def _in_order(value: Any, drawn: str) -> Any:
    """Give a value with its unordered lists sorted, and `drawn` for each number that was drawn."""
    if isinstance(value, list):
        return [_in_order(one, drawn) for one in value]
    if not isinstance(value, dict):
        return value
    made = {key: _in_order(one, drawn) for key, one in value.items()}
    made |= {key: sorted(made[key]) for key in UNORDERED if key in made}
    return made | {DRAWN: drawn} if DRAWN in made else made
