"""The panels in Chinese and in English: nothing is cut off at 1280 x 720, and nothing of ours is left in English.

A process a language, since Qt translates a panel when it is made; a case is worked up before it looks.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow  # starts Slicer's stand-in anew, once a language
PYTHON = Path(__file__).resolve().parents[1]
TAGS = re.compile(r"<[^>]*>|&\w+;")
# Names, not texts: of modules, models, presets, engines, classifiers, programs, files and columns.
NAMES = re.compile(
    r"\b(ONFH\w*|Slicer|PyTorch|Python|PyRadiomics|Segment Editor|Sample Data|MRI|DICOM|CSV|HTML|JSON|NIfTI|NRRD|GPU"
    r"|[\w.-]+-[\w.-]+|\w+_\w+|native|pyradiomics|case|side|index\.html|html|pdf|pypi\.org|NVIDIA|harden|included"
    r"|logistic|LASSO|Rad|DLRC?|STAPLE|Dice|ComBat|ROC|AUC|ICC|Esc|Alt|mm|ml)\b"
)


def run(language):
    process = subprocess.run(
        [sys.executable, "-m", "support.panels_in_language", language],
        cwd=PYTHON, capture_output=True, text=True, encoding="utf-8", timeout=600, check=False,
    )  # fmt: skip
    assert process.returncode == 0, process.stderr[-2000:]
    return json.loads(process.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def chinese():
    return run("zh-CN")


def has_chinese_font():
    from matplotlib import font_manager

    return any("CJK" in font.name or "WenQuanYi" in font.name or "SimHei" in font.name or "PingFang" in font.name
               for font in font_manager.fontManager.ttflist)  # fmt: skip


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_no_text_is_cut_off_in_either_language(language, request):
    if language != "en" and not has_chinese_font():
        pytest.skip("no font with Chinese characters is installed, so their widths cannot be measured")
    found = request.getfixturevalue("chinese") if language != "en" else run(language)
    assert found["cut"] == []
    assert all(len(texts) > 10 for texts in found["texts"].values())


def test_no_text_of_ours_is_left_in_english(chinese):
    left = {
        (name, text)
        for name, texts in chinese["texts"].items()
        for text in texts
        if re.search(r"[A-Za-z]{3,} [a-z]{2,}", NAMES.sub(" ", TAGS.sub(" ", text)))
    }
    assert left == set()


def test_the_titles_of_the_modules_are_names(chinese):
    assert all(title.startswith("ONFH") for title in chinese["titles"])
