"""The home panel as a reader meets it: links to pictures, the radiograph, outdated results, the computer, saving."""

import re
from dataclasses import replace

import pytest
from support.films import film
from support.run_all_worker import Worker, contents, erode, lines, pelvis
from support.waiting import press, wait_for

NAMES = ("ONFHAssist", "ONFHSegment", "ONFHExtract", "ONFHPredict", "ONFHSurvival")


def links(widget):
    """Every link of the glance, in order, with its text."""
    return re.findall(r'<a href="([^"]+)">([^<]+)</a>', widget.ui.glanceLabel.text)


def follow(widget, link):
    import slicer

    slicer.app.layoutManager().setLayout(slicer.vtkMRMLLayoutNode.SlicerLayoutOneUp3DView)
    widget.ui.statusLabel.text = ""
    widget.ui.glanceLabel.linkActivated.emit(link)
    return slicer.app.layoutManager().layout


def centre_of_red():
    import slicer

    matrix = slicer.app.layoutManager().sliceWidget("Red").mrmlSliceNode().GetSliceToRAS()
    return [matrix.GetElement(axis, 3) for axis in range(3)]


@pytest.mark.parametrize("sides", ["RL", "R", "L"], ids=["two hips", "right hip", "left hip"])
def test_every_number_leads_to_its_picture_and_every_line_to_its_table(home, sides):
    import slicer

    layouts = slicer.vtkMRMLLayoutNode
    widget = home(Worker(sides=sides))
    press(widget, widget.ui.runAllButton)
    composite = slicer.app.layoutManager().sliceWidget("Red").mrmlSliceCompositeNode()
    selection = slicer.app.applicationLogic().GetSelectionNode()
    found = links(widget)
    assert len([text for _link, text in found if re.search(r"\d", text)]) >= 6
    assert {link.partition(":")[2] for link, _text in found} == set(sides)
    for link in dict(found):
        role, side = link.split(":")
        layout = follow(widget, link)
        assert widget.ui.statusLabel.text == "", link
        head = 70.0 if side == "R" else -70.0  # RAS
        assert centre_of_red()[0] == pytest.approx(head, abs=1.0), link
        if role.startswith("table-"):
            assert layout == layouts.SlicerLayoutFourUpTableView
            table = slicer.mrmlScene.GetNodeByID(selection.GetActiveTableID())
            assert table.GetAttribute("ONFHAssist.role") == role.removeprefix("table-")
            assert table.GetAttribute("ONFHAssist.side") in (None, side)
        elif role in ("prediction", "survival"):
            chart = slicer.mrmlScene.GetNodeByID(selection.GetActivePlotChartID())
            assert chart.GetAttribute("ONFHAssist.side") == side
            assert "Plot" in layouts.GetLayoutName(layout) if hasattr(layouts, "GetLayoutName") else layout
        else:
            assert layout == layouts.SlicerLayoutFourUpView
            shown = composite.GetForegroundVolumeID()
            assert shown == (slicer.util.getNode(f"Heatmap {side}").GetID() if role == "stage" else None)


def test_words_in_the_views_stay_english_where_their_fonts_have_no_chinese(home, monkeypatch):
    import slicer

    from ONFHAssistLib.scene import plots
    from ONFHAssistLib.scene.results import heatmaps, measurements

    chinese = {
        "Heat\n1: most": "热度\n1：最强",
        "Arc {which} {degrees:.0f}°": "坏死角 {which} {degrees:.0f}°",
    }
    monkeypatch.setattr(plots, "chosen", lambda: "zh-CN")
    for module in (heatmaps, measurements):
        monkeypatch.setattr(module, "_", lambda text: chinese.get(text, text))
    widget = home(Worker())
    press(widget, widget.ui.runAllButton)
    legend = slicer.vtkSlicerColorLogic.GetColorLegendDisplayNode(slicer.util.getNode("Heatmap R"))
    assert legend.GetTitleText() == "Heat\n1: most"
    arc = slicer.util.getNode("Arc A R")
    labels = [arc.GetNthControlPointLabel(k) for k in range(3)]
    assert [label[:6] for label in labels if label] == ["Arc A "]


