"""What the Extensions Index and continuous integration read is right: names, links, systems."""

import ast
import importlib
import json
import re
import shlex
import sys
import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml

from ONFHAssistLib import __version__

ROOT = Path(__file__).resolve().parents[3]
SCHEMA = "https://raw.githubusercontent.com/Slicer/Slicer/main/Schemas/slicer-extension-catalog-entry-schema-v1.0.2.json#"
# Properties of that schema, which allows no others.
TYPES = {
    "$schema": str,
    "category": str,
    "scm_url": str,
    "scm_revision": str,
    "scm_type": str,
    "build_dependencies": list,
    "dicom_support_rule": str,
    "build_subdirectory": str,
    "enabled": bool,
    "tier": int,
}


@pytest.fixture
def entry():
    return json.loads((ROOT / "ONFHAssist.json").read_text(encoding="utf-8"))


@pytest.fixture
def cmake():
    """EXTENSION_* variables of the extension's CMake file."""
    text = (ROOT / "CMakeLists.txt").read_text(encoding="utf-8")
    return dict(re.findall(r'set\(EXTENSION_(\w+) "([^"]*)"', text))


@pytest.fixture
def tool(monkeypatch):
    """``tool("environment")`` imports a script of tools/."""
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    yield importlib.import_module
    for name in ("environment", "run_tests"):
        sys.modules.pop(name, None)


def test_catalog_entry_follows_the_schema_of_2026(entry):
    assert entry["$schema"] == SCHEMA
    assert {"$schema", "category", "scm_url"} <= set(entry) <= set(TYPES)
    for name, value in entry.items():
        assert type(value) is TYPES[name], name
    assert all(isinstance(name, str) for name in entry["build_dependencies"])
    assert entry["scm_type"] in {"git", "local"}
    assert 1 <= entry["tier"] <= 5


def test_catalog_entry_and_cmake_say_the_same(entry, cmake):
    project = re.search(r"project\((\w+)\)", (ROOT / "CMakeLists.txt").read_text(encoding="utf-8"))[1]
    assert (ROOT / f"{project}.json").is_file()  # the catalog takes the extension's name from the file's
    assert entry["category"] == cmake["CATEGORY"]
    assert entry["build_dependencies"] == cmake["DEPENDS"].split()
    assert entry["scm_url"].removesuffix(".git") == cmake["HOMEPAGE"]


def test_dicom_rule_names_what_the_extension_reads(entry):
    tree = ast.parse(
        entry["dicom_support_rule"], mode="eval"
    )  # the rule engine's comparisons read as Python's
    assert {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)} <= {"Modality", "SOPClassUID"}
    assert {n.value for n in ast.walk(tree) if isinstance(n, ast.Constant)} == {"MR", "CR", "DX"}


def test_links_of_the_extension_lead_to_files_of_this_tree(cmake):
    branch = f"{cmake['HOMEPAGE'].replace('github.com', 'raw.githubusercontent.com')}/main/"
    for url in [cmake["ICONURL"], *cmake["SCREENSHOTURLS"].split()]:
        assert url.startswith(branch)
        assert (ROOT / url.removeprefix(branch)).is_file(), url


def test_workflow_tests_three_systems_and_the_pythons_that_are_promised(tool):
    text = (ROOT / ".github" / "workflows" / "tests.yml").read_text(encoding="utf-8")
    workflow = yaml.safe_load(text)
    assert set(workflow[True]) == {"push", "pull_request"}  # YAML 1.1 reads the key "on" as true
    (job,) = workflow["jobs"].values()
    systems = {name.split("-")[0] for name in job["strategy"]["matrix"]["os"]}
    assert systems == {"ubuntu", "windows", "macos"}
    promised = re.search(
        r'requires-python = ">=3\.(\d+),<3\.(\d+)"', (ROOT / "pyproject.toml").read_text("utf-8")
    )
    assert job["strategy"]["matrix"]["python"] == [
        f"3.{n}" for n in range(int(promised[1]), int(promised[2]))
    ]
    steps = job["steps"]
    (linux,) = [step["run"] for step in steps if "Linux" in step.get("if", "")]
    assert set(tool("environment").LIBRARIES.values()) <= set(linux.split())
    assert [s["uses"].split("@")[0] for s in steps if "Windows" in s.get("if", "")] == [
        "pyvista/setup-headless-display-action"  # the runners have no OpenGL that VTK could use
    ]
    script = steps[-1]["run"].split()[1]
    assert (ROOT / script).is_file()


