"""Pages and charts in Chinese: every text of a page, a font by its characters, and a sentence where there is none."""

from types import SimpleNamespace

import pytest
from matplotlib import font_manager
from matplotlib.figure import Figure

from ONFHAssistLib.core import language
from ONFHAssistLib.evaluate.figures import spoken
from ONFHAssistLib.evaluate.figures.survival import draw_patient_curve
from ONFHAssistLib.report.case_page import CasePage, Picture, Section, in_the_chosen_language, render

DEJAVU = font_manager.findfont("DejaVu Sans")


@pytest.fixture
def chinese():
    language.choose("zh-CN")
    spoken.chinese_font.cache_clear()
    yield
    language.choose("en")
    spoken.chinese_font.cache_clear()


def fonts(monkeypatch, **files):
    found = [SimpleNamespace(name=name.replace("_", " "), fname=file) for name, file in files.items()]
    monkeypatch.setattr(font_manager.fontManager, "ttflist", found)
    spoken.chinese_font.cache_clear()


def page(picture=None):
    hip = {
        "side": "R",
        "headline": "grown",
        "meaning": "no collapse seen",
        "tone": "alert",
        "facts": {"Growth": "+1 ml"},
    }
    rows = [("Hips still followed at 36 months", "90"), ("C-index at 36 months", "0.780 (0.730 to 0.840)")]
    pictures = [] if picture is None else [Picture(picture, "Calibration of DLRC")]
    text = "212 hips of 144 patients, 64 collapses; follow-up up to 96.0 months. Hips of one patient were never split."
    section = Section("Cohort", text, ("", "All hips (95% interval)"), rows, pictures)
    remarks = ["Wire 2 is 110 mm long; 100 is most."]
    return CasePage(
        "Drilling plan: 7", [hip], [section], {"model_sha256": "9f", "onfh": "x"}, remarks=remarks
    )


def test_every_text_of_a_page_is_said_in_chinese_and_names_stay(chinese):
    said = in_the_chosen_language(page())
    assert said.title == "钻孔规划：7"
    assert said.summary[0]["hip"] == "右髋"
    assert said.summary[0]["tone"] == "alert"
    assert said.summary[0]["facts"] == {"坏死灶增减": "+1 ml"}
    assert said.remarks == ["2 号针长 110 mm；最多 100。"]
    assert said.sections[0].text.startswith("144 位患者的 212 髋，塌陷 64 例")
    assert said.sections[0].rows[1][0] == "一致性指数（36 个月）"
    assert said.provenance == {"模型 SHA-256": "9f", "onfh": "x"}
    assert "R hip" not in render(page())


def test_in_english_a_page_stays_as_it_is():
    assert in_the_chosen_language(page()) == page()


def test_a_font_is_taken_by_its_name_or_else_by_its_characters(chinese, monkeypatch):
    fonts(monkeypatch, DejaVu_Sans=DEJAVU, SimSun=DEJAVU)  # known by name; its file is not opened
    assert spoken.chinese_font() == "SimSun"
    fonts(
        monkeypatch, DejaVu_Sans=DEJAVU, SimSun="/nowhere/simsun.ttc"
    )  # of a list that is older than the removal
    assert spoken.chinese_font() is None
    monkeypatch.setattr(spoken, "_has_characters", lambda file: file == "/fonts/some.otf")
    fonts(monkeypatch, DejaVu_Sans=DEJAVU, Some_Hospital_Font="/fonts/some.otf")
    assert spoken.chinese_font() == "Some Hospital Font"


def test_a_font_without_the_characters_is_told_from_one_that_has_them():
    assert not spoken._has_characters(DEJAVU)
    assert not spoken._has_characters(__file__)
    found = next((font.fname for font in font_manager.fontManager.ttflist if "CJK" in font.name), None)
    if found is None:
        pytest.skip("no font with Chinese characters is installed")
    assert spoken._has_characters(found)


def test_without_a_font_charts_stay_english_and_the_page_says_what_to_install(chinese, monkeypatch, tmp_path):
    fonts(monkeypatch, DejaVu_Sans=DEJAVU)
    figure = Figure()
    label = figure.text(0, 0, "Hips at risk")
    spoken.speak(figure)
    assert label.get_text() == "Hips at risk"
    picture = tmp_path / "chart.png"
    picture.write_bytes(b"a chart")
    assert "fonts-noto-cjk" in in_the_chosen_language(page(picture)).remarks[-1]
    assert in_the_chosen_language(page()).remarks == [
        "2 号针长 110 mm；最多 100。"
    ]  # no chart, nothing to say


def test_with_a_font_a_chart_speaks_chinese_in_it(chinese, monkeypatch):
    fonts(monkeypatch, DejaVu_Sans=DEJAVU, SimHei=DEJAVU)
    figure = Figure()
    label = figure.text(0, 0, "Hips at risk", family="monospace")
    spoken.speak(figure)
    assert "髋" in label.get_text()
    assert label.get_fontfamily() == ["DejaVu Sans Mono", "SimHei"]


def test_curves_of_a_patient_are_told_apart_without_colour():
    months = list(range(61))
    falling = [1 - 0.01 * month for month in months]
    groups = {"Low-risk group": (months, falling), "High-risk group": (months, falling)}
    figure = draw_patient_curve(months, falling, falling, falling, groups)
    drawn = {line.get_label(): (line.get_linestyle(), line.get_marker()) for line in figure.axes[0].lines}
    kinds = [drawn[name] for name in ("This hip", "Low-risk group", "High-risk group")]
    assert kinds == [("-", "o"), ("--", "s"), ("-.", "x")]
