"""The examples in docstrings run as they are printed, and the classes that a script meets first have one."""

import ast
import doctest
import importlib
from pathlib import Path

import pytest

LIBRARY = Path(__file__).resolve().parents[2] / "ONFHAssistLib"
MET_FIRST = (
    "imaging.image.Image",
    "bundles.bundle.Bundle",
    "segment.sphere_tool.Segmentation",
    "measure.hip.HipMeasurement",
    "extract.presets.Preset",
    "extract.radiomics.RadiomicsResult",
    "tabular.linear_model.LinearModel",
    "survival.published.findings.ClinicalInput",
    "survival.cox.model.CoxModel",
    "evaluate.binary.discrimination.Estimate",
)


def modules_with_examples() -> list[str]:
    """Dotted names below the library, of files whose docstrings hold an example."""
    found = []
    for path in sorted(LIBRARY.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if ">>> " not in text:
            continue  # every process of pytest comes by here before its first test
        tree = ast.parse(text)
        kinds = (ast.Module, ast.ClassDef, ast.FunctionDef)
        docs = [ast.get_docstring(node) or "" for node in ast.walk(tree) if isinstance(node, kinds)]
        if any(">>> " in text for text in docs):
            found.append(".".join(path.relative_to(LIBRARY).with_suffix("").parts))
    return found


@pytest.mark.parametrize("name", modules_with_examples())
def test_examples_give_what_they_print(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    module = importlib.import_module(f"ONFHAssistLib.{name}")
    outcome = doctest.testmod(module)
    assert outcome.attempted > 0
    assert outcome.failed == 0, "the differences are printed above"
    assert list(tmp_path.iterdir()) == []  # an example leaves nothing behind


@pytest.mark.parametrize("name", MET_FIRST)
def test_what_a_script_meets_first_has_an_example(name):
    module, _, what = name.rpartition(".")
    assert ">>> " in getattr(importlib.import_module(f"ONFHAssistLib.{module}"), what).__doc__
