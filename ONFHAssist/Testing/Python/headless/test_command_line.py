"""``slicer.cli`` of the stand-in."""

from pathlib import Path

import headless
import numpy as np
import pytest
import slicer
from support.waiting import wait_for

DESCRIPTION = """<executable><parameters>
<image><name>First</name><channel>input</channel><index>0</index></image>
<integer><longflag alias="n">--times</longflag></integer>
<table><longflag>out</longflag><channel>output</channel></table>
</parameters></executable>"""
PROGRAM = """
import sys
flags, image = dict(zip(sys.argv[1:-1:2], sys.argv[2:-1:2])), sys.argv[-1]
import SimpleITK
mean = SimpleITK.GetArrayFromImage(SimpleITK.ReadImage(image)).mean()
with open(flags["--out"], "w") as file:
    file.write(f"product,times\\n{mean * int(flags['--times'])},{flags['--times']}\\n")
"""


@pytest.fixture
def module(slicer_app, scene, tmp_path):
    def add(text):
        path = Path(tmp_path) / "program.py"
        path.write_text(text, encoding="utf-8")
        return headless.add_command_line_module("Multiply", path, DESCRIPTION)

    yield add
    slicer.app.moduleManager()._modules.pop("Multiply", None)
    vars(slicer.modules).pop("multiply", None)


def parameters():
    volume = slicer.util.addVolumeFromArray(np.full((3, 4, 5), 7.0))
    table = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLTableNode")
    return table, {"First": volume.GetID(), "times": 3, "out": table.GetID()}


def test_a_program_gets_files_and_its_table_comes_back(module):
    table, values = parameters()
    module(PROGRAM)

    node = slicer.cli.run(slicer.modules.multiply, None, values)
    assert node.IsBusy() and node.GetStatus() == node.Running
    wait_for(lambda: not node.IsBusy())

    assert node.GetStatus() == node.Completed, node.GetErrorText()
    assert float(table.GetCellText(0, 0)) == 21.0


def test_one_can_wait_for_it(module):
    table, values = parameters()

    node = slicer.cli.run(module(PROGRAM), None, values, wait_for_completion=True)

    assert node.GetStatusString() == "Completed" and table.GetNumberOfRows() == 1


def test_a_program_that_fails_says_why(module):
    _table, values = parameters()

    node = slicer.cli.run(module("raise SystemExit('no')"), None, values, wait_for_completion=True)

    assert node.GetStatus() & node.ErrorsMask and node.GetErrorText().strip() == "no"


def test_a_program_can_be_cancelled(module):
    _table, values = parameters()
    node = slicer.cli.run(module("import time; time.sleep(60)"), None, values)

    node.Cancel()
    wait_for(lambda: not node.IsBusy())

    assert node.GetStatus() == node.Cancelled
