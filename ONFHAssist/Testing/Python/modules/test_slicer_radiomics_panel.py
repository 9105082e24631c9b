"""The group "SlicerRadiomics" of ONFHExtract by its buttons, with a command-line module called as Slicer calls it."""

import time
from types import SimpleNamespace

import headless
import numpy as np
import pytest
import slicer
from scipy import ndimage
from support.run_all_worker import pelvis
from support.slicer_radiomics import BROKEN, DESCRIPTION, SLOW, command_line_files, program
from support.waiting import wait_for

from ONFHAssistLib.imaging.image import Image

PRESET = """
imageType: {Original: {}, LoG: {sigma: [2.0]}}
featureClass: {shape: [MeshVolume], firstorder: [Mean, Entropy], glcm: [Contrast]}
setting: {binWidth: 25}
"""
COUNT = 7


def as_it_is(image):
    return image


def mirrored(image):
    """The same patient on a left-handed grid: the first index runs the other way."""
    direction = np.reshape(image.direction, (3, 3)).copy()
    last = direction[:, 0] * image.spacing[0] * (image.array.shape[2] - 1)
    direction[:, 0] *= -1.0
    origin = tuple(np.asarray(image.origin) + last)
    return Image(image.array[:, :, ::-1].copy(), image.spacing, origin, tuple(direction.ravel()))


@pytest.fixture
def extract(request, panel, scene, tmp_path, monkeypatch):
    """The panel with two outlined heads and their features by a small preset."""
    from ONFHAssistLib.scene.segmentations import segmentation_from_labels
    from ONFHAssistLib.scene.volumes import volume_from_image

    path = tmp_path / "small.yaml"
    path.write_text(PRESET, encoding="utf-8")
    grid = getattr(request, "param", as_it_is)
    image, labels = pelvis("RL")
    grain = ndimage.gaussian_filter(np.random.default_rng(0).normal(size=image.array.shape), 1.0)
    texture = np.where(image.points()[..., 0] > 0, 10.0, 80.0)  # of the left and the right half
    seen = image.like((800.0 + texture * grain / grain.std()).astype(np.float32))
    volume = volume_from_image(grid(seen), "Hip MRI")
    node = segmentation_from_labels(grid(labels), volume, "a reader", {})
    widget = panel("ONFHExtract")
    widget.parameters.volume, widget.parameters.segmentation = volume, node
    widget.parameters.preset = str(path)
    monkeypatch.setattr(widget.logic, "presets", lambda _volume=None: [str(path)])
    widget.logic.extract(volume, node, str(path))
    widget.update_panel()
    yield widget
    widget.slicer_radiomics.forget_case()


@pytest.fixture
def installed(slicer_app):
    """``installed(program, description)``: the extension's command-line module is there until the test ends."""
    manager = slicer.app.moduleManager()
    module = "SlicerRadiomicsCLI"

    def install(path, description=DESCRIPTION):
        headless.add_command_line_module(module, path, description)

    yield install
    manager._modules.pop(module, None)
    vars(slicer.modules).pop(module.lower(), None)


def nodes():
    """Names of all nodes that are not of the application itself."""
    return sorted(node.GetName() for node in slicer.util.getNodesByClass("vtkMRMLNode") if node.GetName())


def compared(widget):
    from ONFHAssistLib.scene.images.ownership import find_node
    from ONFHAssistLib.scene.tables import columns_of

    table = find_node("vtkMRMLTableNode", "radiomics compared", widget.parameters.volume)
    return None if table is None else columns_of(table)


def run(widget):
    widget.ui.slicerRadiomicsButton.click()
    wait_for(lambda: not widget.slicer_radiomics.running)
    return widget.ui.slicerRadiomicsStatusLabel.text


def test_without_the_extension_both_buttons_say_how_to_get_it(extract):
    for button in (extract.ui.slicerRadiomicsButton, extract.ui.slicerRadiomicsOpenButton):
        extract.ui.slicerRadiomicsStatusLabel.text = ""
        button.click()

        assert "Extensions Manager" in extract.ui.slicerRadiomicsStatusLabel.text
        assert "Extensions Manager" in button.toolTip


@pytest.mark.parametrize("extract", [as_it_is, mirrored], indirect=True)
def test_its_features_of_both_hips_stand_beside_ours_and_are_equal(extract, installed, tmp_path):
    pytest.importorskip("radiomics")
    installed(*command_line_files(tmp_path))
    before = nodes()

    text = run(extract)

    table = compared(extract)
    assert table is not None, text
    for side in "RL":
        np.testing.assert_allclose(table[f"{side} SlicerRadiomics"], table[side], rtol=1e-6)
        assert max(table[f"{side} difference"]) < 1e-6
    assert len(table["feature"]) == COUNT
    grain_of = table["feature"].index(next(name for name in table["feature"] if "Contrast" in name))
    assert table["R"][grain_of] > 5 * table["L"][grain_of], "the coarse grain is in the patient's right hip"
    assert table["R"][1] != pytest.approx(table["L"][1], rel=1e-3), "the sides are not told apart"
    assert text.startswith(f"{COUNT} features of each hip by SlicerRadiomics (PyRadiomics v3")
    assert nodes() == sorted([*before, "Hip MRI radiomics compared"]), (
        "nodes that it was handed are left behind"
    )
    assert extract.ui.slicerRadiomicsButton.text == "Compare with SlicerRadiomics"


