"""Slicer's log records everything down to DEBUG; drawing and reporting leave only lines of ours in it."""

import logging
import subprocess
import sys
import textwrap
from pathlib import Path

PYTHON = Path(__file__).resolve().parent.parent

# In a new process, where matplotlib is not imported yet: its import talks the most.
SLICER = f"""
import logging, sys, tempfile
from pathlib import Path
sys.path[:0] = [{str(PYTHON)!r}, {str(PYTHON.parent / "Headless")!r}, {str(PYTHON.parent.parent)!r}]
lines = []
class Log(logging.Handler):
    def emit(self, record):
        lines.append((record.name, record.levelname, record.getMessage()))
logging.getLogger().addHandler(Log())
logging.getLogger().setLevel(logging.DEBUG)
import headless
headless.start()
headless.load_modules({str(PYTHON.parent.parent)!r})
import slicer
from support.run_all_worker import Worker, pelvis
from support.waiting import press
from ONFHAssistLib.scene.volumes import volume_from_image
volume_from_image(pelvis("RL")[0], "Hip MRI")
slicer.util.selectModule("ONFHAssist")
home = slicer.modules.ONFHAssistWidget
home.run.runner = Worker()
press(home, home.ui.runAllButton)
assert "matplotlib" not in sys.modules
del lines[:]
WORK
logging.debug("a line of ours")
assert "matplotlib" in sys.modules
for line in lines:
    print("LOG", *line)
"""
NOMOGRAM = """
slicer.util.selectModule("ONFHSurvival")
assert slicer.modules.ONFHSurvivalWidget.nomogram.draw()
"""
REPORT = """
with tempfile.TemporaryDirectory() as folder:
    home.ui.reportEdit.currentPath = str(Path(folder) / "case.html")
    home.ui.reportButton.click()
    assert (Path(folder) / "case.html").is_file(), home.ui.statusLabel.text
"""


def logged(work):
    program = SLICER.replace("WORK", textwrap.dedent(work))
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [line.split()[1] for line in done.stdout.splitlines() if line.startswith("LOG ")]


def test_the_nomogram_leaves_no_line_of_a_library_in_a_log_at_debug():
    names = logged(NOMOGRAM)
    assert "root" in names
    assert [name for name in names if name.startswith(("matplotlib", "PIL"))] == []


def test_the_report_leaves_no_line_of_a_library_in_a_log_at_debug():
    names = logged(REPORT)
    assert "root" in names
    assert [name for name in names if name.startswith(("matplotlib", "PIL"))] == []


def test_a_level_that_somebody_chose_stays():
    from ONFHAssistLib.core.library_logs import quiet_drawing_logs

    logger = logging.getLogger("matplotlib")
    before = logger.level
    try:
        logger.setLevel(logging.DEBUG)
        quiet_drawing_logs()
        assert logger.level == logging.DEBUG
        logger.setLevel(logging.NOTSET)
        quiet_drawing_logs()
        assert logger.level == logging.WARNING
    finally:
        logger.setLevel(before)
