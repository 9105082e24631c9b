"""The picture of the house says what the imports say: rooms, layers, arrows, and what is against the layers."""

import importlib
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
FILES = {
    "ONFHAssist.py": "import slicer\nfrom ONFHAssistLib.ui.panel import Panel\n",
    "ONFHAssistLib/__init__.py": "__version__ = '1'\n",
    "ONFHAssistLib/core/__init__.py": "",
    "ONFHAssistLib/core/errors.py": "from .. import __version__\nimport json\n",
    "ONFHAssistLib/imaging/__init__.py": "",
    "ONFHAssistLib/imaging/image.py": "from ..core.errors import InputError\nfrom . import nifti\n",
    "ONFHAssistLib/imaging/nifti.py": "def read():\n    from ..core import errors\n",
    "ONFHAssistLib/segment/__init__.py": "",
    "ONFHAssistLib/segment/outline.py": "from ..core import errors\nfrom ..imaging.image import Image\n",
    "ONFHAssistLib/ui/__init__.py": "",
    "ONFHAssistLib/ui/panel.py": "import qt\nimport ONFHAssistLib.segment.outline\n",
    "ONFHAssistLab/__init__.py": "",
    "ONFHAssistLab/simulate/__init__.py": "from ONFHAssistLib.imaging import image\n",
}
CONTRACTS = """
[tool.importlinter]
root_packages = ["ONFHAssistLib", "ONFHAssistLab"]

[[tool.importlinter.contracts]]
name = "The product"
type = "layers"
exhaustive_ignores = ["__main__", "image"]
{product}

[[tool.importlinter.contracts]]
name = "Inside one room"
type = "layers"
layers = ["ONFHAssistLib.segment.outline", "ONFHAssistLib.segment.detect"]

[[tool.importlinter.contracts]]
name = "Not Slicer"
type = "forbidden"
source_modules = ["ONFHAssistLib.core"]
forbidden_modules = ["slicer"]
"""
BY_CONTAINER = (
    'containers = ["ONFHAssistLib"]\nlayers = ["ui | (cli)", "segment : measure", "imaging", "core"]'
)
BY_NAME = (
    'layers = ["ONFHAssistLib.ui | ONFHAssistLib.cli", "ONFHAssistLib.segment:ONFHAssistLib.measure", '
    '"ONFHAssistLib.imaging", "ONFHAssistLib.core"]'
)


@pytest.fixture
def tools(monkeypatch):
    """``tools("rooms")`` imports a script of tools/."""
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    yield importlib.import_module
    for name in ("rooms", "room_layout", "draw_architecture", "reference_pages"):
        sys.modules.pop(name, None)


@pytest.fixture
def sources(tmp_path):
    """A small house of files."""
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def house(tools, sources):
    return tools("rooms").read_house(sources)


@pytest.mark.parametrize("product", [BY_CONTAINER, BY_NAME], ids=["container", "full names"])
def test_layers_are_those_of_the_contract_that_lint_checks(tools, tmp_path, product):
    pyproject = tmp_path / "pyproject.toml"
    pyproject.write_text(CONTRACTS.format(product=product), encoding="utf-8")
    layers = tools("rooms").read_layers(pyproject)
    assert layers["ONFHAssistLib"] == (("core",), ("imaging",), ("segment", "measure"), ("ui", "cli"))
    assert tools("rooms").read_left_out(pyproject) == {"__init__", "__main__", "image"}


def test_imports_are_counted_by_room_wherever_they_stand_in_a_file(house):
    between = {pair: n for pair, n in house.imports.items() if pair[0] != pair[1]}
    assert between == {
        ("modules", "ONFHAssistLib.ui"): 1,
        ("ONFHAssistLib.imaging", "ONFHAssistLib.core"): 2,
        ("ONFHAssistLib.segment", "ONFHAssistLib.core"): 1,
        ("ONFHAssistLib.segment", "ONFHAssistLib.imaging"): 1,
        ("ONFHAssistLib.ui", "ONFHAssistLib.segment"): 1,
        ("ONFHAssistLab.simulate", "ONFHAssistLib.imaging"): 1,
    }
    assert house.slicer == {"modules", "ONFHAssistLib.ui"}
    assert house.files["ONFHAssistLib.imaging"] == 3


def test_the_library_may_not_import_the_laboratory_nor_a_room_its_neighbour(house):
    assert house.allowed("ONFHAssistLab.simulate", "ONFHAssistLib.ui")
    assert not house.allowed("ONFHAssistLib.ui", "ONFHAssistLab.simulate")
    assert not house.allowed("ONFHAssistLib.early", "ONFHAssistLib.stage")
    assert not house.allowed("ONFHAssistLib.core", "ONFHAssistLib.imaging")


def test_arrows_that_follow_from_a_chain_are_left_out(tools, house):
    arrows = tools("draw_architecture").needed_arrows(house)
    assert ("ONFHAssistLib.segment", "ONFHAssistLib.core") not in arrows
    assert ("ONFHAssistLib.segment", "ONFHAssistLib.imaging") in arrows
    assert ("modules", "ONFHAssistLib.ui") in arrows


def test_a_room_that_stands_in_no_layer_is_named(tools, sources):
    (sources / "ONFHAssistLib" / "attic.py").write_text("", encoding="utf-8")
    with pytest.raises(ValueError, match=r"no layer of pyproject\.toml: ONFHAssistLib\.attic"):
        tools("rooms").read_house(sources)


def test_boxes_are_placed_so_that_no_arrow_runs_through_one(tools):
    rows = [["a"], ["b", "c"], ["d"]]
    slots = tools("room_layout").Layout(rows, [("d", "a"), ("d", "b"), ("c", "a")]).best(tries=20)
    assert slots["b"] != slots["c"]
    middle = (slots["a"] + slots["d"]) / 2
    assert all(abs(slots[room] - middle) > 0.4 for room in "bc")


def test_the_same_code_gives_the_same_bytes(tools, house, tmp_path):
    drawing = tools("draw_architecture")
    for draw in (drawing.draw_map, drawing.draw_matrix):
        first, second = tmp_path / "first.svg", tmp_path / "second.svg"
        draw(house, first)
        draw(house, second)
        assert first.read_bytes() == second.read_bytes()
        assert first.stat().st_size > 10_000


def test_the_reference_has_a_page_for_every_room_of_the_code(tools, tmp_path):
    pages = tools("reference_pages")
    pages.write(tmp_path / "reference")
    index = (tmp_path / "reference" / "index.md").read_text(encoding="utf-8")
    library = ROOT / "ONFHAssist" / "ONFHAssistLib"
    for room in (p.stem for p in library.iterdir() if (p / "__init__.py").is_file()):
        assert f"ONFHAssistLib-{room}\n" in index
        page = (tmp_path / "reference" / f"ONFHAssistLib-{room}.rst").read_text(encoding="utf-8")
        for path in (library / room).glob("[!_]*.py"):
            assert f".. automodule:: ONFHAssistLib.{room}.{path.stem}\n" in page
    for name in pages.MET_FIRST:
        assert f"{{py:class}}`{name} <" in index, name
