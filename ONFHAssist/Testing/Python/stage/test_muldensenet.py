"""MulPoolFusion and the network: shapes, composition, and what the gate does."""

import numpy as np
import torch
from torch.nn import functional

from ONFHAssistLib.stage.muldensenet import MulDenseEnsemble, MulDenseNet, MulPoolFusion, PlainTransition
from ONFHAssistLib.stage.temperature import pooled_probability


def test_mulpoolfusion_concatenates_four_poolings_and_mixes_them():
    torch.manual_seed(0)
    layer = MulPoolFusion(6, 5, learned=3).eval()
    x = torch.randn(2, 6, 4, 8, 6)
    active = functional.relu(layer.norm(x))
    few = functional.conv3d(active, layer.reduce.weight)
    small = functional.conv3d(few, layer.small.weight, stride=2, padding=1)
    large = functional.conv3d(few, layer.large.weight, stride=2, padding=2)
    fused = torch.cat(
        [functional.avg_pool3d(active, 2), functional.max_pool3d(active, 2), small, large], dim=1
    )
    assert fused.shape == (2, 18, 2, 4, 3)
    assert layer.small.kernel_size == (3, 3, 3)
    assert layer.large.kernel_size == (5, 5, 5)
    torch.testing.assert_close(layer(x), functional.conv3d(fused, layer.mix.weight))


def test_mulpoolfusion_with_only_its_average_is_the_plain_transition():
    torch.manual_seed(1)
    plain, fused = PlainTransition(6, 4).eval(), MulPoolFusion(6, 4, learned=2).eval()
    weight = torch.zeros_like(fused.mix.weight)
    weight[:, :6] = plain.mix.weight
    fused.mix.weight.data = weight
    x = torch.randn(1, 6, 4, 4, 4)
    torch.testing.assert_close(fused(x), plain(x), atol=1e-6, rtol=1e-5)


def test_the_network_stages_the_studys_input():
    network = MulDenseNet().eval()
    logits, outlines = network.both(torch.rand(2, 1, 32, 112, 64))
    assert logits.shape == (2, 3)
    assert outlines.shape == (2, 2, 8, 14, 16)
    plain = MulDenseNet(gated=False).eval()
    assert plain.both(torch.rand(1, 1, 32, 112, 64))[1] is None
    assert sum(p.numel() for p in network.parameters()) < 1_000_000


def test_outside_of_what_it_sees_as_head_nothing_counts():
    torch.manual_seed(2)
    network = MulDenseNet().eval()
    network.outline_head.weight.data.zero_()
    network.outline_head.bias.data[0] = -60.0  # no head anywhere
    a, b = network(torch.rand(1, 1, 32, 112, 64)), network(torch.rand(1, 1, 32, 112, 64))
    torch.testing.assert_close(a, network.classifier.bias[None])
    torch.testing.assert_close(a, b)


def test_an_ensemble_is_the_mean_of_its_members_then_brought_to_its_temperature():
    torch.manual_seed(3)
    ensemble = MulDenseEnsemble(2, temperature=2.0).eval()
    x = torch.rand(1, 1, 32, 112, 64)
    mean = sum(functional.softmax(m(x), dim=1) for m in ensemble.members) / 2
    torch.testing.assert_close(ensemble(x), mean.sqrt() / mean.sqrt().sum(dim=1, keepdim=True))
    logits = np.stack([m(x).detach().numpy() for m in ensemble.members])
    np.testing.assert_allclose(ensemble(x).detach().numpy(), pooled_probability(logits, 2.0), rtol=1e-5)
    torch.testing.assert_close(ensemble(x).sum(dim=1), torch.ones(1))