def test_a_stage_is_shown_with_a_colour_legend_and_the_end_of_a_run_shows_the_worse_hip(home):
    import slicer

    widget = home(Worker())
    press(widget, widget.ui.runAllButton)
    composite = slicer.app.layoutManager().sliceWidget("Red").mrmlSliceCompositeNode()
    assert composite.GetForegroundVolumeID() == slicer.util.getNode("Heatmap R").GetID()
    assert centre_of_red()[0] == pytest.approx(70.0, abs=1.0)
    legend = slicer.vtkSlicerColorLogic.GetColorLegendDisplayNode(slicer.util.getNode("Heatmap R"))
    assert legend.GetVisibility()
    assert legend.GetTitleText() == "Heat\n1: most"
    follow(widget, "stage:L")
    assert not legend.GetVisibility()
    assert slicer.vtkSlicerColorLogic.GetColorLegendDisplayNode(
        slicer.util.getNode("Heatmap L")
    ).GetVisibility()


def test_a_link_without_a_picture_is_told(home):
    widget = home(Worker())
    press(widget, widget.ui.runAllButton)
    follow(widget, "survival:L")
    assert "no picture" in widget.ui.statusLabel.text


# the radiograph -------------------------------------------------------------------------------------------


def test_a_radiograph_with_a_circle_gives_the_survival_of_the_nomogram(home):
    import slicer

    from ONFHAssistLib.survival.calculator import load_calculator

    widget = home(Worker())
    widget.ui.radiographSelector.setCurrentNode(film(circle=True))
    before = contents()
    press(widget, widget.ui.runAllButton)
    task, arguments = widget.run.runner.asked[-1]
    assert (task, "radiograph" in arguments["steps"]) == ("run_case", True)
    assert {"radiograph", "radiograph_labels"} <= set(arguments)
    told = next(line for line in lines(widget) if "No collapse" in line)
    assert "by the DLRC model (dlrc-xray)" in told
    table = slicer.util.getNode("No-collapse survival R")
    assert table.GetAttribute("ONFHAssist.provenance.model") == load_calculator("dlrc-xray").title
    roles = {n.GetAttribute("ONFHAssist.role") for n in slicer.util.getNodesByClass("vtkMRMLTableNode")}
    assert {"radiograph radiomics", "radiograph deep features"} <= roles
    hierarchy = slicer.vtkMRMLSubjectHierarchyNode.GetSubjectHierarchyNode(slicer.mrmlScene)
    assert not hierarchy.GetItemByName("Pelvis AP ONFH results")
    hierarchy.RemoveItem(hierarchy.GetItemByName("Hip MRI ONFH results"))
    left = {k: v for k, v in contents().items() if k not in before}
    assert not [name for name, facts in left.values() if "ONFHAssist.role" in facts]


def test_a_radiograph_without_a_circle_leaves_the_clinical_model_and_says_so(home):
    widget = home(Worker())
    widget.ui.radiographSelector.setCurrentNode(film(circle=False))
    press(widget, widget.ui.runAllButton)
    assert "No femoral head is outlined on 'Pelvis AP'" in widget.ui.notesLabel.text
    assert "by the published clinical model" in next(line for line in lines(widget) if "No collapse" in line)
    assert all("radiograph" not in steps for steps in widget.run.runner.steps_asked())


def test_a_survival_asked_for_anew_takes_its_failure_back(home):
    from ONFHAssistLib.case.result import SURVIVAL, StepRecord
    from ONFHAssistLib.scene.results.case_result import keep_result, keep_survival, known_result

    widget = home(Worker(sides="R"))
    press(widget, widget.ui.runAllButton)
    volume = widget.parameters.volume
    known = known_result(volume)
    answer = known.hip("R").survival
    failed = replace(known.hip("R"), survival=None, failures={SURVIVAL: "No angle."})
    keep_result(volume, known.with_hip(failed).with_step(SURVIVAL, StepRecord(failure="No angle.")))
    assert not known_result(volume).did(SURVIVAL)
    for side in "RL":  # of which the case has no left one
        keep_survival(volume, side, answer)
    now = known_result(volume)
    assert [(hip.side, hip.survival, hip.failures) for hip in now.hips] == [("R", answer, {})]
    assert now.did(SURVIVAL)


# outdated results -----------------------------------------------------------------------------------------


