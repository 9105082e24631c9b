"""What descriptions and Image Types of MRI series say, in the words of their makers.

Descriptions are written by hand, so they are read in upper case, with everything but letters, digits, "*", "+" and ":"
as spaces, and with joined words ("T2FS", "PDW_SPAIR", "T2TSE") taken apart. Image Types are those of DICOM PS3.3
C.8.3.1.1.1 and C.8.13.3.1, of Siemens (M, ND, OPP_PHASE, MFSPLIT, ...), of Philips (M_SE, M_FFE, PHASE MAP, IP, W, ...),
GE (OTHER, EPI, WATER, ...), Canon (GDC) and United Imaging.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..series_kind import (
    ADC,
    ANGIOGRAM,
    DIFFUSION,
    DYNAMIC,
    ECHO_PLANAR,
    FLAIR,
    GRADIENT_ECHO,
    LOCALISER,
    MAP,
    MP_RAGE,
    OPPOSED,
    PERFUSION,
    PHASE,
    PROJECTION,
    SUBTRACTION,
    SeriesKind,
)

_JOINED = re.compile(
    r"(T1|T2|PD|IW)?(WI|W)?(TSE|FRFSE|FSE|SE|TIRM|BLADE)?(FSAT|FATSAT|FATSUP|FS|SPAIR|SPIR|STIR|DIXON)?"
)
_NOT = r"(?:NO|NON|W ?O|OHNE|SANS|SIN|SENZA|WITHOUT|PRE|BEFORE)"
_AGENT = (
    r"CONTRAST\w*|GD\w*|GAD\w*|KM|CE|C ?\+|\+ ?(?:C|GD|KM|CM|GAD\w*|CONTRAST)|DOTAREM|MULTIHANCE|PROHANCE|MAGNEVIST|"
    r"POST(?! ?(?:OP|SURG))|ARTHRO\w*"
)
_FAT_SUPPRESSED = (
    r"FS|FSAT|FAT ?SAT\w*|FAT ?SUP\w*|SPAIR|A?SPIR|SPECIAL|S?PROSET|WATS\w*|FATSEP|CHESS|WATER ?EXC\w*|WE|"
    r"QFATSAT"
)
# Of the words of a description.
_KIND_WORDS: tuple[tuple[SeriesKind, str], ...] = (
    (ADC, r"[DE]?ADC\w*|APPARENT DIFFUSION\w*"),
    (
        DIFFUSION,
        r"[ES]?DWI\w*|DTI\w*|DIFF\w*|DWIBS|TRACEW?|TENSOR\w*|IVIM\w*|DKI|RESOLVE|ZOOMIT|B ?\d{2,4}|B ?0|\d+ ?DIR\w*",
    ),
    (
        MAP,
        r"T[12] ?STAR MAP\w*|MAP|MAPS|MAPPING|MAPIT|PARAMETRIC|T[12] ?RHO|PDFF|FAT ?FRAC\w*|R2S|R2 ?\*|R?CB[FV]|MTT|TTP|"
        r"TMAX|KTRANS|KEP|IAUG?C\w*|WASH ?(?:IN|OUT)|PEI|QSM|CARTIGRAM|DGEMRIC",
    ),
    (PHASE, r"PHA|PHASE MAP|PHASE IMAGES?|(?:REAL|IMAGINARY) IMAGES?"),
    (SUBTRACTION, r"SUB|SUBS|SUBTR\w*"),
    (PROJECTION, r"MIN?IP|MIPS?|MAX ?IP|COLLAPSED?"),
    (
        LOCALISER,
        r"LOCA?LI[SZ]\w*|LOC|LOCS|LOKALI\w*|SCOUTS?|AAHSCOUT\w*|\w*SCOUT|SURVEY|TOPOGRAM|PILOT|PLAN ?SCAN|"
        r"(?:3|TRI|THREE) ?(?:PL|PLN|PLANE)\w*|CAL|CALIBRATION|\w* CAL SCAN|REF ?SCAN|COIL ?SENS\w*|PRE ?SCAN",
    ),
    (PERFUSION, r"PERF\w*|P?C?ASL|DSC"),
    (ECHO_PLANAR, r"EPI\w*|EP2D\w*|BOLD|F?MRI ?BOLD|FMRI"),
    (ANGIOGRAM, r"TOF|C?E?MRA|MRV|ANGIO\w*|INHANCE"),
    (
        DYNAMIC,
        r"DYN\w*|DCE|TWIST\w*|TRICKS\w*|DISCO|4D ?THRIVE|MULTI ?PHASE|MPH|CINE|(?:ARTERIAL|VENOUS|PORTAL|DELAYED) PHASE|"
        r"PHASE \d+",
    ),
    (OPPOSED, r"OPP(?:OSED)? ?PHA\w*|OUT ?(?:OF ?)?PHA\w*|OPPOSED|OPPPHASE|OPHASE|OOP"),
    (MP_RAGE, r"MP ?RAGE\w*|MP2RAGE\w*|IR ?F?SPGR|BRAVO|TFL\w*"),
    (FLAIR, r"FLAIR\w*|DARK ?FLUID|T[12] ?FLAIR"),
    (
        GRADIENT_ECHO,
        r"M?F?GRE\w*|MPGR|GRADIENT\w*|\w*FLASH\w*|[BM3]?FFE\w*|[BT]?TFE\w*|VIBE\w*|E?THRIVE|LAVA\w*|F?SPGR\w*|MEDIC|"
        r"MERGE|COSMIC|DESS|M?FISP|PSIF|TRU?E? ?FI\w*|FIESTA\w*|CISS|SWI|SWAN|VENBOLD|T2 ?(?:\*|STAR)\w*|UTE|ZTE|"
        r"PETRA|STARVIBE",
    ),
)
_WEIGHTINGS = (("T1", "T1"), ("T2", "T2"), ("PD", r"PD|PROTON\w*|IW"))
_SPIN_ECHO = r"T?SE\w*|FR?FSE\w*|FSE\w*|SPACE|SPC\w*|CUBE|VISTA|VIEW|BLADE\w*|PROPELLER|MULTIVANE|HASTE|SSFSE|STIR|TIRM?"
# Of the values of an Image Type beyond the second.
_KIND_VALUES: tuple[tuple[SeriesKind, str], ...] = (
    (ADC, r"[DE]?ADC.*"),
    (
        MAP,
        r"(?:T1|T2|T2 ?\*|T2_?STAR|R2|R2 ?\*|R2_?STAR|PD|T1RHO|B0|B1|FIELD|WASH.*)[ _]?MAP|MAP|FA|COLFA|TENSOR.*|"
        r"(?:FAT|WATER)_?FRAC.*|FF|R2_?STAR|R2\*|T2_?STAR|CB[FV]|REL?CB.*|MTT|TTP|PEI|TMAX|PBP|KTRANS|IAUC|VELOCITY.*|"
        r"MEAN_DIFF|PARAMETRIC.*|DERIVED_PARAMETRIC",
    ),
    (DIFFUSION, r"DIFFUSION.*|TRACE.*|DWI|CALC_?BVALUE|CALCULATED_BVALUE"),
    (PHASE, r"[PRI]|[PRI]_\w+|PHASE|PHASE[ _]MAP|REAL|IMAG\w*"),
    (SUBTRACTION, r"SUB|SUBTRACT\w*|DIFFERENCE"),
    (PROJECTION, r"MIN?IP|MIP|M[AI][XN]_?IP|PROJECTION.*|MAXIMUM.*|MINIMUM.*|VOLUME_RENDER|PJN"),
    (LOCALISER, r"LOCALI[SZ]ER"),
    (PERFUSION, r"PERFUSION.*|ASL|PERF"),
    (ECHO_PLANAR, r"EPI|MOSAIC|FMRI"),
    (ANGIOGRAM, r"ANGIO.*|TOF|FLOW.*|MRA"),
    (DYNAMIC, r"CINE|DYNAMIC"),
    (GRADIENT_ECHO, r"M_\w?FFE|\w?FFE|M_TFE|GRE|M_PCA"),
)  # fmt: skip
_DIXON_PARTS: tuple[tuple[str, str], ...] = (
    ("water", r"WATER|W"),
    ("fat", r"FAT|F"),
    ("in-phase", r"IN[ _]?PHASE|IP|IN"),
    ("opposed-phase", r"OPP?(?:OSED)?[ _]?(?:PHASE)?|OUT(?:[ _]?OF)?[ _]?PHASE|OUT|OOP"),
)
_DIXON_WORDS = r"M?DIXON\w*|M?DIX|IDEAL\w*|FLEX"
# Of values that make no other image: filters, corrections, numbering, names of sequences.
_PLAIN_VALUES = (
    r"M|M_SE|M_IR|M_TSE|SE|IR|TSE|MAGNITUDE|ND|NORM|DIS[23]D\w*|FIL\w*|FM\w*|SH|NONE|MFSPLIT|SPLIT|COMPOSED|GDC|\d+|T1|"
    r"T2|PROTON_DENSITY|STIR|W|WATER|IP|IN|IN_PHASE|INPHASE|DIXON|AVERAGE|ADDITION|CSA \w+|DR[BGS]|OTHER|DERIVED|GNL\w*"
)
# Of those, what says why the image is "derived": it was only filtered, corrected, put together or compressed.
_HARMLESS_DERIVATION = r"DIS[23]D\w*|NORM|FIL\w*|MFSPLIT|SPLIT|COMPOSED|GDC|GNL\w*|DR[BGS]"


def words_of(description: str) -> str:
    """A description as upper-case words with one space between them, joined words taken apart."""
    words = re.sub(r"[^A-Z0-9*+:]", " ", description.upper()).replace(":", " : ").split()
    parts: list[str] = []
    for word in words:
        joined = _JOINED.fullmatch(word)
        if joined is None:
            parts.append(word)
        else:
            name, weighted, *rest = joined.groups()
            parts += [part for part in (name or weighted, *rest) if part]  # the W of T2W is no water image
    return " ".join(parts)


def kinds_in_words(words: str) -> set[SeriesKind]:
    """The kinds that a description names."""
    return {kind for kind, pattern in _KIND_WORDS if says(words, pattern)}


def kinds_in_values(values: Iterable[str]) -> set[SeriesKind]:
    """The kinds that the further values of an Image Type name."""
    values = list(values)
    return {kind for kind, pattern in _KIND_VALUES if _any_is(values, pattern)}


def dixon_parts(values: Iterable[str], words: str) -> set[str]:
    """Which parts of a Dixon series an Image Type names, else the description: "water", "fat", "in-phase", ...

    A series that says Dixon and no part gives "unknown".
    """
    values = list(values)
    found = {part for part, pattern in _DIXON_PARTS if _any_is(values, pattern)}
    if found:
        return found
    if label := re.match(r"(WATER|FAT|IN ?PHASE|OUT ?PHASE) :", words):
        return {part for part, pattern in _DIXON_PARTS if re.fullmatch(pattern, label[1])}
    if not says(words, _DIXON_WORDS) and not _any_is(values, "DIXON"):
        return {"in-phase"} if says(words, r"IN ?PHASE") else set()
    rest = _without(words, _FAT_SUPPRESSED)
    return {part for part, pattern in _DIXON_PARTS if says(rest, pattern)} or {"unknown"}


def weightings_in_words(words: str) -> set[str]:
    """ "T1", "T2" and "PD", as far as a description says them."""
    return {name for name, pattern in _WEIGHTINGS if says(words, pattern)}


def fat_suppression_in_words(words: str) -> bool | None:
    """Whether a description says that fat is suppressed, or is not; None where it says neither."""
    rest = _without(words, rf"{_NOT} ?(?:{_FAT_SUPPRESSED})")
    if says(rest, _FAT_SUPPRESSED):
        return True
    return False if rest != words else None


def agent_in_words(words: str) -> bool:
    """Whether a description says that contrast agent was given."""
    return says(_without(words, rf"{_NOT} ?(?:{_AGENT})"), _AGENT)


def says_spin_echo(words: str) -> bool:
    """Whether a description names a spin echo."""
    return says(words, _SPIN_ECHO)


def says_stir(words: str) -> bool:
    """Whether a description says STIR; TIRM is Siemens' word for it, and for other inversions when it says so."""
    return says(words, r"STIR\w*|TIRM")


def only_filtered(values: Iterable[str], compressed: bool) -> bool:
    """Whether a derived image is still the picture that was acquired: filtered, corrected or compressed.

    Args:
        values: of its Image Type beyond the second.
        compressed: whether it was compressed with loss, which makes an image derived.
    """
    values = [value for value in values if value]
    if not all(re.fullmatch(_PLAIN_VALUES, value) for value in values):
        return False
    return compressed or _any_is(values, _HARMLESS_DERIVATION)


def says(words: str, pattern: str) -> bool:
    """Whether whole words of a description match."""
    return re.search(rf"(?<!\S)(?:{pattern})(?!\S)", words) is not None


def _without(words: str, pattern: str) -> str:
    return re.sub(rf"(?<!\S)(?:{pattern})(?!\S)", " ", words)


def _any_is(values: Iterable[str], pattern: str) -> bool:
    return any(re.fullmatch(pattern, value) for value in values)
