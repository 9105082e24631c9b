"""Texts and their translations: finds every text that people read, and keeps the ``.ts`` files of Qt up to date.

    .venv/bin/python tools/translations.py update                  # after texts changed: new ones in, gone ones out
    .venv/bin/python tools/translations.py missing > new.tsv       # what has no translation yet, one a line
    .venv/bin/python tools/translations.py fill new.tsv            # source TAB translation, as filled in

A source that says another thing in one place is filled for that one: context TAB source TAB translation.

Two files a language in ``ONFHAssist/Resources/Translations``: ``ONFHAssist_zh-CN.ts`` for panels and scene, with the
contexts in which Slicer looks them up (``package.module`` of a Python file, the class of a ``.ui`` file), and
``ONFHAssistLib_zh-CN.ts`` for the library, of one context. ``update`` and ``fill`` compile the first for Qt, too, where
PySide6's ``lrelease`` is installed. In a table a line break is written as ``\\n``. ``fill`` refuses a translation whose
placeholders or tags are not those of its source.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import escape

FOLDER = Path(__file__).resolve().parent.parent / "ONFHAssist"
TRANSLATIONS = FOLDER / "Resources" / "Translations"
PANELS, LIBRARY = "ONFHAssist", "ONFHAssistLib"
LANGUAGES = ("zh-CN",)
# Of these rooms the finished sentences are shown to people; of the command line those of errors and progress alone, since
# its help is English, as are the cards of models and what goes to journals or other programs.
SPOKEN = (
    *("bundles", "case", "cohort", "core", "develop", "dicom_out", "drilling", "early", "evaluate", "exam"),
    *("extract", "followup", "imaging", "measure", "node", "readers", "report", "segment", "stage"),
    *("survival", "tabular", "update", "worker"),
)
TOLD_ALONE = ("cli/", "scene/dicom/", "node/status")
NOT_SPOKEN = (
    *("bundles/cards.py", "early/model_bundle.py", "report/checklists/checklists.py"),
    *("report/checklists/topics.py", "report/checklists/run_facts.py", "cohort/tables/columns.py"),
    *("cohort/tables/tables.py", "drilling/rules.py", "node/metrics.py"),
    "ONFHAssistLab/training/own/candidate.py",
)
# Beside them the sentences that the group *Train* shows of the laboratory.
SPOKEN_FILES = ("ONFHAssistLab/training/own/**/*.py",)
# Whose labels are put into the language when the figure is written (evaluate/figures/spoken.py).
CHARTS = (
    *("evaluate/figures/binary.py", "evaluate/figures/reporting.py", "evaluate/figures/survival.py"),
    *("followup/timeline.py", "report/course/surface_map.py", "survival/nomogram/figure.py"),
)
# Whose headings, columns, captions and words go through the translation of a page (report/case_page.py).
PAGES = (
    *("develop/reporting/", "develop/centres.py", "develop/regress_survival.py", "develop/survival.py"),
    *("develop/validate_dlr.py", "develop/validate_survival.py", "evaluate/figures/reporting.py"),
    *("report/centres_page.py", "report/course/", "report/drilling/", "report/external_survival_page.py"),
    *("report/model_page.py", "report/survival_page.py", "report/survival_regression_page.py"),
    *("followup/timeline.py",),
)
# Arguments of these are keys, files and patterns, no text.
_KEYED = {
    *(
        "get",
        "startswith",
        "endswith",
        "removeprefix",
        "removesuffix",
        "strip",
        "replace",
        "split",
        "groupby",
    ),
    *(
        "merge",
        "drop",
        "set_index",
        "getattr",
        "glob",
        "pop",
        "sort_values",
        "strftime",
        "legend",
        "ValueError",
    ),
}
_NO_TEXT = re.compile(
    r"[A-Za-z]/|[a-z]_|\.(?:csv|md|png|json|svg|html)\b|^#|</|^[\w.-]*-[a-z]+$|^[A-Z0-9+.]+$|%Y|^dlrc - "
)
_OF_CARDS = (
    "description",
    "training_data",
    "intended_use",
)  # what panels and reports say of a shipped bundle
_LABELS = {"label", "xlabel", "ylabel", "title"}
_LABELLED = {"set_xlabel", "set_ylabel", "set_title", "text", "annotate", "_unit_square", "_scale"}
_WORDS = re.compile(r"(?<![\w{<#./-])[A-Za-z][a-z]+(?![\w/])")
_PLACEHOLDER, _TAG = re.compile(r"\{[A-Za-z_][^{}]*\}"), re.compile(r"</?\w+")
Found = dict[tuple[str, str], set[str]]  # context and source -> files


def slicer_context(file: Path) -> str:
    """The context in which ``slicer.i18n.tr`` looks up the texts of a Python file."""
    inside = (file.parent / "__init__.py").is_file()
    return f"{file.parent.name}.{file.stem}" if inside else file.stem


def find_texts(folder: Path = FOLDER) -> dict[str, Found]:
    """Every text, by the file that translates it: :data:`PANELS` and :data:`LIBRARY`."""
    found: dict[str, Found] = {PANELS: {}, LIBRARY: {}}
    for file in sorted(folder.glob("Resources/UI/*.ui")):
        root = ElementTree.parse(file).getroot()
        for text in root.iter("string"):
            if text.text and text.get("notr") != "true":
                found[PANELS].setdefault((root.findtext("class") or "", text.text), set()).add(
                    _name(file, folder)
                )
    for file in sorted(folder.glob("Resources/Models/*/configs/metadata.json")):
        card = json.loads(file.read_text(encoding="utf-8"))
        for text in [card[name] for name in _OF_CARDS if card.get(name)]:
            found[LIBRARY].setdefault((LIBRARY, text), set()).add(_name(file, folder))
    for file in sorted([*folder.glob("*.py"), *folder.glob("ONFHAssistLib/**/*.py")]):
        name = _name(file, folder)
        for kind, context, text in _texts_of(file, name.removeprefix("ONFHAssistLib/")):
            found[kind].setdefault((context, text), set()).add(name)
    for file in sorted(one for pattern in SPOKEN_FILES for one in folder.glob(pattern)):
        name, tree = _name(file, folder), ast.parse(file.read_text(encoding="utf-8"))
        for text in [] if name in NOT_SPOKEN else [*_marked(tree), *_sentences(tree), *_reported(tree)]:
            found[LIBRARY].setdefault((LIBRARY, text), set()).add(name)
    return found


def _texts_of(file: Path, inside: str) -> Iterator[tuple[str, str, str]]:
    """Which file translates it, context and text, of all texts of a Python file at ``inside`` the library."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    by = _translators(tree).get("_", "core.language")
    for text in _marked(tree):
        yield (LIBRARY, LIBRARY, text) if "core.language" in by else (PANELS, slicer_context(file), text)
    if inside.partition("/")[0] in SPOKEN and inside not in NOT_SPOKEN:
        for text in _sentences(tree):
            yield LIBRARY, LIBRARY, text
    if inside.startswith(TOLD_ALONE):
        for text in _sentences(tree, told_alone=True):
            yield LIBRARY, LIBRARY, text
    if inside in CHARTS:
        for text in _labels(tree):
            yield LIBRARY, LIBRARY, text
    if inside.startswith(PAGES):
        for text in _of_a_page(tree):
            yield LIBRARY, LIBRARY, text


