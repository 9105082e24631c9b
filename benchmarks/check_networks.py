"""MONAI's own check of every shipped network: does it take and give what its metadata says?

    python benchmarks/check_networks.py [BUNDLES]

Runs ``python -m monai.bundle verify_net_in_out`` on each bundle of the folder that holds a network.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from ONFHAssistLib.bundles.bundle import models_folder


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else models_folder()
    failed = []
    for bundle in sorted(path for path in folder.iterdir() if (path / "models/model.pt").is_file()):
        settings = bundle / "configs/inference.json"
        if "network_def" not in json.loads(settings.read_text(encoding="utf-8")):
            print(f"{bundle.name}: no network_def, not checked")
            failed.append(bundle.name)
            continue
        command = [sys.executable, "-m", "monai.bundle", "verify_net_in_out", "network_def"]
        command += ["--meta_file", str(bundle / "configs/metadata.json"), "--config_file", str(settings)]
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        print(f"{bundle.name}: {'as its metadata says' if result.returncode == 0 else result.stderr[-500:]}")
        if result.returncode:
            failed.append(bundle.name)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
