"""What most stations begin with: a patient of the sample data, the home panel on him, *Run all* to its answer."""

from walking import plain


def sample(name="ONFHRightStage2"):
    """The images of a patient of the sample data."""
    from ONFHAssistLib.scene.sample_data import load_sample

    return load_sample(name)


def home(walk, volume=None):
    """The home panel, on a volume where one is given."""
    panel = walk.open("ONFHAssist")
    if volume is not None:
        panel.ui.volumeSelector.setCurrentNode(volume)
        walk.events(0.3)
    return panel


def run(walk, panel):
    """Press *Run all* and wait; fails with what the status says where there is no answer."""
    panel.ui.runAllButton.click()
    walk.until(lambda: not panel.run.running, "Run all")
    assert "href" in panel.ui.glanceLabel.text, f"no answer: {panel.ui.statusLabel.text}"
    return plain(panel.ui.glanceLabel.text)


def answered(walk, name="ONFHRightStage2"):
    """The home panel with the answer to a patient of the sample data, his image, and what is said of him."""
    volume = sample(name)[0]
    panel = home(walk, volume)
    return panel, volume, run(walk, panel)
