"""One case in a worker: steps are kept, taken where nothing changed, and done again where something did."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from support.cohort_cases import contents, small_plan, write_cohort, write_table
from support.dicom_cases import DIRECTIONS, TAGS, outlines, pelvis
from support.dicom_files import slice_datasets, write_shuffled

from ONFHAssistLib.case.case import Case
from ONFHAssistLib.case.pipeline import run_case
from ONFHAssistLib.case.work import Settings
from ONFHAssistLib.cohort.run import kept
from ONFHAssistLib.cohort.run.assemble import Listed, assemble
from ONFHAssistLib.cohort.run.folder import CohortFolder, new_folder
from ONFHAssistLib.cohort.run.sources import Source, read_sources
from ONFHAssistLib.cohort.run.steps import STEPS, make_plan
from ONFHAssistLib.cohort.run.work_case import Outcome, work_case
from ONFHAssistLib.cohort.tables.columns import COLUMNS
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.imaging.files import read_image, read_mask, write_image

DTYPES = {"text": "string", "number": "float64", "whole number": "Int64", "truth value": "boolean"}
RESULTS = ("cases/*/result.json", "cases/*/rows.json", "cases/*/*.nii.gz", "cases/*/*.csv")


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> list[Source]:
    """Three cases."""
    return read_sources(write_cohort(tmp_path_factory.mktemp("cohort")))


@pytest.fixture(scope="module")
def straight(
    sources: list[Source], tmp_path_factory: pytest.TempPathFactory
) -> tuple[CohortFolder, list[Outcome]]:
    """The three cases, worked up without a disturbance."""
    folder = new_folder(tmp_path_factory.mktemp("straight") / "out")
    return folder, [work_case(one, small_plan(), str(folder.path)) for one in sources]


def copied(straight: tuple[CohortFolder, list[Outcome]], place: Path) -> CohortFolder:
    """A copy of the folder of the undisturbed run, with its times."""
    import shutil

    return CohortFolder(Path(shutil.copytree(straight[0].path, place / "out")))


def test_the_result_is_that_of_the_pipeline(
    straight: tuple[CohortFolder, list[Outcome]], sources: list[Source], tmp_path: Path
) -> None:
    folder, outcomes = straight
    assert [one.end for one in outcomes] == ["done"] * 3
    image, labels = read_image(sources[1].path), read_mask(sources[1].segmentation)
    settings = Settings(preset="ibsi", deep=False)
    one_go = run_case(Case(image, "image1.nii.gz", labels), tmp_path, ("measure", "extract"), settings)
    found = json.loads((folder.case("K1") / "result.json").read_text())
    wanted = json.loads(one_go.to_json())
    for mine, theirs in zip(found["hips"], wanted["hips"], strict=True):
        assert mine["findings"] == theirs["findings"]
        assert mine["radiomics"]["features"] == theirs["radiomics"]["features"]
        assert mine["head"] == theirs["head"]
    assert found["hip_content"] == wanted["hip_content"]
    case = json.loads((folder.case("K1") / "case.json").read_text())
    assert (case["case"], case["patient"], case["segmentation"]) == ("K1", "Anna", "segmentation.nii.gz")
    assert case["image"] == sources[1].path
    assert case["peak_mb"] > 50


def test_a_case_that_is_up_to_date_is_left(
    straight: tuple[CohortFolder, list[Outcome]], sources: list[Source], tmp_path: Path
) -> None:
    folder = copied(straight, tmp_path)
    before = contents(folder.path, *RESULTS)
    outcome = work_case(sources[0], small_plan(), str(folder.path))
    assert (outcome.end, outcome.ran) == ("current", ())
    assert contents(folder.path, *RESULTS) == before


def test_a_report_is_added_without_doing_the_rest_again(
    straight: tuple[CohortFolder, list[Outcome]], sources: list[Source], tmp_path: Path
) -> None:
    folder = copied(straight, tmp_path)
    plan = make_plan(("measure", "radiomics", "report"), Settings(preset="ibsi"))
    assert work_case(sources[0], plan, str(folder.path)).ran == ("report",)
    assert "Necrosis" in (folder.case("K0") / "index.html").read_text()
    rows = pd.read_csv(folder.case("K0") / "measurements.csv")
    assert list(rows["case"] + rows["side"]) == ["K0R", "K0L"]


def test_another_preset_extracts_anew_and_does_not_outline_or_measure(
    straight: tuple[CohortFolder, list[Outcome]], sources: list[Source], tmp_path: Path
) -> None:
    folder = copied(straight, tmp_path)
    plan = make_plan(("measure", "radiomics"), Settings(preset="dlrc-xray"))
    outcome = work_case(sources[0], plan, str(folder.path))
    assert outcome.ran == ("radiomics",)
    back = work_case(sources[0], small_plan(), str(folder.path))
    assert back.ran == ("radiomics",)
    assert contents(folder.path, *RESULTS) == contents(straight[0].path, *RESULTS)


def test_changed_outlines_have_everything_done_anew(
    straight: tuple[CohortFolder, list[Outcome]], sources: list[Source], tmp_path: Path
) -> None:
    from dataclasses import replace

    folder = copied(straight, tmp_path)
    labels = read_mask(sources[0].segmentation)
    other = write_image(
        labels.like(np.where(labels.array == 3, 1, labels.array)), tmp_path / "healthy.nii.gz"
    )
    outcome = work_case(replace(sources[0], segmentation=str(other)), small_plan(), str(folder.path))
    assert outcome.ran == ("segment", "measure", "radiomics")
    rows = json.loads((folder.case("K0") / "rows.json").read_text())["hips"]
    assert [row["necrosis_ml"] for row in rows] == [0.0, 0.0]


def test_an_answer_whose_image_is_not_what_it_was_is_not_taken(
    straight: tuple[CohortFolder, list[Outcome]], sources: list[Source], tmp_path: Path
) -> None:
    folder = copied(straight, tmp_path)
    image = folder.case("K0") / "segmentation.nii.gz"
    image.write_bytes(image.read_bytes()[:-9])
    assert work_case(sources[0], small_plan(), str(folder.path)).ran == ("segment",)
    assert contents(folder.path, *RESULTS) == contents(straight[0].path, *RESULTS)


@pytest.mark.parametrize("last", [0, 2])
def test_a_run_that_ended_after_any_step_is_gone_on_with_to_the_same_bytes(
    straight: tuple[CohortFolder, list[Outcome]],
    sources: list[Source],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    last: int,
) -> None:
    class Ended(BaseException):
        """As a kill: nothing of ours may catch it."""

    folder, done = new_folder(tmp_path / "out"), []
    put = kept.KeptAnswers.put

    def ends(self: kept.KeptAnswers, step: str, key: str, answer: kept.Answer) -> None:
        if len(done) == last:
            raise Ended
        done.append(step)
        put(self, step, key, answer)

    with monkeypatch.context() as patch, pytest.raises(Ended):
        patch.setattr(kept.KeptAnswers, "put", ends)
        work_case(sources[0], small_plan(), str(folder.path))
    assert not (folder.case("K0") / "case.json").exists()
    outcome = work_case(sources[0], small_plan(), str(folder.path))
    assert outcome.ran == ("segment", "measure", "radiomics")[last:]
    mine = contents(folder.path, *RESULTS)
    assert mine == {name: one for name, one in contents(straight[0].path, *RESULTS).items() if name in mine}
    assert "cases/K0/result.json" in mine


def test_a_full_disk_is_told_apart_and_leaves_nothing_half_written(
    sources: list[Source], tmp_path: Path
) -> None:
    resource = pytest.importorskip("resource")
    folder = new_folder(tmp_path / "out")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (3000, hard))  # bytes; a larger file fails as on a full disk
    try:
        outcome = work_case(sources[0], small_plan(), str(folder.path))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert outcome.end == "full disk"
    assert not [path for path in folder.path.rglob("*") if path.name.startswith(".part")]
    assert not (folder.case("K0") / "case.json").exists()


def test_a_case_that_cannot_be_read_says_why(sources: list[Source], tmp_path: Path) -> None:
    from dataclasses import replace

    folder = new_folder(tmp_path / "out")
    (tmp_path / "no.nii.gz").write_bytes(b"no image")
    outcome = work_case(replace(sources[0], path=str(tmp_path / "no.nii.gz")), small_plan(), str(folder.path))
    assert outcome.end == "failed"
    assert "no.nii.gz" in outcome.reason
    assert "fault of ONFHAssist" not in outcome.reason


def test_the_tables_are_typed_and_the_same_in_both_forms(
    straight: tuple[CohortFolder, list[Outcome]], sources: list[Source], tmp_path: Path
) -> None:
    pytest.importorskip("pyarrow")
    folder = copied(straight, tmp_path)
    listed = [Listed(one.case, one.patient, one.name) for one in sources]
    listed.insert(1, Listed("Lost", "Nobody", "Lost"))
    tables = assemble(folder, listed, {"Lost": "It was lost."})
    hips = pd.read_csv(tables["hips"], float_precision="round_trip")
    assert list(hips["case"] + hips["side"]) == ["K0R", "K0L", "K1R", "K1L", "K2R", "K2L"]
    assert list(hips["patient"].unique()) == ["Anna", "Bert2"]
    assert list(hips.columns) == [one.name for one in COLUMNS["hips"]]
    assert hips["necrosis_ml"][0] > 1.0
    assert hips["necrosis_ml"][1] == 0.0
    failures = pd.read_csv(tables["failures"])
    assert failures[["case", "patient", "reason"]].to_numpy().tolist() == [["Lost", "Nobody", "It was lost."]]
    types = {"text": "string", "number": "double", "whole number": "int64", "truth value": "bool"}
    import pyarrow.parquet as pq

    for name, path in tables.items():
        parquet = path.with_suffix(".parquet")
        described = json.loads((folder.tables / "schema.json").read_text())["tables"][name]
        kinds = {one["name"]: DTYPES[one["type"]] for one in described["columns"]}
        same = pd.read_csv(path, float_precision="round_trip", dtype=kinds)
        pd.testing.assert_frame_equal(pd.read_parquet(parquet), same, check_dtype=False)
        stored = {field.name: str(field.type).removeprefix("large_") for field in pq.read_schema(parquet)}
        assert {one["name"]: types[one["type"]] for one in described["columns"]} == stored
        assert described["rows"] == len(same)
    features = pd.read_csv(tables["features"], float_precision="round_trip")
    assert features.shape == (6, 3 + 107)


def test_a_result_that_a_reader_changed_counts_in_the_tables(
    straight: tuple[CohortFolder, list[Outcome]], sources: list[Source], tmp_path: Path
) -> None:
    folder = copied(straight, tmp_path)
    path = folder.case("K0") / "result.json"
    content = json.loads(path.read_text())
    content["hips"][0]["findings"]["measurement"]["necrosis_ml"] = 12.5
    path.write_text(json.dumps(content))
    tables = assemble(folder, [Listed("K0", "Anna", "K0")], features=False)
    assert pd.read_csv(tables["hips"])["necrosis_ml"][0] == 12.5


def test_only_what_rests_on_a_bundle_has_another_key_with_another_one() -> None:
    plan = make_plan()
    assert plan.steps == STEPS
    facts = {step: dict(one) for step, one in plan.facts.items()}
    facts["stage"]["stager"] = "another"
    from dataclasses import replace

    other = replace(plan, facts=facts)
    outputs = dict.fromkeys(STEPS, "same")
    changed = [
        step for step in STEPS if plan.key(step, "image", outputs) != other.key(step, "image", outputs)
    ]
    assert changed == ["stage"]
    restaged = {**outputs, "stage": "new"}
    rests = [step for step in STEPS if plan.key(step, "image", outputs) != plan.key(step, "image", restaged)]
    assert rests == ["survival", "report"]
    assert plan.digest != other.digest


def test_steps_bring_what_they_need_and_an_unknown_one_is_refused() -> None:
    assert make_plan(("survival",)).steps == ("segment", "measure", "stage", "survival")
    assert make_plan(("report",)).steps == ("segment", "report")
    with pytest.raises(InputError, match="no step 'outline'; steps are segment, measure"):
        make_plan(("outline",))


def test_paths_of_settings_are_absolute_and_names_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "own.yaml").write_text("setting:\n  binWidth: 25\n")
    monkeypatch.chdir(tmp_path)
    assert make_plan(("radiomics",), Settings(preset="own.yaml")).settings.preset == str(
        tmp_path / "own.yaml"
    )
    assert make_plan(("radiomics",), Settings(preset="ibsi")).settings.preset == "ibsi"


@pytest.fixture(scope="module")
def of_dicom(tmp_path_factory: pytest.TempPathFactory) -> tuple[CohortFolder, Source]:
    """A case of a DICOM series, worked up."""
    place = tmp_path_factory.mktemp("dicom")
    image = pelvis(DIRECTIONS["coronal"])
    write_image(outlines(image), place / "outlines.nii.gz")
    write_shuffled(slice_datasets(image, **TAGS, ManufacturerModelName="Model"), place / "series")
    row = {"case": "D", "image": "series", "segmentation": "outlines.nii.gz", "sequence": "T1"}
    (source,) = read_sources(write_table(place / "cohort.csv", [row]))
    folder = new_folder(place / "out")
    outcome = work_case(source, small_plan(), str(folder.path))
    assert (outcome.end, outcome.reason) == ("done", "")
    return folder, source


def test_a_case_keeps_of_the_header_what_its_readers_need(of_dicom: tuple[CohortFolder, Source]) -> None:
    from ONFHAssistLib.cohort.review.folder import open_case

    case = open_case(of_dicom[0].case("D"))
    wanted = read_image(of_dicom[1].path).metadata
    assert case.facts["series_uid"] == wanted["series_uid"]
    assert case.facts["sequence"] == "T1"
    read = case.image().metadata
    assert (read["sequence"], read["scanner"], read["manufacturer"]) == (
        "T1", wanted["scanner"], wanted["manufacturer"],
    )  # fmt: skip


def test_an_image_that_was_removed_is_made_again_to_the_byte(
    of_dicom: tuple[CohortFolder, Source],
) -> None:
    folder, source = of_dicom
    before = contents(folder.path, *RESULTS)
    (folder.case("D") / "image.nii.gz").unlink()
    assert work_case(source, small_plan(), str(folder.path)).ran == ("segment",)
    assert contents(folder.path, *RESULTS) == before


def test_a_case_that_another_worker_has_is_waited_for_and_not_for_ever(tmp_path: Path) -> None:
    folder = new_folder(tmp_path / "out")
    with (
        folder.only_worker("K0", "K 0"),
        pytest.raises(InputError, match="worker still works on the case K 0"),
        folder.only_worker("K0", "K 0", patience_s=0.1),
    ):
        pass
    with folder.only_worker("K0", "K 0", patience_s=0.1):
        pass


def test_a_table_that_cannot_be_replaced_is_named(
    straight: tuple[CohortFolder, list[Outcome]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_args: object) -> None:
        raise PermissionError(13, "in use", "part", None, str(tmp_path / "hips.csv"))

    monkeypatch.setattr("ONFHAssistLib.cohort.run.assemble.write_tables", refused)
    with pytest.raises(InputError, match=r"hips\.csv cannot be written; close it"):
        assemble(copied(straight, tmp_path), [Listed("K0", "Anna", "K0")])
