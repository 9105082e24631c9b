"""HTML to PDF by Qt's own printing, which every Slicer has; no browser and no further package."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import qt
from slicer.i18n import tr as _

from ...core.atomic_files import atomic_file
from ...core.errors import InputError


def print_pdf(html: str, path: Path) -> Path:
    """Lay out rich text on A4 pages with numbers and write them as a PDF; the file appears only when it is whole.

    Args:
        html: what Qt's rich text knows (tables, widths, embedded pictures); see ``Resources/Templates/print.html``.

    Raises:
        InputError: this application's Qt cannot print, or the file could not be written.
    """
    document = qt.QTextDocument()
    document.setHtml(html)
    with atomic_file(path) as part:
        device = _device(str(part))
        printing = document.print_ if hasattr(document, "print_") else document.print
        printing(device)
        del device  # closes the file
        if not part.is_file() or not part.read_bytes().startswith(b"%PDF"):
            raise InputError(
                _("{path} could not be printed; write the report as .html and print it in a browser.").format(
                    path=path
                )
            )
    return path


def _device(name: str) -> Any:
    """QPrinter where PythonQt has it (Slicer), else QPdfWriter; both on A4."""
    if hasattr(qt, "QPrinter"):
        printer = qt.QPrinter(qt.QPrinter.HighResolution)
        printer.setOutputFormat(qt.QPrinter.PdfFormat)
        printer.setOutputFileName(name)
        if hasattr(printer, "setPaperSize"):
            printer.setPaperSize(qt.QPrinter.A4)  # Qt 5
        return printer
    if hasattr(qt, "QPdfWriter"):
        writer = qt.QPdfWriter(name)
        writer.setPageSize(qt.QPageSize(qt.QPageSize.A4))
        return writer
    raise InputError(_("This application cannot print; write the report as .html and print it in a browser."))
