"""How many hips a development needs, before the first is measured: Riley et al.'s criteria behind one button."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from slicer.i18n import tr as _

from ....core.errors import InputError
from ....core.language import sentence

if TYPE_CHECKING:
    from ....evaluate.planning.criteria import SampleSize
    from ...protocols import SampleSizeWidgets

HORIZON = 36.0  # months
CORRELATION = 0.5  # of the outcomes of both hips of a patient


class SampleSizePanel:
    """What is expected goes in, hips and patients come out; takes no file and no patient.

    Args:
        ui: widgets ``planParametersSpin``, ``planAreaSpin``, ``planShareSpin``, ``planHipsSpin``, ``planButton`` and
            ``planLabel``.
        size: gives the sample size of parameters, area and share with the outcome.
    """

    def __init__(self, ui: SampleSizeWidgets, size: Callable[[int, float, float], SampleSize]) -> None:
        self._ui, self._size = ui, size
        ui.planButton.connect("clicked()", self.on_plan)

    def on_plan(self) -> None:
        """Write the answer below the button."""
        from ....evaluate.planning.criteria import for_patients

        ui = self._ui
        try:
            found = self._size(
                int(ui.planParametersSpin.value), float(ui.planAreaSpin.value), ui.planShareSpin.value / 100
            )
            found = for_patients(found, float(ui.planHipsSpin.value), CORRELATION)
        except InputError as error:
            ui.planLabel.text = sentence(str(error))
            return
        asked = "; ".join(f"{one.name}: {one.hips}" for one in found.criteria)
        ui.planLabel.text = _(
            "{hips} hips of {patients} patients, about {events} with the event, so that the model is not fitted to "
            "chance (Riley et al. 2019, 2020). Independent hips for each criterion: {asked}."
        ).format(hips=found.hips, patients=found.patients, events=round(found.events), asked=asked)


def binary_size(parameters: int, area: float, share: float) -> SampleSize:
    """For a probability: share of hips with the outcome."""
    from ....evaluate.planning import development as sizes

    return sizes.size_for_binary(parameters, share, sizes.r2_from_c(area, share))


def survival_size(parameters: int, area: float, share: float) -> SampleSize:
    """For survival: share of hips that collapse within 36 months, at a steady rate, all followed so long on average."""
    from ....evaluate.planning import development as sizes

    rate = float(-np.log1p(-share) / HORIZON)
    r2 = sizes.r2_from_c_survival(area, min(rate * HORIZON, 0.999))
    return sizes.size_for_survival(parameters, r2, rate, HORIZON, HORIZON)
