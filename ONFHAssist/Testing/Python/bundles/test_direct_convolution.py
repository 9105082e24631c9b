"""Convolutions that go to oneDNN give PyTorch's own values, and learn as before."""

import pytest

torch = pytest.importorskip("torch")
from torch import nn  # noqa: E402

from ONFHAssistLib.bundles.direct_convolution import DirectConv3d, with_direct_convolutions  # noqa: E402


def network():
    torch.manual_seed(0)
    return nn.Sequential(
        nn.Conv3d(1, 6, 3, stride=2, padding=1, bias=False),
        nn.Conv3d(6, 4, (3, 1, 5), padding=(0, 0, 2), dilation=(2, 1, 1), groups=2),
        nn.Conv3d(4, 3, 1),
    ).eval()


def test_the_values_are_those_of_pytorch_and_weights_and_names_stay():
    plain, direct = network(), with_direct_convolutions(network())
    assert [type(part) for part in direct] == [DirectConv3d, DirectConv3d, nn.Conv3d]
    assert {name: one.tolist() for name, one in direct.state_dict().items()} == {
        name: one.tolist() for name, one in plain.state_dict().items()
    }
    x = torch.randn(1, 1, 13, 10, 9)
    with torch.inference_mode():
        assert torch.allclose(direct(x), plain(x), rtol=1e-5, atol=1e-6)
    with torch.inference_mode():  # in double precision, where oneDNN has none
        assert torch.equal(direct.double()(x.double()), plain.double()(x.double()))


def test_what_learns_gets_the_same_gradients():
    x, found = torch.randn(2, 1, 13, 10, 9), []
    for one in (network(), with_direct_convolutions(network())):
        one(x).square().sum().backward()
        found.append(one[0].weight.grad)
    assert torch.equal(*found)
