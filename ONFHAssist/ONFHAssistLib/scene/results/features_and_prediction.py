"""Steps 2 and 3 in the scene: features and prediction as tables and charts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import slicer
from slicer.i18n import tr as _

from ...case.result import PROBABILITY
from ...case.rows import rows_of
from ...core.names import is_deep
from ...core.provenance import provenance
from ...extract.feature_words import feature_in_words
from ...imaging.image import Image
from ...imaging.radiograph import is_radiograph
from ..attributes import SIDE, mark_result, read_attributes, set_warnings
from ..case import move_to_case_folder, text_node
from ..images.ownership import find_node, results_of, title_of
from ..outdated import mark_source_segmentation
from ..plots import BLUE, Series, bar_legend, chart
from ..tables import PERCENT, columns_of, table_from_columns
from ..transaction import Steps, remove_nodes, run_all_steps
from ..volumes import image_from_volume, volume_from_image
from ..words import head_name

if TYPE_CHECKING:
    from slicer import vtkMRMLPlotChartNode, vtkMRMLScalarVolumeNode, vtkMRMLTableNode

    from ...case.result import CaseResult, DeepFeatures
    from ...early.answer import FeatureContribution
    from ...extract.radiomics import RadiomicsResult


@dataclass(frozen=True)
class MoreColumns:
    """Further columns of the table of radiomics: feature to value, with titles, descriptions and decimals by column."""

    values: Mapping[str, Mapping[str, float | None]] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    descriptions: Mapping[str, str] = field(default_factory=dict)
    decimals: Mapping[str, int] = field(default_factory=dict)


FEATURE_ROLES = ("radiomics", "deep features")
ON_RADIOGRAPH = "radiograph "  # before these roles: a case may have features of its MRI and of its radiograph
_MOST_BARS = 24  # rows of a table of contributions; a model may weigh hundreds of features


def feature_role(role: str, image: Image) -> str:
    """The role of a feature table of ``image``, so that those of MRI and radiograph stand beside each other."""
    return f"{ON_RADIOGRAPH}{role}" if is_radiograph(image) else role


def radiomics_to_scene(
    volume: vtkMRMLScalarVolumeNode,
    results: Mapping[str, RadiomicsResult],
    outlines: Mapping[str, str] | None = None,
    more: MoreColumns | None = None,
) -> vtkMRMLTableNode:
    """Table "*volume* radiomics": one row a feature, one numeric column a hip ("R", "L").

    A feature a row reads and sorts better in Slicer than 1,197 columns; the CSV that the command line writes has the
    usual one row a hip. ``outlines`` are the hashes of what was outlined; ``more`` stands right beside the name, since a
    panel is narrow.
    """
    more = more or MoreColumns()
    sides = list(results)
    names = list(results[sides[0]].features)
    columns: dict[str, Sequence[Any]] = {
        "feature": names,
        **{column: [values.get(name) for name in names] for column, values in more.values.items()},
        **{side: [float(results[side].features[name]) for name in names] for side in sides},
        "class": [name.split("_")[1] for name in names],
        "image": [name.split("_")[0] for name in names],
    }
    first, image = results[sides[0]], image_from_volume(volume)
    role = feature_role("radiomics", image)
    record = provenance(
        image,
        engine=first.engine,
        preset=first.preset,
        preset_sha256=first.preset_sha256,
    )
    node = table_from_columns(
        _("{volume} radiomics").format(volume=volume.GetName()),
        columns,
        role=role,
        provenance=record,
        titles={"feature": _("feature"), "class": _("class"), "image": _("image"), **more.titles},
        descriptions={
            **{side: _("{head}, necrosis included").format(head=head_name(side)) for side in sides},
            **more.descriptions,
        },
        decimals=more.decimals,
        node=find_node("vtkMRMLTableNode", role, volume),
    )
    mark_source_segmentation([node], outlines)
    move_to_case_folder(volume, [node])
    return node


def features_in_steps(volume: vtkMRMLScalarVolumeNode, result: CaseResult) -> Steps[list[vtkMRMLTableNode]]:
    """The table of radiomics of the case's hips, and of deep features where there are any."""
    radiomics = {hip.side: hip.radiomics for hip in result.hips if hip.radiomics is not None}
    deep = {hip.side: hip.deep for hip in result.hips if hip.deep is not None}
    return (yield from _features_in_steps(volume, radiomics, deep, result.hip_outlines))


def radiograph_features_in_steps(
    radiograph: vtkMRMLScalarVolumeNode, result: CaseResult
) -> Steps[list[vtkMRMLTableNode]]:
    """The same of the hips on the radiograph of the case."""
    hips = result.hips
    radiomics = {hip.side: hip.radiograph_radiomics for hip in hips if hip.radiograph_radiomics is not None}
    deep = {hip.side: hip.radiograph_deep for hip in hips if hip.radiograph_deep is not None}
    return (yield from _features_in_steps(radiograph, radiomics, deep, None))


