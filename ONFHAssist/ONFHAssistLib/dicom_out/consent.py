"""Whether the header of a study allows that something of it is handed on (PS3.3 C.7.2.3, Clinical Trial Study)."""

from __future__ import annotations

from collections.abc import Iterable

from pydicom.dataset import Dataset

from ..core.errors import InputError
from ..imaging.series.numbers import items, words

_REFUSED = {"NO": "was not given", "WITHDRAWN": "was withdrawn"}


def require_distribution(headers: Iterable[Dataset], where: str) -> None:
    """Raise :class:`InputError` where a header says that consent to distribution was refused or withdrawn.

    A header that says nothing of it, as nearly all do, refuses nothing; who exports is asked by the command.

    Args:
        where: of the headers, for the sentence.
    """
    for header in headers:
        for consent in items(header, "ConsentForClinicalTrialUseSequence"):
            said = _REFUSED.get(words(consent, "ConsentForDistributionFlag").upper())
            if said:
                raise InputError(
                    f"The header of the study in {where} says that consent to its distribution {said} (Consent for "
                    "Distribution Flag), so nothing of it is exported."
                )
