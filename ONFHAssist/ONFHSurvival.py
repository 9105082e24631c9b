"""ONFHSurvival: no-collapse survival after core decompression, by the published clinical model."""

from typing import Annotated, Optional

import slicer
from slicer import vtkMRMLScalarVolumeNode
from slicer.i18n import tr as _
from slicer.i18n import translate
from slicer.parameterNodeWrapper import Choice, WithinRange, parameterNodeWrapper
from slicer.ScriptedLoadableModule import (
    ScriptedLoadableModule,
    ScriptedLoadableModuleLogic,
    ScriptedLoadableModuleTest,
)

from ONFHAssistLib.ui.module_widget import ModuleWidget

ARCO_STAGES = ["I", "II", "IIIA"]
SIDES = ["R", "L"]


class ONFHSurvival(ScriptedLoadableModule):
    def __init__(self, parent):
        ScriptedLoadableModule.__init__(self, parent)
        parent.title = _("ONFHSurvival")
        parent.categories = [translate("qSlicerAbstractCoreModule", "Quantification")]
        parent.dependencies = ["ONFHSegment"]
        parent.contributors = ["The ONFHAssist developers"]
        parent.helpText = _(
            "Step 4. Probability that the femoral head does not collapse after core decompression by multiple drilling, "
            "from ARCO stage, bone marrow oedema and combined necrotic angle: the published clinical model of the DLRC "
            "study. Its baseline is solved so that the study's case mix, with the three findings taken as independent, "
            "gives the study's overall survival (71.59% at 36, 44.72% at 60 months)."
        )
        parent.acknowledgementText = _(
            "Hazard ratios and survival as published by the DLRC study (144 patients, 212 hips, 64 collapses)."
        )


@parameterNodeWrapper
class ONFHSurvivalParameterNode:
    """What the panel keeps in the scene.

    volume: MRI of the case. side: hip. arco: stage. oedema: bone marrow oedema. angle: combined necrotic, degrees.
    """

    volume: Optional[vtkMRMLScalarVolumeNode] = None  # noqa: UP045 - the wrapper knows typing.Optional
    side: Annotated[str, Choice(SIDES)] = "R"
    arco: Annotated[str, Choice(ARCO_STAGES)] = "II"
    oedema: bool = False
    angle: Annotated[float, WithinRange(0.0, 360.0)] = 180.0


class ONFHSurvivalWidget(ModuleWidget):
    parameters_class = ONFHSurvivalParameterNode

    def __init__(self, parent=None):
        self.logic_class = ONFHSurvivalLogic
        ModuleWidget.__init__(self, parent)

    def fill_choices(self):
        for stage in ARCO_STAGES:
            self.ui.arcoCombo.addItem(stage)
        for side in SIDES:
            self.ui.sideCombo.addItem(side)

    def connect_signals(self):
        from ONFHAssistLib.ui.texts import research_banner

        self.ui.researchBanner.text = research_banner()
        self.ui.helpLabel.text = self.logic.caveat()
        self.ui.arcoCombo.connect("currentIndexChanged(int)", self.on_choice)
        self.ui.sideCombo.connect("currentIndexChanged(int)", self.on_choice)
        self.ui.measurementsButton.connect("clicked()", self.on_measurements)
        self.ui.applyButton.connect("clicked()", self.on_apply)

    def on_choice(self, _index):
        if self.parameters is not None:
            self.parameters.arco = self.ui.arcoCombo.currentText
            self.parameters.side = self.ui.sideCombo.currentText

    def update_panel(self):
        parameters = self.parameters
        self.ui.arcoCombo.currentIndex = self.ui.arcoCombo.findText(parameters.arco)
        self.ui.sideCombo.currentIndex = self.ui.sideCombo.findText(parameters.side)
        measured = self.logic.measured_angle(parameters.side)
        self.ui.measurementsButton.enabled = measured is not None
        self.ui.measurementsButton.toolTip = (
            _("ONFHSegment measured {angle:.1f}° for this hip.").format(angle=measured)
            if measured is not None
            else _("ONFHSegment has not measured a necrotic angle of this hip.")
        )
        answer, alternatives = self.logic.answer(self.findings())
        self.ui.answerLabel.text = answer
        self.ui.alternativesLabel.text = alternatives

    def findings(self):
        from ONFHAssistLib.survival.clinical import ClinicalInput

        return ClinicalInput(self.parameters.arco, self.parameters.oedema, self.parameters.angle)

    def on_measurements(self):
        self.parameters.angle = self.logic.measured_angle(self.parameters.side)

    def on_apply(self):
        from ONFHAssistLib.ui.run import run_step

        run_step(self.ui, _("Estimating ..."), self._apply)

    def _apply(self, _progress):
        from ONFHAssistLib.scene.answers import show_chart

        nodes = self.logic.to_scene(self.parameters.volume, self.parameters.side, self.findings())
        self.ui.survivalView.setMRMLTableNode(nodes["table"])
        show_chart(nodes["chart"])
        return _("Table and curve are in the scene.")


