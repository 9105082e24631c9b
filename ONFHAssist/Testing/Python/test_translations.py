"""Every text has its translation, no translation is left over, and each keeps what has to be kept."""

import importlib.util
import re

import pytest
from support.places import MODULE_FOLDER

REPOSITORY = MODULE_FOLDER.parent
TOOL = REPOSITORY / "tools" / "translations.py"
GLOSSARY = REPOSITORY / "Docs" / "glossary.zh-CN.md"


@pytest.fixture(scope="module")
def tool():
    spec = importlib.util.spec_from_file_location("translations", TOOL)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def texts(tool):
    return tool.find_texts()


@pytest.fixture(scope="module")
def known(tool):
    names = (tool.PANELS, tool.LIBRARY)
    return {name: tool.read(tool.TRANSLATIONS / f"{name}_zh-CN.ts") for name in names}


def test_every_text_is_translated_and_nothing_is_left_over(texts, known):
    for name, found in texts.items():
        assert set(found) - set(known[name]) == set(), f"{name}: tools/translations.py missing, then fill"
        assert set(known[name]) - set(found) == set(), f"{name}: tools/translations.py update"


def test_the_finder_sees_texts_of_every_kind(texts, tool):
    panels, library = texts[tool.PANELS], texts[tool.LIBRARY]
    assert ("ONFHAssist", "Run all") in panels  # a .ui file, by its class
    assert ("ONFHSegment", "Making the femoral head ...") in panels  # a module
    assert ("ui.run", "Cancelled; the scene is as it was.") in panels  # a file of a package
    assert ("results.survival", "Low risk") in panels
    assert ("panels.develop", "Split 7:3") in panels  # marked where it is defined
    missing = (
        "Hip {side} is not staged: only {visible:.0%} of the femoral head lies within the field of view."
    )
    assert any(source.startswith(missing[:20]) for _context, source in library)
    assert not any(source == "vtkMRMLScalarVolumeNode" for _context, source in panels)


def test_placeholders_and_tags_are_kept(known, tool):
    wrong = [
        (tool.broken(source, translation), source, translation)
        for found in known.values()
        for (_context, source), translation in found.items()
    ]
    assert [one for one in wrong if one[0]] == []


def test_a_broken_translation_is_refused(tool):
    assert tool.broken("{count} hips", "{计数} 髋") == "placeholders"
    assert tool.broken("{share:.0f}%", "{share}%") == "placeholders"
    assert tool.broken("<b>Missing</b>", "缺失") == "tags"
    assert tool.broken("<b>Missing</b> {n}", "<b>缺失</b> {n}") == ""


def test_spaces_at_the_ends_are_kept(known):
    """Parts that are joined to others bring the space, or the comma that Chinese writes in its place."""
    for found in known.values():
        for (_context, source), translation in found.items():
            if source.startswith(" ") and source.strip(" %°"):
                assert translation[0] in " ，；（", source


def test_translations_are_chinese(known):
    """A translation without a Chinese character is a name, a unit or a sign, the same in both languages."""
    names = {"SlicerRadiomics"}
    same = {t for found in known.values() for t in found.values() if not re.search(r"[\u4e00-\u9fff]", t)}
    assert {
        t for t in same if len(re.findall(r"[a-z]{3,}", re.sub(r"\{[^}]*\}|<[^>]*>", "", t))) > 1
    } - names == set()


def test_terms_are_those_of_the_glossary(known):
    """The glossary's table lists what is not said, so that one thing has one word."""
    rows = [
        line.split("|") for line in GLOSSARY.read_text(encoding="utf-8").splitlines() if line.startswith("| ")
    ]
    avoided = [word.strip() for row in rows[1:] for word in row[3].split("、") if word.strip(" -")]
    assert len(avoided) >= 10
    used = [t for found in known.values() for t in found.values()]
    assert [(word, t) for word in avoided for t in used if word in t] == []


def test_the_compiled_file_says_what_the_ts_file_says(known, tool):
    core = pytest.importorskip("PySide6.QtCore")
    translator = core.QTranslator()
    assert translator.load(str(tool.TRANSLATIONS / "ONFHAssist_zh-CN.qm"))
    said = {key: translator.translate(*key) for key in known[tool.PANELS]}
    assert said == known[tool.PANELS], "tools/translations.py update"


def test_contexts_are_those_in_which_slicer_looks_up(tool, tmp_path):
    package = tmp_path / "outer" / "inner"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "panel.py").touch()
    (tmp_path / "Module.py").touch()
    assert tool.slicer_context(package / "panel.py") == "inner.panel"
    assert tool.slicer_context(tmp_path / "Module.py") == "Module"
