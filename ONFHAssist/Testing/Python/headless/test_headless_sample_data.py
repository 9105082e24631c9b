"""Data sets are registered and fetched from files."""

import hashlib

import numpy as np
import pytest

pytestmark = pytest.mark.usefixtures("scene")


@pytest.fixture
def volume_file(tmp_path):
    import slicer

    node = slicer.util.addVolumeFromArray(np.arange(24, dtype=np.float32).reshape(2, 3, 4))
    path = tmp_path / "leg.nrrd"
    assert slicer.util.saveNode(node, str(path))
    slicer.mrmlScene.RemoveNode(node)
    return path


@pytest.fixture
def registered(volume_file):
    import SampleData
    import slicer

    digest = hashlib.sha256(volume_file.read_bytes()).hexdigest()
    fields = {
        "sampleName": "Leg", "fileNames": "leg.nrrd", "nodeNames": "Leg MRI", "uris": volume_file.as_uri(),
    }  # fmt: skip
    SampleData.SampleDataLogic.registerCustomSampleDataSource(
        category="MyExtension", checksums=f"SHA256:{digest}", **fields
    )
    yield fields
    slicer.modules.sampleDataSources.pop("MyExtension")


def test_registered_volume_is_loaded_under_its_name(registered):
    import SampleData
    import slicer

    node = SampleData.SampleDataLogic().downloadSample("Leg")
    assert node.GetName() == "Leg MRI"
    assert slicer.util.arrayFromVolume(node).sum() == sum(range(24))


def test_same_source_is_registered_once(registered):
    import SampleData
    import slicer

    before = len(slicer.modules.sampleDataSources["MyExtension"])
    SampleData.SampleDataLogic.registerCustomSampleDataSource(
        category="MyExtension",
        checksums=slicer.modules.sampleDataSources["MyExtension"][0].checksums,
        **registered,
    )
    assert len(slicer.modules.sampleDataSources["MyExtension"]) == before


def test_wrong_checksum_is_refused(registered):
    import SampleData
    import slicer

    slicer.modules.sampleDataSources["MyExtension"][0].checksums = ["SHA256:" + "0" * 64]
    with pytest.raises(ValueError, match="Checksum"):
        SampleData.downloadSample("Leg")


def test_network_address_is_refused():
    import SampleData

    with pytest.raises(ValueError, match="no network"):
        SampleData.SampleDataLogic().downloadFile("https://example.org/a.nrrd", "x", "a.nrrd")


def test_unknown_sample_is_named():
    import SampleData

    with pytest.raises(ValueError, match="NoSuch"):
        SampleData.downloadSample("NoSuch")
