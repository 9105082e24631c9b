"""Principal components of deep features: of the training rows only, and the same again for new rows."""

import numpy as np
import pandas as pd
import pytest

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.tabular.selection.components import DeepComponents


def table(rows: int = 40, seed: int = 0) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    hidden = rng.normal(size=(rows, 2)) * [5.0, 1.0]
    deep = hidden @ rng.normal(size=(2, 30)) + 1e-3 * rng.normal(size=(rows, 30)) + 7
    frame = pd.DataFrame(deep, columns=[f"DL_{k}" for k in range(30)])
    frame.insert(0, "original_firstorder_Mean", rng.normal(size=rows))
    frame.attrs["preset_sha256"] = "abc"
    return frame


def test_two_hidden_directions_are_found_and_the_other_columns_stay():
    frame = table()
    found = DeepComponents(3).fit(frame).transform(frame)
    assert list(found.columns) == ["original_firstorder_Mean", "DLPC_0", "DLPC_1", "DLPC_2"]
    step = DeepComponents(3).fit(frame)
    assert step.explained_[:2].sum() > 0.999
    assert found["original_firstorder_Mean"].equals(frame["original_firstorder_Mean"])
    assert found.attrs == frame.attrs


def test_new_rows_do_not_change_what_was_learned():
    train, test = table(30, 1), table(10, 2)
    step = DeepComponents(2).fit(train)
    alone = step.transform(test.iloc[:1])
    together = step.transform(test)
    assert np.allclose(alone.to_numpy(), together.iloc[:1].to_numpy(), atol=1e-12)
    assert np.abs(step.transform(train)["DLPC_0"].mean()) < 1e-9
    assert np.abs(together["DLPC_0"].mean()) > 1e-6


def test_a_constant_deep_feature_does_no_harm():
    frame = table()
    frame["DL_3"] = 2.0
    assert np.isfinite(DeepComponents(2).fit(frame).transform(frame).to_numpy()).all()


@pytest.mark.parametrize(
    ("step", "frame", "words"),
    [
        (DeepComponents(2), table()[["original_firstorder_Mean"]], "no column that starts with 'DL_'"),
        (DeepComponents(31), table(), "31 components cannot be had"),
        (DeepComponents(0), table(), "0 components cannot be had"),
    ],
)
def test_what_cannot_be_fitted_is_refused(step, frame, words):
    with pytest.raises(InputError, match=words):
        step.fit(frame)


def test_a_missing_column_is_named():
    frame = table()
    step = DeepComponents(2).fit(frame)
    with pytest.raises(InputError, match="lacks the column 'DL_7'"):
        step.transform(frame.drop(columns="DL_7"))
