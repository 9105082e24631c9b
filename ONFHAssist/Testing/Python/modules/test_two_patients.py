"""Two patients in one scene: no outline, figure, picture or page of one stands with the other, and nothing is lost."""

import os
import random

import numpy as np
import pytest
from support.run_all_worker import lines
from support.two_patients import HEALTHY, NECROTIC, PATIENTS, WorkerOfTwo
from support.two_patients_checks import (
    check_figures,
    check_glance,
    check_panel,
    check_views,
    images,
    load,
    tables_of,
    whose,
)
from support.waiting import press, wait_for

PANELS = ("ONFHAssist", "ONFHSegment", "ONFHExtract", "ONFHPredict", "ONFHSurvival")
# make check-scenes walks further.
SEED, STEPS = int(os.environ.get("ONFH_WALK_SEED", "22")), int(os.environ.get("ONFH_WALK_STEPS", "40"))
STEPS_OF_A_USER = (
    *("load", "choose", "choose", "run", "run", "redo"),
    *("correct", "rename", "delete", "cancel", "reload", "visit"),
)


@pytest.fixture
def scene_of_two(panel, scene):
    """The home panel with the worker, and nothing in the scene yet."""
    from ONFHAssistLib.ui.jobs import JobRunner

    widget = panel("ONFHAssist")
    widget.run.runner = WorkerOfTwo()
    yield widget
    widget.run.runner = JobRunner.shared()


# the faults that were seen ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "order", [(NECROTIC, HEALTHY), (HEALTHY, NECROTIC)], ids=["necrotic first", "healthy first"]
)
def test_a_second_patient_gets_his_own_outlines_and_figures_and_the_first_keeps_his(scene_of_two, order):
    widget, (first, second) = scene_of_two, [load(patient) for patient in order]
    widget.ui.volumeSelector.setCurrentNode(first)
    press(widget, widget.ui.runAllButton)
    outlines, tables = widget.parameters.segmentation, tables_of(first)
    widget.ui.volumeSelector.setCurrentNode(second)
    assert widget.parameters.segmentation is None
    assert widget.ui.glanceLabel.text == "No result yet. Start with step 1."
    assert not widget.ui.notesButton.visible
    assert not widget.ui.reportButton.enabled
    check_views(second)
    press(widget, widget.ui.runAllButton)
    for volume in (first, second):
        assert set(tables_of(volume)) >= {"measurements", "radiomics", "prediction", "stage"}
        check_figures(volume)
    assert tables_of(first) == tables
    assert {node.GetName() for node in tables.values()}.isdisjoint(
        node.GetName() for node in tables_of(second).values()
    )
    widget.ui.volumeSelector.setCurrentNode(first)
    assert widget.parameters.segmentation is outlines
    assert "outdated" not in widget.ui.glanceLabel.text
    check_glance(widget)


def test_outlines_of_another_image_are_refused_by_name_and_stay_as_they_were(scene_of_two):
    import headless

    widget, first, second = scene_of_two, load(NECROTIC), load(HEALTHY)
    widget.ui.volumeSelector.setCurrentNode(first)
    press(widget, widget.ui.runAllButton)
    outlines = widget.parameters.segmentation
    widget.ui.volumeSelector.setCurrentNode(second)
    widget.parameters.segmentation = outlines  # by hand, in spite of it
    press(widget, widget.ui.runAllButton)
    expected = "The outlines 'Hip of the necrotic ONFH' were made on 'Hip of the necrotic', not on 'Hip of the healthy'"
    assert expected in widget.ui.statusLabel.text
    assert headless.logged("error")
    assert tables_of(second) == {}
    check_figures(first)


