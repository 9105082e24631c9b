"""What a walk needs of Slicer: time for events, sizes, pictures, cut texts, strokes of the mouse, and its record."""

import re
import sys
import time
import traceback
from dataclasses import dataclass, field

import slicer

SMALL, LARGE = (1280, 720), (1600, 1000)
MODULES = ("ONFHAssist", "ONFHSegment", "ONFHExtract", "ONFHPredict", "ONFHSurvival", "ONFHCohort")
LONGEST_S = 1500.0
# Texts that Qt draws in one line, and must have the room for.
_ONE_LINE = ("QPushButton", "QCheckBox", "QToolButton")
_MARGIN = 4


class NotHereError(Exception):
    """A station that this Slicer cannot show, for a reason that is said."""


@dataclass
class Station:
    """What became of one station."""

    name: str
    asked: str
    verdict: str = "held"
    seconds: float = 0.0
    notes: list = field(default_factory=list)
    pictures: list = field(default_factory=list)


class Walk:
    """The walker: opens panels, presses buttons, looks, and writes down.

    Args:
        folder: where pictures and ``walk.md`` go.
    """

    def __init__(self, folder):
        self.folder = folder
        self.station = Station("", "")
        self.done = []
        folder.mkdir(parents=True, exist_ok=True)

    # The record

    def through(self, stations, chosen=()):
        """Walk the stations in order, each in an empty scene; the number of those that failed."""
        for action in stations:
            if chosen and action.__name__ not in chosen:
                continue
            self.station = Station(action.__name__, " ".join((action.__doc__ or "").split()))
            self._visit(action)
            self.done.append(self.station)
            self._write()
            print(f"{self.station.verdict}: {self.station.name} ({self.station.seconds:.0f} s)", flush=True)
        return sum(one.verdict == "failed" for one in self.done)

    def _visit(self, action):
        began = time.monotonic()
        try:
            self.size(LARGE)
            slicer.mrmlScene.Clear(0)
            slicer.app.layoutManager().setLayout(slicer.vtkMRMLLayoutNode.SlicerLayoutFourUpView)
            self.events(0.3)
            action(self)
        except NotHereError as why:
            self.station.verdict = "not here"
            self.note(str(why))
        except Exception as error:  # noqa: BLE001 - the next station is walked all the same
            self.station.verdict = "failed"
            self.note(f"{type(error).__name__}: {error}")
            traceback.print_exc()
            self.picture("failed")
            self.at_rest()
        self.station.seconds = time.monotonic() - began

    def note(self, text):
        """A line for the record."""
        print(f"  {text}", flush=True)
        self.station.notes.append(text)

    def _write(self):
        language = slicer.app.userSettings().value("language")
        lines = [
            f"# Walk in 3D Slicer {slicer.app.applicationVersion}",
            "",
            f"Python {sys.version.split()[0]}, {sys.platform}, language {language or 'en'}.",
            "",
            "| station | what is asked | verdict | seconds | seen |",
            "| --- | --- | --- | --- | --- |",
        ]
        for one in self.done:
            seen = "; ".join([*one.notes, *(f"[{name}]({name})" for name in one.pictures)])
            cells = (
                one.name,
                one.asked,
                one.verdict,
                f"{one.seconds:.0f}",
                seen.replace("|", "/").replace("\n", " "),
            )
            lines.append("| " + " | ".join(cells) + " |")
        (self.folder / "walk.md").write_text("\n".join(lines) + "\n", encoding="utf-8")

    # The application

    def events(self, seconds):
        """Let the application do its work for a while."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            slicer.app.processEvents()
            time.sleep(0.01)

    def until(self, holds, what, longest=LONGEST_S):
        """Let the application work until ``holds()``; AssertionError with ``what`` after ``longest`` seconds."""
        end = time.monotonic() + longest
        while not holds():
            assert time.monotonic() < end, f"waited {longest:.0f} s for {what}"
            self.events(0.05)

    def size(self, pixels):
        """The main window in this size."""
        window = slicer.util.mainWindow()
        window.showNormal()
        window.resize(*pixels)
        self.events(0.3)

    def open(self, module):
        """Open a module as its name in the module selector does; its Python widget, None where it is written in C++."""
        slicer.util.selectModule(module)
        self.events(0.5)
        return getattr(slicer.modules, f"{module}Widget", None)

    def picture(self, name):
        """The main window as a PNG, as wide as it is."""
        self.events(0.3)
        slicer.util.forceRenderAllViews()
        self.events(0.3)
        file = f"{len(self.done):02d}-{self.station.name}-{name}.png"
        assert slicer.util.mainWindow().grab().save(str(self.folder / file), "PNG"), f"{file} was not written"
        self.station.pictures.append(file)

    # What is seen

    def cut_texts(self, panel):
        """Visible texts of a panel that lack room, each with the pixels that it lacks."""
        cut = []
        for kind in (*_ONE_LINE, "QLabel"):
            for widget in slicer.util.findChildren(panel.parent, className=kind):
                if not widget.visible or not widget.text:
                    continue
                if kind == "QLabel" and (widget.wordWrap or "<" in widget.text):
                    lacks = widget.heightForWidth(widget.width) - widget.height if widget.wordWrap else 0
                else:
                    lacks = widget.sizeHint.width() - widget.width - _MARGIN
                if lacks > 0:
                    cut.append(f"{widget.objectName or kind} lacks {lacks} px: {plain(widget.text)[:40]}")
        return cut

    def bring(self, widget):
        """Scroll the module panel until a part of it is seen, from its beginning where it is higher than the panel."""
        around = widget
        while around is not None and around.className() != "QScrollArea":
            around = around.parentWidget()
        if around is not None:
            around.ensureWidgetVisible(widget, 0, 0)
            self.events(0.3)

    def in_view(self, widget):
        """Whether a widget is seen as a whole without scrolling."""
        region = widget.visibleRegion().boundingRect()
        return region.width() >= widget.width - _MARGIN and region.height() >= widget.height - _MARGIN

    # What a person does

    def stroke(self, view, points):
        """Drag the left mouse button over a slice view, by points in its pixels, as Qt's events reach VTK."""
        interactor = slicer.app.layoutManager().sliceWidget(view).sliceView().interactor()
        for number, (x, y) in enumerate(points):
            interactor.SetEventInformation(int(x), int(y))
            if number == 0:
                interactor.InvokeEvent("EnterEvent")
                interactor.InvokeEvent("MouseMoveEvent")
                interactor.InvokeEvent("LeftButtonPressEvent")
            interactor.InvokeEvent("MouseMoveEvent")
            self.events(0.02)
        interactor.InvokeEvent("LeftButtonReleaseEvent")
        self.events(0.3)

    def emit(self, signal, *arguments):
        """What a click does where no button is: PythonQt emits a signal by calling it, other bindings by ``emit``."""
        getattr(signal, "emit", signal)(*arguments)
        self.events(0.3)

    def at_rest(self):
        """End what still runs, so that the next station begins clean."""
        home = getattr(slicer.modules, "ONFHAssistWidget", None)
        if home is not None and home.run is not None and home.run.running:
            home.run.cancel()
        for module in MODULES:
            for part in getattr(getattr(slicer.modules, f"{module}Widget", None), "case_parts", ()):
                job = getattr(part, "job", None)
                if job is not None and job.running:
                    job.cancel()
        self.events(0.5)


def plain(text):
    """A label's text without its markup, in one line."""
    return " ".join(re.sub(r"<[^>]*>", " ", text).split())


def scene_names():
    """Names of all nodes that a user can see, sorted; what stays the same where a run leaves the scene as it was."""
    nodes = slicer.util.getNodesByClass("vtkMRMLNode")
    return sorted(
        f"{n.GetClassName()} {n.GetName()}"
        for n in nodes
        if not n.GetHideFromEditors() and not n.GetSingletonTag()
    )
