"""The simulator stays light: it never brings the deep-learning packages along."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import ONFHAssistLab.simulate


def test_no_module_of_the_simulator_imports_deep_learning():
    folder = Path(ONFHAssistLab.simulate.__file__).parent
    names = [
        ".".join(path.relative_to(folder).with_suffix("").parts)
        for path in sorted(folder.rglob("*.py"))
        if path.stem != "__init__"
    ]
    assert len(names) > 20
    code = "import sys, importlib\n" + "".join(
        f"importlib.import_module('ONFHAssistLab.simulate.{n}')\n" for n in names
    )
    code += "print(sorted({'torch', 'monai', 'radiomics', 'pandas'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
