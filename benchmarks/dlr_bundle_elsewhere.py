"""Does a bundle predict the same in another process and on another Python?

    python benchmarks/dlr_bundle_elsewhere.py --bundle BUNDLE --hips hips.csv --outcome early_onfh \
        --features radiomics/features.csv --features deep/features.csv --python /path/to/python3.12

Applies the bundle to every hip here, in a fresh process of this Python, and in one of each other Python that is named
(which needs numpy, pandas, scipy, scikit-learn, SimpleITK, pydicom), and prints the largest difference of a probability.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

LIBRARY = Path(__file__).resolve().parent.parent / "ONFHAssist"


def predict(bundle: str, hips: str, outcome: str, features: list[str]) -> dict[str, object]:
    """Probabilities of every hip, and with what they were computed."""
    import platform

    import numpy
    import sklearn

    from ONFHAssistLib.early.external_validation import load_model_bundle, probabilities_of
    from ONFHAssistLib.tabular.tables.feature_table import TableSource, read_feature_table

    table = read_feature_table(TableSource(Path(hips), outcome, features=tuple(map(Path, features))))
    model = load_model_bundle(bundle)[1]
    return {
        "where": f"Python {platform.python_version()}, numpy {numpy.__version__}, scikit-learn {sklearn.__version__}",
        "model": f"{model.name} with {len(model.feature_names)} features",
        "probability": probabilities_of(model, table).tolist(),
    }


def elsewhere(python: str, arguments: list[str]) -> dict[str, object]:
    """The same in a new process of an interpreter."""
    environment = {**os.environ, "PYTHONPATH": str(LIBRARY)}
    command = [python, str(Path(__file__).resolve()), "--child", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return json.loads(done.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bundle", required=True)
    parser.add_argument("--hips", required=True, help="CSV with case, side, the outcome")
    parser.add_argument("--outcome", default="early_onfh")
    parser.add_argument("--features", action="append", default=[])
    parser.add_argument("--python", action="append", default=[], help="another interpreter")
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    here = predict(asked.bundle, asked.hips, asked.outcome, asked.features)
    if asked.child:
        sys.stdout.write(json.dumps(here))
        return
    print(f"{here['model']}, {len(here['probability'])} hips; here: {here['where']}")
    arguments = ["--bundle", asked.bundle, "--hips", asked.hips, "--outcome", asked.outcome]
    for path in asked.features:
        arguments += ["--features", path]
    for python in [sys.executable, *asked.python]:
        there = elsewhere(python, arguments)
        pairs = zip(here["probability"], there["probability"], strict=True)
        print(f"{there['where']}: largest difference {max(abs(a - b) for a, b in pairs):.2g}")


if __name__ == "__main__":
    main()
