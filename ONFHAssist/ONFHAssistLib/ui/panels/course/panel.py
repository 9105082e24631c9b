"""*Follow-up* in ONFHSegment: examinations of the scene and of folders, compared over time by the worker."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import qt
from slicer.i18n import tr as _

from ....core.errors import InputError
from ....core.language import sentence
from ...run import PanelJob, report_failure, run_check
from ...temporary_folders import temporary_folder

if TYPE_CHECKING:
    import tempfile

    from ....scene.course.exams import SceneExam
    from ....scene.transaction import Steps
    from ...protocols import CourseWidgets, ModulePanel

TASK = "follow_up"
_NAME_WIDTH, _ROW, _ROWS_SHOWN = 250, 24, 4  # pixels, pixels; rows before the table scrolls


class CoursePanel:
    """Lists what can be compared, asks the worker, shows table, chart and the coloured joint surface.

    Args:
        ui: widgets ``courseGroup``, ``courseTable``, ``courseFolderEdit``, ``courseAddButton``, ``courseDropButton``,
            ``courseSinceEdit``, ``courseButton``, ``coursePageButton``, ``courseProgressBar``, ``courseStatusLabel``,
            ``courseView``.
        panel: the module's widget.
    """

    def __init__(self, ui: CourseWidgets, panel: ModulePanel) -> None:
        self._ui, self._panel = ui, panel
        self._exams: list[SceneExam] = []
        self._folders: list[str] = []
        self._left_out: set[str] = set()  # nodes that their user does not want compared
        self._days: dict[str, str] = {}  # node or folder to the date that its user wrote
        self._kept: tempfile.TemporaryDirectory | None = None
        self._page = ""
        table = ui.courseTable
        table.setColumnCount(2)
        table.setHorizontalHeaderLabels([_("examination"), _("date")])
        table.setColumnWidth(0, _NAME_WIDTH)
        table.horizontalHeader().setStretchLastSection(True)
        table.verticalHeader().hide()
        self.job = PanelJob(ui.courseButton, ui.courseProgressBar, ui.courseStatusLabel)
        ui.courseGroup.connect("contentsCollapsed(bool)", self.on_collapsed)
        ui.courseAddButton.connect("clicked()", self.on_add)
        ui.courseDropButton.connect("clicked()", self.on_drop)
        ui.courseButton.connect("clicked()", self.on_compare)
        ui.coursePageButton.connect("clicked()", self.on_page)
        self._fill()

    @property
    def statusLabel(self) -> Any:
        """Where a step says what it does."""
        return self._ui.courseStatusLabel

    def on_collapsed(self, _collapsed: bool) -> None:
        """What the scene holds is looked up when the part is opened."""
        self._ui.courseProgressBar.visible = self.job.running
        self.update(False)

    def update(self, _is_radiograph: bool) -> None:
        """Follow the scene, while the part is open."""
        from ....scene.course.exams import scene_examinations

        if self._ui.courseGroup.collapsed or self.job.running:
            return
        self._read_days()
        self._exams = [one for one in scene_examinations() if one.volume.GetID() not in self._left_out]
        self._fill()

    def forget_case(self) -> None:
        """The patient's scene is closed: what was compared of him goes."""
        self.job.cancel()
        self._exams, self._folders, self._page = [], [], ""
        self._left_out.clear()
        self._days.clear()
        if self._kept is not None:
            self._kept.cleanup()
            self._kept = None
        ui = self._ui
        ui.courseFolderEdit.currentPath = ui.courseSinceEdit.text = ""
        ui.courseView.setMRMLTableNode(None)
        self._fill()

    # the list -----------------------------------------------------------------------------------------------

    def _keys(self) -> list[str]:
        return [*(one.volume.GetID() for one in self._exams), *self._folders]

    def _read_days(self) -> None:
        """Keep the dates that stand in the table."""
        table = self._ui.courseTable
        for row, key in enumerate(self._keys()):
            item = table.item(row, 1)
            if item is not None:
                self._days[key] = str(item.text()).strip()

    def _fill(self) -> None:
        names = [one.name for one in self._exams] + _told_apart(self._folders)
        stated = [one.day for one in self._exams] + [""] * len(self._folders)
        table = self._ui.courseTable
        table.setRowCount(len(names))
        for row, (key, name, day) in enumerate(zip(self._keys(), names, stated, strict=True)):
            item = qt.QTableWidgetItem(name)
            item.setFlags(qt.Qt.ItemIsSelectable | qt.Qt.ItemIsEnabled)
            table.setItem(row, 0, item)
            item = qt.QTableWidgetItem(self._days.get(key) or day)
            in_folder = key in self._folders
            item.setToolTip(
                _("Empty: the date of the headers.")
                if in_folder
                else _("As 2024-05-31; a double click changes it.")
            )
            table.setItem(row, 1, item)
        table.resizeRowsToContents()
        heights = [table.rowHeight(row) for row in range(len(names))] or [_ROW]
        shown = sum(heights[:_ROWS_SHOWN]) if len(heights) > 1 else 2 * heights[0]
        table.minimumHeight = table.maximumHeight = table.horizontalHeader().height + shown + 4
        self._enable()

    def _enable(self) -> None:
        ui, count = self._ui, len(self._keys())
        ui.courseButton.enabled = count > 1 or self.job.running
        ui.courseButton.toolTip = (
            _("Align every examination on the first one, hip by hip, and compare. For research only.")
            if count > 1
            else _("Outline the hips on two images of two dates, or add folders of examinations.")
        )
        ui.courseDropButton.enabled = count > 0
        ui.coursePageButton.enabled = bool(self._page)

    def on_add(self) -> None:
        """Add the folder of an examination."""
        from ....followup.study import require_folder

        folder = str(self._ui.courseFolderEdit.currentPath)
        try:
            require_folder(Path(folder))
        except InputError as error:
            report_failure(self, error)
            return
        if folder not in self._folders:
            self._read_days()
            self._folders.append(folder)
            self._fill()

    def on_drop(self) -> None:
        """Leave the chosen examination out."""
        row, keys = self._ui.courseTable.currentRow(), self._keys()
        if not 0 <= row < len(keys):
            self._ui.courseStatusLabel.text = _("Choose the examination in the list that is to be left out.")
            return
        self._read_days()
        if keys[row] in self._folders:
            self._folders.remove(keys[row])
        else:
            self._left_out.add(keys[row])
            self._exams = [one for one in self._exams if one.volume.GetID() != keys[row]]
        self._fill()

    # the comparison -----------------------------------------------------------------------------------------

    def on_compare(self) -> None:
        """Compare, or cancel the comparison that is under way."""
        if not self.job.running:
            self._read_days()
            if not run_check(self, _("Checking packages ..."), self._check):
                return
        exams = list(self._exams)
        first = self._first_volume()
        self.job.toggle(
            _("Comparing examinations ..."),
            TASK,
            self._request,
            lambda answer: self._show(first, answer),
            nodes=[node for one in exams for node in (one.volume, one.segmentation)],
        )
        self._enable()

    def _check(self, _progress: Any) -> str:
        """Dates, patients and packages, before anything is copied."""
        from ....followup.dates import as_day
        from ....scene.course.exams import require_same_patient
        from ...packages import ensure_packages

        for one in self._exams:
            if not self._days.get(one.volume.GetID()):
                raise InputError(
                    _("'{name}' needs its date, as 2024-05-31; write it into the list.").format(name=one.name)
                )
        for text in (*self._days.values(), str(self._ui.courseSinceEdit.text).strip()):
            if text:
                as_day(text)
        require_same_patient(self._exams)
        ensure_packages("segment")
        ensure_packages("deep")
        return ""

    def _first_volume(self) -> Any:
        """The image in whose frame the answer is; None where a folder may hold the first date."""
        if self._folders or not self._exams:
            return None
        return min(self._exams, key=lambda one: self._days.get(one.volume.GetID(), "")).volume

    def _request(self, folder: Path) -> Mapping[str, Any]:
        from ....scene.course.exams import exam_argument

        kept, self._kept = self._kept, temporary_folder("run")
        if kept is not None:
            kept.cleanup()
        self._page = ""
        exams = [exam_argument(one, self._days[one.volume.GetID()], folder) for one in self._exams]
        exams += [
            {"folder": one, "name": name, "day": self._days.get(one, "")}
            for one, name in zip(self._folders, _told_apart(self._folders), strict=True)
        ]
        since = str(self._ui.courseSinceEdit.text).strip()
        return {"exams": exams, "out": self._kept.name, "patient": "", "since": since}

    def _show(self, volume: Any, answer: Mapping[str, Any]) -> Steps[str]:
        from ....followup.result import FollowUp
        from ....scene.course.results import follow_up_in_steps, show_course

        result = FollowUp.from_json(answer["result"])
        nodes = yield from follow_up_in_steps(volume, result)
        self._ui.courseView.setMRMLTableNode(nodes["table"])
        self._page = answer["page"]
        self._enable()
        show_course(nodes["chart"], nodes["models"])
        yield
        told = [
            _("Compared; the joint surface is coloured in 3D: red where it sank.")
            if nodes["models"]
            else _("Compared; whether a joint surface sank could not be read.")
        ]
        told += [sentence(one) for one in result.warnings]
        return " ".join(told)

    def on_page(self) -> None:
        """Open the page of the course."""
        qt.QDesktopServices.openUrl(qt.QUrl.fromLocalFile(self._page))


def _told_apart(folders: list[str]) -> list[str]:
    """Names of folders, each with as many of those around it as it takes that no two are alike."""
    paths = [Path(one) for one in folders]
    for count in range(1, max((len(path.parts) for path in paths), default=1) + 1):
        names = ["/".join(path.parts[-count:]) for path in paths]
        if len(set(names)) == len(names):
            return names
    return folders
