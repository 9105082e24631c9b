"""What a training of the stager is asked to do, and what comes out of it before the bundle is written."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.stage import scope as stage_scope
from ONFHAssistLib.stage.answer import DEFAULT_CERTAINTY
from ONFHAssistLib.stage.muldensenet import TRANSITIONS, MulDenseEnsemble, MulDenseNet

from .fit import OURS, STUDY, Recipe, WindowedHips

PROTOCOLS = ("ours", "study")


@dataclass(frozen=True)
class TrainingPlan:
    """How much is done.

    Attributes:
        protocol: "ours" or "study".
        extra_patients: further simulated patients (both hips in three scans each); 0 leaves them out.
        base_epochs: on them.
        folds: networks of the ensemble.
        fold_epochs: of each; a third of the draws are of further patients.
        study_epochs: of the study's single network.
        transition: "mulpoolfusion" or "plain".
        seed: of everything.
        calibration_patients: further simulated patients of other seeds (both hips in three varied scans each), on which,
            beside the validation patients, the scope's threshold is set, and the temperature where no cohort for
            calibration is given; "ours" only.
    """

    protocol: str = "ours"
    extra_patients: int = 72
    base_epochs: int = 6
    folds: int = 5
    fold_epochs: int = 3
    study_epochs: int = 15
    transition: str = "mulpoolfusion"
    seed: int = 7
    calibration_patients: int = 40

    def __post_init__(self) -> None:
        if self.protocol not in PROTOCOLS:
            raise InputError(f"The protocol is '{self.protocol}'; {' or '.join(PROTOCOLS)} is accepted.")
        if self.transition not in TRANSITIONS:
            raise InputError(
                f"The transition is '{self.transition}'; {' or '.join(TRANSITIONS)} is accepted."
            )
        for patients in (self.extra_patients, self.calibration_patients):
            if patients < 0:
                raise InputError(f"{patients} further patients; 0 or more are needed.")
        if self.folds < 2 or min(self.base_epochs, self.fold_epochs, self.study_epochs) < 1:
            raise InputError("Two folds and one epoch of each phase are the least that can be trained.")

    def recipe(self) -> Recipe:
        """Recipe of the protocol with this plan's network."""
        chosen = OURS if self.protocol == "ours" else STUDY
        return replace(chosen, network={**chosen.network, "transition": self.transition})


@dataclass(frozen=True)
class TrainedNetworks:
    """Networks and what they say of the cohort's hips.

    Attributes:
        members: the networks.
        hips: training, validation and test hips with their windows.
        fold: which member a hip was held out from; -1 where all members may answer (validation and test).
        logits: (members, hips, 3).
        features: (members, hips, feature_size).
    """

    members: list[MulDenseNet]
    hips: WindowedHips
    fold: np.ndarray
    logits: np.ndarray
    features: np.ndarray


@dataclass(frozen=True)
class FittedCalibration:
    """What is fitted after the networks: ``temperature``, ``scope``, the ``sequences`` that they learned from, on how
    many scans of ``hips`` the temperature was fitted, and the ``certainty`` below which the answer is "I or II"."""

    temperature: float
    scope: stage_scope.Scope
    sequences: tuple[str, ...]
    hips: int
    certainty: float = DEFAULT_CERTAINTY


def ensemble_of(members: list[MulDenseNet], temperature: float) -> MulDenseEnsemble:
    """The members as one network that gives probabilities."""
    network = MulDenseEnsemble(len(members), temperature, **members[0].options)
    for own, member in zip(network.members, members, strict=True):
        own.load_state_dict(member.state_dict())
    return network.eval()
