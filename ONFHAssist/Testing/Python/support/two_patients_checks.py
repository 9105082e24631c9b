"""What must hold in a scene of two patients after every step: no figure, outline or picture of one with the other."""

import re

import numpy as np
from support.run_all_worker import lines
from support.two_patients import HEALTHY, NECROTIC, patient_of


def load(patient, name=None):
    from ONFHAssistLib.scene.volumes import volume_from_image

    return volume_from_image(patient.image()[0], name or f"Hip of the {patient.name}")


def images():
    import slicer

    from ONFHAssistLib.scene.images.ownership import is_image

    return [node for node in slicer.util.getNodesByClass("vtkMRMLScalarVolumeNode") if is_image(node)]


def whose(volume):
    from ONFHAssistLib.scene.volumes import image_from_volume

    return patient_of(image_from_volume(volume))


def tables_of(volume):
    from ONFHAssistLib.scene.images.ownership import results_of

    return {node.GetAttribute("ONFHAssist.role"): node for node in results_of(volume, "vtkMRMLTableNode")}


# what must hold after every step ----------------------------------------------------------------------------------


def check_figures(volume):
    """The tables of an image hold the figures of its patient and of nobody else."""
    from ONFHAssistLib.scene.tables import columns_of

    patient, tables = whose(volume), tables_of(volume)
    if "measurements" in tables:
        found = columns_of(tables["measurements"])
        assert np.allclose(found["radius"], patient.radius, atol=1.5)
        assert (max(found["necrosis_ml"]) > 0) == patient.necrotic
    if "radiomics" in tables:
        assert set(columns_of(tables["radiomics"])["R"]) == {patient.marrow}
    if "prediction" in tables:
        found = columns_of(tables["prediction"])
        assert dict(zip(found["side"], found["probability"], strict=True)) == dict(
            zip("RL", patient.probability, strict=True)
        )
    if "stage" in tables:
        assert set(columns_of(tables["stage"])["stage"]) == {patient.stage}


def check_panel(widget):
    """What a panel shows is of the image that is chosen in it."""
    from ONFHAssistLib.scene.images.outlines_of import made_on
    from ONFHAssistLib.scene.images.ownership import image_of

    if widget.parameters is None or widget.parameters.volume is None:
        return
    volume = widget.parameters.volume
    assert volume.GetScene() is not None
    chosen = getattr(widget.parameters, "segmentation", None)
    assert chosen is None or made_on(chosen) is volume, (
        widget.moduleName,
        chosen.GetName(),
        volume.GetName(),
    )
    for name, view in vars(widget.ui).items():
        table = view.mrmlTableNode() if hasattr(view, "mrmlTableNode") else None
        if table is not None and table.GetAttribute("ONFHAssist.role"):
            assert image_of(table) is volume, (widget.moduleName, name)


def check_glance(widget):
    volume = widget.parameters.volume
    said = " ".join(lines(widget))
    if volume is None:
        assert said.count("Early osteonecrosis") == 0
        return
    patient = whose(volume)
    chances = [float(v) / 100 for v in re.findall(r"Early osteonecrosis (\d+)%", said)]
    assert set(chances) <= set(patient.probability), said
    assert set(re.findall(r"Stage (\w+),", said)) <= {patient.stage}, said
    assert all(abs(float(v) - patient.radius) < 1.5 for v in re.findall(r"Head radius ([\d.]+)", said)), said
    other = HEALTHY if patient is NECROTIC else NECROTIC
    assert f"the {other.name} one" not in widget.ui.notesLabel.text


def check_views(volume):
    """Nothing of another image is in sight, and no heat of another one lies over the slices."""
    import slicer

    from ONFHAssistLib.scene.images.ownership import image_of

    for node in slicer.util.getNodesByClass("vtkMRMLDisplayableNode"):
        owner = image_of(node)
        if owner is not None and owner is not volume and not node.IsA("vtkMRMLVolumeNode"):
            assert not node.GetDisplayVisibility(), node.GetName()
    for composite in slicer.util.getNodesByClass("vtkMRMLSliceCompositeNode"):
        over = slicer.mrmlScene.GetNodeByID(composite.GetForegroundVolumeID() or "")
        assert over is None or image_of(over) in (None, volume)
