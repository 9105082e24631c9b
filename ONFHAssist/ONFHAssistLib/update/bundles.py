"""An updated model as a bundle whose card tells its descent, from a table to a report: ``onfh update``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import __version__
from ..bundles import cards
from ..bundles.bundle import METADATA, Bundle, bundle_folders, load_bundle, save_bundle
from ..bundles.kinds import PROBABILITY, SURVIVAL
from ..bundles.patients import LEARNED_PATIENTS, patient_digests
from ..core.errors import InputError
from ..core.progress import Progress
from ..core.provenance import sha256_of_file
from .closed_test import WORDS, UpdateChoice

if TYPE_CHECKING:
    from ..evaluate.estimate import Interval

METHOD_WORDS = {"large": "in the large", "slope": "slope", "refit": "refit"}


def update_bundle(arguments: Mapping[str, Any], progress: Progress | None = None) -> dict[str, Any]:
    """Bring a probability or survival bundle up to date on a hospital's own hips and write a new bundle.

    Args:
        arguments: JSON values. ``table`` (path), ``bundle`` (name or folder), ``out`` (folder of the new bundle);
            optional ``method`` ("large", "slope" or "refit"; the closed test procedure chooses where it is absent),
            ``features`` (paths), ``hospital`` (words for the card); of a survival bundle ``patient``, ``time``,
            ``event`` and ``unit``, of a probability ``outcome``, ``patient`` and ``scanner``.
        progress: called with a share 0..1 and a text.

    Returns:
        ``bundle`` (path), ``parent``, ``method``, ``choice`` (the procedure in words), ``metrics`` (name -> value, low,
        high: before and after, on these hips), ``warnings``, ``hips``, ``patients``, ``events``. Where the original
        stands, nothing is written and ``bundle`` is "".

    Raises:
        InputError: another kind of bundle, a table that does not fit, too few hips.
    """
    report = progress or (lambda _share, _text: None)
    parent = _parent(str(arguments["bundle"]))
    out = Path(arguments["out"])
    if out.resolve() == parent.path.resolve():
        raise InputError(f"{out} is the bundle that is to be updated; give the new one a folder of its own.")
    given = arguments.get("method")
    if given is not None and given not in METHOD_WORDS:
        raise InputError(f"The method '{given}' is not known; {', '.join(METHOD_WORDS)} are.")
    method = METHOD_WORDS[given] if given else None
    report(0.1, "Updating")
    if parent.kind == SURVIVAL:
        found = _survival(parent, arguments, method)
    elif parent.kind == PROBABILITY:
        found = _probability(parent, arguments, method)
    else:
        raise InputError(
            f"Bundle {parent.name} is of the kind '{parent.kind}'; a probability or a survival model can be updated."
        )
    choice: UpdateChoice = found["choice"]
    warnings = list(found["warnings"])
    answer = {
        "bundle": "",
        "parent": f"{parent.name} {parent.version}",
        "method": choice.method,
        "choice": choice.sentence(),
        "metrics": found["metrics"],
        "warnings": warnings,
        **{key: found[key] for key in ("hips", "patients", "events")},
    }
    if choice.method == "original":
        warnings.append(
            "These hips do not refute the model as it is; nothing was written. Go on with it, and ask again with more "
            "hips."
        )
        return answer
    report(0.9, "Writing the bundle")
    metadata = _metadata(parent, out.name, arguments, found)
    bundle = save_bundle(out, metadata, _card(metadata, found), model_json=found["model"])
    report(1.0, "Done")
    return answer | {"bundle": str(bundle.path)}


def _parent(given: str) -> Bundle:
    """The bundle that is to be updated; a survival model that a development wrote as JSON counts as one without card."""
    path = Path(given)
    if given in bundle_folders() or (path / METADATA).is_file() or not path.exists():
        return load_bundle(given)
    from ..survival.calculator import model_file

    file = model_file(path)
    facts: dict[str, Any] = {
        "name": file.stem,
        "version": "developed here",
        "task": "Probability that the femoral head does not collapse after core decompression",
        "description": f"{file.stem} model of a development.",
        "authors": "Whoever developed it",
        "copyright": "Whoever developed it",
        "intended_use": "Research and teaching. Not for decisions about a patient.",
        "training_data": "Developed on a hospital's own hips (see its report).",
    }
    empty = ("changelog", "accepts", "network_data_format")
    return Bundle(file, facts | {name: {} for name in empty}, sha256_of_file(file), SURVIVAL)


def _survival(parent: Bundle, arguments: Mapping[str, Any], method: str | None) -> dict[str, Any]:
    import numpy as np

    from ..develop.validate_survival import external_source
    from ..evaluate.estimate import json_figure
    from ..survival.external.cohort import NamedModel, load_named_model, read_external_hips
    from .survival import closed_figures, update_survival

    for name in ("patient", "time", "event"):
        if not arguments.get(name):
            raise InputError(f"An update of a survival model needs the column of the {name}; name it.")
    hips = read_external_hips(external_source({**arguments, "cohort": arguments["table"]}))
    named = load_named_model(parent.path)
    found = update_survival(named, hips, method)
    last = min(float(hips.outcome.time.max()), named.model.cox.last_time_)
    months = [m for m in (36.0, 60.0) if m <= last] or [
        float(np.median(hips.outcome.time[hips.outcome.event]))
    ]
    metrics = {
        f"{name}, {when}": json_figure(value.value, value.low, value.high)
        for when, model in (("before", named.model), ("after", found.model))
        for name, value in closed_figures(NamedModel(when, model, named.bundle), hips, months).items()
    }
    return {
        "model": found.model.to_dict(),
        "choice": found.choice,
        "warnings": found.warnings,
        "metrics": metrics,
        "hips": len(hips.outcome),
        "patients": int(np.unique(hips.patient).size),
        "events": hips.outcome.events,
        "learned": patient_digests(hips.patient, named.learned),
        "numbers": {"factor of the baseline hazard": found.factor, "slope of the log hazard": found.slope},
        "what": "collapses",
    }


def _probability(parent: Bundle, arguments: Mapping[str, Any], method: str | None) -> dict[str, Any]:
    from ..early.external_validation import load_model_bundle
    from ..early.head_to_head import probabilities_of
    from ..evaluate.binary.calibration import calibration_line
    from ..evaluate.binary.discrimination import auc_by_patient
    from ..evaluate.estimate import json_figure
    from ..tabular.tables.checks import check_outcome, check_patients
    from ..tabular.tables.feature_table import TableSource, read_feature_table
    from .binary import update_probability

    source = TableSource(
        Path(arguments["table"]),
        str(arguments.get("outcome") or "early_onfh"),
        arguments.get("patient"),
        tuple(Path(p) for p in arguments.get("features") or ()),
        scanner=arguments.get("scanner"),
    )
    table = read_feature_table(source)
    model = load_model_bundle(parent.path)[1]
    found = update_probability(model, table, method)
    labels = check_outcome(table.outcome, table.features).to_numpy(float)
    patients = check_patients(table.patients, table.features)
    metrics: dict[str, Any] = {}
    for when, one in (("before", model), ("after", found.model)):
        probability = probabilities_of(one, table)
        line = calibration_line(labels, probability, patients=patients)
        figures: dict[str, Interval] = {
            "AUC": auc_by_patient(labels, probability, patients),
            "calibration in the large": line.in_the_large,
            "calibration slope": line.slope,
        }
        metrics |= {f"{n}, {when}": json_figure(v.value, v.low, v.high) for n, v in figures.items()}
    return {
        "model": found.model.to_dict(),
        "choice": found.choice,
        "warnings": found.warnings,
        "metrics": metrics,
        "hips": found.hips,
        "patients": found.patients,
        "events": found.events,
        "learned": patient_digests(table.patients, parent.metadata.get(LEARNED_PATIENTS)),
        "numbers": {"added to the log-odds": found.intercept, "slope of the log-odds": found.slope},
        "what": "with early osteonecrosis",
    }


def _metadata(
    parent: Bundle, name: str, arguments: Mapping[str, Any], found: Mapping[str, Any]
) -> dict[str, Any]:
    choice: UpdateChoice = found["choice"]
    hospital = str(arguments.get("hospital") or "").strip() or "another hospital"
    step = {
        "parent": parent.name,
        "parent_version": parent.version,
        "parent_sha256": parent.sha256,
        "method": choice.method,
        "hips": found["hips"],
        "patients": found["patients"],
        "events": found["events"],
        "hospital": hospital,
        "table_sha256": sha256_of_file(arguments["table"]),
        "choice": choice.sentence(),
        "date": datetime.now(UTC).strftime("%Y-%m-%d"),
    }
    kept = {k: v for k, v in parent.metadata.items() if k not in ("sha256", "earlier_sha256", "metrics")}
    complete = {
        f"{key} (these hips)": value
        for key, value in found["metrics"].items()
        if all(value[end] is not None for end in ("value", "low", "high"))
    }
    return {
        **kept,
        "name": name,
        "kind": parent.kind,
        "version": __version__,
        "description": f"{parent.metadata['description']} Updated on {found['hips']} hips: {WORDS[choice.method]}.",
        "changelog": {**parent.metadata["changelog"], f"{__version__}, updated": WORDS[choice.method]},
        "training_data": (
            f"{parent.metadata['training_data']} Updated on {found['hips']} hips of {found['patients']} patients of "
            f"{hospital} ({found['events']} {found['what']}): {WORDS[choice.method]}."
        ).replace("it was not tested in another hospital. ", ""),
        "metrics": complete,
        LEARNED_PATIENTS: found["learned"],
        "descent": [*parent.metadata.get("descent", []), step],
        "command": str(arguments.get("command") or "onfh update"),
    }


def _card(metadata: Mapping[str, Any], found: Mapping[str, Any]) -> str:
    choice: UpdateChoice = found["choice"]
    rows = [
        (
            step["date"],
            f"{step['parent']} {step['parent_version']} (`{step['parent_sha256'][:12]}`)",
            WORDS[step["method"]],
            f"{step['hips']} hips of {step['patients']} patients, {step['events']} events, {step['hospital']}",
        )
        for step in metadata["descent"]
    ]
    numbers = [(name, f"{v:.4f}") for name, v in found["numbers"].items() if v == v]  # noqa: PLR0124 - NaN
    descent = "\n\n".join(
        part
        for part in (
            cards.markdown_table(("day", "from", "update", "on"), rows),
            choice.sentence(),
            cards.markdown_table(("", "value"), numbers) if numbers else "",
            "\n".join(f"- {sentence}" for sentence in found["warnings"]),
        )
        if part
    )
    return cards.model_card(
        metadata,
        f"{metadata['description']}",
        learned="The features and their choice are the parent's.",
        sections=(cards.CardSection("Descent", descent),),
        limits="The figures are of the hips that it was updated on, so those after the update are a little too good. "
        "Judge it on the next patients.",
    )
