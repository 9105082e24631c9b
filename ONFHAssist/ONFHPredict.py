"""ONFHPredict: the probability of early osteonecrosis of each hip, and what drove it."""

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

from ONFHAssistLib.bundles.defaults import default_predictor
from ONFHAssistLib.ui.module_widget import ModuleWidget


class ONFHPredict(ScriptedLoadableModule):
    def __init__(self, parent):
        ScriptedLoadableModule.__init__(self, parent)
        parent.title = _("ONFHPredict")
        parent.categories = [translate("qSlicerAbstractCoreModule", "Quantification")]
        parent.dependencies = ["ONFHSegment", "ONFHExtract"]
        parent.contributors = ["The ONFHAssist developers"]
        parent.helpText = _(
            "Step 3. Stage of both hips with heatmaps, and probability of early osteonecrosis of each outlined hip from "
            "radiomics, with the contribution of each feature. The bundled models learned from simulated disease "
            "only: their figures say nothing about patients."
        )
        parent.acknowledgementText = _("After the DLR study of single-sequence MRI and 3D-ONFHNet.")


@parameterNodeWrapper
class ONFHPredictParameterNode:
    """What the panel keeps in the scene.

    volume: MRI. segmentation: with the femoral heads. bundle: name of the model bundle.
    """

    volume: Optional[vtkMRMLScalarVolumeNode] = None  # noqa: UP045 - the wrapper knows typing.Optional
    segmentation: Optional[vtkMRMLSegmentationNode] = None  # noqa: UP045
    bundle: str = default_predictor()


class ONFHPredictWidget(ModuleWidget):
    parameters_class = ONFHPredictParameterNode
    warned_steps = ("probability", "stage")

    def __init__(self, parent=None):
        self.logic_class = ONFHPredictLogic
        ModuleWidget.__init__(self, parent)
        self.job = self.development = self.staging = self.banner = self.bundles = None

    def fill_choices(self):
        self.ui.sideCombo.addItems(["R", "L"])

    def connect_signals(self):
        from ONFHAssistLib.ui.panels.develop import DlrDevelopPanel
        from ONFHAssistLib.ui.panels.model_banner import ModelBanner
        from ONFHAssistLib.ui.panels.model_choice import BundleChoice
        from ONFHAssistLib.ui.panels.stage import StagePanel
        from ONFHAssistLib.ui.run import PanelJob

        self.bundles = BundleChoice(self.ui.bundleCombo, self.logic.bundles)
        self.development = DlrDevelopPanel(self.ui, self.on_models)
        self.staging = StagePanel(self.ui, self.chosen_case)
        self.job = PanelJob(self.ui.applyButton, self.ui.progressBar, self.ui.statusLabel)
        self.banner = ModelBanner(self.ui.bundleLabel)
        self.case_parts = [self.job, self.staging, self.development]
        self.ui.bundleCombo.connect("currentIndexChanged(int)", self.on_bundle)
        self.ui.sideCombo.connect("currentIndexChanged(int)", self.on_side)
        self.ui.applyButton.connect("clicked()", self.on_apply)
        self.ui.plotButton.connect("clicked()", self.on_plot)

    def on_bundle(self, _index):
        if self.parameters is not None:
            self.parameters.bundle = self.ui.bundleCombo.currentText

    def on_models(self, bundles):
        """Offer the models that were developed here, by their folders, for the hips above."""
        for path in bundles.values():
            self.bundles.add(path)

    def update_panel(self):
        parameters = self.parameters
        ready = None not in self.chosen_case() and not self.no_mri()
        self.ui.applyButton.enabled = ready and self.ui.bundleCombo.count > 0
        self.ui.applyButton.toolTip = (
            _("Probability of early osteonecrosis of each outlined hip.")
            if ready
            else self.no_mri() or _("Choose an MRI and a segmentation with a femoral head.")
        )
        self.bundles.show(parameters.bundle)
        self.banner.show(parameters.bundle)
        self.staging.update()
        self.on_side(0)

    def on_side(self, _index):
        from ONFHAssistLib.scene.images.ownership import find_node

        volume, side = self.chosen_case()[0], self.ui.sideCombo.currentText
        node = None if volume is None else find_node("vtkMRMLTableNode", "contributions", volume, side)
        self.ui.contributionView.setMRMLTableNode(node)
        self.ui.plotButton.enabled = node is not None

    def on_plot(self):
        from ONFHAssistLib.scene.show import show_result

        show_result("prediction", self.ui.sideCombo.currentText, self.parameters.volume)

    def on_apply(self):
        from ONFHAssistLib.ui.run import run_check

        if self.job.running or run_check(self.ui, _("Checking packages ..."), self._check_packages):
            parameters = self.parameters
            volume, segmentation, bundle = parameters.volume, parameters.segmentation, parameters.bundle
            self.job.toggle(
                _("Predicting ..."),
                "run_case",
                lambda folder: self.logic.request(volume, segmentation, bundle, folder),
                lambda value: self._show(volume, value),
                needs_all=True,
                nodes=[volume, segmentation],
            )

    def _check_packages(self, _progress):
        from ONFHAssistLib.ui.packages import ensure_packages

        ensure_packages(self.logic.step(self.parameters.bundle))
        return ""

    def _show(self, volume, answer):
        from ONFHAssistLib.case.result import CaseResult
        from ONFHAssistLib.scene.results.case_result import keep_result
        from ONFHAssistLib.scene.results.features_and_prediction import predicted_in_steps
        from ONFHAssistLib.ui.texts import of_other_image, probability_answer, probability_statement

        result, told = CaseResult.from_json(answer["result"]), _("Done; tables and charts are in the scene.")
        nodes = yield from predicted_in_steps(volume, result)
        keep_result(volume, result)
        yield
        if not self.shows(volume):
            return of_other_image(volume, told)
        self.ui.answerLabel.text = probability_answer(result)
        self.ui.answerLabel.toolTip = probability_statement(result)
        self.ui.predictionView.setMRMLTableNode(nodes["table"])
        self.ui.sideCombo.currentIndex = self.ui.sideCombo.findText(result.hips[0].side)
        self.on_side(0)
        return told


