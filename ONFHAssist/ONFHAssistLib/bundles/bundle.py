"""Model bundles: a MONAI bundle's layout, checked before anything of it is used.

A bundle is a folder with ``configs/metadata.json``, ``configs/inference.json``, ``docs/README.md`` (model card),
``LICENSE`` and the model: ``models/model.pt`` (a plain state dict) or ``models/model.json`` (numbers of a fitted
scikit-learn or Cox model). ``metadata.json`` holds the SHA-256 of every other file and the bundle's ``kind``
(:mod:`.kinds`); nothing in a bundle is evaluated as code. Layout and field names follow the MONAI bundle specification
and its model zoo.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from ..core.atomic_files import atomic_folder
from ..core.errors import InputError
from ..core.provenance import sha256_of_file
from ..core.resources import resource_path
from .fingerprint import Fingerprint, fingerprint_of, has_settled
from .kinds import KINDS, kind_by_name, kind_of, problem_of_kind

METADATA = "configs/metadata.json"
NO_PATIENT = (
    "no patient's image was used"  # so says the training data of what learned from simulated patients alone
)
NO_DISEASE = (
    "no image of a diseased hip was used"  # the same where disease was painted into real healthy hips
)
OWN_MODELS = "ONFHASSIST_MODELS"  # environment variable, so that the worker and scripts follow it
REQUIRED_FILES = (METADATA, "configs/inference.json", "docs/README.md", "LICENSE")
MODEL_FILES = ("models/model.pt", "models/model.json")
REQUIRED_FIELDS = {
    "name": str,
    "version": str,
    "task": str,
    "description": str,
    "authors": str,
    "copyright": str,
    "changelog": dict,
    "intended_use": str,
    "training_data": str,
    "metrics": dict,
    "accepts": dict,
    "network_data_format": dict,
    "sha256": dict,
}


@dataclass(frozen=True)
class Bundle:
    """A bundle whose files were checked against their hashes.

    Example:
        >>> bundle = load_bundle("rad-dlr-mri")  # by name, or the path of a folder
        >>> bundle.name, bundle.simulated_only
        ('rad-dlr-mri', False)
        >>> bundle.metadata["accepts"]["modality"], bundle.metadata["accepts"]["sequence"]
        (['MR'], ['T1', 'T2', 'T2 FS', 'STIR', 'PD FS'])
        >>> model = bundle.model_json()  # numbers, never a pickle
        >>> [part["title"] for part in model["parts"]]
        ['bright marrow', 'suppressed marrow']

    Attributes:
        path: its folder.
        metadata: the content of ``configs/metadata.json``.
        sha256: hash of ``metadata.json``, which itself holds the hashes of all other files.
        kind: a word of :data:`.kinds.KINDS`; None for a bundle of 0.1.0 that nothing tells the kind of.
    """

    path: Path
    metadata: Mapping[str, Any]
    sha256: str
    kind: str | None = None

    @property
    def name(self) -> str:
        return str(self.metadata["name"])

    @property
    def version(self) -> str:
        return str(self.metadata["version"])

    @property
    def simulated_only(self) -> bool:
        """Whether it says that it learned from no patient."""
        return NO_PATIENT in str(self.metadata["training_data"])

    @property
    def simulated_disease_only(self) -> bool:
        """Whether it says that all disease it learned from was simulated, in simulated or in real healthy hips."""
        return self.simulated_only or NO_DISEASE in str(self.metadata["training_data"])

    def model_json(self) -> dict[str, Any]:
        """The numbers of a fitted statistical model.

        Raises:
            InputError: the file holds something else.
        """
        return self._content_of("models/model.json")

    def settings(self) -> dict[str, Any]:
        """``configs/inference.json``: the network by name, its arguments and transforms.

        Raises:
            InputError: the file holds something else.
        """
        return self._content_of("configs/inference.json")

    def _content_of(self, name: str) -> dict[str, Any]:
        try:
            content = json.loads((self.path / name).read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError) as error:
            raise InputError(
                f"{name} of bundle {self.name} cannot be read as JSON; take the bundle from its source again."
            ) from error
        if not isinstance(content, dict):
            raise InputError(f"{name} of bundle {self.name} is not a JSON object; save the model again.")
        return content

    def state_dict(self) -> dict[str, Any]:
        """The tensors of a network, read without unpickling code.

        Raises:
            InputError: the file holds anything but tensors.
        """
        import pickle

        import torch

        try:
            state = torch.load(self.path / "models/model.pt", map_location="cpu", weights_only=True)
        except (pickle.UnpicklingError, RuntimeError, EOFError) as error:
            raise InputError(
                f"models/model.pt of bundle {self.name} is not a plain state dict; it is refused."
            ) from error
        return cast(dict[str, Any], state)


def models_folder() -> Path:
    """Where the bundles that come with the extension lie."""
    return resource_path("Models")


def own_bundles_folder() -> Path | None:
    """The folder of the user's own bundles, if the environment variable ONFHASSIST_MODELS names one.

    A bundle there takes the place of the extension's of the same folder name, everywhere; which of several bundles of a
    kind answers where nobody chose is the rule of :mod:`.defaults`.

    Raises:
        InputError: the variable names something that is no folder.
    """
    given = os.environ.get(OWN_MODELS, "").strip()
    if not given:
        return None
    folder = Path(given)
    if not folder.is_dir():
        raise InputError(
            f"{OWN_MODELS} is '{given}', which is no folder; name the folder of your bundles or clear it."
        )
    return folder


def bundle_folders() -> dict[str, Path]:
    """Every bundle by name: the extension's, and the user's own before them."""
    folders = {}
    for place in (models_folder(), own_bundles_folder()):
        for path in sorted(place.iterdir()) if place and place.is_dir() else ():
            if (path / METADATA).is_file() or (place == models_folder() and path.is_dir()):
                folders[path.name] = path
    return dict(sorted(folders.items()))


def load_bundle(name_or_path: str | Path) -> Bundle:
    """Check a bundle by name (the user's own before the extension's) or path and open it.

    Files are hashed again only if one of them may have changed since this process hashed them
    (:mod:`.fingerprint` says why that is safe).

    Raises:
        InputError: names what is missing, changed or unexpected; nothing of the bundle was used by then.
    """
    at_hand = bundle_folders()
    # A name comes first, so that no folder that happens to lie in the working directory takes its place.
    path = at_hand.get(str(name_or_path), Path(name_or_path))
    if not path.is_dir():
        known = ", ".join(at_hand) or "none"
        raise InputError(f"There is no model bundle '{name_or_path}'; bundles at hand: {known}.")
    found = _checked(path)
    if isinstance(found, str):
        raise InputError(f"Bundle {path.name} is refused: {found}.")
    return Bundle(path, json.loads(found.metadata), found.sha256, found.kind)


def find_problem(path: Path) -> str | None:
    """What is wrong with the bundle in ``path`` in a few words, or None."""
    found = _checked(path)
    return found if isinstance(found, str) else None


@dataclass(frozen=True)
class _Checked:
    """A bundle that was whole when its files had this fingerprint."""

    fingerprint: Fingerprint
    metadata: bytes
    sha256: str
    kind: str | None


_CHECKED: dict[Path, _Checked] = {}  # by absolute folder
_MOST_CHECKED = 64


def _checked(path: Path) -> _Checked | str:
    """What the check of the bundle in ``path`` found, or in a few words what is wrong with it."""
    key, began, before = path.absolute(), time.time_ns(), fingerprint_of(path)
    known = _CHECKED.get(key)
    if known is not None and known.fingerprint == before:
        return known
    _CHECKED.pop(key, None)
    found = _check(path, before)
    if isinstance(found, _Checked) and has_settled(before, began) and fingerprint_of(path) == before:
        while len(_CHECKED) >= _MOST_CHECKED:
            _CHECKED.pop(next(iter(_CHECKED)), None)
        _CHECKED[key] = found
    return found


def _check(path: Path, fingerprint: Fingerprint) -> _Checked | str:
    for name in REQUIRED_FILES:
        if not (path / name).is_file():
            return f"{name} is missing"
    content = (path / METADATA).read_bytes()
    try:
        metadata = json.loads(content.decode("utf-8"))
    except ValueError:
        return f"{METADATA} is not valid JSON"
    if not isinstance(metadata, dict):
        return f"{METADATA} is not a JSON object"
    for name, expected in REQUIRED_FIELDS.items():
        if not isinstance(metadata.get(name), expected):
            return f"the field '{name}' is missing from {METADATA} or is not a {expected.__name__}"
    problem = problem_of_kind(metadata["kind"]) if "kind" in metadata else None
    problem = problem or _find_changed_file(path, metadata["sha256"])
    sha256 = hashlib.sha256(content).hexdigest()
    return problem or _Checked(fingerprint, content, sha256, kind_of(path, metadata))


def _find_changed_file(path: Path, hashes: Mapping[str, str]) -> str | None:
    present = {p.relative_to(path).as_posix() for p in path.rglob("*") if p.is_file()} - {METADATA}
    if not present & set(MODEL_FILES):
        return "it holds neither models/model.pt nor models/model.json"
    for name in sorted(present - set(hashes)):
        return f"{name} is not listed in {METADATA}"
    for name, expected in sorted(hashes.items()):
        if name not in present:
            return f"{name} is missing"
        if sha256_of_file(path / name) != expected:
            return f"{name} was changed (its SHA-256 differs from {METADATA})"
    return None


def list_bundles(kind: str | None = None) -> list[dict[str, Any]]:
    """Every bundle at hand, or those of one kind: ``name``, ``kind``, ``version``, ``sha256``, ``valid``, ``problem``,
    ``own``."""
    shipped = models_folder()
    return [
        describe_bundle(path) | {"own": path.parent != shipped}
        for path in bundle_folders().values()
        if kind in (None, stated_kind(path))
    ]


def describe_bundle(path: Path) -> dict[str, Any]:
    """One row of :func:`list_bundles`, but for ``own``."""
    found = _checked(path)
    problem = found if isinstance(found, str) else None
    metadata = {} if isinstance(found, str) else json.loads(found.metadata)
    file = path / METADATA
    return {
        "name": path.name,
        "kind": stated_kind(path) if isinstance(found, str) else found.kind,
        "version": metadata.get("version"),
        "sha256": sha256_of_file(file) if file.is_file() else None,
        "valid": problem is None,
        "problem": problem,
    }


def stated_kind(path: Path) -> str | None:
    """The kind that the bundle in ``path`` seems to have, before it was checked; a damaged one has one too."""
    try:
        metadata = json.loads((path / METADATA).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return kind_by_name(path.name)
    return kind_of(path, metadata if isinstance(metadata, dict) else {})


def same_model(one: str, other: str) -> bool:
    """Whether two hashes of bundles name the same model.

    They do where they are equal, and where the description of a bundle at hand changed and not its model: it lists the
    hashes under which it was known before as ``earlier_sha256``. So features that a bundle of 0.1.0 made still fit.
    """
    if one == other:
        return True
    # Also the extension's bundle in whose place one of the user's own stands: its features may lie in a table.
    for path in (*bundle_folders().values(), *sorted(models_folder().glob("*"))):
        file = path / METADATA
        try:
            earlier = json.loads(file.read_text(encoding="utf-8")).get("earlier_sha256", [])
            if earlier and {one, other} <= {sha256_of_file(file), *map(str, earlier)}:
                return True
        except (OSError, ValueError, AttributeError, TypeError):
            continue  # damaged; 'onfh bundles list' says so
    return False


def save_bundle(
    folder: str | Path,
    metadata: Mapping[str, Any],
    card: str,
    *,
    model_json: Mapping[str, Any] | None = None,
    state_dict: Mapping[str, Any] | None = None,
    inference: Mapping[str, Any] | None = None,
) -> Bundle:
    """Write a bundle whole or not at all, and read it back checked.

    Args:
        folder: the new bundle; an older bundle there is replaced, anything else refused.
        metadata: every field of :data:`REQUIRED_FIELDS` but ``sha256``, and ``kind``.
        card: the model card, Markdown.
        model_json: numbers of a fitted statistical model, or
        state_dict: tensors of a network.
        inference: the network's name and arguments (from the project's fixed table) and its transforms.
    """
    folder = Path(folder)
    if folder.exists() and any(folder.iterdir()) and not (folder / METADATA).is_file():
        raise InputError(f"{folder} is not empty and not a bundle; choose another folder.")
    if (model_json is None) == (state_dict is None):
        raise ValueError("give either model_json or state_dict")
    if metadata.get("kind") not in KINDS:
        raise ValueError(f"the kind {metadata.get('kind')!r} is not one of {', '.join(KINDS)}")
    with atomic_folder(folder) as new:
        for name in ("configs", "docs", "models"):
            (new / name).mkdir(parents=True)
        _write_json(new / "configs/inference.json", inference or {})
        (new / "docs/README.md").write_text(card, encoding="utf-8", newline="\n")
        licence = resource_path("LICENSE-models.txt").read_text(encoding="utf-8")
        (new / "LICENSE").write_text(licence, encoding="utf-8", newline="\n")
        if model_json is not None:
            _write_json(new / "models/model.json", model_json)
        elif state_dict is not None:
            import torch

            torch.save(dict(state_dict), new / "models/model.pt")
        hashes = {
            p.relative_to(new).as_posix(): sha256_of_file(p) for p in sorted(new.rglob("*")) if p.is_file()
        }
        described = {
            key: value for key, value in metadata.items() if key != "earlier_sha256"
        }  # of another model
        _write_json(new / METADATA, {**described, "sha256": hashes})
        problem = find_problem(new)
        if problem:
            raise ValueError(f"the bundle to be written is not valid: {problem}")
    return load_bundle(folder)


def _write_json(path: Path, content: Mapping[str, Any]) -> None:
    text = json.dumps(content, indent=1, sort_keys=False, allow_nan=False, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")
