"""ONFHCohort: look at the outlines of a whole cohort, the most doubtful first; correct, confirm, reject."""

from typing import Optional

import slicer
from slicer import vtkMRMLScalarVolumeNode, vtkMRMLSegmentationNode
from slicer.i18n import tr as _
from slicer.i18n import translate
from slicer.parameterNodeWrapper import parameterNodeWrapper
from slicer.ScriptedLoadableModule import (
    ScriptedLoadableModule,
    ScriptedLoadableModuleLogic,
    ScriptedLoadableModuleTest,
)

from ONFHAssistLib.ui.module_widget import ModuleWidget


class ONFHCohort(ScriptedLoadableModule):
    def __init__(self, parent):
        ScriptedLoadableModule.__init__(self, parent)
        parent.title = _("ONFHCohort")
        parent.categories = [translate("qSlicerAbstractCoreModule", "Quantification")]
        parent.dependencies = []
        parent.contributors = ["The ONFHAssist developers"]
        parent.helpText = _(
            "Quality control of a cohort that was worked up: its hips, the most doubtful first, with the reasons. "
            "Correct an outline in the Segment Editor and confirm it, or reject the hip; what rests on a corrected "
            "outline is computed anew. Several readers may work on one folder."
        )
        parent.acknowledgementText = _("Outliers by nearest neighbours: Ramaswamy 2000. Kappa: Cohen 1960.")


@parameterNodeWrapper
class ONFHCohortParameterNode:
    """What the panel keeps in the scene.

    volume: image of the hip that is looked at. segmentation: its outlines. reader: who reads.
    """

    volume: Optional[vtkMRMLScalarVolumeNode] = None  # noqa: UP045 - the wrapper knows typing.Optional
    segmentation: Optional[vtkMRMLSegmentationNode] = None  # noqa: UP045
    reader: str = ""


class ONFHCohortWidget(ModuleWidget):
    parameters_class = ONFHCohortParameterNode

    def __init__(self, parent=None):
        self.logic_class = ONFHCohortLogic
        ModuleWidget.__init__(self, parent)
        self.cohort = self.editor = self.training = None
        self.reader = ""

    def connect_signals(self):
        from ONFHAssistLib.ui.panels.review.cohort import CohortPanel
        from ONFHAssistLib.ui.panels.review.train import TrainPanel
        from ONFHAssistLib.ui.panels.segment import OutlineEditor

        self.editor = OutlineEditor(self.ui.segmentEditor)
        self.cohort = CohortPanel(
            self.ui, lambda: self.parameters.reader if self.parameters else "", self.show_hip
        )
        self.training = TrainPanel(self.ui)
        self.case_parts = [self.cohort, self.editor, self.training]

    def show_hip(self, volume, segmentation):
        """The hip that was opened is the image of this panel and of the others."""
        if self.parameters is not None and volume is not None:
            with slicer.util.NodeModify(self.parameters.parameterNode):
                self.parameters.volume = volume
                self.parameters.segmentation = segmentation
            self.update_panel()

    def update_panel(self):
        if self.parameters.reader != self.reader:
            self.reader = self.parameters.reader
            self.cohort.refresh()
        else:
            self.cohort.update()
        hip = self.cohort.hip
        self.ui.editGroup.visible = hip.ready
        self.editor.show(*((hip.segmentation, hip.volume) if hip.ready else (None, None)))

    def exit(self):
        self.ui.segmentEditor.setActiveEffect(None)
        ModuleWidget.exit(self)

    def cleanup(self):
        if self.cohort is not None:
            self.cohort.cancel()
            self.training.cancel()
        ModuleWidget.cleanup(self)


class ONFHCohortLogic(ScriptedLoadableModuleLogic):
    """The work of the panel, callable from scripts."""

    def worklist(self, folder):
        """The hips of a cohort, the most doubtful first: :class:`ONFHAssistLib.cohort.review.worklist.Worklist`.

        Raises:
            InputError: no folder of a cohort.
        """
        from ONFHAssistLib.cohort.review.folder import open_folder
        from ONFHAssistLib.cohort.review.worklist import worklist

        return worklist(open_folder(folder))

    def load(self, folder, case, side, reader=""):
        """A case at the head of a side in the scene: volume and segmentation.

        Raises:
            InputError: no such case, or its files cannot be read.
        """
        from ONFHAssistLib.cohort.review.folder import open_folder
        from ONFHAssistLib.scene.review.case import case_in_steps, read_case
        from ONFHAssistLib.scene.transaction import run_all_steps

        return run_all_steps(case_in_steps(read_case(open_folder(folder), case, reader), side, reader))

    def confirm(self, folder, case, side, reader, volume, segmentation, comment=""):
        """Record that a reader confirms the outlines of one hip as they are in the scene.

        Returns:
            :class:`ONFHAssistLib.cohort.review.corrections.Confirmed`: what was changed against the first outlines.

        Raises:
            InputError: no name, an empty head, outlines on the wrong side, or a database that cannot be written.
        """
        from ONFHAssistLib.cohort.review.corrections import confirm
        from ONFHAssistLib.cohort.review.folder import open_folder
        from ONFHAssistLib.cohort.review.state import ReviewState
        from ONFHAssistLib.scene.review.case import corrected_outlines

        found = open_folder(folder)
        labels, fine = corrected_outlines(segmentation, volume)
        return confirm(found, ReviewState(folder), found.case(case), side, reader, labels, fine, comment)


class ONFHCohortTest(ScriptedLoadableModuleTest):
    """A phantom as a cohort of one case: shown, corrected and confirmed; needs only what Slicer brings."""

    def setUp(self):
        slicer.mrmlScene.Clear(0)

    def runTest(self):
        self.setUp()
        self.test_a_corrected_phantom_is_confirmed_and_read_back()

    def test_a_corrected_phantom_is_confirmed_and_read_back(self):
        import tempfile

        from ONFHAssistLib.scene.review.selftest import cohort_of_a_phantom, erase_top

        logic = ONFHCohortLogic()
        with tempfile.TemporaryDirectory() as folder:
            cohort_of_a_phantom(folder)
            volume, segmentation = logic.load(folder, "phantom", "R", "self-test")
            self.assertIsNone(logic.confirm(folder, "phantom", "R", "self-test", volume, segmentation).path)
            erase_top(segmentation, volume)
            done = logic.confirm(folder, "phantom", "R", "self-test", volume, segmentation)
            self.assertTrue(done.path.is_file())
            self.assertEqual([change.structure for change in done.changes], ["head", "necrosis"])
            self.assertTrue(
                all(change.removed_ml > 0 and change.region == "above" for change in done.changes)
            )
            volume, segmentation = logic.load(folder, "phantom", "R", "self-test")
            again = logic.confirm(folder, "phantom", "R", "self-test", volume, segmentation)
            self.assertEqual([c.dice for c in again.changes], [c.dice for c in done.changes])
        self.delayDisplay("A correction is kept, compared with the first outlines and read back")
