"""What a file is that is no DICOM image, by its first bytes or its SOP class: each is named, none is dropped unseen."""

from __future__ import annotations

import struct

from pydicom.uid import UID

START = 512  # bytes that are looked at
EMPTY, ZEROS, UNKNOWN, TEXT = "an empty file", "a file of zeros", "a file of unknown format", "a text file"
_MAGIC = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"BM", "a BMP picture"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"NRRD", "a NRRD image"),
    (b"SQLite format 3", "a database"),
    (b"\0\x05\x16\x07", "a resource file of macOS"),
    (b"\0\0\0\x01Bud1", "a folder file of macOS"),
    (b"\xd0\xcf\x11\xe0", "a file of Windows or Office"),
)
# No slice was ever one of these, whatever its name.
NEVER_A_SLICE = ("a resource file of macOS", "a folder file of macOS")
_CLASSES = {
    "1.2.840.10008.1.3.10": "a DICOM directory (DICOMDIR)",
    "1.2.840.10008.5.1.4.1.1.66": "raw data (DICOM)",
    "1.2.840.10008.5.1.4.1.1.66.4": "a segmentation (DICOM SEG)",
    "1.2.840.10008.5.1.4.1.1.66.7": "a segmentation (DICOM SEG)",
    "1.2.840.10008.5.1.4.1.1.104.1": "a PDF document in DICOM",
    "1.2.840.10008.5.1.4.1.1.88.59": "a key object selection (DICOM KO)",
    "1.2.840.10008.5.1.4.1.1.481.2": "a radiotherapy dose (RTDOSE)",
    "1.2.840.10008.5.1.4.1.1.481.3": "a structure set (RTSTRUCT)",
    "1.2.840.10008.5.1.4.1.1.481.5": "a radiotherapy plan (RTPLAN)",
}
_GROUPS = (
    ("1.2.840.10008.5.1.4.1.1.88.", "a report (DICOM SR)"),
    ("1.2.840.10008.5.1.4.1.1.11.", "a presentation state (DICOM PR)"),
    ("1.2.840.10008.5.1.4.1.1.104.", "a document in DICOM"),
    ("1.2.840.10008.5.1.4.1.1.9.", "a waveform (DICOM)"),
)
OTHER = "an object without an image (DICOM)"
# Objects that hold pixels and are no image to measure on.
NO_IMAGE_DESPITE_PIXELS = frozenset(
    uid for uid, name in _CLASSES.items() if "SEG" in name or "RTDOSE" in name
)


def kind_of_bytes(start: bytes, size: int) -> str:
    """What a file is that is no DICOM, from its first :data:`START` bytes."""
    if size == 0:
        return EMPTY
    if len(start) >= 348 and (start[344:347] in (b"n+1", b"ni1") or start[4:7] in (b"n+2", b"ni2")):
        return "a NIfTI image"
    for magic, name in _MAGIC:
        if start.startswith(magic) and not (magic == b"BM" and _is_text(start)):
            return name
    if not start.strip(b"\0"):
        return ZEROS
    if _is_text(start):
        head = start.lstrip(b"\xef\xbb\xbf \t\r\n")[:9].lower()
        return "a web page" if head.startswith((b"<html", b"<!doctype")) else TEXT
    return UNKNOWN


def starts_as_dicom(start: bytes) -> bool:
    """Whether a file without the preamble begins with a DICOM element of group 0002 or 0008, in any of the encodings."""
    if len(start) < 8:
        return False
    for order in "<>":
        group, element = struct.unpack(order + "HH", start[:4])
        if group not in (0x0002, 0x0008) or element > 0x2000:
            continue
        if start[4:6].isalpha() and start[4:6].isupper():  # explicit value representation
            return True
        if (
            order == "<" and struct.unpack("<I", start[4:8])[0] < 1 << 16
        ):  # implicit: a length that is plausible
            return True
    return False


def kind_of_class(uid: str) -> str | None:
    """What an object of this SOP class is if it is no image; None for images and where there is no class."""
    if not uid:
        return None
    if uid in _CLASSES:
        return _CLASSES[uid]
    for start, name in _GROUPS:
        if uid.startswith(start):
            return name
    known = UID(uid)
    if known.is_private or known.name == uid:
        return OTHER
    pixels = ("Image", "Secondary Capture", "Parametric Map", "Projection", "Tomography")
    return None if any(word in known.name for word in pixels) else f"{known.name} (DICOM)"


def _is_text(start: bytes) -> bool:
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return True
    return bool(start) and not any(byte < 9 or 13 < byte < 32 for byte in start)
