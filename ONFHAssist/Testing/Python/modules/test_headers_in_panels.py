"""The panels say of a chosen volume what the command line says of its files, and do not wait for the disk."""

import time
from dataclasses import replace

import numpy as np
import pytest
from support.dicom_browser import Database, loaded, series_image
from support.dicom_files import slice_datasets, write_shuffled
from support.waiting import wait_for

PANELS = ("ONFHAssist", "ONFHSegment", "ONFHExtract", "ONFHPredict")


@pytest.fixture
def browser(scene, monkeypatch, tmp_path):
    """``browser(slices, missing)``: a volume from the DICOM browser, of whose series a slice may be missing."""
    import slicer

    database = Database()
    monkeypatch.setattr(slicer, "dicomDatabase", database, raising=False)

    def open_series(name, slices=8, missing=True):
        image = series_image(slices)
        datasets = slice_datasets(image)
        values = image.array
        if missing:
            del datasets[3]
            values = np.delete(values, 3, axis=0)
        folder = write_shuffled(datasets, tmp_path / name)
        return loaded(replace(image, array=values), database.add(folder), name)

    return open_series


@pytest.fixture
def opened_files(monkeypatch):
    from ONFHAssistLib.imaging import dicom_loaded

    names, read = [], dicom_loaded.read_file
    monkeypatch.setattr(
        dicom_loaded, "read_file", lambda file, *rest: names.append(file.name) or read(file, *rest)
    )
    return names


def warned(widget):
    """What the panel's line of warnings shows; "" where it is hidden."""
    if hasattr(widget.ui, "notesButton"):  # folded to a line with their number
        return "" if widget.ui.notesButton.isHidden() else widget.ui.notesLabel.text
    return "" if widget.ui.warningsLabel.isHidden() else widget.ui.warningsLabel.text


@pytest.mark.parametrize("name", PANELS)
def test_a_chosen_volume_says_what_is_wrong_with_its_files(panel, browser, name):
    volume = browser("Hip MRI")
    widget = panel(name)
    assert widget.parameters.volume is volume
    wait_for(lambda: "Hip MRI misses a slice" in warned(widget))
    assert warned(widget).count("misses a slice") == 1


def test_the_sentence_stays_with_its_image(panel, browser):
    first, second = browser("first"), browser("second", missing=False)
    widget = panel("ONFHSegment")
    widget.parameters.volume = first
    wait_for(lambda: "first misses a slice" in warned(widget))
    widget.parameters.volume = second
    wait_for(lambda: not widget._headers.running)
    assert warned(widget) == ""
    widget.parameters.volume = first
    assert "first misses a slice" in warned(widget)


def test_one_choosing_reads_each_file_once_for_all_panels(panel, browser, opened_files):
    browser("Hip MRI", 12)
    for name in PANELS:
        widget = panel(name)
        wait_for(lambda widget=widget: not widget._headers.running)
        widget.update_panel()
        widget.show_warnings()
    assert sorted(opened_files) == [f"IM{number:03d}" for number in range(11)]


def test_choosing_forty_slices_does_not_hold_the_event_loop(panel, browser, monkeypatch):
    import slicer

    from ONFHAssistLib.imaging import dicom_loaded

    widget = panel("ONFHSegment")
    volume = browser("Hip MRI", 41)
    read = dicom_loaded.read_file

    def from_a_slow_disk(file, *rest):
        time.sleep(0.01)
        return read(file, *rest)

    monkeypatch.setattr(dicom_loaded, "read_file", from_a_slow_disk)
    longest, begun = 0.0, time.perf_counter()
    widget.parameters.volume = volume
    longest = time.perf_counter() - begun
    assert widget._headers.running
    while widget._headers.running:
        begun = time.perf_counter()
        slicer.app.processEvents()
        longest = max(longest, time.perf_counter() - begun)
    assert "misses a slice" in warned(widget)
    assert longest < 0.1


def test_a_closed_scene_reads_no_more(panel, browser, opened_files):
    import headless
    import slicer

    browser("Hip MRI", 40)
    widget = panel("ONFHPredict")
    assert widget._headers.running
    headless.clear_scene()
    read = len(opened_files)
    for _turn in range(20):
        slicer.app.processEvents()
    assert len(opened_files) == read
    assert warned(widget) == ""