def test_a_module_s_own_measurement_goes_stale_too(home, panel):
    widget = home(Worker())
    press(widget, widget.ui.runAllButton)
    erode(widget)
    segment = panel("ONFHSegment")
    segment.parameters.segmentation = widget.parameters.segmentation
    segment.ui.measureButton.click()
    wait_for(lambda: not segment.measurements.job.running)
    widget.enter()
    assert "outdated" not in next(line for line in lines(widget) if "Head radius" in line)
    erode_again = widget.parameters.segmentation
    import slicer

    volume = widget.parameters.volume
    mask = slicer.util.arrayFromSegmentBinaryLabelmap(erode_again, "FemoralHeadR", volume)
    mask[:8] = 0
    slicer.util.updateSegmentBinaryLabelmapFromArray(mask, erode_again, "FemoralHeadR", volume)
    widget.enter()
    assert "outdated" in next(line for line in lines(widget) if "Head radius" in line)


@pytest.mark.parametrize("step", ["probability", "stage", "extract"])
def test_answers_of_a_module_s_own_button_carry_the_hash_of_their_outlines(home, panel, tmp_path, step):
    import slicer

    from ONFHAssistLib.case.case import Case
    from ONFHAssistLib.scene.exchange import run_arguments
    from ONFHAssistLib.scene.outdated import outlines_digest, rests_on_other_outlines
    from ONFHAssistLib.scene.results.heatmaps import staging_to_scene

    volume = home(Worker()).parameters.volume
    image, labels = pelvis("RL")
    result = Worker().result(run_arguments(Case(image, "Hip MRI", labels), (step,), tmp_path))
    if step == "probability":
        panel("ONFHPredict").logic.to_scene(volume, result)
    elif step == "extract":
        panel("ONFHExtract").logic.to_scene(volume, result)
    else:
        staging_to_scene(volume, result)
    marked = [
        n for n in slicer.util.getNodesByClass("vtkMRMLTableNode") if n.GetAttribute("ONFHAssist.outlines")
    ]
    assert marked
    for node in marked:
        assert not any(rests_on_other_outlines(node, side, outlines_digest(labels)) for side in "RL")
        right_alone = outlines_digest(pelvis("R")[1])
        assert not rests_on_other_outlines(node, "R", right_alone)
        assert rests_on_other_outlines(node, "L", right_alone)


# this computer --------------------------------------------------------------------------------------------


def computer(**changed):
    from ONFHAssistLib.ui.system_check import Computer

    facts = {
        "missing": {"torch": ["segment", "stage"], "monai": ["segment"]}, "ready": ["extract"], "cores": 8,
        "memory_gib": (16.0, 9.5), "disk_gib": 40.0, "gpus": [("RTX 4000", 8.0, 7.5)], "packages_folder": "/packages",
    }  # fmt: skip
    return Computer(**{**facts, **changed})


def checked(widget, found=None):
    from ONFHAssistLib.ui import system_check as preflight

    widget.computer._inspect = (lambda: found) if found is not None else preflight.inspect_computer
    widget.ui.checkButton.click()
    wait_for(lambda: not widget.computer.checking)
    return widget.ui.computerLabel.text


def test_the_check_says_what_is_missing_from_where_and_how_large(home):
    widget = home(Worker())
    said = checked(widget, computer())
    assert "about 775 MB on the disk (/packages)" in said
    assert re.search(r"torch.*760 MB.*download\.pytorch\.org", said)
    assert re.search(r"monai.*15 MB.*pypi\.org", said)
    assert "these do not work: find and outline, stage with heatmap." in said
    assert "<b>Ready</b>: radiomics features." in said
    assert "GPU RTX 4000, 7.5 of 8.0 GB free" in said
    assert "9.5 of 16.0 GB memory free" in said
    assert "survival of the published clinical model" in said
    assert widget.ui.installButton.enabled
    assert "too little room" in checked(widget, computer(disk_gib=0.5))
    assert not widget.ui.installButton.enabled


def test_the_check_of_this_computer_is_true(home):
    import os
    import shutil

    from ONFHAssistLib.ui.packages import STEP_PACKAGES, missing_packages

    widget = home(Worker())
    said = checked(widget)
    found = widget.computer.found
    assert f"{os.cpu_count()} cores" in said
    assert found.disk_gib == pytest.approx(shutil.disk_usage(found.packages_folder).free / 2**30, rel=0.2)
    assert 0 < found.memory_gib[1] <= found.memory_gib[0]
    assert set(found.ready) == {step for step in STEP_PACKAGES if not missing_packages(step)}
    assert widget.ui.installButton.enabled == bool(found.missing)


