"""ONFHSurvival: no-collapse survival after core decompression, by the published model or one developed here."""

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

from ONFHAssistLib.core.language import sentence
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
            "gives the study's overall survival (71.59% at 36, 44.72% at 60 months). Below, develop models on a cohort "
            "of your own, and use them here."
        )
        parent.acknowledgementText = _(
            "Hazard ratios and survival as published by the DLRC study (144 patients, 212 hips, 64 collapses)."
        )


@parameterNodeWrapper
class ONFHSurvivalParameterNode:
    """What the panel keeps in the scene.

    volume: MRI of the case. side: hip. arco: stage. oedema: bone marrow oedema. angle: combined necrotic, degrees.
    model: name of a bundle or path of a developed model, "" for the published one. radiograph: for signatures.
    months, bootstraps: of the development. taken: side to the findings that were taken from the scene.
    """

    volume: Optional[vtkMRMLScalarVolumeNode] = None  # noqa: UP045 - the wrapper knows typing.Optional
    side: Annotated[str, Choice(SIDES)] = "R"
    arco: Annotated[str, Choice(ARCO_STAGES)] = "II"
    oedema: bool = False
    angle: Annotated[float, WithinRange(0.0, 360.0)] = 180.0
    model: str = ""
    radiograph: Optional[vtkMRMLScalarVolumeNode] = None  # noqa: UP045
    months: str = "36, 60"
    bootstraps: Annotated[int, WithinRange(0, 5000)] = 500
    taken: dict[str, str]


class ONFHSurvivalWidget(ModuleWidget):
    parameters_class = ONFHSurvivalParameterNode
    warned_steps = ("radiograph", "survival")

    def __init__(self, parent=None):
        self.logic_class = ONFHSurvivalLogic
        ModuleWidget.__init__(self, parent)
        self.nomogram = self.development = self.models = self.signatures = self.outlines = None
        self.moved = {}  # moved: covariates of a model that the user set in the nomogram

    def fill_choices(self):
        self.ui.arcoCombo.addItems(ARCO_STAGES)
        self.ui.sideCombo.addItems(SIDES)

    def connect_signals(self):
        from ONFHAssistLib.scene.outdated import OutlineWatch
        from ONFHAssistLib.ui.panels.model_choice import ModelChoice
        from ONFHAssistLib.ui.panels.signature import SignaturePanel
        from ONFHAssistLib.ui.panels.survival import DevelopPanel, NomogramPanel
        from ONFHAssistLib.ui.panels.survival_findings import follow_scene
        from ONFHAssistLib.ui.panels.survival_texts import caveat

        self.outlines = OutlineWatch()
        self.ui.helpLabel.text = caveat()
        self.follow = lambda: follow_scene(self)
        self.nomogram = NomogramPanel(self.ui, self.on_value)
        self.development = DevelopPanel(self.ui, self._show_development)
        self.ui.arcoCombo.connect("currentIndexChanged(int)", self.on_choice)
        self.ui.sideCombo.connect("currentIndexChanged(int)", self.on_choice)
        self.models = ModelChoice(self.ui, self.on_model)
        self.signatures = SignaturePanel(self.ui, lambda: self.on_parameters_modified(None, ""))
        self.case_parts = [self.outlines, self.nomogram, self.models, self.signatures]
        self.ui.measurementsButton.connect("clicked()", self.on_measurements)
        self.ui.applyButton.connect("clicked()", self.on_apply)
        self.ui.openReportButton.connect("clicked()", self.on_open_report)

    def connect_parameters(self):
        ModuleWidget.connect_parameters(self)
        self.follow()

    def turn_away(self):
        from ONFHAssistLib.ui.panels.survival_findings import forget_findings

        ModuleWidget.turn_away(self)
        self.moved = {}
        forget_findings(self.parameters)

    def on_choice(self, _index):
        if self.parameters is not None:
            self.parameters.arco = self.ui.arcoCombo.currentText
            self.parameters.side = self.ui.sideCombo.currentText
            self.follow()

    def on_model(self, path):
        self.moved = {}
        if self.parameters is not None:
            self.parameters.model = path

    def on_value(self, name, value):
        self.moved[name] = value
        self.update_panel()

    def update_panel(self):
        from ONFHAssistLib.ui.panels.survival_findings import angle_tip, why_outdated

        parameters = self.parameters
        self.ui.arcoCombo.currentIndex = self.ui.arcoCombo.findText(parameters.arco)
        self.ui.sideCombo.currentIndex = self.ui.sideCombo.findText(parameters.side)
        self.models.show(parameters.model)
        self.signatures.update()
        measured = self.logic.measured_angle(parameters.volume, parameters.side)
        self.ui.measurementsButton.enabled = measured is not None
        self.ui.measurementsButton.toolTip = angle_tip(measured)
        findings, images = self.findings(), (parameters.volume, parameters.radiograph)
        hip = self.logic.hip(parameters.model, findings, parameters.side, self.moved, images)
        self.ui.nomogramNote.text = "<br>".join(hip.notes)
        if hip.answer != self.ui.answerLabel.text:
            self.ui.survivalView.setMRMLTableNode(None)  # the scene's table is of the earlier findings
        self.nomogram.show(hip.calculator, hip.values, hip.movable)
        self.ui.answerLabel.text, self.ui.alternativesLabel.text = hip.answer, hip.alternatives
        digest = None if parameters.volume is None else self.outlines.digest_on(parameters.volume)
        self.ui.outdatedLabel.text = why_outdated(parameters.volume, parameters.side, findings, hip, digest)
        self.ui.outdatedLabel.visible = bool(self.ui.outdatedLabel.text)

    def findings(self):
        from ONFHAssistLib.survival.published.clinical import ClinicalInput

        return ClinicalInput(self.parameters.arco, self.parameters.oedema, self.parameters.angle)

    def on_measurements(self):
        self.parameters.angle = self.logic.measured_angle(self.parameters.volume, self.parameters.side)

    def on_apply(self):
        from ONFHAssistLib.ui.run import run_step

        run_step(self.ui, _("Estimating ..."), self._apply)

    def _apply(self, _progress):
        from ONFHAssistLib.scene.results.features_and_prediction import show_chart

        parameters = self.parameters
        volume, side, radiograph = parameters.volume, parameters.side, parameters.radiograph
        nodes = self.logic.to_scene(volume, side, self.findings(), parameters.model, self.moved, radiograph)
        self.ui.survivalView.setMRMLTableNode(nodes["table"])
        show_chart(nodes["chart"])
        self.update_panel()
        return _("Table and curve are in the scene.")

    def _show_development(self, result):
        from ONFHAssistLib.scene.results.survival import development_to_scene

        nodes = development_to_scene(result)
        self.ui.performanceView.setMRMLTableNode(nodes["tables"]["performance"])
        self.development.report = result["report"]
        self.ui.openReportButton.enabled = True
        self.ui.modelEdit.currentPath = result["folder"]  # the new model answers above at once
        return _("{hips} hips, {events} collapses; report in {folder}. {warnings}").format(
            hips=result["hips"],
            events=result["events"],
            folder=result["folder"],
            warnings=" ".join(map(sentence, result["warnings"])),
        )

    def on_open_report(self):
        import qt

        qt.QDesktopServices.openUrl(qt.QUrl.fromLocalFile(self.development.report))


