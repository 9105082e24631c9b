"""What one process writes of a typed result, another reads as the same; whatever does not fit is named."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.core.serial import from_json_value, to_json_value


@dataclass(frozen=True)
class Inner:
    name: str
    size: float
    place: tuple[float, float, float] | None = None


@dataclass(frozen=True)
class Outer:
    count: int
    told: bool
    inner: Inner | None
    many: tuple[Inner, ...] = ()
    named: Mapping[str, float] = field(default_factory=dict)


numbers = st.floats(allow_nan=True, allow_infinity=False)
inners = st.builds(Inner, st.text(), numbers, st.none() | st.tuples(*[st.floats(-1e9, 1e9)] * 3))
outers = st.builds(
    Outer,
    st.integers(-(2**53), 2**53),
    st.booleans(),
    st.none() | inners,
    st.lists(inners, max_size=3).map(tuple),
    st.dictionaries(st.text(), numbers, max_size=3),
)


@given(outers)
def test_what_was_written_is_read_as_it_was(value):
    text = json.dumps(to_json_value(value), allow_nan=False)
    assert repr(from_json_value(Outer, json.loads(text))) == repr(value)  # NaN is not equal to itself


def test_numbers_of_numpy_are_numbers():
    assert to_json_value({"a": np.float32(0.5), "b": np.int64(3), "c": np.bool_(True)}) == {
        "a": 0.5,
        "b": 3,
        "c": True,
    }
    assert to_json_value(Inner("a", math.nan))["size"] is None


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({"count": 1, "told": True}, "Outer has no field 'inner'"),
        ({"count": 1, "told": True, "inner": None, "other": 2}, "unknown field 'other'"),
        ({"count": 1.5, "told": True, "inner": None}, "Outer.count is 1.5; int is expected"),
        ({"count": True, "told": True, "inner": None}, "Outer.count is True; int is expected"),
        ({"count": 1, "told": 1, "inner": None}, "Outer.told is 1; bool is expected"),
        ({"count": 1, "told": True, "inner": {"name": "a", "size": "b"}}, "Outer.inner.size is 'b'"),
        (
            {"count": 1, "told": True, "inner": {"name": "a", "size": 1, "place": [1, 2]}},
            "Outer.inner.place is .*a list of 3",
        ),
        ({"count": 1, "told": True, "inner": None, "many": 3}, "Outer.many is 3; a list"),
    ],
)
def test_what_does_not_fit_is_named_with_its_place(content, message):
    with pytest.raises(InputError, match=message):
        from_json_value(Outer, content)


def test_something_that_json_does_not_know_is_our_fault():
    with pytest.raises(TypeError, match="set is nothing that JSON knows"):
        to_json_value({"a": {1}})
