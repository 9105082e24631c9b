"""Several models in one file, each for the sequences that it learned from: bright marrow and suppressed marrow apart.

A feature of a head on T1, where fat is bright, says something else than on a fat-suppressed image; one linear model
cannot weigh it for both. Each part is a whole model with its own features, scaling, weights and threshold. Which part
answers is told by the sequence of the image; a part never answers for a sequence of another.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from ..core.errors import InputError
from .linear_model import LinearModel
from .portable_classifier import PortableClassifier, read_json
from .portable_classifier import load_model as load_single_model
from .tables.checks import align

FORMAT = "onfhassist.by_sequence"
FORMAT_VERSION = 1
SEQUENCE_COLUMN = "sequence"  # of a table of hips


@dataclass(frozen=True)
class SequencePart:
    """One of the models.

    Attributes:
        title: for people, such as "bright marrow".
        sequences: that it answers for, such as ("T1", "T2").
        model: with its own threshold.
    """

    title: str
    sequences: tuple[str, ...]
    model: LinearModel | PortableClassifier

    @property
    def threshold(self) -> float:
        """Probability at or above which a hip is called positive."""
        return 0.5 if self.model.threshold is None else float(self.model.threshold)


@dataclass(frozen=True, eq=False)
class ModelBySequence:
    """Models of the same outcome for different sequences.

    Attributes:
        name: such as "DLR".
        parts: no sequence is in two of them.

    Example:
        >>> fat = LinearModel("DL", ("DL_0",), (0.0,), (1.0,), (1.0,), 0.0, threshold=0.4)
        >>> water = LinearModel("DL", ("DL_1",), (0.0,), (1.0,), (-1.0,), 0.0, threshold=0.6)
        >>> both = ModelBySequence("DL", (SequencePart("bright", ("T1",), fat), SequencePart("dark", ("STIR",), water)))
        >>> hips = pd.DataFrame({"DL_0": [1.0, 1.0], "DL_1": [1.0, 1.0]})
        >>> both.predict_proba(hips, pd.Series(["T1", "STIR"])).round(3).tolist()
        [0.731, 0.269]
    """

    name: str
    parts: tuple[SequencePart, ...]

    def __post_init__(self) -> None:
        named = [sequence for part in self.parts for sequence in part.sequences]
        if not self.parts or not all(part.sequences for part in self.parts) or len(set(named)) != len(named):
            raise InputError(
                f"The model '{self.name}' needs at least one part, and each of its sequences in one part alone."
            )
        if len({part.model.preset_sha256 for part in self.parts}) > 1:
            raise InputError(f"The parts of the model '{self.name}' were made with different presets.")
        if any(getattr(part.model, "scanners", None) is not None for part in self.parts):
            raise InputError(
                f"A part of the model '{self.name}' was harmonised over scanners, which a model by sequence cannot "
                "apply; develop its parts without a column of the scanner."
            )

    threshold = None  # each part has its own

    @property
    def sequences(self) -> tuple[str, ...]:
        """All that one of the parts answers for."""
        return tuple(sequence for part in self.parts for sequence in part.sequences)

    @property
    def preset_sha256(self) -> str | None:
        """Of the preset with which the features were extracted, the same for all parts."""
        return self.parts[0].model.preset_sha256

    @property
    def feature_names(self) -> tuple[str, ...]:
        """Features that at least one part reads."""
        return tuple(dict.fromkeys(name for part in self.parts for name in part.model.feature_names))

    @property
    def terms(self) -> tuple[str, ...]:
        """What the parts weigh; a feature of two parts stands there twice, for it has two weights."""
        return tuple(name for part in self.parts for name in part.model.terms)

    def require_applicable(self) -> None:
        """As :meth:`linear_model.LinearModel.require_applicable`, of every part."""
        for part in self.parts:
            part.model.require_applicable()

    def part_for(self, sequence: str) -> SequencePart:
        """The part that answers for a sequence.

        Raises:
            InputError: none does.
        """
        found = next((part for part in self.parts if sequence in part.sequences), None)
        if found is None:
            raise InputError(
                f"The model '{self.name}' does not answer for the sequence '{sequence}'; it does for "
                f"{', '.join(self.sequences)}."
            )
        return found

    def predict_proba(self, features: pd.DataFrame, sequence: pd.Series | None = None) -> pd.Series:
        """Probability of the outcome for every row, by the part of its sequence.

        Args:
            features: at least the columns of ``feature_names``.
            sequence: of every row, on the same index.

        Raises:
            InputError: no sequences, one that no part answers for, or as :meth:`linear_model.LinearModel.predict_proba`.
        """
        result = pd.Series(np.nan, index=features.index, name="probability")
        for part, rows in self._rows(features, sequence):
            one = features[rows]
            one.attrs.update(features.attrs)
            result.loc[rows] = part.model.predict_proba(one).to_numpy()
        return result

    def thresholds(self, features: pd.DataFrame, sequence: pd.Series | None) -> np.ndarray:
        """The threshold of every row, shape (n,)."""
        result = np.full(len(features), np.nan)
        for part, rows in self._rows(features, sequence):
            result[rows] = part.threshold
        return result

    def with_models(self, models: Mapping[str, LinearModel | PortableClassifier]) -> ModelBySequence:
        """The same with other models in the parts of these titles."""
        changed = (replace(part, model=models.get(part.title, part.model)) for part in self.parts)
        return replace(self, parts=tuple(changed))

    def _rows(
        self, features: pd.DataFrame, sequence: pd.Series | None
    ) -> list[tuple[SequencePart, np.ndarray]]:
        """Each part that a row is for, and which rows these are, shape (n,) of bool."""
        if sequence is None:
            raise InputError(
                f"The model '{self.name}' has a part of its own for {' and for '.join(map(_named, self.parts))}; give "
                f"the table a column '{SEQUENCE_COLUMN}'."
            )
        stated = align(sequence, features, "The column of the sequence").astype(str).to_numpy()
        part_of = {name: self.part_for(name) for name in dict.fromkeys(stated)}
        asked = [(part, np.isin(stated, part.sequences)) for part in self.parts]
        return [(part, rows) for part, rows in asked if part in part_of.values()]

    def to_dict(self) -> dict[str, object]:
        """The models as plain values that JSON takes."""
        parts = [
            {"title": part.title, "sequences": list(part.sequences), "model": part.model.to_dict()}
            for part in self.parts
        ]
        return {"format": FORMAT, "format_version": FORMAT_VERSION, "name": self.name, "parts": parts}

    def to_json(self) -> str:
        """The models as JSON text."""
        return json.dumps(self.to_dict(), allow_nan=False)

    @classmethod
    def from_json(cls, content: str | Mapping[str, Any]) -> ModelBySequence:
        """Read what :meth:`to_json` (text) or :meth:`to_dict` gave.

        Raises:
            InputError: not JSON, of another kind or version, damaged.
        """
        content = read_json(content)
        if content.get("format") != FORMAT or content.get("format_version") != FORMAT_VERSION:
            raise InputError(
                f"The model file is of the kind '{content.get('format')}', version {content.get('format_version')}; "
                f"'{FORMAT}', version {FORMAT_VERSION}, is expected; update the program or save the model again."
            )
        try:
            parts = tuple(
                SequencePart(
                    str(one["title"]), tuple(map(str, one["sequences"])), load_single_model(one["model"])
                )
                for one in content["parts"]
            )
            return cls(str(content["name"]), parts)
        except KeyError as error:
            raise InputError(f"The model file lacks the entry {error}; save the model again.") from error
        except (TypeError, AttributeError) as error:
            raise InputError(f"The parts of the model file are damaged ({error}); save it again.") from error


ProbabilityModel = LinearModel | PortableClassifier | ModelBySequence


def _named(part: SequencePart) -> str:
    return ", ".join(part.sequences)


def load_model(content: str | Mapping[str, object]) -> ProbabilityModel:
    """A model of any kind from its JSON."""
    content = read_json(content)
    return (
        ModelBySequence.from_json(content) if content.get("format") == FORMAT else load_single_model(content)
    )
