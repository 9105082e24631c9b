"""A walk through the extension in the real 3D Slicer: what headless tests cannot show, each with a picture and a verdict.

Slicer --testing --no-splash --additional-module-paths ONFHAssist --python-script tools/slicer_walk.py

The pictures and ``walk.md``, a table of what held and what did not, go to ``out/slicer-walk`` or to the folder that
``ONFH_WALK`` names. ``ONFH_WALK_ONLY`` chooses stations by name ("run_all,painting"). Four stations want data: a folder
with a DICOM study for the DICOM browser in ``ONFH_WALK_STUDY``, as ``onfh simulate --exam`` makes; two examinations of
a patient in ``ONFH_WALK_COURSE``, separated as in PATH; a cohort for review in ``ONFH_WALK_COHORT``; an image of your own
in ``ONFH_WALK_IMAGE``. For another language than English choose it in Slicer's settings first. Slicer ends itself with
the number of stations that failed. Stations: ``stations.py`` and ``beyond.py`` in the folder ``walk`` beside this file.
"""

import os
import sys
import traceback
from pathlib import Path

import qt
import slicer

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / "walk"))


def main():
    """Walk, and end Slicer with the number of stations that failed."""
    failed = 1
    try:
        import stations
        from walking import Walk

        walk = Walk(Path(os.environ.get("ONFH_WALK") or ROOT.parent / "out" / "slicer-walk"))
        chosen = [name for name in os.environ.get("ONFH_WALK_ONLY", "").split(",") if name]
        failed = walk.through(stations.STATIONS, chosen)
    except Exception:  # noqa: BLE001 - whatever it is: Slicer has to end
        traceback.print_exc()
    sys.stdout.flush()
    slicer.util.exit(failed)


# With --testing Slicer ends as soon as the script was read, unless it is told not to.
slicer.app.commandOptions().runPythonAndExit = False
qt.QTimer.singleShot(500, main)
