"""What a newcomer reads is so: rooms and their order, files and names, versions, forms, and the checks at a commit."""

import re
import runpy
import shlex
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "ONFHAssist"
DEVELOPER = ROOT / "Docs" / "developer"
GUIDES = [ROOT / "CONTRIBUTING.md", *sorted(DEVELOPER.glob("*.md"))]
# Where a path in a guide may begin.
BASES = (ROOT, FOLDER, FOLDER / "ONFHAssistLib", FOLDER / "ONFHAssistLab", FOLDER / "Testing" / "Python")
MADE = ("out/", "docs/README.md", "configs/")  # by a command; in a bundle


def spoken(page: Path) -> list[str]:
    """What stands between back quotes in running text."""
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.S)
    return [" ".join(found.split()) for found in re.findall(r"`([^`]+)`", text)]


@pytest.fixture(scope="module")
def sources() -> str:
    """Every Python file of packages, module files, tools and tests."""
    files = [*FOLDER.rglob("*.py"), *(ROOT / "tools").rglob("*.py"), *(ROOT / "benchmarks").glob("*.py")]
    return "\n".join(path.read_text(encoding="utf-8") for path in files if path.name != Path(__file__).name)


@pytest.mark.parametrize("page", GUIDES, ids=lambda p: p.name)
def test_files_that_a_guide_names_are_there(page):
    for said in spoken(page):
        name = said.removeprefix("make ").strip()
        if not re.fullmatch(r"[\w./-]+\.(py|ui|yaml|toml|txt|cff|json|md)", name) or name.startswith(MADE):
            continue
        anywhere = "/" not in name and (any(FOLDER.rglob(name)) or (ROOT / name).is_file())
        if name not in ("result.json", ".py", ".ui"):
            assert anywhere or any((base / name).is_file() for base in BASES), f"{page.name}: {name}"


@pytest.mark.parametrize("page", GUIDES, ids=lambda p: p.name)
def test_names_of_code_that_a_guide_says_are_in_the_code(page, sources):
    for said in spoken(page):
        name = said.removesuffix("()").rpartition(".")[2]
        is_code = re.fullmatch(r"_?[A-Za-z]\w*", name) and (
            "_" in name.strip("_") or re.search(r"[a-z][A-Z]", name) or name.isupper() or name.startswith("_")
        )
        if is_code and not re.match(r"DL_|_yourclass$", name) and "..." not in said:
            assert re.search(rf"\b{re.escape(name)}\b", sources), f"{page.name}: {name}"


def test_the_rooms_of_the_pages_are_the_layers_of_the_code(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    layers = runpy.run_path(str(ROOT / "tools" / "rooms.py"))["read_layers"]()["ONFHAssistLib"]
    table = re.findall(
        r"^\| ((?:`\w+`(?:, )?)+) \|", (DEVELOPER / "architecture.md").read_text("utf-8"), re.M
    )
    in_table = [room for cell in table for room in re.findall(r"`(\w+)`", cell)]
    for layer in layers:  # rooms beside each other in any order
        assert set(in_table[: len(layer)]) == set(layer)
        del in_table[: len(layer)]
    assert in_table == []
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    line = next(part for part in text.split("\n\n") if part.startswith("`core` <"))
    said = [set(re.findall(r"`(\w+)`", part)) for part in line.split("<")]
    assert said == [set(layer) for layer in layers]


def test_what_a_room_is_asked_for_is_defined_in_it():
    text = (DEVELOPER / "architecture.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \|[^|]+\| ([^|]*`[^|]*) \|$", text, re.M)
    assert len(rows) >= 14
    for room, asked in rows:
        files = (FOLDER / "ONFHAssistLib" / room).rglob("*.py")
        code = "\n".join(path.read_text(encoding="utf-8") for path in files)
        for name in re.findall(r"`\.*([\w.]+)`", asked):
            last = name.rpartition(".")[2]
            word = rf"\w*{last}" if last.startswith("_") else last  # "..._in_steps" stands for many
            assert re.search(rf"^\s*(?:def|class) {word}\b|^{word}\b.* =", code, re.M), f"{room}: {name}"


def test_the_changelog_has_every_version_once_the_newest_first():
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    found = re.findall(r"^## \[(\d+)\.(\d+)\.(\d+)\] - (unreleased|\d{4}-\d{2}-\d{2})$", text, re.M)
    assert len(found) == text.count("\n## ")
    versions = [tuple(int(n) for n in parts[:3]) for parts in found]
    assert versions == sorted(set(versions), reverse=True)
    assert [when for *_, when in found[1:] if when == "unreleased"] == []
    version = re.search(r'^version = "([\d.]+)', (ROOT / "pyproject.toml").read_text("utf-8"), re.M)[1]
    assert f"## [{version}]" in text
    for name in re.findall(r"^## \[([\d.]+)\]", text, re.M):
        assert re.search(rf"^\[{re.escape(name)}\]: https://", text, re.M), name
    kinds = set(re.findall(r"^### (.+)$", text, re.M))
    assert kinds <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


@pytest.mark.parametrize("path", sorted((DEVELOPER / "decisions").glob("*.md")), ids=lambda p: p.stem)
def test_a_decision_has_its_number_status_and_parts(path):
    text = path.read_text(encoding="utf-8")
    number = int(path.stem[:4])
    assert text.startswith(f"# {number}. ")
    assert re.search(r"^Status: (accepted|replaced by \[\d+\]\(.+\)), \d", text, re.M)
    assert re.findall(r"^## (.+)$", text, re.M) == ["Context", "Decision", "Consequences"]


def test_decisions_are_numbered_without_a_gap():
    numbers = sorted(int(path.stem[:4]) for path in (DEVELOPER / "decisions").glob("*.md"))
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) >= 6


