"""3DC-YOLOX: shapes, decoding, assignment and loss, each with values worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from ONFHAssistLib.segment import yolox  # noqa: E402
from ONFHAssistLib.segment.yolox import (  # noqa: E402
    SIZE_UNIT,
    Targets,
    Yolox3d,
    assign,
    cell_centres,
    decoded,
    detection_loss,
)


def targets(boxes, classes=None, left=None, ignored=None) -> Targets:
    n = len(boxes)
    return Targets(
        torch.tensor(boxes, dtype=torch.float32).reshape(n, 6),
        torch.tensor(classes or [0] * n, dtype=torch.long),
        torch.tensor(left or [0.0] * n),
        torch.tensor(ignored or [False] * n, dtype=torch.bool),
    )


def perfect_rows(shape, boxes, kind=0, left=0.0) -> torch.Tensor:
    """Rows of a network that knows: every cell gives the nearest box, sure only where its middle is near."""
    rows = []
    for stride in yolox.STRIDES:
        centres = cell_centres([n // stride for n in shape], stride)
        out = torch.full((len(centres), 10), -12.0)
        for i, c in enumerate(centres):
            distances = [float((c - (b[:3] + b[3:]) / 2).abs().max()) for b in boxes]
            best = boxes[int(np.argmin(distances))]
            out[i, :6] = best
            if min(distances) < yolox.CENTRE_RADIUS * stride:
                out[i, 6], out[i, 7 + kind], out[i, 9] = 12.0, 12.0, 24.0 * left - 12.0
        rows.append(out)
    return torch.cat(rows)


def test_output_has_a_row_for_every_cell_of_both_strides():
    rows = Yolox3d(4).eval()(torch.zeros(2, 1, 16, 24, 32))
    assert rows.shape == (2, 4 * 6 * 8 + 2 * 3 * 4, 10)


def test_zero_output_decodes_to_the_unit_box_about_the_cell():
    rows = decoded(torch.zeros(1, 10, 2, 1, 1), 4)
    assert torch.allclose(
        rows[0, 1, :6],
        torch.tensor([6.0, 2, 2, 6, 2, 2]) + SIZE_UNIT / 2 * torch.tensor([-1.0] * 3 + [1.0] * 3),
    )


def test_assignment_takes_cells_near_the_middle_and_as_many_as_overlap_well():
    boxes = torch.tensor([[10.0, 10, 10, 22, 22, 22]])
    rows = perfect_rows((32, 32, 32), boxes)
    centres = torch.cat([cell_centres((32 // s,) * 3, s) for s in yolox.STRIDES])
    strides = torch.cat([torch.full(((32 // s) ** 3,), float(s)) for s in yolox.STRIDES])
    owner = assign(rows, centres, strides, targets(boxes.tolist()))
    chosen = centres[owner == 0]
    assert (
        len(chosen) == yolox.CANDIDATES
    )  # every candidate overlaps fully, so the dynamic k is the sum of ten ones
    assert (chosen - 16.0).abs().max() < yolox.CENTRE_RADIUS * 8


def test_a_cell_wanted_by_two_boxes_goes_to_the_cheaper():
    boxes = [[8.0, 8, 8, 20, 20, 20], [9.0, 9, 9, 21, 21, 21]]
    rows = perfect_rows((32, 32, 32), torch.tensor(boxes[:1]))
    centres = torch.cat([cell_centres((32 // s,) * 3, s) for s in yolox.STRIDES])
    strides = torch.cat([torch.full(((32 // s) ** 3,), float(s)) for s in yolox.STRIDES])
    owner = assign(rows, centres, strides, targets(boxes))
    assert (owner == 0).sum() > (owner == 1).sum()
    assert set(owner.tolist()) <= {-1, 0, 1}


def test_loss_is_near_zero_for_perfect_rows_and_grows_with_each_fault():
    boxes = torch.tensor([[10.0, 10, 10, 22, 22, 22]])
    shape = (32, 32, 32)
    wanted = [targets(boxes.tolist(), left=[1.0])]
    good = perfect_rows(shape, boxes, left=1.0)
    owned = assign(
        good,
        torch.cat([cell_centres((32 // s,) * 3, s) for s in yolox.STRIDES]),
        torch.cat([torch.full(((32 // s) ** 3,), float(s)) for s in yolox.STRIDES]),
        wanted[0],
    )
    good[owned < 0, 6] = -12.0
    base, parts = detection_loss(good[None], shape, wanted)
    assert float(base) < 0.02
    assert parts["box"] == pytest.approx(0.0, abs=1e-5)
    for column, name in ((6, "object"), (7, "class"), (9, "side")):
        bad = good.clone()
        bad[:, column] *= -1
        assert detection_loss(bad[None], shape, wanted)[1][name] > 5.0


def test_box_loss_is_one_minus_the_generalised_overlap():
    boxes = torch.tensor([[8.0, 8, 8, 20, 20, 20]])
    rows = perfect_rows((32, 32, 32), torch.tensor([[8.0, 8, 14, 20, 20, 26]]))
    _, parts = detection_loss(rows[None], (32, 32, 32), [targets(boxes.tolist())])
    # Half of each box overlaps: IoU 1/3; the hull of 12 x 12 x 18 has no empty part.
    assert parts["box"] == pytest.approx(2.0 / 3.0, abs=1e-4)


def test_an_ignored_box_is_neither_wanted_nor_punished():
    boxes = torch.tensor([[10.0, 10, 10, 22, 22, 22]])
    rows = perfect_rows((32, 32, 32), boxes)
    punished, _ = detection_loss(rows[None], (32, 32, 32), [targets([])])
    left_alone, _ = detection_loss(rows[None], (32, 32, 32), [targets(boxes.tolist(), ignored=[True])])
    assert float(punished) > 100.0
    assert float(left_alone) < 1.0


def test_a_few_steps_learn_a_bright_ball():
    torch.manual_seed(0)
    network = Yolox3d(4)
    optimiser = torch.optim.AdamW(network.parameters(), lr=3e-3)
    grid = torch.stack(torch.meshgrid(*[torch.arange(32.0) + 0.5] * 3, indexing="ij"), -1)
    first = last = 0.0
    for step in range(60):
        middle = torch.tensor(np.random.default_rng(step).uniform(10, 22, (2, 3)), dtype=torch.float32)
        images = torch.stack([((grid - m).norm(dim=-1) < 6).float() for m in middle])[:, None]
        wanted = [targets([[*(m - 6).tolist(), *(m + 6).tolist()]]) for m in middle]
        loss, parts = detection_loss(network(images), (32, 32, 32), wanted)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        last = float(loss.detach())
        first = first or last
    assert last < 0.35 * first
    assert parts["box"] < 0.6