class ONFHSurvivalLogic(ScriptedLoadableModuleLogic):
    """The work of the panel, callable from scripts."""

    def answer(self, findings):
        """Two rich texts: survival with intervals at 36 and 60 months, and what would change it."""
        from ONFHAssistLib.survival import clinical
        from ONFHAssistLib.ui.texts import percent

        estimate = clinical.predict(findings)
        rows = zip(estimate.months, estimate.survival, estimate.low, estimate.high, strict=True)
        lines = [
            _("<b>{s}</b> at {month:.0f} months (95% interval {low} to {high})").format(
                s=percent(s), month=month, low=percent(low), high=percent(high)
            )
            for month, s, low, high in rows
        ]
        changes = [
            _("{change}: {a} and {b}").format(
                change=other.change,
                a=percent(other.estimate.survival[0]),
                b=percent(other.estimate.survival[1]),
            )
            for other in clinical.alternatives(findings)
        ]
        heading = _("At 36 and 60 months it would be")
        return "<br>".join(lines), f"{heading}:<br>" + "<br>".join(changes)

    def caveat(self):
        """What the figures rest on."""
        return _(
            "The published clinical model: 144 patients, 212 hips, 64 collapses after multiple drilling. The findings "
            "are taken as independent; the intervals carry the published intervals of the hazard ratios and of the "
            "overall survival, not the difference between that hospital and yours."
        )

    def measured_angle(self, side):
        """Combined necrotic angle in degrees that ONFHSegment measured for ``side``, or None."""
        from ONFHAssistLib.scene.case import find_node
        from ONFHAssistLib.scene.tables import columns_of

        node = find_node("vtkMRMLTableNode", "measurements")
        if node is None:
            return None
        table = columns_of(node)
        angles = dict(zip(table["side"], table["combined_necrotic_angle"], strict=True))
        return angles.get(side) if angles.get(side, 0.0) > 0 else None

    def to_scene(self, volume, side, findings):
        """Table, curve and chart of one hip; returns the nodes."""
        from ONFHAssistLib.scene.answers import survival_to_scene

        return survival_to_scene(volume, side, findings)


PUBLISHED_PAIRS = {
    ("I", False, 180.0): (0.9070, 0.7693),
    ("I", False, 210.5): (0.7905, 0.5315),
    ("II", True, 180.0): (0.8123, 0.5720),
    ("IIIA", False, 180.0): (0.8131, 0.5735),
    ("IIIA", True, 180.0): (0.6436, 0.3060),
    ("IIIA", False, 228.0): (0.6074, 0.2619),
    ("II", True, 228.0): (0.6060, 0.2602),
    ("IIIA", True, 228.0): (0.3458, 0.0576),
}


class ONFHSurvivalTest(ScriptedLoadableModuleTest):
    """The eight pairs of the published model; needs only the packages that Slicer brings."""

    def setUp(self):
        slicer.mrmlScene.Clear(0)

    def runTest(self):
        self.setUp()
        self.test_published_model_gives_its_eight_pairs_in_the_scene()

    def test_published_model_gives_its_eight_pairs_in_the_scene(self):
        from ONFHAssistLib.survival.clinical import ClinicalInput

        logic = ONFHSurvivalLogic()
        for findings, expected in PUBLISHED_PAIRS.items():
            table = logic.to_scene(None, "R", ClinicalInput(*findings))["table"]
            column = table.GetTable().GetColumnByName("survival")
            for row, value in enumerate(expected):
                self.assertLess(abs(column.GetValue(row) - value), 0.0005)
        self.delayDisplay("The published model gives its eight pairs")
