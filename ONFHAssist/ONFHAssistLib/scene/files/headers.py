"""What the files of a volume say of it: headers of the series in Slicer's DICOM database, or of the file Slicer read.

Each header is read once, a few at a time where a panel asks, and again only where its file has changed. What they say
stays on the volume's node, so that it is known of a saved scene without its files too.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import slicer
import vtk

from ...core.errors import InputError
from ...imaging.files import geometry_facts_of, is_plain, is_unset
from ...imaging.geometry import (
    DEFAULT,
    ORIENTATION,
    PLACE,
    UNSTATED,
    VOLUME_SUFFIXES,
    Geometry,
)
from ...imaging.reading import with_note
from ..attributes import FACT_PREFIX, read_attributes

if TYPE_CHECKING:
    from slicer import vtkMRMLScalarVolumeNode

    from ...imaging.series.files import NoImage, SliceFile

HEADER_PREFIX = (
    "ONFHAssist.header."  # on a volume: what the headers of its files said of its reading and geometry
)
_KEPT = ("reading_notes", ORIENTATION, PLACE, "geometry_note")
_MOST = 12  # volumes whose headers are kept in memory
_RAS_TO_LPS = np.array([-1.0, -1.0, 1.0])
_Times = tuple[tuple[int, int] | None, ...]


class SeriesHeaders:
    """The headers of the files of one volume, read when they are asked for.

    Args:
        files: in the order of the node's instance UIDs.
    """

    def __init__(self, files: tuple[str, ...]) -> None:
        self.files, self.times = files, times_of(files)
        self._read: list[SliceFile | NoImage] = []
        self._told: dict[bytes, dict[str, str]] = {}

    @property
    def whole(self) -> bool:
        """Whether all are read."""
        return len(self._read) == len(self.files)

    @property
    def first(self) -> Any:
        """The first header, read now where it is not yet; None where the file is no image."""
        from ...imaging.series.files import SliceFile

        if not self._read:
            self._read_next()
        one = self._read[0]
        return one.dataset if isinstance(one, SliceFile) else None

    def read_in_steps(self) -> Iterator[None]:
        """Read those that are not read yet, a file a step."""
        while not self.whole:
            self._read_next()
            yield

    def facts(self, node: vtkMRMLScalarVolumeNode) -> dict[str, str]:
        """Facts of the volume by its headers; as long as not all are read, those of the first without any check."""
        from ...imaging.dicom_loaded import facts_of_loaded
        from ...imaging.series.files import SliceFile
        from ...imaging.series.header import series_facts

        if not self._read:
            self._read_next()
        if not self.whole:
            first = self._read[0]
            return series_facts(first.dataset) if isinstance(first, SliceFile) else {}
        held, size = geometry_of(node), node.GetImageData().GetDimensions() if node.GetImageData() else None
        if size is None:
            return {}
        state = repr((held, tuple(size), node.GetName())).encode()
        if state not in self._told:
            x, y, z = (int(n) for n in size)
            self._told = {state: facts_of_loaded(self._read, held, (x, y, z), node.GetName())}
        return dict(self._told[state])

    def _read_next(self) -> None:
        from ...imaging.dicom_loaded import read_needed

        self._read.append(read_needed(Path(self.files[len(self._read)]), whole=not self._read))


_SERIES: OrderedDict[tuple[str, ...], SeriesHeaders] = OrderedDict()
_PATHS: OrderedDict[tuple[str, ...], tuple[Any, tuple[str, ...]]] = OrderedDict()
_FILES: OrderedDict[tuple[str, Any], dict[str, str]] = OrderedDict()


def dicom_files_of(node: vtkMRMLScalarVolumeNode) -> tuple[str, ...]:
    """The files of a volume that Slicer loaded from its DICOM database; none of other volumes."""
    uids = (node.GetAttribute("DICOM.instanceUIDs") or "").split()
    database = getattr(slicer, "dicomDatabase", None)
    if not uids or database is None or not getattr(database, "isOpen", False):
        return ()
    key = tuple(uids)
    known = _PATHS.get(key)
    if known is not None and known[0] is database and Path(known[1][0]).exists():
        return known[1]
    files = tuple(str(file) for file in map(database.fileForInstance, uids) if file)
    if files:
        _remember(_PATHS, key, (database, files))
    return files


def headers_of(node: vtkMRMLScalarVolumeNode) -> SeriesHeaders | None:
    """The headers of a volume from the DICOM database, those read before where no file has changed since."""
    files = dicom_files_of(node)
    if not files:
        return None
    known = _SERIES.get(files)
    if known is None or known.times != times_of(files):
        known = SeriesHeaders(files)
    return _remember(_SERIES, files, known)


def header_facts(node: vtkMRMLScalarVolumeNode) -> dict[str, str]:
    """Facts of a volume by the headers of its files, as far as they are read; else what stands on its node of them."""
    headers = headers_of(node)
    if headers is not None:
        found = headers.facts(node)
        return found if headers.whole else {**read_attributes(node, HEADER_PREFIX), **found}
    facts = {**read_attributes(node, HEADER_PREFIX), **_file_facts(node)}
    return _without_settled(node, facts)


def read_in_steps(node: vtkMRMLScalarVolumeNode) -> Iterator[None]:
    """Read the headers of a volume a file a step, and keep on its node what they say."""
    headers = headers_of(node)
    if headers is not None:
        yield from headers.read_in_steps()
    if node.GetScene() is not None:
        _keep(node, header_facts(node))


def read_headers(node: vtkMRMLScalarVolumeNode | None) -> None:
    """:func:`read_in_steps`, all at once, for a step that is about to run."""
    if node is not None and node.GetScene() is not None:
        for _step in read_in_steps(node):
            pass


def geometry_of(node: vtkMRMLScalarVolumeNode) -> Geometry:
    """The volume's own geometry, LPS mm, whatever transform it is under."""
    matrix = vtk.vtkMatrix4x4()
    node.GetIJKToRASMatrix(matrix)
    ras = slicer.util.arrayFromVTKMatrix(matrix)
    axes, origin = ras[:3, :3] * _RAS_TO_LPS[:, None], ras[:3, 3] * _RAS_TO_LPS
    spacing = np.linalg.norm(axes, axis=0)
    x, y, z = (float(v) for v in spacing)
    a, b, c = (float(v) for v in origin)
    return Geometry((x, y, z), (a, b, c), tuple(float(v) for v in (axes / spacing).ravel()))


