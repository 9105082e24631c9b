"""What README and Docs tell a user to type exists, what they link to is there, and no page is forgotten."""

import re
import shlex
from pathlib import Path

import pytest
import typer

from ONFHAssistLab.cli.application import app
from ONFHAssistLib.cli import _expand_list_options

ROOT = Path(__file__).resolve().parents[3]
FOR_USERS = [ROOT / "README.md", *sorted((ROOT / "Docs").glob("*.md"))]
FOR_DEVELOPERS = [*sorted(ROOT.glob("[CS]*.md")), *sorted((ROOT / "Docs" / "developer").rglob("*.md"))]
PAGES = [*FOR_USERS, *FOR_DEVELOPERS]
TREE = typer.main.get_command(app)


def blocks(text: str) -> list[str]:
    """Lines of the fenced blocks, comments taken off, with lines that go on joined."""
    inside = re.findall(r"```[a-z]*\n(.*?)```", text, re.S)
    lines = "\n".join(inside).replace("\\\n", " ").splitlines()
    return [re.sub(r"\s+#.*$", "", line).strip() for line in lines]


def spoken(text: str) -> list[str]:
    """Commands in running text, between back quotes."""
    return [
        " ".join(found.split())
        for found in re.findall(r"`([^`]+)`", re.sub(r"```.*?```", "", text, flags=re.S))
    ]


def commands(name: str) -> list[tuple[str, str, bool]]:
    """(page, command line, whether it is meant to be typed as it stands) of all commands that start with ``name``."""
    found = []
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        found += [(page.name, line, True) for line in blocks(text) if line.split()[:1] == [name]]
        found += [(page.name, line, False) for line in spoken(text) if line.split()[:1] == [name]]
    return found


def parsed(line: str) -> tuple[object, dict]:
    """The command of ``onfh`` that a line calls, and its parameters; raises as the command line does."""
    words = _expand_list_options(shlex.split(line)[1:])
    if words[:1] == ["--language"]:  # stands before the command
        words = words[2:]
    command = TREE
    while words and hasattr(command, "commands") and not words[0].startswith("-"):
        name = words.pop(0)
        assert name in command.commands, f"there is no command '{name}'"
        command = command.commands[name]
    context = command.make_context("onfh", [], resilient_parsing=True)
    context.resilient_parsing = False  # from here on an unknown option is an error
    values, rest, _order = command.make_parser(context).parse_args(args=list(words))
    assert not rest, f"nothing takes {rest}"
    return command, values


@pytest.mark.parametrize(("page", "line", "whole"), commands("onfh"))
def test_every_onfh_command_of_the_pages_exists_with_its_options(page, line, whole):
    # "detector|outliner" and "..." stand for one of several, or for more of the same
    line = re.sub(r"\[[^\]]*\]", "", re.sub(r"(\w+)\|[\w|]+", r"\1", line)).replace("...", "").strip()
    command, values = parsed(line)
    if whole and not hasattr(command, "commands"):
        missing = [p.name for p in command.params if p.required and values.get(p.name) is None]
        assert not missing, f"{page}: '{line}' lacks {missing}"


def test_a_command_that_is_not_there_is_noticed():
    with pytest.raises(AssertionError, match="no command 'segmnt'"):
        parsed("onfh segmnt a.nii")
    with pytest.raises(Exception, match=r"(?i)no such option"):
        parsed("onfh measure a b --nosuch 1")
    assert len(commands("onfh")) > 30


@pytest.mark.parametrize(("page", "line", "whole"), commands("make") + commands("python"))
def test_every_target_and_script_of_the_pages_exists(page, line, whole):
    words = line.split()
    if words[0] == "make":
        targets = re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
        assert {word for word in words[1:] if not word.startswith("PYTHON=")} <= set(targets), page
    elif words[1].endswith(".py"):
        assert (ROOT / words[1]).is_file(), page


def links(page: Path) -> list[str]:
    """Files that a page leads to or shows."""
    found = re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8"))
    return [target for target in found if not target.startswith(("http:", "https:"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_and_pictures_of_the_pages_are_there(page):
    assert [target for target in links(page) if not (page.parent / target).exists()] == []


def test_the_index_leads_to_every_page_and_every_picture_is_shown_somewhere():
    index = (ROOT / "Docs" / "README.md").read_text(encoding="utf-8")
    for page in FOR_USERS[1:]:
        assert page.name == "README.md" or f"({page.name})" in index, page.name
    developers = ROOT / "Docs" / "developer" / "README.md"
    led_to = {(developers.parent / link).resolve() for link in links(developers)} | {developers}
    assert [page.name for page in FOR_DEVELOPERS if page not in led_to] == []
    everything = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    everything += (ROOT / "CMakeLists.txt").read_text(encoding="utf-8")
    pictures = sorted((ROOT / "Docs" / "pictures").iterdir())
    assert [p.name for p in pictures if p.name not in everything] == []
    assert sum(p.stat().st_size for p in pictures) < 3e6


def test_every_module_has_a_page_and_every_bundle_stands_in_the_list_of_cards():
    for module in (ROOT / "ONFHAssist").glob("*.py"):
        page = (ROOT / "Docs" / f"{module.stem.lower()}.md").read_text(encoding="utf-8")
        assert page.startswith(f"# {module.stem}")
    cards = (ROOT / "Docs" / "models.md").read_text(encoding="utf-8")
    bundles = [p.name for p in (ROOT / "ONFHAssist" / "Resources" / "Models").iterdir() if p.is_dir()]
    assert [name for name in bundles if f"/{name}/docs/README.md" not in cards] == []


def test_buttons_that_the_pages_name_are_in_the_panels():
    """Words in *italics* of tutorial and module pages that end up on a button, group or box of a panel."""
    panels = "".join(
        p.read_text(encoding="utf-8") for p in (ROOT / "ONFHAssist" / "Resources" / "UI").glob("*.ui")
    )
    texts = set(re.findall(r"<string>([^<]+)</string>", panels))
    pages = [ROOT / "Docs" / "tutorial.md", *(ROOT / "Docs").glob("onfh*.md")]
    for page in pages:
        for said in re.findall(r"\*\*([^*]+)\*\*", page.read_text(encoding="utf-8")):
            assert said in texts, f"{page.name}: no button, group or box reads '{said}'"


def test_messages_that_the_troubleshooting_page_quotes_are_said_by_the_product():
    files = [*(ROOT / "ONFHAssist" / "ONFHAssistLib").rglob("*.py"), *(ROOT / "tools").rglob("*.py")]
    source = "".join(p.read_text(encoding="utf-8") for p in files)
    said = re.sub(r"\s+", " ", re.sub(r'"\s*\n\s*f?"', "", source))
    page = (ROOT / "Docs" / "troubleshooting.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1] for line in page.splitlines() if line.startswith("|")]
    quoted = [text for row in rows for text in re.findall(r'"([^"]+)"', row)]
    assert len(quoted) > 8
    assert [text for text in quoted if text not in said] == []
