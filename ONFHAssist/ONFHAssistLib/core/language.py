"""The language in which the library speaks to people: reports, charts, and the sentences of its steps.

Files hold one language: a result, a table or a warning is stored in English, so that it can be compared, looked up and
read anywhere; it is translated where a person reads it. Panels and the scene speak through Slicer's own translation
system (``slicer.i18n.tr``, see :mod:`..ui.language`); this room knows no Slicer and reads its ``.ts`` file, which Qt's
tools read as well, by the standard library.

:func:`text` translates a text that stands in the code (imported as ``_``), :func:`mark` marks one that is translated
where it is used, :func:`sentence` translates a finished English sentence, such as a warning that a result holds. The
language is one of the process, as a locale is: a window, a command or a request to the worker chooses it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree

from .errors import InputError
from .resources import resource_path

ENGLISH = "en"
LIBRARY = "ONFHAssistLib"  # name of the file of this room's texts, before the language
PLACEHOLDER = re.compile(r"\{([A-Za-z_]\w*)(?:![rs])?(?::[^{}]*)?\}")
_ENDS = re.compile(r"(?<=[.;:])\s+")  # where a part of what is said may end
_NEXT = re.compile(r"(?<=\.)\s+(?=[A-Z0-9])")  # where one sentence ends and the next begins
_IN_A_ROW = re.compile(r", | and ")
_SIGNS = {";": "；", ":": "：", ".": "。"}  # as Chinese writes them, without a space after
_chosen = [ENGLISH]


def languages() -> list[str]:
    """The languages that can be chosen: English, and those with a file in ``Resources/Translations``."""
    files = resource_path("Translations").glob(f"{LIBRARY}_*.ts")
    return [ENGLISH, *sorted(file.stem.removeprefix(f"{LIBRARY}_") for file in files)]


def matching(name: str) -> str | None:
    """The language of :func:`languages` that a locale such as ``zh_CN.UTF-8``, "zh-Hans" or "en_GB" asks for, or None.

    Traditional characters are not simplified ones: zh_TW and zh_HK have no file, and get none of another script.
    """
    plain = name.partition(".")[0].replace("_", "-").lower()
    if plain in {"zh", "zh-hans", "zh-sg", "zh-hans-cn"}:
        plain = "zh-cn"
    exact = {known.lower(): known for known in languages()}
    if plain in exact:
        return exact[plain]
    return ENGLISH if plain.partition("-")[0] == ENGLISH else None


def choose(name: str) -> str:
    """Speak this language from now on, and return its name.

    Raises:
        InputError: there is no translation into it.
    """
    found = matching(name)
    if found is None:
        raise InputError(f"There is no translation into '{name}'; choose from {', '.join(languages())}.")
    _chosen[0] = found
    return found


def chosen() -> str:
    """The language that is spoken, such as "zh-CN"."""
    return _chosen[0]


def text(source: str) -> str:
    """A text of the code in the chosen language; itself where the language has none of its own for it.

    Example:
        >>> text("Head radius {radius:.1f} mm").format(radius=24.16)
        'Head radius 24.2 mm'
    """
    return source if _chosen[0] == ENGLISH else _texts(_chosen[0]).get(source, source)


def mark(source: str) -> str:
    """The text itself: it is translated by :func:`text` where it is used, and the finder of texts sees it here."""
    return source


def sentence(said: str) -> str:
    """A finished English sentence in the chosen language, by the text that it was made from.

    The values in it stay, those that are words of ours translated as well. Several sentences are translated one by one;
    what is no sentence of ours, such as the name of a file, stays as it is.
    """
    return said if _chosen[0] == ENGLISH else _translated(said, _chosen[0])


def day_text(day: date) -> str:
    """A date as the chosen language writes it: 2026-11-28, 2026年11月28日. Tables and files keep the first."""
    return f"{day.year}年{day.month}月{day.day}日" if _chosen[0] == "zh-CN" else day.isoformat()


def read_ts(path: Path) -> Iterator[tuple[str, str, str]]:
    """Context, source and translation of each message of a Qt translation file; "" where it is not translated."""
    for context in ElementTree.parse(path).iter("context"):  # noqa: S314 - a file of ours
        name = context.findtext("name") or ""
        for message in context.iter("message"):
            found = message.find("translation")
            finished = found is not None and found.get("type") is None
            yield name, message.findtext("source") or "", (found.text or "") if finished else ""  # type: ignore[union-attr]


@lru_cache
def _texts(language: str) -> Mapping[str, str]:
    path = resource_path("Translations", f"{LIBRARY}_{language}.ts")
    return {source: translation for _context, source, translation in read_ts(path) if translation}


@lru_cache
def _templates(language: str) -> list[tuple[re.Pattern[str], str]]:
    """Patterns of the texts with values, those that say most before those that would fit anything."""
    found = []
    for source, translation in _texts(language).items():
        names = [match.group(1) for match in PLACEHOLDER.finditer(source)]
        pieces = [*map(re.escape, _between(source))]
        letters = len(re.findall("[A-Za-z]", PLACEHOLDER.sub("", source)))
        if names and letters >= max(4, 3 * len(names)) and len(set(names)) == len(names):
            groups = [f"(?P<{name}>.+?)" for name in names]
            pattern = "".join(a + b for a, b in zip(pieces, [*groups, ""], strict=True))
            found.append((letters, re.compile(pattern, re.DOTALL), translation))
    return [(pattern, translation) for _letters, pattern, translation in sorted(found, key=lambda f: -f[0])]


def _between(source: str) -> list[str]:
    """What stands between the placeholders of a text, one more than there are."""
    spans = [match.span() for match in PLACEHOLDER.finditer(source)]
    starts, ends = [0, *(end for _start, end in spans)], [*(start for start, _end in spans), len(source)]
    return [source[start:end] for start, end in zip(starts, ends, strict=True)]


@lru_cache(maxsize=4096)
def _translated(said: str, language: str) -> str:
    parts = _NEXT.split(said)
    each = [_whole(part, language) for part in parts]
    if None not in each:  # before the whole, in which a value would take in the sentences between
        return _joined([part for part in each if part is not None])
    whole = _whole(said, language)
    if whole is not None:
        return whole
    ends = [match.end() for match in _ENDS.finditer(said)]
    for end in reversed(ends):  # the longest beginning that is a text of ours
        first, rest = said[:end].rstrip(), said[end:]
        whole = _whole(first, language)
        if whole is not None:
            return _joined([whole, _translated(rest, language)])
        whole = _whole(first[:-1], language)  # without the sign that joins it to the rest
        if whole is not None:
            return f"{whole}{_SIGNS.get(first[-1], first[-1])}{_translated(rest, language)}"
    return said[: ends[0]] + _translated(said[ends[0] :], language) if ends else said


def _joined(sentences: list[str]) -> str:
    """One after the other; a full stop of Chinese brings its own space."""
    return "".join(one if one.endswith("。") else f"{one} " for one in sentences).rstrip()


def _whole(said: str, language: str) -> str | None:
    texts = _texts(language)
    if said in texts:
        return texts[said]
    for pattern, translation in _templates(language):
        match = pattern.fullmatch(said)
        if match is not None:
            values = {name: _value(value, texts) for name, value in match.groupdict().items()}
            return _filled(translation, values)
    return None


def _value(value: str, texts: Mapping[str, str]) -> str:
    """A value of a sentence: a word of ours, or several of them in a row, translated; anything else as it is."""
    words = _IN_A_ROW.split(value)
    return "、".join(texts[word] for word in words) if all(word in texts for word in words) else value


def _filled(translation: str, values: Mapping[str, str]) -> str:
    return PLACEHOLDER.sub(lambda match: values.get(match.group(1), match.group()), translation)
