"""Whose hips a model learned from, as digests in its bundle, so that a validation on the same patients is told.

A model that is judged on its own patients looks better than it is. The digests are salted anew for every model, and an
updated one keeps its parent's salt. Who has an id can ask whether it is among them, and who has the bundle and time can
try all ids that a hospital may have given: where models leave the house, patients should have pseudonyms.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from typing import Any

LEARNED_PATIENTS = "learned_from_patients"  # entry of a bundle's metadata, or of a model's JSON
_ROUNDS = 60_000  # ids are few and short: each guess has to cost something
_DIGITS = 16


def patient_digests(patients: Iterable[Any], earlier: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """``salt`` and sorted ``digests`` of patients, with those that an earlier model learned from."""
    known: Mapping[str, Any] = earlier if earlier is not None and _is_whole(earlier) else {}
    salt = str(known.get("salt") or secrets.token_hex(8))
    found = {_digest(name, salt) for name in _names(patients)}
    return {"salt": salt, "digests": sorted(found | set(known.get("digests", ())))}


def patients_learned_from(learned: Any, patients: Iterable[Any]) -> list[str]:
    """Those of ``patients`` whom the digests know, sorted; none where there are no digests."""
    if not _is_whole(learned):
        return []
    known = set(learned["digests"])
    return sorted(name for name in _names(patients) if _digest(name, str(learned["salt"])) in known)


def caution_of_patients(model: str, learned: Any, patients: Iterable[Any]) -> list[str]:
    """A sentence where a model is judged on patients that it learned from, by their ids; else none."""
    everyone = _names(patients)
    seen = patients_learned_from(learned, everyone)
    if not seen:
        return []
    examples = ", ".join(seen[:3]) + (", ..." if len(seen) > 3 else "")
    return [
        f"{len(seen)} of these {len(everyone)} patients have an id of a patient that {model} learned from ({examples}). "
        "If they are the same people, the figures here are not of hips that it has not seen: leave them out. Ids alone "
        "are compared, and two hospitals may number alike."
    ]


def normal_id(patient: Any) -> str:
    """An id as text, so that 12, 12.0, "12" and " 12 " are one; capitals stay as they are."""
    text = str(patient).strip()
    return text[:-2] if text.endswith(".0") and text[:-2].isdigit() else text


def _names(patients: Iterable[Any]) -> set[str]:
    """Ids as they are compared: in their normal form, whatever their capitals."""
    return {normal_id(patient).casefold() for patient in patients}


def _digest(name: str, salt: str) -> str:
    return hashlib.pbkdf2_hmac("sha256", name.encode(), salt.encode(), _ROUNDS).hex()[:_DIGITS]


def _is_whole(learned: Any) -> bool:
    return isinstance(learned, Mapping) and isinstance(learned.get("digests"), list) and "salt" in learned