def test_nothing_is_installed_without_consent(home):
    import headless

    widget = home(Worker())
    checked(widget, computer())
    widget.ui.installButton.click()  # under testing the question is answered with no
    assert widget.ui.statusLabel.text == "Nothing was installed."
    assert not headless.installations.ensured


def test_with_consent_slicer_s_own_way_is_taken_and_what_is_still_missing_is_told(home, monkeypatch):
    import headless
    import slicer

    from ONFHAssistLib.ui import packages

    monkeypatch.setitem(packages.STEP_PACKAGES, "extract", {"psutil": "a_module_that_is_nowhere"})
    asked = []
    monkeypatch.setattr(slicer.packaging, "pip_ensure", lambda lines, **_more: asked.append(lines))
    widget = home(Worker())
    checked(widget, computer(missing={"psutil": ["extract"]}))
    widget.computer.install(consent=True)
    wait_for(lambda: not widget.computer.checking)
    assert asked == [["psutil>=5.9"]]
    assert "psutil could not be installed; is this computer offline?" in widget.ui.statusLabel.text
    assert headless.logged("error")


# saved and opened again -----------------------------------------------------------------------------------


def test_a_saved_case_comes_back_with_the_same_numbers_and_every_panel_as_it_was(home, panel, tmp_path):
    import slicer

    widget = home(Worker())
    press(widget, widget.ui.runAllButton)
    others = {name: panel(name) for name in NAMES[1:]}
    for name, other in others.items():
        if name != "ONFHSurvival":
            other.parameters.segmentation = widget.parameters.segmentation
    others["ONFHSurvival"].ui.angleSlider.value = 231.0
    others["ONFHSegment"].ui.twiceCheckBox.checked = True
    glance = widget.ui.glanceLabel.text
    looks = {n.GetName(): look_of(n) for n in shown_nodes()}
    assert len(looks) > 5
    mrb = tmp_path / "case.mrb"
    assert slicer.util.saveScene(str(mrb))
    slicer.mrmlScene.Clear(0)
    slicer.app.processEvents()
    assert "Load a hip MRI" in widget.ui.glanceLabel.text
    assert slicer.util.loadScene(str(mrb))
    slicer.app.processEvents()
    assert widget.ui.glanceLabel.text == glance
    assert "outdated" not in glance
    assert {n.GetName(): look_of(n) for n in shown_nodes()} == looks
    for name in NAMES:
        opened = getattr(slicer.modules, f"{name}Widget")
        assert opened.parameters.volume.GetName() == "Hip MRI"
        if name != "ONFHSurvival":
            assert opened.parameters.segmentation.GetName() == "Hip MRI ONFH"
    assert others["ONFHSurvival"].ui.angleSlider.value == 231.0
    assert others["ONFHSegment"].ui.twiceCheckBox.checked
    assert widget.ui.redoPredictButton.enabled
    follow(widget, "stage:R")
    assert widget.ui.statusLabel.text == ""


def shown_nodes():
    import slicer

    kinds = ("vtkMRMLScalarVolumeNode", "vtkMRMLSegmentationNode", "vtkMRMLMarkupsAngleNode")
    return [n for kind in kinds for n in slicer.util.getNodesByClass(kind) if n.GetDisplayNode() is not None]


def look_of(node):
    """Colours, window, threshold and opacities: what the reader sees."""
    display = node.GetDisplayNode()
    look = [display.GetVisibility(), round(display.GetOpacity(), 6)]
    if node.IsA("vtkMRMLScalarVolumeNode"):
        look += [display.GetColorNodeID(), display.GetApplyThreshold()]
        look += [round(v, 4) for v in (display.GetLowerThreshold(), display.GetWindow(), display.GetLevel())]
    if node.IsA("vtkMRMLSegmentationNode"):
        segments = node.GetSegmentation()
        look += [display.GetVisibility2DFill(), round(display.GetOpacity3D(), 4)]
        look += [
            tuple(round(c, 4) for c in segments.GetSegment(i).GetColor()) for i in segments.GetSegmentIDs()
        ]
    return look
