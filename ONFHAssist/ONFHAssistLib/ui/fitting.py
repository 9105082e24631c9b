"""A panel that is as wide as the other four, whose texts are never cut off, and that shows an answer without scrolling.

Slicer's module panel makes itself as wide as its module would like to be, so that the views beside it would jump with
each module. And Qt can lose the request of a text for more room, where the text changed while its panel was hidden; and
it keeps, for good, how high a panel has to be at a width, once the application has taken the panel out of its column and
put it in again: the home panel was seen to keep 819 pixels of height where 949 were needed, with the left hip below the
edge and no scroll bar. So the width is given, and a panel that is shown looks after the room of its texts.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import qt

WIDTH_IN_DIGITS = 52  # of the font: 416 pixels with the usual ones, to which Slicer adds 54
_LOOK_MS = 200
# Where a line without words costs the room of an answer; elsewhere a line that comes and goes would move the buttons.
_SELDOM_FILLED = ("dicomStatusLabel",)


class PanelFit:
    """Width, height and scroll position of the panel of one module.

    Args:
        panel: what the .ui file of the module holds, with its layout.
        tables: views of the panel that take no room as long as they show no table.
    """

    def __init__(self, panel: Any, tables: Iterable[Any] = ()) -> None:
        self._panel, self._tables = panel, list(tables)
        self._filled: list[bool | None] = [None] * len(self._tables)
        hold_width(panel)
        self._labels = [label for label in panel.findChildren(qt.QLabel) if label.wordWrap]
        self._without_text: list[Any] = []  # labels that are hidden for it
        self._wanted: tuple[Any, ...] = ()  # what is to be in view until the user scrolls
        self._bar: Any = None  # of the scroll area in which the panel is shown
        # Both end with the panel.
        self._often, self._soon = qt.QTimer(panel), qt.QTimer(panel)
        self._often.setInterval(_LOOK_MS)
        self._often.connect("timeout()", self.look)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.connect("timeout()", self._arrange)

    def start(self) -> None:
        """The panel is shown."""
        self._often.start()
        self._soon.start()  # it is not in its scroll area yet

    def stop(self) -> None:
        """The panel is left."""
        self._often.stop()
        self._soon.stop()
        self._wanted = ()
        if self._bar is not None:
            self._bar.disconnect("rangeChanged(int,int)", self._on_range)
            self._bar.disconnect("actionTriggered(int)", self._on_scrolled)
            self._bar = None

    def look(self) -> None:
        """Give the panel the height that its texts need at its width, and lay it out anew where one lacks room."""
        filled = [table.mrmlTableNode() is not None for table in self._tables]
        for table, now, before in zip(self._tables, filled, self._filled, strict=True):
            if now is not before:
                table.setVisible(now)
        self._filled[:] = filled
        for label in self._labels:
            if label.objectName in _SELDOM_FILLED:
                self._give_no_room_to_nothing(label)
        if any(label.visible and is_cut(label) for label in self._labels):
            lay_out_anew(self._panel)
        hold_height(self._panel)

    def _give_no_room_to_nothing(self, label: Any) -> None:
        """A label without text would take a line."""
        if not label.text and not label.isHidden():
            label.setVisible(False)
            self._without_text.append(label)
        elif label.text and label in self._without_text:
            label.setVisible(True)
            self._without_text.remove(label)

    def show(self, *widgets: Any) -> None:
        """Keep these parts of the panel in view until the user scrolls, the first ones where there is no room for all."""
        self._wanted = widgets
        self._soon.start()

    def _arrange(self) -> None:
        self.look()
        area = scroll_area_of(self._panel)
        if area is None:
            return
        if self._bar is None:
            self._bar = area.verticalScrollBar()
            self._bar.connect("rangeChanged(int,int)", self._on_range)
            self._bar.connect("actionTriggered(int)", self._on_scrolled)
        for widget in reversed([wanted for wanted in self._wanted if wanted.visible]):
            scroll_to(area, widget)

    def _on_range(self, _low: int, _high: int) -> None:
        if self._wanted:
            self._soon.start()

    def _on_scrolled(self, _action: int) -> None:
        self._wanted = ()


def hold_width(panel: Any) -> None:
    """Make the panel as wide as every other one, whatever its widgets would like."""
    rows = panel.layout()
    for widget in (rows.itemAt(i).widget() for i in range(rows.count())):
        if widget is not None and widget.sizePolicy.horizontalPolicy() != qt.QSizePolicy.Ignored:
            widget.setSizePolicy(qt.QSizePolicy.Ignored, widget.sizePolicy.verticalPolicy())
    panel.minimumWidth = WIDTH_IN_DIGITS * qt.QFontMetrics(panel.font).horizontalAdvance("0")


def hold_height(panel: Any) -> None:
    """Make the panel at least as high as all that is in it at its width; a least height is what Qt never forgets."""
    needed = max(0, panel.layout().totalHeightForWidth(panel.width))
    if panel.visible and panel.minimumHeight != needed:
        panel.minimumHeight = needed


def is_cut(label: Any) -> bool:
    """Whether a word-wrapped label is lower than its text at its width."""
    return bool(label.text) and label.height < label.heightForWidth(label.width)


def lay_out_anew(panel: Any) -> None:
    """Ask every widget again how much room it needs, from the innermost of the panel outwards to the scroll area."""
    inside = [widget for widget in (panel, *panel.findChildren(qt.QWidget)) if widget.layout() is not None]
    around = [widget for widget in _around(panel) if widget.layout() is not None]
    for widget in (*reversed(inside), *around):
        widget.layout().invalidate()
        widget.updateGeometry()
    for widget in (*reversed(around), *inside):
        widget.layout().activate()


def scroll_area_of(panel: Any) -> Any:
    """The scroll area around a panel, or None where it stands alone."""
    outermost = [panel, *_around(panel)][-1]
    area = outermost.parentWidget()
    return area.parentWidget() if area is not None else None


def scroll_to(area: Any, widget: Any) -> None:
    """Scroll as little as brings the widget into view; to its beginning where it is higher than the area."""
    if widget.height > area.viewport().height:
        area.verticalScrollBar().value = widget.mapTo(area.widget(), qt.QPoint(0, 0)).y()
    else:
        area.ensureWidgetVisible(widget, 0, 0)


def _around(panel: Any) -> list[Any]:
    """The widgets around a panel, up to what its scroll area scrolls."""
    found, widget = [], panel.parentWidget()
    while widget is not None and not _is_viewport(widget):
        found.append(widget)
        widget = widget.parentWidget()
    return found


def _is_viewport(widget: Any) -> bool:
    area = widget.parentWidget()
    return isinstance(area, qt.QScrollArea) and area.viewport() == widget
