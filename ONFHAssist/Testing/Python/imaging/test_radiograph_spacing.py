"""Lengths on radiographs by DICOM PS3.3 10.7.1.3, grey pictures in colour channels, and films as pictures."""

import struct

import numpy as np
import pytest
from PIL import Image as Picture
from pydicom.dataset import Dataset

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.imaging.files import read_image
from ONFHAssistLib.imaging.radiograph import (
    corrected_for_magnification,
    grey_plane,
    is_radiograph,
    pixel_spacing_of,
    radiograph_sentences,
)

GREY = np.random.default_rng(0).integers(0, 255, (30, 40)).astype(np.uint8)


def header(**tags):
    dataset = Dataset()
    for name, value in tags.items():
        setattr(dataset, name, value)
    return dataset


@pytest.mark.parametrize(
    ("tags", "spacing", "kind"),
    [
        ({"PixelSpacing": [0.5, 0.4], "ImagerPixelSpacing": [0.5, 0.4]}, (0.4, 0.5), "detector"),
        ({"PixelSpacing": [0.5, 0.5], "ImagerPixelSpacing": [0.6, 0.6]}, (0.5, 0.5), "calibrated"),
        ({"PixelSpacing": [0.5, 0.5], "ImagerPixelSpacing": [0.5, 0.5], "PixelSpacingCalibrationType": "FIDUCIAL"},
         (0.5, 0.5), "calibrated"),
        ({"PixelSpacing": [0.5, 0.5], "PixelSpacingCalibrationType": "GEOMETRY"}, (0.5, 0.5), "calibrated"),
        ({"PixelSpacing": [0.5, 0.5]}, (0.5, 0.5), "stated without calibration"),
        ({"PixelSpacing": None, "ImagerPixelSpacing": [0.5, 0.4]}, (0.4, 0.5), "detector"),
        ({"PixelSpacing": [0, 0], "ImagerPixelSpacing": [0.5, 0.5]}, (0.5, 0.5), "detector"),
        ({"PixelSpacing": [0.5, 0.5], "ImagerPixelSpacing": [0, 0]}, (0.5, 0.5), "stated without calibration"),
        ({"NominalScannedPixelSpacing": [0.5, 0.5]}, (0.5, 0.5), "detector"),
        ({"ImagerPixelSpacing": [0.6, 0.6], "EstimatedRadiographicMagnificationFactor": "1.2"},
         (0.5, 0.5), "detector, corrected for magnification"),
        ({"PixelSpacing": [0.6, 0.6], "ImagerPixelSpacing": [0.6, 0.6],
          "EstimatedRadiographicMagnificationFactor": "1.2"}, (0.5, 0.5), "detector, corrected for magnification"),
        ({"ImagerPixelSpacing": [0.6, 0.6], "EstimatedRadiographicMagnificationFactor": "0"}, (0.6, 0.6), "detector"),
        ({}, (1.0, 1.0), "none"),
        ({"PixelSpacing": None, "ImagerPixelSpacing": None}, (1.0, 1.0), "none"),
    ],
)  # fmt: skip
def test_what_the_spacings_of_a_header_mean(tags, spacing, kind):
    found, meaning = pixel_spacing_of(header(**tags))
    assert found == pytest.approx(spacing)
    assert meaning == kind


def test_a_grey_picture_in_colour_channels_is_read_and_a_coloured_one_is_not():
    near = np.stack([GREY, GREY, np.clip(GREY.astype(int) + 2, 0, 255).astype(np.uint8)], -1)
    assert np.array_equal(grey_plane(near, "a"), GREY)
    assert np.array_equal(grey_plane(GREY[None], "a"), GREY)
    with pytest.raises(InputError, match="a is a picture in colour"):
        grey_plane(np.stack([GREY, GREY, 255 - GREY], -1), "a")
    with pytest.raises(InputError, match="not a single grey radiograph"):
        grey_plane(np.stack([GREY] * 5), "a")


