"""Write ONFHAssist/Files.cmake: every file of the library and its resources, which CMake installs with the extension.

Run ``.venv/bin/python tools/cmake_lists.py`` after adding a file; a test compares the list with the tree.
"""

from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "ONFHAssist"
LIST = FOLDER / "Files.cmake"
SKIPPED = {"__pycache__"}


def listed(folder: str, patterns: tuple[str, ...] = ("*",)) -> list[str]:
    """Files under ``folder``, relative to ONFHAssist/, sorted."""
    found = {
        path.relative_to(FOLDER).as_posix()
        for pattern in patterns
        for path in (FOLDER / folder).rglob(pattern)
        if path.is_file() and not SKIPPED & set(path.parts) and not path.name.startswith(".")
    }
    return sorted(found)


def content() -> str:
    """The text of Files.cmake as it should be."""
    blocks = {
        "ONFHAssist_LIBRARY_SCRIPTS": listed("ONFHAssistLib", ("*.py", "py.typed"))
        + listed("ONFHAssistLab", ("*.py", "py.typed")),
        "ONFHAssist_RESOURCES": listed("Resources"),
    }
    text = "# Written by tools/cmake_lists.py.\n"
    for name, files in blocks.items():
        text += f"\nset({name}\n" + "".join(f"  {file}\n" for file in files) + ")\n"
    return text


if __name__ == "__main__":
    LIST.write_text(content(), encoding="utf-8", newline="\n")
