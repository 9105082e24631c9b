"""A table of stages beside a cohort: ``case``, ``side`` and ``ficat_arlet_stage``, hip by hip."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ONFHAssistLib.bundles.patients import normal_id
from ONFHAssistLib.core.csv_tables import read_lines, require_filled
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.imaging.labels import SIDES

STAGE = "ficat_arlet_stage"
STAGES = ("0", "I", "II")
_MOST_NAMED = 3


class StageTable:
    """What a table says of the hips of a cohort.

    Args:
        path: of the table; None where there is none.
        cases: name and patient of every case of the cohort, of those too that nobody has looked at yet.

    Raises:
        InputError: a cell is empty or unknown, two lines of one hip contradict each other, or a line is of no case of
            the cohort.
    """

    def __init__(self, path: Path | None, cases: Iterable[tuple[str, str]]) -> None:
        self._name = "" if path is None else path.name
        self._lines: dict[tuple[str, str], tuple[str, int]] = {}
        self._examinations: dict[str, set[str]] = {}
        for case, patient in cases:
            self._examinations.setdefault(normal_id(patient), set()).add(normal_id(case))
        for number, row in [] if path is None else read_lines(path, ("case", "side", STAGE)):
            self._take(row, number)
        self._require_known()

    def of(self, case: str, patient: str, side: str) -> str:
        """The stage of a hip, by its case or by its patient where he has one; "" where nobody says."""
        for name in (case, patient):
            if (normal_id(name), side) in self._lines:
                return self._lines[normal_id(name), side][0]
        return ""

    def _take(self, row: dict[str, str], number: int) -> None:
        place = f"{self._name}, line {number}"
        require_filled(place, row, ("case",))
        case, side, stage = normal_id(row["case"]), row["side"].strip(), row[STAGE].strip()
        if side not in SIDES:
            raise InputError(f"{place}: the side is '{side}'; R or L is accepted.")
        require_stage(stage, place)
        known = self._lines.setdefault((case, side), (stage, number))
        if known[0] != stage:
            raise InputError(
                f"{place}: hip {side} of {case} has another stage in line {known[1]}; keep one of them."
            )

    def _require_known(self) -> None:
        cases = set().union(*self._examinations.values())
        lost: dict[str, int] = {}
        for (case, _side), (_stage, number) in self._lines.items():
            several = self._examinations.get(case, set())
            if case not in cases and len(several) > 1:
                raise InputError(
                    f"{self._name}, line {number}: {case} has {len(several)} examinations; name the case, such as "
                    f"{min(several)}, in place of the patient."
                )
            if case not in cases and not several:
                lost.setdefault(case, number)
        if lost:
            named = ", ".join(f"{case} (line {line})" for case, line in list(lost.items())[:_MOST_NAMED])
            more = f" and {len(lost) - _MOST_NAMED} more" if len(lost) > _MOST_NAMED else ""
            raise InputError(
                f"{self._name}: {named}{more} is no case of the cohort, such as {min(cases, default='none')}; the column "
                "'case' holds the cases of the cohort, or its patients where each has one examination."
            )


def require_stage(stage: str, place: str) -> None:
    """Refuse what is no stage; "" is none yet.

    Raises:
        InputError: as said, with ``place``.
    """
    if stage not in ("", *STAGES):
        raise InputError(
            f"{place}: the stage is '{stage}'; {', '.join(STAGES)} or an empty cell are accepted."
        )
