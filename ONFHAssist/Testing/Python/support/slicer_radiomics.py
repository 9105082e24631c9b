"""The command-line module of the SlicerRadiomics extension: its own files where a clone is at hand, else one of ours.

``SLICER_RADIOMICS`` names a clone of https://github.com/AIM-Harvard/SlicerRadiomics. Ours keeps the same contract: the
description's parameters, the label as a setting of PyRadiomics' script, a table of one row.
"""

import os
from pathlib import Path

DESCRIPTION = """<executable><title>RadiomicsCLI</title><parameters>
<image type="scalar"><name>Image</name><channel>input</channel><index>0</index></image>
<image type="label"><name>Mask</name><channel>input</channel><index>1</index></image>
<file fileExtensions=".yaml,.yml,.json"><longflag alias="p">param</longflag><channel>input</channel></file>
<integer><longflag>label</longflag><channel>input</channel></integer>
<table fileExtensions=".csv"><longflag alias="o">out</longflag><channel>output</channel></table>
</parameters></executable>"""
# PyRadiomics 3.0.1 calls what newer versions of ruamel.yaml have no more; Slicer's brings a PyRadiomics that does not.
_OLD_YAML = """
import sys
from ruamel import yaml
yaml.safe_load = yaml.YAML(typ="safe", pure=True).load
"""
_PROGRAM = """
from radiomics.scripts import parse_args
at = sys.argv.index("--label")
label = sys.argv[at + 1]
del sys.argv[at : at + 2]
sys.argv += [f"--setting=label:{label}", "--format=csv", "--verbosity=4", "--setting=correctMask:True"]
parse_args()
"""
BROKEN = "import sys; sys.exit('Traceback\\nValueError: no such filter')"
SLOW = "import time; time.sleep(60)"


def command_line_files(folder: Path) -> tuple[Path, str]:
    """Program and description."""
    clone = os.environ.get("SLICER_RADIOMICS")
    if clone:
        place = Path(clone) / "SlicerRadiomicsCLI"
        theirs = (
            f'import runpy; runpy.run_path({str(place / "SlicerRadiomicsCLI.py")!r}, run_name="__main__")'
        )
        description = (place / "SlicerRadiomicsCLI.xml").read_text(encoding="utf-8")
        return program(folder, _OLD_YAML + theirs), description
    return program(folder, _OLD_YAML + _PROGRAM), DESCRIPTION


def program(folder: Path, text: str) -> Path:
    """A program of this text."""
    path = folder / "SlicerRadiomicsCLI.py"
    path.write_text(text, encoding="utf-8")
    return path
