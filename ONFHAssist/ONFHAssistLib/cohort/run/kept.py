"""Answers of steps that are kept in a case's folder, each under the key of what it was made from.

An answer is one JSON file that names the hashes of the images that belong to it. It is taken only where its key is the
one asked for and its images are as they were: a run that ended at any moment, also between an image and its answer,
leaves nothing that is taken for whole.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ...core.atomic_files import PART, write_text
from ...core.provenance import sha256_of_file
from .steps import hash_of

FOLDER = "steps"
_TIMES = ("created", "seconds", "time")


@dataclass(frozen=True)
class Answer:
    """What a step gave.

    Attributes:
        value: as JSON; without times, so that the same input gives the same bytes.
        files: name in the case's folder to the hash of what was written there.
        seconds: that it took when it was computed.
        final: whether it is the answer to this input; a fault of the program or the machine is tried again.
    """

    value: Mapping[str, Any]
    files: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    final: bool = True

    @property
    def output(self) -> str:
        """Hash of value and files: what later steps rest on."""
        return hash_of([self.value, dict(self.files)])


class KeptAnswers:
    """The answers in the folder of one case."""

    def __init__(self, folder: Path) -> None:
        self._case = folder
        self._folder = folder / FOLDER

    def get(self, step: str, key: str) -> Answer | None:
        """The answer of a step under a key; None where there is none, or its images are not what they were."""
        try:
            content = json.loads((self._folder / f"{step}.json").read_text(encoding="utf-8"))
            answer = Answer(content["value"], content["files"], content["seconds"])
            whole = content["key"] == key and content["output"] == answer.output
        except (OSError, ValueError, KeyError, TypeError):
            return None
        if not whole:
            return None
        for name, sha256 in answer.files.items():
            path = self._case / name
            if not path.is_file() or sha256_of_file(path) != sha256:
                return None
        return answer

    def put(self, step: str, key: str, answer: Answer) -> None:
        """Keep the answer of a step.

        Raises:
            OSError: for example a full disk.
        """
        content = {
            "step": step, "key": key, "output": answer.output, "files": dict(answer.files),
            "seconds": answer.seconds, "value": answer.value,
        }  # fmt: skip
        text = json.dumps(content, ensure_ascii=False, allow_nan=False)
        write_text(self._folder / f"{step}.json", text + "\n")

    def forget(self, step: str) -> None:
        """Remove the answer of a step that is about to be made again, before its images change."""
        (self._folder / f"{step}.json").unlink(missing_ok=True)


def remove_parts(folder: Path) -> None:
    """Remove what a run that was ended had begun to write in a case's folder."""
    for part in [*folder.glob(f"{PART}*"), *folder.glob(f"*/{PART}*")]:
        if part.is_file():
            part.unlink(missing_ok=True)


def without_times(value: Any) -> Any:
    """A JSON value without when and how fast it was made, which would differ from run to run."""
    if isinstance(value, Mapping):
        kept = {name: without_times(one) for name, one in value.items() if name not in _TIMES}
        if "seconds" in value:
            kept["seconds"] = {} if isinstance(value["seconds"], Mapping) else 0.0
        return kept
    if isinstance(value, list | tuple):
        return [without_times(one) for one in value]
    return value
