"""Figures in the chosen language, in a font that has its characters."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from ...core.language import ENGLISH, chosen, sentence
from ...core.language import text as _

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# With simplified Chinese characters: of Linux, Windows and macOS, by the names that matplotlib knows them by.
CHINESE_FONTS = (
    *("Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei"),
    *("Microsoft YaHei", "SimHei", "SimSun", "PingFang SC", "Heiti SC", "STHeiti", "Hiragino Sans GB"),
    # a collection is known by its first name; it has all characters
    *("Arial Unicode MS", "Noto Sans CJK JP", "Noto Serif CJK SC", "Noto Serif CJK JP"),
)
_NEEDED = "股骨头坏死联合角术后无塌陷"  # what a chart says; a Japanese font lacks some of them


@lru_cache
def chinese_font() -> str | None:
    """The name of an installed font with simplified Chinese characters, None where there is none.

    One of :data:`CHINESE_FONTS` if there is; else any that has the characters, whatever its name.
    """
    from matplotlib import font_manager

    files = {font.name: font.fname for font in reversed(font_manager.fontManager.ttflist)}
    known = next((name for name in CHINESE_FONTS if name in files and Path(files[name]).is_file()), None)
    return known or next((name for name in sorted(files) if _has_characters(files[name])), None)


def _has_characters(file: str) -> bool:
    """Whether a font file draws what charts say; False for one that cannot be read."""
    from matplotlib.ft2font import FT2Font

    try:
        font = FT2Font(file)
        return all(font.get_char_index(ord(one)) for one in _NEEDED)
    except (OSError, RuntimeError):
        return False


def font_problem() -> str:
    """Why charts are English although another language is chosen, with what to install; empty where they are not."""
    if chosen() == ENGLISH or chinese_font() is not None:
        return ""
    return _(
        "No font with Chinese characters is installed on this computer, so that the charts are in English; install Noto "
        "Sans CJK (Linux: the package fonts-noto-cjk), Microsoft YaHei or SimSun (Windows) or PingFang SC (macOS)."
    )


def speak(figure: Figure) -> None:
    """Put every text of a figure into the chosen language; where no font has its characters, the figure stays English.

    A page with such figures says so (:func:`font_problem`).
    """
    from matplotlib.text import Text

    if chosen() == ENGLISH:
        return
    font = chinese_font()
    if font is None:
        return
    for artist in figure.findobj(Text):
        assert isinstance(artist, Text)
        said = artist.get_text()
        lines = [sentence(line) for line in said.split("\n")]
        whole = sentence(said.replace("\n", " "))
        spoken = whole if whole != said.replace("\n", " ") else "\n".join(lines)
        if spoken != said:
            artist.set_text(spoken)
        # digits and Latin letters as before, the rest from the second
        artist.set_fontfamily([*_own(artist.get_fontfamily()), font])


def _own(families: list[str]) -> list[str]:
    """The families of a text that are drawn before the Chinese one: columns of figures stay in one width."""
    return ["DejaVu Sans Mono"] if "monospace" in families else ["DejaVu Sans"]
