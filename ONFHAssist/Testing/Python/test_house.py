"""Each rule of ``tools/check_house.py`` finds what breaks it, and lets pass what does not."""

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def house():
    """The script, imported from its file."""
    spec = importlib.util.spec_from_file_location("check_house", ROOT / "tools" / "check_house.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def broken(house, tmp_path):
    """``broken({"ONFHAssistLib/core/a.py": "import b"})``: what the script says of a tree of these files."""

    def check(files: dict[str, str]) -> list[str]:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return house.broken_rules(tmp_path)

    return check


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("from .b import x", "from . import a"),
        ("from .b import x", "def f():\n    from ONFHAssistLib.core.a import y"),
        ("import ONFHAssistLib.core.b", "if TYPE_CHECKING:\n    from .a import Y"),
    ],
    ids=["at the top", "inside a function", "for its types"],
)
def test_two_files_that_import_each_other_are_named(broken, first, second):
    (said,) = broken({"ONFHAssistLib/core/a.py": first, "ONFHAssistLib/core/b.py": second})
    assert "ONFHAssistLib.core.a, ONFHAssistLib.core.b" in said


def test_a_circle_through_three_files_and_a_package_is_one_finding(broken):
    (said,) = broken(
        {
            "ONFHAssistLib/a/__init__.py": "from .one import x",
            "ONFHAssistLib/a/one.py": "from ..b import two",
            "ONFHAssistLib/b/two.py": "from ..a import y",
        }
    )
    assert "ONFHAssistLib.a, ONFHAssistLib.a.one, ONFHAssistLib.b.two" in said


def test_imports_in_one_direction_are_in_order(broken):
    assert not broken(
        {"ONFHAssistLib/a.py": "from . import b\nimport os", "ONFHAssistLib/b.py": "import json"}
    )


def test_a_room_of_17_files_is_too_many_and_one_of_16_is_not(broken):
    room = {f"ONFHAssistLab/full/n{number}.py": "" for number in range(16)}
    assert not broken(room)
    (said,) = broken({"ONFHAssistLab/full/last.py": ""})
    assert said.startswith("ONFHAssistLab/full has 17 files")


@pytest.mark.parametrize(
    "line",
    [
        "handle, name = tempfile.mkstemp()",
        "part.replace(path)",
        "Path(name).replace(folder / 'x')",
        "os.replace(a, b)",
        "os.fsync(f)",
    ],
)
def test_a_second_atomic_writer_is_found(broken, line):
    (said,) = broken({"ONFHAssistLib/report/page.py": f"\n{line}"})
    assert said.startswith("ONFHAssistLib/report/page.py:2: writes whole files by itself")


def test_the_atomic_writer_itself_and_other_replacing_are_in_order(broken):
    other = "text.replace('a', 'b')\nreplace(setting, seed=1)\ntable.replace({0: None})\ndataclasses.replace(x, a=2)"
    assert not broken(
        {"ONFHAssistLib/core/atomic_files.py": "part.replace(path)", "ONFHAssistLib/core/other.py": other}
    )


@pytest.mark.parametrize("line", ["Progress = Callable[[float, str], None]", "class Progress(Protocol): ..."])
def test_a_second_type_of_progress_is_found(broken, line):
    (said,) = broken({"ONFHAssistLib/core/progress.py": line, "ONFHAssistLib/ui/run.py": line})
    assert said.startswith("ONFHAssistLib/ui/run.py:1: defines Progress again")


@pytest.mark.parametrize(
    "line",
    [
        "out_of_scope: bool = False",
        "class A:\n    out_of_scope: bool",
        "answer = {'out_of_scope': bool(scope)}",
        "answer['out_of_scope'] = not fits",
        "answer.out_of_scope = distance > 1",
        "Answer(out_of_scope=True)",
        "Answer(out_of_scope=bool(a) or b)",
        "def say(out_of_scope: bool): ...",
        "def out_of_scope() -> bool: ...",
    ],
)
def test_a_scope_that_is_a_bool_is_found(broken, line):
    (said,) = broken({"ONFHAssistLib/stage/a.py": line})
    assert "out_of_scope is a bool" in said


def test_a_scope_of_sentences_is_in_order(broken):
    lines = [
        "out_of_scope: tuple[str, ...] = ()",
        "answer = {'out_of_scope': list(staging.out_of_scope)}",
        "if answer['out_of_scope']: shown = not answer['out_of_scope']",
    ]
    assert not broken({"ONFHAssistLib/stage/a.py": "\n".join(lines)})


def test_a_module_of_slicer_does_not_load_the_laboratory(broken):
    lab = "def train():\n    from ONFHAssistLab.training import dlr"
    (said,) = broken({"ONFHSurvival.py": lab, "ONFHAssistLab/cli/train.py": lab})
    assert said.startswith("ONFHSurvival.py:2: a module of Slicer imports ONFHAssistLab.training")
