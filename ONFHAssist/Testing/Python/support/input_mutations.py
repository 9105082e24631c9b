"""Changes that happen to files on their way: bytes flipped, cut, doubled; values of headers; files of a folder.

Every change is drawn from a generator of random numbers, so that a seed gives the same one again.
"""

from __future__ import annotations

import gzip
import io
import re
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pydicom
from pydicom.dataelem import RawDataElement
from pydicom.dataset import Dataset

from ONFHAssistLib.imaging.series.numbers import tolerant

Generator = np.random.Generator
WORDS = (
    "", " ", "nan", "NaN", "inf", "-inf", "1e400", "-1", "0", "0.0", "1", "2", "7", "1e-300", "1e30",
    "99999999999999999999", "abc", "None", "null", "true", "yes", ">210", "1,5", "1/2", "ä", "\u3000", "a\\b", "1\\2",
    "1\\2\\3\\4\\5\\6\\7", "[]", "{}", "[1, 2]", "../..", "/", "'", '"', "\0", "x" * 300, "0x10", "=1+1", "%s{}",
    "*", "&a", "!!python/object:os.system", "- -",
)  # fmt: skip
NUMBERS = (0, 1, -1, 2, 3, 5, 7, 127, 255, 256, 32767, 65535, -32768)
FLOATS = (0.0, -1.0, float("nan"), float("inf"), 1e30, 1e-30, -3.5, 1e6, 0.5)
PAGE = b"<!DOCTYPE html><html><body>502 Bad Gateway</body></html>\n"
TEXTS = (".csv", ".yaml", ".json", ".md")


def mutate(folder: Path, files: list[Path], generator: Generator) -> str:
    """Change one or two things of ``files`` in ``folder``; returns what was done."""
    done = []
    for _ in range(1 + int(generator.random() < 0.25)):
        present = [path for path in files if path.is_file()]
        if not present:
            break
        path = present[int(generator.integers(len(present)))]
        act = _of_folder if generator.random() < 0.15 else _of_file
        done.append(f"{path.relative_to(folder).as_posix()}: {act(path, generator)}")
    return "; ".join(done)


def _pick(generator: Generator, options):
    return options[int(generator.integers(len(options)))]


# files of a folder ----------------------------------------------------------------------------------------------------


def _of_folder(path: Path, generator: Generator) -> str:
    action = _pick(generator, ("remove", "rename", "copy", "swap", "add", "add folder", "replace by folder"))
    if action == "remove":
        path.unlink()
    elif action == "rename":
        path.rename(
            path.with_name(
                _pick(generator, (path.name + ".bak", "." + path.name, "ä ö.dcm", "x.nii", "x.csv"))
            )
        )
    elif action == "copy":
        path.with_name("copy of " + path.name).write_bytes(path.read_bytes())
    elif action == "swap":
        other = _pick(generator, sorted(p for p in path.parent.iterdir() if p.is_file()))
        first, second = path.read_bytes(), other.read_bytes()
        path.write_bytes(second)
        other.write_bytes(first)
    elif action == "add":
        name = _pick(
            generator, ("README.txt", ".DS_Store", "DICOMDIR", "Thumbs.db", "report.pdf", "IM999", "a.dcm")
        )
        path.with_name(name).write_bytes(
            _pick(generator, (b"", PAGE, b"\0" * 200, b"%PDF-1.4\n", path.read_bytes()[:300]))
        )
    elif action == "add folder":
        path.with_name("folder").mkdir(exist_ok=True)
        path.with_name("folder").joinpath("a").write_bytes(path.read_bytes())
    else:
        path.unlink()
        path.mkdir()
    return action


# one file -------------------------------------------------------------------------------------------------------------


