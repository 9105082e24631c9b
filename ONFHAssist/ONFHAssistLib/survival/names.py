"""How models and covariates are called in front of people."""

from __future__ import annotations

TITLES = {"clinical": "Clinical", "radiomics": "Radiomics", "dl": "DL", "dlrc": "DLRC"}
_ACRONYMS = {"arco": "ARCO", "jic": "JIC", "dl": "DL", "bmi": "BMI", "tha": "THA", "deg": "degrees"}


def readable_covariate(covariate: str) -> str:
    """A covariate as people write it: ``arco_stage=IIIA`` -> "ARCO stage IIIA"."""
    column, sign, rest = covariate.partition(">=") if ">=" in covariate else covariate.partition("=")
    words = [_ACRONYMS.get(word, word) for word in column.split("_")]
    text = " ".join(words[:-1] if words[-1] == "degrees" else words)
    unit = " degrees" if words[-1] == "degrees" else ""
    text = text[:1].upper() + text[1:]
    level = rest.replace("_", " ")
    cut = f"{float(rest):.4g}" if sign == ">=" else ""
    return text + {">=": f" >= {cut}{unit}", "=": f" {level}", "": f",{unit}" if unit else ""}[sign]
