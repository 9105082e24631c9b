"""ONFHSegment: outline the femoral heads and any necrosis, by sphere tool and Segment Editor, and measure them."""

from typing import Annotated, Optional

import slicer
from slicer import vtkMRMLMarkupsFiducialNode, vtkMRMLScalarVolumeNode, vtkMRMLSegmentationNode
from slicer.i18n import tr as _
from slicer.i18n import translate
from slicer.parameterNodeWrapper import WithinRange, parameterNodeWrapper
from slicer.ScriptedLoadableModule import (
    ScriptedLoadableModule,
    ScriptedLoadableModuleLogic,
    ScriptedLoadableModuleTest,
)

from ONFHAssistLib.ui.module_widget import ModuleWidget


class ONFHSegment(ScriptedLoadableModule):
    def __init__(self, parent):
        ScriptedLoadableModule.__init__(self, parent)
        parent.title = _("ONFHSegment")
        parent.categories = [translate("qSlicerAbstractCoreModule", "Quantification")]
        parent.dependencies = []
        parent.contributors = ["The ONFHAssist developers"]
        parent.helpText = _(
            "Step 1. Outline the femoral heads with the sphere tool (three or more points on the rim of a head, or "
            "one at its centre), correct them and outline necrosis in the Segment Editor, then measure. The side "
            "follows from the position in the patient and the DICOM laterality."
        )
        parent.acknowledgementText = _("Combined necrotic angle: Kerboul 1974; JIC types: Sugano 2002.")


@parameterNodeWrapper
class ONFHSegmentParameterNode:
    """What the panel keeps in the scene.

    volume: MRI. segmentation: the outlines. points: rim points, or the centre, of one femoral head.
    radius: mm, used with a single point. clip: clip the sphere to marrow. reader: who outlines.
    """

    volume: Optional[vtkMRMLScalarVolumeNode] = None  # noqa: UP045 - the wrapper knows typing.Optional
    segmentation: Optional[vtkMRMLSegmentationNode] = None  # noqa: UP045
    points: Optional[vtkMRMLMarkupsFiducialNode] = None  # noqa: UP045
    radius: Annotated[float, WithinRange(10.0, 40.0)] = 24.0
    clip: bool = True
    reader: str = ""


class ONFHSegmentWidget(ModuleWidget):
    parameters_class = ONFHSegmentParameterNode

    def __init__(self, parent=None):
        self.logic_class = ONFHSegmentLogic
        ModuleWidget.__init__(self, parent)
        self.editor_node = None
        self.radiograph = None

    def connect_signals(self):
        from ONFHAssistLib.ui.radiograph_panel import RadiographPanel

        self.radiograph = RadiographPanel(self.ui, self)
        self.ui.placeButton.connect("clicked()", self.on_place)
        self.ui.sphereButton.connect("clicked()", self.on_sphere)
        self.ui.measureButton.connect("clicked()", self.on_measure)

    def update_panel(self):
        from ONFHAssistLib.scene.case import points_of

        parameters = self.parameters
        count = len(points_of(parameters.points))
        self.ui.placeButton.enabled = parameters.volume is not None
        self.ui.sphereButton.enabled = parameters.volume is not None and count in (1, *range(3, 1000))
        self.ui.sphereButton.toolTip = (
            _("Make the segment of this femoral head from {count} points.").format(count=count)
            if self.ui.sphereButton.enabled
            else _("Place one point at the centre, or three or more on the rim, of one femoral head.")
        )
        film = self.radiograph.update()
        self.ui.measureButton.enabled = not film and None not in (parameters.volume, parameters.segmentation)
        self.ui.measureButton.toolTip = (
            _(
                "A radiograph has no volumes and no arcs; measure the MRI, and go on to Extract with the radiograph."
            )
            if film
            else _("Volumes, arcs and combined necrotic angle of each hip.")
        )
        self._show_in_editor()

    def _show_in_editor(self):
        editor = self.ui.segmentEditor
        if self.editor_node is None or self.editor_node.GetScene() is None:
            self.editor_node = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLSegmentEditorNode", "ONFH editor")
            editor.setMRMLSegmentEditorNode(self.editor_node)
        editor.setSegmentationNode(self.parameters.segmentation)
        editor.setSourceVolumeNode(self.parameters.volume)

    def exit(self):
        self.ui.segmentEditor.setActiveEffect(None)
        ModuleWidget.exit(self)

    def on_place(self):
        if self.parameters.points is None:
            self.parameters.points = self.logic.new_points()
            self.observe_points()
        if self.radiograph.is_radiograph:
            self.logic.face_radiograph(self.parameters.volume)
        self.logic.start_placing(self.parameters.points)

    def observe_points(self):
        for event in ("PointAddedEvent", "PointRemovedEvent", "PointPositionDefinedEvent"):
            self.addObserver(
                self.parameters.points,
                getattr(vtkMRMLMarkupsFiducialNode, event),
                self.on_parameters_modified,
            )

    def on_sphere(self):
        from ONFHAssistLib.ui.run import run_step

        run_step(self.ui, _("Making the femoral head ..."), self._sphere)

    def _sphere(self, _progress):
        parameters = self.parameters
        parameters.segmentation, head, warnings = self.logic.sphere(
            parameters.volume,
            parameters.segmentation,
            parameters.points,
            parameters.radius,
            parameters.clip,
            parameters.reader or "unnamed reader",
        )
        text = _("Femoral head {side}: radius {radius:.1f} mm").format(side=head.side, radius=head.radius)
        text += "." if self.radiograph.is_radiograph else _(", {volume:.1f} ml.").format(volume=head.head_ml)
        return " ".join([text, *warnings])

    def on_measure(self):
        from ONFHAssistLib.ui.run import run_step

        run_step(self.ui, _("Measuring ..."), self._measure)

    def _measure(self, _progress):
        table = self.logic.measure(self.parameters.volume, self.parameters.segmentation)
        self.ui.measurementsView.setMRMLTableNode(table)
        return _("Measured; the table is in the scene.")


