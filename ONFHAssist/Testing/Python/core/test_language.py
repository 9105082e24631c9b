"""The library in the user's language: chosen by a locale, spoken where a person reads, English in files."""

from datetime import date

import pytest

from ONFHAssistLib.core import language
from ONFHAssistLib.core.errors import InputError


@pytest.fixture
def chinese():
    language.choose("zh-CN")
    yield
    language.choose("en")


@pytest.mark.parametrize(
    ("locale", "found"),
    [
        ("zh_CN.UTF-8", "zh-CN"),
        ("zh-CN", "zh-CN"),
        ("zh-Hans", "zh-CN"),
        ("zh", "zh-CN"),
        ("en_GB", "en"),
        ("zh_TW", None),  # other characters
        ("fr_FR", None),
    ],
)
def test_a_locale_gets_the_language_that_is_there(locale, found):
    assert language.matching(locale) == found


def test_a_language_without_translation_is_refused_with_those_that_there_are():
    with pytest.raises(InputError, match="'fr'; choose from en, zh-CN"):
        language.choose("fr")
    assert language.chosen() == "en"


def test_english_is_what_the_code_says():
    assert language.text("Marrow oedema by the signal") == "Marrow oedema by the signal"
    assert language.sentence("Any words, of 3 mm.") == "Any words, of 3 mm."
    assert language.day_text(date(2026, 3, 4)) == "2026-03-04"


def test_a_date_is_written_as_chinese_writes_it(chinese):
    assert language.day_text(date(2026, 3, 4)) == "2026年3月4日"


def test_a_finished_sentence_keeps_its_values(chinese):
    said = "No femoral head is outlined on the image; outline it first."
    assert "股骨头" in language.sentence(said)
    said = "Hip L is not staged: only 41% of the femoral head lies within the field of view."
    found = language.sentence(said)
    assert "L" in found
    assert "41%" in found
    assert "股骨头" in found
    assert "Hip" not in found


def test_several_sentences_are_translated_one_by_one_and_names_stay(chinese):
    one = "Hip R is not staged: only 20% of the femoral head lies within the field of view."
    assert language.sentence(f"{one} {one}") == 2 * language.sentence(one)
    assert language.sentence("An unpublished model. It is not a diagnosis.") == "未发表的模型。这不是诊断。"
    assert language.sentence("knee_scan.nii.gz") == "knee_scan.nii.gz"
    assert language.sentence(f"{one} Something else.").endswith("Something else.")


def test_what_is_joined_by_semicolons_is_translated_part_by_part(chinese):
    said = "ARCO II, no subchondral fracture (set IIIA by hand if there is one); marrow oedema suggested by the signal"
    assert language.sentence(said) == "ARCO II，无软骨下骨折（若有请手动设为 IIIA）；信号提示骨髓水肿"


def test_the_hip_before_a_remark_is_named_and_the_remark_translated(chinese):
    said = language.sentence("Hip L: no necrotic angle, so no survival after core decompression.")
    assert said == "左髋：没有坏死角，因此没有髓芯减压术后的生存结果。"
