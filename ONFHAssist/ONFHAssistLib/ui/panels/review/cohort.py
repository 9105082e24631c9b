"""The Cohort panel: open a folder, look at each hip, confirm or reject it; what was corrected is computed anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from slicer.i18n import tr as _

from ....core.errors import InputError
from ....core.language import sentence
from ...jobs import Job, JobRunner
from ...run import PanelJob, report_failure, run_check
from .corrected import CorrectedTable
from .hips_table import HipsTable, decision_text
from .loading import LoadedHip

if TYPE_CHECKING:
    from ....cohort.review.decisions import Judgement
    from ....cohort.review.folder import Hip, ReviewFolder
    from ....cohort.review.state import ReviewState
    from ....cohort.review.worklist import Worklist, WorklistHip

WORKLIST, RECOMPUTE = "cohort_worklist", "recompute_case"


class CohortPanel:
    """All of the panel.

    Args:
        ui: its widgets, by the names of the .ui file.
        reader: gives the reader's name. show: told image and outlines of the hip, for the editor and the other panels.
        runner: whose worker to use.

    Attributes:
        hip: the case of the hip that is looked at. table: of all hips. corrected: table of what is corrected most.
    """

    def __init__(
        self,
        ui: Any,
        reader: Callable[[], str],
        show: Callable[[Any, Any], None],
        runner: JobRunner | None = None,
    ) -> None:
        self._ui, self._reader, self._show = ui, reader, show
        self._runner = runner or JobRunner.shared()
        self._folder: ReviewFolder | None = None
        self._state: ReviewState | None = None
        self._found: Worklist | None = None
        self._judged: Mapping[str, Mapping[Hip, Judgement]] = {}
        # Reader and hip of the last decision, and the hip that is shown since.
        self._left: tuple[str, Hip, Hip] | None = None
        self._waiting: list[str] = []  # cases that are computed anew
        self.job = PanelJob(ui.openButton, ui.progressBar, ui.statusLabel, self._runner)
        self.table = HipsTable(ui.hipsTable, ui.filterCombo, self.on_choose)
        self.hip = LoadedHip(ui, self._on_shown)
        self.corrected = CorrectedTable(ui)
        ui.openButton.connect("clicked()", self.on_open)
        ui.folderEdit.connect("currentPathChanged(QString)", lambda _path: self.update())
        ui.nextButton.connect("clicked()", lambda: self.on_step(1))
        ui.previousButton.connect("clicked()", lambda: self.on_step(-1))
        ui.confirmButton.connect("clicked()", self.on_confirm)
        ui.rejectButton.connect("clicked()", self.on_reject)
        ui.undoButton.connect("clicked()", self.on_undo)
        ui.putBackButton.connect("clicked()", self.on_put_back)

    # opening ------------------------------------------------------------------------------------------------

    def on_open(self) -> None:
        """Open the folder, or cancel the look at its cases."""
        if not self.job.running and (
            self._keeps() or not run_check(self._ui, _("Checking packages ..."), self._check)
        ):
            return
        path = self._ui.folderEdit.currentPath.strip()
        self.job.toggle(
            _("Looking at the cases ..."),
            WORKLIST,
            lambda _folder: {"folder": path},
            lambda answer: self._opened(path, answer),
        )

    @staticmethod
    def _check(_progress: Any) -> str:
        from ...packages import ensure_packages

        ensure_packages("review")
        return ""

    def _opened(self, path: str, answer: Mapping[str, Any]) -> str:
        from ....cohort.review.folder import open_folder
        from ....cohort.review.state import ReviewState
        from ....cohort.review.worklist import Worklist, WorklistHip
        from ....core.serial import from_json_value

        if self._keeps():  # changed while the cases were looked at
            return str(self._ui.statusLabel.text)
        hips = tuple(from_json_value(WorklistHip, hip, "The worklist") for hip in answer["hips"])
        self.hip.drop()
        self._left = None
        self._folder, self._state = open_folder(Path(path)), ReviewState(path)
        self._found = Worklist(hips, dict(answer["failures"]))
        self._show_decisions()
        text = _("{hips} hips of {cases} cases.").format(
            hips=len(hips), cases=len({hip.case for hip in hips})
        )
        if self._found.failures:
            text += _(" {count} cases have no outlines.").format(count=len(self._found.failures))
        return text

    def refresh(self) -> bool:
        """Read the decisions, of others too, and show them; whether they could be read."""
        try:
            self._show_decisions()
        except (InputError, OSError) as error:
            report_failure(self._ui, error)
            self.update()
            return False
        return True

    def _show_decisions(self) -> None:
        from ....cohort.review.summary import judgements, visible

        if self._state is None or self._found is None:
            self.update()
            return
        reader = self._reader().strip()
        self._judged = judgements(self._state, self._found)
        seen = visible(self._judged, reader, self._state.blind, list(self._found.outlines))
        others = {name: its for name, its in seen.items() if name != reader}
        self.table.show(self._found.hips, self._mine(), others)
        self.corrected.show(self._state, seen, self._found.hips)
        self.update()

    def _mine(self) -> Mapping[Hip, Judgement]:
        return self._judged.get(self._reader().strip(), {})

    # looking ------------------------------------------------------------------------------------------------

    def on_choose(self, hip: Hip) -> None:
        """Show the hip that was chosen in the table; outlines that were changed and not confirmed are not lost."""
        if hip == self.hip.hip:
            return
        if self.hip.busy or self._keeps():
            self.table.choose(self.hip.hip)
            return
        if self._folder is not None:
            self.hip.load(self._folder, hip, self._reader().strip())
        self.update()

    def on_step(self, by: int) -> None:
        """The next hip of the table, or the one before."""
        hip = self.table.beside(self.hip.hip, by)
        if hip is None:
            self._ui.statusLabel.text = _("There is no further hip in this direction.")
            return
        self.on_choose(hip)
        self.table.choose(self.hip.hip)

    def _keeps(self) -> bool:
        """Whether there are changes that nobody confirmed; says so."""
        if self.hip.changed:
            self._ui.statusLabel.text = _(
                "The outlines were changed and not confirmed; confirm them, or put them back."
            )
            return True
        return False

    def _on_shown(self) -> None:
        self._show(self.hip.volume, self.hip.segmentation)
        self.table.choose(self.hip.hip)
        self.update()

    def on_put_back(self) -> None:
        """The outlines as they were, from the files."""
        if self._folder is not None and self.hip.hip is not None:
            self.hip.load(self._folder, self.hip.hip, self._reader().strip(), anew=True)
        self.update()

    # deciding -----------------------------------------------------------------------------------------------

    def on_confirm(self) -> None:
        """The outlines as they are now: accepted where they are the first ones, else a correction."""
        hip = self.hip.hip
        if hip is None or not self._decide(_("Confirming ..."), self._confirm):
            return
        self._after(hip)

    def _confirm(self, _progress: Any) -> str:
        from ....cohort.review.corrections import confirm, standing
        from ....scene.review.case import corrected_outlines

        assert self._folder is not None and self._state is not None and self.hip.hip is not None
        key, side = self.hip.hip
        reader, comment = self._reader().strip(), self._ui.commentEdit.text.strip()
        if self.hip.owner not in ("", reader):
            raise InputError(
                _("The outlines that are shown are {owner}'s correction; put them back first.").format(
                    owner=self.hip.owner
                )
            )
        case = self._folder.case(key)
        if self.hip.reader != reader and standing(self._state, case, reader):
            raise InputError(
                _(
                    "{reader} has a correction of {case} that is not shown; put the outlines back first."
                ).format(reader=reader, case=key)
            )
        labels, fine = corrected_outlines(self.hip.segmentation, self.hip.volume)
        done = confirm(self._folder, self._state, case, side, reader, labels, fine, comment)
        self.hip.reader = reader
        self.hip.settle("" if done.path is None else reader)
        if done.path is None:
            return _("{case} {side} is accepted.").format(case=key, side=side)
        self._recompute(key, reader)
        parts = ", ".join(f"{c.side} {c.structure}: Dice {c.dice:.2f}" for c in done.changes)
        return _("{case} is corrected ({changes}).").format(case=key, changes=parts)

    def on_reject(self) -> None:
        """The hip is not used."""
        self._add("reject", self._here())

    def on_undo(self) -> None:
        """Take back the last decision on the hip that is looked at; where there is none, that on the hip before it."""
        here = self._here()
        hip = next(
            (one for one in (here, self._left_by_me()) if one is not None and self._is_judged(one)), None
        )
        if hip is None:
            self._ui.statusLabel.text = _("You have decided nothing on this hip.")
            return
        self._add("undo", hip)
        if hip != here and self._folder is not None and not self.hip.busy and not self._keeps():
            # Outlines of the other side of the same case are in the scene already, a taken-back correction among them.
            self.hip.load(self._folder, hip, self._reader().strip(), anew=bool(self.hip.owner))
            self.update()

    def _left_by_me(self) -> Hip | None:
        """The hip that this reader decided on just now, while the one after it is still looked at."""
        if self._left is None:
            return None
        reader, hip, following = self._left
        return hip if reader == self._reader().strip() and following == self._here() else None

    def _here(self) -> Hip | None:
        return self.hip.hip or self.table.chosen

    def _is_judged(self, hip: Hip) -> bool:
        found = self._judged.get(self._reader().strip(), {}).get(hip)
        return found is not None and bool(found.decision or found.comment)

    def _add(self, kind: str, hip: Hip | None) -> None:
        if hip is None or self._state is None or self._found is None:
            return
        before = self._standing(hip) if kind == "undo" else None

        def work(_progress: Any) -> str:
            from ....cohort.review.decisions import Decision, utc_now

            assert self._state is not None and self._found is not None
            comment = self._ui.commentEdit.text.strip() if kind != "undo" else ""
            row = Decision(*hip, self._reader().strip(), kind, self._found.outlines[hip], utc_now(), comment)
            self._state.add([row])
            words = {"reject": _("{case} {side} is rejected."), "undo": _("{case} {side}: taken back.")}
            return words[kind].format(case=hip[0], side=hip[1])

        if self._decide(_("Writing ..."), work):
            self._after(hip if kind == "reject" else None)
            here = hip == self._here()
            if here and kind == "undo" and self.hip.owner and not self.hip.busy and not self.hip.changed:
                self.on_put_back()  # the outlines that hold now
            if kind == "undo" and self._standing(hip) not in (None, before):
                self._recompute(hip[0], self._reader().strip())  # an earlier correction holds again

    def _standing(self, hip: Hip) -> str | None:
        """The file of the reader's correction that holds on a hip; None without one."""
        from ....cohort.review.corrections import standing

        assert self._state is not None and self._folder is not None
        held = standing(self._state, self._folder.case(hip[0]), self._reader().strip()).get(hip[1])
        return held[0].path if held else None

    def _decide(self, text: str, work: Callable[[Any], str]) -> bool:
        return run_check(self._ui, text, work)

    def _after(self, hip: Hip | None) -> None:
        """Show what holds now, and go on to the next hip."""
        self._ui.decisionLabel.text = self._ui.statusLabel.text
        self._ui.statusLabel.text = self._ui.commentEdit.text = ""
        following = None if hip is None else self.table.beside(hip, 1)
        self._left = None if hip is None or following is None else (self._reader().strip(), hip, following)
        if self.refresh() and following is not None:
            self.on_choose(following)

    # the worker ---------------------------------------------------------------------------------------------

    def _recompute(self, key: str, reader: str) -> None:
        assert self._folder is not None
        path = str(self._folder.path)
        self._waiting.append(key)
        job = Job(
            RECOMPUTE,
            lambda _folder: {"folder": path, "case": key, "reader": reader},
            on_result=lambda _answer: self._recomputed(key, ""),
            on_error=lambda message: self._recomputed(key, message),
            on_cancelled=lambda: self._recomputed(key, _("cancelled")),
        )
        self._runner.submit(job)

    def _recomputed(self, key: str, problem: str) -> None:
        self._waiting.remove(key)
        text = _("{case} is computed anew from the corrected outlines.").format(case=key)
        if problem:
            text = _("{case} was not computed anew: {problem}").format(case=key, problem=problem)
        self._ui.recomputeLabel.text = text
        self.update()

    @property
    def computing(self) -> bool:
        """Whether a corrected case is being computed anew."""
        return bool(self._waiting)

    # the panel ----------------------------------------------------------------------------------------------

    def update(self) -> None:
        """Enable what can be done now, and say what is known of the hip."""
        ui, hip, found = self._ui, self._current(), self._found
        named, ready = bool(self._reader().strip()), self.hip.ready
        ui.openButton.enabled = self.job.running or bool(ui.folderEdit.currentPath.strip())
        for button in (ui.nextButton, ui.previousButton, ui.filterCombo):
            button.enabled = found is not None
        ui.confirmButton.enabled = ready and named
        ui.rejectButton.enabled = ui.undoButton.enabled = hip is not None and named and found is not None
        ui.putBackButton.enabled = ready
        ui.confirmButton.toolTip = (
            _(
                "Accept the outlines as they are now; where you changed them, they are kept as your correction."
            )
            if named
            else _("Enter your name or initials as reader at the top.")
        )
        if self._waiting:
            ui.recomputeLabel.text = _("Computing anew: {cases}.").format(cases=", ".join(self._waiting))
        ui.hipLabel.text = self._said(hip)

    def _current(self) -> WorklistHip | None:
        hips = () if self._found is None else self._found.hips
        chosen = self.hip.hip or self.table.chosen
        return next((hip for hip in hips if (hip.case, hip.side) == chosen), None)

    def _said(self, hip: WorklistHip | None) -> str:
        import html

        if hip is None:
            return _("Choose a hip in the table.")
        from ....cohort.review.decisions import Judgement

        mine = self._mine().get((hip.case, hip.side), Judgement())
        side = _("Right hip") if hip.side == "R" else _("Left hip")
        head = _("{side} of {case}, doubt {doubt:.0%}: {decision}").format(
            side=side, case=html.escape(hip.case), doubt=hip.doubt.doubt, decision=decision_text(mine)
        )
        parts = [
            f"<b>{head}</b>",
            *(html.escape(sentence(text)) for text in (*hip.doubt.reasons, " ".join(hip.facts))),
        ]
        if mine.comment:
            parts.append(f"<i>{html.escape(mine.comment)}</i>")
        return "<br>".join(parts)

    def forget_case(self) -> None:
        """The scene is closed: the hip goes, the cohort stays."""
        self.hip.forget()
        self.table.choose(None)
        self.update()

    def cancel(self) -> None:
        """End what is under way; the application closes."""
        self.job.cancel()
        self.hip.drop()
