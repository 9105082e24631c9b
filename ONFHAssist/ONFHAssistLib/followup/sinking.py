"""By how much each place of a joint surface sank between two dates, read off the grey values of both at once.

Two readings of two dates are off by both errors. Here each ray from the centre of the head has the profiles of T1 and of
the fat-suppressed series across the surface, of the earlier and of the later date side by side, and small networks say
how far the bone of the later date lies deeper. They see what is about the ray too: a dent is wider than noise. They
learned of simulated pairs, most with a dent that was pressed into the profiles themselves, of any place, width and depth,
so that they know no shape of collapse and no sign that merely comes with one (``benchmarks/followup_surface.py``). They
are asked both ways round, and half the difference counts: a surface seen twice unchanged sinks by nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.spatial import cKDTree

from ..core.resources import resource_path
from ..imaging.contrast import FAT_SUPPRESSED, T1
from ..measure.surface import PATCH_MM, PROFILE_MM, SurfaceView, articular_rays, sampled

SEEN = (T1, FAT_SUPPRESSED)  # contrasts, each of which is compared with itself alone
HEAD_MM = 24.0  # radius of a head, for which widths on the sphere are given
AROUND_MM = (4.0, 9.0)  # widths, over which the network sees what is about a ray
_IN_PLANE = 3.0  # power with which series count less, whose slices a ray leaves
_LEAST = 0.05  # share with which the worst of them counts


@dataclass(frozen=True)
class Look:
    """Profiles of one contrast at one date along rays; grey values from 0 to 1 over the head's surface.

    Attributes:
        values: (n, depths of :data:`..measure.surface.PROFILE_MM`), over a patch. usual: likewise, of most rays of this
            head in the series. across: squared cosine (n,) of each ray with the direction across the slices.
    """

    values: np.ndarray
    usual: np.ndarray
    across: np.ndarray


@dataclass(frozen=True)
class SinkingModel:
    """A network: two layers on each ray, what they say about it at two widths, and two layers on all that.

    Attributes:
        weights: (inputs, outputs) of each layer. offsets: of each layer.
    """

    weights: tuple[np.ndarray, ...]
    offsets: tuple[np.ndarray, ...]

    def depth(self, features: np.ndarray, around: Sequence[np.ndarray]) -> np.ndarray:
        """By how much each ray's surface lies deeper, mm (n,).

        Args:
            features: of :func:`paired`. around: of :func:`neighbours`.
        """
        own = features
        for weight, offset in zip(self.weights[:2], self.offsets[:2], strict=True):
            own = np.maximum(own @ weight + offset, 0.0)
        seen = np.hstack([own, *(share @ own for share in around)])
        hidden = np.maximum(seen @ self.weights[2] + self.offsets[2], 0.0)
        return np.asarray((hidden @ self.weights[3] + self.offsets[3])[:, 0])


@cache
def sinking_models() -> tuple[SinkingModel, ...]:
    """Those of ``Resources/followup_surface.json``, whose answers are averaged."""
    numbers = json.loads(resource_path("followup_surface.json").read_text(encoding="utf-8"))
    return tuple(
        SinkingModel(
            *(tuple(np.asarray(layer, np.float32) for layer in one[name]) for name in ("weights", "offsets"))
        )
        for one in numbers
    )


@cache
def neighbours(side: str) -> tuple[np.ndarray, ...]:
    """For each of :data:`AROUND_MM` what every other ray (n, n) counts about a ray; rows add up to 1."""
    rays = articular_rays(side)
    apart = HEAD_MM * np.arccos(np.clip(rays @ rays.T, -1.0, 1.0))
    found = []
    for width in AROUND_MM:
        share = np.exp(-0.5 * np.square(apart / width))
        found.append(np.asarray(share / share.sum(axis=1, keepdims=True), np.float32))
    return tuple(found)


@cache
def _patch(side: str) -> tuple[np.ndarray, ...]:
    rays = HEAD_MM * articular_rays(side)
    return tuple(np.asarray(own) for own in cKDTree(rays).query_ball_point(rays, PATCH_MM))


def look_of(view: SurfaceView, sphere: tuple[np.ndarray, float], side: str) -> Look:
    """One series along :func:`..measure.surface.articular_rays`.

    Args:
        sphere: centre (LPS mm) and radius, in the frame that the matrix of ``view`` comes from.
    """
    rays = articular_rays(side)
    points = np.asarray(sphere[0]) + (sphere[1] + PROFILE_MM)[None, :, None] * rays[:, None, :]
    turn = view.matrix[:3, :3]
    values = sampled(view.image, points @ turn.T + view.matrix[:3, 3])
    low, high = np.percentile(values, [5, 95])
    values = (values - low) / max(float(high - low), 1e-6)
    over = np.stack([values[own].mean(axis=0) for own in _patch(side)])
    usual = np.broadcast_to(np.median(values, axis=0), over.shape)
    return Look(over, usual, np.square((rays @ turn.T) @ view.image.slice_normal))


def seen_together(looks: Sequence[Look]) -> Look:
    """All series of one contrast: of each ray most what the slices show that it runs along."""
    counts = np.stack([(1.0 + _LEAST - look.across) ** _IN_PLANE for look in looks])
    counts /= counts.sum(axis=0)

    def mean(rows: list[np.ndarray]) -> np.ndarray:
        return np.asarray(
            sum(c.reshape(-1, *(1,) * (r.ndim - 1)) * r for c, r in zip(counts, rows, strict=True))
        )

    return Look(
        mean([look.values for look in looks]),
        mean([look.usual for look in looks]),
        mean([look.across for look in looks]),
    )


def looks_at(views: Sequence[SurfaceView], sphere: tuple[np.ndarray, float], side: str) -> dict[str, Look]:
    """Contrast (of :data:`SEEN`) to what all series of it show at one date."""
    found = {}
    for contrast in SEEN:
        own = [look_of(view, sphere, side) for view in views if view.contrast == contrast]
        if own:
            found[contrast] = seen_together(own)
    return found


def paired(before: Mapping[str, Look], after: Mapping[str, Look], count: int) -> np.ndarray:
    """What the network sees of each ray (count, inputs); zeros for a contrast that either date has not."""
    rows = []
    for contrast in SEEN:
        if contrast not in before or contrast not in after:
            rows.append(np.zeros((count, 4 * len(PROFILE_MM) + 2)))
            continue
        one, two = before[contrast], after[contrast]
        rows += [one.values, two.values, one.across[:, None], two.across[:, None], one.usual, two.usual]
    return np.hstack(rows).astype(np.float32)


def sunk_along(
    before: Mapping[str, Look],
    after: Mapping[str, Look],
    side: str,
    models: Sequence[SinkingModel] | None = None,
) -> np.ndarray | None:
    """By how much the surface sank along each ray, mm (n,), negative where it rose; what is to be expected, so that
    a dent which shows badly is drawn shallower than it is. None where no contrast of one date is one of the other's.
    """
    if not set(before) & set(after):
        return None
    count, around = len(articular_rays(side)), neighbours(side)
    there, back = paired(before, after, count), paired(after, before, count)
    found = [0.5 * (one.depth(there, around) - one.depth(back, around)) for one in models or sinking_models()]
    return np.asarray(np.mean(found, axis=0))
