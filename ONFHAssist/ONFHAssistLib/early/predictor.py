"""A Rad, DL or DLR model applied: for each hip the probability of early osteonecrosis and what drove it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from ..bundles.bundle import Bundle, same_model
from ..bundles.defaults import default_predictor
from ..bundles.scope import facts_of
from ..case.features import (
    KnownFeatures,
    case_sha256,
    extract_hips,
    feature_rows_as_csv,
    write_json,
    write_text,
)
from ..core.errors import InputError
from ..core.provenance import provenance
from ..extract.radiomics import RadiomicsResult
from ..imaging import labels as lab
from ..imaging.image import Image
from ..tabular.linear_model import LinearModel
from ..tabular.portable_classifier import PortableClassifier
from .external_validation import load_model_bundle

Progress = Callable[[float, str], None]


Model = LinearModel | PortableClassifier
LEARNED = "the model was trained on"


def predict_hips(
    image: Image,
    labels: Image,
    bundle: str | Path | None = None,
    progress: Progress | None = None,
    known: KnownFeatures | None = None,
) -> dict[str, Any]:
    """Probability of early osteonecrosis for each outlined hip.

    Args:
        image: MR volume of the sequence that the bundle accepts.
        labels: segmentation on the same grid.
        bundle: by name or folder; None takes :func:`.defaults.default_predictor`.
        known: features that were extracted before; used where :class:`KnownFeatures` says that they fit.

    Returns:
        ``hips``: right before left, each with ``side``, ``stage`` and ``probabilities`` (None: this model does not
        stage), ``uncertainty``, ``dlr_probability``, ``threshold``, ``intercept`` (None unless the model is linear),
        ``answer`` in words, ``contributions`` (rows) and ``heatmap`` (None); ``out_of_scope``, ``warnings``,
        ``statement``, ``radiomics`` (side to :class:`RadiomicsResult`), ``deep`` (side to deep features; empty where the
        model uses none), ``bundle``.

    Raises:
        InputError: the bundle is not valid or cannot be applied, a hip whose features cannot be computed, or a
            backbone that is not the one of the training.
    """
    checked, model = load_model_bundle(default_predictor() if bundle is None else bundle)
    model.require_applicable()
    accepts = checked.metadata["accepts"]
    if not accepts.get("preset"):
        raise InputError(
            f"The bundle {checked.name} was trained with a preset of its own ({str(accepts.get('preset_sha256'))[:12]}); "
            "extract the features with it and use 'onfh evaluate dlr'."
        )
    backbone = _backbone(checked, model)
    case = case_sha256(image, labels) if known is not None else ""
    radiomics = known.radiomics_of(case, str(accepts["preset"])) if known is not None else None
    if radiomics is None:
        radiomics = extract_hips(image, labels, str(accepts["preset"]), progress=progress)
    deep = known.deep_of(case, backbone.sha256, tuple(radiomics)) if known is not None and backbone else None
    if deep is None:
        deep = _deep(image, labels, tuple(radiomics), backbone)
    scope, doubts = scope_of(image, checked, labels)
    return {
        "hips": [_hip(side, model, result, deep.get(side, {})) for side, result in radiomics.items()],
        "out_of_scope": bool(scope),
        "warnings": [*scope, *doubts],
        "statement": str(checked.metadata["training_data"]) + " It is not a diagnosis.",
        "radiomics": radiomics,
        "deep": deep,
        "bundle": checked,
    }


def _backbone(bundle: Bundle, model: Model) -> Any:
    """The network of the deep features that the model uses, checked against the one of its training; None without any."""
    if not any(name.startswith("DL_") for name in model.feature_names):
        return None
    from ..extract.deep import load_backbone

    accepts = bundle.metadata["accepts"]
    if not accepts.get("backbone"):
        raise InputError(
            f"The bundle {bundle.name} does not say which backbone made its deep features; extract them with it and use "
            "'onfh evaluate dlr'."
        )
    backbone = load_backbone(str(accepts["backbone"]).split(" ")[0])
    if not same_model(backbone.sha256, str(accepts.get("backbone_sha256"))):
        raise InputError(
            f"The backbone {backbone.name} ({backbone.sha256[:12]}) is not the one that the bundle {bundle.name} was "
            f"trained with ({str(accepts.get('backbone_sha256'))[:12]}); train the bundle again with 'onfh train dlr'."
        )
    return backbone


def _deep(image: Image, labels: Image, sides: tuple[str, ...], backbone: Any) -> dict[str, dict[str, float]]:
    if backbone is None:
        return {}
    from ..extract.deep import extract_deep

    return {
        side: extract_deep(image, labels, (lab.HEAD[side], lab.NECROSIS[side]), backbone) for side in sides
    }


def scope_of(image: Image, bundle: Bundle, labels: Image | None = None) -> tuple[list[str], list[str]]:
    """Sentences that say where ``image`` is not what the bundle accepts, and doubts that do not exclude an answer.

    What an image does not state excludes one too: the model's probability has no other guard, as the stager has.

    Args:
        labels: segmentation on the same grid, where the looks of the series about its heads are to be judged too.
    """
    facts = facts_of(image, bundle.metadata["accepts"], LEARNED, _heads_of(labels))
    return [*facts.against, *facts.unsaid], list(facts.doubts)


def _heads_of(labels: Image | None) -> list[Any]:
    from ..stage.stager import heads_of_labels

    try:
        return [] if labels is None else heads_of_labels(labels)
    except InputError:  # an outline too small for a sphere; whether it can be used is for others to say
        return []


def _hip(side: str, model: Model, result: RadiomicsResult, deep: Mapping[str, float]) -> dict[str, Any]:
    import pandas as pd

    table = pd.DataFrame([{**result.features, **deep}])
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
        "intercept": getattr(model, "intercept", None),
        "answer": "early osteonecrosis likely"
        if probability >= threshold
        else "early osteonecrosis unlikely",
        # only a linear model has coefficients, and JSON has no NaN
        "contributions": model.contributions(table).astype(object).replace({np.nan: None}).to_dict("records"),
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
    """:func:`predict_hips` with its files in ``out``: ``radiomics.csv``, ``deep.csv`` where the model uses deep features,
    ``prediction.json``, and for a linear model each hip's waterfall ``contributions_R.png``.

    Returns:
        The answer as the command line prints it, without the radiomics themselves.
    """
    prediction = predict_hips(image, labels, bundle, progress)
    features = {side: result.features for side, result in prediction["radiomics"].items()}
    answer = {key: prediction[key] for key in ("hips", "out_of_scope", "warnings", "statement")}
    answer["provenance"] = prediction_record(image, prediction)
    write_text(Path(out) / "radiomics.csv", feature_rows_as_csv(case, features))
    if prediction["deep"]:
        write_text(Path(out) / "deep.csv", feature_rows_as_csv(case, prediction["deep"]))
    _draw_waterfalls(answer["hips"], Path(out))
    write_json(Path(out) / "prediction.json", answer)
    return answer


def _draw_waterfalls(hips: list[dict[str, Any]], out: Path) -> None:
    import pandas as pd

    from ..evaluate.figures.binary import draw_contributions, save_figure

    for hip in hips:
        if hip["intercept"] is not None:
            title = f"What drove the probability, hip {hip['side']}"
            figure = draw_contributions(pd.DataFrame(hip["contributions"]), hip["intercept"], title)
            save_figure(figure, out / f"contributions_{hip['side']}.png", dpi=150)
