"""The samples in Slicer's Sample Data module: whole, named, on the right side."""

import numpy as np
import pytest

from ONFHAssistLib.core.resources import resource_path
from ONFHAssistLib.imaging.files import read_image
from ONFHAssistLib.imaging.labels import NECROSIS


@pytest.fixture
def samples(slicer_app, scene):
    """The logic of the Sample Data module, with our samples registered."""
    import SampleData

    from ONFHAssistLib.scene.sample_data import register_sample_data

    register_sample_data()
    return SampleData.SampleDataLogic()


def test_the_patient_with_stage_two_loads_as_two_volumes_on_one_grid(samples):
    import slicer

    from ONFHAssistLib.scene.volumes import image_from_volume

    source = samples.sourceForSampleName("ONFHRightStage2")
    first, second = source.customDownloader(source)  # what its button does
    assert [first.GetName(), second.GetName()] == ["Hip T2 FS coronal", "Hip T1 coronal"]
    for name in ("Red", "Yellow", "Green"):
        shown = slicer.app.layoutManager().sliceWidget(name).mrmlSliceCompositeNode()
        assert shown.GetBackgroundVolumeID() == first.GetID()
    images = [image_from_volume(node) for node in (first, second)]
    bladder = images[0].array.max()
    assert 10 < first.GetDisplayNode().GetWindowLevelMax() < 0.6 * bladder
    assert images[0].same_grid(images[1], 1e-2)
    assert [image.metadata["sequence"] for image in images] == ["T2 FS", "T1"]


def test_every_sample_loads_by_name_with_its_modality(samples):
    from ONFHAssistLib.scene.sample_data import FACTS, SAMPLES, load_sample
    from ONFHAssistLib.scene.volumes import image_from_volume

    for name, files in SAMPLES.items():
        found = [image_from_volume(node).metadata["modality"] for node in load_sample(name)]
        assert found == [FACTS[file]["modality"] for file in files]


def test_the_necrosis_of_the_sample_is_on_the_patients_right():
    outlines = read_image(resource_path("SampleData", "onfh-right-stage2-outlines.nrrd"))
    points = outlines.points()[outlines.array == NECROSIS["R"]]
    heads = outlines.points()[np.isin(outlines.array, (1, 2, 3))]
    assert len(points) > 100
    assert points[:, 0].mean() < heads[:, 0].mean()
    assert not (outlines.array == NECROSIS["L"]).any()


def test_a_changed_sample_is_refused(samples, tmp_path):
    import SampleData
    import slicer

    path = tmp_path / "changed.nrrd"
    path.write_bytes(resource_path("SampleData", "healthy-t2fs.nrrd").read_bytes()[:-1] + b"x")
    source = SampleData.SampleDataLogic().sourceForSampleName("ONFHHealthy")
    with pytest.raises(ValueError, match=r"(?i)checksum"):
        samples.downloadFile(
            path.as_uri(), slicer.app.temporaryPath, "healthy-t2fs.nrrd", source.checksums[0]
        )
