"""The scene in another language: every text that people see goes through the translator, and no program looks it up.

The language is made up: each translated text is marked and its vowels are changed, so that a text which was left out, and
a search for an English one, both show.
"""

import importlib
import pkgutil
import re
import sys

import pytest
import vtk
from support.run_all_worker import Worker
from support.waiting import press

VOWELS = str.maketrans("aeiouAEOU", "äëïöüÄËÖÜ")
KEPT = re.compile(r"(\{[^}]*\}|<[^>]*>)")  # fields and tags
MARKED = re.compile("⟦[^⟦⟧]*⟧")
ROLES = ("measurements", "radiomics", "stage", "prediction", "contributions", "survival", "survival curve")


def pseudo(text):
    """The text in a language that looks like German."""
    parts = KEPT.split(text)
    return "⟦" + "".join(p if KEPT.fullmatch(p) else p.translate(VOWELS) for p in parts) + "⟧"


def unmarked(text):
    """English words of a visible text that did not go through the translator."""
    text = re.sub(r"<[^>]*>", " ", text)
    while MARKED.search(text):
        text = MARKED.sub(" ", text)
    return re.findall(r"[A-Za-z]{3,}", text)


@pytest.fixture
def translated(modules, monkeypatch):
    """Every module that shows texts speaks the made-up language; they are all imported before, so that none keeps it."""
    import ONFHAssistLib.scene
    import ONFHAssistLib.ui

    for package in (ONFHAssistLib.scene, ONFHAssistLib.ui):
        for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(info.name)
    ours = [module for name, module in list(sys.modules.items()) if name.startswith("ONFH")]
    count = 0
    for module in ours:
        if callable(getattr(module, "_", None)):
            monkeypatch.setattr(module, "_", pseudo)
            count += 1
    assert count > 30
    return pseudo


@pytest.fixture
def case(home, translated):
    """The home panel after *Run all* in the made-up language."""
    widget = home(Worker())
    press(widget, widget.ui.runAllButton)
    assert "⟦" in widget.ui.statusLabel.text
    return widget


def results():
    import slicer

    from ONFHAssistLib.scene.attributes import ROLE

    scene = slicer.mrmlScene
    nodes = [scene.GetNthNode(i) for i in range(scene.GetNumberOfNodes())]
    return [n for n in nodes if n.GetAttribute(ROLE) or n.IsA("vtkMRMLPlotSeriesNode")]


def texts_of(node):
    """What people read of a node: where -> text."""
    seen = {"name": node.GetName()}
    if node.IsA("vtkMRMLTableNode"):
        for i in range(node.GetNumberOfColumns()):
            name = node.GetColumnName(i)
            seen[f"title of {name}"] = node.GetColumnTitle(name) or name
            seen[f"description of {name}"] = node.GetColumnDescription(name) or ""
    if node.IsA("vtkMRMLPlotChartNode"):
        seen |= {"title": node.GetTitle(), "x": node.GetXAxisTitle(), "y": node.GetYAxisTitle()}
    if node.IsA("vtkMRMLSegmentationNode"):
        segmentation = node.GetSegmentation()
        seen |= {i: segmentation.GetSegment(i).GetName() for i in segmentation.GetSegmentIDs()}
    if node.IsA("vtkMRMLMarkupsNode"):
        count = node.GetNumberOfControlPoints()
        seen |= {f"point {i}": node.GetNthControlPointLabel(i) for i in range(count)}
        seen["description"] = node.GetDescription() or ""
    return seen


def without(text, data):
    """A text without what is no text of ours: names of volumes, features and models, and what models and networks say."""
    for piece in sorted(filter(None, data), key=len, reverse=True):
        text = text.replace(piece, " ")
    return text


@pytest.fixture
def data(case):
    """Strings of the case that are data."""
    import slicer

    from ONFHAssistLib.scene.summary import ASSUMED
    from ONFHAssistLib.scene.tables import columns_of

    tables = slicer.util.getNodesByClass("vtkMRMLTableNode")
    columns = [columns_of(table) for table in tables]
    features = {str(name) for found in columns for key in ("feature", "words") for name in found.get(key, [])}
    said = {t.GetAttribute(name) or "" for t in tables for name in (ASSUMED, "ONFHAssist.warnings")}
    statements = {n.GetText() for n in slicer.util.getNodesByClass("vtkMRMLTextNode")}
    return {
        case.parameters.volume.GetName(),
        *features,
        *said,
        *statements,
        "ICC",
        "P(0)",
        "P(I)",
        "P(II)",
        "DL_0",
    }


def test_no_english_word_of_ours_is_left_on_a_node(case, data):
    nodes = results()
    assert len(nodes) > 25
    left = {
        f"{node.GetClassName()} {node.GetID()}, {where}: {text}"
        for node in nodes
        for where, text in texts_of(node).items()
        if not node.IsA("vtkMRMLMarkupsFiducialNode") or where != "point 0"
        if unmarked(without(text, data))
    }
    assert left == set()


def test_no_english_word_of_ours_is_left_in_the_glance(case, data):
    from ONFHAssistLib.scene.summary import case_lines

    lines = case_lines(case.parameters.volume, dict.fromkeys("RL", "0" * 64))
    assert len(lines) > 8
    data = {*data, "DLRC clinical, as published"}
    assert [text for text in lines if unmarked(without(text, data))] == []


