"""How far features depend on position and outline, as columns of the table of radiomics."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from slicer.i18n import tr as _

from ..attributes import write_attributes
from ..tables import columns_of
from ..transaction import Steps
from .features_and_prediction import MoreColumns, radiomics_to_scene

if TYPE_CHECKING:
    from slicer import vtkMRMLScalarVolumeNode, vtkMRMLTableNode

ICC, LOW, HIGH = "icc", "icc_low", "icc_high"
VARIATION = "variation_"  # before a side
LEAST = 0.75  # as in the DLRC study
COLUMNS = (ICC, LOW, HIGH, f"{VARIATION}R", f"{VARIATION}L")


def robustness_in_steps(
    volume: vtkMRMLScalarVolumeNode, result: Mapping[str, Any]
) -> Steps[vtkMRMLTableNode]:
    """The worker's answer to ``feature_robustness``: the table of radiomics, with ICC and variation beside the values."""
    from ...extract.radiomics import RadiomicsResult

    radiomics = {side: RadiomicsResult(**fields) for side, fields in result["radiomics"].items()}
    found = result["robustness"]
    varied = {f"{VARIATION}{side}": values for side, values in found["variation"].items()}
    more = MoreColumns(
        {ICC: found["icc"], LOW: found["low"], HIGH: found["high"], **varied},
        titles={
            ICC: _("ICC(1,1)"),
            LOW: _("ICC, low"),
            HIGH: _("ICC, high"),
            **{name: _("variation {side}").format(side=name.removeprefix(VARIATION)) for name in varied},
        },
        descriptions={
            ICC: _("Share of the variance over perturbed images and outlines that is between the hips."),
            LOW: _("95% interval, lower end"),
            HIGH: _("95% interval, upper end"),
            **dict.fromkeys(varied, _("Standard deviation over the perturbations, over the mean.")),
        },
        decimals={ICC: 2, LOW: 2, HIGH: 2, **dict.fromkeys(varied, 3)},
    )
    table = radiomics_to_scene(volume, radiomics, result["outlines"], more)
    write_attributes(table, result["record"])
    yield
    return table


def robustness_of(table: vtkMRMLTableNode, feature: str) -> dict[str, float]:
    """Column to number of one feature, as far as the table holds them."""
    content = columns_of(table)
    if feature not in content["feature"]:
        return {}
    row = content["feature"].index(feature)
    values = {name: content[name][row] for name in COLUMNS if name in content}
    return {name: value for name, value in values.items() if value == value}  # noqa: PLR0124 - NaN


def stable_features(table: vtkMRMLTableNode, least: float = LEAST) -> set[str] | None:
    """Features whose ICC is ``least`` or more; None where the table holds no ICC."""
    content = columns_of(table)
    values = content.get(ICC, [])
    if all(value != value for value in values):  # noqa: PLR0124 - one hip alone has none
        return None
    return {name for name, value in zip(content["feature"], values, strict=True) if value >= least}
