"""What a bundle learned from and what it is not for: always in sight, in two lines; the rest behind a link."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from slicer.i18n import tr as _

from ...bundles.bundle import load_bundle
from ...core.errors import InputError
from ...core.language import sentence


def short_statement(bundle: str) -> str:
    """Rich text: what the bundle learned from, and the sentences of its intended use that say what it is not for.

    A bundle of patients is quoted in full, since only its author knows which part of it matters. One that cannot be
    loaded gives the sentence why.
    """
    try:
        checked = load_bundle(bundle)
    except InputError as error:
        return escape(sentence(str(error)))
    trained, use = (str(checked.metadata[name]) for name in ("training_data", "intended_use"))
    if checked.simulated_only:
        trained = _("Learned from simulated patients only; its figures say nothing about patients.")
    elif checked.simulated_disease_only:
        trained = _(
            "Learned from simulated disease only, in simulated and in real healthy hips; its figures say little about "
            "patients."
        )
    limits = [part for part in re.split(r"(?<=\.)\s+", use) if part.startswith("Not ")]
    said = " ".join([trained, *map(sentence, limits or [use])])
    return f"<b>{escape(checked.name)} {escape(checked.version)}</b>: {escape(said)}"


def full_statement(bundle: str) -> str:
    """All that the bundle says of itself, as plain text; the sentence why where it cannot be loaded."""
    try:
        metadata = load_bundle(bundle).metadata
    except InputError as error:
        return sentence(str(error))
    return " ".join(
        sentence(str(metadata[name])) for name in ("description", "training_data", "intended_use")
    )


class ModelBanner:
    """A label with the short statement of a bundle and a link that unfolds the full one.

    Args:
        label: wraps its words; rich text.
    """

    def __init__(self, label: Any) -> None:
        self._label, self._bundle, self._unfolded = label, "", False
        label.connect("linkActivated(QString)", self._toggle)

    def show(self, bundle: str) -> None:
        """Say it of this bundle."""
        self._bundle = bundle
        short, full = short_statement(bundle), full_statement(bundle)
        link = f'<a href="#">{_("less") if self._unfolded else _("more")}</a>'
        if escape(full) == short:  # why it cannot be loaded
            link = ""
        elif self._unfolded:
            short = f"{short}<br>{escape(full)}"
        self._label.text = f"{short} {link}".strip()
        self._label.toolTip = full

    def _toggle(self, _link: str) -> None:
        self._unfolded = not self._unfolded
        self.show(self._bundle)
