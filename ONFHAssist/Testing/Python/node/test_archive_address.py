"""An archive's settings: what does not fit is named, secrets stand elsewhere and are never shown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.node.archives.address import Archive, Secret, read_archive
from ONFHAssistLib.node.settings import read_settings

NODE = """folder = "{folder}"
[listen]
callers = ["PACS"]
[archive]
host = "10.0.0.1"
title = "PACS"
"""


def written(tmp_path, text, name="archive.toml"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_node_is_heard_on_this_computer_alone_unless_told_otherwise(tmp_path):
    settings = read_settings(written(tmp_path, NODE.format(folder=tmp_path)))
    assert settings.listen.host == settings.status_host == "127.0.0.1"
    assert settings.archive.title == "PACS"
    assert list(settings.destinations()) == [""]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('host = "a"\ntitle = "X"\npassword = "geheim"', "states 'password' itself"),
        ('url = "https://a"\n[tls]\npassphrase = "geheim"', "states 'passphrase' itself"),
        ('host = "a"\ntitle = "TOO LONG A TITLE X"', "1 to 16 printable characters"),
        ('host = "a"\ntitle = "X"\nurl = "https://a"', "either 'host'"),
        ('url = "http://pacs/dicom-web"\ntoken = { file = "x" }', "without encryption"),
        ('url = "https://me:geheim@pacs/dicom-web"', "names a user before its host"),
        (
            'url = "http://127.0.0.1:geheim@pacs/dicom-web"\ntoken = { file = "x" }',
            "names a user before its host",
        ),
        ('url = "http://[pacs/dicom-web"', "is no address"),
        ('host = "a"\ntitle = "X"\nretrieve = "move"', "with a 'receive_port'"),
        ('host = "a"\ntitle = "X"\nprot = 1', "unknown field 'prot'"),
        ("host = ", "no valid TOML"),
    ],
)
def test_settings_that_do_not_fit_are_named_and_no_secret_is_repeated(tmp_path, text, said):
    with pytest.raises(InputError, match=said) as caught:
        read_archive(written(tmp_path, text))
    assert "geheim" not in str(caught.value)


def test_nobody_to_take_studies_from_and_steps_that_there_are_not_are_refused(tmp_path):
    text = NODE.format(folder=tmp_path)
    with pytest.raises(InputError, match="'callers' names nobody"):
        read_settings(written(tmp_path, text.replace('"PACS"]', "]")))
    with pytest.raises(InputError, match="'steps' are segment, measure"):
        read_settings(written(tmp_path, 'steps = ["segment", "guess"]\n' + text))


def test_a_secret_is_read_when_it_is_used_and_is_in_no_text_of_its_archive(tmp_path, monkeypatch):
    monkeypatch.setenv("PACS_PASSWORD", "geheim")
    archive = Archive(url="https://a", user="u", password=Secret(environment="PACS_PASSWORD"))
    assert archive.password.read() == "geheim"
    assert "geheim" not in repr(archive)
    monkeypatch.delenv("PACS_PASSWORD")
    with pytest.raises(InputError, match="PACS_PASSWORD is to hold a secret and is empty"):
        archive.password.read()
    with pytest.raises(InputError, match="cannot be read"):
        Secret(file=str(tmp_path / "none")).read()


def test_the_example_that_ships_is_read_with_all_that_stands_in_comments(tmp_path, monkeypatch):
    text = (Path(__file__).resolve().parents[4] / "packaging" / "node.toml").read_text(encoding="utf-8")
    settings = read_settings(written(tmp_path, text))
    assert (settings.quiet_s, settings.archive.host) == (60.0, "pacs.example.org")
    (tmp_path / "secret").write_text("x" * 20, encoding="utf-8")
    monkeypatch.setenv("RESEARCH_TOKEN", "geheim")
    whole = re.sub(r"(?m)^# (?=[\[a-z])(?!Settings)", "", text).replace(
        "/run/credentials/onfh-node.service/identifiers.secret", str(tmp_path / "secret")
    )
    settings = read_settings(written(tmp_path, whole))
    assert settings.elsewhere["research"].images
    assert settings.destinations()["research"].url == "https://research.example.org/dicom-web"
    assert settings.secret_variables() == {"RESEARCH_TOKEN"}
    assert settings.listen.tls.certificate == "/etc/onfh/node.pem"
