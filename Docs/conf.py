"""Sphinx: these pages and the reference of every room, as HTML in out/docs by ``make docs``.

The pages of the reference are written anew from the code at each build, into ``Docs/reference`` (not committed).
"""

import re
import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "ONFHAssist")]

import reference_pages  # noqa: E402 - found through the path above

project = "ONFHAssist"
author = copyright = "The ONFHAssist developers"  # noqa: A001 - Sphinx's name for it
release = version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
REPOSITORY = re.search(r'HOMEPAGE "([^"]+)"', (ROOT / "CMakeLists.txt").read_text(encoding="utf-8"))[1]

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
root_doc = "index"
exclude_patterns = ["README.md", "pictures", "developer/pictures"]  # index.md includes the one; the others are no pages
html_theme = "furo"
html_title = f"ONFHAssist {release}"
html_theme_options = {"source_repository": REPOSITORY, "source_branch": "main", "source_directory": "Docs/"}
pygments_style = "friendly"

myst_heading_anchors = 3
myst_enable_extensions = ["fieldlist"]

_BY_SCIKIT_LEARN = "set_fit_request, set_score_request, set_transform_request, set_predict_request"
autodoc_default_options = {
    "members": True,
    "member-order": "bysource",
    "show-inheritance": True,
    "ignore-module-all": True,  # a name that a room hands on is described once, where it is defined
    "exclude-members": _BY_SCIKIT_LEARN,
}
autodoc_mock_imports = ["slicer", "qt", "ctk"]  # known inside 3D Slicer and to its stand-in only
autodoc_typehints = "signature"
autodoc_preserve_defaults = True
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 100
toc_object_entries = False  # the side bar lists files, not their two thousand names
napoleon_numpy_docstring = False
napoleon_use_ivar = True
# Two rooms may each have a Protocol; an annotation that names one of them then leads nowhere, which hurts nobody.
suppress_warnings = ["ref.python"]


def links_out_of_docs(_app, docname, source):
    """A link to a file of the repository that is no page leads to the repository."""
    folder = (HERE / docname).parent

    def led(match):
        target, anchor = match[1], match[2] or ""
        path = (folder / target).resolve()
        if HERE in path.parents and path.suffix in {".md", ".png", ".jpg", ".svg"} and path != HERE / "README.md":
            return match[0]
        kind = "tree" if path.is_dir() else "blob"
        return f"]({REPOSITORY}/{kind}/main/{path.relative_to(ROOT).as_posix()}{anchor})"

    source[0] = re.sub(r"\]\((?!https?:|mailto:|#)([^)#\s]+)(#[^)\s]*)?\)", led, source[0])


_SPANS = re.compile(r"(``.*?``|:[\w:]+:`.*?`|`.*?`_{0,2})")
_FIELD = re.compile(r"^\s*(?::[^:]+:\s|\.\. |>>> |\.\.\. )")


def plain_docstrings(_app, _what, _name, _object, _options, lines):
    """Docstrings here are plain English with code in back quotes: bars, stars and final underscores mean themselves."""
    for number, line in enumerate(lines):
        field = _FIELD.match(line)
        if field and not field[0].lstrip().startswith(":"):
            continue  # a directive, or code of an example
        start = field.end() if field else len(line) - len(line.lstrip())
        parts = _SPANS.split(line[start:])
        parts[::2] = [re.sub(r"(?<!\\)(\||\*(?=\S)|(?<=\w)_(?!\w))", r"\\\1", part) for part in parts[::2]]
        lines[number] = line[:start] + "".join(parts)


def setup(app):
    """Write the pages of the reference, and lead links out of Docs to the repository."""
    reference_pages.write(HERE / "reference")
    app.connect("autodoc-process-docstring", plain_docstrings, priority=600)  # after napoleon's 500
    app.connect("source-read", links_out_of_docs)
    app.connect("include-read", lambda app, _path, parent, source: links_out_of_docs(app, parent, source))