def times_of(files: tuple[str, ...]) -> _Times:
    """When each was written, and its size; None of one that is not there."""
    times: list[tuple[int, int] | None] = []
    for file in files:
        try:
            found = Path(file).stat()
            times.append((found.st_mtime_ns, found.st_size))
        except OSError:
            times.append(None)
    return tuple(times)


def _file_facts(node: vtkMRMLScalarVolumeNode) -> dict[str, str]:
    """What the header of the file that Slicer read leaves open, which Slicer does not keep."""
    storage = node.GetStorageNode()
    file = "" if storage is None else storage.GetFileName() or ""
    times = times_of((file,))
    if not file.lower().endswith(VOLUME_SUFFIXES) or times == (None,):
        return {}
    key = file, times
    if key not in _FILES:
        try:
            _FILES[key] = geometry_facts_of(Path(file))
        except InputError as error:
            _FILES[key] = with_note({}, str(error))
        except OSError:
            return {}
    facts = dict(_remember(_FILES, key, _FILES[key]))
    data = node.GetImageData()
    if data is not None and PLACE not in facts and is_plain(geometry_of(node), data.GetDimensions()[2]):
        facts[PLACE] = DEFAULT
    return facts


def _without_settled(node: vtkMRMLScalarVolumeNode, facts: dict[str, str]) -> dict[str, str]:
    """Without the doubts that a user has settled by setting orientation or place of the volume."""
    held = geometry_of(node)
    settled = {
        ORIENTATION: facts.get(ORIENTATION) == UNSTATED and not is_unset(held.direction),
        PLACE: facts.get(PLACE) == UNSTATED and any(abs(v) > 1e-3 for v in held.origin),
    }
    if facts.get(PLACE) == DEFAULT:
        settled[PLACE] = not is_plain(held, 2)
    return {name: value for name, value in facts.items() if not settled.get(name)}


def _keep(node: vtkMRMLScalarVolumeNode, facts: dict[str, str]) -> None:
    """On the node, without a word to its observers where nothing is new."""
    wanted = {name: facts[name] for name in _KEPT if facts.get(name)}
    stated = read_attributes(node, FACT_PREFIX)
    wanted = {name: value for name, value in wanted.items() if stated.get(name) != value}
    if wanted == read_attributes(node, HEADER_PREFIX):
        return
    for name in _KEPT:
        if name in wanted:
            node.SetAttribute(f"{HEADER_PREFIX}{name}", wanted[name])
        else:
            node.RemoveAttribute(f"{HEADER_PREFIX}{name}")


def _remember(store: OrderedDict, key: Any, value: Any) -> Any:
    store[key] = value
    store.move_to_end(key)
    while len(store) > _MOST:
        store.popitem(last=False)
    return value
