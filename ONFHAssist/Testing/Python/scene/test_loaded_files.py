"""How a volume was read stands on its node, also where Slicer's DICOM module has read it."""

from types import SimpleNamespace

import numpy as np
import pytest
from support.dicom_files import slice_datasets, write_shuffled

from ONFHAssistLib.imaging.files import read_image
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.imaging.reading import Reading


@pytest.fixture
def folder(tmp_path):
    datasets = slice_datasets(Image(np.zeros((8, 6, 5), np.int16), (1, 1, 4)))
    folder = write_shuffled(datasets, tmp_path / "series")
    (folder / "report.pdf").write_bytes(b"%PDF-1.4\n")
    return folder


def test_a_volume_that_we_read_carries_the_account_as_attributes(scene, folder):
    from ONFHAssistLib.scene.volumes import facts_of_volume, volume_from_image

    node = volume_from_image(read_image(folder), "hip")
    assert node.GetAttribute("ONFHAssist.fact.files_read") == "8"
    assert node.GetAttribute("ONFHAssist.fact.files_left_out_why") == "report.pdf is a PDF document."
    assert Reading.of(facts_of_volume(node)) == Reading.of(read_image(folder).metadata)


@pytest.mark.parametrize(
    ("loaded", "notes"), [(8, ()), (7, ("Slicer loaded 7 of the 8 files of this series.",))]
)
def test_a_volume_that_slicer_loaded_says_what_of_its_series_it_lacks(
    scene, folder, monkeypatch, loaded, notes
):
    import pydicom
    import slicer

    from ONFHAssistLib.scene.volumes import image_from_volume

    files = {str(pydicom.dcmread(f).SOPInstanceUID): str(f) for f in sorted(folder.glob("IM*"))}
    database = SimpleNamespace(
        isOpen=True,
        fileForInstance=files.get,
        seriesForFile=lambda _file: "1.2.3",
        instancesForSeries=lambda _series: tuple(files),
    )
    monkeypatch.setattr(slicer, "dicomDatabase", database, raising=False)
    node = slicer.util.addVolumeFromArray(np.zeros((loaded, 6, 5), np.int16), name="hip")
    node.SetAttribute("DICOM.instanceUIDs", " ".join(list(files)[:loaded]))
    reading = Reading.of(image_from_volume(node).metadata)
    assert (reading.files_read, reading.files_left_out) == (loaded, 8 - loaded)
    assert reading.notes == notes
