"""A panel lives as long as the application: after a patient's scene was closed it is as it was before him."""

import pytest
from support.run_all_worker import Later, Worker, pelvis
from support.waiting import press

MODULES = ["ONFHAssist", "ONFHSegment", "ONFHExtract", "ONFHPredict", "ONFHSurvival"]
LEFT = ["ONFHSegment", "ONFHPredict"]  # before the scene is closed; the others are open
DEFERRED_DELETE = 52  # Qt's number of the event
FORMER = "of the former patient"
# What belongs to the user and the computer, not to a patient: models, cohorts, how a map is made.
PLAN = {
    "planParametersSpin",
    "planAreaSpin",
    "planShareSpin",
    "planHipsSpin",
    "planLabel",
    "comparatorsCheckBox",
}  # a cohort's
KEPT = {
    "ONFHAssist": {"ownModelsEdit", "ownModelsLabel", "computerLabel"},
    "ONFHExtract": {"radiusSpinBox"},
    "ONFHPredict": {
        "developCohortEdit", "developOutcomeCombo", "developPatientCombo", "developScannerCombo", "developGroupsCombo",
        "developProtocolCombo", "developClassifiersCombo", "developBootstrapsSpin", "developComponentsSpin",
        "developOutEdit", "developButton", "developStatusLabel", "bundleLabel", "stageBannerLabel", *PLAN,
    },
    "ONFHSurvival": {
        "cohortEdit", "patientCombo", "timeCombo", "eventCombo", "unitCombo", "reportEdit", "developButton",
        "developStatusLabel", "followUpLabel", *PLAN,
    },
}  # fmt: skip


@pytest.fixture
def fresh_panel(modules, scene):
    """``fresh_panel(name)``: a panel that no other test has used."""
    import slicer

    made = []

    def make(name):
        getattr(modules, name.lower()).widgetRepresentation()
        shared = getattr(modules, f"{name}Widget")
        qt_side = getattr(modules, name.lower()).createNewWidgetRepresentation()
        setattr(slicer.modules, f"{name}Widget", shared)
        made.append(qt_side)
        qt_side.self().enter()
        return qt_side.self()

    yield make
    for qt_side in made:
        qt_side.self().exit()
        qt_side.self().cleanup()
        qt_side.deleteLater()
        slicer.app.sendPostedEvents(qt_side, DEFERRED_DELETE)  # now: other tests count what lives


def state(ui):
    """What a user sees in every widget of a panel."""
    names = (
        "text",
        "checked",
        "value",
        "currentPath",
        "currentText",
        "count",
        "toolTip",
        "enabled",
        "collapsed",
    )
    seen = {}
    for name, widget in vars(ui).items():
        if name.startswith("qt_"):  # a part of Qt's own
            continue
        facts = {
            p: getattr(widget, p) for p in names if hasattr(widget, p) and not callable(getattr(widget, p))
        }
        facts["hidden"] = widget.isHidden() if hasattr(widget, "isHidden") else None
        for method in ("currentNode", "mrmlTableNode", "segmentationNode", "sourceVolumeNode"):
            if hasattr(widget, method):
                facts[method] = getattr(widget, method)()
        if hasattr(widget, "toPlainText"):
            facts["text"] = widget.toPlainText()
        seen[name] = facts
    return seen


def use(ui):
    """Change whatever a user can change, and fill the labels that were empty."""
    for name, widget in vars(ui).items():
        if hasattr(widget, "currentPath"):
            if name != "ownModelsEdit":
                widget.currentPath = f"/{FORMER}"
        elif hasattr(widget, "singleStep"):
            widget.value += widget.singleStep
        else:
            use_qt(name, widget)


def use_qt(name, widget):
    import qt

    if isinstance(widget, qt.QLabel) and widget.text == "":
        widget.text = FORMER
        if name in ("notesLabel", "warningsLabel", "stageFlagLabel"):
            widget.visible = True
        if name.endswith("nswerLabel"):  # the model's statement
            widget.toolTip = FORMER
    elif isinstance(widget, qt.QLineEdit) and not name.startswith("qt_"):
        widget.text = FORMER
    elif isinstance(widget, qt.QCheckBox) and widget.enabled:
        widget.checked = not widget.checked
    elif isinstance(widget, qt.QComboBox) and widget.count:
        widget.currentIndex = widget.count - 1


@pytest.mark.parametrize("name", MODULES)
def test_a_panel_is_as_it_was_before_the_patient(home, fresh_panel, scene, name):
    import headless
    import slicer

    widget = fresh_panel(name)
    slicer.app.processEvents()
    widget.fit.look()  # as its timer does
    before = state(widget.ui)
    first = home(Worker(warnings=["A warning."]))
    press(first, first.ui.runAllButton)
    widget.enter()
    use(widget.ui)
    during = state(widget.ui)
    if name in LEFT:
        widget.exit()
    slicer.mrmlScene.Clear(0)
    slicer.app.processEvents()
    widget.enter()
    widget.fit.look()
    after = state(widget.ui)
    assert not headless.logged("exception")
    assert sum(during[key] != before[key] for key in before) > 5, "the patient should show in the panel"
    left = [
        f"{key}.{fact}: {was!r}, now {after[key][fact]!r}"
        for key in before
        if key not in KEPT.get(name, set())
        for fact, was in before[key].items()
        if after[key][fact] != was
    ]
    assert left == []


def jobs_of(widgets):
    """The job and its button for each thing that a panel asks of the worker for one patient."""
    extract, predict, segment = (widgets[f"ONFH{n}"] for n in ("Extract", "Predict", "Segment"))
    return {
        "features": (extract.job, extract.ui.applyButton),
        "probability": (predict.job, predict.ui.applyButton),
        "stage": (predict.staging.job, predict.ui.stageButton),
        "outlines": (segment.find.job, segment.ui.findButton),
        "measurements": (segment.measurements.job, segment.ui.measureButton),
    }


@pytest.fixture
def outlined(scene):
    from ONFHAssistLib.scene.segmentations import segmentation_from_labels
    from ONFHAssistLib.scene.volumes import volume_from_image

    image, labels = pelvis("RL")
    volume = volume_from_image(image, "Hip MRI")
    segmentation_from_labels(labels, volume, "a reader", {})


@pytest.mark.parametrize("moment", ["in the worker", "on its way into the scene"])
@pytest.mark.parametrize("which", ["features", "probability", "stage", "outlines", "measurements"])
def test_a_job_ends_with_the_scene_of_its_patient(
    panel, outlined, scene, monkeypatch, tmp_path, which, moment
):
    import headless
    import slicer

    widgets = {f"ONFH{name}": panel(f"ONFH{name}") for name in ("Segment", "Extract", "Predict")}
    job, button = jobs_of(widgets)[which]
    worker = Later(tmp_path)
    monkeypatch.setattr(job, "_runner", worker)
    button.click()
    assert job.running
    assert button.text == "Cancel"
    if moment == "on its way into the scene":
        worker.held.on_result(worker.answer)
        next(job._steps._steps)
    scene.Clear(0)
    slicer.app.processEvents()
    assert not job.running
    assert button.text != "Cancel"
    assert not headless.logged("error") and not headless.logged("exception")
    assert not slicer.util.getNodesByClass("vtkMRMLTableNode")
    assert not slicer.util.getNodesByClass("vtkMRMLSegmentationNode")
