"""ONFHExtract: radiomics features of the femoral heads, as numeric tables."""

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


class ONFHExtract(ScriptedLoadableModule):
    def __init__(self, parent):
        ScriptedLoadableModule.__init__(self, parent)
        parent.title = _("ONFHExtract")
        parent.categories = [translate("qSlicerAbstractCoreModule", "Quantification")]
        parent.dependencies = ["ONFHSegment"]
        parent.contributors = ["The ONFHAssist developers"]
        parent.helpText = _(
            "Step 2. Radiomics features of each outlined femoral head, necrosis included, with PyRadiomics' definitions "
            "and names. The preset dlr-mri gives the 1,197 features of the DLR study. The table is numeric: it can be "
            "sorted, plotted and exported. For a radiograph the preset dlrc-xray works in its plane."
        )
        parent.acknowledgementText = _("Feature definitions: van Griethuysen 2017; IBSI: Zwanenburg 2020.")


@parameterNodeWrapper
class ONFHExtractParameterNode:
    """What the panel keeps in the scene.

    volume: MRI or radiograph. segmentation: with the femoral heads. preset: name. engine: "native" or "pyradiomics".
    deep: also the deep features.
    """

    volume: Optional[vtkMRMLScalarVolumeNode] = None  # noqa: UP045 - the wrapper knows typing.Optional
    segmentation: Optional[vtkMRMLSegmentationNode] = None  # noqa: UP045
    preset: str = "dlr-mri"
    engine: str = ""
    deep: bool = False


class ONFHExtractWidget(ModuleWidget):
    parameters_class = ONFHExtractParameterNode
    takes_radiographs = True
    warned_steps = ("extract",)

    def __init__(self, parent=None):
        self.logic_class = ONFHExtractLogic
        ModuleWidget.__init__(self, parent)
        self.job = self.browser = self.robustness = self.slicer_radiomics = None

    def connect_signals(self):
        from ONFHAssistLib.ui.panels.extract.feature_browser import FeatureBrowser
        from ONFHAssistLib.ui.panels.extract.robustness import RobustnessPanel
        from ONFHAssistLib.ui.panels.extract.slicer_radiomics import SlicerRadiomicsPanel
        from ONFHAssistLib.ui.run import PanelJob

        self.job = PanelJob(self.ui.applyButton, self.ui.progressBar, self.ui.statusLabel)
        self.ui.presetCombo.connect("currentIndexChanged(int)", self.on_preset)
        self.ui.engineCombo.connect("currentIndexChanged(int)", self.on_engine)
        self.ui.applyButton.connect("clicked()", self.on_apply)
        self.browser = FeatureBrowser(self.ui, self)
        self.robustness = RobustnessPanel(self.ui, self, self.browser.show)
        self.slicer_radiomics = SlicerRadiomicsPanel(self.ui, self)
        self.case_parts = [self.job, self.browser, self.robustness, self.slicer_radiomics]

    def on_preset(self, _index):
        if self.parameters is not None:
            self.parameters.preset = self.ui.presetCombo.currentText

    def on_engine(self, _index):
        if self.parameters is not None:
            self.parameters.engine = self.ui.engineCombo.currentText

    def update_panel(self):
        from ONFHAssistLib.ui.panels.preset_choice import set_choices

        names = self.logic.presets(self.parameters.volume)
        chosen = set_choices(self.ui.presetCombo, names, self.parameters.preset)
        if chosen != self.parameters.preset:
            self.parameters.preset = chosen
        set_choices(self.ui.engineCombo, self.logic.engines(), self.parameters.engine)
        ready = self.parameters.volume is not None and self.parameters.segmentation is not None
        self.ui.applyButton.enabled = ready
        self.ui.applyButton.toolTip = (
            _("Radiomics of the whole femoral head of each outlined hip.")
            if ready
            else _("Choose an MRI or a radiograph, and a segmentation with a femoral head.")
        )
        self.robustness.update()
        self.slicer_radiomics.update()
        self.browser.show_known()

    def on_apply(self):
        from ONFHAssistLib.ui.run import run_check

        if self.job.running or run_check(self.ui, _("Checking packages ..."), self._check_packages):
            parameters = self.parameters
            volume, segmentation = parameters.volume, parameters.segmentation
            options = {
                "preset": parameters.preset,
                "deep": parameters.deep,
                **({"engine": parameters.engine} if parameters.engine else {}),
            }
            self.job.toggle(
                _("Extracting ..."),
                "run_case",
                lambda folder: self.logic.request(volume, segmentation, folder, options),
                lambda result: self._show(volume, result),
                nodes=[volume, segmentation],
            )

    def _check_packages(self, _progress):
        from ONFHAssistLib.ui.packages import ensure_packages

        ensure_packages("deep" if self.parameters.deep else "extract")
        return ""

    def _show(self, volume, answer):
        from ONFHAssistLib.case.result import CaseResult
        from ONFHAssistLib.scene.results.case_result import keep_result
        from ONFHAssistLib.scene.results.features_and_prediction import features_in_steps
        from ONFHAssistLib.ui.texts import features_answer, of_other_image

        result = CaseResult.from_json(answer["result"])
        tables = yield from features_in_steps(volume, result)
        keep_result(volume, result)
        yield
        if self.shows(volume):
            self.browser.show(tables[0])
        text = features_answer(result)
        return text if self.shows(volume) else of_other_image(volume, text)