def test_outlines_that_name_no_image_and_lie_outside_are_refused(scene_of_two):
    import slicer

    from ONFHAssistLib.core.errors import InputError
    from ONFHAssistLib.scene.exchange import case_of
    from ONFHAssistLib.scene.segmentations import segmentation_from_labels

    image, labels = HEALTHY.image()
    far = labels.like(labels.array)
    elsewhere = type(far)(far.array, far.spacing, (-94.0, -24.0, 300.0), far.direction)
    volume, other = load(HEALTHY), slicer.util.addVolumeFromArray(np.zeros((2, 2, 2)))
    from ONFHAssistLib.scene.volumes import volume_from_image

    place = volume_from_image(elsewhere.like(elsewhere.array.astype(np.float32)), "elsewhere")
    segmentation = segmentation_from_labels(elsewhere, place, "file", {})
    for node in (place, other):
        slicer.mrmlScene.RemoveNode(node)
    segmentation.RemoveAttribute("ONFHAssist.imageGone")
    with pytest.raises(InputError, match="lie outside 'Hip of the healthy'"):
        case_of(volume, segmentation)
    assert image.array.max() == HEALTHY.marrow


def test_an_edge_that_a_reader_marked_on_one_patient_is_not_the_other_s(scene_of_two):
    from ONFHAssistLib.scene.exchange import case_of
    from ONFHAssistLib.scene.results.measurements import edge_node

    first, second = load(NECROTIC), load(HEALTHY)
    edge_node(first, "R").AddControlPoint(90.0, 0.0, 10.0)
    assert case_of(first, None).edges == {"R": (-90.0, 0.0, 10.0)}
    assert case_of(second, None).edges == {}


def test_a_clone_of_a_volume_starts_without_results_and_a_renamed_one_keeps_its_own(scene_of_two):
    import slicer

    widget, volume = scene_of_two, load(NECROTIC)
    widget.ui.volumeSelector.setCurrentNode(volume)
    press(widget, widget.ui.runAllButton)
    clone = slicer.modules.volumes.logic().CloneVolume(slicer.mrmlScene, volume, "Clone")
    volume.SetName("Renamed")
    assert tables_of(clone) == {}
    before = tables_of(volume)
    assert set(before) >= {"measurements", "prediction", "stage", "survival"}
    press(widget, widget.ui.redoPredictButton)
    assert tables_of(volume) == before
    widget.ui.volumeSelector.setCurrentNode(clone)
    assert widget.parameters.segmentation is None
    press(widget, widget.ui.runAllButton)
    assert set(tables_of(clone)) >= {"measurements", "prediction", "stage"}
    assert tables_of(volume) == before


def test_the_results_of_a_deleted_image_are_nobody_s_until_it_is_loaded_again(scene_of_two):
    import slicer

    widget, volume = scene_of_two, load(NECROTIC)
    widget.ui.volumeSelector.setCurrentNode(volume)
    press(widget, widget.ui.runAllButton)
    tables = tables_of(volume)
    assert set(tables) >= {"measurements", "prediction", "stage", "survival"}
    slicer.mrmlScene.RemoveNode(volume)
    slicer.app.processEvents()
    assert all(table.GetScene() is not None for table in tables.values())
    healthy = load(HEALTHY)
    widget.ui.volumeSelector.setCurrentNode(healthy)
    assert widget.ui.glanceLabel.text == "No result yet. Start with step 1."
    assert widget.parameters.segmentation is None
    again = load(NECROTIC, "the same image, loaded anew")
    widget.ui.volumeSelector.setCurrentNode(again)
    assert tables_of(again) == tables
    check_glance(widget)
    assert "Early osteonecrosis 93%" in " ".join(lines(widget))


def test_outlines_of_a_deleted_image_are_not_those_of_the_image_that_gets_its_id(scene_of_two):
    import slicer

    from ONFHAssistLib.scene.images.ownership import adopt_results, image_of

    widget, volume = scene_of_two, load(NECROTIC)
    widget.ui.volumeSelector.setCurrentNode(volume)
    press(widget, widget.ui.runAllButton)
    outlines = widget.parameters.segmentation
    slicer.mrmlScene.RemoveNode(volume)
    healthy = load(HEALTHY)
    role = slicer.vtkMRMLSegmentationNode.GetReferenceImageGeometryReferenceRole()
    outlines.SetNodeReferenceID(role, healthy.GetID())  # as where the ID is given again
    adopt_results()
    assert image_of(outlines) is None