def _features_in_steps(
    volume: vtkMRMLScalarVolumeNode,
    radiomics: Mapping[str, RadiomicsResult],
    deep: Mapping[str, DeepFeatures],
    outlines: Mapping[str, str] | None,
) -> Steps[list[vtkMRMLTableNode]]:
    nodes = []
    if radiomics:
        nodes.append(radiomics_to_scene(volume, radiomics, outlines))
        yield
    if deep:
        nodes.append(deep_to_scene(volume, deep, outlines))
        yield
    return nodes


def predicted_in_steps(volume: vtkMRMLScalarVolumeNode, result: CaseResult) -> Steps[dict[str, Any]]:
    """A prediction with the features that it rests on; its value is that of :func:`prediction_in_steps`."""
    yield from features_in_steps(volume, result)
    return (yield from prediction_in_steps(volume, result))


def deep_to_scene(
    volume: vtkMRMLScalarVolumeNode,
    deep: Mapping[str, DeepFeatures],
    outlines: Mapping[str, str] | None = None,
) -> vtkMRMLTableNode:
    """Table "*volume* deep features": ``DL_0`` to ``DL_511`` as rows, one numeric column a hip."""
    sides = list(deep)
    first = deep[sides[0]]
    names = list(first.features)
    columns: dict[str, Sequence[Any]] = {"feature": names}
    columns |= {side: [float(deep[side].features[name]) for name in names] for side in sides}
    image = image_from_volume(volume)
    role = feature_role("deep features", image)
    record = provenance(
        image,
        ("torch", "monai"),
        bundle=first.backbone,
        bundle_sha256=first.backbone_sha256,
    )
    node = table_from_columns(
        _("{volume} deep features").format(volume=volume.GetName()),
        columns,
        role=role,
        provenance=record,
        titles={"feature": _("feature")},
        node=find_node("vtkMRMLTableNode", role, volume),
    )
    mark_source_segmentation([node], outlines)
    move_to_case_folder(volume, [node])
    return node


def map_to_scene(
    volume: vtkMRMLScalarVolumeNode, feature: str, side: str, image: Image, shown: bool = True
) -> vtkMRMLScalarVolumeNode:
    """A feature map as a volume, over ``volume`` in the slices where ``shown``, in the colours of Viridis."""
    for old in results_of(volume, "vtkMRMLScalarVolumeNode", "feature map"):
        if old.GetAttribute(SIDE) == side and read_attributes(old).get("feature") == feature:
            slicer.mrmlScene.RemoveNode(old)
    node = volume_from_image(image, title_of(f"{feature} {side}", volume))
    node.CreateDefaultDisplayNodes()
    display = node.GetDisplayNode()
    display.SetAndObserveColorNodeID("vtkMRMLColorTableNodeFileViridis.txt")
    inside = image.array[image.array != 0]
    if inside.size:
        low, high = (float(v) for v in np.percentile(inside, [2, 98]))
        display.SetAutoWindowLevel(False)
        display.SetWindowLevelMinMax(low, max(high, low + 1e-6))
        display.SetThreshold(float(inside.min()), float(inside.max()))
        display.SetApplyThreshold(True)
    mark_result(node, "feature map", provenance(image_from_volume(volume), feature=feature), side)
    move_to_case_folder(volume, [node])
    if shown:
        slicer.util.setSliceViewerLayers(background=volume, foreground=node, foregroundOpacity=0.6)
    return node


def prediction_to_scene(volume: vtkMRMLScalarVolumeNode, result: CaseResult) -> dict[str, Any]:
    """:func:`prediction_in_steps`, all at once."""
    return run_all_steps(prediction_in_steps(volume, result))


def prediction_in_steps(volume: vtkMRMLScalarVolumeNode, result: CaseResult) -> Steps[dict[str, Any]]:
    """Tables of probabilities and contributions, a bar chart a hip, and the statement of what the model learned from.

    Returns:
        ``table``, ``statement`` and for each side ``contributions`` and ``charts``.
    """
    step, rows = result.steps[PROBABILITY], rows_of(result, "prediction")
    record = step.provenance
    table = table_from_columns(
        _("{volume} prediction").format(volume=volume.GetName()),
        {name: [row[name] for row in rows] for name in rows[0]},
        role="prediction",
        provenance=record,
        titles={
            "side": _("side"),
            "probability": _("probability"),
            "threshold": _("threshold"),
            "reading": _("reading"),
            "scope": _("scope"),
        },
        descriptions={
            "probability": _("Probability of early osteonecrosis, 0 to 1."),
            "scope": _("Whether the image is what the model accepts; if not, no probability is given."),
        },
        decimals={"probability": PERCENT, "threshold": PERCENT},
        node=find_node("vtkMRMLTableNode", "prediction", volume),
    )
    set_warnings(table, [*step.out_of_scope, *step.warnings])
    nodes: dict[str, Any] = {"table": table, "contributions": {}, "charts": {}}
    nodes["statement"] = text_node(
        _("Prediction statement"), step.statement, "prediction statement", record, volume
    )
    for hip in result.hips:
        answer, side = hip.probability, hip.side
        if answer is None:  # withheld, or none: what drove an earlier answer goes with it
            _remove_contributions(volume, side)
            continue
        yield
        nodes["contributions"][side] = _contributions(volume, side, _strongest(answer.contributions), record)
        yield
        nodes["charts"][side] = _contribution_chart(volume, side, nodes["contributions"][side], record)
    yield
    mark_source_segmentation(
        [table, *nodes["contributions"].values(), *nodes["charts"].values()], result.hip_outlines
    )
    move_to_case_folder(
        volume,
        [table, nodes["statement"], *nodes["contributions"].values(), *nodes["charts"].values()],
    )
    return nodes


