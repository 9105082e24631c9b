"""The radiomics model applied: for each hip the probability of early osteonecrosis and what drove it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from ..bundles.bundle import Bundle, load_bundle
from ..errors import InputError
from ..extract.radiomics import RadiomicsResult
from ..hips import extract_hips, feature_rows_as_csv, write_json, write_text
from ..image import Image
from ..provenance import provenance
from .linear_model import LinearModel

DEFAULT_BUNDLE = "rad-dlr-mri"
Progress = Callable[[float, str], None]


def load_rad_model(name_or_path: str | Path) -> tuple[Bundle, LinearModel]:
    """A checked bundle and the linear model in it.

    Raises:
        InputError: the bundle is not valid, or holds another kind of model.
    """
    bundle = load_bundle(name_or_path)
    if not (bundle.path / "models/model.json").is_file():
        raise InputError(f"Bundle {bundle.name} holds a network; a radiomics model is needed here.")
    return bundle, LinearModel.from_json(bundle.model_json())


def predict_hips(
    image: Image, labels: Image, bundle: str | Path = DEFAULT_BUNDLE, progress: Progress | None = None
) -> dict[str, Any]:
    """Probability of early osteonecrosis for each outlined hip.

    Args:
        image: MR volume of the sequence that the bundle accepts.
        labels: segmentation on the same grid.

    Returns:
        ``hips``: right before left, each with ``side``, ``stage`` and ``probabilities`` (None: this model does not
        stage), ``uncertainty``, ``dlr_probability``, ``threshold``, ``intercept``, ``answer`` in words,
        ``contributions`` (rows) and ``heatmap`` (None); ``out_of_scope``, ``warnings``, ``statement``,
        ``radiomics`` (side to :class:`RadiomicsResult`), ``bundle``.
    """
    checked, model = load_rad_model(bundle)
    preset = str(checked.metadata["accepts"]["preset"])
    radiomics = extract_hips(image, labels, preset, progress=progress)
    scope = out_of_scope(image, checked)
    return {
        "hips": [_hip(side, model, result) for side, result in radiomics.items()],
        "out_of_scope": bool(scope),
        "warnings": scope,
        "statement": str(checked.metadata["training_data"]) + " It is not a diagnosis.",
        "radiomics": radiomics,
        "bundle": checked,
    }


def out_of_scope(image: Image, bundle: Bundle) -> list[str]:
    """Sentences that say where ``image`` is not what the bundle accepts; empty if it is."""
    accepts = bundle.metadata["accepts"]
    problems = []
    for fact in ("modality", "sequence"):
        wanted, found = accepts.get(fact), image.metadata.get(fact)
        if wanted and found and found not in wanted:
            problems.append(
                f"The image's {fact} is {found}; the model was trained on {', '.join(wanted)}, so its answer is "
                "not to be trusted here."
            )
        elif wanted and not found:
            problems.append(
                f"The image does not state its {fact}; the model was trained on {', '.join(wanted)}."
            )
    low, high = accepts["spacing_mm"]
    if not low <= max(image.spacing) <= high or min(image.spacing) < low:
        spacing = " x ".join(f"{s:.2f}" for s in image.spacing)
        problems.append(
            f"The voxels of {spacing} mm are outside the {low:g} to {high:g} mm of the training images."
        )
    return problems


def _hip(side: str, model: LinearModel, result: RadiomicsResult) -> dict[str, Any]:
    import pandas as pd

    table = pd.DataFrame([result.features])
    table.attrs["preset_sha256"] = result.preset_sha256
    probability = float(model.predict_proba(table).iloc[0])
    threshold = 0.5 if model.threshold is None else model.threshold
    return {
        "side": side,
        "stage": None,
        "probabilities": None,
        "uncertainty": None,
        "dlr_probability": probability,
        "threshold": threshold,
        "intercept": model.intercept,
        "answer": "early osteonecrosis likely"
        if probability >= threshold
        else "early osteonecrosis unlikely",
        "contributions": model.contributions(table).to_dict("records"),
        "heatmap": None,
    }


def prediction_record(image: Image, prediction: Mapping[str, Any]) -> dict[str, str]:
    """Provenance of a prediction."""
    bundle: Bundle = prediction["bundle"]
    first: RadiomicsResult = next(iter(prediction["radiomics"].values()))
    return dict(
        provenance(
            image,
            ("pandas", "scikit-learn"),
            bundle=f"{bundle.name} {bundle.version}",
            bundle_sha256=bundle.sha256,
            preset=first.preset,
            preset_sha256=first.preset_sha256,
            engine=first.engine,
        )
    )


def predict_case(
    image: Image,
    labels: Image,
    bundle: str | Path,
    out: Path,
    case: str,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """:func:`predict_hips` with its tables written to ``out``: ``radiomics.csv``, ``prediction.json``.

    Returns:
        The answer as the command line prints it, without the radiomics themselves.
    """
    prediction = predict_hips(image, labels, bundle, progress)
    features = {side: result.features for side, result in prediction["radiomics"].items()}
    answer = {key: prediction[key] for key in ("hips", "out_of_scope", "warnings", "statement")}
    answer["provenance"] = prediction_record(image, prediction)
    write_text(Path(out) / "radiomics.csv", feature_rows_as_csv(case, features))
    write_json(Path(out) / "prediction.json", answer)
    return answer
