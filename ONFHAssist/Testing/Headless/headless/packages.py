"""``slicer.packaging`` and ``slicer.i18n``; nothing is ever installed texts are translated as Qt does."""

from __future__ import annotations

import importlib.metadata
import inspect
import logging
import re
import shlex
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import slicer

from .qt.pythonqt import QtCore


@dataclass
class Installations:
    """What modules asked for: what ``pip_ensure`` found missing, and what pip was told to do."""

    ensured: list[list[str]] = field(default_factory=list)
    installed: list[list[str]] = field(default_factory=list)
    uninstalled: list[list[str]] = field(default_factory=list)

    def clear(self) -> None:
        for asked in (self.ensured, self.installed, self.uninstalled):
            asked.clear()


installations = Installations()
_PLACEHOLDER = re.compile(r"(?<!\{)\{([^\{\}]+)\}(?!\})")  # as Slicer finds them


def _requirements(wanted: Any) -> list[Any]:
    """A list of requirements, or one or several in a text, as ``packaging`` reads them."""
    # only when a module asks for something
    from packaging.requirements import InvalidRequirement, Requirement

    if not isinstance(wanted, str):
        return [Requirement(str(one)) for one in wanted]
    try:
        return [Requirement(wanted)]
    except InvalidRequirement:
        return [Requirement(word) for word in shlex.split(wanted)]


def _is_met(requirement: Any) -> bool:
    if requirement.marker is not None and not requirement.marker.evaluate():
        return True
    try:
        return importlib.metadata.version(requirement.name) in requirement.specifier
    except importlib.metadata.PackageNotFoundError:
        return False


def pip_check(requirements: Any) -> bool:
    """Whether all of them are installed in an accepted version."""
    return all(_is_met(requirement) for requirement in _requirements(requirements))


def pip_ensure(
    requirements: Any,
    constraints: str | Path | None = None,
    skip_packages: list[str] | None = None,
    prompt_install: bool = True,
    prompt_restart: bool = True,
    requester: str | None = None,
    skip_in_testing: bool = True,
    show_progress: bool = True,
) -> None:
    """Record what is missing; under ``--testing`` the application skips its installation as well."""
    missing = [str(requirement) for requirement in _requirements(requirements) if not _is_met(requirement)]
    if not missing:
        return
    installations.ensured.append(missing)
    if skip_in_testing and slicer.app.testingEnabled():
        logging.info("Testing mode is enabled: skipping pip_ensure for %s", missing)
    else:
        pip_install(missing)


def pip_install(requirements: str | list[str], *_: Any, **__: Any) -> None:
    """Record the request. The environment is never changed."""
    installations.installed.append(_words(requirements))


def pip_uninstall(requirements: str | list[str], *_: Any, **__: Any) -> None:
    """Record the request. The environment is never changed."""
    installations.uninstalled.append(_words(requirements))


def _words(requirements: str | list[str]) -> list[str]:
    return shlex.split(requirements) if isinstance(requirements, str) else list(requirements)


def tr(text: str) -> str:
    """What modules import as ``_``: translated in the context of the file that asks, as Slicer does.

    A translation whose placeholders are not those of the text is not used.
    """
    frame = inspect.currentframe()
    asking = Path(frame.f_back.f_code.co_filename)  # type: ignore[union-attr]
    inside = (asking.parent / "__init__.py").is_file()
    translated = translate(f"{asking.parent.name}.{asking.stem}" if inside else asking.stem, text)
    if set(_PLACEHOLDER.findall(text)) != set(_PLACEHOLDER.findall(translated)):
        logging.warning("translation of '%s' to '%s': placeholders do not match", text, translated)
        return text
    return translated


def translate(context: str, text: str, disambiguation: str | None = None, n: int = -1) -> str:
    """By the translators that were installed; the text itself where none knows it."""
    return QtCore.QCoreApplication.translate(context, text)


def slicer_modules() -> dict[str, ModuleType]:
    """``slicer.i18n`` and ``slicer.packaging``."""
    contents = {"i18n": (tr, translate), "packaging": (pip_check, pip_ensure, pip_install, pip_uninstall)}
    modules = {}
    for name, members in contents.items():
        modules[f"slicer.{name}"] = module = ModuleType(f"slicer.{name}")
        vars(module).update({member.__name__: member for member in members})
    return modules
