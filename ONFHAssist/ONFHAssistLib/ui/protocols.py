"""What panels take from each other and from tests: the smallest set of names that each of them relies on.

Qt's widgets come from ``.ui`` files by their names, so a panel states the names that it uses; what a widget can do is
stated as far as several panels use it, in the names that PythonQt gives it (``button.text``, not ``button.text()``).
"""

# ruff: noqa: N815 - the names that Qt gives to its properties, and the .ui files to their widgets
from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

if TYPE_CHECKING:
    from slicer import vtkMRMLScalarVolumeNode, vtkMRMLSegmentationNode

    from .jobs import Job


@runtime_checkable
class CasePart(Protocol):
    """A part of a panel that keeps something of the patient whose scene is open.

    A module's widget lists its parts (``case_parts``) and tells each of them when the scene is closed.
    """

    def forget_case(self) -> None:
        """The patient's scene is closed: his work ends, what was shown of him goes, settings are the usual ones."""


@runtime_checkable
class ImagePart(Protocol):
    """A part of a panel that shows something of the chosen image."""

    def turn_away(self) -> None:
        """Another image is chosen: what is shown of the former one goes; what runs for it goes on."""


class JobRunnerLike(Protocol):
    """Runs jobs one after the other; :class:`.jobs.JobRunner`, or what a test puts in its place."""

    def submit(self, job: Job) -> Any:
        """Queue a job; its callbacks tell what comes of it."""

    def cancel(self, job: Job) -> Any:
        """End a job that waits or runs; its ``on_cancelled`` is called."""


# widgets ------------------------------------------------------------------------------------------------------------


class Widget(Protocol):
    """Any widget of Qt."""

    enabled: bool
    visible: bool
    toolTip: str

    def connect(self, signal: str, slot: Callable[..., Any]) -> Any:
        """Call ``slot`` at each ``signal``, such as "clicked()"."""

    def blockSignals(self, blocked: bool) -> bool:
        """Be silent, or no longer; returns whether it was silent."""


class Label(Widget, Protocol):
    """QLabel."""

    text: str


class Button(Widget, Protocol):
    """QPushButton."""

    text: str


class ProgressBar(Widget, Protocol):
    """QProgressBar."""

    value: int


class CheckBox(Widget, Protocol):
    """QCheckBox."""

    checked: bool
    text: str


class Number(Widget, Protocol):
    """QSpinBox, QDoubleSpinBox, ctkSliderWidget."""

    value: Any


class Combo(Widget, Protocol):
    """QComboBox."""

    count: int
    currentIndex: int
    currentText: str

    def addItem(self, text: str, data: Any = None) -> None:
        """Add a choice, with what a program reads of it."""

    def clear(self) -> None:
        """Take all choices away."""

    def findText(self, text: str) -> int:
        """Index of the choice with this text, or -1."""

    def itemText(self, index: int) -> str:
        """What a choice reads."""

    def itemData(self, index: int) -> Any:
        """What a program reads of a choice."""


class PathEdit(Widget, Protocol):
    """ctkPathLineEdit."""

    currentPath: str
    filters: Any
    nameFilters: Any


class TableView(Protocol):
    """qMRMLTableView."""

    def setMRMLTableNode(self, node: Any) -> None:
        """Show a table of the scene, or none."""


class StatusPanel(Protocol):
    """Where a step says what it does, and how it failed; a ``progressBar`` beside it is used where there is one."""

    @property
    def statusLabel(self) -> Label:
        """One line for sentences."""


# what a panel asks of its module ------------------------------------------------------------------------------------


class ModulePanel(Protocol):
    """The widget of a module, as its parts know it."""

    parameters: Any
    logic: Any

    def update_panel(self) -> None:
        """Enable what can be done now."""

    def shows(self, volume: Any) -> bool:
        """Whether the panel shows this image."""


class ChosenVolume(Protocol):
    """Gives the volume that a panel has chosen, or None."""

    def __call__(self) -> vtkMRMLScalarVolumeNode | None:
        """Now."""


class ChosenCase(Protocol):
    """Gives the volume and the segmentation that a panel has chosen; either may be None."""

    def __call__(self) -> tuple[vtkMRMLScalarVolumeNode | None, vtkMRMLSegmentationNode | None]:
        """Now."""


# the widgets of each part -------------------------------------------------------------------------------------------


class FindWidgets(StatusPanel, Protocol):
    """Of *Find and outline*."""

    findButton: Button
    twiceCheckBox: CheckBox
    progressBar: ProgressBar


class MeasureWidgets(StatusPanel, Protocol):
    """Of *Measure* and its acetabular edges."""

    measureButton: Button
    edgeRButton: Button
    edgeLButton: Button
    progressBar: ProgressBar
    findingsLabel: Label
    measurementsView: TableView


class DrillWidgets(Protocol):
    """Of *Drilling plan*."""

    drillGroup: Any
    drillButton: Button
    drillUndoButton: Button
    drillWiresSpinBox: Number
    drillDiameterSpinBox: Number
    drillEntryCombo: Combo
    drillProgressBar: ProgressBar
    drillStatusLabel: Label
    drillLabel: Label
    drillView: TableView


class CourseWidgets(Protocol):
    """Of *Follow-up*."""

    courseGroup: Any
    courseTable: Any
    courseFolderEdit: PathEdit
    courseSinceEdit: Any
    courseAddButton: Button
    courseDropButton: Button
    courseButton: Button
    coursePageButton: Button
    courseProgressBar: ProgressBar
    courseStatusLabel: Label
    courseView: TableView


