"""``python -m ONFHAssistLib.node.working.child PARENT``: works studies up, a JSON line each; see :mod:`.work`.

It dies with the node, whatever ends that, so that no study is worked on twice at a time.
"""

from __future__ import annotations

import ctypes
import json
import os
import sys
from typing import TextIO

from ..log import shown
from .work import job_of, work_up

_PARENT_DEATH_SIGNAL, _KILL = 1, 9  # of Linux: PR_SET_PDEATHSIG, and the signal that nobody can refuse


def die_with(parent: int) -> None:
    """Have the system end this process when the one that started it ends (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PARENT_DEATH_SIGNAL, _KILL)
        if os.getppid() != parent:  # it ended before
            os._exit(1)


def serve(requests: TextIO, answers: TextIO) -> None:
    """Work up what each line names, until the input ends."""
    for line in requests:
        try:
            outcome = vars(work_up(job_of(json.loads(line))))
        except MemoryError:
            outcome = {"end": "fault", "said": "not enough memory"}
        except Exception as error:  # noqa: BLE001 - one study fails, the next is worked up
            outcome = {"end": "fault", "said": shown(type(error).__name__)}
        answers.write(json.dumps(outcome) + "\n")
        answers.flush()


def main() -> None:
    """Keep the real standard output for answers; what libraries print goes nowhere, since it may quote headers."""
    die_with(int(sys.argv[1]))
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    serve(sys.stdin, answers)


if __name__ == "__main__":
    main()
