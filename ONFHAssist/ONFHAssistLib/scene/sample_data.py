"""The simulated patients in Slicer's Sample Data module; the files come with the extension, nothing is downloaded."""

from __future__ import annotations

import json

from ..resources import resource_path

CATEGORY = "ONFHAssist"
SAMPLES = {
    "ONFHRightStage2": ("onfh-right-stage2-t1.nrrd", "onfh-right-stage2-t2fs.nrrd"),
    "ONFHHealthy": ("healthy-t2fs.nrrd",),
    "ONFHRadiograph": ("onfh-right-stage2-radiograph.nrrd",),
}
NODE_NAMES = {
    "onfh-right-stage2-t1.nrrd": "Hip T1 coronal",
    "onfh-right-stage2-t2fs.nrrd": "Hip T2 FS coronal",
    "healthy-t2fs.nrrd": "Healthy hip T2 FS coronal",
    "onfh-right-stage2-radiograph.nrrd": "Pelvis AP radiograph",
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
            nodeNames=[NODE_NAMES[file] for file in files],
            checksums=[f"SHA256:{sums[file]}" for file in files],
        )