def _name(file: Path, folder: Path) -> str:
    return file.relative_to(folder).as_posix()


def _translators(tree: ast.Module) -> dict[str, str]:
    """The modules from which names such as ``_`` are imported."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            found.update({alias.asname or alias.name: node.module or "" for alias in node.names})
    return found


def _marked(tree: ast.Module) -> Iterator[str]:
    """Texts in calls of ``_`` and ``mark``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"_", "mark"}:
            for given in node.args[:1]:
                if isinstance(given, ast.Constant) and isinstance(given.value, str):
                    yield given.value


def _labels(tree: ast.Module) -> Iterator[str]:
    """Texts that a chart is given for its axes, curves and notes."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", "") or getattr(node.func, "id", "")
            given = [one.value for one in node.keywords if one.arg in _LABELS]
            for one in [*given, *(node.args if name in _LABELLED else [])]:
                text = template(one) if isinstance(one, ast.Constant | ast.JoinedStr) else ""
                if re.search("[A-Za-z]{3}", _PLACEHOLDER.sub("", text)):
                    yield text


def _of_a_page(tree: ast.Module) -> Iterator[str]:
    """Headings, columns, captions, words and sentences of a page: every string but keys, patterns and names of files."""
    left = {id(part) for node in ast.walk(tree) for one in _no_texts(node) for part in ast.walk(one)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant | ast.JoinedStr) and id(node) not in left:
            text = template(node).strip()
            bare = _PLACEHOLDER.sub(" ", text)
            shown = re.search("[A-Za-z]{3,}", bare) and (" " in text or text[0].isupper())
            if shown and not _NO_TEXT.search(bare):
                yield text


def _no_texts(node: ast.AST) -> Sequence[ast.AST]:
    """What below a node is no text that people read, or a part of one."""
    found: Sequence[ast.AST] = []
    match node:
        case ast.Expr(value=ast.Constant() as part) | ast.Subscript(slice=part):
            found = [part]
        case ast.AnnAssign(annotation=part) | ast.arg(annotation=ast.AST() as part):
            found = [part]
        case ast.FunctionDef(returns=ast.AST() as part) | (ast.Compare() as part):
            found = [part]
        case ast.JoinedStr(values=parts):
            found = parts
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name), args=given, keywords=named):
            placed = [one for one in named if one.arg in {"loc", "cmap", "textcoords"}]
            found = [*(given if name in {*_KEYED, "_", "mark"} else []), *placed]
    return found


def _sentences(tree: ast.Module, told_alone: bool = False) -> Iterator[str]:
    """Sentences as they are made: of errors, of progress, and every other that begins and ends as a sentence does.

    Args:
        told_alone: those of errors and progress only.
    """
    parts: set[int] = set()
    told: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            parts.add(id(node.value))  # a docstring
        elif isinstance(node, ast.JoinedStr):
            parts.update(id(value) for value in ast.walk(node) if value is not node)
        elif isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else ""
            if name in {"_", "mark"}:
                parts.update(id(given) for given in node.args)
            told.update(id(given) for given in node.args if name == "InputError" or "progress" in name)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant | ast.JoinedStr) and id(node) not in parts:
            text = template(node)
            if (
                text
                and _is_prose(text)
                and (id(node) in told or (not told_alone and re.match(r"[A-Z{'\"].*\.$", text, re.DOTALL)))
            ):
                yield text


def _reported(tree: ast.Module) -> Iterator[str]:
    """What a training says of its progress: the second argument of ``report``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "report":
            for given in node.args[1:2]:
                text = template(given) if isinstance(given, ast.Constant | ast.JoinedStr) else ""
                if _WORDS.search(_PLACEHOLDER.sub("", text)):
                    yield text


