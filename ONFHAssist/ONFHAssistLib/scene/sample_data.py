"""The simulated patients in Slicer's Sample Data module; the files come with the extension, nothing is downloaded."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import slicer

from ..core.resources import resource_path
from .attributes import FACT_PREFIX, write_attributes

if TYPE_CHECKING:
    from slicer import vtkMRMLScalarVolumeNode

CATEGORY = "ONFHAssist"
SAMPLES = {
    "ONFHExamination": (
        "onfh-right-stage2-t1.nrrd",
        "onfh-right-stage2-t2fs.nrrd",
        "onfh-right-stage2-axial.nrrd",
        "onfh-right-stage2-sagittal.nrrd",
    ),
    "ONFHRightStage2": ("onfh-right-stage2-t2fs.nrrd", "onfh-right-stage2-t1.nrrd"),
    "ONFHHealthy": ("healthy-t2fs.nrrd",),
    "ONFHRadiograph": ("onfh-right-stage2-radiograph.nrrd",),
}
# The Sample Data module writes the name of a sample's first volume on its button.
NODE_NAMES = {
    "onfh-right-stage2-t1.nrrd": "Hip T1 coronal",
    "onfh-right-stage2-t2fs.nrrd": "Hip T2 FS coronal",
    "onfh-right-stage2-axial.nrrd": "Hip PD FS axial",
    "onfh-right-stage2-sagittal.nrrd": "Hip PD FS sagittal, right",
    "healthy-t2fs.nrrd": "Healthy hip T2 FS coronal",
    "onfh-right-stage2-radiograph.nrrd": "Pelvis AP radiograph",
}
FIRST_NAMES = {
    "ONFHExamination": "Hip examination, T1 coronal"
}  # of samples whose first file is another's too
SHOWN_PERCENT = (1.0, 98.5)
# What a DICOM header would say and NRRD does not.
FACTS = {
    "onfh-right-stage2-t1.nrrd": {"modality": "MR", "sequence": "T1"},
    "onfh-right-stage2-t2fs.nrrd": {"modality": "MR", "sequence": "T2 FS"},
    "onfh-right-stage2-axial.nrrd": {"modality": "MR", "sequence": "PD FS"},
    "onfh-right-stage2-sagittal.nrrd": {"modality": "MR", "sequence": "PD FS", "laterality": "R"},
    "healthy-t2fs.nrrd": {"modality": "MR", "sequence": "T2 FS"},
    "onfh-right-stage2-radiograph.nrrd": {"modality": "DX"},
}


def register_sample_data() -> None:
    """Tell the Sample Data module of the samples, with their SHA-256."""
    import SampleData

    folder = resource_path("SampleData")
    sums = json.loads((folder / "checksums.json").read_text(encoding="utf-8"))
    for name, files in SAMPLES.items():
        SampleData.SampleDataLogic.registerCustomSampleDataSource(
            category=CATEGORY,
            sampleName=name,
            thumbnailFileName=str(resource_path("Icons", "ONFHAssist.png")),
            uris=[(folder / file).as_uri() for file in files],
            fileNames=list(files),
            nodeNames=_names(name, files),
            checksums=[f"SHA256:{sums[file]}" for file in files],
            customDownloader=load_source,
        )


def _names(sample: str, files: tuple[str, ...]) -> list[str]:
    names = [NODE_NAMES[file] for file in files]
    return [FIRST_NAMES.get(sample, names[0]), *names[1:]]


def load_source(source: Any) -> list[vtkMRMLScalarVolumeNode]:
    """What the button of a sample does: its volumes, checked by their SHA-256, with the facts of their series."""
    import SampleData

    nodes = SampleData.SampleDataLogic().downloadFromSource(source)
    for node, file in zip(nodes, source.fileNames, strict=True):
        write_attributes(node, FACTS[file], FACT_PREFIX)
        if FACTS[file]["modality"] == "MR":
            _show_marrow(node)
    slicer.util.setSliceViewerLayers(background=nodes[0], fit=True)  # Slicer shows the last that was loaded
    return nodes


def _show_marrow(node: vtkMRMLScalarVolumeNode) -> None:
    """A window for marrow and muscle; Slicer's own reaches up to the bladder, and fat-suppressed marrow is black."""
    low, high = np.percentile(slicer.util.arrayFromVolume(node), SHOWN_PERCENT)
    node.CreateDefaultDisplayNodes()
    node.GetDisplayNode().SetAutoWindowLevel(False)
    node.GetDisplayNode().SetWindowLevelMinMax(float(low), float(high))


def load_sample(name: str) -> list[vtkMRMLScalarVolumeNode]:
    """The volumes of the sample ``name`` of :data:`SAMPLES`, as its button loads them."""
    import SampleData

    return load_source(SampleData.SampleDataLogic().sourceForSampleName(name))
