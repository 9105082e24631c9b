"""Find the marching-cubes triangles anew from PyRadiomics' results, and compare with the table in the library.

    python benchmarks/radiomics_mesh_table.py

PyRadiomics (3.0.1, which must be installed) gives surface and volume of any small mask. Each of the 127 cases with
corners inside is put into a cube of its own and measured with six random voxel spacings. The cut edges are closed into
loops in every way that the faces allow, the loops triangulated in every way, and the first solution that has the
measured surface and volume for all spacings is taken.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

sys.path = [entry for entry in sys.path if Path(entry or ".").resolve() != Path(__file__).resolve().parent]

from radiomics import cShape  # noqa: E402

from ONFHAssistLib.extract.native.shape.mesh_table import CORNERS, EDGE_CENTRES, EDGES, triangles  # noqa: E402

FACES = ((0, 1, 2, 3), (4, 5, 6, 7), (0, 1, 5, 4), (1, 2, 6, 5), (2, 3, 7, 6), (3, 0, 4, 7))
NUMBER = {frozenset(edge): k for k, edge in enumerate(EDGES.tolist())}
Triangle = tuple[int, int, int]


def inside(case: int, corner: int) -> int:
    """1 where the corner lies inside."""
    return case >> corner & 1


def measured(case: int, spacing: np.ndarray) -> tuple[float, float]:
    """Surface and volume that PyRadiomics gives one cube."""
    mask = np.zeros((2, 2, 2), bool)
    for corner in range(8):
        mask[tuple(CORNERS[corner])] = inside(case, corner)
    surface, volume, _ = cShape.calculate_coefficients(mask, spacing)
    return surface, volume


def segments(case: int, face: tuple[int, ...], around: int) -> list[tuple[int, int]]:
    """Edges joined on one face; where inside and outside corners alternate, lines run around those of kind ``around``."""
    edges = [NUMBER[frozenset((face[k], face[(k + 1) % 4]))] for k in range(4)]
    cut = [k for k in range(4) if inside(case, face[k]) != inside(case, face[(k + 1) % 4])]
    if len(cut) == 2:
        return [(edges[cut[0]], edges[cut[1]])]
    return [(edges[k - 1], edges[k]) for k in range(4) if cut and inside(case, face[k]) == around]


def loops(case: int, choice: tuple[int, ...]) -> list[list[int]]:
    """Closed loops of edges."""
    joined: dict[int, list[int]] = {}
    for face, around in zip(FACES, choice, strict=True):
        for a, b in segments(case, face, around):
            joined.setdefault(a, []).append(b)
            joined.setdefault(b, []).append(a)
    found, seen = [], set()
    for first in joined:
        if first in seen:
            continue
        loop, before, here = [first], None, first
        while True:
            following = list(joined[here])
            if before is not None:
                following.remove(before)
            before, here = here, following[0]
            if here == first:
                break
            loop.append(here)
        seen.update(loop)
        found.append(loop)
    return found


def outward(case: int, loop: list[int]) -> list[int]:
    """The loop, turned so that its normal points from the inside corners to the outside ones."""
    points = EDGE_CENTRES[loop]
    normal = np.cross(points - points.mean(axis=0), np.roll(points, -1, axis=0) - points.mean(axis=0)).sum(
        axis=0
    )
    steps = [(CORNERS[b] - CORNERS[a]) * (1 if inside(case, a) else -1) for a, b in EDGES[loop]]
    return loop if np.dot(normal, np.sum(steps, axis=0)) > 0 else loop[::-1]


def triangulations(loop: list[int]) -> Iterator[list[Triangle]]:
    """All ways to cut a loop into triangles."""
    if len(loop) < 3:
        yield []
        return
    for k in range(1, len(loop) - 1):
        for left in triangulations(loop[: k + 1]):
            for right in triangulations(loop[k:]):
                yield [(loop[0], loop[k], loop[-1]), *left, *right]


def surface_volume(found: list[Triangle], spacing: np.ndarray) -> tuple[float, float]:
    """Of triangles, with the origin at the corner of the cube."""
    a, b, c = (EDGE_CENTRES[np.array(found)] * spacing).transpose(1, 0, 2)
    surface = 0.5 * np.linalg.norm(np.cross(a - c, b - c), axis=1).sum()
    return surface, (np.cross(a, b) * c).sum() / 6


def solve(case: int, spacings: np.ndarray) -> list[Triangle]:
    """The triangles of one case."""
    wanted = [measured(case, spacing) for spacing in spacings]
    for choice in itertools.product((1, 0), repeat=6):
        closed = [outward(case, loop) for loop in loops(case, choice)]
        for turns in itertools.product((1, -1), repeat=len(closed)):
            turned = [loop[::turn] for loop, turn in zip(closed, turns, strict=True)]
            for parts in itertools.product(*map(list, map(triangulations, turned))):
                found = [triangle for part in parts for triangle in part]
                if all(
                    np.allclose(surface_volume(found, spacing), target, rtol=1e-9, atol=1e-12)
                    for spacing, target in zip(spacings, wanted, strict=True)
                ):
                    return found
    raise RuntimeError(f"case {case} has no solution")


def same(found: list[Triangle], case: int, spacings: np.ndarray) -> bool:
    """Whether the library's triangles make the same surface; a flat four-sided loop may be cut either way."""

    def facts(corners: np.ndarray) -> np.ndarray:
        a, b, c = corners.transpose(1, 0, 2)
        normal = np.cross(a - c, b - c)
        return np.array(
            [np.linalg.norm(normal, axis=1).sum(), (np.cross(a, b) * c).sum(), *normal.sum(axis=0)]
        )

    ours, table = EDGE_CENTRES[np.array(found)], triangles(case)
    return all(np.allclose(facts(ours * spacing), facts(table * spacing)) for spacing in spacings)


def main() -> None:
    """Solve all cases and compare."""
    spacings = np.random.default_rng(0).uniform(0.5, 2.0, (6, 3))
    found = {case: solve(case, spacings) for case in range(1, 128)}
    agreeing = sum(same(solution, case, spacings) for case, solution in found.items())
    print(
        f"{len(found)} cases solved with {sum(map(len, found.values()))} triangles; {agreeing} surfaces as in the library"
    )
    sys.exit(0 if agreeing == len(found) else 1)


if __name__ == "__main__":
    main()
