"""A cohort of seven worked-up patients for the tests of the review; some modules make one of their own."""

import shutil

import numpy as np
import pytest
from support.review_cohort import CENTRES, copied, make_cohort, pelvis, write_case

from ONFHAssistLib.cohort.review.folder import open_folder
from ONFHAssistLib.cohort.review.worklist import worklist

CASES = 7


@pytest.fixture(scope="module")
def worked_up(tmp_path_factory):
    """Seven patients; of the last one the outlines are spoilt in a way of its own on each side."""
    folder = make_cohort(tmp_path_factory.mktemp("review") / "cohort", CASES)
    image, labels = pelvis(6)
    array = labels.array.copy()
    offset = labels.points() - np.array(CENTRES["R"])
    array[(array == 3) & (np.abs(offset[..., 0]) < 3)] = 1  # the necrosis falls apart
    offset = labels.points() - np.array(CENTRES["L"])
    distance = np.linalg.norm(offset - (0.0, 0.0, 14.0), axis=-1)
    array[(distance < 14) & (array == 0)] = 2  # the acetabulum taken for head
    shutil.rmtree(folder / "cases" / "case-06")
    write_case(folder, "case-06", image, labels.like(array))
    (folder / "cases" / "case-99").mkdir()
    return folder


@pytest.fixture(scope="module")
def found(worked_up):
    return worklist(open_folder(worked_up), pictures=True)


@pytest.fixture
def cohort(worked_up, tmp_path):
    return copied(worked_up, tmp_path / "cohort")
