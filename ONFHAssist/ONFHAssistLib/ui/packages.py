"""Python packages that a step needs and Slicer does not bring; asked for when the step starts, never before."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterable

import slicer
from slicer.i18n import tr as _

from ..core.errors import InputError
from ..core.resources import resource_path

# What each step imports beyond Slicer's own packages: name on the package index -> name to import.
STEP_PACKAGES = {
    "segment": {"monai": "monai", "torch": "torch"},
    "stage": {"numba": "numba", "monai": "monai", "torch": "torch"},
    "survival model": {"pandas": "pandas"},
    "dicom": {"highdicom": "highdicom", "jinja2": "jinja2", "matplotlib": "matplotlib"},
    "review": {"scikit-learn": "sklearn"},
    "train": {"numba": "numba", "monai": "monai", "torch": "torch"},
    "report": {"jinja2": "jinja2", "matplotlib": "matplotlib"},
    "develop survival": {
        "jinja2": "jinja2",
        "matplotlib": "matplotlib",
        "numba": "numba",
        "pandas": "pandas",
    },
    "extract": {"numba": "numba", "PyYAML": "yaml", "PyWavelets": "pywt"},
    "robustness": {"numba": "numba", "PyYAML": "yaml", "PyWavelets": "pywt", "pandas": "pandas"},
    "deep": {
        "numba": "numba",
        "PyYAML": "yaml",
        "PyWavelets": "pywt",
        "monai": "monai",
        "torch": "torch",
    },
    "predict dlr": {
        "numba": "numba",
        "PyYAML": "yaml",
        "PyWavelets": "pywt",
        "pandas": "pandas",
        "scikit-learn": "sklearn",
        "monai": "monai",
        "torch": "torch",
    },
    "develop dlr": {
        "jinja2": "jinja2",
        "matplotlib": "matplotlib",
        "numba": "numba",
        "pandas": "pandas",
        "scikit-learn": "sklearn",
        "PyYAML": "yaml",
    },
    "predict": {
        "numba": "numba",
        "PyYAML": "yaml",
        "PyWavelets": "pywt",
        "pandas": "pandas",
        "scikit-learn": "sklearn",
    },
}


def requirements_of(step: str) -> list[str]:
    """Lines of Resources/requirements.txt that ``step`` needs, with their version ranges."""
    return requirement_lines(STEP_PACKAGES[step])


def requirement_lines(names: Iterable[str]) -> list[str]:
    """Lines of Resources/requirements.txt for these packages, with their version ranges."""
    wanted = {name.lower() for name in names}
    lines = resource_path("requirements.txt").read_text(encoding="utf-8").splitlines()
    stripped = (line.split("#")[0].strip() for line in lines)
    return [line for line in stripped if _package_name(line) in wanted]


def _package_name(line: str) -> str:
    return re.split(r"[<>=!~\[; ]", line, maxsplit=1)[0].lower()


def missing_packages(step: str) -> list[str]:
    """Packages of ``step`` that cannot be imported here."""
    return [name for name, module in STEP_PACKAGES[step].items() if importlib.util.find_spec(module) is None]


def _install_torch() -> None:
    """PyTorch through the PyTorch extension, which chooses the build for this computer and asks first."""
    try:
        import PyTorchUtils
    except ImportError as error:
        raise InputError(
            _(
                "This step needs PyTorch; install the extension 'PyTorch' in the Extensions Manager, restart, try again."
            )
        ) from error
    if not slicer.app.testingEnabled():
        PyTorchUtils.PyTorchUtilsLogic().installTorch(askConfirmation=True)


def ensure_packages(step: str) -> None:
    """Install what ``step`` needs, by Slicer's own dialog and with the user's consent.

    Raises:
        InputError: something is still missing afterwards (declined, offline, or under automatic testing).
    """
    if not missing_packages(step):
        return
    if "torch" in missing_packages(step):
        _install_torch()
    packaging = getattr(slicer, "packaging", None)
    if packaging is not None:
        packaging.pip_ensure(requirements_of(step), requester="ONFHAssist")
    elif not slicer.app.testingEnabled():
        wanted = ", ".join(requirements_of(step))
        if slicer.util.confirmOkCancelDisplay(
            _("This step needs {packages} from the Python package index. Install now?").format(
                packages=wanted
            )
        ):
            slicer.util.pip_install(requirements_of(step))
    still = missing_packages(step)
    if still:
        raise InputError(
            _(
                "This step needs the Python packages {packages}; install them and press the button again."
            ).format(packages=", ".join(still))
        )


def install_packages(names: Iterable[str]) -> None:
    """Install packages that the user has agreed to, by Slicer's own ways; PyTorch through its extension.

    Raises:
        InputError: one is still missing afterwards (offline, refused by the index, or under automatic testing).
    """
    modules = {name: module for packages in STEP_PACKAGES.values() for name, module in packages.items()}
    wanted = list(names)
    if "torch" in wanted:
        _install_torch()
    lines = requirement_lines(wanted)
    packaging = getattr(slicer, "packaging", None)
    problem = ""
    try:
        if lines and packaging is not None:
            packaging.pip_ensure(lines, requester="ONFHAssist")
        elif lines and not slicer.app.testingEnabled():
            slicer.util.pip_install(lines)
    except Exception as error:  # noqa: BLE001 - pip ends in many ways; what counts is what is there afterwards
        problem = f" ({error})"
    importlib.invalidate_caches()
    still = [name for name in wanted if importlib.util.find_spec(modules[name]) is None]
    if still:
        raise InputError(
            _(
                "{packages} could not be installed{problem}; is this computer offline? What needs none of them works; "
                "try again when it is connected."
            ).format(packages=", ".join(still), problem=problem)
        )
