<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>ONFHAssistLib</name>
    <message>
        <location filename="../../ONFHAssistLib/survival/cox/model.py"/>
        <source>A Cox model needs at least one covariate and none was given.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/survival/calibration.py"/>
        <source>A calibration in {groups} groups needs at least {groups_} hips and there are {size}; choose fewer groups.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/pooling.py"/>
        <source>A centre's figure has no standard error, or lies at the end of its scale; leave it out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/readers/reader_files.py"/>
        <source>A confirmation needs the reader's name; say who confirms.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/readers/consensus.py"/>
        <source>A consensus needs two or more segmentations, it got {len}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/masks/contours.py"/>
        <source>A contour of '{name}' in {path} is damaged: {held}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/masks/contours.py"/>
        <source>A contour of '{name}' in {path} is of the unknown type '{kind}'; {join} are read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/masks/contours.py"/>
        <source>A contour of '{name}' in {path} lies across the planes of the image's voxels; it was drawn on another series, give that one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/masks/contours.py"/>
        <source>A contour of '{name}' in {path} lies {abs} mm off the image's slices or outside the image; it was drawn on another series, give that one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/pooling.py"/>
        <source>A figure over centres needs two or more of them, and {k} can be judged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/reporting/baseline.py"/>
        <source>A group is named '{pop}', which is a column of Table 1; name it otherwise.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/radiograph.py"/>
        <source>A magnification belongs to a radiograph (DX, CR or RG); leave it out for other images.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/radiograph.py"/>
        <source>A magnification of {magnification} is given; {low} to {high} is accepted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/by_sequence.py"/>
        <source>A part of the model '{name}' was harmonised over scanners, which a model by sequence cannot apply; develop its parts without a column of the scanner.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/sphere_tool.py"/>
        <source>A radius of {radius} mm is no femoral head; {low} to {high} mm is accepted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/cox/splines.py"/>
        <source>A restricted cubic spline here has 3, 4 or 5 knots, not {count}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/sphere_tool.py"/>
        <source>A rim point has a coordinate that is not a number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/planning/development.py"/>
        <source>A shrinkage of {shrinkage} cannot be had with an R2 of {r2}; ask for a larger one or take a smaller R2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/radiograph.py"/>
        <source>A spacing of {spacing} mm a pixel is given; {low} to {high} is accepted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/cox/splines.py"/>
        <source>A spline of {count} knots needs more distinct values; use the covariate as it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/survival/usefulness.py"/>
        <source>A threshold of a decision curve lies strictly between 0 and 1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/readers/agreement.py"/>
        <source>A value of the readers is not a finite number; leave that hip out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/validate_dlr.py"/>
        <source>Above 0 speaks for {second}, of the Brier score below 0. Hips of one patient are one unit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/intraclass.py"/>
        <source>Agreement needs at least two subjects and two raters; here are {n} and {k}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/robustness.py"/>
        <source>Agreement needs two subjects that {rater} rated twice or more; {len} have all of {len_}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/cox/lasso_cox.py"/>
        <source>All covariates are constant; nothing can be selected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/survival/outcome.py"/>
        <source>All hips are in the group {labels}; a log-rank test needs two groups or more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/centres.py"/>
        <source>All hips are of the centre '{names}'; two or more are needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/dlr.py"/>
        <source>All hips here are simulated: no patient stands behind them, and the figures say nothing about patients.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/survival/calibration.py"/>
        <source>All predicted risks are {risk}; a calibration slope needs risks that differ.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/survival/calibration.py"/>
        <source>All predicted risks are {risk}; a smooth calibration needs risks that differ.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/binary/calibration.py"/>
        <source>All probabilities are the same; a calibration slope needs different ones.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/reporting/baseline.py"/>
        <source>All rows are of the group '{names}'; a comparison needs two.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/binary/checks.py"/>
        <source>All {size} outcomes are of one class; cases with and without the outcome are needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/planning/development.py"/>
        <source>An R2 of {r2} was given; it must be above 0 and below {largest}, the largest that these events allow.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/image.py"/>
        <source>An image needs three axes (z, y, x), this one has {ndim}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/survival.py"/>
        <source>An imaging model is worth its price where it beats the clinical one, and a long selection where it beats one penalty on all findings and features, or trees.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/early.py"/>
        <source>An imaging model is worth its price where it beats what is known without it, and a long selection where it beats one penalty. Clinical columns: {join}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/survival/metrics.py"/>
        <source>An integrated Brier score needs two or more ascending months and one column for each.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/parts.py"/>
        <source>An interval that does not hold the figure of all hips is no proof of a difference; the p is that of the interaction, adjusted for the number of variables.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/stage/stager.py"/>
        <source>An unpublished model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/reporting/instability.py"/>
        <source>Answers of shape {shape} do not fit {len} hips; two or more repeated developments with one answer a hip are needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/early.py"/>
        <source>As papers show them: on the hips that chose the features and fitted the models. They are too good; the test part and the cross-validation are what counts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/development.py"/>
        <source>Beside the other covariates of the {name} model the {replace} would count the wrong way round (a larger score for later collapse); it is left out of this model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/published/findings.py"/>
        <source>Bone marrow oedema is {oedema}; give True (seen on MRI) or False (not seen).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/early/head_to_head.py"/>
        <source>Both bundles are {name}; give two different ones to compare.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/table.py"/>
        <source>Both hips are replaced; there is no femoral head to outline.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/validate_survival.py"/>
        <source>Both models are called {name}; give two different ones, under different names.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/sphere_tool.py"/>
        <source>Both spheres lie on the patient's side {side}; give one for each hip.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/bundles/loading.py"/>
        <source>Bundle {bundle} is changed again and again while it is opened; try again when it is written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/bundles/loading.py"/>
        <source>Bundle {name} does not say what kind of model it is; {title} (kind '{kind}') is needed here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/deep.py"/>
        <source>Bundle {name} holds the network '{get}'; deep features need '{NETWORK}'.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/stage/stager.py"/>
        <source>Bundle {name} holds the network '{get}'; the stager needs '{NAME}'.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/bundles/bundle.py"/>
        <source>Bundle {name} is refused: {found}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/bundles/loading.py"/>
        <source>Bundle {name} is {title} (kind '{kind}'); {title_} (kind '{kind_}') is needed here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/bundles/scope.py"/>
        <source>By its header the image is {phrase}; {learned}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/early/centres.py"/>
        <location filename="../../ONFHAssistLib/survival/develop/centres.py"/>
        <source>Centre '{name}' is not judged: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/head.py"/>
        <source>Centre {centre} and radius {radius} of head {side} are not numbers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/centres.py"/>
        <source>Column '{centre}' is empty in some row; every hip needs its centre.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/cox/model.py"/>
        <source>Column '{names}' has no number in row {index} ({len} such cells in all); complete it or leave this hip out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/survival/outcome.py"/>
        <source>Column '{names}' holds no event: all {size} hips are censored, so nothing can be estimated; at least {MIN_EVENTS} events are needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/survival/outcome.py"/>
        <source>Column '{names}' holds {int} competing events (2) and no event of interest (1), so its risk cannot be estimated; at least {MIN_EVENTS} are needed. Were the codes exchanged?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/survival/outcome.py"/>
        <source>Column '{names}' holds {times} in row {wrong} ({size} such rows); a follow-up is a number greater than 0, so correct or leave out these hips.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/survival/outcome.py"/>
        <source>Column '{names}' is 1 in every row: no hip is censored, check that 0 was not lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/survival/outcome.py"/>
        <source>Column '{names}' reaches {max}, which as months is {max_} years: these look like days, so divide by 30.44 or say that the unit is days.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/units.py"/>
        <source>Column '{name}' has a median of {middle} here and about {typical} where the model learned, {times}: it seems to be in other units (mm and cm, degrees and radians, another preset). Convert the column, or extract the features again as for the model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/cohort_table.py"/>
        <source>Column '{name}' has one value in all hips and is left out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/imputation.py"/>
        <source>Column '{name}' has one value in every row that is filled; an imputation has nothing to learn from. Leave it out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/cohort_table.py"/>
        <source>Column '{name}' has the same value in every hip; leave it out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/cox/clinical_selection.py"/>
        <source>Column '{name}' has {len} different texts; give numbers, or at most {MAX_CATEGORIES} categories.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/survival/outcome.py"/>
        <source>Column '{name}' has {ndim} axes; give one value for each hip.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/cohort_table.py"/>
        <source>Column '{name}' has {nunique} different texts and is left out; at most {MAX_LEVELS} make a category.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/regress_survival.py"/>
        <source>Column '{name}' has {values} in row {wrong}; a number of at least {max} is needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/cox/clinical_selection.py"/>
        <source>Column '{name}' holds '{min}', which is none of {join}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/cells.py"/>
        <source>Column '{name}' holds '{text}' in row {row}, which is no number; write the number alone, or leave it empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/cox/clinical_selection.py"/>
        <source>Column '{name}' holds '{text}', which is no number; write the number alone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/regress_survival.py"/>
        <source>Column '{name}' holds text; give numbers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/survival/outcome.py"/>
        <source>Column '{name}' holds text{first_text}; give numbers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/missing.py"/>
        <source>Column '{name}' is empty in every row; an imputation has nothing to learn from. Complete it, or choose a model without it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/imputation.py"/>
        <source>Column '{name}' is empty in every row; nothing can be learned about it. Leave it out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/cox/clinical_selection.py"/>
        <source>Column '{name}' is empty in row {row}; complete it or leave this hip out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/centres.py"/>
        <source>Column '{name}' is empty in some row; every hip needs its centre.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/regress_survival.py"/>
        <source>Column '{name}' is empty in some row; every hip needs its stratum.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/missing.py"/>
        <source>Column '{name}' is empty in {count} of {len} rows; at most half may be imputed. Complete it, or choose a model without it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/cohort_table.py"/>
        <source>Column '{name}' is empty in {empty} rows and is left out; complete it to use it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/cohort_table.py"/>
        <source>Column '{name}' is empty in {int} of {len} rows; at most {MOST_EMPTY} can be imputed. Complete it, or leave it out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/imputation.py"/>
        <source>Column '{name}' is empty in {int} of {size} rows; at most half may be imputed. Complete it, or leave it out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/cohort_table.py"/>
        <source>Column '{name}' is empty in {size} of {len} rows (row {rows}{size_}); these cells are imputed by chained equations, inside every resample.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/cohort_table.py"/>
        <source>Column '{name}' separates the hips with an event from the rest and is left out: its hazard ratio is infinite.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/cohort_table.py"/>
        <source>Column '{name}' separates the hips with an event from the rest: its hazard ratio is infinite; leave it out, or check that it was known before the follow-up.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/cohort_table.py"/>
        <source>Column '{patient}' is empty in row {empty} ({size} such rows); name the patient of every hip, because hips of one patient must stay together.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/cox/model.py"/>
        <source>Column '{text}' holds text; code it in numbers, one column for each category.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/cohort_table.py"/>
        <source>Column '{time}' reaches {max}, which as months is {max_} years: these look like days; say that the unit is days, or months if it is so.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/survival/outcome.py"/>
        <source>Columns '{names}' and '{names_}' have {size} and {size_} rows; give one time and one event for each hip.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/linear_model.py"/>
        <location filename="../../ONFHAssistLib/tabular/portable_classifier.py"/>
        <source>Contributions are those of one case; {len} rows were given.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/cox/lasso_cox.py"/>
        <source>Covariate {column} has no number in row {row}; complete it or leave this hip out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/cox/model.py"/>
        <source>Covariate {shown} has the same value in every hip; leave it out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/cox/model.py"/>
        <source>Covariate {shown} separates the hips with an event from the rest: its hazard ratio is infinite; merge its categories, leave it out or use a penalised model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/cox/model.py"/>
        <source>Covariates {shown} repeat each other (one follows from the rest); leave one of them out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/binary/discrimination.py"/>
        <source>DeLong's interval needs two cases of each class; there are {m} with the outcome, {n} without.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/case/steps.py"/>
        <source>Deep features</source>
        <translation>深度特征</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/case/steps.py"/>
        <source>Deep features of the radiograph</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/series/groups.py"/>
        <source>Echo {echo} of {len} ({echo_words}) was read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/measure/effusion.py"/>
        <source>Effusion {side} cannot be judged: the junction of head and neck is not in the image.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/regress/analysis.py"/>
        <source>Empty cells ({shown} of {len} rows) were filled {count} times by chained equations that know the outcome, and the results pooled by Rubin's rules. That is right where whether a cell is empty depends on what is in the table.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/external/cohort.py"/>
        <source>Empty: {listed}. {name} takes what it expects there from the other covariates, as it would for a new patient; its figures are those with such gaps.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/series/refusals.py"/>
        <source>Export the series again, or resample it first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/regress/models.py"/>
        <source>Fine and Gray's model is fitted to hips with competing events and without late entry, weights or strata.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/harmonisation.py"/>
        <source>Harmonisation needs two scanners or more; all {len} cases are from '{names}'.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/regress/analysis.py"/>
        <source>Held-out figures are given for hips without late entry, weights and strata.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/survival.py"/>
        <source>Held-out risks within folds, patients drawn; p from the standard error of the draws, two-sided.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/case/examination.py"/>
        <source>Hip {side} has no answer on the reference, series {reference}, which does not show it whole; it was read on series {join}. Make one of these the reference for it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/work.py"/>
        <source>Hip {side} has no answer: no series shows its whole femoral head; series {most} shows most of it, {shares}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/stage/scope.py"/>
        <source>Hip {side} is not staged: only {inside} of the femoral head lies within the field of view.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/stage/scope.py"/>
        <source>Hip {side} is not staged: the image has one value everywhere about the head.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/stage/scope.py"/>
        <source>Hip {side} is not staged: the image holds NaN or infinite values about the head.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/stage/stager.py"/>
        <source>Hip {side} looks unlike the hips that the stager learned from (its features lie {distance} times as far from them as is usual).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/case/cohort_features.py"/>
        <source>Hip {title} has no deep features: {error}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/repeated.py"/>
        <source>How often outcomes dealt anew among the patients give a held-out AUC as large: features selected and settings tuned again on each deal. The classifier ({classifier}) was chosen on the outcomes as they are and is the same for all deals, so that p is a little too small.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/intraclass.py"/>
        <source>ICC({kind}) is not known; choose 1,1, 2,1 or 3,1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/regress/models.py"/>
        <source>In row {late} the last visit without collapse, {free}, is not before the collapse at {time}; correct it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/regress_survival.py"/>
        <source>In row {row} the hip came under observation at {values}, not before its follow-up ended at {below}; correct it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/outline_sides.py"/>
        <source>In {name} {what} has {sizes} stray voxels {distance} mm away; remove them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/outline_sides.py"/>
        <source>In {name} {what} is two bodies {distance} mm apart ({sizes_text}); the second one, of label {values}, is another structure: give each hip its own labels (1 and 3 right, 2 and 4 left).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/predictions.py"/>
        <source>It does not show this hip whole.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/study.py"/>
        <source>It is a segmentation.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/study.py"/>
        <source>It is a single slice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/study.py"/>
        <source>It is {get}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/table.py"/>
        <source>It is {kind}: it differs from the examination in {what}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/study.py"/>
        <source>It is {phrase}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/roles.py"/>
        <source>It was to be used for {join}, but cannot be.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/table.py"/>
        <source>Its field of view or its slices end within the femoral head.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/table.py"/>
        <source>Its header says {stated}, but it looks {seen}; it is used by its look.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/table.py"/>
        <source>Its hip {side} lies {away} mm from that of series {number}; it is not used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/roles.py"/>
        <source>Its user left it out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/development.py"/>
        <source>LASSO-Cox selected none of the {name} features; there is no {name_} model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/radiomics.py"/>
        <source>Label {wanted} is not in the mask; it holds {join}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/early/repeated.py"/>
        <source>Learning curve: {share} of the patients, fold {k}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/readers/agreement.py"/>
        <source>Limits of agreement need at least three hips that both readers measured, here are {len}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/case/steps.py"/>
        <source>Looking for the femoral heads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/measure/oedema.py"/>
        <source>Marrow oedema {side} cannot be judged on this sequence ({sequence}); a fat-suppressed or STIR series shows it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/measure/oedema.py"/>
        <source>Marrow oedema {side} cannot be judged: too little {name} is in the image.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/measure/oedema.py"/>
        <source>Marrow oedema {side} cannot be told from red marrow on T1, short of half of the marrow; a fat-suppressed or STIR series shows it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/binary/comparison.py"/>
        <source>McNemar's test needs the same cases twice; shapes {shape} and {shape_} were given.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/parts.py"/>
        <source>Mean ± SD where a column is about symmetric, else median and quartiles; counts with shares. p: Wald test with the patient as the unit, so that two hips of one patient do not count twice. Difference: largest standardised difference of two groups; 0.1 is small (Austin 2009), and unlike p it does not grow with the number of hips.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/parts.py"/>
        <source>Models developed on a share of the training patients and judged on the same held-out folds. A curve that still climbs at its end says that more hips would help.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/early.py"/>
        <source>Mondrian cross-conformal sets, each patient once a class (Vovk et al. 2005; Dunn et al. 2023).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/survival.py"/>
        <source>Month {min} is not after the operation; give months greater than 0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/external/evaluation.py"/>
        <source>Month {m} is beyond the follow-up of the hips or of the model ({longest} months); it is left out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/published/clinical.py"/>
        <source>Month {wrong} is outside of 0 to {LAST_MONTH}: the study publishes no survival beyond {LAST_MONTH_} months; choose months in that range.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/readers/agreement.py"/>
        <source>Neither segmentation holds a femoral head (labels 1 right, 2 left); outline one first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/core/parallel.py"/>
        <source>No Dask scheduler answers at {address}; start one with 'dask scheduler'.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/validation.py"/>
        <source>No bootstrap sample had enough events to develop the models again; more are needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/readers/reader_files.py"/>
        <source>No case of {table} could be compared: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/early/centres.py"/>
        <source>No centre can be judged and two are needed. {join}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/cox/clinical_selection.py"/>
        <source>No clinical covariate is left to fit: all are constant; give columns that vary.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/development.py"/>
        <source>No clinical finding has a univariate p below {enter_below}; there is no such model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/nomogram/nomogram.py"/>
        <source>No covariate of the model has an effect; a nomogram has nothing to show.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/selection/selection_log.py"/>
        <source>No feature is left after '{step}' ({shape} went in); look at the table: the columns may be constant, empty or full of outliers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/case/case.py"/>
        <source>No femoral head is outlined on {name}; outline it first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/regress_survival.py"/>
        <source>No finding is named; name the columns whose effect on collapse is asked for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/measurements.py"/>
        <source>No fluid-sensitive series shows hip {side}; oedema was not looked for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/reporting/conformal.py"/>
        <source>No hip for calibration has outcome {kind}; prediction sets need both classes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/radiomics.py"/>
        <source>No label was given; name at least one label of the mask.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/published/clinical.py"/>
        <source>No month was given; give one or more months, such as 36 and 60.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/measurements.py"/>
        <source>No necrosis on series {none}, but on others.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/imputation.py"/>
        <source>No other column tells anything of '{name}', which has empty cells; an imputation has nothing to learn from. Add findings, or leave it out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/roles.py"/>
        <source>No series of the folder shows a whole femoral head ({said}); give the MRI of the hips.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/measurements.py"/>
        <source>No series shows the acetabular edge {side}: one without fat suppression is needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/compare/learning.py"/>
        <source>No share of the patients has enough collapses to develop a model on; more are needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/survival/competing.py"/>
        <source>No two hips can be compared.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/survival/metrics.py"/>
        <source>No two hips can be compared: each collapse was seen after the last visit of all others.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/native/prepare.py"/>
        <source>No voxel of the region is left after resampling; it is too small for this spacing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/performance.py"/>
        <source>Nobody was followed for {month} {unit}; this horizon is left out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/external/evaluation.py"/>
        <source>None of the months {join} lies within the follow-up of the hips and of the model, {longest} months; choose an earlier month.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/development.py"/>
        <source>Not in the clinical model, since the univariate p is not below {below}: {join}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/perturbation.py"/>
        <source>Nothing of the region is left after the perturbation; use smaller limits.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/measurements.py"/>
        <source>Oedema of hip {side} was not looked for: {why}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/masks/segments.py"/>
        <source>Of {path} was left out what is no femoral head and no necrosis by its name: {which}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/survival.py"/>
        <source>On the folds of the first repeat, hips compared within theirs; patients are drawn, and intervals are widened because folds share training hips (Nadeau and Bengio 2003).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/early.py"/>
        <source>On the same folds, hips compared within theirs; patients are the unit, and the interval and p of the gain are widened because folds share training hips (Nadeau and Bengio 2003).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/survival/outcome.py"/>
        <source>Only {int} events: fewer than the {MIN_EVENTS} that any figure of this room needs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/early/repeated.py"/>
        <source>Only {len} of {repeats} bootstrap samples gave a model; more hips of both classes are needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/sphere_tool.py"/>
        <source>Only {share}% of the circle at {point} with radius {radius} mm lies on the radiograph; check the centre (LPS, mm; the first pixel of a DICOM radiograph is at 0, 0, 0).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/sphere_tool.py"/>
        <source>Only {share}% of the sphere at {point} with radius {radius} mm lies inside the image; check the centre (LPS, mm).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/survival/metrics.py"/>
        <source>Only {size} of {size_} bootstrap samples have enough events; an interval needs more hips.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/cox/lasso_cox.py"/>
        <source>Penalties are one or more positive numbers in descending order.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/early/comparators.py"/>
        <source>Plain models: fold {number} of {len}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/stage/evaluation.py"/>
        <source>Probabilities of shape {shape} do not fit {len} hips and {len_} stages.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/pyradiomics_engine.py"/>
        <source>PyRadiomics leaves out {join} here (it needs scikit-image for LBP2D, trimesh and an older SciPy for LBP3D); use the native engine.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/pyradiomics_engine.py"/>
        <source>PyRadiomics refuses this region with preset {name}: {error}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/repeated.py"/>
        <source>Radmacher et al., J Comput Biol 2002;9:505.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/stage/readers_compared.py"/>
        <source>Reader {reader} read none of the {len} hips that were staged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/signature.py"/>
        <source>Reading {number} shares {len} hips with the first; at least 5 with the same case and side are needed for an ICC.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/development.py"/>
        <source>Removed from the clinical model by backward elimination: {listed}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/native/prepare.py"/>
        <source>Resegmentation to {settings} ({mode}) leaves {count} voxels of the region.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/parts.py"/>
        <source>Riley and Collins, Biom J 2023;65:2200302.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/missing.py"/>
        <source>Row {index} has no value of anything that the model asks for; an imputation has nothing to learn from. Complete it or leave this hip out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/imputation.py"/>
        <source>Rubin's rules need two or more imputations, and there is {m}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/roles.py"/>
        <source>Series {join} cannot both be the reference; choose one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/roles.py"/>
        <source>Series {wanted} cannot be the reference: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/work.py"/>
        <source>Side {side}: series {number} could not be aligned and is left out: {failure}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/pipeline.py"/>
        <source>Side {side}: the field of view cuts the femoral head ({visible_share}% is inside); its volume and angles are incomplete, and its radius of {radius} mm {known}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/pipeline.py"/>
        <source>Side {side}: the hip is replaced by a prosthesis; there is no femoral head to outline.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/work.py"/>
        <source>Side {side}: the reference does not show this hip; it is put where series {number} has it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/outlines.py"/>
        <source>Side {side}: the series together show no head; the outline of one of them is used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/series/groups.py"/>
        <source>Stack {stack} of {len} ({stack_words}) was read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/stage/stager.py"/>
        <source>Staging hip {side}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/stage/temperature.py"/>
        <source>Temperature scaling needs logits of members x hips x classes for the {len} validation hips; they have shape {shape}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/published/findings.py"/>
        <source>The ARCO stage {arco} is not one of {join}, the stages that the study drilled; the model does not apply to other stages.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/planning/development.py"/>
        <location filename="../../ONFHAssistLib/evaluate/planning/external.py"/>
        <source>The C statistic is {c_statistic}; a number between 0.5 and 1 is needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/cox/model.py"/>
        <source>The Cox model is damaged (its numbers do not fit together); fit it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/cox/model.py"/>
        <source>The Cox model is damaged ({error}); fit it again or take another copy.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/side.py"/>
        <source>The DICOM header says side {stated} but the head lies {abs} mm to the patient's {where}; {stated_} was taken, please check.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/side.py"/>
        <source>The DICOM header says side {stated}, but the image shows both hips and this head is the {where} one; {by_position} was taken, please check.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/core/parallel.py"/>
        <source>The Dask cluster has no workers; start one with 'dask worker ADDRESS'.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/deep.py"/>
        <source>The ImageNet weights come from {IMAGENET_URL}; agree to the download or give the file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/core/errors.py"/>
        <source>The Python package '{package}' is needed to {purpose}; install it and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/regress/models.py"/>
        <source>The Weibull models do not converge; leave out findings that nearly separate the hips with an event.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/measure/acetabulum.py"/>
        <source>The acetabular edge {side} cannot be found where marrow is not brighter than muscle, as with fat suppression; mark it by hand or take a T1 or T2 series without it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/measure/acetabulum.py"/>
        <source>The acetabular edge {side} is not clear on this image; mark it by hand.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/measurements.py"/>
        <source>The acetabular edge {side} was marked on series {number}, in which this hip was not aligned; it was not taken.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/examine.py"/>
        <source>The acetabular edge {side} was marked on series {series}, which this examination does not have; it has {join}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/measurements.py"/>
        <source>The acetabular edge {side} was not looked for: {why}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/examine.py"/>
        <source>The acetabular edge {side} was not used: no series shows that femoral head whole.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/measure/findings.py"/>
        <source>The acetabular edge {side} was read off axial slices {sliced_spacing} mm apart, which blur the roof: check it on the image.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/measure/arcs.py"/>
        <source>The acetabular edge {tuple} of side {side} does not lie above the head centre; set it to the lateral end of the acetabular roof.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/measure/acetabulum.py"/>
        <source>The acetabular roof {side} lies outside the image; mark its edge by hand.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/selection/steps.py"/>
        <source>The adjustment of p-values is '{adjust}'; it must be None or 'bh'.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/performance.py"/>
        <source>The apparent C-index of the {name} model, {value}, is optimistic by {gap}: on hips that were not used to develop it, it is {value_}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/geometry.py"/>
        <source>The axes of {name} are skewed: they stand {skew} degrees off right angles, and {MAX_SKEW_DEG} degrees are accepted (a tilted gantry, or a registration with shear); resample the image to a regular grid first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/geometry.py"/>
        <source>The axes of {name} stand {skew} degrees off right angles and were set upright.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/dicom_loaded.py"/>
        <source>The axes of {name} stand {turned} degrees off those in the headers of its files; check the sides.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/early/predictor.py"/>
        <source>The backbone {name} ({sha256}) is not the one that the bundle {name_} was trained with ({str}); train the bundle again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/native/discretise.py"/>
        <source>The bin width {get} gives {len} grey levels; choose a wider one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/image.py"/>
        <source>The box from {tuple} to {tuple_} lies outside the image of size {size}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/early/predictor.py"/>
        <source>The bundle {name} does not say which backbone made its deep features; it answers for tables of features that were extracted with it, not for images.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/early/predictor.py"/>
        <source>The bundle {name} has a model for each kind of sequence; say which image it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/early/predictor.py"/>
        <source>The bundle {name} was trained with a preset of its own ({str}); it answers for tables of features that were extracted with it, not for images.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/detector.py"/>
        <source>The bundle's network is '{get}'; a detector needs 'yolox_3d'.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/outliner.py"/>
        <source>The bundle's network is '{get}'; an outliner needs 'unet_3d_outliner'.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/case/steps.py"/>
        <source>The case has no outlined radiograph.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/case/result.py"/>
        <source>The case result has the schema {schema}; this version reads '{SCHEMA}'.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/case/result.py"/>
        <source>The case result is not valid JSON ({error}); it may be cut short.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/sphere_tool.py"/>
        <source>The centre {point} (LPS, mm) lies outside the image.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/sphere_tool.py"/>
        <source>The circle tool works on a single radiograph, this image has {shape} slices.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/classifiers.py"/>
        <source>The classifier '{key}' is not known; choose from {join}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/calibration.py"/>
        <source>The classifier is calibrated already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/models.py"/>
        <source>The clinical table and the feature tables have different numbers of rows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/cox/clinical_selection.py"/>
        <source>The clinical table lacks the column '{missing}'; add it, or develop without it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/cox/clinical_selection.py"/>
        <source>The clinical table lacks the column '{name}'; add it, or develop without it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/cohort_table.py"/>
        <source>The cohort has no {WORDS}: their signature is missing, and no model uses it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/cohort.py"/>
        <source>The cohort has {n} outcomes and {size} rows of '{name}'; give one row a hip.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/case/cohort_features.py"/>
        <source>The cohort lacks the column '{absent}'; it has {join}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/cohort.py"/>
        <source>The cohort table lacks the column '{missing}'; add it or name another.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/cohort.py"/>
        <source>The cohort table {path} does not exist.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/checks.py"/>
        <source>The column '{PRESET_COLUMN}' holds {len} different presets ({found}, {found_}); extract all cases with one preset.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/selection/components.py"/>
        <source>The column '{column}' has missing values, which components cannot take; extract these hips again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/early/develop.py"/>
        <source>The column '{column}' has missing values, which harmonisation cannot take; drop it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/published/findings.py"/>
        <source>The combined necrotic angle {angle_deg} is not between 0 and 360 degrees; give the sum of the two necrotic arcs, at most 180 degrees each.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/selection/components.py"/>
        <source>The components of the model need a finite mean, a positive scale and {k} weights of each of {q} deep features.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/worker/server.py"/>
        <source>The computer has not enough memory for this step; close other programs or crop the image.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/planning/development.py"/>
        <source>The concordance is {c_index}; a number between 0.5 and 1 is needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/masks/contours.py"/>
        <source>The contours of '{name}' in {path} lie on every {min}. slice of the image only; they were drawn on another series, give that one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/masks/contours.py"/>
        <source>The contours of '{name}' in {path} were drawn in another plane than the slices of the image; give the series on which they were drawn.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/planning/criteria.py"/>
        <source>The correlation of the hips of a patient is {correlation}; 0 to 1 is accepted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/cox/lasso_cox.py"/>
        <source>The covariates have shape {shape}; give {len} rows and at least one column.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/binary/comparison.py"/>
        <source>The cuts {list} of the risk categories must rise and lie between 0 and 1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/early/external_validation.py"/>
        <source>The deep features were made with the backbone {found}, the bundle {name} was trained with {wanted}; extract them again with the backbone of the bundle.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/parts.py"/>
        <source>The development was repeated on bootstrap samples of patients, and every model answered for every hip. A model can be right on the whole and still give one hip an answer that other hips would have changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/image.py"/>
        <source>The direction of the image is not a rotation or reflection; its axes are skewed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/dlr.py"/>
        <source>The diseased hips here are simulated, or real ones with painted disease: no patient with osteonecrosis stands behind them, and the figures say little about patients.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/radiomics.py"/>
        <source>The engine {engine} is unknown; choose native or pyradiomics.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/portable_models.py"/>
        <source>The entry '{name}' of the model file does not hold numbers ({error}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/checks.py"/>
        <source>The feature '{column}' is missing for case {case}; extract that case again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/signature.py"/>
        <source>The feature '{text}' holds text; leave this column out of the features.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/feature_table.py"/>
        <source>The feature files were made with {len} different presets ({found}, {found_}); extract all with one preset.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/feature_table.py"/>
        <source>The feature group '{group}' is not known; choose from {join}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/early/develop.py"/>
        <source>The feature group '{name}' has no columns; name some or leave the group out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/early/develop.py"/>
        <source>The feature group '{name}' names the column '{absent}', which the feature table lacks.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_maps.py"/>
        <source>The feature map was cancelled.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/cohort.py"/>
        <source>The feature set '{min}' is not one of {join}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/selection/components.py"/>
        <source>The feature table has no column that starts with '{prefix}'; extract deep features.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/selection/selection_log.py"/>
        <source>The feature table lacks the column '{absent}' that the model uses; extract it first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/selection/selection_log.py"/>
        <source>The feature table lacks the column '{absent}' that the selection was fitted on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/selection/components.py"/>
        <source>The feature table lacks the column '{absent}'; extract deep features with the same backbone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/checks.py"/>
        <source>The feature table lacks the column '{absent}'{more} that the model '{model}' uses; extract with the preset of the model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/checks.py"/>
        <source>The feature table was extracted with the preset {theirs}, the model '{model}' was trained with {preset_sha256}; extract again with the preset of the model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/portable_classifier.py"/>
        <source>The features of the model '{name}' do not end in those of its components.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/head_sphere.py"/>
        <source>The femoral head {side} has {len} surface points; a sphere needs at least 30: outline it further.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/measure/hip.py"/>
        <source>The femoral head {side} lies at x = {centre} mm, on the other side of the midline at x = {midline_x} mm; exchange the sides of the segmentation.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/bundles/scope.py"/>
        <source>The field of view is {min} mm along one axis; below {least} mm a femoral head may be cut off.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/binary.py"/>
        <source>The figure {name} should end in .png, .svg, .pdf or .tif.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/detector.py"/>
        <source>The file states no side and the head lies near the scanner's middle; {side} was taken from the anatomy, please check.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/cox/model.py"/>
        <source>The file {path} cannot be read; check the path.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/cox/model.py"/>
        <source>The file {path} is not JSON; choose a model that ONFHAssist wrote.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/series/header.py"/>
        <source>The files of this series are of several sequences: {listing}; no sequence is taken from them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/dicom.py"/>
        <source>The files state no Series Instance UID; they were taken for one series.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/table.py"/>
        <source>The folder holds series of more than one patient or date: {listed} and {listed_} differ in {differ}; take one of them out, or name the reference series.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/case/result.py"/>
        <source>The folder {folder} holds no {FILE}; 'onfh run IMAGE --out {folder_}' writes one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/cohort.py"/>
        <source>The folder {out} cannot be made: {strerror}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/calculator.py"/>
        <source>The folder {path} holds no developed survival model (models/dlrc.json); choose another.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/harmonisation.py"/>
        <source>The harmonisation of the model needs one finite factor and shift a scanner and feature.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/side.py"/>
        <source>The head lies {abs} mm from the assumed midline and the file states no side; side {by_position} was taken, please check.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/masks/reading.py"/>
        <source>The header of the segmentation says {field} '{text}' of {name}; a whole number is expected. Save it again in 3D Slicer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/outline_sides.py"/>
        <source>The header says side {stated}, but {name} outlines femoral head {side}; please check.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/radiograph.py"/>
        <source>The header states a pixel spacing and not whether it is the detector's or calibrated: if it is the detector's, lengths are 10 to 20% too large unless the magnification is given.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/radiograph.py"/>
        <source>The header states a pixel spacing that is {stated}; leave the magnification out, or lengths would be corrected twice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/radiograph.py"/>
        <source>The header states no patient orientation; the usual display was assumed (patient's right on the left of the film), please check the side.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/nifti.py"/>
        <source>The header states voxels of {stated} mm beside a matrix of {matrix} mm; the matrix was taken.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/dicom.py"/>
        <source>The header's {fact} is no number and was left out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/performance.py"/>
        <source>The honest C-index of the {name} model, {value} ({low} to {high}), does not exclude 0.5: it may not tell hips apart at all.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/bundles/scope.py"/>
        <source>The image does not state its sequence and looks {contrast}; {trained_on} {names}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/bundles/scope.py"/>
        <source>The image does not state its sequence; that it is {found} was read from the image.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/native/prepare.py"/>
        <source>The image has the same value everywhere; it cannot be normalised.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/region_picture.py"/>
        <source>The image is NaN or infinite around the region; replace these voxels first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/radiomics.py"/>
        <source>The image is NaN or infinite in {inside} voxels of the region; replace them first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/radiomics.py"/>
        <source>The image is NaN or infinite in {int} voxels outside the region, and the preset {name} normalises, resamples or filters across them; replace them first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/side.py"/>
        <source>The image shows one hip, its file puts the first voxel at 0, 0, 0 and states no side; side {by_position} was guessed, please check.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/bundles/scope.py"/>
        <source>The image states {stated} but looks {contrast}; check which series it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/native/engine.py"/>
        <source>The image {name} cannot be made: the volume is too small for its filter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/bundles/scope.py"/>
        <source>The image's {fact} is {found}; {trained_on} {join}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/binary/comparison.py"/>
        <source>The integrated discrimination improvement needs two cases of each class.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_maps.py"/>
        <source>The kernel radius is {kernel_radius}; it should be at least 1 voxel.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/dlr.py"/>
        <source>The largest model has {most} features for {smaller} hips in the smaller class; ten hips a feature are asked for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/perturbation.py"/>
        <source>The limit {name} of the perturbations is {value}; 0 to {most} is accepted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/cohort.py"/>
        <source>The machine ran out of memory; use fewer workers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/radiomics.py"/>
        <source>The mask holds NaN or infinite values; it needs whole-number labels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/radiomics.py"/>
        <source>The mask is empty: no voxel is outlined; outline the region first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/readers/consensus.py"/>
        <source>The method is "{method}"; it must be one of {join}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/dicom_loaded.py"/>
        <source>The middle of {name} lies {away} mm beside the place in the headers of its files; check the sides.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/linear_model.py"/>
        <source>The model '{name}' cannot be applied: the mean and standard deviation of its features were never published; use a model that was trained in this project.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/by_sequence.py"/>
        <source>The model '{name}' does not answer for the sequence '{sequence}'; it does for {join}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/linear_model.py"/>
        <source>The model '{name}' has a non-finite intercept or a standard deviation that is not positive.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/by_sequence.py"/>
        <source>The model '{name}' has a part of its own for {join}; give the table a column '{SEQUENCE_COLUMN}'.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/portable_classifier.py"/>
        <source>The model '{name}' has no features or names one of its {named} features twice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/linear_model.py"/>
        <source>The model '{name}' has no features or names one of its {p} features twice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/by_sequence.py"/>
        <source>The model '{name}' needs at least one part, and each of its sequences in one part alone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/portable_classifier.py"/>
        <source>The model '{name}' needs {p} finite means and {p_} positive standard deviations.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/linear_model.py"/>
        <source>The model '{name}' needs {p} finite numbers as '{label}', one a feature.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/portable_classifier.py"/>
        <source>The model '{name}' was harmonised over scanners; name the scanner of every case ({known}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/portable_classifier.py"/>
        <source>The model file does not hold a JSON object; save the model again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/linear_model.py"/>
        <source>The model file has version {get}; this program reads version {FORMAT_VERSION}; update the program.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/portable_models.py"/>
        <source>The model file holds a classifier of the kind '{get}', which is not known.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/linear_model.py"/>
        <location filename="../../ONFHAssistLib/tabular/portable_classifier.py"/>
        <source>The model file holds something else than numbers where they belong ({error}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/portable_models.py"/>
        <source>The model file is damaged: it needs {what}; save the model again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/linear_model.py"/>
        <location filename="../../ONFHAssistLib/tabular/portable_classifier.py"/>
        <source>The model file is not JSON (line {lineno}); save it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/portable_classifier.py"/>
        <source>The model file is of the kind '{get}', version {get_}; '{FORMAT}', version {FORMAT_VERSION} or {WITH_COMPONENTS}, is expected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/by_sequence.py"/>
        <source>The model file is of the kind '{get}', version {get_}; '{FORMAT}', version {FORMAT_VERSION}, is expected; update the program or save the model again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/linear_model.py"/>
        <source>The model file is of the kind '{kind}'; '{FORMAT}' is expected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/portable_models.py"/>
        <source>The model file lacks the entry '{name}'; save the model again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/by_sequence.py"/>
        <location filename="../../ONFHAssistLib/tabular/linear_model.py"/>
        <location filename="../../ONFHAssistLib/tabular/portable_classifier.py"/>
        <source>The model file lacks the entry {error}; save the model again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/calculator.py"/>
        <source>The model in {path} was followed for {last_time_} months; none of {join} lies in that, choose earlier months.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/nomogram/nomogram.py"/>
        <source>The model saw no event by {month}; choose a later time for the nomogram.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/published/clinical.py"/>
        <source>The months {months} are not numbers; give months from 0 to {LAST_MONTH}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/masks/segments.py"/>
        <source>The names of the segments in {path} were obeyed: {join}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/bundles/origin.py"/>
        <source>The network comes from no bundle; save it as one and load it from there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/nomogram/nomogram.py"/>
        <source>The nomogram needs a number for '{name}' and got {value}; add it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/robustness.py"/>
        <source>The number of perturbations is {count}; {FEWEST} to {MOST} are accepted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/cohort.py"/>
        <source>The number of workers is {workers}; it should be at least 1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/options.py"/>
        <source>The option {name} is '{given}'; a whole number such as 32, or a share such as 0.95, is accepted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/options.py"/>
        <source>The option {name} is '{value}'; {join} is accepted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/options.py"/>
        <source>The option {name} is {value}; {low} to {high} is accepted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/binary/checks.py"/>
        <source>The outcome of row {int} is '{labels}'; it must be 0 or 1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/by_sequence.py"/>
        <source>The parts of the model '{name}' were made with different presets.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/by_sequence.py"/>
        <source>The parts of the model file are damaged ({error}); save it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/centres.py"/>
        <source>The patient '{index}' has hips in two centres; give every patient one centre.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/checks.py"/>
        <source>The patient of case {row_label} is missing; name the patient.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/checks.py"/>
        <source>The patient of case {who} is in both the training and the test part; put all hips of a patient on one side of the split.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/cox/lasso_cox.py"/>
        <location filename="../../ONFHAssistLib/survival/develop/signature.py"/>
        <source>The penalty is chosen by {join}, not by {rule}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/radiograph.py"/>
        <source>The pixel spacing is the detector's: lengths are larger than in the patient by the magnification, usually 10 to 20%, unless the magnification is given.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/series/pixels.py"/>
        <source>The pixels of {file} are compressed as {name} ({syntax}), for which there is no decoder here; {install}{REMEDY}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/series/pixels.py"/>
        <source>The pixels of {file} are compressed, and its header does not say how (no Transfer Syntax UID); {REMEDY}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/series/pixels.py"/>
        <source>The pixels of {file} cannot be read; the file is truncated or damaged{how}. Copy it again from its source.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/series/frames.py"/>
        <source>The pixels of {path} have the shape {shape}, where {wanted} is stated; export it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/survival/usefulness.py"/>
        <source>The predicted risk {risk} in row {wrong} is not between 0 and 1; give 1 - survival at the chosen time, not a score.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/survival/metrics.py"/>
        <source>The prediction in row {row} is not finite; complete this hip or leave it out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/presets.py"/>
        <source>The preset file {path} does not exist.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/presets.py"/>
        <source>The preset {name} is for voxel-based extraction (its section voxelSetting). Maps are made in ONFHExtract with the button Make map (in scripts by extract.feature_maps.feature_map); for the features of a region take that section out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_maps.py"/>
        <source>The preset {name} makes no image {image}; choose another preset or feature.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_maps.py"/>
        <source>The preset {name} sets maskedKernel to false; here a map's neighbourhoods end at the region: set it to true.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/native/prepare.py"/>
        <source>The preset's resampledPixelSpacing has {len} numbers; a volume needs three.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/binary/calibration.py"/>
        <source>The probabilities fall into {len} group(s); the Hosmer-Lemeshow test needs three or more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/binary/calibration.py"/>
        <source>The probabilities separate the outcomes completely, so that a calibration slope does not exist; evaluate on more cases.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/case/examination.py"/>
        <source>The probability is by series {join}; features and contributions are of series {own}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/binary/checks.py"/>
        <source>The probability of row {row} is {values}; it must lie between 0 and 1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/dlr.py"/>
        <source>The protocol has neither a test part nor outer folds; a model needs one of them to be judged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/protocol.py"/>
        <source>The protocol names no classifier; name one or more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/side.py"/>
        <source>The radiograph shows one hip and its header states no side; side {by_position} was guessed, please check.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/external/cohort.py"/>
        <source>The radiomics were extracted with the preset {found}, {name} was developed with {wanted}; extract them again with the preset of the model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/stage/head_crop.py"/>
        <source>The radius of head {side} is {radius} mm; {low} to {high} mm is expected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/readers/consensus.py"/>
        <source>The readers agree on no femoral head; compare their segmentations first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/readers/agreement.py"/>
        <source>The readers have {size} and {size_} values; as many of both are needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/case/cohort_features.py"/>
        <source>The region '{region}' is not known; choose from {join}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/native/prepare.py"/>
        <source>The region extends along {extended} of the three axes on the grid of the features; the preset wants at least {wanted} (minimumROIDimensions).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/radiomics.py"/>
        <source>The region extends along {extended} of the three axes; the preset {name} wants at least {wanted} (minimumROIDimensions).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/native/prepare.py"/>
        <source>The region has {count} voxels on the grid of the features; the preset wants more than {minimum} (minimumROISize).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/radiomics.py"/>
        <source>The region has {count} voxels; the preset {name} wants more than {minimum} (minimumROISize).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/native/classes.py"/>
        <source>The region is a single voxel in the plane of the features; at least two are needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/native/prepare.py"/>
        <source>The region is a single voxel on the grid of the features; at least two are needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/radiomics.py"/>
        <source>The region is a single voxel; features need at least two.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/perturbation.py"/>
        <source>The region is empty: no voxel is outlined; outline it first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/native/prepare.py"/>
        <source>The region reaches beyond the image; correctMask cannot help, outline it on this image.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/native/engine.py"/>
        <source>The region spans {shape} slices along axis {axis} (z, y, x); 2D shape features of preset {name} need a region in one slice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/cohort.py"/>
        <source>The result could not be written: {strerror}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/sphere_tool.py"/>
        <source>The rim points lie on a line; place them around the head.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/survival/usefulness.py"/>
        <source>The risk cuts {cuts} are not ascending numbers between 0 and 1, such as 0.2 and 0.5.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/selection/steps.py"/>
        <source>The rule of the LASSO is '{rule}'; it must be 'min' or '1se'.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/harmonisation.py"/>
        <source>The scanner '{names}' has {min} training cases; harmonisation needs at least {MIN_HIPS_PER_SCANNER} of each: leave it out or add cases.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/early/centres.py"/>
        <source>The scanner '{name}' stands in the centre '{at}' alone, so that models developed without that centre cannot be harmonised for it; leave out the column of the scanner.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/harmonisation.py"/>
        <source>The scanner '{stranger}' is not among those of the training cases ({join}); train with cases from it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/early/develop.py"/>
        <source>The scanner of case {index} is missing; name it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/binary/checks.py"/>
        <source>The score of row {row} is not a finite number; every case needs one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/outline_sides.py"/>
        <source>The segment {label} of {name} is named '{theirs}' and was taken as {ours} by its number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/measure/hip.py"/>
        <source>The segmentation has no femoral head {side} (label {HEAD} or {NECROSIS}); outline it first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/robustness.py"/>
        <source>The segmentation holds no femoral head (labels 1 right, 2 left).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/masks/segments.py"/>
        <source>The segments '{name}' and '{name_}' of {path} overlap in {common} voxels; name them (Femoral head R, Necrosis R, ...), take one with label_channel in the parameter file, or export them without overlap.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/measurements.py"/>
        <source>The series disagree on the combined angle: {angles} degrees on series {low}, {angles_} on series {high}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/predictions.py"/>
        <source>The series disagree on the probability: {join}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/predictions.py"/>
        <source>The series disagree on the stage: {join}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/case/examination.py"/>
        <source>The series shows none of the outlined hips; choose another reference.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/protocol.py"/>
        <source>The setting '{name}' of the protocol is {getattr}, which makes no sense.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/stage/stager.py"/>
        <source>The setting stage_certainty of bundle {name} is {value}; a number from 0.5 (never 'I or II') to 1 is expected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/planning/external_survival.py"/>
        <source>The share of hips followed to the horizon is {followed}; above 0 and up to 1 is accepted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/folds.py"/>
        <source>The share of the test part is {test_share}; it must lie between 0 and 1, such as 0.3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/head_sphere.py"/>
        <source>The side is "{side}"; "R" or "L" is needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/outline_sides.py"/>
        <source>The side is given as {side}, but {what} in {name} lies on the patient's {WORDS}; correct the side or the label.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/head.py"/>
        <source>The side of a femoral head is '{side}'; R or L is expected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/signature.py"/>
        <source>The signature is damaged (a number or name in it cannot be); take another copy.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/signature.py"/>
        <source>The signature is damaged ({error}); take another copy.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/dicom.py"/>
        <source>The single slice states no thickness; 1 mm is taken.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/series/groups.py"/>
        <source>The slices are {spacing} mm apart, while the header states {abs} mm: every second image, or more, may be missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/series/refusals.py"/>
        <source>The slices of {path} are sheared by {found} mm between {both} (a tilted gantry?); resample the series first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/survival.py"/>
        <source>The smallest ICC is {icc}; 0 to 1 is accepted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/image.py"/>
        <source>The spacing {spacing} is not three positive lengths in mm.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/sphere_tool.py"/>
        <source>The sphere tool needs three or more points on the rim of the head, it got {len}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/protocol.py"/>
        <source>The split has no cases for training or none for the test; it needs both.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/protocol.py"/>
        <source>The split of case {index} is '{iloc}'; it must be 'train' or 'test'.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/case/examination.py"/>
        <source>The stage is by series {join}; the heat is of series {reference}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/planning.py"/>
        <source>The study is '{study}'; {join} is accepted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/models.py"/>
        <source>The survival model is damaged ({error}); take another copy.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/dlr.py"/>
        <source>The table does not say with which preset its features were made; the models cannot refuse another one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/cox/model.py"/>
        <source>The table has {len} rows and the outcome {len_}; give one row a hip.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/reporting/baseline.py"/>
        <source>The table has {len} rows and {len_} groups; give one a row.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/cohort.py"/>
        <source>The table in {out} could not be written ({strerror}); every case that was done is kept, make room and start again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/regress_survival.py"/>
        <source>The table lacks the column '{name}'; name another.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/robustness.py"/>
        <source>The table lacks the column {wanted}, which tells the ratings apart.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/cox/model.py"/>
        <source>The table lacks {join}{len}, which the model needs; add the columns or choose another model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/selection/steps.py"/>
        <source>The table of intraclass correlations lacks the feature '{absent}'; add it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/reader.py"/>
        <source>The table {path} does not exist; give a CSV file with one row a hip.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/protocol.py"/>
        <source>The test part of the split holds one class only; take a larger share or another split.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/binary/usefulness.py"/>
        <source>The thresholds of a decision curve must lie between 0 and 1, both excluded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/regress_survival.py"/>
        <source>The time between visits is {float} months; give a number greater than 0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/outline_sides.py"/>
        <source>The two femoral heads of {name} lie only {distance} mm apart; check their labels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/validate_survival.py"/>
        <location filename="../../ONFHAssistLib/survival/develop/cohort_table.py"/>
        <source>The unit '{unit}' is not known; months or days is accepted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/detector.py"/>
        <source>The volume has one value everywhere; there is nothing to find.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/dicom_loaded.py"/>
        <source>The voxels of {name} are {ours} mm, by the headers of its files {theirs} mm; lengths and volumes are those of the volume. Load the series again unless this was meant.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/reader_beneath.py"/>
        <source>The voxels of {path} are damaged or cut: they cannot be unpacked to what its header states; copy the file again from its source.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/bundles/scope.py"/>
        <source>The voxels of {voxels} mm are outside the {low} to {high} mm of the training images.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/stage/stager.py"/>
        <source>The weights of bundle {name} do not fit its network; it is refused.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/detector.py"/>
        <source>The weights of the detector do not fit its network; the bundle is refused.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/outliner.py"/>
        <source>The weights of the outliner do not fit its network; the bundle is refused.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/deep.py"/>
        <source>The weights {path} do not exist; download {IMAGENET_URL} and name that file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/native/engine.py"/>
        <source>The {name} image is not finite in the region; leave this image type out of the preset.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/planning/criteria.py"/>
        <source>The {name} is {value}; a number between 0 and 1 is needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/planning/criteria.py"/>
        <source>The {name} is {value}; a number greater than 0 is needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/models.py"/>
        <source>The {name} model needs the clinical findings; add their table.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/models.py"/>
        <source>The {name} model needs the {name_} signature; add the table of {name__} features.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/development.py"/>
        <source>The {name} model's hazard ratios change with time (Schoenfeld test, p = {p}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/binary/usefulness.py"/>
        <source>The {name} prevalence is {share}; it must lie between 0 and 1, both excluded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/signature.py"/>
        <source>The {name} signature cannot be computed: {error}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/development.py"/>
        <source>The {name} signature says nothing about hips that did not choose it; it is left out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/readers/consensus.py"/>
        <source>There are {len} names for {len_} segmentations.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/signature.py"/>
        <source>There are {len} rows of features and {len_} outcomes; give one row a hip.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/binary/checks.py"/>
        <source>There are {size} outcomes and scores of shape {shape}; one score a case is needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/survival/metrics.py"/>
        <source>There are {size} times, {size_} events and {len} predictions; give one for a hip.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/dlr.py"/>
        <source>There are {smaller} hips in the smaller class; a validation on other patients is asked to have {VALIDATION} of each, so that the intervals are wide.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/robustness.py"/>
        <source>There is no case.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/deep.py"/>
        <source>There is no deep feature {unknown}; they are DL_0 to DL_{FEATURES}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_maps.py"/>
        <source>There is no feature {feature_name}: {error}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/stage/stager.py"/>
        <source>There is no femoral head to stage; outline one, or check what the detector found.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/bundles/bundle.py"/>
        <source>There is no model bundle '{name_or_path}'; bundles at hand: {known}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/roles.py"/>
        <source>There is no series {number}; there are {join}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/worker/server.py"/>
        <source>There is no task '{name}'; tasks are {join}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/core/language.py"/>
        <source>There is no translation into '{name}'; choose from {join}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/result.py"/>
        <source>This is no result of an examination as this version writes it ({SCHEMA}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/result.py"/>
        <source>This is no result of an examination: {error}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/cox/model.py"/>
        <source>This is not a Cox model of the format '{FORMAT}'; choose a file that ONFHAssist wrote.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/signature.py"/>
        <source>This is not a signature of the format '{FORMAT}'; choose a file that ONFHAssist wrote.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/models.py"/>
        <source>This is not a survival model of the format '{FORMAT}'; choose one that ONFHAssist wrote.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/cox/model.py"/>
        <source>Ties are handled by 'efron' or 'breslow', not by {ties}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/cox/model.py"/>
        <source>Time {wrong} is outside of 0 to {last_time_}, the longest follow-up of the data; choose a time within it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/deep.py"/>
        <source>What {IMAGENET_URL} sent has the SHA-256 {digest}..., not that of {name}; try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/cohort.py"/>
        <source>Which hips belong to one patient is not said; name the patient's column.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/survival.py"/>
        <source>Who has collapsed by then against who is still without, censoring weighted; held out within folds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/regress/analysis.py"/>
        <source>With late entry, weights or strata, Fine and Gray's model is left out; cause-specific ones know them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/bundles/bundle.py"/>
        <source>models/model.pt of bundle {name} is not a plain state dict; it is refused.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/deep.py"/>
        <source>{IMAGENET_URL} cannot be reached ({error}); download it elsewhere and give the file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/bundles/bundle.py"/>
        <source>{OWN_MODELS} is '{given}', which is no folder; name the folder of your bundles or clear it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/outliner.py"/>
        <source>{added_ml} ml of holes in the head were filled.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/cohort.py"/>
        <source>{done} of {total} cases were already done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/outliner.py"/>
        <source>{dropped_ml} ml apart from the head were left out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/outline_sides.py"/>
        <source>{error} The side of its features is taken from the place.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/cox/model.py"/>
        <source>{events_} events for {len} covariates are {each} each; with fewer than {EVENTS_PER_COVARIATE} the hazard ratios are too large on average.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/case/cohort_features.py"/>
        <source>{failed} hips have no radiomics, first {first} {first_}: {first__}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_maps.py"/>
        <source>{feature_name} describes the region as a whole; a map of it cannot be made.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/reading.py"/>
        <source>{files_read} of {whole} files were read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/table.py"/>
        <source>{files} of the {stated_files} images that its header states are there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/reader.py"/>
        <source>{file} has the column '{name}', which a program made of a second column '{original}'; rename or drop one of them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/reader.py"/>
        <source>{file} has the column '{twice}' more than once; rename or drop one of them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/reader.py"/>
        <source>{file} holds the column '{repeated}', which another file already gave; leave one out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/series/pixels.py"/>
        <source>{file} is a video ({name}), no image.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/series/files.py"/>
        <source>{file} is not a DICOM image; it is {kind}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/series/pixels.py"/>
        <source>{file} is stored in the unknown transfer syntax {syntax}; {REMEDY}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/reader.py"/>
        <source>{file} lacks the column '{absent}'; every hip needs a case and a side.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/reader.py"/>
        <source>{file} lacks the column '{name}'; it has {join}{more}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/reader.py"/>
        <source>{file} lacks the hip {join} ({len} such hips); extract its features or leave it out of the cohort.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/reader.py"/>
        <source>{file}: '{name}' is empty in row {empty} ({size} such rows); every hip needs a case and a side.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/series/pixels.py"/>
        <source>{file}: {name_of} is '{shown}'; a whole number is needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/series/numbers.py"/>
        <source>{file}: {name_of} is {found}; a whole number of at least 1 is needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/series/numbers.py"/>
        <source>{file}: {name_of} {is_now}; {wanted}. Export the series again, without changes to its header.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/bundles/bundle.py"/>
        <source>{folder} is not empty and not a bundle; choose another folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/dlr.py"/>
        <source>{group} tells the classes apart almost without error ({validation} AUC {value}): look for a column or an outline that knows the answer, or for hips that are easier than patients are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/early/repeated.py"/>
        <source>{group}: repeated development {number} of {len}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/planning/criteria.py"/>
        <source>{hips_per_patient} hips a patient were given; 1 to 2 is accepted, such as 1.5 where every second patient brings both.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/robustness.py"/>
        <source>{join} has two ratings by {rater} {twice}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/reading.py"/>
        <source>{len} files are each {kind}: {join}{more}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/bundles/patients.py"/>
        <source>{len} of these {len_} patients have an id of a patient that {model} learned from ({examples}). If they are the same people, the figures here are not of hips that it has not seen: leave them out. Ids alone are compared, and two hospitals may number alike.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/early/predictor.py"/>
        <source>{metadata} It is not a diagnosis.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/folds.py"/>
        <source>{n_folds} folds need at least {n_folds_} patients {kind} the outcome, there are {len}; take fewer folds or add cases.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/folds.py"/>
        <source>{n_folds}-fold cross-validation needs at least {n_folds_} patients with an event and {int} have one; use fewer folds or follow longer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/outline_sides.py"/>
        <source>{name} also holds the labels {listed}, which are none of a femoral head and were left out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/feature_table.py"/>
        <source>{name} has no feature columns (PyRadiomics' names or DL_0 ...); extract them first, or give their files.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/reader.py"/>
        <source>{name} has no rows; it needs one row a hip.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/checks.py"/>
        <source>{name} has no value for case {row_label}; add it or drop that case.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/feature_table.py"/>
        <source>{name} has no {lacking}, which the feature group '{group}' needs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/checks.py"/>
        <source>{name} has one class only: all {sum} cases are {int}; add cases of both.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/reader.py"/>
        <source>{name} has rows with more cells than the {len} columns of its header; name every column, or save the file again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/checks.py"/>
        <source>{name} has the column '{twice}' more than once; rename or drop one of them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/checks.py"/>
        <source>{name} has {len} values for {len_} rows of features.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/checks.py"/>
        <source>{name} has {min} cases of class {int}; at least {fewest} of each class are needed to fit a model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/checks.py"/>
        <source>{name} has {shape} rows and {shape_} feature columns; it needs both.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/dicom_loaded.py"/>
        <source>{name} has {size} slices, while the headers of its files describe {count}; load the series again, or check its files.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/checks.py"/>
        <source>{name} holds an infinite value in the column '{columns}' for case {row_label}; extract that case again or drop the column.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/checks.py"/>
        <source>{name} holds case {row_label} more than once; keep one row for each case and side.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/checks.py"/>
        <source>{name} holds the text '{value}' in the column '{label}' for case {row_label}; a number is needed: correct it or leave the column out of the features.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/outline_sides.py"/>
        <source>{name} holds {NAMES} (label {NECROSIS}) and no {head}; outline the femoral head too, or the necrosis is taken for the whole head.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/outline_sides.py"/>
        <source>{name} holds {listed} but no femoral head (labels 1 right, 2 left; necrosis 3 right, 4 left); {hint}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/checks.py"/>
        <source>{name} is '{iloc}' for case {row_label}; it must be 0 or 1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/radiograph.py"/>
        <source>{name} is a picture in colour; a grey radiograph is needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/image.py"/>
        <source>{name} is a single slice ({size} voxels); a 3D volume is needed here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/checks.py"/>
        <source>{name} is missing for case {row_label}; fill or drop it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/deep.py"/>
        <source>{name} is not a ResNet18 of torchvision's layout: it {what} ({count} keys differ).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/deep.py"/>
        <source>{name} is not a ResNet18 of torchvision's layout: {key} has shape {tuple}, expected {tuple_}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/radiograph.py"/>
        <source>{name} is not a single grey radiograph.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/pipeline.py"/>
        <source>{name} is only {min} mm thick; a whole femoral head needs about {MIN_EXTENT_MM} mm.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/pipeline.py"/>
        <source>{name} is {modality}; the networks know MR only, outline it with the sphere tool.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/series_kind.py"/>
        <source>{name} is {phrase}, which does not show marrow as a spin echo does; choose a T1, T2, PD or STIR series of the examination (of a Dixon series the water or in-phase image).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/regress_survival.py"/>
        <source>{name} lacks the column '{missing}'; name another.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/outline_sides.py"/>
        <source>{name} names the segment {label} '{theirs}', but label {label_} is {ours}; name it '{ours_}' if it is that, or give it another number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/bundles/bundle.py"/>
        <source>{name} of bundle {name_} cannot be read as JSON; take the bundle from its source again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/bundles/bundle.py"/>
        <source>{name} of bundle {name_} is not a JSON object; save the model again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/geometry.py"/>
        <source>{name} says 1 x 1 x 1 mm, axial, the first voxel at 0, which programs write that know nothing of the patient; check size, orientation and side.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/cohort_table.py"/>
        <source>{name} shares {len} hips with the cohort; at least {FEWEST_READ} are needed for an ICC.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/side.py"/>
        <source>{name} shows one hip and states no place in the patient, so that no side can be told from where the head lies; give the side, R or L.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/pipeline.py"/>
        <source>{name} shows {listed} and no femoral head; there is nothing to outline.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/side.py"/>
        <source>{name} states no orientation, so that no side can be told from where a head lies; give the side, R or L, where the image shows one hip, or convert the image again from DICOM.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/pipeline.py"/>
        <source>{name} states no orientation, so that the networks cannot know which way is left, front and up, nor anybody the side; convert the image again from DICOM, or set its orientation in 3D Slicer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/geometry.py"/>
        <source>{name} states no orientation: which way is left, front and up is not known. Volumes hold; sides, arcs, angles and types do not. Convert it again from DICOM, or set the orientation in 3D Slicer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/radiograph.py"/>
        <source>{name} states no pixel spacing (neither Pixel Spacing nor Imager Pixel Spacing of a DICOM file): good for deep features, not for lengths; give the spacing, in mm a pixel.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/geometry.py"/>
        <source>{name} states no place in the patient: no side is taken from where a head lies.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/radiograph.py"/>
        <source>{name} states the size of its pixels; leave the spacing out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/geometry.py"/>
        <source>{name} states voxels of {sizes} mm; lengths and volumes need their true size. Convert the image again from its source, or set the size in the header.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/selection/components.py"/>
        <source>{n} components cannot be had from {len} rows; 1 to {most} are possible, or a share of the variance between 0 and 1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/cohort_table.py"/>
        <source>{odd} The column is left out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/image.py"/>
        <source>{other_name} has another grid than {name} ({size} voxels of {mm} against {size_} of {mm_}, or another position); resample it to {name_} first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/options.py"/>
        <source>{out} is a file; choose a folder for the report.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/planning/development.py"/>
        <source>{parameters} candidate predictor parameters were given; 1 or more are needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/dicom.py"/>
        <source>{parent} holds {len} radiographs of one series; give one file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/series/files.py"/>
        <source>{path} cannot be listed ({strerror}: {filename}); give a folder of images.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/nifti.py"/>
        <source>{path} cannot be read as a medical image; it is damaged or of another format.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/radiograph.py"/>
        <source>{path} cannot be read as a picture; it is damaged or of another format.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/plan.py"/>
        <source>{path} cannot be read; choose the file of an analysis plan that was written down beforehand.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/files.py"/>
        <source>{path} could not be written whole; is the disk full?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/files.py"/>
        <source>{path} does not exist.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/stage/evaluation.py"/>
        <source>{path} does not exist; a CSV with the columns case, side, reader, stage is expected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/deep.py"/>
        <source>{path} does not hold a plain state dict of tensors.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/files.py"/>
        <source>{path} does not hold the values that were written; choose another format or folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/series/frames.py"/>
        <source>{path} has no Image Position (Patient); its place in the patient is unknown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/cohort_table.py"/>
        <source>{path} has no finding and no feature beside the outcome; a model needs at least one of them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/series/groups.py"/>
        <source>{path} has no {name} {wanted}; it holds {count}: {listing}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/files.py"/>
        <source>{path} has one layer; label_channel {layer} is not among them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/deep.py"/>
        <source>{path} has the SHA-256 {digest}..., expected {expected}...; download it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/series/refusals.py"/>
        <source>{path} has two images at the same position ({both}, {difference}); give a folder with one of them, or export it as a series of its own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/masks/segments.py"/>
        <source>{path} has two segments of {NAMES}, '{name}' and '{name_}'; remove or rename one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/masks/segments.py"/>
        <source>{path} has {len} segments; label_channel {layer} is not among them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/nifti.py"/>
        <source>{path} has {max} voxels along one axis; 32767 can be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/stage/evaluation.py"/>
        <source>{path} has {nunique} readers; up to {MAX_READERS} are compared.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/masks/reading.py"/>
        <source>{path} has {shape} layers; label_channel {layer} is not among them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/files.py"/>
        <source>{path} holds NaN or infinite values; a mask needs whole-number labels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/files.py"/>
        <source>{path} holds fractions such as {max}; a mask needs whole-number labels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/masks/reading.py"/>
        <source>{path} holds fractions; a mask needs whole-number labels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/dicom.py"/>
        <source>{path} holds no DICOM image{held}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/case/cohort_features.py"/>
        <source>{path} holds no cohort.csv; give a folder with one, or a CSV file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/study.py"/>
        <source>{path} holds no image series{held}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/stage/evaluation.py"/>
        <source>{path} holds no reading.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/roles.py"/>
        <source>{path} holds no roles; JSON such as {"3": "reference+outline"} is expected, or a CSV table with the columns number and uses.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/dicom.py"/>
        <source>{path} holds no series {series_uid}; it holds {listing}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/files.py"/>
        <source>{path} holds values up to {max}, which are no labels of a mask.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/series/groups.py"/>
        <source>{path} holds {count}; choose one: {listing}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/dicom.py"/>
        <source>{path} holds {len} series; choose one with --series: {listing}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/case/cohort_features.py"/>
        <source>{path} includes no hip; set 'included' to 1 for the hips of the study.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/dicom.py"/>
        <source>{path} is a DICOM file but no image: it is {kind}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/masks/dicom_seg.py"/>
        <source>{path} is a DICOM segmentation that cannot be read: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/masks/dicom_seg.py"/>
        <source>{path} is a DICOM segmentation without a segment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/files.py"/>
        <source>{path} is a JPEG, which changes values; a mask needs exact labels, save it as PNG.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/series/frames.py"/>
        <source>{path} is a colour image; a grey image is needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/masks/dicom_seg.py"/>
        <source>{path} is a damaged DICOM segmentation; copy it again from its source.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/masks/contours.py"/>
        <source>{path} is a damaged RTSTRUCT: its {name_of} cannot be read; export it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/masks/contours.py"/>
        <source>{path} is an RTSTRUCT (contours) without a closed contour on the image: {holds}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/masks/reading.py"/>
        <source>{path} is an RTSTRUCT: its contours have no voxels of their own; give it together with the image on which they were drawn, or convert it to a label image in 3D Slicer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/files.py"/>
        <source>{path} is no DICOM image; leave out the number of an echo or a stack.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/plan.py"/>
        <source>{path} is no analysis plan that ONFHAssist wrote.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/dicom.py"/>
        <source>{path} is not a DICOM, NIfTI or NRRD image; it is {kind}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/deep.py"/>
        <source>{path} is not a file of PyTorch weights; it may hold more than tensors.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/cohort.py"/>
        <location filename="../../ONFHAssistLib/tabular/tables/reader.py"/>
        <source>{path} is not a readable CSV file; save it as comma-separated UTF-8 text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/radiograph.py"/>
        <source>{path} is stored turned or mirrored and leaves it to its viewer to set it right (EXIF); save it upright.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/nifti.py"/>
        <source>{path} is truncated or damaged; copy it again from its source.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/nifti.py"/>
        <source>{path} is truncated: it ends before its last voxel; copy it again from its source.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/dicom.py"/>
        <source>{path} is {kind}: it ends before its pixels; copy it again from its source.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/dicom.py"/>
        <source>{path} is {what}, and may be a slice of the series{more}; copy the folder again from its source, or take the file out of it if it belongs to something else.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/case/cohort_features.py"/>
        <source>{path} lacks the column '{lacking}'; it has {join}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/stage/evaluation.py"/>
        <source>{path} lacks the column '{name}'; case, side, reader, stage are needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/stage/evaluation.py"/>
        <source>{path} line {number}: side '{row}'; R or L is expected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/stage/evaluation.py"/>
        <source>{path} line {number}: stage '{row}'; 0, I, II or 'I or II' is expected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/series/refusals.py"/>
        <source>{path} misses a slice: {where}; export the series again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/plan.py"/>
        <source>{path} plans the study '{found}', this is '{study}'.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/files.py"/>
        <source>{path} should end in .nii, .nii.gz, .nrrd or .mha.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/geometry.py"/>
        <source>{path} states no size of its voxels (ElementSpacing); lengths and volumes need it. Write the file again with its spacing in mm.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/geometry.py"/>
        <source>{path} states no size of its voxels (neither 'spacings' nor 'space directions' along axis {axis}); lengths and volumes need it. Write the file again with its spacing in mm.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/nifti.py"/>
        <source>{path} states voxels of {sizes} mm; lengths and volumes need their true size. Convert the image again from its source (dcm2niix keeps the size), or set the size in the header.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/series/frames.py"/>
        <source>{path} states {count} frames and describes {len}; export the series again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/plan.py"/>
        <source>{path} was changed after it was written: its hash does not fit. Take the file that was registered.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/study.py"/>
        <source>{path} {what}; give the folder that holds the series of the examination.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/series/frames.py"/>
        <source>{path}: Image Orientation (Patient) is {shown}, which are not two directions at a right angle; its sides are unknown. Export the series again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/series/frames.py"/>
        <source>{path}: Pixel Spacing is {between_rows} x {between_columns} mm; lengths are needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/series/frames.py"/>
        <source>{path}: Rescale Slope is 0, so that all values would be equal; export it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/stage/evaluation.py"/>
        <source>{path}: reader {row} read {row_} {row__} twice; keep one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/case/cohort_features.py"/>
        <source>{path}: the side of case {iloc} is '{iloc_}'; R or L.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/table.py"/>
        <source>{says}, but it lies where series {number} shows hip {other}; it is not used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/pipeline.py"/>
        <source>{sentence} Check the outlines with care.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/files.py"/>
        <source>{shown} cannot be read as a medical image; it is damaged or of another format.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/files.py"/>
        <source>{shown} has {components} values a voxel (a colour or vector image, or a segmentation whose segments overlap); a grey image is needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/files.py"/>
        <source>{shown} has {dimension} dimensions; a single 2D or 3D image is needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/roles.py"/>
        <source>{source} of a role is '{text}'; NUMBER=USE is expected, where USE is {join} or {NONE}, or several of them joined by +.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/outliner.py"/>
        <source>{sum} ml {what} left out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/readers/reader_files.py"/>
        <source>{table} cannot be read as a CSV file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/readers/reader_files.py"/>
        <source>{table} has no rows; one a case is needed, with {join}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/readers/reader_files.py"/>
        <source>{table} lacks the column '{missing}'; {join} are needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/readers/reader_files.py"/>
        <source>{target} is not readable JSON; remove it and confirm again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/outline_sides.py"/>
        <source>{text}, if the film hangs as usual; its file does not say how it hangs, please check the sides.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/outline_sides.py"/>
        <source>{text}. Exchange the labels (1 with 2, 3 with 4) or the names of the segments.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/outline_sides.py"/>
        <source>{text}; please check the side.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/survival/competing.py"/>
        <source>{what} at {month} needs at least {MIN_FOLLOWED} hips without the event by then and {int} are known; choose an earlier time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/survival/metrics.py"/>
        <source>{what} at {month} needs at least {followed_on} hips followed beyond that time without an event and {size} are; choose an earlier time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/survival/outcome.py"/>
        <source>{what} needs at least {needed} events and {found} were seen; follow more hips, or longer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/case/pipeline.py"/>
        <source>{what}; steps are {join}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/presets.py"/>
        <source>{where} gives feature class {name} the value {listed}; list features or none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/presets.py"/>
        <source>{where} gives image type {name} the value {own}; write '{name_}: {}'.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/presets.py"/>
        <source>{where} has a section {name} that is not a list of 'key: value' lines.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/core/serial.py"/>
        <source>{where} has no field '{name}'; it was written by another version.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/cohort.py"/>
        <source>{where} has no rows; it needs one row a region.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/core/serial.py"/>
        <source>{where} has the unknown field '{unknown}'; it was written by another version.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/presets.py"/>
        <source>{where} has the unknown {kind} {key}; {hint}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/presets.py"/>
        <source>{where} holds no settings; it needs sections such as imageType, featureClass, setting.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/presets.py"/>
        <source>{where} is not a readable YAML file: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/core/serial.py"/>
        <source>{where} is {value}, which is none of the kinds that it may have.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/core/serial.py"/>
        <source>{where} is {value}; {wanted} is expected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/cohort.py"/>
        <source>{where} lacks the column {lacking}; it has {known}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/presets.py"/>
        <source>{where} sets {key} to {value}; it should be {wanted}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/presets.py"/>
        <source>{where} sets {misplaced} for image type {name} alone, where it has no effect; write it under 'setting'.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/cohort.py"/>
        <source>{where}, line {number}: the column {name} is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/cohort.py"/>
        <source>{where}, line {number}: the label {text} is not a {kind} such as 1 or 1+3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/cohort.py"/>
        <source>{where}, line {number}: {name} is no name of a file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/cohort.py"/>
        <source>{where}, line {number}: {title} with label {label} is there twice.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