def test_a_run_goes_on_while_another_image_is_looked_at_and_ends_with_its_own(scene_of_two, tmp_path):
    from support.run_all_worker import Later

    class LaterOfTwo(WorkerOfTwo):
        submit = Later.submit

    widget, first, second = scene_of_two, load(NECROTIC), load(HEALTHY)
    widget.run.runner = worker = LaterOfTwo()
    worker.folder = tmp_path
    widget.ui.volumeSelector.setCurrentNode(first)
    widget.ui.runAllButton.click()
    wait_for(lambda: worker.held)
    widget.ui.volumeSelector.setCurrentNode(second)
    worker.held.on_result(worker.answer)
    wait_for(lambda: not widget.run.running)
    assert widget.parameters.volume is second
    assert widget.parameters.segmentation is None
    assert widget.ui.statusLabel.text == "Hip of the necrotic: Done; please check the outlines."
    assert not widget.ui.notesButton.visible
    assert widget.ui.glanceLabel.text == "No result yet. Start with step 1."
    check_figures(first)
    check_views(second)
    widget.ui.volumeSelector.setCurrentNode(first)
    assert "Early osteonecrosis 93%" in " ".join(lines(widget))


def test_the_image_that_is_chosen_in_one_panel_is_chosen_in_all(scene_of_two, panel):
    first, second = load(NECROTIC), load(HEALTHY)
    widget = scene_of_two
    widget.ui.volumeSelector.setCurrentNode(first)
    press(widget, widget.ui.runAllButton)
    widget.ui.volumeSelector.setCurrentNode(second)
    widget.exit()
    for name in PANELS[1:]:
        opened = panel(name)
        assert opened.parameters.volume is second, name
        check_panel(opened)
        opened.exit()
    segment = panel("ONFHSegment")
    segment.ui.volumeSelector.setCurrentNode(first)
    assert segment.parameters.segmentation is not None
    segment.exit()
    for name in PANELS:
        assert panel(name).parameters.volume is first, name


def test_a_report_holds_the_chosen_patient_alone(scene_of_two, tmp_path):
    from ONFHAssistLib.scene.report.case_report import case_page

    widget, volumes = scene_of_two, [load(NECROTIC), load(HEALTHY)]
    outlines = {}
    for volume in volumes:
        widget.ui.volumeSelector.setCurrentNode(volume)
        press(widget, widget.ui.runAllButton)
        outlines[volume] = widget.parameters.segmentation
    for volume in volumes:
        page = case_page(volume, outlines[volume], tmp_path)
        text = repr(page)
        other = next(one for one in PATIENTS if one is not whose(volume))
        assert f"the {other.name} one" not in text
        said = [f"{p:.0%}" for p in whose(volume).probability]
        assert all(f"'{share}'" in text for share in said), said
        assert not any(f"'{p:.0%}'" in text for p in other.probability)


# the walk ---------------------------------------------------------------------------------------------------------


