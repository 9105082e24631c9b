"""TRIPOD+AI, CLAIM 2024 and prompts for PROBAST+AI, filled in where the run knows the answer, the rest for the author."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from ..case_page import Section
from .run_facts import RunFacts, answers_for
from .topics import CLAIM_2024, PROBAST_AI, TRIPOD_AI

AUTHOR = "author"
# item -> (fact, whether the run alone answers it); without a fact the item is the author's
_TRIPOD = {
    "4": ("outcome", False), "6a": ("cohort", False), "7": ("predictors", False), "8a": ("outcome", False),
    "9a": ("predictors", False), "9b": ("predictors", False), "10": ("sample_size", False), "11": ("missing", True),
    "12a": ("partition", True), "12b": ("predictors", True), "12c": ("building", True), "12d": ("clusters", True),
    "12e": ("measures", True), "12g": ("specification", True), "13": ("imbalance", True), "14": ("fairness", False),
    "15": ("output", True), "16": ("external", False), "18c": ("plan", True), "18d": ("plan", False),
    "18f": ("software", False), "20a": ("cohort", False), "20b": ("characteristics", True), "21": ("cohort", True),
    "22": ("specification", True), "23a": ("uncertainty", True), "23b": ("clusters", True),
}  # fmt: skip
_CLAIM = {
    4: ("outcome", False), 6: ("outcome", False), 7: ("cohort", False), 9: ("predictors", True), 12: ("missing", True),
    19: ("partition", True), 20: ("partition", True), 21: ("sample_size", False), 22: ("building", True),
    23: ("software", True), 25: ("building", True), 26: ("final", True), 28: ("measures", True),
    29: ("uncertainty", True), 30: ("sensitivity", True), 31: ("explained", True), 32: ("internal", True),
    33: ("external", True), 35: ("cohort", False), 36: ("characteristics", True), 37: ("uncertainty", True),
    38: ("measures", True), 42: ("plan", True), 43: ("specification", False),
}  # fmt: skip
_PROBAST = {
    "D1": ("cohort", False), "D3": ("characteristics", False), "D4": ("predictors", False), "D7": ("plan", False),
    "D9": ("outcome", False), "D10": ("sample_size", False), "D11": ("missing", False), "D12": ("building", False),
    "D13": ("uncertainty", False), "D14": ("imbalance", False), "D15": ("internal", False),
    "D16": ("specification", False), "E1": ("partition", False), "E2": ("external", False), "E4": ("predictors", False),
    "E6": ("predictors", False), "E7": ("outcome", False), "E10": ("cohort", False), "E11": ("missing", False),
    "E12": ("uncertainty", False), "E13": ("output", False), "E14": ("measures", False), "E15": ("uncertainty", False),
    "E16": ("heterogeneity", False), "E17": ("sensitivity", False), "E18": ("comparison", False),
}  # fmt: skip


def tripod_checklist(facts: RunFacts) -> pd.DataFrame:
    """The 52 parts of TRIPOD+AI: ``item``, ``section``, ``topic``, ``answer`` ("yes" or "author"), ``detail``."""
    known = answers_for(facts, _TRIPOD)
    rows = [
        (item, section, topic, *known.get(item, (AUTHOR, "")))
        for section, topics in TRIPOD_AI.items()
        for item, topic in topics.items()
    ]
    return _table(rows)


def claim_checklist(facts: RunFacts) -> pd.DataFrame:
    """The 44 items of CLAIM 2024, columns as :func:`tripod_checklist`."""
    known = answers_for(facts, {str(number): found for number, found in _CLAIM.items()})
    topics = [(section, topic) for section, names in CLAIM_2024.items() for topic in names]
    rows = [
        (str(number), section, topic, *known.get(str(number), (AUTHOR, "")))
        for number, (section, topic) in enumerate(topics, start=1)
    ]
    return _table(rows)


def probast_prompts(facts: RunFacts) -> pd.DataFrame:
    """Prompts for an assessment by PROBAST+AI; what the run says is a reminder, the judgement is the assessor's."""
    known = answers_for(facts, _PROBAST)
    rows = [
        (item, section, topic, *known.get(item, (AUTHOR, "")))
        for section, topics in PROBAST_AI.items()
        for item, topic in topics.items()
    ]
    return _table(rows)


def _table(rows: Sequence[Sequence[str]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["item", "section", "topic", "answer", "detail"])


def checklists(facts: RunFacts) -> dict[str, pd.DataFrame]:
    """Name of the file to table, all three."""
    return {
        "TRIPOD+AI": tripod_checklist(facts),
        "CLAIM 2024": claim_checklist(facts),
        "PROBAST+AI prompts": probast_prompts(facts),
    }


def checklist_sections(facts: RunFacts) -> list[Section]:
    """The three as sections of a report."""
    notes = {
        "TRIPOD+AI": "Collins et al., BMJ 2024;385:e078378, topics in short.",
        "CLAIM 2024": "Tejani et al., Radiol Artif Intell 2024;6:e240300, topics in short.",
        "PROBAST+AI prompts": "After the domains of Moons et al., BMJ 2025;388:e082505; judge with the tool itself.",
    }
    sections = []
    for name, table in checklists(facts).items():
        rows = [
            (
                f"{row.item}. {row.topic}",
                "to be filled in" if row.answer == AUTHOR else row.answer,
                row.detail,
            )
            for row in table.itertuples()
        ]
        known = int((table["answer"] != AUTHOR).sum())
        told = int((table["detail"] != "").sum())
        text = (
            f"{known} of {len(table)} answered by this run."
            if known
            else f"The judgement is the assessor's; of {told} of {len(table)} prompts this run reminds."
        )
        sections.append(Section(name, text, ("Item", "Answer", "From this run"), rows, note=notes[name]))
    return sections
