"""Figures in the chosen language, in a font that has its characters."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from ...core.language import ENGLISH, chosen, sentence

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# With simplified Chinese characters: of Linux, Windows and macOS, by the names that matplotlib knows them by.
CHINESE_FONTS = (
    *("Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei"),
    *("Microsoft YaHei", "SimHei", "SimSun", "PingFang SC", "Heiti SC", "STHeiti", "Hiragino Sans GB"),
    *(
        "Arial Unicode MS",
        "Noto Sans CJK JP",
    ),  # a collection is known by its first name; it has all characters
)


@lru_cache
def chinese_font() -> str | None:
    """The name of an installed font with Chinese characters, None where there is none."""
    from matplotlib import font_manager

    installed = {font.name for font in font_manager.fontManager.ttflist}
    return next((name for name in CHINESE_FONTS if name in installed), None)


def speak(figure: Figure) -> None:
    """Put every text of a figure into the chosen language; where no font has its characters, the figure stays English."""
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
        artist.set_fontfamily(
            ["DejaVu Sans", font]
        )  # digits and Latin letters as before, the rest from the second
