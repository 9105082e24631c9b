"""``slicer.i18n`` and ``slicer.packaging``."""

from __future__ import annotations

import importlib.metadata
import logging
import re
import shlex
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

import slicer

# i18n -------------------------------------------------------------------------------------------------------


def translate(context: str, text: str, disambiguation: str | None = None, n: int = -1) -> str:
    """The text itself: there are no translations here."""
    return text


def tr(text: str) -> str:
    """What modules import as ``_``."""
    return text


def getContext(sourceFile: str) -> str:
    return Path(sourceFile).stem


# packaging --------------------------------------------------------------------------------------------------


@dataclass
class Installations:
    """What modules asked to be installed; nothing ever is."""

    ensured: list[list[str]] = field(default_factory=list)
    installed: list[list[str]] = field(default_factory=list)
    uninstalled: list[list[str]] = field(default_factory=list)

    def clear(self) -> None:
        for asked in (self.ensured, self.installed, self.uninstalled):
            asked.clear()


installations = Installations()


def _as_list(requirements: object) -> list[str]:
    if isinstance(requirements, str):
        try:
            return [str(_requirement(requirements))]
        except ValueError:
            return [str(_requirement(word)) for word in shlex.split(requirements)]
    if isinstance(requirements, list):
        return [str(_requirement(str(r))) for r in requirements]
    if hasattr(requirements, "specifier"):
        return [str(requirements)]
    raise TypeError(f"Expected str, Requirement, or list, got {type(requirements).__name__}")


def _requirement(text: str) -> object:
    from packaging.requirements import Requirement  # only when a module asks for something

    return Requirement(text)


def load_requirements(path: str | Path) -> list:
    """The requirements of a ``requirements.txt``, without comments and pip's options."""
    lines = (re.sub(r"(^|\s)#.*", "", line).strip() for line in Path(path).read_text().splitlines())
    return [_requirement(line) for line in lines if line and not line.startswith("-")]


def pip_check(requirements: object) -> bool:
    """Whether all of them are installed in an accepted version."""
    for text in _as_list(requirements):
        requirement = _requirement(text)
        if requirement.marker is not None and not requirement.marker.evaluate():
            continue
        try:
            version = importlib.metadata.version(requirement.name)
        except importlib.metadata.PackageNotFoundError:
            return False
        if version not in requirement.specifier:
            return False
    return True


def pip_ensure(
    requirements: object,
    constraints: str | Path | None = None,
    skip_packages: list[str] | None = None,
    prompt_install: bool = True,
    prompt_restart: bool = True,
    requester: str | None = None,
    skip_in_testing: bool = True,
    show_progress: bool = True,
) -> None:
    """Record what is missing; under ``--testing`` the application skips its installation as well."""
    missing = [text for text in _as_list(requirements) if not pip_check([text])]
    if not missing:
        return
    installations.ensured.append(missing)
    if skip_in_testing and slicer.app.testingEnabled():
        text = ", ".join(missing)
        logging.info("Testing mode is enabled: skipping pip_ensure for [%s]", text)
    else:
        pip_install(missing)


def pip_install(requirements: str | list[str], *_: object, **__: object) -> None:
    """Record the request. The environment is never changed."""
    words = shlex.split(requirements) if isinstance(requirements, str) else list(requirements)
    installations.installed.append(words)
    logging.info("headless Slicer installs nothing: pip_install %s", words)


def pip_uninstall(requirements: str | list[str], *_: object, **__: object) -> None:
    """Record the request. The environment is never changed."""
    words = shlex.split(requirements) if isinstance(requirements, str) else list(requirements)
    installations.uninstalled.append(words)


def _module(name: str, *members: object) -> ModuleType:
    module = ModuleType(name)
    for member in members:
        setattr(module, member.__name__, member)
    return module


def i18n_module() -> ModuleType:
    return _module("slicer.i18n", tr, translate, getContext)


def packaging_module() -> ModuleType:
    return _module("slicer.packaging", load_requirements, pip_check, pip_ensure, pip_install, pip_uninstall)