def template(node: ast.Constant | ast.JoinedStr) -> str:
    """A string as it is written, a value of an f-string as a placeholder of its name, or of its number."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    out, used = "", set()
    for value in node.values:
        if isinstance(value, ast.FormattedValue):
            names = [n for n in ast.walk(value.value) if isinstance(n, ast.Name | ast.Attribute)]
            name = (
                (names[0].attr if isinstance(names[0], ast.Attribute) else names[0].id) if names else "value"
            )
            while name in used:
                name += "_"
            used.add(name)
            out += "{" + name.strip("_") + "_" * (len(name) - len(name.rstrip("_"))) + "}"
        elif isinstance(value, ast.Constant):
            out += value.value
    return out


def _is_prose(text: str) -> bool:
    return " " in text and "\n" not in text.strip() and len(_WORDS.findall(text)) >= 2


def read(path: Path) -> dict[tuple[str, str], str]:
    """Context and source to translation, of a ``.ts`` file; those without one are left out."""
    if not path.is_file():
        return {}
    found = {}
    for context in ElementTree.parse(path).iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            if translation is not None and translation.text and translation.get("type") is None:
                found[context.findtext("name") or "", message.findtext("source") or ""] = translation.text
    return found


def write(path: Path, language: str, found: Found, known: dict[tuple[str, str], str]) -> None:
    """A ``.ts`` file of these texts; a text that another context has translated is taken from there."""
    elsewhere: dict[str, str] = {}
    for (_context, source), translation in known.items():
        elsewhere.setdefault(source, translation)
    lines = ['<?xml version="1.0" encoding="utf-8"?>', "<!DOCTYPE TS>"]
    lines.append(f'<TS version="2.1" language="{language.replace("-", "_")}" sourcelanguage="en">')
    for name in sorted({context for context, _source in found}):
        lines += ["<context>", f"    <name>{escape(name)}</name>"]
        for (context, source), files in sorted(found.items()):
            if context == name:
                translation = known.get((context, source)) or elsewhere.get(source, "")
                lines.append("    <message>")
                lines += [f'        <location filename="../../{file}"/>' for file in sorted(files)]
                lines.append(f"        <source>{escape(source)}</source>")
                kind = "" if translation else ' type="unfinished"'
                lines += [f"        <translation{kind}>{escape(translation)}</translation>", "    </message>"]
        lines.append("</context>")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([*lines, "</TS>", ""]), encoding="utf-8", newline="\n")


def compile_panels(language: str) -> bool:
    """Make the ``.qm`` file that Qt reads; False where there is no ``lrelease``."""
    spec = find_spec("PySide6")
    places = [Path(place) / "lrelease" for place in (spec.submodule_search_locations or [])] if spec else []
    tool = next((str(place) for place in places if place.is_file()), "")
    if not tool:
        return False
    source = TRANSLATIONS / f"{PANELS}_{language}.ts"
    subprocess.run([tool, "-silent", str(source), "-qm", str(source.with_suffix(".qm"))], check=True)
    return True


def update(new: dict[tuple[str, str], str] | None = None) -> None:
    """Write the files anew from the texts of the code, with what they translated before and ``new``.

    Args:
        new: context and source to translation; without a context it is for all of them.
    """
    for language in LANGUAGES:
        known: dict[tuple[str, str], str] = {}
        for name in (PANELS, LIBRARY):
            known |= read(TRANSLATIONS / f"{name}_{language}.ts")
        for (context, source), translation in (new or {}).items():
            same = [key for key in known if key[1] == source and context in {"", key[0]}]
            known |= dict.fromkeys([*same, (context, source)], translation)
        for name, found in find_texts().items():
            write(TRANSLATIONS / f"{name}_{language}.ts", language, found, known)
        if not compile_panels(language):
            print("The .qm file was not made: PySide6 with its lrelease is not installed.", file=sys.stderr)


def missing(language: str) -> list[str]:
    """Sources without a translation, each once, in the order of the code."""
    found: dict[str, None] = {}
    for name, texts in find_texts().items():
        known = read(TRANSLATIONS / f"{name}_{language}.ts")
        found.update({source: None for context, source in texts if (context, source) not in known})
    return list(found)


def broken(source: str, translation: str) -> str:
    """What a translation lacks or has too much of, in a word; empty where it keeps what has to be kept."""
    if Counter(_PLACEHOLDER.findall(source)).keys() != Counter(_PLACEHOLDER.findall(translation)).keys():
        return "placeholders"
    if Counter(_TAG.findall(source)) != Counter(_TAG.findall(translation)):
        return "tags"
    return "" if bool(translation.strip()) else "no text"


def main(arguments: list[str]) -> int:
    """The commands of the head of this file."""
    command, rest = (arguments or ["help"])[0], arguments[1:]
    if command == "update":
        update()
    elif command == "missing":
        print("\n".join(source.replace("\n", "\\n") + "\t" for source in missing(LANGUAGES[0])))
    elif command == "fill" and rest:
        rows = [
            line.split("\t")
            for line in Path(rest[0]).read_text(encoding="utf-8").splitlines()
            if "\t" in line
        ]
        cells = [[cell.replace("\\n", "\n") for cell in ["", *row][-3:]] for row in rows if row[-1].strip()]
        wrong = [f"{why}: {s} -> {t}" for _context, s, t in cells if (why := broken(s, t))]
        print("\n".join(wrong), file=sys.stderr)
        update({(context, s): t for context, s, t in cells if not broken(s, t)})
        return 1 if wrong else 0
    else:
        print(__doc__)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