class ONFHPredictLogic(ScriptedLoadableModuleLogic):
    """The work of the panel, callable from scripts."""

    def bundles(self):
        """Bundles that give a probability, from radiomics, deep features or both; the default first."""
        from ONFHAssistLib.bundles.defaults import list_predictors

        return list_predictors()

    def step(self, name):
        """Which packages the bundle asks for: deep features need PyTorch."""
        from ONFHAssistLib.bundles.bundle import load_bundle

        deep = load_bundle(name).metadata["accepts"].get("backbone")
        return "predict dlr" if deep else "predict"

    def describe(self, name):
        """What a bundle is, was trained on and is for."""
        from ONFHAssistLib.ui.panels.model_banner import full_statement

        return full_statement(name)

    def predict(self, volume, segmentation, bundle, progress=None):
        """Probability of early osteonecrosis of each outlined hip, at once (the panel uses the worker).

        Returns:
            The :class:`ONFHAssistLib.case.result.CaseResult`, and the nodes.

        Raises:
            InputError: no femoral head, a bundle that is not valid, features that cannot be computed.
        """
        import tempfile

        from ONFHAssistLib.case.pipeline import PROBABILITY, run_case
        from ONFHAssistLib.case.work import Settings
        from ONFHAssistLib.scene.exchange import case_of

        with tempfile.TemporaryDirectory(prefix="onfh-predict-") as folder:
            case, settings = case_of(volume, segmentation), Settings(predictor=bundle)
            result = run_case(case, folder, (PROBABILITY,), settings, progress=progress)
        return result, self.to_scene(volume, result)

    def request(self, volume, segmentation, bundle, folder):
        """Arguments of the worker's task, with the images written into ``folder``."""
        from ONFHAssistLib.scene.exchange import case_of, run_arguments
        from ONFHAssistLib.scene.results.case_result import known_text

        case = case_of(volume, segmentation)
        return run_arguments(case, ("probability",), folder, {"predictor": bundle}, known_text(volume))

    def to_scene(self, volume, result):
        """The answer of a case's result as tables and charts, at once; returns the nodes."""
        from ONFHAssistLib.scene.results.features_and_prediction import predicted_in_steps
        from ONFHAssistLib.scene.transaction import run_all_steps

        return run_all_steps(predicted_in_steps(volume, result))


class ONFHPredictTest(ScriptedLoadableModuleTest):
    """The bundle's integrity with Slicer's packages; the prediction itself where its packages are there."""

    def setUp(self):
        slicer.mrmlScene.Clear(0)

    def runTest(self):
        self.setUp()
        self.test_bundled_model_is_whole_and_says_what_it_learned_from()
        self.setUp()
        self.test_prediction_adds_up_from_its_contributions()

    def test_bundled_model_is_whole_and_says_what_it_learned_from(self):
        logic = ONFHPredictLogic()
        self.assertIn("rad-dlr-mri", [bundle["name"] for bundle in logic.bundles()])
        self.assertIn("CPTAC-UCEC", logic.describe("rad-dlr-mri"))  # its real images, in every language
        self.delayDisplay("The bundled model is whole")

    def test_prediction_adds_up_from_its_contributions(self):
        import math

        from ONFHAssistLib.scene.results.outlines import sphere_to_scene
        from ONFHAssistLib.scene.selftest import ball_phantom
        from ONFHAssistLib.ui.packages import missing_packages

        missing = missing_packages("predict")
        if missing:
            self.delayDisplay(f"Prediction was not tested: {', '.join(missing)} are not installed")
            return
        volume, centre, radius = ball_phantom()
        points = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLMarkupsFiducialNode")
        points.AddControlPoint(*centre)
        segmentation, _head, _warnings = sphere_to_scene(volume, None, points, radius, True, "self-test")
        result, nodes = ONFHPredictLogic().predict(volume, segmentation, "rad-dlr-mri")
        answer = result.hip("R").computed_probability
        self.assertEqual(bool(nodes["contributions"]), result.hip("R").probability is not None)
        total = answer.intercept + sum(row.contribution for row in answer.contributions)
        self.assertAlmostEqual(answer.probability, 1 / (1 + math.exp(-total)), places=9)
        self.delayDisplay("The probability is the sum of its contributions")
