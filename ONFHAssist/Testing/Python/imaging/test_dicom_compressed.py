"""Compressed DICOM: the values of every transfer syntax that hospitals use equal the uncompressed ones."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pydicom
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from pydicom.uid import (
    MPEG2MPML,
    UID,
    HTJ2KLossless,
    JPEGExtended12Bit,
    JPEGLossless,
    JPEGLosslessSV1,
    JPEGLSLossless,
    RLELossless,
)
from support.compressed_dicom import BY_GDCM, LOSSLESS, compressed, with_frames
from support.dicom_files import enhanced, slice_datasets, write_shuffled

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.imaging.files import read_image
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.imaging.series.files import header_of
from ONFHAssistLib.imaging.series.pixels import decode_by_gdcm

FEW = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
JPEG_FAMILY = [syntax for syntax in LOSSLESS if syntax != RLELossless]


def named(syntaxes):
    return pytest.mark.parametrize("syntax", syntaxes, ids=lambda uid: uid.rsplit(".", 1)[-1])


def volume(values: np.ndarray) -> Image:
    return Image(values, (0.7, 0.8, 4.0), (-100.0, 20.0, -30.0))


def blocks(shape=(3, 24, 32), seed=0) -> np.ndarray:
    """Values of 12 bits, equal within 8 x 8 pixels, the extremes among them."""
    z, y, x = shape
    coarse = np.random.default_rng(seed).integers(0, 4096, (z, y // 8, x // 8))
    coarse[0, 0, :2] = 0, 4095
    return np.kron(coarse, np.ones((1, 8, 8), int)).astype(np.int16)


@named(LOSSLESS)
@FEW
@given(
    arrays(
        np.int16,
        st.tuples(st.integers(2, 3), st.integers(32, 41), st.integers(32, 37)),
        elements=st.integers(-(2**15), 2**15 - 1),
    )
)
def test_a_lossless_series_equals_the_uncompressed_one(tmp_path_factory, syntax, values):
    datasets = slice_datasets(volume(values))
    plain = read_image(write_shuffled(datasets, tmp_path_factory.mktemp("plain")))
    small = [compressed(dataset, syntax) for dataset in datasets]
    back = read_image(write_shuffled(small, tmp_path_factory.mktemp("small")))
    assert np.array_equal(back.array, values)
    assert back.array.dtype == plain.array.dtype
    assert back.same_grid(plain)


@named(LOSSLESS)
@pytest.mark.parametrize(("bits", "signed"), [(8, False), (12, False), (16, False), (16, True)])
def test_a_lossless_multi_frame_object_equals_the_uncompressed_one(tmp_path, syntax, bits, signed):
    kind = np.dtype(f"{'i' if signed else 'u'}{1 if bits == 8 else 2}")
    low = -(2 ** (bits - 1)) if signed else 0
    values = np.random.default_rng(bits).integers(low, low + 2**bits, (4, 37, 34)).astype(kind)
    dataset = enhanced(volume(np.zeros(values.shape, np.int16)), [2, 0, 3, 1], slopes=False)
    dataset.BitsAllocated, dataset.BitsStored, dataset.HighBit = 8 * kind.itemsize, bits, bits - 1
    dataset.PixelRepresentation, dataset.PixelData = int(signed), values[[2, 0, 3, 1]].tobytes()
    pydicom.dcmwrite(tmp_path / "one.dcm", compressed(dataset, syntax), enforce_file_format=True)
    assert np.array_equal(read_image(tmp_path / "one.dcm").array, values)


@FEW
@given(st.integers(0, 2**31))
def test_twelve_bit_jpeg_is_read_exactly(tmp_path_factory, seed):
    values = blocks(seed=seed)
    datasets = slice_datasets(volume(values), BitsStored=12, HighBit=11, PixelRepresentation=0)
    small = [compressed(dataset, JPEGExtended12Bit) for dataset in datasets]
    back = read_image(write_shuffled(small, tmp_path_factory.mktemp("series")))
    assert np.array_equal(back.array, values)


@named(JPEG_FAMILY)
def test_gdcm_alone_decodes_what_other_environments_have_decoders_for(tmp_path, syntax):
    values = np.random.default_rng(3).integers(-2000, 30000, (4, 37, 34)).astype(np.int16)
    dataset = compressed(enhanced(volume(values), [0, 1, 2, 3], slopes=False), syntax)
    pydicom.dcmwrite(tmp_path / "one.dcm", dataset, enforce_file_format=True)
    found = decode_by_gdcm(tmp_path / "one.dcm", header_of(tmp_path / "one.dcm"))
    assert np.array_equal(found, values)
    assert found.dtype == np.int16


def test_the_packages_of_slicer_are_enough(tmp_path):
    """pydicom, SimpleITK and highdicom's own imports; no Pillow, no pyjpegls, no pylibjpeg, no gdcm."""
    values = np.random.default_rng(4).integers(0, 3000, (3, 34, 36)).astype(np.int16)
    for syntax in LOSSLESS:
        datasets = [compressed(one, syntax) for one in slice_datasets(volume(values))]
        write_shuffled(datasets, tmp_path / syntax)
    np.save(tmp_path / "values.npy", values)
    code = (
        "import sys; from pathlib import Path\n"
        "for name in ('PIL', 'jpeg_ls', 'openjpeg', 'pylibjpeg', 'gdcm', 'highdicom'): sys.modules[name] = None\n"
        "import numpy as np\n"
        "from ONFHAssistLib.imaging.files import read_image\n"
        "root = Path(sys.argv[1]); values = np.load(root / 'values.npy')\n"
        "found = [p.name for p in sorted(root.iterdir()) if p.is_dir() and np.array_equal(read_image(p).array, values)]\n"
        "print(' '.join(found))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.stdout.split() == sorted(LOSSLESS), done.stderr


def test_slope_and_intercept_are_applied_once_to_decoded_values(tmp_path):
    values = np.arange(4 * 36 * 35, dtype=np.int16).reshape(4, 36, 35)
    datasets = slice_datasets(volume(values), RescaleSlope="2", RescaleIntercept="-7")
    small = [compressed(dataset, JPEGLosslessSV1) for dataset in datasets]
    assert np.array_equal(read_image(write_shuffled(small, tmp_path)).array, 2.0 * values - 7.0)


def test_nothing_of_the_patient_is_written_for_decoding(tmp_path, monkeypatch):
    from ONFHAssistLib.imaging.series import pixels

    written = []
    real = pixels._carrier
    monkeypatch.setattr(pixels, "_carrier", lambda *a: written.append(real(*a)) or written[-1])
    dataset = compressed(slice_datasets(volume(np.ones((1, 36, 35), np.int16)))[0], JPEGLossless)
    pydicom.dcmwrite(tmp_path / "one.dcm", dataset, enforce_file_format=True)
    decode_by_gdcm(tmp_path / "one.dcm", header_of(tmp_path / "one.dcm"))
    assert "SECRET" not in str(written[0]).upper()
    assert dataset.SOPInstanceUID not in str(written[0])


def test_the_files_of_the_standard_are_read():
    """NEMA's nuclear image in 12-bit JPEG and in JPEG 2000, as pydicom's package has them: the same picture twice."""
    folder = Path(pydicom.__file__).parent / "data" / "test_files"
    if not (folder / "JPGExtended.dcm").exists():
        pytest.skip("this pydicom comes without its test files")
    read = [decode_by_gdcm(folder / n, header_of(folder / n)) for n in ("JPGExtended.dcm", "JPEG2000.dcm")]
    assert read[0].shape == read[1].shape == (1024, 256)
    assert read[0].max() == 264
    assert np.corrcoef(read[0].ravel(), read[1].ravel())[0, 1] > 0.9  # both are lossy


@pytest.mark.parametrize(
    ("syntax", "words"),
    [
        (HTJ2KLossless, "High-Throughput JPEG 2000.*no decoder here; install pylibjpeg"),
        ("1.2.840.10008.1.2.4.110", r"1\.2\.840\.10008\.1\.2\.4\.110.*uncompressed"),
        ("1.3.46.670589.33.1.4.11", r"unknown transfer syntax 1\.3\.46\.670589\.33\.1\.4\.11.*uncompressed"),
        (MPEG2MPML, "is a video"),
    ],
)
def test_a_syntax_that_nothing_reads_is_named_with_the_remedy(tmp_path, syntax, words):
    known = syntax if isinstance(syntax, UID) else HTJ2KLossless
    datasets = [with_frames(one, known, [b"\0" * 64]) for one in slice_datasets(volume(blocks()))]
    folder = write_shuffled(datasets, tmp_path)
    for file in folder.iterdir():
        assert len(known) == len(syntax)
        file.write_bytes(file.read_bytes().replace(known.encode(), syntax.encode()))
    with pytest.raises(InputError, match=words):
        read_image(folder)


@named([*JPEG_FAMILY, RLELossless])
def test_a_compressed_slice_that_was_cut_is_named(tmp_path, syntax):
    values = np.random.default_rng(5).integers(0, 3000, (3, 32, 32)).astype(np.int16)
    datasets = [compressed(one, syntax) for one in slice_datasets(volume(values))]
    folder = write_shuffled(datasets, tmp_path)
    victim = sorted(folder.iterdir())[1]
    victim.write_bytes(victim.read_bytes()[:-600])
    with pytest.raises(InputError, match=rf"{victim.name}.*(truncated|damaged)"):
        read_image(folder)


def test_every_syntax_of_the_family_has_its_encoder_here():
    assert set(BY_GDCM) | {JPEGLSLossless, RLELossless} == set(LOSSLESS)
