"""What Slicer and pip need to find is listed, and nothing refers to what is not there."""

import re
import runpy
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "ONFHAssist"


def test_cmake_lists_every_file_of_the_library():
    tool = runpy.run_path(str(ROOT / "tools" / "cmake_lists.py"))
    assert (FOLDER / "Files.cmake").read_text(encoding="utf-8") == tool["content"]()


def test_every_module_is_built_and_has_its_icon_and_panel():
    cmake = (FOLDER / "CMakeLists.txt").read_text(encoding="utf-8")
    for path in FOLDER.glob("*.py"):
        assert f"NAME {path.stem}\n" in cmake
        assert (FOLDER / "Resources" / "Icons" / f"{path.stem}.png").is_file()
        assert (FOLDER / "Resources" / "UI" / f"{path.stem}.ui").is_file()


@pytest.mark.parametrize("path", sorted((FOLDER / "Resources" / "UI").glob("*.ui")), ids=lambda p: p.stem)
def test_panels_have_unique_names_and_tool_tips_where_one_acts(path):
    widgets = list(ElementTree.parse(path).iter("widget"))
    names = [w.get("name") for w in widgets]
    assert len(names) == len(set(names))
    for widget in widgets:
        if widget.get("class") in {
            "QPushButton",
            "QComboBox",
            "qMRMLNodeComboBox",
            "ctkSliderWidget",
            "QLineEdit",
        }:
            assert widget.find("property[@name='toolTip']/string").text


def test_requirements_are_lower_bounds_but_for_named_reasons():
    for line in (FOLDER / "Resources" / "requirements.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            assert ">=" in line
            assert "<" not in line.split("#")[0] or "#" in line


def test_weights_and_samples_stay_small():
    def megabytes(folder: str) -> float:
        return sum(p.stat().st_size for p in (FOLDER / "Resources" / folder).rglob("*") if p.is_file()) / 1e6

    assert megabytes("Models") < 40
    assert megabytes("SampleData") < 15


def test_the_package_that_cmake_installs_stays_under_60_mb():
    listed = re.findall(r"^  (\S+)$", (FOLDER / "Files.cmake").read_text(encoding="utf-8"), re.M)
    files = [FOLDER / name for name in listed] + sorted(FOLDER.glob("*.py"))
    assert len(files) > 300
    assert sum(path.stat().st_size for path in files) < 60e6


def tracked() -> list[str]:
    done = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.splitlines()


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a clone of the repository")
def test_file_names_are_allowed_on_windows_and_differ_by_more_than_case():
    names = tracked()
    assert len(names) > 400
    reserved = {"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))}
    for name in names:
        assert not re.search(r'[<>:"|?*\\]', name), name
        assert len(name) < 160, name
        assert not reserved & {part.split(".")[0].lower() for part in name.split("/")}, name
    assert len({name.lower() for name in names}) == len(names)


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a clone of the repository")
def test_git_keeps_the_bytes_of_what_is_checked_by_its_hash():
    """Git for Windows would else write other line ends, and no bundle would pass its SHA-256."""
    attributes = (ROOT / ".gitattributes").read_text(encoding="utf-8")
    assert "* text=auto eol=lf" in attributes.splitlines()
    for path in (FOLDER / "Resources" / "Models").rglob("*"):
        if path.suffix in (".json", ".md") or path.name == "LICENSE":
            assert b"\r\n" not in path.read_bytes(), path


# What is not there on Windows, or means something else: each is allowed only where the system was asked first.
UNIX_ONLY = {
    r"os\.fork|os\.getuid|fcntl|import resource\b|SIGALRM|os\.uname": set(),
    r"shell=True|os\.system\(": set(),
    r"""["']/tmp|["']/dev/|["']/proc/""": {"system_check.py"},  # after "if os.name"
    r"os\.killpg|SIGKILL": {"jobs.py"},  # after "if os.name"
    r"os\.geteuid": {"environment.py"},  # after "if platform.system()"
    r"(read_text|write_text)\(\)|\.open\(\)|\.open\(\"[rwa]\"\)": {"environment.py"},  # a stamp of hex digits
}


@pytest.mark.parametrize("pattern", list(UNIX_ONLY))
def test_library_and_tools_use_nothing_that_fails_on_windows(pattern):
    files = [*FOLDER.glob("*.py"), *(FOLDER / "ONFHAssistLib").rglob("*.py"), *(ROOT / "tools").glob("*.py")]
    found = {path.name for path in files if re.search(pattern, path.read_text(encoding="utf-8"))}
    assert found <= UNIX_ONLY[pattern]


def test_test_files_have_names_of_their_own():
    """Pytest imports test files by their bare name, so two of one name cannot both run."""
    names = [
        path.name for path in (FOLDER / "Testing" / "Python").rglob("*.py") if path.name != "conftest.py"
    ]
    assert sorted(names) == sorted(set(names))


def test_what_slicer_installs_resolves_on_both_pythons_and_on_windows_too():
    requirements = FOLDER / "Resources" / "requirements.txt"
    asked = [("3.11", "linux"), ("3.12", "linux"), ("3.12", "windows"), ("3.12", "macos")]
    resolving = {
        (python, system): subprocess.Popen(
            [
                *(sys.executable, "-m", "uv", "pip", "compile", "--no-header", "--no-annotate"),
                *("--python-version", python, "--python-platform", system, str(requirements)),
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        for python, system in asked
    }
    for (python, system), process in resolving.items():
        out, error = process.communicate(timeout=600)
        if process.returncode and re.search(r"[Cc]onnect|dns|network|timed out", error):
            pytest.skip("the package index does not answer")
        assert process.returncode == 0, f"Python {python} on {system}: {error}"
        versions = dict(line.split("==") for line in out.splitlines() if "==" in line)
        assert tuple(int(n) for n in versions["pandas"].split(".")[:1]) == (2,), (
            "lifelines 0.30 needs pandas 2"
        )
        wanted = [
            re.split(r"[<>=]", line)[0].lower() for line in requirements.read_text("utf-8").splitlines()
        ]
        missing = [name for name in wanted if name and not name.startswith("#") and name not in versions]
        assert not missing, f"Python {python} on {system}: {missing}"
