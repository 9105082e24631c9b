"""Where the real data of the tests lies; it is not part of the project, so tests skip where it is absent."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[4]


def shared_data(*parts: str) -> Path:
    """Path below ``data`` of the shared folder; skips the calling test where it does not exist.

    The shared folder is ``$ONFH_SHARED``, or ``shared`` beside or in the repository.
    """
    candidates = [Path(os.environ["ONFH_SHARED"])] if "ONFH_SHARED" in os.environ else []
    candidates += [ROOT.parent / "shared", ROOT / "shared"]
    for folder in candidates:
        path = folder.joinpath("data", *parts)
        if path.exists():
            return path
    pytest.skip(f"the shared data {'/'.join(parts)} is not here (set ONFH_SHARED)")
