"""ONFHSegment: find and outline femoral heads and necrosis, correct and measure them, compare readers."""

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

from ONFHAssistLib.core.language import sentence
from ONFHAssistLib.ui.module_widget import ModuleWidget


class ONFHSegment(ScriptedLoadableModule):
    def __init__(self, parent):
        ScriptedLoadableModule.__init__(self, parent)
        parent.title = _("ONFHSegment")
        parent.categories = [translate("qSlicerAbstractCoreModule", "Quantification")]
        parent.dependencies = []
        parent.contributors = ["The ONFHAssist developers"]
        parent.helpText = _(
            "Step 1. Find and outline both femoral heads and any necrosis, or place a sphere (three or more points on "
            "the rim of a head, or one at its centre); correct in the Segment Editor; measure volumes, arcs and JIC "
            "type; compare two readers. The side follows from the position in the patient and the DICOM laterality."
        )
        parent.acknowledgementText = _("Combined necrotic angle: Kerboul 1974; JIC types: Sugano 2002.")


@parameterNodeWrapper
class ONFHSegmentParameterNode:
    """What the panel keeps in the scene.

    volume: MRI. segmentation: the outlines. points: rim points, or the centre, of one femoral head.
    radius: mm, used with a single point. clip: clip the sphere to marrow. reader: who outlines or confirms.
    twice: look twice. sagittal: arc B in the sagittal plane. findEdges: look for the acetabular edges.
    other: a second reader's segmentation.
    """

    volume: Optional[vtkMRMLScalarVolumeNode] = None  # noqa: UP045 - the wrapper knows typing.Optional
    segmentation: Optional[vtkMRMLSegmentationNode] = None  # noqa: UP045
    points: Optional[vtkMRMLMarkupsFiducialNode] = None  # noqa: UP045
    radius: Annotated[float, WithinRange(10.0, 40.0)] = 24.0
    clip: bool = True
    reader: str = ""
    twice: bool = False
    sagittal: bool = False
    findEdges: bool = True  # noqa: N815 - as the other parameters of Slicer's modules
    other: Optional[vtkMRMLSegmentationNode] = None  # noqa: UP045


class ONFHSegmentWidget(ModuleWidget):
    parameters_class = ONFHSegmentParameterNode
    takes_radiographs = True
    warned_steps = ("segment", "measure")

    def __init__(self, parent=None):
        self.logic_class = ONFHSegmentLogic
        ModuleWidget.__init__(self, parent)
        self.radiograph = self.find = self.measurements = self.drilling = self.course = self.readers = None
        self.points = self.editor = None

    def connect_signals(self):
        from ONFHAssistLib.ui.panels.course.panel import CoursePanel
        from ONFHAssistLib.ui.panels.drilling import DrillingPanel
        from ONFHAssistLib.ui.panels.radiograph import RadiographPanel
        from ONFHAssistLib.ui.panels.segment import (
            FindPanel,
            MeasurePanel,
            OutlineEditor,
            PointsWatch,
            ReadersPanel,
        )

        self.radiograph = RadiographPanel(self.ui, self)
        self.find = FindPanel(self.ui, self)
        self.measurements = MeasurePanel(self.ui, self)
        self.drilling = DrillingPanel(self.ui, self)
        self.course = CoursePanel(self.ui, self)
        self.readers = ReadersPanel(self.ui, self)
        self.points = PointsWatch(lambda: self.on_parameters_modified(None, ""))
        self.editor = OutlineEditor(self.ui.segmentEditor)
        self.case_parts = [self.radiograph, self.find, self.measurements, self.drilling]
        self.case_parts += [self.course, self.points, self.editor]
        self.ui.placeButton.connect("clicked()", self.on_place)
        self.ui.sphereButton.connect("clicked()", self.on_sphere)

    def update_panel(self):
        from ONFHAssistLib.scene.case import control_points

        parameters = self.parameters
        self.points.follow(parameters.points)
        count = len(control_points(parameters.points))
        self.ui.placeButton.enabled = parameters.volume is not None
        self.ui.sphereButton.enabled = parameters.volume is not None and count in (1, *range(3, 1000))
        self.ui.sphereButton.toolTip = (
            _("Make the segment of this femoral head from {count} points.").format(count=count)
            if self.ui.sphereButton.enabled
            else _("Place one point at the centre, or three or more on the rim, of one femoral head.")
        )
        is_radiograph = self.radiograph.update()
        for part in (self.find, self.measurements, self.drilling, self.course, self.readers):
            part.update(is_radiograph)
        self.editor.show(parameters.segmentation, parameters.volume)

    def exit(self):
        self.ui.segmentEditor.setActiveEffect(None)
        ModuleWidget.exit(self)

    def on_place(self):
        if self.parameters.points is None:
            self.parameters.points = self.logic.new_points(self.parameters.volume)
        if self.radiograph.is_radiograph:
            self.radiograph.face()
        self.logic.start_placing(self.parameters.points)

    def on_sphere(self):
        from ONFHAssistLib.ui.run import run_step

        run_step(self.ui, _("Making the femoral head ..."), self._sphere)

    def _sphere(self, _progress):
        p = self.parameters
        reader = p.reader or "unnamed reader"
        p.segmentation, head, warnings = self.logic.sphere(
            p.volume, p.segmentation, p.points, p.radius, p.clip, reader
        )
        text = _("Femoral head {side}: radius {radius:.1f} mm").format(side=head.side, radius=head.radius)
        text += "." if self.radiograph.is_radiograph else _(", {volume:.1f} ml.").format(volume=head.head_ml)
        return " ".join([text, *map(sentence, warnings)])


