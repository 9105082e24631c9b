"""A case as it goes into the pipeline: images, outlines, and what a reader marked; each is read and fitted once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from ..core.errors import InputError
from ..core.provenance import image_id
from ..imaging.head import FemoralHead, heads_from_labels
from ..imaging.image import Image
from ..imaging.labels import SIDES, head_mask
from ..imaging.masks.fine import belonging, fine_labels, on_image, outline_hashes, outlines_hash
from ..segment.outline_sides import check_sides, require_our_labels

Point = tuple[float, float, float]


@dataclass(frozen=True)
class Case:
    """One patient's images.

    Attributes:
        image: MRI of one or both hips.
        name: of the image, as its user calls it; it stands in messages.
        labels: outlines on the image's grid, values of :mod:`.labels`; None where they are to be found. Given on finer
            voxels, they are kept as ``fine`` and taken to the image's by share (:mod:`..imaging.masks.fine`).
        fine: the outlines on finer voxels, which volumes and angles are measured on; None where there are none, and
            where ``labels`` are not their share: those were changed afterwards, and count.
        edges: side to the lateral acetabular edge that a reader marked, LPS mm.
        radiograph: AP radiograph of the same patient, for the survival. radiograph_labels: outlines on its grid.

    Raises:
        InputError: outlines on a grid of which the image's is not made.
    """

    image: Image
    name: str = "the volume"
    labels: Image | None = None
    edges: Mapping[str, Point] = field(default_factory=dict)
    radiograph: Image | None = None
    radiograph_labels: Image | None = None
    fine: Image | None = None

    def __post_init__(self) -> None:
        if self.labels is None:
            object.__setattr__(self, "fine", None)
            return
        if self.image.same_grid(self.labels):
            if self.fine is not None:
                object.__setattr__(self, "fine", belonging(self.fine, self.labels, self.image))
            return
        fine = fine_labels(self.labels, self.image)
        if fine is None:
            self.image.require_same_grid(self.labels, self.name, "The segmentation")
            raise AssertionError("the same grid after all")
        object.__setattr__(self, "fine", fine)
        object.__setattr__(self, "labels", on_image(fine, self.image))

    def with_labels(self, labels: Image, fine: Image | None = None) -> Case:
        """The same case with these outlines."""
        return replace(self, labels=labels, fine=fine)

    @cached_property
    def input(self) -> str:
        """Series UID of a DICOM image, else a hash of its voxels and geometry."""
        return image_id(self.image)

    @cached_property
    def outlines(self) -> Image:
        """The labels.

        Raises:
            InputError: nothing is outlined.
        """
        if self.labels is None:
            raise InputError(f"No femoral head is outlined on {self.name}; outline it first.")
        return self.labels

    @cached_property
    def outlines_in_full(self) -> Image:
        """The outlines as fine as they are known: what volumes, arcs and spheres are read off.

        Raises:
            InputError: nothing is outlined.
        """
        return self.outlines if self.fine is None else self.fine

    @cached_property
    def outlines_sha256(self) -> str:
        """Hash of the outlines; "" without any."""
        return "" if self.labels is None else outlines_hash(self.outlines_in_full, self.image)

    @cached_property
    def hip_outlines(self) -> dict[str, str]:
        """Side to the hash of that hip's outlines."""
        return {} if self.labels is None else outline_hashes(self.outlines_in_full, self.image)

    @cached_property
    def hip_content(self) -> dict[str, str]:
        """Side to the hash of voxels, geometry and that hip's outlines."""
        if self.labels is None:
            return {}
        return outline_hashes(self.outlines_in_full, self.image, content_sha256(self.image).encode())

    @cached_property
    def content_sha256(self) -> str:
        """Hash of voxels, geometry and outlines: cases with the same one have the same features; "" without outlines."""
        return "" if self.labels is None else content_sha256(self.image, self.outlines_in_full)

    @cached_property
    def sides(self) -> tuple[str, ...]:
        """Sides with an outlined femoral head, right before left.

        Raises:
            InputError: no head at all; the labels that there are are named.
        """
        return outlined_sides(self.outlines)

    @cached_property
    def side_warnings(self) -> tuple[str, ...]:
        """What is to be known of the sides of the given outlines, on the MRI and on the radiograph.

        Raises:
            InputError: a side that the place contradicts, see :func:`.outline_sides.check_sides`.
        """
        pairs = ((self.labels, self.image), (self.radiograph_labels, self.radiograph))
        return tuple(
            text
            for labels, image in pairs
            if labels is not None and image is not None
            for text in check_sides(labels, image)
        )

    @cached_property
    def heads(self) -> tuple[FemoralHead, ...]:
        """The outlined heads with the spheres of their articular surfaces.

        Raises:
            InputError: an outline too small for a sphere.
        """
        return heads_from_labels(self.outlines_in_full)


def content_sha256(*images: Image) -> str:
    """Hash of voxels and geometry of an image, and of its outlines where they are given too."""
    digest = hashlib.sha256()
    for one in images:
        digest.update(f"{one.array.dtype} {one.array.shape}".encode())
        digest.update(np.ascontiguousarray(one.array).data)
        digest.update(np.asarray(one.affine, float).tobytes())
    return digest.hexdigest()


def outlined_sides(labels: Image) -> tuple[str, ...]:
    """Sides with an outlined femoral head, right before left.

    Raises:
        InputError: no head at all.
    """
    sides = tuple(side for side in SIDES if head_mask(labels.array, side).any())
    if not sides:
        require_our_labels(labels)
    return sides