@pytest.mark.parametrize("name", ["bug_report", "feature_request", "model_report"])
def test_issue_forms_follow_githubs_schema(name):
    form = yaml.safe_load((ROOT / ".github" / "ISSUE_TEMPLATE" / f"{name}.yml").read_text(encoding="utf-8"))
    assert set(form) <= {"name", "description", "title", "labels", "body", "assignees", "projects", "type"}
    assert form["name"] and form["description"]
    identifiers = [part["id"] for part in form["body"] if part["type"] != "markdown"]
    assert len(identifiers) == len(set(identifiers))
    for part in form["body"]:
        assert set(part) <= {"type", "id", "attributes", "validations"}
        asked = part["attributes"]
        if part["type"] == "markdown":
            assert asked["value"]
            continue
        assert part["type"] in {"input", "textarea", "dropdown", "checkboxes"}
        assert asked["label"]
        options = asked.get("options", [])
        if part["type"] == "dropdown":
            assert all(isinstance(one, str) for one in options)  # a bare "No" is false in YAML
            assert len(options) == len(set(options)) > 1
        if part["type"] == "checkboxes":
            assert all(one["label"] for one in options)


def test_reports_on_images_ask_for_no_patient_data_before_anything_else():
    for name in ("bug_report", "model_report"):
        text = (ROOT / ".github" / "ISSUE_TEMPLATE" / f"{name}.yml").read_text(encoding="utf-8")
        first = next(part for part in yaml.safe_load(text)["body"] if part["type"] != "markdown")
        assert first["id"] == "privacy"
        assert all(option["required"] for option in first["attributes"]["options"])


def test_checks_at_a_commit_ask_no_network_and_call_what_lint_calls():
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    assert [repo["repo"] for repo in hooks] == ["local"]
    lint = re.search(r"^lint:.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)[1]
    called = {what_is_called(line.replace("$(VENV)", ".venv/bin")) for line in lint.splitlines()}
    entries = {hook["id"]: hook["entry"] for hook in hooks[0]["hooks"]}
    assert all(hook["language"] == "system" for hook in hooks[0]["hooks"])
    assert called <= {what_is_called(entry) for entry in entries.values()}
    assert len(called) >= 4
    assert (ROOT / shlex.split(entries["cmake-lists"])[1]).is_file()


def what_is_called(line: str) -> str:
    """The tool of a command of .venv: "mypy" of ".venv/bin/python -m mypy", "ruff check" of its two kinds."""
    words = shlex.split(line[line.index(".venv/bin/") :])
    if words[0].endswith("/python"):
        words = words[2:] if words[1] == "-m" else words[1:]
    return "ruff " + words[1] if words[0] == "ruff" else words[0].removeprefix(".venv/bin/")
