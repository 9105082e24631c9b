"""Putting a bundle into use: into the user's own folder, under the name by which every step asks for its kind."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from ..core.atomic_files import atomic_folder
from ..core.errors import InputError
from .bundle import OWN_MODELS, Bundle, load_bundle, own_bundles_folder
from .kinds import KINDS

EARLIER = "earlier"  # folder of what was in use before; nothing in it answers


@dataclass(frozen=True)
class Accepted:
    """A bundle that is in use now, and where the one before it was put (None where there was none of the user's own)."""

    bundle: Bundle
    earlier: Path | None


def use_bundle(candidate: str | Path, into: str | Path | None = None) -> Accepted:
    """Copy a checked bundle into the folder of the user's own, in place of the one that answers for its kind.

    Args:
        candidate: folder of the bundle.
        into: the user's own folder; the one that ``ONFHASSIST_MODELS`` names if left out.

    Raises:
        InputError: the bundle is not valid or of no known kind, or there is no folder of the user's own.
    """
    bundle = load_bundle(Path(candidate).absolute())
    folder = Path(into) if into is not None else own_bundles_folder()
    if folder is None:
        raise InputError(
            f"There is no folder for bundles of your own; choose one on the home panel, set {OWN_MODELS}, or name it."
        )
    if bundle.kind is None:
        raise InputError(f"The bundle {bundle.name} states no kind; train it anew with this version.")
    standard = KINDS[bundle.kind].standard
    target = folder / (bundle.name if bundle.name in standard else standard[0])
    if target.absolute() == bundle.path.absolute():
        raise InputError(f"{target} is in use already.")
    kept = _put_away(target, folder)
    with atomic_folder(target) as new:
        shutil.copytree(bundle.path, new, dirs_exist_ok=True)
    return Accepted(load_bundle(target.absolute()), kept)


def _put_away(target: Path, folder: Path) -> Path | None:
    """A copy of what is in use, under its hash, so that a user can go back."""
    if not target.is_dir():
        return None
    kept = folder / EARLIER / f"{target.name}-{load_bundle(target.absolute()).sha256[:8]}"
    if not kept.is_dir():
        with atomic_folder(kept) as new:
            shutil.copytree(target, new, dirs_exist_ok=True)
    return kept