def test_a_python_that_is_asked_for_and_does_not_run_is_named_and_no_other_taken(
    tool, monkeypatch, tmp_path, capsys
):
    broken = tmp_path / "python3.12"
    broken.write_text("#!/bin/sh\necho 'command not found' >&2\nexit 127\n", encoding="utf-8")
    broken.chmod(0o755)
    environment = tool("environment")
    monkeypatch.setenv("PYTHON", str(broken))
    monkeypatch.setattr(environment, "make_venv", lambda _python: pytest.fail("another Python was taken"))
    assert environment.find_python() is None
    assert environment.main() == 1
    assert f"PYTHON names {broken}" in capsys.readouterr().err
    monkeypatch.setenv("PYTHON", sys.executable)
    assert environment.find_python() == sys.executable


def recipe(target: str, python: Path) -> list[list[str]]:
    """Commands of a target of the Makefile, with the programs of the environment as paths."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    lines = re.search(rf"^{target}:.*\n((?:\t.*\n)+)", makefile, re.M)[1].splitlines()
    commands = [shlex.split(re.sub(r"^@(?:[A-Z_]+=\w+ )?", "", line.strip())) for line in lines]
    return [[str(python.with_stem(name.removeprefix("$(VENV)/"))), *rest] for name, *rest in commands]


def test_the_script_without_make_runs_what_make_test_runs(tool):
    python = tool("environment").venv_python()
    both, after = recipe("test", python)
    assert both[1:] == ["--no-print-directory", "--jobs", "2", "lint", "shared"]
    assert after[1:] == ["--no-print-directory", "alone"]
    script = tool("run_tests")
    assert recipe("warm", python) == [script.warming()]
    assert recipe("lint", python) == script.linting()
    programs = [Path(words[0]).stem if words[1] != "-m" else words[2] for words in script.linting()]
    assert programs == ["ruff", "ruff", "lint-imports", "mypy", "python"]
    (shared,), (alone,) = recipe("shared", python), recipe("alone", python)
    assert [shared[2], alone[2]] == ["pytest", "pytest"]
    assert script.testing(["-k", "x"]) == [[*shared, "-k", "x"], alone]


def test_two_processes_of_tests_have_one_thread_each_and_one_alone_has_all_in_both_scripts(tool):
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(r"^shared: warm\n\t@OMP_NUM_THREADS=1 ", makefile, re.M)
    assert re.search(r"^alone: setup\n\t@\$\(VENV\)/python ", makefile, re.M)
    assert tool("run_tests").THREADS == ({"OMP_NUM_THREADS": "1"}, {})


def test_library_package_and_citation_are_of_one_version():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert {project["version"], citation["version"]} == {__version__}


def test_the_environment_has_every_extra_of_the_project_and_that_of_the_pages_when_they_are_made(tool):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    environment = tool("environment")
    first, *_making = recipe("docs", environment.venv_python())
    assert first[1] == "tools/environment.py"
    assert {*environment.EXTRAS.split(","), *first[2:]} == set(project["optional-dependencies"])


def test_what_is_installed_beside_pytorch_is_what_the_project_asks_for(tool):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [one for part in project["optional-dependencies"].values() for one in part] + project[
        "dependencies"
    ]
    largest = tool("environment").largest()
    assert len(largest) == len(tool("environment").LARGEST)
    assert set(largest) <= set(wanted)


def test_an_environment_of_another_python_than_chosen_is_made_anew(tool, monkeypatch):
    environment = tool("environment")
    here = environment.venv_python()
    if not here.is_file():
        pytest.skip("the tests run in another environment than .venv")
    monkeypatch.delenv("PYTHON", raising=False)
    assert environment.is_made_of("nothing that runs")  # nobody chose one: what is there is taken
    monkeypatch.setenv("PYTHON", str(here))
    assert environment.is_made_of(str(here))
    other = here.with_name("another")
    monkeypatch.setattr(
        environment.subprocess,
        "run",
        lambda command, **_: SimpleNamespace(stdout="(3, 11)" if command[0] == str(other) else "(3, 12)"),
    )
    assert not environment.is_made_of(str(other))
