"""Figures of the studies: small here, since what they show is tested elsewhere."""

import pytest

from ONFHAssistLib.evaluate.figures import binary as figures


@pytest.fixture(scope="module", autouse=True)
def small_figures():
    """Figures of few pixels, each drawn once: drawing all of each study for print takes longer than all the rest."""
    save, drawn = figures.save_figure, {}

    def save_once(figure, path, dpi=30):
        if path.name in drawn:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(drawn[path.name])
            return path
        saved = save(figure, path, dpi=30)
        drawn[path.name] = saved.read_bytes()
        return saved

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(figures, "save_figure", save_once)
        yield
