"""A corpus of small inputs of every kind that the commands read, made by code, the same bytes each time.

Each sample is a folder of files and the command lines that read them, where ``IN`` stands for that folder and ``OUT`` for
one that the command may write.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pydicom
from pydicom.dataset import Dataset
from pydicom.uid import (
    DigitalXRayImageStorageForPresentation,
    JPEG2000Lossless,
    JPEGLosslessSV1,
    JPEGLSLossless,
    RLELossless,
    generate_uid,
)

from ONFHAssistLab.studies.dlrc.example_cohort import example_cohort
from ONFHAssistLib.bundles.bundle import models_folder
from ONFHAssistLib.imaging.files import write_image
from ONFHAssistLib.imaging.image import Image

from .compressed_dicom import compressed
from .dicom_files import enhanced, slice_datasets
from .feature_cohorts import cohort
from .named_files import dicom_seg, nifti, ras_affine, rtstruct, seg_nrrd

SIZE = (20, 24, 24)  # z, y, x
SPACING = (3.0, 3.0, 3.5)
CENTRE = np.array([-85.0, 5.0, 0.0])  # LPS, on the patient's right
RADIUS = 24.0
SPHERE = ("--centre", "-85", "5", "0", "--radius", "24")
QUICK = "imageType:\n  Original: {}\nfeatureClass:\n  shape:\n  firstorder:\nsetting:\n  binWidth: 25\n  label: 1\n"
_PLAIN_DATE = {"DA": "20200101", "TM": "120000", "DT": "20200101120000"}


@dataclass(frozen=True)
class Sample:
    """Files of one kind and how they are read.

    Attributes:
        kind: such as ``"DICOM, compressed"``.
        folder: its files, never changed.
        commands: of which one is run on a changed copy; all succeed on the folder as it is.
        changed: names (with ``*``) of the files that a mutation may change.
        share: how often it is taken, beside the others.
        repaired: run on the changed copy, such as to make the hashes of a bundle fit.
    """

    kind: str
    folder: Path
    commands: tuple[tuple[str, ...], ...]
    changed: tuple[str, ...] = ("*",)
    share: float = 1.0
    repaired: Callable[[Path], object] | None = None


def make_corpus(folder: Path) -> list[Sample]:
    """Write all samples into ``folder``, in a fixed order."""
    return [*_of_dicom(folder), *_of_segmentations(folder), *_of_volumes(folder), *_of_texts(folder)]


def _grid() -> Image:
    middle = 0.5 * (np.array(SIZE[::-1]) - 1) * SPACING
    return Image(np.zeros(SIZE, np.int16), SPACING, tuple(CENTRE - middle))


def _image() -> Image:
    grid = _grid()
    distance = np.linalg.norm(grid.points() - CENTRE, axis=-1)
    noise = np.random.default_rng(1).normal(0, 20, distance.shape)
    return grid.like((np.where(distance < RADIUS, 700, 200) + noise).astype(np.int16))


def _labels() -> Image:
    points = _grid().points() - CENTRE
    distance = np.linalg.norm(points, axis=-1)
    necrosis = (distance < RADIUS) & (points[..., 2] > 12)
    return _grid().like(np.where(necrosis, 3, distance < RADIUS).astype(np.uint8))


def _place(folder: Path, name: str) -> Path:
    (folder / name).mkdir(parents=True)
    (folder / name / "quick.yaml").write_text(QUICK, encoding="utf-8")
    write_image(_labels(), folder / name / "labels.nii.gz")
    return folder / name


def _reading(image: str, mask: str = "labels.nii.gz") -> tuple[tuple[str, ...], ...]:
    """Commands that read an image and a mask in a moment."""
    return (
        ("segment", f"IN/{image}", *SPHERE, "--out", "OUT"),
        ("extract", f"IN/{image}", f"IN/{mask}", "--preset", "IN/quick.yaml", "--out", "OUT/features.csv"),
        ("measure", f"IN/{image}", f"IN/{mask}", "--no-find-edges"),
    )


# DICOM ----------------------------------------------------------------------------------------------------------------


def _series(**tags: object) -> list[Dataset]:
    return slice_datasets(_image(), RepetitionTime=3000.0, EchoTime=60.0, ScanningSequence="SE", **tags)


def settled(dataset: Dataset) -> Dataset:
    """The dataset with identifiers and times that do not depend on when it was made."""
    numbers: dict[str, str] = {}

    def settle(_parent: Dataset, element: pydicom.DataElement) -> None:
        made_up = element.VR == "UI" and str(element.value).startswith(
            (pydicom.uid.PYDICOM_ROOT_UID, "2.25.")
        )
        if made_up:
            element.value = numbers.setdefault(
                str(element.value), generate_uid(entropy_srcs=["corpus", str(len(numbers))])
            )
        elif element.VR in _PLAIN_DATE and element.value:
            element.value = _PLAIN_DATE[element.VR]

    dataset.walk(settle)
    dataset.file_meta.walk(settle)
    return dataset


def _settled_series(datasets: list[Dataset]) -> list[Dataset]:
    """As :func:`settled`, one series."""
    same = {name: generate_uid(entropy_srcs=[name]) for name in ("series", "study", "frame")}
    for number, dataset in enumerate(datasets):
        dataset.SeriesInstanceUID, dataset.StudyInstanceUID = same["series"], same["study"]
        dataset.FrameOfReferenceUID = same["frame"]
        uid = generate_uid(entropy_srcs=["slice", str(number)])
        dataset.SOPInstanceUID = dataset.file_meta.MediaStorageSOPInstanceUID = uid
    return datasets


def _written(datasets: list[Dataset], folder: Path, preamble: bool = True) -> None:
    folder.mkdir()
    for number, dataset in enumerate(datasets):
        if preamble:
            pydicom.dcmwrite(folder / f"IM{number:03d}", dataset, enforce_file_format=True)
        else:
            del dataset.file_meta
            pydicom.dcmwrite(folder / f"IM{number:03d}", dataset, implicit_vr=True, little_endian=True)


def _of_dicom(folder: Path) -> Iterator[Sample]:
    place = _place(folder, "plain")
    _written(_settled_series(_series()), place / "series")
    yield Sample("DICOM, plain", place, _reading("series"), ("series/*",), 2.0)

    place = _place(folder, "no-preamble")
    _written(_settled_series(_series()), place / "series", preamble=False)
    yield Sample("DICOM, no preamble", place, _reading("series"), ("series/*",))

    for syntax in (JPEGLosslessSV1, JPEGLSLossless, JPEG2000Lossless, RLELossless):
        place = _place(folder, f"compressed-{syntax.rsplit('.', 1)[-1]}")
        small = [compressed(dataset, syntax) for dataset in _settled_series(_series())]
        _written(small, place / "series")
        yield Sample("DICOM, compressed", place, _reading("series"), ("series/*",), 0.4)

    place = _place(folder, "enhanced")
    order = np.random.default_rng(3).permutation(SIZE[0]).tolist()
    _written([settled(enhanced(_image(), order))], place / "series")
    yield Sample("DICOM, enhanced", place, _reading("series"), ("series/*",))

    place = _place(folder, "radiograph")
    yield _radiograph(place)


def _radiograph(place: Path) -> Sample:
    row, column = np.mgrid[:160, :160]
    disc = np.hypot(row - 80, column - 80) < 45
    pixels = np.where(disc, 2000, 900) + np.random.default_rng(4).normal(0, 30, disc.shape)
    film = slice_datasets(
        Image(pixels[None].astype(np.int16), (0.5, 0.5, 1.0)),
        Modality="DX",
        SOPClassUID=DigitalXRayImageStorageForPresentation,
        ImagerPixelSpacing=[0.5, 0.5],
        PatientOrientation=["L", "F"],
        ImageLaterality="R",
    )[0]
    for name in ("ImagePositionPatient", "ImageOrientationPatient", "SliceThickness"):
        delattr(film, name)
    film.file_meta.MediaStorageSOPClassUID = film.SOPClassUID
    _written(_settled_series([film]), place / "film")
    from ONFHAssistLib.imaging.files import read_image

    image = read_image(place / "film" / "IM000")
    write_image(image.like(disc[None].astype(np.uint8)), place / "labels.nii.gz")
    middle = [f"{value:g}" for value in image.index_to_point([80, 80, 0])]
    circle = ("segment", "IN/film/IM000", "--centre", *middle, "--radius", "22", "--out", "OUT")
    return Sample("DICOM, radiograph", place, (circle, _reading("film/IM000")[1]), ("film/*",))


def _of_segmentations(folder: Path) -> Iterator[Sample]:
    labels = _labels().array
    place = _place(folder, "seg")
    series = _settled_series(_series())
    names = ["Femoral head R", "Necrosis R"]
    dicom_seg(place / "made.dcm", series, [labels > 0, labels == 3], names)
    settled(pydicom.dcmread(place / "made.dcm")).save_as(place / "mask.dcm")
    (place / "made.dcm").unlink()
    write_image(_image(), place / "image.nii.gz")
    yield Sample("DICOM SEG", place, _reading("image.nii.gz", "mask.dcm")[1:], ("mask.dcm",))

    place = _place(folder, "rtstruct")
    write_image(_image(), place / "image.nii.gz")
    rtstruct(place / "made.dcm", {"Femoral head R": _polygons(0.0), "Necrosis R": _polygons(12.0)})
    settled(pydicom.dcmread(place / "made.dcm")).save_as(place / "mask.dcm")
    (place / "made.dcm").unlink()
    yield Sample("RTSTRUCT", place, _reading("image.nii.gz", "mask.dcm")[1:], ("mask.dcm",))

    place = _place(folder, "seg-nrrd")
    write_image(_image(), place / "image.nii.gz")
    fields = [
        {"ID": f"S{n}", "Name": name, "LabelValue": str(value), "Layer": "0", "Extent": "0 23 0 23 0 19"}
        for n, (name, value) in enumerate(zip(names, (1, 3), strict=True))
    ]
    seg_nrrd(place / "mask.seg.nrrd", [_labels()], fields)
    yield Sample(".seg.nrrd", place, _reading("image.nii.gz", "mask.seg.nrrd")[1:], ("mask.seg.nrrd",))


def _polygons(above: float) -> list[np.ndarray]:
    """Circles of the ball on each slice more than ``above`` mm over its centre, as a planning system writes them."""
    turns = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    heights = [_grid().index_to_point([0, 0, k])[2] - CENTRE[2] for k in range(SIZE[0])]
    result = []
    for height in heights:
        if abs(height) >= RADIUS - 1 or (above and height <= above):
            continue
        radius = np.sqrt(RADIUS**2 - height**2)
        ring = np.stack([radius * np.cos(turns), radius * np.sin(turns), np.full(24, height)], -1)
        result.append(CENTRE + ring)
    return result


# NIfTI and NRRD -------------------------------------------------------------------------------------------------------


def _of_volumes(folder: Path) -> Iterator[Sample]:
    readers = ("compare", "IN/labels.nii.gz", "IN/labels.nii.gz")
    for suffix, share in ((".nii", 1.5), (".nii.gz", 0.7), (".nrrd", 1.0), (".mha", 0.5)):
        place = _place(folder, "volume" + suffix)
        write_image(_image(), place / f"image{suffix}")
        kind = "NIfTI" if suffix.startswith(".nii") else "NRRD" if suffix == ".nrrd" else "MetaImage"
        changed = (f"image{suffix}", "labels.nii.gz") if suffix == ".nii.gz" else (f"image{suffix}",)
        more = (readers,) if suffix == ".nii.gz" else ()
        yield Sample(kind, place, (*_reading(f"image{suffix}"), *more), changed, share)
    place = _place(folder, "nifti-2")
    image = _image()
    nifti(place / "image.nii", image.array, ras_affine(image), SPACING, (0, 1), 2)
    yield Sample("NIfTI-2", place, _reading("image.nii"), ("image.nii",), 0.5)
    place = _place(folder, "label-image")
    write_image(_image(), place / "image.nii.gz")
    write_image(_labels(), place / "mask.nii")
    write_image(_labels(), place / "other.nii")
    both = ("IN/mask.nii", "IN/other.nii")
    commands = (
        *_reading("image.nii.gz", "mask.nii")[1:],
        ("compare", *both),
        ("consensus", *both, "--method", "majority", "--out", "OUT/consensus.nii.gz"),
    )
    yield Sample("label image", place, commands, ("mask.nii",))


# tables, parameter files, bundles -------------------------------------------------------------------------------------


def _of_texts(folder: Path) -> Iterator[Sample]:
    place = _place(folder, "parameters")
    write_image(_image(), place / "image.nii.gz")
    (place / "quick.yaml").write_text(
        "imageType:\n  Original: {}\n  LoG:\n    sigma: [5.0]\n  Square: {}\nfeatureClass:\n  shape:\n  firstorder:\n"
        "    - Mean\n    - Energy\n  glcm: [Contrast, Idm]\n  ngtdm:\nsetting:\n  binWidth: 25\n  normalize: true\n"
        "  normalizeScale: 1e2\n  removeOutliers: 3\n  label: 1\n  interpolator: sitkBSpline\n"
        "  resampledPixelSpacing: [4, 4, 4]\n  padDistance: 5\n  resegmentRange: [-3, 3]\n"
        "  resegmentMode: sigma\n  force2D: false\n  distances: [1, 2]\n  voxelArrayShift: 300\n",
        encoding="utf-8",
    )
    extraction = _reading("image.nii.gz")[1]
    yield Sample("YAML", place, (extraction,), ("quick.yaml",), 1.5)

    place = _place(folder, "cohort")
    write_image(_image(), place / "image.nii.gz")
    (place / "cohort.csv").write_text(
        "case,image,mask,label,side,reader\n"
        "P1,image.nii.gz,labels.nii.gz,1,R,first\nP2,image.nii.gz,labels.nii.gz,3,R,first\n",
        encoding="utf-8",
    )
    (place / "readers.csv").write_text(
        "case,first,second\nP1,labels.nii.gz,labels.nii.gz\nP2,labels.nii.gz,labels.nii.gz\n"
        "P3,labels.nii.gz,labels.nii.gz\n",
        encoding="utf-8",
    )
    extracting = ("cohort", "extract", "IN/cohort.csv", "--preset", "IN/quick.yaml", "--out", "OUT")
    yield Sample("CSV, extraction", place, (extracting,), ("cohort.csv",))
    reading = ("agreement", "IN/readers.csv", "--out", "OUT")
    yield Sample("CSV, readers", place, (reading,), ("readers.csv",), 0.15)
    yield _survival(folder / "survival")
    yield from _of_models(folder)


def _survival(place: Path) -> Sample:
    place.mkdir()
    made = example_cohort(patients=50, hips=70, radiomics=6, deep=4, effect=1.5, seed=2)
    rows = made.clinical.join(list(made.features.values())).reset_index()
    rows.assign(months=made.outcome.time.round(1), collapse=made.outcome.event.astype(int)).round(4).to_csv(
        place / "cohort.csv", index=False
    )
    columns = ("--patient", "case", "--time", "months", "--event", "collapse")
    quick = ("--bootstraps", "0", "--repeats", "1", "--folds", "2", "--out", "OUT")
    command = ("survival", "develop", "IN/cohort.csv", *columns, *quick)
    return Sample("CSV, survival", place, (command,), share=0.12)


def _of_models(folder: Path) -> Iterator[Sample]:
    place = folder / "dlr"
    place.mkdir()
    features, outcome = cohort(n_patients=40, n_features=12, n_related=4)
    table = features.assign(early_onfh=outcome).round(4).reset_index()
    table.to_csv(place / "cohort.csv", index=False)
    training = ("train", "dlr", "--cohort", "IN/cohort.csv", "--out", "OUT/bundle", "--group", "Rad")
    quick = ("--folds", "0", "--bootstraps", "100", "--classifier", "LR", "--no-deep")
    yield Sample("CSV, dlr", place, ((*training, *quick),), share=0.15)

    place = folder / "bundle"
    shutil.copytree(models_folder() / "rad-dlr-mri", place / "model")
    model = json.loads((place / "model" / "models" / "model.json").read_text(encoding="utf-8"))
    names = sorted({name for part in model["parts"] for name in part["model"]["feature_names"]})
    values = np.random.default_rng(5).normal(size=(20, len(names))).round(4)
    lines = [",".join(["case", "side", "sequence", "early_onfh", *names])]
    lines += [
        f"P{n},R,{('T1', 'T2 FS')[n // 2 % 2]},{n % 2}," + ",".join(map(str, row))
        for n, row in enumerate(values)
    ]
    (place / "features.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    verify = ("bundles", "verify", "IN/model")
    yield Sample("bundle", place, (verify,), ("model/*", "model/*/*"))
    judge = (
        "evaluate",
        "dlr",
        "IN/features.csv",
        "--bundle",
        "IN/model",
        "--bootstraps",
        "100",
        "--out",
        "OUT",
    )
    inside = ("model/models/model.json", "model/configs/*.json")
    yield Sample("bundle, hashes made to fit", place, (verify, judge), inside, 0.5, _with_hashes)
    yield Sample("CSV, evaluation", place, (judge,), ("features.csv",), 0.3)

    place = folder / "nomogram"
    shutil.copytree(models_folder() / "dlrc-xray", place / "model")
    drawing = ("survival", "nomogram", "--model", "IN/model", "--out", "OUT/nomogram.svg")
    yield Sample("bundle, nomogram", place, (drawing,), ("model/models/*.json",), 0.4, _with_hashes)


def _with_hashes(folder: Path) -> None:
    """Make the hashes of a changed bundle fit, so that what it holds is read."""
    from .bundle_folders import describe_anew

    try:
        describe_anew(folder / "model")
    except (ValueError, KeyError, TypeError, AttributeError, OSError):
        return  # so broken that it has none
