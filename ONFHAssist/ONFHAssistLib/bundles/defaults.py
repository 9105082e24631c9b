"""Which bundles can be chosen for a task, and which one answers where nobody chose: the same for every way to ask.

The rule, for every kind of bundle:

1. The names of the shipped bundles come first (:attr:`.kinds.Kind.standard`). Where the user's own folder
   (:func:`.bundle.own_bundles_folder`) holds a bundle of such a name, that one is meant: it takes the shipped one's
   place.
2. Where no bundle of such a name is at hand, the user's own bundles of the kind come next, by name, then the extension's.

So a bundle of one's own with a name of its own never changes an answer by merely lying there; it is offered, and it
answers where it is chosen, where it has the shipped one's name, or where there is no shipped one. A damaged bundle
counts as being at hand: its use says what is wrong with it, rather than another model taking its place in silence.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..core.errors import InputError
from .bundle import METADATA, bundle_folders, list_bundles, load_bundle, models_folder, stated_kind
from .kinds import BACKBONE, DETECTOR, FEMUR, KINDS, OUTLINER, PROBABILITY, STAGER, SURVIVAL

DEFAULT_PREDICTORS = KINDS[PROBABILITY].standard


def available(kind: str) -> tuple[str, ...]:
    """Names of the bundles of a kind that are at hand, the shipped and the user's own, the default first."""
    folders, standard, shipped = _at_hand(), KINDS[kind].standard, models_folder()
    return tuple(
        sorted(
            (name for name, path in folders.items() if stated_kind(path) == kind),
            key=lambda name: (
                standard.index(name) if name in standard else len(standard),
                folders[name].parent == shipped,
                name,
            ),
        )
    )


def default(kind: str) -> str:
    """Name of the bundle that answers where nobody chose; the shipped bundle's, where none is at hand."""
    folders, standard = _at_hand(), KINDS[kind].standard
    here = next(
        (name for name in standard if name in folders), None
    )  # no file is opened: asked at each start
    return here or next(iter(available(kind)), standard[-1])


def default_detector() -> str:
    """:func:`default` of the detectors."""
    return default(DETECTOR)


def default_outliner() -> str:
    """:func:`default` of the outliners."""
    return default(OUTLINER)


def default_femur() -> str:
    """:func:`default` of the femur finders."""
    return default(FEMUR)


def default_backbone() -> str:
    """:func:`default` of the backbones of the deep features."""
    return default(BACKBONE)


def default_stager() -> str:
    """:func:`default` of the stagers."""
    return default(STAGER)


def default_predictor() -> str:
    """:func:`default` of the models that give a probability of early osteonecrosis."""
    return default(PROBABILITY)


def default_survival() -> str:
    """:func:`default` of the survival models with features; the published clinical model needs no bundle."""
    return default(SURVIVAL)


def list_of(kind: str) -> list[dict[str, Any]]:
    """Rows of :func:`.bundle.list_bundles` of one kind that are valid, the default first."""
    order = available(kind)
    return sorted(
        (row for row in list_bundles(kind) if row["valid"]), key=lambda row: order.index(row["name"])
    )


def list_predictors() -> list[dict[str, Any]]:
    """Models that give a probability, from radiomics or deep features or both, the default first."""
    return [row for row in list_of(PROBABILITY) if can_predict(row["name"])]


def list_stagers() -> list[dict[str, Any]]:
    """Models that stage, the default first."""
    return list_of(STAGER)


def list_survival_models() -> list[dict[str, Any]]:
    """Models of no-collapse survival, the default first; the published clinical one is no bundle."""
    return list_of(SURVIVAL)


def is_available(bundle: str) -> bool:
    """Whether a bundle of this name is there, the user's own or one that came with the extension."""
    return bundle in _at_hand()


def can_predict(bundle: str) -> bool:
    """Whether a model can be applied: its file holds the scaling of its features, which the published formula lacks."""
    opened = load_bundle(bundle)
    has_file = (opened.path / "models" / "model.json").is_file()
    return not has_file or opened.model_json().get("mean", ()) is not None


def _at_hand() -> dict[str, Path]:
    """:func:`.bundle.bundle_folders`, of the extension alone where the user's own folder is gone.

    A default is asked for while a module or command is being set up, which is no place for an error; the model's use
    says then that the folder is not there.
    """
    try:
        folders = bundle_folders()
    except InputError:
        folders = {path.name: path for path in sorted(models_folder().glob("*"))}
    return {name: path for name, path in folders.items() if (path / METADATA).is_file()}
