"""What a plan reaches and what it cannot, in sentences that follow from its own figures alone."""

from __future__ import annotations

import math

from .result import HipPlan
from .rules import DrillingRules


def statement(plan: HipPlan, rules: DrillingRules) -> str:
    """Sentences on the wires as they stand; after a move by hand as after the search.

    Said of "so many wires" is what holds for any that keep the rules; a plan that breaks some may reach more.
    """
    count, wanted = len(plan.wires), rules.wanted_share
    if not count:
        return "No wire is left."
    reach, volume, near = f"{plan.reach_share:.0%}", f"{plan.lesion_ml:.1f}", f"{rules.reach_mm:g}"
    said = [
        f"{count} wires reach {reach} of the necrosis ({volume} ml) within {near} mm."
        if count > 1
        else f"One wire reaches {reach} of the necrosis ({volume} ml) within {near} mm."
    ]
    if not all(check.kept for check in plan.checks):
        said.append("The wires as they stand break rules.")
    if plan.reach_share < wanted:
        said += [_of_so_many(plan, count, wanted), _of_more(plan, count, wanted)]
    return " ".join(one for one in said if one)


def _of_so_many(plan: HipPlan, count: int, wanted: float) -> str:
    """Why so many wires do not reach the wanted share."""
    if plan.bound_share < wanted:
        bound = _rounded_up(plan.bound_share, wanted)
        return (
            f"More than {bound} cannot be reached by so many that keep the rules, so that {wanted:.0%} is "
            "ruled out."
        )
    if plan.wires_needed is not None and plan.wires_needed <= count:
        return f"A reach of {wanted:.0%} was found with {plan.wires_needed} wires that stand elsewhere."
    return f"A reach of {wanted:.0%} was not found with so many, and it is not ruled out either."


def _rounded_up(bound: float, wanted: float) -> str:
    """A bound in whole per cent, or tenths where these would be the wanted share; never less than it is."""
    whole = math.ceil(100.0 * bound - 1e-6)
    return f"{whole}%" if whole < 100.0 * wanted else f"{math.ceil(1000.0 * bound - 1e-5) / 10.0:.1f}%"


def _of_more(plan: HipPlan, count: int, wanted: float) -> str:
    """Whether more wires do."""
    if plan.wires_needed is not None:
        more = plan.wires_needed > count
        return f"With {plan.wires_needed} wires {wanted:.0%} was found." if more else ""
    most = len(plan.share_by_wires)
    if not most:
        return ""
    best = plan.share_by_wires[-1]
    if plan.tried_share < wanted:
        tried = plan.tried_share
        if most <= count:
            return (
                f"More wires would not do it: no more than {most} were found to fit, and all that were tried reach "
                f"{tried:.0%} together."
            )
        return f"More wires would not do it: {most} reach {best:.0%}, and all that were tried reach {tried:.0%} together."
    return f"The most that was found is {best:.0%}, with {most} wires." if most > count else ""
