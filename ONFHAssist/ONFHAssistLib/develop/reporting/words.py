"""Words of the reports of developments that stand elsewhere in pieces or as single words, for the finder of texts."""

from __future__ import annotations

from ...core.language import mark

FIGURES = (
    *(
        mark("C-index"),
        mark("Harrell C"),
        mark("Uno C"),
        mark("Brier score"),
        mark("Integrated Brier score"),
        mark("AUC"),
    ),
    *(mark("{figure} at {month} months"), mark("{month} months"), mark("months"), mark("not reached")),
    *(
        mark("{figure} at {month} months, apparent"),
        mark("p, accuracy"),
        mark("Accuracy"),
        mark("Sensitivity"),
    ),
    *(
        mark("median split"),
        mark("continuous"),
        mark("levels"),
        mark("{form}: not estimable"),
        mark("Recall"),
    ),
    *(
        mark("Clinical"),
        mark("Radiomics"),
        mark("Clinical model"),
        mark("Radiomics model"),
        mark("{name} model"),
    ),
    *(
        mark("against {name}"),
        mark("with the outcome"),
        mark("without"),
        mark("collapse"),
        mark("no collapse seen"),
    ),
    *(mark("test"), mark("training"), mark("all hips"), mark("to be filled in"), mark("yes"), mark("no")),
    *(mark("Threshold"), mark("probability"), mark("features"), mark("figure"), mark("model"), mark("hips")),
    *(
        mark("{count} of {total}"),
        mark("{words} ({count} missing)"),
        mark("split"),
        mark("nested cross-validation"),
    ),
)
COLUMNS = (  # clinical columns as people write them
    *(mark("Sex"), mark("Age"), mark("BMI"), mark("Side"), mark("Scanner"), mark("Hospital"), mark("Centre")),
    *(
        mark("Aetiology"),
        mark("Laterality"),
        mark("ARCO stage"),
        mark("ARCO stage {stage}"),
        mark("Bilateral"),
    ),
    *(
        mark("Bone marrow oedema"),
        mark("Combined necrotic angle, degrees"),
        mark("Field strength"),
        mark("Stage"),
    ),
    *(
        mark("Combined necrotic angle >= {cut} degrees"),
        mark("Symptom months"),
        mark("Age >= {cut}"),
        mark("JIC type"),
    ),
    *(mark("Sex: female"), mark("Sex: male"), mark("Side: R"), mark("Side: L"), mark("ARCO stage: {stage}")),
    *(mark("Bone marrow oedema: {answer}"), mark("JIC type: {type}"), mark("Aetiology: {cause}")),
)
LEVELS = (  # of findings, as the tables of a report and the forest plot write them
    *(
        mark("Aetiology {cause}"),
        mark("alcohol"),
        mark("corticosteroid"),
        mark("idiopathic"),
        mark("JIC type {type}"),
    ),
    *(
        mark("Male"),
        mark("Male no"),
        mark("Male yes"),
        mark("Bone marrow oedema no"),
        mark("Bone marrow oedema yes"),
    ),
    *(
        mark("Bisphosphonate"),
        mark("Bisphosphonate no"),
        mark("Bisphosphonate yes"),
        mark("Sex {sex}"),
        mark("Scanner {name}"),
    ),
    *(
        mark("Age years"),
        mark("Age years {cut} or more"),
        mark("Age years under {cut}"),
        mark("Age years >= {cut}"),
    ),
    *(mark("Body mass index"), mark("Body mass index {cut} or more"), mark("Body mass index under {cut}")),
    *(
        mark("Body mass index >= {cut}"),
        mark("Symptom months {cut} or more"),
        mark("Symptom months under {cut}"),
    ),
    *(mark("Symptom months >= {cut}"), mark("Combined necrotic angle, degrees {cut} or more")),
    *(
        mark("Combined necrotic angle, degrees under {cut}"),
        mark("continuous, per SD"),
        mark("Radiomics signature"),
    ),
    *(
        mark("DL signature"),
        mark("no collapse seen ({count})"),
        mark("collapse ({count})"),
        mark("female"),
        mark("male"),
    ),
)
PROVENANCE = (
    *(mark("input"), mark("created"), mark("software"), mark("model"), mark("bundle"), mark("bundle sha256")),
    *(
        mark("preset"),
        mark("preset sha256"),
        mark("input sha256"),
        mark("segmentation"),
        mark("engine"),
        mark("seed"),
    ),
    *(
        mark("model sha256"),
        mark("reader"),
        mark("outliner"),
        mark("detector"),
        mark("stager"),
        mark("backbone"),
        mark("table"),
    ),
)
