"""What a bundle that a training starts from may have seen already of the real images that the training is judged on.

Cross-validation leaves a patient out of a fold, not out of the weights that the fold began with. So every training on
real images writes which ones it learned from into its bundle, as digests that tell nobody whose they are, and a later
training compares them with its own. An image that was resampled or painted into is another one to it, and so is another
series of the same patient. Images of a hospital's own cohort are also told by their voxels alone
(:func:`content_digest`), since ids and files change on their way.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

import numpy as np

from ONFHAssistLib.bundles.bundle import Bundle
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.core.provenance import image_id
from ONFHAssistLib.imaging.image import Image

from ..simulate.hybrid.real_hips import RealHead

LEARNED_FROM = (
    "learned_from"  # entry of a bundle's metadata: digests of all real images that its weights have seen
)
LEARNED_IMAGES = "learned_images"  # the same of images of own cohorts, by their voxels alone


def content_digest(image: Image) -> str:
    """Sixteen digits of an image's voxels: of its size and of how often each value occurs.

    The same wherever the image lies, in DICOM or another file, whatever its header says, and however its axes run.
    """
    values, counts = np.unique(image.array.astype(np.float32) + 0.0, return_counts=True)
    found = hashlib.sha256(repr(sorted(image.size)).encode())
    found.update(values.tobytes())
    found.update(counts.astype(np.int64).tobytes())
    return found.hexdigest()[:16]


def identity_digest(image: Image) -> str:
    """Sixteen digits of an image's series, or of its voxels and geometry where it states none."""
    return hashlib.sha256(image_id(image).encode()).hexdigest()[:16]


def images_learned(start: Bundle) -> frozenset[str]:
    """Digests of both kinds of the images that a start lists."""
    listed: Iterable[str] = [*start.metadata.get(LEARNED_FROM, ()), *start.metadata.get(LEARNED_IMAGES, ())]
    return frozenset(map(str, listed))


def images_of(heads: Sequence[RealHead]) -> frozenset[str]:
    """Sixteen digits for each image: of its series, or of its voxels where it states none."""
    images = {str(head.path): head.image for head in heads}
    return frozenset(map(identity_digest, images.values()))


def images_seen_by(start: Bundle | None) -> frozenset[str] | None:
    """The images that a start learned from; None where there are some and it does not list them."""
    if start is None or (start.simulated_only and LEARNED_FROM not in start.metadata):
        return frozenset()
    listed = start.metadata.get(LEARNED_FROM)
    return None if listed is None else frozenset(map(str, listed))


def images_after(start: Bundle | None, heads: Sequence[RealHead]) -> tuple[str, ...] | None:
    """All images that a training on these heads has learned from at its end; None where nobody knows."""
    before = images_seen_by(start)
    return None if before is None else tuple(sorted(before | images_of(heads)))


def caution_of_start(start: Bundle | None, heads: Sequence[RealHead]) -> str:
    """What has to stand beside figures on these heads, in a sentence; "" where the start has seen none of them.

    Raises:
        InputError: the start learned from one of these images, so that no figure on it would be held out.
    """
    if start is None:
        return ""
    listed, mine = images_seen_by(start), images_of(heads)
    seen = max(len(mine & (listed or frozenset())), _own_among(start, heads))
    if seen:
        raise InputError(
            f"The start {start.name} has learned from {seen} of these {len(mine)} real images, so that no figure on them "
            "would be held out; start from a bundle that has not, or give images of other patients."
        )
    if listed is not None:
        return ""
    return (
        f"The start, {start.name} {start.version} ({start.sha256[:12]}), learned from real images that it does not "
        "list: the figures on real hips are held out only for patients who are not among those of the start."
    )


def _own_among(start: Bundle, heads: Sequence[RealHead]) -> int:
    """How many of the images a start learned from as those of an own cohort."""
    listed = set(start.metadata.get(LEARNED_IMAGES, ()))
    images = {str(head.path): head.image for head in heads} if listed else {}
    return sum(content_digest(image) in listed for image in images.values())
