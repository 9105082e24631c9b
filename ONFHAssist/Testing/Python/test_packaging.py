"""What Slicer and pip need to find is listed, and nothing refers to what is not there."""

import runpy
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "ONFHAssist"


def test_cmake_lists_every_file_of_the_library():
    tool = runpy.run_path(str(ROOT / "tools" / "cmake_lists.py"))
    assert (FOLDER / "Files.cmake").read_text(encoding="utf-8") == tool["content"]()


def test_every_module_is_built_and_has_its_icon_and_panel():
    cmake = (FOLDER / "CMakeLists.txt").read_text(encoding="utf-8")
    for path in FOLDER.glob("*.py"):
        assert f"NAME {path.stem}\n" in cmake
        assert (FOLDER / "Resources" / "Icons" / f"{path.stem}.png").is_file()
        assert (FOLDER / "Resources" / "UI" / f"{path.stem}.ui").is_file()


@pytest.mark.parametrize("path", sorted((FOLDER / "Resources" / "UI").glob("*.ui")), ids=lambda p: p.stem)
def test_panels_have_unique_names_and_tool_tips_where_one_acts(path):
    widgets = list(ElementTree.parse(path).iter("widget"))
    names = [w.get("name") for w in widgets]
    assert len(names) == len(set(names))
    for widget in widgets:
        if widget.get("class") in {
            "QPushButton",
            "QComboBox",
            "qMRMLNodeComboBox",
            "ctkSliderWidget",
            "QLineEdit",
        }:
            assert widget.find("property[@name='toolTip']/string").text


def test_requirements_are_lower_bounds_but_for_named_reasons():
    for line in (FOLDER / "Resources" / "requirements.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            assert ">=" in line
            assert "<" not in line.split("#")[0] or "#" in line


def test_weights_and_samples_stay_small():
    def megabytes(folder: str) -> float:
        return sum(p.stat().st_size for p in (FOLDER / "Resources" / folder).rglob("*") if p.is_file()) / 1e6

    assert megabytes("Models") < 40
    assert megabytes("SampleData") < 15


def test_test_files_have_names_of_their_own():
    """Pytest imports test files by their bare name, so two of one name cannot both run."""
    names = [
        path.name for path in (FOLDER / "Testing" / "Python").rglob("*.py") if path.name != "conftest.py"
    ]
    assert sorted(names) == sorted(set(names))