class ONFHExtractLogic(ScriptedLoadableModuleLogic):
    """The work of the panel, callable from scripts."""

    def presets(self, volume=None):
        """Names of the shipped presets that fit the volume."""
        from ONFHAssistLib.ui.panels.preset_choice import presets_for

        return presets_for(volume)

    def engines(self):
        """Engines that can be chosen, the default first."""
        from ONFHAssistLib.extract.radiomics import DEFAULT_ENGINE, ENGINES

        return sorted(ENGINES, key=lambda name: name != DEFAULT_ENGINE)

    def extract(self, volume, segmentation, preset, engine=None, progress=None):
        """Features of each outlined hip into the table "radiomics", at once (the panel uses the worker).

        Returns:
            The table node and a mapping of side to :class:`ONFHAssistLib.extract.radiomics.RadiomicsResult`.

        Raises:
            InputError: no femoral head, NaN in it, an unknown preset.
        """
        from ONFHAssistLib.case.features import extract_hips
        from ONFHAssistLib.extract.radiomics import DEFAULT_ENGINE
        from ONFHAssistLib.scene.exchange import case_images
        from ONFHAssistLib.scene.outdated import digest_of
        from ONFHAssistLib.scene.results.features_and_prediction import radiomics_to_scene

        image, labels = case_images(volume, segmentation)
        results = extract_hips(image, labels, preset, engine or DEFAULT_ENGINE, progress)
        return radiomics_to_scene(volume, results, digest_of(segmentation, volume)), results

    def images(self, volume, segmentation, folder):
        """The images of a worker's task, written into ``folder``."""
        from ONFHAssistLib.scene.exchange import case_arguments

        return case_arguments(volume, segmentation, folder)

    def request(self, volume, segmentation, folder, settings):
        """Arguments of the worker's task for the features, with the images written into ``folder``."""
        from ONFHAssistLib.scene.exchange import case_of, run_arguments

        return run_arguments(case_of(volume, segmentation), ("extract",), folder, settings)

    def to_scene(self, volume, result):
        """The features of a case's result as tables; returns the nodes, radiomics first."""
        from ONFHAssistLib.scene.results.features_and_prediction import features_in_steps
        from ONFHAssistLib.scene.transaction import run_all_steps

        return run_all_steps(features_in_steps(volume, result))

    def map_to_scene(self, volume, answer, shown=True):
        """The worker's feature map as a volume, over ``volume`` where it is to be shown."""
        from ONFHAssistLib.imaging.files import read_image
        from ONFHAssistLib.scene.results.features_and_prediction import map_to_scene

        return map_to_scene(volume, answer["feature"], answer["side"], read_image(answer["path"]), shown)


class ONFHExtractTest(ScriptedLoadableModuleTest):
    """The table's path into the scene with Slicer's packages; the extraction itself where its packages are there."""

    def setUp(self):
        slicer.mrmlScene.Clear(0)

    def runTest(self):
        self.setUp()
        self.test_feature_table_is_numeric()
        self.setUp()
        self.test_extraction_gives_1197_features_of_the_phantom()

    def test_feature_table_is_numeric(self):
        import vtk

        from ONFHAssistLib.extract.radiomics import RadiomicsResult
        from ONFHAssistLib.scene.results.features_and_prediction import radiomics_to_scene
        from ONFHAssistLib.scene.selftest import ball_phantom

        volume = ball_phantom()[0]
        features = {"original_firstorder_Mean": 1.5, "original_glcm_Contrast": 0.1 + 0.2}
        result = RadiomicsResult(features, "native", "dlr-mri", "0" * 64, 0.0)
        table = radiomics_to_scene(volume, {"R": result})
        column = table.GetTable().GetColumnByName("R")
        self.assertTrue(column.IsA("vtkDoubleArray") or isinstance(column, vtk.vtkDoubleArray))
        self.assertEqual(column.GetValue(1), 0.1 + 0.2)
        self.delayDisplay("The feature table is numeric")

    def test_extraction_gives_1197_features_of_the_phantom(self):
        from ONFHAssistLib.scene.results.outlines import sphere_to_scene
        from ONFHAssistLib.scene.selftest import ball_phantom
        from ONFHAssistLib.ui.packages import missing_packages

        missing = missing_packages("extract")
        if missing:
            self.delayDisplay(f"Extraction was not tested: {', '.join(missing)} are not installed")
            return
        volume, centre, radius = ball_phantom()
        points = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLMarkupsFiducialNode")
        points.AddControlPoint(*centre)
        segmentation, _head, _warnings = sphere_to_scene(volume, None, points, radius, True, "self-test")
        table, results = ONFHExtractLogic().extract(volume, segmentation, "dlr-mri")
        self.assertEqual(len(results["R"].features), 1197)
        self.assertEqual(table.GetTable().GetNumberOfRows(), 1197)
        self.delayDisplay("1,197 features of the phantom")