class ONFHSegmentLogic(ScriptedLoadableModuleLogic):
    """The work of the panel, callable from scripts."""

    def new_points(self):
        """An empty point list for one femoral head."""
        node = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLMarkupsFiducialNode", "Femoral head points")
        node.CreateDefaultDisplayNodes()
        return node

    def start_placing(self, points):
        """Let the next clicks in the slices add points until the user presses Esc."""
        application = slicer.app.applicationLogic()
        selection = application.GetSelectionNode()
        selection.SetReferenceActivePlaceNodeClassName("vtkMRMLMarkupsFiducialNode")
        selection.SetActivePlaceNodeID(points.GetID())
        interaction = application.GetInteractionNode()
        interaction.SetPlaceModePersistence(1)
        interaction.SetCurrentInteractionMode(interaction.Place)

    def face_radiograph(self, volume):
        """Show a radiograph alone, in its own plane."""
        from ONFHAssistLib.scene.radiographs import face_radiograph

        face_radiograph(volume)

    def sphere(self, volume, segmentation, points, radius, clip, reader):
        """Make or replace the femoral head of the side on which the points lie.

        Returns:
            The segmentation node, the :class:`ONFHAssistLib.segment.sphere.Head`, warnings.

        Raises:
            InputError: too few points, an impossible radius, a sphere outside the volume; the scene stays as it was.
        """
        from ONFHAssistLib.scene.outlines import sphere_to_scene

        return sphere_to_scene(volume, segmentation, points, radius, clip, reader)

    def measure(self, volume, segmentation):
        """Measure every outlined hip; returns the table node "measurements"."""
        from ONFHAssistLib.scene.outlines import measurements_to_scene

        return measurements_to_scene(volume, segmentation)


class ONFHSegmentTest(ScriptedLoadableModuleTest):
    """The sphere tool on a phantom with a known femoral head; needs only the packages that Slicer brings."""

    def setUp(self):
        slicer.mrmlScene.Clear(0)

    def runTest(self):
        self.setUp()
        self.test_sphere_from_rim_points_gives_the_head_on_the_patients_right()

    def test_sphere_from_rim_points_gives_the_head_on_the_patients_right(self):
        from ONFHAssistLib.scene.selftest import ball_phantom

        logic = ONFHSegmentLogic()
        volume, centre_ras, radius = ball_phantom()
        points = logic.new_points()
        for offset in ((radius, 0, 0), (-radius, 0, 0), (0, radius, 0), (0, 0, radius)):
            points.AddControlPoint(*(c + o for c, o in zip(centre_ras, offset, strict=True)))
        segmentation, head, warnings = logic.sphere(volume, None, points, 24.0, True, "self-test")
        self.assertEqual(head.side, "R")
        self.assertEqual(warnings, ())
        self.assertAlmostEqual(head.radius, radius, places=3)
        expected_ml = 4.0 / 3.0 * 3.14159265 * radius**3 / 1000.0
        self.assertLess(abs(head.head_ml - expected_ml) / expected_ml, 0.03)
        self.assertTrue(segmentation.GetSegmentation().GetSegmentIdBySegmentName("Femoral head R"))
        self.delayDisplay("The sphere tool found the right femoral head")
