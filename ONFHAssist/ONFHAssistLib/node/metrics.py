"""What the node counts, as Prometheus reads it (text format 0.0.4)."""

from __future__ import annotations

import threading
from collections.abc import Mapping

_HELP = {
    "images_received": "Images taken.",
    "images_kept_first": "Images that came again with another content.",
    "refused": "Objects, associations and connections refused.",
    "studies_worked": "Studies worked up.",
    "studies_left": "Studies that are no hip MRI.",
    "work_failures": "Times that work on a study failed.",
    "sets_sent": "Sets of results sent to every archive.",
    "sending_failures": "Times that an archive was away or refused.",
}


class Metrics:
    """Counters; any thread may add."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts = dict.fromkeys(_HELP, 0)

    def add(self, name: str) -> None:
        """Count one."""
        with self._lock:
            self._counts[name] += 1

    def text(self, studies: Mapping[str, int], gauges: Mapping[str, float]) -> str:
        """The page.

        Args:
            studies: state to number. gauges: name to value now.
        """
        lines = []
        with self._lock:
            for name, count in self._counts.items():
                lines += [
                    f"# HELP onfh_node_{name}_total {_HELP[name]}",
                    f"# TYPE onfh_node_{name}_total counter",
                ]
                lines.append(f"onfh_node_{name}_total {count}")
        lines += ["# HELP onfh_node_studies Studies by state.", "# TYPE onfh_node_studies gauge"]
        lines += [f'onfh_node_studies{{state="{state}"}} {count}' for state, count in studies.items()]
        for name, value in gauges.items():
            lines += [f"# TYPE onfh_node_{name} gauge", f"onfh_node_{name} {value:.10g}"]
        return "\n".join(lines) + "\n"
