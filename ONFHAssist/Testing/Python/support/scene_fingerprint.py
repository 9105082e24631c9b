"""What a saved scene holds, as another process reads it."""

import json
import subprocess
import sys

FINGERPRINT = """
import json, sys
sys.path.insert(0, {headless!r})
import headless
headless.start()
import slicer
from ONFHAssistLib.scene.tables import columns_of

assert slicer.util.loadScene({mrb!r})
found = {{}}
for index in range(slicer.mrmlScene.GetNumberOfNodes()):
    node = slicer.mrmlScene.GetNthNode(index)
    if node.GetAttribute("ONFHAssist.role") or node.IsA("vtkMRMLScalarVolumeNode"):
        entry = {{name: node.GetAttribute(name) for name in sorted(node.GetAttributeNames())}}
        if node.IsA("vtkMRMLTableNode"):
            table = node.GetTable()
            entry["content"] = {{name: [repr(v) for v in values] for name, values in columns_of(node).items()}}
            entry["kinds"] = [table.GetColumn(i).GetDataType() for i in range(table.GetNumberOfColumns())]
            entry["units"] = [node.GetColumnUnitLabel(name) for name in columns_of(node)]
        if node.IsA("vtkMRMLSegmentationNode"):
            segmentation = node.GetSegmentation()
            entry["segments"] = [
                [segmentation.GetNthSegment(i).GetName(), segmentation.GetNthSegment(i).GetTerminology()]
                for i in range(segmentation.GetNumberOfSegments())
            ]
        if node.IsA("vtkMRMLScalarVolumeNode"):
            entry["sum"] = int(slicer.util.arrayFromVolume(node).sum())
        if node.IsA("vtkMRMLMarkupsROINode"):
            entry["box"] = [*map(round, node.GetCenter()), *map(round, node.GetSize())]
        if node.IsA("vtkMRMLPlotChartNode"):
            entry["series"] = node.GetNumberOfPlotSeriesNodes()
            entry["title"] = node.GetTitle()
        found[f"{{node.GetClassName()}} {{node.GetName()}}"] = entry
print("FINGERPRINT " + json.dumps(found, sort_keys=True))
"""


def fingerprint_in_new_process(mrb, headless_folder):
    script = FINGERPRINT.format(headless=str(headless_folder), mrb=str(mrb))
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=600
    )
    lines = [line for line in done.stdout.splitlines() if line.startswith("FINGERPRINT ")]
    assert lines, done.stderr[-2000:]
    return json.loads(lines[0].removeprefix("FINGERPRINT "))
