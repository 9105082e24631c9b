"""Whether a table of other hips is in the units of the hips that a model learned from."""

from __future__ import annotations

import numpy as np

from ...core.errors import InputError

FAR = 10.0  # standard deviations between medians beyond which it is another unit, not another scanner
TIMES = 5.0  # for a number of which only the cut is known


def refuse_other_units(name: str, values: np.ndarray, typical: float, spread: float | None = None) -> None:
    """Refuse a column whose middle lies where no cohort of patients could have it, and say how far off it is.

    Args:
        name: of the column.
        values: (n,) of the new hips.
        typical: mean, or the cut, of the hips that the model learned from.
        spread: their standard deviation; None where only a cut is known.

    Raises:
        InputError: so.
    """
    middle = float(np.nanmedian(values))
    if spread is None:
        far = typical > 0 and not typical / TIMES <= middle <= typical * TIMES
    else:
        far = abs(middle - typical) > FAR * spread
    if not far:
        return
    raise InputError(
        f"Column '{name}' has a median of {middle:.4g} here and about {typical:.4g} where the model learned, "
        f"{_times(middle, typical)}: it seems to be in other units (mm and cm, degrees and radians, another preset). "
        "Convert the column, or extract the features again as for the model."
    )


def _times(middle: float, typical: float) -> str:
    if middle * typical <= 0:
        return "with the other sign or at zero"
    ratio = middle / typical
    larger, by = ("larger", ratio) if ratio > 1 else ("smaller", 1 / ratio)
    return f"about {float(f'{by:.2g}'):,g} times {larger}"
