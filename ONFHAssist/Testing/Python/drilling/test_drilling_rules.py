"""Rules of a plan: read from YAML, refused where they make no sense."""

import pytest

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.drilling.rules import DrillingRules, read_rules


def test_a_file_changes_what_it_names_and_nothing_else(tmp_path):
    path = tmp_path / "rules.yaml"
    path.write_text("wires: 5\ncortex_margin_mm: 4\nentry: single\n", encoding="utf-8")
    assert read_rules(path) == DrillingRules(wires=5, cortex_margin_mm=4, entry="single")
    path.write_text("", encoding="utf-8")
    assert read_rules(path) == DrillingRules()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("wire: 5", "gives the rule 'wire'; known rules are wires, diameter_mm"),
        ("wires: 2.5", "wires is 2.5; a whole number is needed"),
        ("wires: 40", "wires is 40; it must be from 1 to 12 wires"),
        ("diameter_mm: yes", "diameter_mm is True; it must be from 1 to 10 mm"),
        ("entry: one", "entry is 'one'; it must be one of single, fan, several"),
        (
            "least_tip_gap_mm: 12",
            "least_tip_gap_mm is 12 and most_tip_gap_mm 10; the first must be the smaller one",
        ),
        ("- 3", "must hold names of rules with their values"),
        ("wires: [", "is no YAML file of drilling rules"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(tmp_path, text, said):
    path = tmp_path / "rules.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said.replace("(", r"\(")):
        read_rules(path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InputError, match=r"none\.yaml cannot be read"):
        read_rules(tmp_path / "none.yaml")