class ReaderWidgets(StatusPanel, Protocol):
    """Of *Compare readers*."""

    otherSelector: Any
    compareButton: Button
    consensusButton: Button
    confirmButton: Button
    confirmedLabel: Label
    agreementView: TableView


class RadiographWidgets(StatusPanel, Protocol):
    """Of the group "Radiograph", and of the sphere tool that becomes a circle tool."""

    radiographGroup: Widget
    radiographCheckBox: CheckBox
    radiographLabel: Label
    magnificationSpinBox: Number
    magnificationButton: Button
    sphereGroup: Any
    sphereHelp: Label
    clipCheckBox: CheckBox


class SequenceWidgets(StatusPanel, Protocol):
    """Of the box "Sequence"."""

    sequenceCombo: Combo


class BrowserWidgets(Protocol):
    """Of the browser of features."""

    filterEdit: Any
    classCombo: Combo
    imageCombo: Combo
    featureView: Any
    featureLabel: Label
    sideCombo: Combo
    radiusSpinBox: Number
    mapButton: Button
    mapProgressBar: ProgressBar
    mapStatusLabel: Label
    stableCheckBox: CheckBox


class RobustnessWidgets(Protocol):
    """Of the group "Robustness"."""

    robustnessGroup: Any
    perturbationsSpinBox: Number
    robustnessButton: Button
    robustnessProgressBar: ProgressBar
    robustnessStatusLabel: Label


class SlicerRadiomicsWidgets(Protocol):
    """Of the group "SlicerRadiomics"."""

    slicerRadiomicsButton: Button
    slicerRadiomicsOpenButton: Button
    slicerRadiomicsStatusLabel: Label


class StageWidgets(Protocol):
    """Of the group "Stage"."""

    stageButton: Button
    stageProgressBar: ProgressBar
    stageStatusLabel: Label
    stageBannerLabel: Label
    stageFlagLabel: Any
    stageAnswerLabel: Label
    stageView: TableView
    stageHeatCombo: Combo
    stageThresholdSlider: Number
    stageLegendCheckBox: CheckBox
    stage3dButton: Button


class SignatureWidgets(Protocol):
    """Of the signatures from a radiograph."""

    radiographGroup: Any
    radiographSelector: Any
    signaturesButton: Button
    signaturesProgressBar: ProgressBar
    signaturesStatusLabel: Label


class NomogramWidgets(Protocol):
    """Of the nomogram."""

    pointsTable: Any
    nomogramPicture: Any
    curvePicture: Any


class OtherHipsWidgets(Protocol):
    """Of *Validate* and *Update* in ONFHSurvival, which share the table with *Develop models*."""

    modelCombo: Combo
    modelEdit: PathEdit
    cohortEdit: PathEdit
    patientCombo: Combo
    timeCombo: Combo
    eventCombo: Combo
    unitCombo: Combo
    reportEdit: PathEdit
    validateButton: Button
    updateButton: Button
    openReportButton: Button
    developProgressBar: ProgressBar
    developStatusLabel: Label


class SampleSizeWidgets(Protocol):
    """Of *How many hips are needed?*"""

    planParametersSpin: Number
    planAreaSpin: Number
    planShareSpin: Number
    planHipsSpin: Number
    planButton: Button
    planLabel: Label


class ProbabilityHipsWidgets(Protocol):
    """Of *Validate* and *Update* in ONFHPredict, which share the table with *Develop models*."""

    bundleCombo: Combo
    developOutcomeCombo: Combo
    developPatientCombo: Combo
    developOutEdit: PathEdit
    developValidateButton: Button
    developUpdateButton: Button
    developReportButton: Button
    developProgressBar: ProgressBar
    developStatusLabel: Label


class SurvivalDevelopWidgets(OtherHipsWidgets, SampleSizeWidgets, Protocol):
    """Of *Develop models* in ONFHSurvival."""

    comparatorsCheckBox: CheckBox
    developGroup: Any
    cohortEdit: PathEdit
    patientCombo: Combo
    timeCombo: Combo
    eventCombo: Combo
    unitCombo: Combo
    followUpLabel: Label
    monthsEdit: Any
    bootstrapsSpin: Number
    reportEdit: PathEdit
    developButton: Button
    developProgressBar: ProgressBar
    developStatusLabel: Label


class DlrDevelopWidgets(ProbabilityHipsWidgets, SampleSizeWidgets, Protocol):
    """Of *Develop models* in ONFHPredict."""

    comparatorsCheckBox: CheckBox
    developGroup: Any
    developTableSelector: Any
    developCohortEdit: PathEdit
    developOutcomeCombo: Combo
    developPatientCombo: Combo
    developScannerCombo: Combo
    developGroupsCombo: Combo
    developProtocolCombo: Combo
    developClassifiersCombo: Combo
    developBootstrapsSpin: Number
    developComponentsSpin: Number
    developOutEdit: PathEdit
    developButton: Button
    developProgressBar: ProgressBar
    developStatusLabel: Label
    developView: TableView
    developChartCombo: Combo
    developChartButton: Button
    developReportButton: Button


class ComputerWidgets(StatusPanel, Protocol):
    """Of the group "This computer"."""

    computerGroup: Any
    computerLabel: Label
    checkButton: Button
    installButton: Button
