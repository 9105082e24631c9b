"""Bundles on disk for the tests: copies of the shipped ones, described anew, and as version 0.1.0 wrote them."""

import json
import shutil
from pathlib import Path
from typing import Any

from ONFHAssistLib.bundles.bundle import METADATA, models_folder
from ONFHAssistLib.core.provenance import sha256_of_file

SETTINGS = "configs/inference.json"
MOVED = {"ONFHAssistLib.stage.muldensenet": "ONFHAssistLib.predict.muldensenet"}  # now: in 0.1.0


def copy_of(name: str, folder: Path) -> Path:
    """A copy of a shipped bundle."""
    return Path(shutil.copytree(models_folder() / name, folder))


def describe_anew(folder: Path, **fields: Any) -> Path:
    """Change fields of metadata.json; None takes one out. The hashes of the other files are made to fit."""
    path = folder / METADATA
    metadata = json.loads(path.read_text(encoding="utf-8")) | fields
    metadata = {key: value for key, value in metadata.items() if value is not None}
    metadata["sha256"] = {name: sha256_of_file(folder / name) for name in metadata["sha256"]}
    _write(path, metadata)
    return folder


def set_up_anew(folder: Path, **settings: Any) -> Path:
    """Change fields of inference.json, as a new training would."""
    path = folder / SETTINGS
    _write(path, json.loads(path.read_text(encoding="utf-8")) | settings)
    return describe_anew(folder)


def as_0_1_0(folder: Path) -> Path:
    """Describe a copy of a shipped bundle byte for byte as 0.1.0 did: no kind, and modules where they lay then."""
    path = folder / SETTINGS
    text = path.read_text(encoding="utf-8")
    for now, then in MOVED.items():
        text = text.replace(now, then)
    path.write_text(text, encoding="utf-8", newline="\n")
    return describe_anew(folder, kind=None, earlier_sha256=None)


def _write(path: Path, content: Any) -> None:
    text = json.dumps(content, indent=1, allow_nan=False, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")
