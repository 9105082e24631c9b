"""Time the whole survival protocol on 212 hips, and see what it says of a cohort without any signal.

python benchmarks/dlrc_protocol.py                     # under two minutes on two cores?
python benchmarks/dlrc_protocol.py --null-cohorts 30   # collapse at random: does the honest interval contain 0.5?
python benchmarks/dlrc_protocol.py --null-cohorts 10 --work WORK    # the same on features of simulated radiographs
"""

from __future__ import annotations

import argparse
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

from ONFHAssistLab.studies.dlrc.example_cohort import example_cohort
from ONFHAssistLib.survival.develop.cohort import SurvivalCohort
from ONFHAssistLib.survival.develop.cohort_table import CohortTable, read_survival_cohort
from ONFHAssistLib.survival.develop.development import develop
from ONFHAssistLib.survival.develop.development_files import save_development
from ONFHAssistLib.survival.develop.models import SurvivalProtocol

ALLOWED_S = 120.0


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--bootstraps", type=int, default=500)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--effect", type=float, default=1.5)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--null-cohorts", type=int, default=0)
    parser.add_argument(
        "--work", type=Path, help="null cohorts on the features that 'onfh reproduce dlrc' left here"
    )
    parser.add_argument("--out", type=Path, help="write models, tables and figures here")
    options = parser.parse_args()
    protocol = SurvivalProtocol(
        bootstraps=options.bootstraps, redevelop=options.bootstraps, threads=options.threads
    )
    if options.null_cohorts:
        without_signal(options.null_cohorts, replace(protocol, redevelop=0), options.work, options.seed)
        return
    cohort = example_cohort(effect=options.effect, seed=options.seed)
    # compile the inner loops first: they are kept on disk, so a user pays for them once
    develop(
        example_cohort(patients=70, hips=100, radiomics=60, deep=60, seed=1),
        SurvivalProtocol(repeats=1, redevelop=0),
    )
    start, cpu = time.perf_counter(), time.process_time()
    result = develop(cohort, protocol)
    wall = time.perf_counter() - start
    print(result.performance.round(3).to_string(index=False))
    print(result.comparison.round(3).to_string(index=False))
    print(*result.warnings, sep="\n")
    print(f"{len(cohort)} hips, {cohort.outcome.events} events, {options.bootstraps} bootstraps:")
    print(
        f"{wall:.1f} s ({time.process_time() - cpu:.1f} s of processor time), {wall / ALLOWED_S:.2f} of the allowed"
    )
    if options.out:
        print(f"{len(save_development(result, options.out))} files in {options.out}")


def without_signal(cohorts: int, protocol: SurvivalProtocol, work: Path | None, first: int) -> None:
    """Share of null cohorts in which the intervals of C contain 0.5, and in which the report warns."""
    real = None if work is None else _reproduced(work)
    contains = {"apparent": 0, "honest": 0}
    evaluated = warned = 0
    for seed in range(first, first + cohorts):
        cohort = example_cohort(null=True, seed=seed) if real is None else _dealt_anew(real, seed)
        result = develop(cohort, replace(protocol, seed=seed))
        held = result.held_out.concordance("dlrc", result.cohort.patient_code, protocol.bootstraps, seed)
        table = result.performance.query("model == 'dlrc' and figure == 'C-index'")
        contains["honest"] += held.low <= 0.5 <= held.high
        line = f"{seed}: honest {held.value:.2f} ({held.low:.2f} to {held.high:.2f})"
        if len(table):
            row = table.iloc[0]
            evaluated += 1
            contains["apparent"] += row["apparent_low"] <= 0.5
            told = any("of the dlrc model" in w and "is optimistic by" in w for w in result.warnings)
            warned += told
            line += (
                f", apparent {row['apparent']:.2f} ({row['apparent_low']:.2f} to {row['apparent_high']:.2f})"
            )
            line += ", the report warns" if told else ", NO WARNING"
        else:
            line += ", nothing was selected"
        print(line, flush=True)
    print(f"intervals that contain 0.5: honest {contains['honest']} of {cohorts},", end=" ")
    print(
        f"apparent {contains['apparent']} of {evaluated}; the report warns of optimism in {warned} of {evaluated}"
    )


def _reproduced(work: Path) -> SurvivalCohort:
    """Findings and features that 'onfh reproduce dlrc --work WORK' left there."""
    tables = [work / "hips.csv", work / "radiomics" / "features.csv", work / "deep.csv"]
    readings = (work / "radiomics_reader2" / "features.csv", work / "deep_reader2.csv")
    source = CohortTable(
        tables[0], "case", "follow_up_months", "collapse", None, tuple(tables[1:]), readings, "months"
    )
    return read_survival_cohort(source)


def _dealt_anew(cohort: SurvivalCohort, seed: int) -> SurvivalCohort:
    """Follow-up and collapse dealt at random to the hips: nothing of the films or findings can foretell them."""
    dealt = np.random.default_rng(seed).permutation(len(cohort))
    return replace(cohort, outcome=cohort.outcome.take(dealt))


if __name__ == "__main__":
    main()
