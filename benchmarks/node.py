"""The node under load and attack, beside a real archive (Orthanc, Debian packages orthanc and orthanc-dicomweb).

    python benchmarks/node.py trip                      the sample patient with all networks, through Orthanc and back
    python benchmarks/node.py studies [--count 200]     kills, restarts, a cut link: each study has one set of results
    python benchmarks/node.py fuzz [--count 10000]      damaged objects and associations: the node lives and says so once

Everything is on loopback, in a temporary folder, bounded in count and time.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "ONFHAssist" / "Testing" / "Python"), str(ROOT / "ONFHAssist")]


def main() -> None:
    """Run one part and print its figures; exit code 1 where they are not as they should be."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("part", choices=("trip", "studies", "fuzz"))
    parser.add_argument("--count", type=int, default=0)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--cut", type=float, default=60.0, help="seconds for which the link is cut")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--limit", type=float, default=3000.0, help="seconds until it is given up")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="onfh-node-") as name:
        if asked.part == "trip":
            from support.node_trip import run_trip

            failed = run_trip(Path(name), asked.limit)
        elif asked.part == "studies":
            from support.node_load import run_studies

            failed = run_studies(
                Path(name), asked.count or 200, asked.kills, asked.cut, asked.seed, asked.limit
            )
        else:
            from support.node_fuzz import run_fuzz

            failed = run_fuzz(Path(name), asked.count or 10_000, asked.seed, asked.limit)
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
