"""Principal components of deep features: of the training rows only, and the same again for new rows."""

import json

import numpy as np
import pandas as pd
import pytest

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.tabular.selection.components import ComponentTable, DeepComponents


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


def test_a_share_of_the_variance_takes_as_many_components_as_it_needs():
    step = DeepComponents(0.9).fit(table())
    assert 1 <= len(step.names_) <= 2
    assert step.explained_.sum() >= 0.9
    assert "30 deep features to" in step.title_


def test_some_components_as_numbers_give_what_all_give():
    frame = table()
    step = DeepComponents(4).fit(frame)
    numbers = ComponentTable.from_dict(json.loads(json.dumps(step.table(["DLPC_1", "DLPC_3"]).to_dict())))
    terms = ("original_firstorder_Mean", "DLPC_1", "DLPC_3")
    assert numbers.inputs(terms) == ("original_firstorder_Mean", *(f"DL_{k}" for k in range(30)))
    found = numbers.apply(frame[list(numbers.inputs(terms))].to_numpy())
    assert found == pytest.approx(step.transform(frame)[list(terms)].to_numpy(), abs=1e-12)


@pytest.mark.parametrize(
    "damage",
    [
        lambda d: d["scale"].__setitem__(0, 0.0),
        lambda d: d["weights"].pop(),
        lambda d: d["mean"].append(0.0),
        lambda d: d["deep"].__setitem__(1, d["deep"][0]),
        lambda d: d.update(names=[], weights=[]),
    ],
)
def test_damaged_numbers_are_refused(damage):
    content = DeepComponents(2).fit(table()).table(["DLPC_0", "DLPC_1"]).to_dict()
    damage(content)
    with pytest.raises(InputError, match="components of the model need"):
        ComponentTable.from_dict(content)


def test_a_hole_in_a_deep_feature_is_named():
    frame = table()
    frame.loc[3, "DL_5"] = np.nan
    with pytest.raises(InputError, match="column 'DL_5' has missing values"):
        DeepComponents(2).fit(frame)
