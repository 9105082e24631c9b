"""The language of the window: Slicer's, for the texts of the panels by Qt and for those of the library by its own file.

A module asks for it first of all, before it says anything. Slicer's language packs know the application and its own
modules; the translation of these panels travels with the extension, as ``Resources/Translations/ONFHAssist_LANGUAGE.qm``,
made from the ``.ts`` file of the same name.
"""

from __future__ import annotations

import logging
from typing import Any

import qt
import slicer

from ..core.language import ENGLISH, choose, matching
from ..core.resources import resource_path

_installed: dict[str, Any] = {}  # Qt keeps no translator alive


def language_of_slicer() -> str:
    """The language of the application, such as "zh-CN"; English where it is not known or switched off."""
    settings = slicer.app.userSettings()
    if str(settings.value("Internationalization/Enabled", True)).lower() == "false":
        return ENGLISH
    name = getattr(slicer.app, "applicationLocaleName", None)  # of 5.3 and later
    name = name() if callable(name) else name
    return str(name or settings.value("language") or ENGLISH)


def speak_slicers_language() -> str:
    """Let panels and library speak the application's language, English where there is no translation; once is enough."""
    language = matching(language_of_slicer()) or ENGLISH
    choose(language)
    if language != ENGLISH and language not in _installed:
        file = resource_path("Translations", f"ONFHAssist_{language}.qm")
        translator = qt.QTranslator()
        if translator.load(str(file)):
            slicer.app.installTranslator(translator)
            _installed[language] = translator
        else:
            logging.warning("ONFHAssist: Qt could not load %s; the panels stay English.", file)
    return language
