"""What a panel forgets with its patient is written down: each module lists its parts, and no part is left out."""

import importlib
import inspect
import pkgutil

import pytest

MODULES = ("ONFHAssist", "ONFHSegment", "ONFHExtract", "ONFHPredict", "ONFHSurvival", "ONFHCohort")
# A development belongs to a cohort and goes on when a scene is closed.
NOT_OF_A_PATIENT = {("ONFHSurvival", "development")}


@pytest.fixture
def widgets(panel):
    return {name: panel(name) for name in MODULES}


def classes_that_forget():
    """Every class of the panels, and of the scene's helpers that panels keep, that keeps something of a patient."""
    import ONFHAssistLib.ui.dicom
    import ONFHAssistLib.ui.panels
    from ONFHAssistLib.scene import outdated
    from ONFHAssistLib.ui import run

    packages = (ONFHAssistLib.ui.panels, ONFHAssistLib.ui.dicom)
    names = [i.name for one in packages for i in pkgutil.walk_packages(one.__path__, f"{one.__name__}.")]
    found = set()
    for module in [*(importlib.import_module(name) for name in names), outdated, run]:
        for _name, kind in inspect.getmembers(module, inspect.isclass):
            if kind.__module__ == module.__name__ and hasattr(kind, "forget_case"):
                found.add(kind)
    return found


def test_every_class_that_forgets_is_registered(widgets):
    from ONFHAssistLib.ui.panels.examination.home import HomeRun

    parts = [part for widget in widgets.values() for part in widget.case_parts]
    home = next(part for part in parts if isinstance(part, HomeRun))
    parts += [
        part for part in vars(home).values() if hasattr(part, "forget_case")
    ]  # its own, for which it asks
    assert {type(part) for part in parts} == classes_that_forget()
    assert len({type(part) for part in parts}) > 10


def test_every_part_of_a_module_that_forgets_is_in_its_list(widgets):
    from ONFHAssistLib.ui.protocols import CasePart

    for name, widget in widgets.items():
        listed = {id(part) for part in widget.case_parts}
        held = {key: part for key, part in vars(widget).items() if isinstance(part, CasePart)}
        assert [key for key, part in held.items() if id(part) not in listed] == [], name
        assert all(isinstance(part, CasePart) for part in widget.case_parts)
        assert len(listed) == len(widget.case_parts) > 1, name


def test_every_part_that_asks_the_worker_forgets(widgets):
    from ONFHAssistLib.ui.protocols import CasePart
    from ONFHAssistLib.ui.run import PanelJob

    asking = {
        (name, key): part
        for name, widget in widgets.items()
        for key, part in vars(widget).items()
        if any(isinstance(value, PanelJob) for value in getattr(part, "__dict__", {}).values())
    }
    assert len(asking) > 5
    silent = {where for where, part in asking.items() if not isinstance(part, CasePart)}
    assert silent == NOT_OF_A_PATIENT


def test_closing_the_scene_tells_each_part_once(widgets, scene, monkeypatch):
    told = []
    for name, widget in widgets.items():
        for part in widget.case_parts:
            forget = type(part).forget_case

            def note(self, forget=forget, name=name):
                told.append((name, type(self).__name__))
                forget(self)

            monkeypatch.setattr(part, "forget_case", note.__get__(part), raising=False)
    scene.Clear(0)
    expected = [(n, type(part).__name__) for n, widget in widgets.items() for part in widget.case_parts]
    assert sorted(told) == sorted(expected)


WIDGETS = {
    "ONFHAssist": ["ComputerWidgets"],
    "ONFHSegment": [
        "FindWidgets",
        "MeasureWidgets",
        "ReaderWidgets",
        "RadiographWidgets",
        "DrillWidgets",
        "CourseWidgets",
    ],
    "ONFHExtract": ["BrowserWidgets", "RobustnessWidgets", "SlicerRadiomicsWidgets"],
    "ONFHPredict": ["SequenceWidgets", "StageWidgets", "ProbabilityHipsWidgets", "DlrDevelopWidgets"],
    "ONFHSurvival": [
        "SignatureWidgets",
        "NomogramWidgets",
        "OtherHipsWidgets",
        "SampleSizeWidgets",
        "SurvivalDevelopWidgets",
    ],
}


def test_the_ui_files_hold_every_widget_that_the_parts_state(widgets):
    from ONFHAssistLib.ui import protocols

    stated = {name for name in vars(protocols) if name.endswith("Widgets")}
    assert {name for names in WIDGETS.values() for name in names} == stated
    for module, names in WIDGETS.items():
        for name in names:
            wanted = getattr(protocols, name).__annotations__
            assert [widget for widget in wanted if not hasattr(widgets[module].ui, widget)] == [], name