class ONFHSurvivalLogic(ScriptedLoadableModuleLogic):
    """The work of the panel, callable from scripts."""

    def hip(self, model, findings, side, moved=None, images=()):
        """One hip on the published model ("") or a developed one (path): see ``ui.survival_texts.hip_on_model``."""
        from ONFHAssistLib.ui.panels.survival_texts import hip_on_model

        return hip_on_model(model, findings, side, moved or {}, images)

    def measured_angle(self, volume, side):
        """Combined necrotic angle in degrees that ONFHSegment measured for ``side`` on an image, or None."""
        from ONFHAssistLib.ui.panels.survival_findings import measured_angle

        return measured_angle(volume, side)

    def to_scene(self, volume, side, findings, model="", moved=None, radiograph=None):
        """Table, curve and chart of one hip; returns the nodes.

        Raises:
            InputError: a developed ``model`` that cannot be used.
        """
        from ONFHAssistLib.ui.panels.survival_findings import hip_to_scene

        return hip_to_scene(volume, side, findings, model, moved or {}, radiograph)


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
        from ONFHAssistLib.survival.published.clinical import ClinicalInput

        logic = ONFHSurvivalLogic()
        for findings, expected in PUBLISHED_PAIRS.items():
            table = logic.to_scene(None, "R", ClinicalInput(*findings))["table"]
            column = table.GetTable().GetColumnByName("survival")
            for row, value in enumerate(expected):
                self.assertLess(abs(column.GetValue(row) - value), 0.0005)
        self.delayDisplay("The published model gives its eight pairs")
