"""What the six panels say: no command line, the same word for the same thing, the research line everywhere."""

import ast
import re
from xml.etree import ElementTree

import pytest
from support.places import MODULE_FOLDER

NAMES = ("ONFHAssist", "ONFHSegment", "ONFHExtract", "ONFHPredict", "ONFHSurvival")
ALL = (*NAMES, "ONFHCohort")  # which shows the hips of a folder, and has no selectors
COMMAND = re.compile(r"(^|[\s'\"`(])--[a-z]|\bonfh [a-z]")
LIBRARY = MODULE_FOLDER / "ONFHAssistLib"
# What no panel shows: the commands themselves, cards of models, and a folder of the command line read by its own library.
NOT_SHOWN = {
    "bundles/cards.py",
    "bundles/kinds.py",  # the command that a card names
    "case/result.py",  # reads the folder of "onfh run"
    "cohort/run/assemble.py",  # reads the folder of "onfh cohort run"
    "early/model_bundle.py",  # writes a card
    "followup/examinations.py",  # the command alone follows hips so far
    "followup/files.py",
    "followup/study.py",
    "imaging/dicom.py",  # a folder of several series; Slicer gives one
    "ui/system_check.py",  # asks nvidia-smi
    "update/bundles.py",  # writes a card
}


def ui_texts(name):
    """Every text of a panel's .ui file, with the tool tips."""
    tree = ElementTree.parse(MODULE_FOLDER / "Resources" / "UI" / f"{name}.ui")
    return [(text.text or "") for text in tree.iter("string") if text.get("notr") != "true"]


def sentences(path):
    """Every string of a Python file that is no docstring and no style of a line, joined where it is written in parts."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


def test_the_pattern_finds_commands_and_options():
    assert COMMAND.search("choose one with --series: 1, 2")
    assert COMMAND.search("use 'onfh evaluate dlr'")
    assert not COMMAND.search("PyRadiomics - features of ONFH cases")


@pytest.mark.parametrize("name", ALL)
def test_no_text_of_a_panel_names_a_command(name):
    found = [text for text in ui_texts(name) if COMMAND.search(text)]
    found += [text for text in sentences(MODULE_FOLDER / f"{name}.py") if COMMAND.search(text)]
    assert found == []


def test_no_sentence_of_the_library_that_reaches_a_panel_names_a_command():
    found = {}
    for path in LIBRARY.rglob("*.py"):
        place = path.relative_to(LIBRARY).as_posix()
        if place.partition("/")[0] != "cli" and place not in NOT_SHOWN:
            found[place] = [text for text in sentences(path) if COMMAND.search(text)]
    assert {place: texts for place, texts in found.items() if texts} == {}
    assert len(found) > 100


def test_what_is_exempt_still_needs_to_be():
    for place in NOT_SHOWN:
        assert any(COMMAND.search(text) for text in sentences(LIBRARY / place)), place


def label_of(name, selector):
    """What stands beside a selector in a panel's form."""
    tree = ElementTree.parse(MODULE_FOLDER / "Resources" / "UI" / f"{name}.ui")
    for layout in tree.iter("layout"):
        rows = {
            (item.get("row"), item.get("column")): item.find("widget")
            for item in layout.findall("item")
            if item.find("widget") is not None
        }
        for (row, column), widget in rows.items():
            if widget.get("name") == selector and column == "1":
                return rows[row, "0"].find("property[@name='text']/string").text
    return None


@pytest.mark.parametrize("name", NAMES)
def test_the_same_input_has_the_same_name_in_every_panel(name):
    assert label_of(name, "volumeSelector") == "MRI"
    assert label_of(name, "segmentationSelector") in ("Outlines", None)
    assert label_of(name, "radiographSelector") in ("Radiograph", None)
    assert label_of(name, "sequenceCombo") in ("Sequence", None)


def test_the_research_line_stands_first_in_all_six_panels(panel, scene):
    said = set()
    for name in ALL:
        widget = panel(name)
        banner = widget.ui.researchBanner
        said.add(banner.text)
        assert not banner.isHidden()
        assert banner.parentWidget().layout().itemAt(0).widget() is banner
    (text,) = said
    assert text.startswith("<b>For research, not for diagnosis.</b>")