def test_the_same_of_an_image_under_a_transform(extract, installed, tmp_path):
    pytest.importorskip("radiomics")
    installed(*command_line_files(tmp_path))
    transform = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLLinearTransformNode", "oblique")
    turned = np.eye(4)
    turned[:2, :2] = [[np.cos(0.3), -np.sin(0.3)], [np.sin(0.3), np.cos(0.3)]]
    turned[:3, 3] = 7.0, -5.0, 3.0
    slicer.util.updateTransformMatrixFromArray(transform, turned)
    volume, segmentation = extract.parameters.volume, extract.parameters.segmentation
    for node in (volume, segmentation):
        node.SetAndObserveTransformNodeID(transform.GetID())
    extract.logic.extract(volume, segmentation, extract.parameters.preset)

    text = run(extract)

    assert max(compared(extract)["R difference"]) < 1e-6, text


def test_features_of_other_outlines_are_not_compared(extract, installed, tmp_path):
    from ONFHAssistLib.scene.segmentations import segmentation_from_labels

    installed(*command_line_files(tmp_path))
    _image, labels = pelvis("RL")
    other = labels.array.copy()
    other[other > 0] *= np.random.default_rng(0).random((other > 0).sum()) > 0.2
    extract.parameters.segmentation = segmentation_from_labels(
        labels.like(other), extract.parameters.volume, "another", {}
    )

    text = run(extract)

    assert text == "The outlines changed since the extraction; press Extract first."
    assert compared(extract) is None


def test_features_of_another_preset_are_not_compared(extract, installed, tmp_path):
    installed(*command_line_files(tmp_path))
    (tmp_path / "small.yaml").write_text(PRESET.replace("25", "10"), encoding="utf-8")

    assert "another preset than small; press Extract first" in run(extract)


def test_a_failure_of_the_extension_is_its_last_line_and_leaves_nothing(extract, installed, tmp_path):
    installed(program(tmp_path, BROKEN))
    before = nodes()

    text = run(extract)

    assert text == "SlicerRadiomics failed: ValueError: no such filter"
    assert nodes() == before


def test_an_empty_answer_is_a_failure(extract, installed, tmp_path):
    installed(program(tmp_path, ""))

    assert "SlicerRadiomics gave an empty table" in run(extract)


def test_its_button_cancels_it(extract, installed, tmp_path):
    installed(program(tmp_path, SLOW))
    before, begun = nodes(), time.monotonic()
    extract.ui.slicerRadiomicsButton.click()
    assert extract.ui.slicerRadiomicsButton.text == "Cancel"
    assert "hip R" in extract.ui.slicerRadiomicsStatusLabel.text

    extract.ui.slicerRadiomicsButton.click()

    assert not extract.slicer_radiomics.running and time.monotonic() - begun < 30
    assert extract.ui.slicerRadiomicsStatusLabel.text == "Cancelled; the scene is as it was."
    assert nodes() == before


def test_it_ends_when_the_image_is_removed(extract, installed, tmp_path):
    installed(program(tmp_path, SLOW))
    extract.ui.slicerRadiomicsButton.click()

    slicer.mrmlScene.RemoveNode(extract.parameters.volume)

    assert not extract.slicer_radiomics.running
    assert not slicer.util.getNodesByClass("vtkMRMLCommandLineModuleNode")


def test_its_panel_opens_with_the_same_inputs(extract, monkeypatch):
    chosen = {}
    selector = SimpleNamespace(setCurrentNode=lambda node: chosen.setdefault("volume", node))
    mask = SimpleNamespace(setCurrentNode=lambda node: chosen.setdefault("segmentation", node))
    other = SimpleNamespace(
        inputVolumeSelector=selector,
        inputMaskSelector=mask,
        parameterFileCustomizationRadioButton=SimpleNamespace(checked=False),
        parameterFilePathLineEdit=SimpleNamespace(currentPath=""),
    )
    monkeypatch.setattr(slicer.modules, "slicerradiomics", object(), raising=False)
    monkeypatch.setattr(slicer.modules, "SlicerRadiomicsWidget", other, raising=False)
    monkeypatch.setattr(slicer.util, "selectModule", lambda name: chosen.setdefault("module", name))

    extract.ui.slicerRadiomicsOpenButton.click()

    assert chosen == {
        "module": "SlicerRadiomics",
        "volume": extract.parameters.volume,
        "segmentation": extract.parameters.segmentation,
    }
    assert other.parameterFileCustomizationRadioButton.checked
    assert other.parameterFilePathLineEdit.currentPath == extract.parameters.preset
