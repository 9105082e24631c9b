"""A Rad, DL or DLR model applied: the probability of early osteonecrosis of a hip and what drove it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ..bundles.bundle import Bundle, same_model
from ..bundles.defaults import default_predictor
from ..bundles.scope import Scope, check_scope
from ..core.errors import InputError
from ..core.names import is_deep
from ..core.provenance import provenance
from ..extract.presets import load_preset
from ..extract.radiomics import RadiomicsResult
from ..imaging.contrast import SEQUENCES_OF_CONTRAST, infer_contrast
from ..imaging.head import FemoralHead
from ..imaging.image import Image
from ..tabular.by_sequence import ModelBySequence, ProbabilityModel
from .answer import LIKELY, UNLIKELY, FeatureContribution, ProbabilityAnswer
from .external_validation import load_model_bundle

if TYPE_CHECKING:
    from ..extract.deep import Backbone

TRAINED_ON = "the model was trained on"


@dataclass(frozen=True)
class Predictor:
    """A checked bundle with its model, and what the model has to be given.

    Attributes:
        bundle: checked.
        model: fitted, as plain numbers.
        preset: of the radiomics. preset_sha256: hash of its file.
        backbone: of the deep features; None where the model uses none.
        part: which part of a model of several answers, in words; "" where there is one alone.
    """

    bundle: Bundle
    model: ProbabilityModel
    preset: str
    preset_sha256: str
    backbone: Backbone | None
    part: str = ""

    def for_image(self, image: Image, heads: Iterable[FemoralHead] = ()) -> Predictor:
        """The part of the model that answers for the sequence of ``image``; itself where there is one model alone.

        What the image states decides, and without that how it looks about the heads. An image of which neither is known,
        or of a sequence that no part learned from, is out of scope (:meth:`scope`): what is then computed by the first
        part is withheld.
        """
        if not isinstance(self.model, ModelBySequence):
            return self
        named = [str(image.metadata.get("sequence", ""))]
        if named[0] not in self.model.sequences:
            named = list(SEQUENCES_OF_CONTRAST.get(infer_contrast(image, heads) or "", ()))
        known = [name for name in named if name in self.model.sequences]
        part = self.model.part_for(known[0]) if known else self.model.parts[0]
        return replace(self, model=part.model, part=f"{part.title} ({', '.join(part.sequences)})")

    @property
    def statement(self) -> str:
        """What the model learned from, in sentences."""
        return f"{self.bundle.metadata['training_data']} It is not a diagnosis."

    def answer(self, radiomics: RadiomicsResult, deep: Mapping[str, float]) -> ProbabilityAnswer:
        """The probability of one hip.

        Args:
            radiomics: by :attr:`preset`.
            deep: deep features by :attr:`backbone`; may be empty where the model uses none.

        Raises:
            InputError: a feature is missing, the radiomics are by another preset, or the model is one of several parts
                and :meth:`for_image` has not chosen one.
        """
        import pandas as pd

        if isinstance(self.model, ModelBySequence):
            raise InputError(
                f"The bundle {self.bundle.name} has a model for each kind of sequence; say which image it is."
            )

        known = {**radiomics.features, **deep}
        # Of 1,700 features a model has a dozen or two; a table of all costs more than everything else here.
        table = pd.DataFrame([{name: known[name] for name in self.model.feature_names if name in known}])
        table.attrs["preset_sha256"] = radiomics.preset_sha256
        probability = float(self.model.predict_proba(table).iloc[0])
        threshold = 0.5 if self.model.threshold is None else float(self.model.threshold)
        rows = self.model.contributions(table).astype(object).replace({np.nan: None}).to_dict("records")
        return ProbabilityAnswer(
            probability,
            threshold,
            LIKELY if probability >= threshold else UNLIKELY,
            getattr(self.model, "intercept", None),
            tuple(FeatureContribution(**row) for row in rows),
        )

    def scope(self, image: Image, heads: Iterable[FemoralHead] = ()) -> Scope:
        """What speaks against an answer for ``image``; with heads also how the series looks about them.

        What an image does not state excludes an answer too: the model has no other guard, as the stager has.
        """
        return check_scope(image, self.bundle.metadata["accepts"], TRAINED_ON, heads, strict=True)

    def provenance(self, image: Image, engine: str) -> dict[str, str]:
        """Provenance of an answer."""
        named = {
            "bundle": f"{self.bundle.name} {self.bundle.version}",
            "bundle_sha256": self.bundle.sha256,
            "preset": self.preset,
            "preset_sha256": self.preset_sha256,
            "engine": engine,
            **({"model_part": self.part} if self.part else {}),
        }
        return dict(provenance(image, ("pandas", "scikit-learn"), **named))


def load_predictor(bundle: str | Path | None = None) -> Predictor:
    """The model of a bundle, with the preset and the backbone that it asks for.

    Args:
        bundle: by name or folder; None takes :func:`.defaults.default_predictor`.

    Raises:
        InputError: the bundle is not valid or cannot be applied, or a backbone that is not the one of the training.
    """
    checked, model = load_model_bundle(default_predictor() if bundle is None else bundle)
    model.require_applicable()  # the published formula lacks its scaling
    accepts = checked.metadata["accepts"]
    if not accepts.get("preset"):
        raise InputError(
            f"The bundle {checked.name} was trained with a preset of its own ({str(accepts.get('preset_sha256'))[:12]}); "
            "it answers for tables of features that were extracted with it, not for images."
        )
    preset = str(accepts["preset"])
    return Predictor(checked, model, preset, load_preset(preset).sha256, _backbone(checked, model))


def _backbone(bundle: Bundle, model: ProbabilityModel) -> Backbone | None:
    """The network of the deep features that the model uses, checked against the one of its training; None without any."""
    if not any(map(is_deep, model.feature_names)):
        return None
    from ..extract.deep import load_backbone

    accepts = bundle.metadata["accepts"]
    if not accepts.get("backbone"):
        raise InputError(
            f"The bundle {bundle.name} does not say which backbone made its deep features; it answers for tables of "
            "features that were extracted with it, not for images."
        )
    backbone = load_backbone(str(accepts["backbone"]).split(" ")[0])
    if not same_model(backbone.sha256, str(accepts.get("backbone_sha256"))):
        raise InputError(
            f"The backbone {backbone.name} ({backbone.sha256[:12]}) is not the one that the bundle {bundle.name} was "
            f"trained with ({str(accepts.get('backbone_sha256'))[:12]}); train the bundle again."
        )
    return backbone