@pytest.mark.parametrize("name", ["a.png", "a.tif", "a.bmp", "rgb.png", "palette.png"])
def test_a_picture_is_a_film_of_the_spacing_that_its_user_states(tmp_path, name):
    picture = Picture.fromarray(np.stack([GREY] * 3, -1) if "rgb" in name else GREY)
    (picture.convert("P") if "palette" in name else picture).save(tmp_path / name)
    film = read_image(tmp_path / name, spacing=0.2)
    assert is_radiograph(film)
    assert np.array_equal(film.array[0], GREY)
    assert film.spacing[:2] == (0.2, 0.2)
    # It hangs as on the screen: columns to the patient's left, rows to the feet.
    assert np.allclose(film.index_to_point([10, 5, 0]) - film.index_to_point([0, 0, 0]), [2.0, 0.0, -1.0])
    assert "no patient orientation" in radiograph_sentences(film)[0]
    assert corrected_for_magnification(film, 1.25).spacing[0] == pytest.approx(0.16)


def test_a_picture_without_spacing_is_good_for_deep_features_only(tmp_path):
    Picture.fromarray(GREY).save(tmp_path / "a.png")
    with pytest.raises(
        InputError,
        match=r"a\.png states no pixel spacing .* good for deep features.* give the spacing, in mm",
    ):
        read_image(tmp_path / "a.png")
    assert read_image(tmp_path / "a.png", lengths=False).metadata["pixel_spacing"] == "none"
    for wrong in (0.0, -0.2, 20.0, float("nan")):
        with pytest.raises(InputError, match="mm a pixel is given"):
            read_image(tmp_path / "a.png", spacing=wrong)


def test_sixteen_bits_of_a_picture_are_kept_and_jpeg_is_read(tmp_path):
    Picture.fromarray(GREY.astype(np.uint16) * 250).save(tmp_path / "a.png")
    assert np.array_equal(read_image(tmp_path / "a.png", spacing=0.2).array[0], GREY.astype(np.uint16) * 250)
    smooth = np.tile(np.arange(0, 240, 3, dtype=np.uint8), (40, 1))
    Picture.fromarray(np.stack([smooth] * 3, -1)).save(tmp_path / "a.jpg", quality=95)
    assert np.abs(read_image(tmp_path / "a.jpg", spacing=0.2).array[0].astype(int) - smooth).max() <= 3


def test_a_picture_that_its_viewer_should_turn_is_refused(tmp_path):
    for number, turned in ((1, False), (2, True), (6, True)):
        exif = Picture.Exif()
        exif[0x0112] = number
        Picture.fromarray(GREY).save(tmp_path / "a.jpg", exif=exif)
        if turned:
            with pytest.raises(InputError, match="stored turned or mirrored"):
                read_image(tmp_path / "a.jpg", spacing=0.2)
        else:
            assert read_image(tmp_path / "a.jpg", spacing=0.2).array.shape == (1, 30, 40)


@pytest.mark.parametrize("white_is_zero", [False, True])
def test_a_tiff_whose_white_is_zero_is_turned_bone_bright(tmp_path, white_is_zero):
    rows, columns = GREY.shape
    data, start = GREY.tobytes(), 8 + 2 + 12 * 9 + 4
    entries = [(256, 3, columns), (257, 3, rows), (258, 3, 8), (259, 3, 1), (262, 3, 0 if white_is_zero else 1),
               (273, 4, start), (277, 3, 1), (278, 3, rows), (279, 4, len(data))]  # fmt: skip
    packed = b"".join(
        struct.pack("<HHI", tag, kind, 1)
        + (struct.pack("<HH", value, 0) if kind == 3 else struct.pack("<I", value))
        for tag, kind, value in entries
    )
    content = b"II*\0" + struct.pack("<IH", 8, len(entries)) + packed + struct.pack("<I", 0) + data
    (tmp_path / "a.tif").write_bytes(content)
    assert np.array_equal(
        read_image(tmp_path / "a.tif", spacing=0.2).array[0], 255 - GREY if white_is_zero else GREY
    )


def test_a_damaged_picture_is_named(tmp_path):
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n and no more")
    with pytest.raises(InputError, match=r"a\.png cannot be read as a picture"):
        read_image(tmp_path / "a.png", spacing=0.2)
