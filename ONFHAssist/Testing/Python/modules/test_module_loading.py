"""The modules load as in Slicer: quickly, and without anything heavy."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from support.places import MODULE_FOLDER

NAMES = ("ONFHAssist", "ONFHSegment", "ONFHExtract", "ONFHPredict", "ONFHSurvival", "ONFHCohort")
HEAVY = ("torch", "monai", "pandas", "sklearn", "radiomics", "numba", "matplotlib", "yaml", "pydicom")
SCRIPT = """
import json, sys, time
sys.path.insert(0, {headless!r})
import headless
headless.start()
known = set(sys.modules)
started = time.process_time()
headless.load_modules({folder!r})
loading = time.process_time() - started
imported = sorted({{name.split(".")[0] for name in set(sys.modules) - known}})
import slicer
started = time.process_time()
for name in {names!r}:
    getattr(slicer.modules, name.lower()).widgetRepresentation()
panels = time.process_time() - started
opened = sorted({{name.split(".")[0] for name in set(sys.modules) - known}})
print("RESULT " + json.dumps({{"loading": loading, "imported": imported, "panels": panels, "opened": opened}}))
"""


@pytest.fixture(scope="module")
def fresh_start(slicer_app):
    """Loading times and imports of a process that has done nothing else."""
    import headless

    folder = Path(headless.__path__[0]).parent
    script = SCRIPT.format(headless=str(folder), folder=str(MODULE_FOLDER), names=NAMES)
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=900
    )
    lines = [line for line in done.stdout.splitlines() if line.startswith("RESULT ")]
    assert lines, done.stderr[-2000:]
    return json.loads(lines[0].removeprefix("RESULT "))


def test_all_module_files_import_in_under_half_a_second(fresh_start):
    assert fresh_start["loading"] < 0.5  # of the processor, as below


def test_all_panels_open_in_under_two_seconds_together(fresh_start):
    assert fresh_start["panels"] < 2.0  # of the processor: a busy machine adds what others take


@pytest.mark.parametrize("when", ["imported", "opened"])
def test_neither_loading_nor_opening_imports_anything_heavy(fresh_start, when):
    assert set(NAMES) <= set(fresh_start[when])
    assert sorted(set(HEAVY) & set(fresh_start[when])) == []


def test_modules_say_who_they_are(modules):
    for name in NAMES:
        module = getattr(modules, name.lower())
        assert module.title == name
        assert "Quantification" in module.categories
        assert Path(module.path).name == f"{name}.py"
        assert len(module.helpText) > 60


def test_no_file_but_the_modules_lies_in_the_module_folder():
    assert sorted(p.stem for p in MODULE_FOLDER.glob("*.py")) == sorted(NAMES)


def test_module_files_stay_short():
    for name in NAMES:
        assert len((MODULE_FOLDER / f"{name}.py").read_text(encoding="utf-8").splitlines()) <= 250


@pytest.mark.parametrize("name", NAMES[1:])  # the home's runs all of it: test_run_all_for_real.py
def test_each_self_test_passes(modules, scene, name):
    getattr(sys.modules[name], f"{name}Test")().runTest()
