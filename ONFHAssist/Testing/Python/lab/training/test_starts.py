"""What a start has seen of the real images: such a start is refused, an unlisted one marks the figures."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

pytest.importorskip("torch")

from ONFHAssistLab.simulate.hybrid.real_hips import RealHead
from ONFHAssistLab.training import network_cards
from ONFHAssistLab.training.stage.on_real import RealStagePlan, card_words
from ONFHAssistLab.training.starts import caution_of_start, content_digest, images_after, images_of
from ONFHAssistLib.bundles.bundle import NO_DISEASE, NO_PATIENT, load_bundle
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.imaging.image import Image

HELD_OUT = "did not learn from that patient"


def head_of(name, level):
    image = Image(np.full((4, 4, 4), level, np.float32))
    return RealHead(name, Path(f"{name}.nii.gz"), image, "R", np.zeros(3), 24.0, "T1")


HEADS = [head_of("one", 1.0), head_of("two", 2.0)]
OTHERS = [head_of("one", 3.0)]


@pytest.fixture
def shipped():
    """The detector that is shipped: it learned from real images and does not list them."""
    return load_bundle("detector-3dc-yolox")


def of_run(start, heads):
    """Metadata and card of a detector that learned from these heads after a start."""
    story = network_cards.TrainingHistory(
        9, "onfh train detector --on FOLDER", [{"step": 10, "seconds": 60}], started_from=start, real="real heads",
        painted=False, caution=caution_of_start(start, heads), images=images_after(start, heads),
    )  # fmt: skip
    metadata = network_cards.detector_metadata({}, story)
    return metadata, network_cards.detector_card({}, {"threshold": 0.5, "prosthesis_threshold": 0.5}, story)


def test_a_start_that_does_not_list_its_real_images_marks_the_figures(shipped):
    metadata, card = of_run(shipped, HEADS)
    assert "learned from real images that it does not list" in card
    assert HELD_OUT not in card
    assert "learned_from" not in metadata  # nobody knows the images of its start


def test_a_start_of_simulated_patients_leaves_the_figures_as_they_are(shipped):
    start = replace(shipped, metadata={**shipped.metadata, "training_data": f"Trained; {NO_PATIENT}."})
    metadata, card = of_run(start, HEADS)
    assert HELD_OUT in card and "Caution" not in card
    assert metadata["learned_from"] == sorted(images_of(HEADS))
    assert len(set(metadata["learned_from"])) == 2


def test_a_start_that_lists_its_images_is_refused_on_them_and_taken_on_others(shipped):
    learned = of_run(None, HEADS)[0]
    start = replace(shipped, metadata={**shipped.metadata, **learned})
    with pytest.raises(InputError, match="has learned from 1 of these 2 real images"):
        caution_of_start(start, [HEADS[0], head_of("new", 9.0)])
    metadata, card = of_run(start, OTHERS)
    assert HELD_OUT in card and "Caution" not in card
    assert set(metadata["learned_from"]) == images_of(HEADS) | images_of(OTHERS)


def test_a_start_of_an_own_cohort_is_refused_on_an_image_of_it(shipped):
    """Told by the voxels: the cohort's file had another header, and no series that was the same."""
    mine = [content_digest(replace(HEADS[0].image, spacing=(0.5, 0.5, 3.0)))]
    start = replace(shipped, metadata={**shipped.metadata, "learned_images": mine})
    with pytest.raises(InputError, match="has learned from 1 of these 2 real images"):
        caution_of_start(start, HEADS)
    assert "does not list" in caution_of_start(start, HEADS[1:])


def test_the_stager_s_card_says_what_its_start_learned_from(shipped):
    setting = SimpleNamespace(temperature=1.0, certainty=0.5)
    words = card_words(RealStagePlan(), HEADS, setting, shipped, caution_of_start(shipped, HEADS))
    assert "eleven coronal T1 pelves" in words.learned and "simulated patients." not in words.learned[-40:]
    assert "does not list" in words.sets and HELD_OUT not in words.sets
    assert words.images is None
    first = card_words(RealStagePlan(start=None), HEADS, setting, None, "")
    assert HELD_OUT in first.sets and first.images == tuple(sorted(images_of(HEADS)))


def test_patients_of_a_hospital_after_painted_disease_are_not_called_simulated_disease_only(shipped):
    assert shipped.simulated_disease_only
    story = network_cards.TrainingHistory(
        9, "onfh train detector", [], started_from=shipped, own_patients=(5, 9, 2)
    )
    assert "eleven coronal T1 pelves" in story.sources and NO_DISEASE not in story.sources