class Walk:
    """Random steps of a user in the scene of two patients; what he must still find is kept in ``known``.

    Attributes:
        known: image to the roles of the tables that it has.
        gone: patients whose image was deleted, with what they had.
    """

    def __init__(self, home, panel, folder, seed):
        self.home, self.panel, self.folder = home, panel, folder
        self.random, self.open = random.Random(seed), home
        self.done, self.deck, self.renamed = [], [], 0

    def step(self):
        if not self.deck:  # dealt like cards, so that no kind of step is missing from a short walk
            self.deck = list(STEPS_OF_A_USER)
            self.random.shuffle(self.deck)
        name = self.deck.pop()
        if name != "load" and not images():
            name = "load"
        self.done.append(name)
        getattr(self, name)()
        import slicer

        slicer.app.processEvents()

    def load(self):
        present = {whose(volume).name for volume in images()}
        missing = [patient for patient in PATIENTS if patient.name not in present]
        if missing:
            load(self.random.choice(missing))

    def at_home(self):
        if self.open is not self.home:
            self.open.exit()
            self.open = self.panel("ONFHAssist")
        return self.home

    def choose(self):
        self.open.ui.volumeSelector.setCurrentNode(self.random.choice(images()))

    def run(self):
        home = self.at_home()
        if home.ui.runAllButton.enabled:
            press(home, home.ui.runAllButton)

    def redo(self):
        home = self.at_home()
        buttons = [home.ui.redoSegmentButton, home.ui.redoExtractButton, home.ui.redoPredictButton]
        button = self.random.choice(buttons)
        if button.enabled:
            press(home, button)

    def correct(self):
        """The reader takes a slice off the right head."""
        import slicer

        from ONFHAssistLib.scene.segmentations import segment_of

        home = self.at_home()
        node, volume = home.parameters.segmentation, home.parameters.volume
        identifier = "" if node is None else segment_of(node, 1)
        if identifier:
            mask = slicer.util.arrayFromSegmentBinaryLabelmap(node, identifier, volume)
            rows = np.flatnonzero(mask.any(axis=(1, 2)))
            if len(rows) > 12:
                mask[rows[0]] = 0
                slicer.util.updateSegmentBinaryLabelmapFromArray(mask, node, identifier, volume)

    def rename(self):
        """An image, or outlines, get another name."""
        import slicer

        self.renamed += 1
        nodes = [*images(), *slicer.util.getNodesByClass("vtkMRMLSegmentationNode")]
        self.random.choice(nodes).SetName(f"name {self.renamed}")

    def delete(self):
        import slicer

        if self.random.random() < 0.4:
            slicer.mrmlScene.RemoveNode(self.random.choice(images()))

    def cancel(self):
        home, worker = self.at_home(), WorkerOfTwo(hold="stage")
        if home.ui.runAllButton.enabled:
            home.run.runner, usual = worker, home.run.runner
            home.ui.runAllButton.click()
            wait_for(lambda: worker.held or not home.run.running)
            if home.run.running:
                home.ui.runAllButton.click()
            home.run.runner = usual

    def reload(self):
        import slicer

        path = self.folder / "walk.mrb"
        assert slicer.util.saveScene(str(path))
        slicer.mrmlScene.Clear(0)
        assert slicer.util.loadScene(str(path))

    def visit(self):
        self.open.exit()
        self.open = self.panel(self.random.choice(PANELS))

    def check(self, before):
        for volume in images():
            check_figures(volume)
        check_panel(self.open)
        if self.open.parameters.volume is not None:
            check_views(self.open.parameters.volume)
        if self.open is self.home:
            check_glance(self.home)
        after = results_by_patient()
        for patient, roles in before.items():
            assert roles <= after.get(patient, set()), (patient, self.done[-1])
        return after


def results_by_patient():
    """Roles of the tables of each patient, also of one whose image was deleted: by what they rest on."""
    import slicer

    found = {}
    for node in slicer.util.getNodesByClass("vtkMRMLTableNode"):
        if node.GetAttribute("ONFHAssist.role"):
            source = node.GetAttribute("ONFHAssist.provenance.input") or ""
            found.setdefault(source, set()).add(node.GetAttribute("ONFHAssist.role"))
    return found


def test_a_random_walk_over_two_patients_never_mixes_them_and_loses_nothing(scene_of_two, panel, tmp_path):
    walk, known = Walk(scene_of_two, panel, tmp_path, SEED), {}
    for number in range(STEPS):
        walk.step()
        try:
            known = walk.check(known)
        except AssertionError as error:
            raise AssertionError(f"seed {SEED}, step {number}, after {walk.done[-8:]}: {error}") from error
    assert {"run", "delete", "reload", "cancel", "correct", "rename"} <= set(walk.done)
