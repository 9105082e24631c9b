"""The simulator stays light: it never brings the deep-learning packages along."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import ONFHAssistLib.simulate


def test_no_module_of_the_simulator_imports_deep_learning():
    names = [
        p.stem for p in Path(ONFHAssistLib.simulate.__file__).parent.glob("*.py") if p.stem != "__init__"
    ]
    code = "import sys, importlib\n" + "".join(
        f"importlib.import_module('ONFHAssistLib.simulate.{n}')\n" for n in names
    )
    code += "print(sorted({'torch', 'monai', 'radiomics', 'pandas'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
