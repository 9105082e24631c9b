"""Before the first run: what this computer has, what is missing, from where it would come and how large it is.

Nothing is imported and no network is asked to find this out; installing waits for the user's consent.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import slicer
from slicer.i18n import tr as _

from ..core.language import sentence
from .packages import STEP_PACKAGES, install_packages
from .run import run_check
from .scheduling import BackgroundThread

if TYPE_CHECKING:
    from .protocols import ComputerWidgets

GIB, MB = 2.0**30, 1e6
# On the disk, with what they bring along, in MB: measured with wheels of November 2026 for Linux.
INSTALLED_SIZE_MB = {
    "torch": 760,  # without CUDA; with it about 5,000
    "monai": 15,
    "numba": 215,
    "pandas": 80,
    "scikit-learn": 55,
    "matplotlib": 90,
    "PyYAML": 3,
    "PyWavelets": 10,
    "jinja2": 1,
}
RUN_ALL = ("segment", "deep", "predict dlr", "stage")
_QUERY = ("nvidia-smi", "--query-gpu=name,memory.total,memory.free", "--format=csv,noheader,nounits")


@dataclass(frozen=True)
class Computer:
    """What was found.

    Attributes:
        missing: package to the steps that need it.
        ready: steps that can run, and ``RUN_ALL`` only where all of its steps can.
        cores: of the processor. ``memory_gib``: (all, free) or None. ``disk_gib``: free where packages go.
        gpus: (name, all GiB, free GiB) of each NVIDIA GPU.
        packages_folder: folder of the packages.
    """

    missing: dict[str, list[str]]
    ready: list[str]
    cores: int
    memory_gib: tuple[float, float] | None
    disk_gib: float
    gpus: list[tuple[str, float, float]]
    packages_folder: str

    @property
    def missing_mb(self) -> int:
        """About what the missing packages take on the disk."""
        return sum(INSTALLED_SIZE_MB.get(name, 20) for name in self.missing)

    @property
    def has_disk_space(self) -> bool:
        """Whether the disk has room for them, twice over: they are unpacked beside their archives."""
        return self.disk_gib * GIB > 2 * self.missing_mb * MB


def inspect_computer() -> Computer:
    """Look at this computer; takes a moment where a GPU has to be woken, so call it from a thread."""
    importlib.invalidate_caches()
    missing: dict[str, list[str]] = {}
    for step, packages in STEP_PACKAGES.items():
        for name, module in packages.items():
            if importlib.util.find_spec(module) is None:
                missing.setdefault(name, []).append(step)
    lacking = {step for steps in missing.values() for step in steps}
    place = sysconfig.get_path("purelib")
    return Computer(
        missing,
        [step for step in STEP_PACKAGES if step not in lacking],
        os.cpu_count() or 1,
        _memory(),
        shutil.disk_usage(place).free / GIB,
        _gpus(),
        place,
    )


def _gpus() -> list[tuple[str, float, float]]:
    if shutil.which(_QUERY[0]) is None:
        return []
    try:
        hidden = getattr(subprocess, "CREATE_NO_WINDOW", 0)
        done = subprocess.run(
            _QUERY, capture_output=True, text=True, timeout=10, check=True, creationflags=hidden
        )
    except (OSError, subprocess.SubprocessError):
        return []
    found = []
    for line in done.stdout.splitlines():
        name, total, free = (cell.strip() for cell in line.rsplit(",", 2))
        if total.isdigit() and free.isdigit():  # "[N/A]" where memory is shared with the computer
            found.append((name, int(total) / 1024, int(free) / 1024))
    return found


def _memory() -> tuple[float, float] | None:
    """(all, free) in GiB."""
    if sys.platform == "win32":
        status = (ctypes.c_ulonglong * 8)()  # MEMORYSTATUSEX: two 32-bit fields, then seven of 64 bits
        ctypes.memmove(status, (ctypes.c_ulong * 2)(64, 0), 8)
        if not ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status)):
            return None
        return status[1] / GIB, status[2] / GIB
    facts = Path("/proc/meminfo")
    if facts.is_file():
        lines = dict(line.split(":", 1) for line in facts.read_text(encoding="ascii").splitlines())
        kilobytes = (float(lines[name].split()[0]) for name in ("MemTotal", "MemAvailable"))
        total, free = (value * 1024 / GIB for value in kilobytes)
        return total, free
    try:
        total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / GIB
    except (ValueError, OSError):
        return None
    return total, total  # a Mac says what is there, not what is free


def step_names() -> dict[str, str]:
    """Steps as people call them."""
    return {
        "segment": _("find and outline"),
        "extract": _("radiomics features"),
        "robustness": _("robustness of features"),
        "deep": _("deep features"),
        "stage": _("stage with heatmap"),
        "predict": _("probability by radiomics"),
        "predict dlr": _("probability by radiomics and deep features"),
        "survival model": _("survival by radiograph or by a model of your own"),
        "report": _("report"),
        "develop dlr": _("develop diagnostic models"),
        "develop survival": _("develop survival models"),
    }


def source_of(package: str) -> str:
    """Where a package comes from."""
    if package == "torch":
        return _("the extension PyTorch, from download.pytorch.org")
    return _("the Python package index, pypi.org")


def describe_computer(found: Computer) -> str:
    """Rich text of what was found."""
    names = step_names()
    lines = [_hardware(found)]
    if found.missing:
        rows = "".join(
            f"<tr><td>{name}&nbsp;&nbsp;</td><td align='right'>{INSTALLED_SIZE_MB.get(name, 20)} MB&nbsp;&nbsp;</td>"
            f"<td>{source_of(name)}</td></tr>"
            for name in sorted(found.missing, key=str.lower)
        )
        lacking = [names[s] for s in names if any(s in steps for steps in found.missing.values())]
        lines += [
            _("<b>Missing</b>, about {size} MB on the disk ({place}):").format(
                size=found.missing_mb, place=found.packages_folder
            ),
            f"<table>{rows}</table>"
            + _("<b>Without them</b> these do not work: {steps}.").format(steps=", ".join(lacking)),
        ]
        if not found.has_disk_space:
            lines.append(_("<b>The disk has too little room</b> for them; make some first."))
    else:
        lines.append(_("<b>Nothing is missing</b>: every step works, and none needs the network."))
    if found.ready and found.missing:
        lines.append(_("<b>Ready</b>: {steps}.").format(steps=", ".join(names[s] for s in found.ready)))
    lines.append(
        _(
            "<b>Always there</b>: outlines by sphere or circle, measurements, comparison of readers, and the survival of "
            "the published clinical model."
        )
    )
    return "<br>".join(lines)


def _hardware(found: Computer) -> str:
    parts = [_("{n} cores").format(n=found.cores)]
    if found.memory_gib:
        parts.append(
            _("{free:.1f} of {all:.1f} GB memory free").format(
                free=found.memory_gib[1], all=found.memory_gib[0]
            )
        )
    parts.append(_("{free:.0f} GB free on the disk").format(free=found.disk_gib))
    for name, total, free in found.gpus:
        parts.append(_("GPU {name}, {free:.1f} of {all:.1f} GB free").format(name=name, free=free, all=total))
    text = _("<b>This computer</b>: {facts}.").format(facts=", ".join(parts))
    return text if found.gpus else text + " " + _("No NVIDIA GPU was found; none is needed.")


class SystemCheckPanel:
    """The group "This computer" of the home panel.

    Args:
        ui: widgets ``computerGroup``, ``computerLabel``, ``checkButton``, ``installButton``, ``statusLabel``.
        inspect: what finds the facts.
    """

    def __init__(self, ui: ComputerWidgets, inspect: Callable[[], Computer] = inspect_computer) -> None:
        self._ui, self._inspect = ui, inspect
        self._found: Computer | None = None
        self._thread: BackgroundThread | None = None
        ui.installButton.enabled = False
        ui.checkButton.connect("clicked()", self.check)
        ui.installButton.connect("clicked()", self.install)

    @property
    def found(self) -> Computer:
        """What was found; it has to be looked for first."""
        if self._found is None:
            self._found = self._inspect()
        return self._found

    @property
    def checking(self) -> bool:
        """Whether it is still looking."""
        return self._thread is not None

    def check(self) -> None:
        """Look at the computer, beside the window."""
        if self._thread is None:
            self._ui.computerLabel.text = _("Looking ...")
            self._thread = BackgroundThread(self._find, self._show, self._failed)

    def _find(self) -> None:
        self._found = self._inspect()

    def _show(self) -> None:
        self._thread = None
        self._ui.computerLabel.text = describe_computer(self.found)
        self._ui.installButton.enabled = bool(self.found.missing) and self.found.has_disk_space

    def _failed(self, error: Exception) -> None:
        self._thread = None
        self._ui.computerLabel.text = sentence(str(error))

    def install(self, consent: bool | None = None) -> None:
        """Install what is missing once the user agrees; ``consent`` answers in the user's place, for scripts."""
        names = sorted(self.found.missing, key=str.lower)
        question = _("Install {names}, about {size} MB, from {places}?").format(
            names=", ".join(names),
            size=self.found.missing_mb,
            places=_(" and ").join(sorted({source_of(name) for name in names})),
        )
        if consent is None:
            consent = slicer.util.confirmOkCancelDisplay(question)
        if not consent:
            self._ui.statusLabel.text = _("Nothing was installed.")
            return
        if run_check(self._ui, _("Installing ..."), lambda _progress: self._install(names)):
            from .module_widget import warm_worker

            warm_worker()  # what is compiled once on a computer is compiled now, not for the first patient
        self.check()

    def _install(self, names: list[str]) -> str:
        install_packages(names)
        return _("Installed: {names}.").format(names=", ".join(names))

    def cancel(self) -> None:
        """The panel goes away."""
        if self._thread is not None:
            self._thread.cancel()
            self._thread = None
