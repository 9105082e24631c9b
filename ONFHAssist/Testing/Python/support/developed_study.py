"""A small survival study that several files look at, developed once by the command for all processes of one run."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stdout
from pathlib import Path

import pandas as pd
import pytest
from support.coarse_figures import coarse
from support.done_once import done_once

from ONFHAssistLab.studies.dlrc.example_cohort import example_cohort

COLUMNS = ("--patient", "case", "--time", "months", "--event", "collapse")
QUICK = ("--bootstraps", 0, "--repeats", 1)


def example_table() -> pd.DataFrame:
    """140 hips of 100 patients with findings, 60 radiomics and 40 deep features; 41 collapses."""
    made = example_cohort(patients=100, hips=140, radiomics=60, deep=40, effect=1.5, seed=2)
    rows = pd.concat([made.clinical, *made.features.values()], axis=1).reset_index()
    return rows.assign(months=made.outcome.time, collapse=made.outcome.event.astype(int))


def developed_study(factory: pytest.TempPathFactory) -> tuple[dict, Path, Path]:
    """What ``survival develop --json`` prints of the table, the folder that it wrote, and the table's file."""
    from ONFHAssistLib import cli

    def develop(folder: Path) -> None:
        example_table().to_csv(folder / "cohort.csv", index=False)
        arguments = ["survival", "develop", folder / "cohort.csv", *COLUMNS, *QUICK, "--months", 36, 60]
        arguments += ["--out", folder / "study", "--json"]
        with coarse(), redirect_stdout(io.StringIO()) as printed:
            assert cli.run([str(argument) for argument in arguments]) == 0
        (folder / "printed.json").write_text(printed.getvalue(), encoding="utf-8")

    folder = done_once(factory, "developed-study", develop)
    printed = json.loads((folder / "printed.json").read_text(encoding="utf-8"))
    return printed, folder / "study", folder / "cohort.csv"
