"""``onfh cohort run`` at work: two workers, kills, Dask, a new stager, ten thousand cases, a real SLURM.

    python benchmarks/cohort_run.py scale STUDIES --out DIR [--cases 100]     one worker and two: seconds, same tables
    python benchmarks/cohort_run.py kill STUDIES --out DIR [--cases 3]        SIGKILL at ten moments, same tables
    python benchmarks/cohort_run.py dask STUDIES --out DIR [--cases 4]        two processes of Dask; then a scheduler away
    python benchmarks/cohort_run.py restage STUDIES --out DIR [--cases 2]     another stager: what is computed anew
    python benchmarks/cohort_run.py flat STUDIES --out DIR [--cases 30]       memory, files and time from case to case
    python benchmarks/cohort_run.py regions --out DIR [--cases 10000]         the same, with that many small regions
    python benchmarks/cohort_run.py tables RUN --out DIR [--cases 10000]      tables of that many cases, copied from a run
    python benchmarks/cohort_run.py slurm STUDIES --out DIR                   two nodes of a SLURM that is started here

STUDIES is a folder in which every folder is a study, as ``onfh simulate --exam`` makes it; where it has fewer than the cases wanted, studies come again under other names. ``--steps`` chooses
steps. STUDIES may be a table, too.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
ROOT = Path(__file__).resolve().parents[1]
sys.path = [entry for entry in sys.path if Path(entry or ".").resolve() != Path(__file__).resolve().parent]
sys.path[:0] = [str(ROOT / "ONFHAssist" / "Testing" / "Python"), str(ROOT / "ONFHAssist")]

PARTS = ("scale", "kill", "dask", "restage", "flat", "regions", "tables", "slurm")


def main() -> int:
    """Run one part and print its figures; exit code 1 where tables differ."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("part", choices=PARTS)
    parser.add_argument("studies", nargs="?", type=Path, help="folder of studies, or a run for tables")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--cases", type=int, default=0)
    parser.add_argument("--steps", default="")
    parser.add_argument("--preset", default="dlr-mri", help="of the radiomics")
    parser.add_argument("--moments", type=int, default=10, help="kills")
    parser.add_argument("--away", type=float, default=60.0, help="seconds without a scheduler")
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    from support import cohort_load

    part = getattr(cohort_load, f"run_{asked.part}")
    return 0 if part(asked) else 1


if __name__ == "__main__":
    raise SystemExit(main())