def _of_file(path: Path, generator: Generator) -> str:
    content = path.read_bytes()
    zipped = path.name.endswith(".gz") and generator.random() < 0.8
    if zipped:
        try:
            content = gzip.decompress(content)
        except (OSError, EOFError, zlib.error):
            zipped = False
    act = _bytes if generator.random() < 0.35 else _by_format(path)
    changed, done = act(content, generator)
    path.write_bytes(gzip.compress(changed, mtime=0) if zipped else changed)
    return done


def _by_format(path: Path) -> Callable[[bytes, Generator], tuple[bytes, str]]:
    name = path.name.lower()
    if name.endswith(TEXTS):
        return _text
    if name.endswith((".nii", ".nii.gz")):
        return _nifti
    if name.endswith((".nrrd", ".mha")):
        return _text_header
    return _dicom if not path.suffix or path.suffix == ".dcm" else _bytes


def _bytes(content: bytes, generator: Generator) -> tuple[bytes, str]:
    size = len(content)
    action = _pick(
        generator, ("flip", "flip in header", "cut", "double", "zeros", "insert", "empty", "page", "head cut")
    )
    first, last = sorted(int(n) for n in generator.integers(0, size + 1, 2))
    if action.startswith("flip"):
        result = bytearray(content)
        reach = min(size, 600) if action == "flip in header" else size
        for _ in range(int(generator.integers(1, 9)) if reach else 0):
            result[int(generator.integers(reach))] ^= 1 << int(generator.integers(8))
        return bytes(result), action
    changed = {
        "cut": content[:last],
        "double": content[:last] + content[first:],
        "zeros": content[:first] + bytes(last - first) + content[last:],
        "insert": content[:first] + generator.bytes(int(generator.integers(1, 40))) + content[first:],
        "empty": b"",
        "page": PAGE,
        "head cut": content[min(first, 400) :],
    }
    return changed[action], f"{action} at {first} to {last}"


def _text(content: bytes, generator: Generator) -> tuple[bytes, str]:
    text = content.decode("utf-8", "replace")
    action = _pick(
        generator, ("word",) * 8 + ("swap", "line away", "line twice", "lines swapped", "coding", "separator")
    )
    if action == "word":
        return _word_replaced(text, generator)
    lines = text.splitlines(keepends=True)
    if action == "coding":
        coding = _pick(generator, ("utf-16", "utf-8-sig", "utf-32", "cp500"))
        return text.encode(coding, "replace"), f"as {coding}"
    if action == "separator":
        new = _pick(generator, (";", "\t", ",,", ", ", "|"))
        return text.replace(",", new).encode(), f"separator {new!r}"
    if action == "swap":
        words = list(re.finditer(r"[^\s,:\[\]{}\"]+", text))
        if len(words) > 1:
            one, two = sorted(generator.choice(len(words), 2, replace=False).tolist())
            a, b = words[one], words[two]
            text = text[: a.start()] + b[0] + text[a.end() : b.start()] + a[0] + text[b.end() :]
        return text.encode(), "words swapped"
    if lines:
        one, two = (int(n) for n in generator.integers(len(lines), size=2))
        if action == "line away":
            del lines[one]
        elif action == "line twice":
            lines.insert(two, lines[one])
        else:
            lines[one], lines[two] = lines[two], lines[one]
    return "".join(lines).encode(), action


def _word_replaced(text: str, generator: Generator) -> tuple[bytes, str]:
    words = list(re.finditer(r"[^\s,:\[\]{}\"]+", text))
    if not words:
        return text.encode(), "nothing"
    early = generator.random() < 0.4  # names of columns and keys stand first
    found = words[int(generator.integers(min(len(words), 40) if early else len(words)))]
    new = _pick(generator, WORDS)
    return (text[: found.start()] + new + text[found.end() :]).encode(), f"{found[0][:40]!r} is {new[:40]!r}"


def _text_header(content: bytes, generator: Generator) -> tuple[bytes, str]:
    """NRRD and MetaImage: lines, then voxels."""
    end = content.find(b"\n\n")
    end = content.find(b"ElementDataFile") if content[:2] != b"NR" else end
    if end < 0:
        return _bytes(content, generator)
    head, done = _text(content[:end], generator)
    return head + content[end:], done


