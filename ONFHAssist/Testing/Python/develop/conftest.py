"""Figures of the studies: small here, since what they show is tested elsewhere."""

import pytest


@pytest.fixture(autouse=True, scope="module")
def small_figures(coarse_figures: None) -> None:
    """As ``coarse_figures``, for every file of this folder."""