def test_the_report_finds_every_answer_and_is_in_one_language(case, tmp_path):
    from ONFHAssistLib.report.case_page import render
    from ONFHAssistLib.scene.report.case_report import case_page

    page = case_page(case.parameters.volume, case.parameters.segmentation, tmp_path)
    assert [card["headline"][:6] for card in page.summary] == ["⟦Stägë", "⟦Stägë"]
    assert len(page.sections) == 5  # pictures, measurements, stage, probability, survival of the right hip
    assert "Outlined automatically; no reader has confirmed the outlines." in page.remarks
    assert [one.title for one in page.sections if unmarked(one.title)] == []
    assert "⟦Prövënäncë⟧" in render(page)


def test_every_lookup_works_in_another_language(case):
    import slicer

    from ONFHAssistLib.scene.images.outlines_of import outlines_on
    from ONFHAssistLib.scene.images.ownership import find_node
    from ONFHAssistLib.scene.outdated import OutlineWatch
    from ONFHAssistLib.scene.results.found_heads import is_uncorrected
    from ONFHAssistLib.scene.results.heatmaps import known_staging
    from ONFHAssistLib.scene.show import show_link
    from ONFHAssistLib.scene.summary import case_lines, worst_side
    from ONFHAssistLib.ui.panels.signature import outlines_of

    volume, segmentation = case.parameters.volume, case.parameters.segmentation
    assert all(find_node("vtkMRMLTableNode", role, volume) is not None for role in ROLES)
    assert outlines_on(volume) is segmentation
    assert outlines_of(volume) is segmentation
    assert is_uncorrected(segmentation, volume)
    assert set(known_staging(volume)["heatmaps"]) == {"both", "R", "L"}
    assert worst_side(volume) == "R"
    lines = case_lines(volume, OutlineWatch().digest(segmentation, volume))
    assert not any("outdated" in line or "öütdätëd" in line for line in lines)
    links = re.findall(r'href="([^"]*)"', "".join(lines))
    assert {link.split(":")[0] for link in links} >= {"stage", "prediction", "measurements", "survival"}
    assert all(show_link(link, volume) for link in links)
    assert slicer.util.getNode("Hip MRI") is volume


def test_a_second_run_refills_what_the_first_one_made(case):
    import slicer

    from ONFHAssistLib.scene.images.ownership import FOLDER_OF

    def made():
        nodes = sorted((node.GetClassName(), node.GetName()) for node in results())
        hierarchy = slicer.vtkMRMLSubjectHierarchyNode.GetSubjectHierarchyNode(slicer.mrmlScene)
        ids = vtk.vtkIdList()
        hierarchy.GetItemChildren(hierarchy.GetSceneItemID(), ids, True)
        found = [ids.GetId(i) for i in range(ids.GetNumberOfIds())]
        folders = [hierarchy.GetItemName(i) for i in found if hierarchy.GetItemAttribute(i, FOLDER_OF)]
        return nodes, folders

    first = made()
    assert len(first[1]) == 1
    assert first[1][0].startswith("⟦")
    press(case, case.ui.runAllButton)
    assert made() == first


def test_the_survival_panel_takes_the_findings_of_the_scene(case, panel):
    widget = panel("ONFHSurvival")
    assert widget.parameters.taken["R"]
    assert widget.ui.survivalView.mrmlTableNode() is not None
    measured = widget.logic.measured_angle(widget.parameters.volume, "R")
    assert widget.parameters.angle == pytest.approx(measured, abs=0.1)


def test_outlines_of_another_language_and_of_version_0_1_are_read(case, monkeypatch):
    """Segments keep their IDs and codes, which no language changes."""
    import numpy as np

    from ONFHAssistLib.scene import segmentations

    volume, node = case.parameters.volume, case.parameters.segmentation
    here = segmentations.labels_from_segmentation(node, volume).array
    assert set(np.unique(here)) == {0, 1, 2, 3}
    monkeypatch.setattr(segmentations, "_", lambda text: text)  # the scene is opened in English
    assert np.array_equal(segmentations.labels_from_segmentation(node, volume).array, here)


def test_a_folder_of_version_0_1_is_taken_by_its_name(scene, translated):
    import slicer

    from ONFHAssistLib.scene.case import move_to_case_folder
    from ONFHAssistLib.scene.selftest import ball_phantom

    volume = ball_phantom()[0]
    hierarchy = slicer.vtkMRMLSubjectHierarchyNode.GetSubjectHierarchyNode(slicer.mrmlScene)
    move_to_case_folder(volume, [])  # gives the volume its item
    parent = hierarchy.GetItemParent(hierarchy.GetItemByDataNode(volume))
    hierarchy.RemoveItem(move_to_case_folder(volume, []))
    former = hierarchy.CreateFolderItem(parent, f"{volume.GetName()} ONFH results")
    assert move_to_case_folder(volume, []) == former
    volume.SetName("Another")
    assert move_to_case_folder(volume, []) != former


def test_a_map_made_again_takes_the_place_of_the_first(scene, translated):
    import slicer

    from ONFHAssistLib.scene.results.features_and_prediction import map_to_scene
    from ONFHAssistLib.scene.selftest import ball_phantom
    from ONFHAssistLib.scene.volumes import image_from_volume

    volume = ball_phantom()[0]
    image = image_from_volume(volume)
    first = map_to_scene(volume, "original_firstorder_Mean", "R", image)
    first.SetName("my map")  # the name is for people
    other = map_to_scene(volume, "original_firstorder_Mean", "L", image)
    again = map_to_scene(volume, "original_firstorder_Mean", "R", image)
    assert first.GetScene() is None
    assert other.GetScene() is again.GetScene() is slicer.mrmlScene
