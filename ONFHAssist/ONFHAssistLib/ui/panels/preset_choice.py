"""Which presets a panel offers: those that fit the volume, in its plane for a radiograph and in space for MRI."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ...core.resources import resource_path
from ...scene.results.radiographs import is_radiograph_volume

_IN_PLANE = re.compile(r"^\s*force2D:\s*true", re.MULTILINE)


def presets_for(volume: Any = None) -> list[str]:
    """Names of the shipped presets for a volume node, the studies' own first; None stands for an MRI."""
    flat = is_radiograph_volume(volume)
    files = sorted(resource_path("Presets").glob("*.yaml"))
    names = [p.stem for p in files if bool(_IN_PLANE.search(p.read_text(encoding="utf-8"))) == flat]
    return sorted(names, key=lambda name: name != "dlr-mri")


def set_choices(combo: Any, names: Sequence[str], chosen: str) -> str:
    """Bring a combo box to ``names`` and return what is chosen: ``chosen``, or the first where it is not offered."""
    chosen = chosen if chosen in names else names[0]
    if [combo.itemText(i) for i in range(combo.count)] != list(names):
        was_blocked = combo.blockSignals(True)
        combo.clear()
        for name in names:
            combo.addItem(name)
        combo.blockSignals(was_blocked)
    combo.currentIndex = combo.findText(chosen)
    return chosen