def _nifti(content: bytes, generator: Generator) -> tuple[bytes, str]:
    """Fields of the header by their place: sizes, spacings, codes, matrices, scale, type."""
    second = len(content) > 4 and content[:4] == struct.pack("<i", 540)
    fields = (
        (("i", (0,)), ("h", (12, 14)), ("q", range(16, 80, 8)), ("d", range(104, 192, 8)), ("i", (344, 348)),
         ("d", range(352, 496, 8)))
        if second
        else (("i", (0,)), ("h", (*range(40, 56, 2), 70, 72)), ("f", (*range(76, 120, 4),)), ("h", (252, 254)),
              ("f", range(256, 328, 4)), ("B", (123,)))
    )  # fmt: skip
    code, offsets = _pick(generator, fields)
    offset = _pick(generator, tuple(offsets))
    if code in "fd":
        value = _pick(generator, FLOATS)
    else:
        size = 8 * struct.calcsize(code)
        value = _pick(generator, NUMBERS) % (1 << (size if code == "B" else size - 1))
        value = -1 if code != "B" and generator.random() < 0.1 else value
    result = bytearray(content)
    if len(result) < offset + 8:
        return _bytes(content, generator)
    struct.pack_into("<" + code, result, offset, value)
    return bytes(result), f"{code} at {offset} is {value}"


def _dicom(content: bytes, generator: Generator) -> tuple[bytes, str]:
    """A value of the header, of any depth: taken out, emptied, another."""
    try:
        with tolerant():
            return _element_changed(content, generator)
    except Exception:  # noqa: BLE001 - what was changed before may be no DICOM any more
        return _bytes(content, generator)


def _element_changed(content: bytes, generator: Generator) -> tuple[bytes, str]:
    dataset = pydicom.dcmread(io.BytesIO(content), force=True)
    holders = list(_datasets(dataset))
    holder = _pick(generator, holders) if generator.random() < 0.5 else dataset
    tags = [tag for tag in sorted(holder.keys()) if tag != 0x7FE00010] or [0x7FE00010]
    tag = _pick(generator, tags)
    name = holder[tag].keyword or str(tag)
    action = _pick(generator, ("out", "value", "value", "value", "value"))
    if action == "out":
        del holder[tag]
        done = f"{name} taken out"
    else:
        raw = _raw_value(holder[tag].VR, generator)
        holder[tag] = RawDataElement(
            pydicom.tag.Tag(tag),
            holder[tag].VR if holder[tag].VR != "SQ" else "UN",
            len(raw),
            raw,
            0,
            False,
            True,
        )
        done = f"{name} is {raw[:40]!r}"
    whole = hasattr(dataset, "file_meta") and len(dataset.file_meta) > 0
    buffer = io.BytesIO()
    if whole:
        pydicom.dcmwrite(buffer, dataset, enforce_file_format=False)
    else:
        pydicom.dcmwrite(buffer, dataset, implicit_vr=True, little_endian=True)
    return buffer.getvalue(), done


def _datasets(dataset: Dataset):
    yield dataset
    if getattr(dataset, "file_meta", None):
        yield dataset.file_meta
    for element in dataset:
        if element.VR == "SQ":
            for item in element.value:
                yield from _datasets(item)


def _raw_value(representation: str, generator: Generator) -> bytes:
    packed = {"US": "<H", "SS": "<h", "UL": "<I", "SL": "<i", "FD": "<d", "FL": "<f"}.get(representation)
    if packed and generator.random() < 0.8:
        if packed in ("<d", "<f"):
            return struct.pack(packed, _pick(generator, FLOATS))
        size = 8 * struct.calcsize(packed)
        return (_pick(generator, NUMBERS) % (1 << size)).to_bytes(size // 8, "little")
    raw = _pick(generator, WORDS).encode("utf-8")
    return raw + b" " * (len(raw) % 2)
