"""What a bundle says it learned from follows it through every training after that."""

from dataclasses import replace

import pytest

from ONFHAssistLab.training.network_cards import TrainingHistory, outliner_card, outliner_metadata
from ONFHAssistLab.training.outline_judging import NecrosisRule
from ONFHAssistLib import __version__
from ONFHAssistLib.bundles.bundle import NO_PATIENT, load_bundle

LOG = [{"step": 40, "seconds": 120}]
METRICS = {"head_dice": {"value": 0.95, "low": 0.9, "high": 0.97}}


@pytest.fixture
def shipped():
    """An outliner that learned from simulated patients alone."""
    bundle = load_bundle("outliner-unet")
    told = f"Trained on random volumes of 97 simulated patients; {NO_PATIENT}."
    return replace(bundle, metadata={**bundle.metadata, "training_data": told})


@pytest.fixture
def of_a_hospital(shipped):
    """A bundle that learned from patients."""
    told = "Trained on 31 outlined hips of 20 patients of one hospital."
    return replace(shipped, metadata={**shipped.metadata, "training_data": told, "command": "onfh train x"})


def test_a_first_training_says_simulated_only():
    history = TrainingHistory(70, "onfh train outliner", LOG)
    assert history.sources == (
        "Trained on random volumes of 70 simulated patients; no patient's image was used, and its figures say nothing "
        "about patients."
    )
    assert "started from" not in outliner_card(METRICS, NecrosisRule(0.6, 0.9), history)


def test_a_further_training_names_its_start_and_how_that_was_made(shipped):
    history = TrainingHistory(106, "onfh train outliner --start outliner-unet", LOG, started_from=shipped)
    assert history.sources.startswith(
        "Trained on random volumes of 106 simulated patients, after those of an earlier outliner-unet; no patient's"
    )
    card = outliner_card(METRICS, NecrosisRule(0.6, 0.9), history)
    assert f"It started from the weights of outliner-unet {shipped.version} ({shipped.sha256[:12]})" in card
    assert str(shipped.metadata["command"]) in card
    assert shipped.sha256[:12] in outliner_metadata(METRICS, history)["changelog"][__version__]


def test_simulated_patients_after_a_hospital_s_are_not_called_simulated_only(of_a_hospital):
    history = TrainingHistory(106, "onfh train outliner --start ours", LOG, started_from=of_a_hospital)
    assert "no patient's image was used" not in history.sources
    assert "31 outlined hips of 20 patients" in history.sources
    assert outliner_card(METRICS, NecrosisRule(0.6, 0.9), history).count("It started from") == 1


def test_a_second_hospital_names_the_first(of_a_hospital):
    history = TrainingHistory(
        106, "onfh train outliner", LOG, started_from=of_a_hospital, own_patients=(10, 18, 4)
    )
    assert history.sources.startswith("Trained on 18 outlined hips of 10 patients of one hospital")
    assert "31 outlined hips of 20 patients" in history.sources
