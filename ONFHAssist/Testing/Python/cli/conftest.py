"""A way to call ``onfh`` that returns what a shell would see."""

import json
from collections.abc import Callable

import pytest

from ONFHAssistLab import cli


@pytest.fixture
def onfh(capfd: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """``onfh("segment", ...)`` returns (exit code, standard output, standard error)."""

    def call(*arguments: object) -> tuple[int, str, str]:
        capfd.readouterr()
        code = cli.run([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        return code, out, err

    return call


@pytest.fixture
def onfh_json(onfh: Callable[..., tuple[int, str, str]]) -> Callable[..., dict]:
    """``onfh_json("segment", ...)`` returns the one object printed; the command must succeed."""

    def call(*arguments: object) -> dict:
        code, out, err = onfh(*arguments, "--json")
        assert code == 0, err
        assert out.count("\n") == 1
        return json.loads(out)

    return call