def _remove_contributions(volume: vtkMRMLScalarVolumeNode, side: str) -> None:
    shown = find_node("vtkMRMLPlotChartNode", "contribution chart", volume, side)
    bars = (
        []
        if shown is None
        else [shown.GetNthPlotSeriesNode(i) for i in range(shown.GetNumberOfPlotSeriesNodes())]
    )
    remove_nodes([shown, *bars, find_node("vtkMRMLTableNode", "contributions", volume, side)])


def _strongest(rows: Sequence[FeatureContribution]) -> list[FeatureContribution]:
    """The rows that a table and its chart can show, the others summed in a last one, so that the sum stays.

    A channel of a network has no meaning of its own, so that the deep features count together beside radiomics.
    """
    from ...early.answer import FeatureContribution

    deep = [row for row in rows if is_deep(row.feature) and row.contribution is not None]
    if 1 < len(deep) < len(rows):
        name = _("{n} deep features together").format(n=len(deep))
        together = FeatureContribution(name, None, None, None, sum(row.contribution or 0.0 for row in deep))
        rows = sorted(
            [*(row for row in rows if row not in deep), together],
            key=lambda row: -abs(row.contribution or 0.0),
        )
    shown, others = list(rows[:_MOST_BARS]), rows[_MOST_BARS:]
    if len(others) < 2 or any(row.contribution is None for row in others):
        return list(rows)
    total = sum(row.contribution or 0.0 for row in others)
    name = _("{n} other features").format(n=len(others))
    return [*shown, FeatureContribution(name, None, None, None, total)]


def _contributions(
    volume: vtkMRMLScalarVolumeNode, side: str, rows: Sequence[FeatureContribution], record: Mapping[str, str]
) -> vtkMRMLTableNode:
    names = ("contribution", "feature", "z", "value", "coefficient")  # what a narrow panel shows comes first
    return table_from_columns(
        _("{volume} contributions {side}").format(volume=volume.GetName(), side=side),
        {
            "bar": list(range(1, len(rows) + 1)),
            "words": [feature_in_words(row.feature) for row in rows],
            **{name: [getattr(row, name) for row in rows] for name in names},
        },
        role="contributions",
        provenance=record,
        units={"contribution": "log-odds"},
        titles={
            "bar": _("bar"),
            "words": _("feature in words"),
            "contribution": _("contribution"),
            "feature": _("feature"),
            "z": "z",
            "value": _("value"),
            "coefficient": _("coefficient"),
        },
        decimals={"contribution": 3, "z": 2, "coefficient": 4},
        descriptions={
            "bar": _("Number of the bar in the chart of contributions."),
            "contribution": _("Share of the log-odds of early osteonecrosis; above 0 speaks for it."),
            "z": _("Standard deviations from the mean of the training hips."),
        },
        side=side,
        node=find_node("vtkMRMLTableNode", "contributions", volume, side),
    )


def _contribution_chart(
    volume: vtkMRMLScalarVolumeNode, side: str, table: vtkMRMLTableNode, record: Mapping[str, str]
) -> vtkMRMLPlotChartNode:
    bars = Series(
        _("Contribution {side}").format(side=side),
        table,
        "bar",
        "contribution",
        "bar",
        colour=BLUE,
        label_column="words",
    )
    return chart(
        title_of(_("Contributions {side}").format(side=side), volume),
        [bars],
        title=_("What drove the probability, hip {side}").format(side=side),
        x_title=_("strongest first; the table names all"),
        below=bar_legend(columns_of(table)["words"]),
        y_title=_("share of the log-odds"),
        role="contribution chart",
        provenance=record,
        side=side,
        node=find_node("vtkMRMLPlotChartNode", "contribution chart", volume, side),
    )


def show_chart(node: vtkMRMLPlotChartNode) -> None:
    """Switch to a layout with a plot and show this chart in it."""
    slicer.modules.plots.logic().ShowChartInLayout(node)
