"""Words and sentences that results hold in English and that reports, charts and panels say in the chosen language.

They stand where they are made as plain strings, since files keep them; here they are marked for the finder of texts.
"""

from __future__ import annotations

from ..core.language import mark

WORDS = (
    *(mark("coronal"), mark("sagittal"), mark("axial"), mark("oblique coronal"), mark("oblique sagittal")),
    *(
        mark("oblique axial"),
        mark("T1-weighted"),
        mark("T2-weighted"),
        mark("fat-suppressed"),
        mark("unknown"),
    ),
    *(mark("likely"), mark("unlikely"), mark("in scope"), mark("out of scope"), mark("not staged")),
    *(mark("suggested"), mark("not seen"), mark("cannot tell"), mark("yes"), mark("no"), mark("I or II")),
    *(mark("right"), mark("left"), mark("none"), mark("automatic"), mark("marrow"), mark("muscle")),
    *(
        mark("muscle beside the hip"),
        mark("living marrow of head and neck"),
        mark("ilium above the hip"),
        mark("months"),
        mark("years"),
        mark("days"),
        mark("heat"),
    ),
    mark("no necrotic angle, so no survival after core decompression."),
)
FEATURES = (  # what features count, and the size of it
    *(mark("runs"), mark("zones"), mark("neighbourhoods"), mark("length"), mark("size"), mark("dependence")),
)
SURVIVAL = (
    *(mark("DLRC clinical, as published"), mark("Clinical model as published"), mark("bone marrow oedema")),
    *(mark("ARCO stage"), mark("Bone marrow oedema"), mark("Combined necrotic angle"), mark("Patient")),
    *(mark("ARCO stage II instead of IIIA"), mark("ARCO stage IIIA instead of I")),
    *(
        mark("ARCO stage IIIA instead of II"),
        mark("No bone marrow oedema"),
        mark("{month}-month no-collapse survival"),
    ),
    mark("Angle of {cut} degrees or more ({gap} more)"),
    mark("Angle below {cut} degrees (more than {gap} less)"),
    mark("ARCO {stage}, no subchondral fracture (set IIIA by hand if there is one)"),
    mark("no marrow oedema (the images do not tell)"),
    mark("marrow oedema suggested by the signal"),
    mark("marrow oedema not seen by the signal"),
    *(mark("Low-risk group of the study"), mark("High-risk group of the study")),
    *(mark("Low-risk group of the cohort"), mark("High-risk group of the cohort")),
    *(
        mark("Average hip of the cohort"),
        mark("{share} ({low} to {high})"),
        mark("Low risk"),
        mark("High risk"),
    ),
)
CONTRASTS = (
    mark("fat-suppressed (T2 FS or STIR or PD FS)"),
    mark("suppressed marrow (T2 FS, STIR, PD FS)"),
    mark("bright marrow (T1, T2)"),
    mark("T1-weighted (T1)"),
    mark("T2-weighted (T2)"),
    mark("model part"),
)
REMARKS = (
    mark("Outlined automatically; no reader has confirmed the outlines."),
    mark("Outlined by {reader}; no reader has confirmed the outlines."),
    mark("Outlined automatically; confirmed by {who} ({when})."),
    mark("Outlined by {reader}; confirmed by {who} ({when})."),
    mark("Outlined by {reader}."),
    mark("The outlines were given."),
    mark("Outdated, since the outlines or what was measured on them changed afterwards: {names}."),
    mark("There is no result for a report yet; press 'Run all' first."),
    mark("Out of scope for the stage: {why}"),
    mark("Hip {side}: {why}"),
)
CARDS = (  # of an intended use, what the panels show of it
    mark("It is not a diagnosis."),
    mark("Not for diagnosis."),
    mark("Not for decisions about a patient."),
    mark(
        "Not for diagnosis, not for collapsed heads (stage III and later), prostheses, fractures or tumours."
    ),
)