class ONFHSegmentLogic(ScriptedLoadableModuleLogic):
    """The work of the panel, callable from scripts."""

    def new_points(self, volume=None):
        """An empty point list for one femoral head on an image."""
        from ONFHAssistLib.scene.results.placing import new_points

        return new_points(volume)

    def start_placing(self, points):
        """Let clicks in the slices add points until the user presses Esc."""
        from ONFHAssistLib.scene.results.placing import start_placing

        start_placing(points, many=True)

    def face_radiograph(self, volume):
        """Show a radiograph alone and upright in the red view."""
        from ONFHAssistLib.scene.results.facing import face_radiograph

        face_radiograph(volume)

    def sphere(self, volume, segmentation, points, radius, clip, reader):
        """Make or replace the femoral head of the side on which the points lie.

        Returns:
            The segmentation node, the :class:`ONFHAssistLib.imaging.head.FemoralHead`, warnings.

        Raises:
            InputError: too few points, an impossible radius, a sphere outside the volume; the scene stays as it was.
        """
        from ONFHAssistLib.scene.results.outlines import sphere_to_scene

        return sphere_to_scene(volume, segmentation, points, radius, clip, reader)

    def found_to_scene(self, volume, segmentation, result):
        """The outlines of a case's result in the scene: segmentation node, heads, warnings."""
        from ONFHAssistLib.scene.results.found_heads import found_to_scene

        return found_to_scene(volume, segmentation, result)

    def start_edge(self, volume, side):
        """Let the next click in a slice mark the lateral acetabular edge of "R" or "L" on an image."""
        from ONFHAssistLib.scene.results.placing import place_edge

        place_edge(volume, side)

    def measure(self, volume, segmentation, sagittal=False, find_edges=True):
        """The table "measurements" and the findings of each outlined hip."""
        from ONFHAssistLib.scene.results.measurements import measure_to_scene

        return measure_to_scene(volume, segmentation, sagittal, find_edges)

    def compare(self, volume, first, second):
        """Agreement of two readers; returns the table "agreement" and the comparison."""
        from ONFHAssistLib.scene.results.readers import agreement_to_scene

        return agreement_to_scene(volume, first, second)

    def consensus(self, volume, segmentations, method="staple"):
        """A new segmentation of what the readers agree on ("staple" or "majority")."""
        from ONFHAssistLib.scene.results.readers import consensus_to_scene

        return consensus_to_scene(volume, segmentations, method)

    def confirm(self, segmentation, reader):
        """Record who confirmed a segmentation and when; returns the time."""
        from ONFHAssistLib.scene.results.readers import confirm

        return confirm(segmentation, reader)


class ONFHSegmentTest(ScriptedLoadableModuleTest):
    """Sphere tool, measurements and readers on phantoms with known figures; needs only what Slicer brings."""

    def setUp(self):
        slicer.mrmlScene.Clear(0)

    def runTest(self):
        self.setUp()
        self.test_sphere_from_rim_points_gives_the_head_on_the_patients_right()
        self.setUp()
        self.test_a_known_necrosis_is_measured_and_readers_are_compared()

    def test_sphere_from_rim_points_gives_the_head_on_the_patients_right(self):
        from ONFHAssistLib.scene.selftest import ball_phantom

        logic = ONFHSegmentLogic()
        volume, centre_ras, radius = ball_phantom()
        points = logic.new_points()
        for offset in ((radius, 0, 0), (-radius, 0, 0), (0, radius, 0), (0, 0, radius)):
            points.AddControlPoint(*(c + o for c, o in zip(centre_ras, offset, strict=True)))
        segmentation, head, warnings = logic.sphere(volume, None, points, 24.0, True, "self-test")
        self.assertEqual((head.side, warnings), ("R", ()))
        self.assertAlmostEqual(head.radius, radius, places=3)
        expected_ml = 4.0 / 3.0 * 3.14159265 * radius**3 / 1000.0
        self.assertLess(abs(head.head_ml / expected_ml - 1.0), 0.03)
        self.assertIn("FemoralHeadR", segmentation.GetSegmentation().GetSegmentIDs())  # in every language

    def test_a_known_necrosis_is_measured_and_readers_are_compared(self):
        from ONFHAssistLib.scene.images.ownership import find_node
        from ONFHAssistLib.scene.selftest import necrotic_phantom

        logic = ONFHSegmentLogic()
        volume, segmentation, arc = necrotic_phantom()
        table, hips = logic.measure(volume, segmentation)
        self.assertLess(abs(hips[0].measurement.arc_a - arc), 3.0)
        drawn = find_node("vtkMRMLMarkupsAngleNode", "arc A", volume, "R").GetAngleDegrees()
        self.assertAlmostEqual(drawn, hips[0].measurement.arc_a, places=1)
        self.assertEqual(table.GetTable().GetNumberOfRows(), 1)
        other = logic.consensus(volume, [segmentation, necrotic_phantom(volume)[1]], "majority")
        _table, comparison = logic.compare(volume, segmentation, other)
        self.assertEqual([part.dice for part in comparison.structures], [1.0, 1.0])
        self.delayDisplay("Sphere, measurements and comparison of readers are right")
