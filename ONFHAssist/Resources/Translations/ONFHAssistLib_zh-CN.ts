<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>ONFHAssistLib</name>
    <message>
        <location filename="../../ONFHAssistLib/report/exam_sections.py"/>
        <source> ({low} to {high})</source>
        <translation>（{low} 至 {high}）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/exam_sections.py"/>
        <source> Intervals in brackets hold with 90% on simulated examinations.</source>
        <translation> 括号内区间在模拟检查上的覆盖率为 90%。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source> and </source>
        <translation> 和 </translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/followup/timeline.py"/>
        <source> {lower} collapsed in between</source>
        <translation> {lower} 其间塌陷</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/node/settings.py"/>
        <source>'callers' names nobody; name the application entities that may send studies.</source>
        <translation>“callers”没有指明任何人；请写出可以发送检查的应用实体。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/node/archives/address.py"/>
        <source>'retrieve' of {name} is "get", or "move" with a 'receive_port'.</source>
        <translation>{name} 的“retrieve”为 "get"，或为带“receive_port”的 "move"。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/node/settings.py"/>
        <source>'steps' are {join}, the first of them always.</source>
        <translation>“steps”为 {join}，其中第一个总是执行。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/node/archives/address.py"/>
        <source>'timeout_s' and 'tries' of {name} have to be above 0, and 'wait_s' not below.</source>
        <translation>{name} 的“timeout_s”和“tries”应大于 0，“wait_s”不小于 0。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/node/archives/address.py"/>
        <source>'url' of {name} begins with http:// or https://.</source>
        <translation>{name} 的“url”应以 http:// 或 https:// 开头。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/node/archives/address.py"/>
        <source>'url' of {name} is no address, or names a user before its host; use 'user' and 'password' or 'token'.</source>
        <translation>{name} 的“url”不是地址，或在主机前写了用户；请使用“user”和“password”或“token”。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/node/archives/address.py"/>
        <source>'url' of {name} would carry a secret without encryption; use https://.</source>
        <translation>{name} 的“url”会不加密地传送密钥；请使用 https://。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/node/settings.py"/>
        <source>'{low}' has to be above 0.</source>
        <translation>“{low}”应大于 0。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/dicom_out/objects/from_voxels.py"/>
        <source>'{name}' has other voxels, or lies at another place, than its DICOM files: it was changed, moved or cropped since it was loaded. Load the series again, work it up and export that.</source>
        <translation>“{name}”的体素或位置与其 DICOM 文件不同：载入后被修改、移动或裁剪。请重新载入序列，处理后再导出。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/node/archives/address.py"/>
        <source>'{name}' is '{title}'; an application entity title has 1 to 16 printable characters.</source>
        <translation>“{name}”为“{title}”；应用实体名称应为 1 至 16 个可打印字符。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/dicom_out/objects/from_voxels.py"/>
        <source>'{name}' was worked up before it was known as a DICOM series; redo the steps, then export.</source>
        <translation>处理“{name}”时尚不知道它是 DICOM 序列；请重做各步骤后导出。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cli/robustness.py"/>
        <source>'{out}' should end in .csv.</source>
        <translation>“{out}”应以 .csv 结尾。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cli/deep.py"/>
        <source>'{path}' should end in {suffix}.</source>
        <translation>“{path}”应以 {suffix} 结尾。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/followup/dates.py"/>
        <source>'{text}' is no date; write it as 2024-05-31.</source>
        <translation>“{text}”不是日期；请写成 2024-05-31 的格式。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cli/plan/commands.py"/>
        <source>'{text}' is not NAME=VALUE.</source>
        <translation>“{text}”不是 名称=值 的形式。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_report.py"/>
        <source>, spread between the networks {share}</source>
        <translation>，网络间离散度 {share}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/external_survival_page.py"/>
        <source>, {other} competing events</source>
        <translation>，竞争事件 {other} 例</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cli/survival.py"/>
        <source>--oedema is '{oedema}'; 'yes' or 'no' is accepted.</source>
        <translation>--oedema 为“{oedema}”；可接受“yes”或“no”。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cli/case.py"/>
        <source>--out is '{out}'; a file that ends in .csv is expected.</source>
        <translation>--out 为“{out}”；应为以 .csv 结尾的文件。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cli/run_case.py"/>
        <source>--radiograph and --radiograph-segmentation go together; give both or neither.</source>
        <translation>--radiograph 与 --radiograph-segmentation 须同时使用；请都给出或都不给。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cli/readers.py"/>
        <source>--readers is '{readers}'; two names separated by a comma are expected.</source>
        <translation>--readers 为“{readers}”；应为用逗号分隔的两个姓名。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cli/predict.py"/>
        <source>--sequence is '{sequence}'; {join} are known.</source>
        <translation>--sequence 为“{sequence}”；可用的有 {join}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cli/predict.py"/>
        <source>--sequence is {sequence}, but the header of {path} says {found}; leave --sequence out.</source>
        <translation>--sequence 为 {sequence}，但 {path} 的文件头写的是 {found}；请不要填写 --sequence。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cli/robustness.py"/>
        <source>--series, --echo and --stack choose within one IMAGE; leave them out with --cohort.</source>
        <translation>--series、--echo 和 --stack 只在一个图像内选择；使用 --cohort 时请不要填写。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cli/case.py"/>
        <location filename="../../ONFHAssistLib/cli/plan/drilling.py"/>
        <source>--side is '{side}'; R or L is accepted.</source>
        <translation>--side 为“{side}”；可接受 R 或 L。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cli/case.py"/>
        <source>--side is {side}, but the header of {path} says {stated}; leave --side out.</source>
        <translation>--side 为 {side}，但 {path} 的文件头写的是 {stated}；请不要填写 --side。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cli/course/followup.py"/>
        <source>--survival-table needs --patient, the name by which the table knows this patient.</source>
        <translation>--survival-table 需要 --patient，即该表中此患者的名称。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cli/survival.py"/>
        <source>--value {text}: '{number}' is not a number; give NAME=NUMBER.</source>
        <translation>--value {text}：“{number}”不是数字；请写成 名称=数字。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/binary.py"/>
        <source>-log10(λ): weaker penalty to the right</source>
        <translation>-log10(λ)：向右惩罚减弱</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>.</source>
        <translation>。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/binary.py"/>
        <location filename="../../ONFHAssistLib/evaluate/figures/reporting.py"/>
        <source>1 - specificity</source>
        <translation>1 - 特异度</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/course/words.py"/>
        <source>1 drill track of before no longer seen.</source>
        <translation>原有钻孔道 1 条已不可见。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/words.py"/>
        <source>1 wire reaches {share} of the necrosis ({volume} ml) within {distance} mm.</source>
        <translation>1 根针在 {distance} mm 内到达坏死灶（{volume} ml）的 {share}。</translation>
    </message>
    <message>
        <location filename="../../Resources/Models/stage-onfhnet/configs/metadata.json"/>
        <source>3D-MulDenseNet on a crop about each femoral head; an ensemble of folds with calibrated probabilities and heatmaps.</source>
        <translation>3D-MulDenseNet，作用于每个股骨头周围的裁剪图像；多折集成，给出校准的概率和热力图。</translation>
    </message>
    <message>
        <location filename="../../Resources/Models/detector-3dc-yolox/configs/metadata.json"/>
        <source>3DC-YOLOX: finds both femoral heads in a hip MRI of any orientation, spacing and field of view.</source>
        <translation>3DC-YOLOX：在任意方位、体素间距和视野的髋部 MRI 中找到双侧股骨头。</translation>
    </message>
    <message>
        <location filename="../../Resources/Models/dlr-published/configs/metadata.json"/>
        <source>80 healthy and 70 hips with early osteonecrosis of one hospital; 105 trained, 45 tested.</source>
        <translation>一家医院的 80 个健康髋和 70 个早期股骨头坏死髋；105 髋用于训练，45 髋用于测试。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/survival.py"/>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>95% interval</source>
        <translation>95% 区间</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_regression_page.py"/>
        <source>95% intervals and p with patients as clusters (sandwich variance). A cause-specific ratio says what a finding does among hips that are still at risk, Fine and Gray's what it does to the share that collapses at all.</source>
        <translation>95% 区间和 p 以患者为聚类（三明治方差）。特定原因风险比说明某表现对仍处于风险中的髋的作用，Fine-Gray 则说明对最终塌陷比例的作用。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/external_survival_page.py"/>
        <source>95% intervals by patients. C and AUC: 0.5 is chance. Observed : expected of 1 and an intercept of 0 are right in the large; a slope below 1 says that risks are too extreme (pseudo-observations, van Geloven 2022). ICI: mean distance of the smooth curve from the diagonal. Brier score: 0 is perfect.</source>
        <translation>95% 区间以患者为单位。C 和 AUC：0.5 为随机。观察与预期之比为 1、截距为 0 说明总体校准正确；斜率小于 1 说明风险过于极端（伪观察值，van Geloven 2022）。ICI：平滑曲线到对角线的平均距离。Brier 分数：0 为完美。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/parts.py"/>
        <source>95% intervals with the patient as the unit, given these models: what models gain and lose with other training hips is not in them, unlike those of the figures above. Under 5 hips of a kind there is no figure.</source>
        <translation>95% 区间以患者为单位，针对这些模型：换用其他训练髋带来的变化不包含在内，与上面的数字不同。每类不足 5 髋时不给数字。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/model_page.py"/>
        <source>95% intervals, the patient as the unit: AUC logit of DeLong's variance for hips of one patient (Obuchowski), Brier score logit of its variance by patient, the others Wilson for as many independent hips as the patients are worth.</source>
        <translation>95% 区间以患者为单位：AUC 为同一患者多髋的 DeLong 方差（Obuchowski）的 logit，Brier 分数为按患者方差的 logit，其余为 Wilson 区间，按患者所值的独立髋数。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/reporting.py"/>
        <source>95% of the models</source>
        <translation>95% 的模型</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>; </source>
        <translation>；</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_report.py"/>
        <source>; MRI alone does not tell the two apart</source>
        <translation>；仅凭 MRI 无法区分两者</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>; below with the heat of the stage.</source>
        <translation>；下方为分期的热力图。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/cox/model.py"/>
        <source>A Cox model needs at least one covariate and none was given.</source>
        <translation>Cox 模型至少需要一个协变量，而未给出。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/survival/calibration.py"/>
        <source>A calibration in {groups} groups needs at least {groups_} hips and there are {size}; choose fewer groups.</source>
        <translation>分 {groups} 组校准至少需要 {groups_} 髋，现有 {size} 髋；请减少组数。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/pooling.py"/>
        <source>A centre's figure has no standard error, or lies at the end of its scale; leave it out.</source>
        <translation>某中心的指标没有标准误，或位于量度的端点；请将其去掉。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_regression_page.py"/>
        <source>A collapse that was seen at a visit happened some time before it.</source>
        <translation>就诊时发现的塌陷发生在此前的某个时间。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/decisions.py"/>
        <source>A comment has at most {MOST_COMMENT} letters, this one {len}.</source>
        <translation>备注最多 {MOST_COMMENT} 个字符，此处有 {len} 个。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/readers/reader_files.py"/>
        <source>A confirmation needs the reader's name; say who confirms.</source>
        <translation>确认需要阅片者姓名；请说明由谁确认。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/readers/consensus.py"/>
        <source>A consensus needs two or more segmentations, it got {len}.</source>
        <translation>共识需要两个或更多分割，现有 {len} 个。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/masks/contours.py"/>
        <source>A contour of '{name}' in {path} is damaged: {held}.</source>
        <translation>{path} 中“{name}”的一条轮廓线损坏：{held}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/masks/contours.py"/>
        <source>A contour of '{name}' in {path} is of the unknown type '{kind}'; {join} are read.</source>
        <translation>{path} 中“{name}”的一条轮廓线类型未知“{kind}”；可读取 {join}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/masks/contours.py"/>
        <source>A contour of '{name}' in {path} lies across the planes of the image's voxels; it was drawn on another series, give that one.</source>
        <translation>{path} 中“{name}”的一条轮廓线横跨图像体素的平面；它是在另一序列上绘制的，请给出该序列。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/masks/contours.py"/>
        <source>A contour of '{name}' in {path} lies {abs} mm off the image's slices or outside the image; it was drawn on another series, give that one.</source>
        <translation>{path} 中“{name}”的一条轮廓线偏离图像层面 {abs} mm 或位于图像之外；它是在另一序列上绘制的，请给出该序列。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/decisions.py"/>
        <source>A decision needs the reader's name or initials, at most {MOST_NAME} letters; enter it first.</source>
        <translation>判定需要阅片者的姓名或缩写，最多 {MOST_NAME} 个字符；请先填写。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLab/training/own/federated.py"/>
        <source>A federated training is of one network, in one round or more.</source>
        <translation>联邦训练针对一个网络，至少一轮。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/pooling.py"/>
        <source>A figure over centres needs two or more of them, and {k} can be judged.</source>
        <translation>跨中心的指标需要两个或更多中心，可评判的有 {k} 个。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/run/work_case.py"/>
        <source>A file could not be read or written ({strerror}).</source>
        <translation>文件无法读取或写入（{strerror}）。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/followup/examinations.py"/>
        <location filename="../../ONFHAssistLib/followup/study.py"/>
        <source>A follow-up needs two examinations or more of one patient.</source>
        <translation>随访需要同一患者的两次或更多次检查。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/reporting/baseline.py"/>
        <source>A group is named '{pop}', which is a column of Table 1; name it otherwise.</source>
        <translation>有一组名为“{pop}”，与表 1 的列同名；请改名。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/looks.py"/>
        <source>A kept look is not valid JSON ({error}).</source>
        <translation>保存的外观记录不是有效的 JSON（{error}）。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/radiograph.py"/>
        <source>A magnification belongs to a radiograph (DX, CR or RG); leave it out for other images.</source>
        <translation>放大率属于 X 线片（DX、CR 或 RG）；其他图像请不要填写。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/radiograph.py"/>
        <source>A magnification of {magnification} is given; {low} to {high} is accepted.</source>
        <translation>给定的放大率为 {magnification}；可接受 {low} 至 {high}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/by_sequence.py"/>
        <source>A part of the model '{name}' was harmonised over scanners, which a model by sequence cannot apply; develop its parts without a column of the scanner.</source>
        <translation>模型“{name}”的某一部分经扫描仪校正，而按成像序列的模型无法应用；请不用扫描仪列开发其各部分。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cli/cohort.py"/>
        <source>A patient, date or study is asked of an archive, and {studies} is no archive's TOML file.</source>
        <translation>要查询存档中的患者、日期或检查，但 {studies} 不是存档的 TOML 文件。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/node/archives/address.py"/>
        <source>A port of {name} is {port}; 1 to 65535 is expected.</source>
        <translation>{name} 的端口为 {port}；应为 1 至 65535。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/sphere_tool.py"/>
        <source>A radius of {radius} mm is no femoral head; {low} to {high} mm is accepted.</source>
        <translation>半径 {radius} mm 不是股骨头；可接受 {low} 至 {high} mm。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/drilling/statement.py"/>
        <source>A reach of {wanted} was found with {wires_needed} wires that stand elsewhere.</source>
        <translation>曾以另行摆放的 {wires_needed} 枚导针达到 {wanted}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/drilling/statement.py"/>
        <source>A reach of {wanted} was not found with so many, and it is not ruled out either.</source>
        <translation>以此数目未找到达 {wanted} 的方案，但也不能排除。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/cox/splines.py"/>
        <source>A restricted cubic spline here has 3, 4 or 5 knots, not {count}.</source>
        <translation>此处的限制性立方样条有 3、4 或 5 个节点，而非 {count} 个。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/sphere_tool.py"/>
        <source>A rim point has a coordinate that is not a number.</source>
        <translation>某边缘点的坐标不是数字。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cli/exam.py"/>
        <source>A series {edge_series} is named for an acetabular edge, but no edge; give its point too.</source>
        <translation>为髋臼缘指定了序列 {edge_series}，但没有给出髋臼缘；请同时给出其点。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/planning/development.py"/>
        <source>A shrinkage of {shrinkage} cannot be had with an R2 of {r2}; ask for a larger one or take a smaller R2.</source>
        <translation>R2 为 {r2} 时无法达到收缩系数 {shrinkage}；请要求更大的收缩系数，或取更小的 R2。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/radiograph.py"/>
        <source>A spacing of {spacing} mm a pixel is given; {low} to {high} is accepted.</source>
        <translation>给定的间距为每像素 {spacing} mm；可接受 {low} 至 {high}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/cox/splines.py"/>
        <source>A spline of {count} knots needs more distinct values; use the covariate as it is.</source>
        <translation>{count} 个节点的样条需要更多不同的值；请直接使用该协变量。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cli/plan/commands.py"/>
        <source>A survival outcome needs --rate, --follow-up and --horizon, all in one unit.</source>
        <translation>生存结局需要 --rate、--follow-up 和 --horizon，且单位相同。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cli/plan/commands.py"/>
        <source>A survival outcome needs --survival and --horizon.</source>
        <translation>生存结局需要 --survival 和 --horizon。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/survival/usefulness.py"/>
        <source>A threshold of a decision curve lies strictly between 0 and 1.</source>
        <translation>决策曲线的阈值应严格在 0 与 1 之间。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/readers/agreement.py"/>
        <source>A value of the readers is not a finite number; leave that hip out.</source>
        <translation>阅片者的某个值不是有限数；请排除该髋。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/catalogue.py"/>
        <source>A wavelet band; one letter an axis (x, y, z): L keeps the coarse part, H the detail along it.</source>
        <translation>小波子带；每轴（x、y、z）一个字母：L 保留沿该轴的粗略部分，H 保留细节。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/run/cluster.py"/>
        <source>A worker could not begin the case ({name__}: {error}).</source>
        <translation>工作进程无法开始该病例（{name__}：{error}）。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>ARCO stage</source>
        <translation>ARCO 分期</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>ARCO stage II instead of IIIA</source>
        <translation>ARCO 分期为 II 而非 IIIA</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>ARCO stage IIIA instead of I</source>
        <translation>ARCO 分期为 IIIA 而非 I</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>ARCO stage IIIA instead of II</source>
        <translation>ARCO 分期为 IIIA 而非 II</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>ARCO stage {stage}</source>
        <translation>ARCO 分期 {stage}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>ARCO stage: {stage}</source>
        <translation>ARCO 分期：{stage}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>ARCO {stage}, no subchondral fracture (set IIIA by hand if there is one)</source>
        <translation>ARCO {stage}，无软骨下骨折（若有请手动设为 IIIA）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>AUC</source>
        <translation>AUC</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/reporting.py"/>
        <source>AUC (95% CI)</source>
        <translation>AUC（95% CI）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/binary.py"/>
        <source>AUC ({level} CI)</source>
        <translation>AUC（{level} CI）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/model_page.py"/>
        <source>AUC difference</source>
        <translation>AUC 差异</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/model_page.py"/>
        <source>AUC of every classifier, {words}</source>
        <translation>各分类器的 AUC，{words}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>AUC over time, apparent</source>
        <translation>AUC 随时间的变化，表观</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/repeated.py"/>
        <source>AUC within folds</source>
        <translation>折内 AUC</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/early.py"/>
        <source>AUC, held out</source>
        <translation>AUC，留出</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>Above 0 speaks for DLRC; an interval that holds 0 leaves it open.</source>
        <translation>大于 0 说明 DLRC 更好；区间含 0 则不能定论。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/validate_dlr.py"/>
        <source>Above 0 speaks for {second}, of the Brier score below 0. Hips of one patient are one unit.</source>
        <translation>大于 0 说明 {second} 更好，Brier 分数则小于 0 更好。同一患者的髋作为一个单位。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>Accept</source>
        <translation>接受</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <location filename="../../ONFHAssistLib/report/model_page.py"/>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/exam_sections.py"/>
        <source>Acetabular edge, so the JIC type</source>
        <translation>髋臼缘，即 JIC 分型的依据</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/survival.py"/>
        <source>Act on all</source>
        <translation>全部干预</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/survival.py"/>
        <source>Act on none</source>
        <translation>全不干预</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>Aetiology</source>
        <translation>病因</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>Aetiology {cause}</source>
        <translation>病因：{cause}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>Aetiology: {cause}</source>
        <translation>病因：{cause}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/recompute.py"/>
        <source>After a correction the probability rests on the reference series alone; the stage of all series does not rest on the outlines and stays.</source>
        <translation>修改之后，概率只基于参考序列；综合所有序列的分期不依赖轮廓，因此不变。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>Age</source>
        <translation>年龄</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>Age &gt;= {cut}</source>
        <translation>年龄 ≥ {cut}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>Age years</source>
        <translation>年龄（岁）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>Age years &gt;= {cut}</source>
        <translation>年龄 ≥ {cut} 岁</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>Age years under {cut}</source>
        <translation>年龄 &lt; {cut} 岁</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>Age years {cut} or more</source>
        <translation>年龄 ≥ {cut} 岁</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/intraclass.py"/>
        <source>Agreement needs at least two subjects and two raters; here are {n} and {k}.</source>
        <translation>一致性至少需要两个对象和两位评定者；此处为 {n} 和 {k}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/robustness.py"/>
        <source>Agreement needs two subjects that {rater} rated twice or more; {len} have all of {len_}.</source>
        <translation>一致性需要两个由 {rater} 评定两次或以上的对象；{len_} 个中有 {len} 个齐全。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/course/page.py"/>
        <source>Aligned to about</source>
        <translation>对齐误差约</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/parts.py"/>
        <source>All ({len})</source>
        <translation>全部（{len}）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/cox/lasso_cox.py"/>
        <source>All covariates are constant; nothing can be selected.</source>
        <translation>全部协变量为常量；没有可选择的。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/followup/compare.py"/>
        <source>All examinations are before {isoformat}, from which months count.</source>
        <translation>所有检查都早于起算日期 {isoformat}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/reporting.py"/>
        <source>All hips</source>
        <translation>全部髋</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/external_survival_page.py"/>
        <source>All hips (95% interval by patients)</source>
        <translation>全部髋（95% 区间以患者为单位）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>All hips (95% interval)</source>
        <translation>全部髋（95% 区间）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/survival/outcome.py"/>
        <source>All hips are in the group {labels}; a log-rank test needs two groups or more.</source>
        <translation>所有髋都在组 {labels}；对数秩检验需要两组或更多。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/centres.py"/>
        <source>All hips are of the centre '{names}'; two or more are needed.</source>
        <translation>所有髋都属于中心“{names}”；需要两个或更多。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/dlr.py"/>
        <source>All hips here are simulated: no patient stands behind them, and the figures say nothing about patients.</source>
        <translation>这里的髋全部是模拟的：背后没有患者，这些数字对患者没有任何意义。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/survival/calibration.py"/>
        <source>All predicted risks are {risk}; a calibration slope needs risks that differ.</source>
        <translation>所有预测风险都是 {risk}；校准斜率需要不同的风险。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/survival/calibration.py"/>
        <source>All predicted risks are {risk}; a smooth calibration needs risks that differ.</source>
        <translation>所有预测风险都是 {risk}；平滑校准需要不同的风险。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/binary/calibration.py"/>
        <source>All probabilities are the same; a calibration slope needs different ones.</source>
        <translation>所有概率相同；校准斜率需要不同的概率。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/reporting/baseline.py"/>
        <source>All rows are of the group '{names}'; a comparison needs two.</source>
        <translation>所有行都属于组“{names}”；比较需要两组。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLab/training/own/inventory.py"/>
        <source>All stages are the same; hips of two or more stages are needed.</source>
        <translation>所有分期都相同；需要两种或更多分期的髋。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/binary/checks.py"/>
        <source>All {size} outcomes are of one class; cases with and without the outcome are needed.</source>
        <translation>全部 {size} 个结局属于同一类；需要有结局和无结局的病例。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/planning/development.py"/>
        <source>An R2 of {r2} was given; it must be above 0 and below {largest}, the largest that these events allow.</source>
        <translation>给出的 R2 为 {r2}；应大于 0 且小于 {largest}，即这些事件所允许的最大值。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/image.py"/>
        <source>An image needs three axes (z, y, x), this one has {ndim}.</source>
        <translation>图像需要三个轴（z, y, x），该图像有 {ndim} 个。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/survival.py"/>
        <source>An imaging model is worth its price where it beats the clinical one, and a long selection where it beats one penalty on all findings and features, or trees.</source>
        <translation>影像模型只有优于临床模型才有价值，冗长的特征选择只有优于对全部表现和特征施加单一惩罚的模型或树模型才有价值。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/early.py"/>
        <source>An imaging model is worth its price where it beats what is known without it, and a long selection where it beats one penalty. Clinical columns: {join}.</source>
        <translation>影像模型只有优于不用影像已知的信息才有价值，冗长的特征选择只有优于单一惩罚才有价值。临床列：{join}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/survival/metrics.py"/>
        <source>An integrated Brier score needs two or more ascending months and one column for each.</source>
        <translation>综合 Brier 分数需要两个或更多递增的月份，每个对应一列。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/parts.py"/>
        <source>An interval that does not hold the figure of all hips is no proof of a difference; the p is that of the interaction, adjusted for the number of variables.</source>
        <translation>区间不含全部髋的数值并不证明有差异；p 为交互作用的 p，已按变量个数校正。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/stage/stager.py"/>
        <source>An unpublished model.</source>
        <translation>未发表的模型。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/update/bundles.py"/>
        <source>An update of a survival model needs the column of the {name}; name it.</source>
        <translation>更新生存模型需要 {name} 的列；请指明。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/plan.py"/>
        <source>Analysis plan</source>
        <translation>分析计划</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>Angle below {cut} degrees (more than {gap} less)</source>
        <translation>角度低于 {cut} 度（减少超过 {gap} 度）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>Angle of {cut} degrees or more ({gap} more)</source>
        <translation>角度不低于 {cut} 度（增加 {gap}）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/drilling/checks.py"/>
        <source>Angle to the shaft {least:g} to {most:g} degrees</source>
        <translation>与股骨干夹角 {least:g} 至 {most:g} 度</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/words.py"/>
        <source>Angle to the shaft {low} to {high} degrees</source>
        <translation>与股骨干夹角 {low}° 至 {high}°</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/node/service.py"/>
        <source>Another node works on {parent}; stop it first, or name another folder.</source>
        <translation>另一个节点正在使用 {parent}；请停止它，或指明另一个文件夹。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/run/folder.py"/>
        <source>Another run works in {path}{who}; wait for its end, or give another folder.</source>
        <translation>另一次运行正在使用 {path}{who}；请等待其结束，或给出另一个文件夹。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/run/folder.py"/>
        <source>Another worker still works on the case {case}; end it, or wait for its end, and start again.</source>
        <translation>另一个工作进程仍在处理病例 {case}；请结束它或等待其结束后重新开始。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/model_page.py"/>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/reporting/instability.py"/>
        <source>Answers of shape {shape} do not fit {len} hips; two or more repeated developments with one answer a hip are needed.</source>
        <translation>答案的形状 {shape} 与 {len} 髋不符；需要两次或更多次重复建模，每髋一个答案。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/survival.py"/>
        <source>Apparent, all hips</source>
        <translation>表观，全部髋</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>Arc A, mid-coronal (°)</source>
        <translation>坏死角 A，正中冠状面（°）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>Arc B (°)</source>
        <translation>坏死角 B（°）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>Arc B in the {planes} plane through the centre of the head.</source>
        <translation>坏死角 B 位于过股骨头中心的{planes}面。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Area by counting pixels.</source>
        <translation>按像素计数的面积。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Area, edges smoothed.</source>
        <translation>面积，边缘平滑。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_regression_page.py"/>
        <source>As if on the day of the visit</source>
        <translation>视为发生在就诊当日</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/early.py"/>
        <source>As papers show them: on the hips that chose the features and fitted the models. They are too good; the test part and the cross-validation are what counts.</source>
        <translation>论文通常这样展示：用于选择特征和拟合模型的髋。这些数字偏好；应以测试部分和交叉验证为准。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>As the study reports them; too good, the more so the more features there were to choose from.</source>
        <translation>与原研究的报告方式相同；偏好，可选特征越多越偏。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>Assumed: {what}.</source>
        <translation>假定：{what}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Asymmetry of pairs: positive with clusters of bright pairs.</source>
        <translation>体素对的不对称性：亮对聚集时为正。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Asymmetry: positive with a long bright tail.</source>
        <translation>不对称性：亮侧长尾时为正。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/early.py"/>
        <source>At 90% a hip is called with the outcome alone from a probability of {min}</source>
        <translation>在 90% 水平，概率从 {min} 起该髋仅判为有结局</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/early.py"/>
        <source>At 90% no probability rules the outcome's absence out</source>
        <translation>在 90% 水平，没有概率能排除无结局</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/drilling/checks.py"/>
        <source>At least {least:g} mm of bone around the wire</source>
        <translation>导针周围至少有 {least:g} mm 骨质</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/drilling/checks.py"/>
        <source>At least {least:g} mm of bone around the wire at the isthmus of the neck</source>
        <translation>在股骨颈峡部，导针周围至少有 {least:g} mm 骨质</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/drilling/checks.py"/>
        <source>At least {least:g} mm of bone between the tips of two wires</source>
        <translation>两枚导针的针尖之间至少有 {least:g} mm 骨质</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/drilling/checks.py"/>
        <source>At least {least:g} mm of bone between two wires</source>
        <translation>两枚导针之间至少有 {least:g} mm 骨质</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/words.py"/>
        <source>At least {limit} mm of bone around the wire</source>
        <translation>针周围至少有 {limit} mm 骨</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/words.py"/>
        <source>At least {limit} mm of bone around the wire at the isthmus of the neck</source>
        <translation>股骨颈峡部针周围至少有 {limit} mm 骨</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/words.py"/>
        <source>At least {limit} mm of bone between the tips of two wires</source>
        <translation>两针尖之间至少有 {limit} mm 骨</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/words.py"/>
        <source>At least {limit} mm of bone between two wires</source>
        <translation>两针之间至少有 {limit} mm 骨</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/validate_dlr.py"/>
        <source>At other prevalences</source>
        <translation>在其他患病率下</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Average brightness of pairs; twice JointAverage in a symmetric matrix.</source>
        <translation>体素对的平均亮度；对称矩阵中为 JointAverage 的两倍。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Average difference of neighbours.</source>
        <translation>相邻体素的平均差。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Average distance from the mean grey value.</source>
        <translation>与平均灰度值的平均差距。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Average distance from the mean without the tails.</source>
        <translation>去除尾部后与均值的平均差距。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Average grey level of the pairs.</source>
        <translation>体素对的平均灰度级。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Average grey value.</source>
        <translation>平均灰度值。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>Average hip of the cohort</source>
        <translation>队列的平均髋</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>BMI</source>
        <translation>BMI</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/early.py"/>
        <location filename="../../ONFHAssistLib/develop/reporting/survival.py"/>
        <source>Beside plain models</source>
        <translation>与简单模型比较</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/development.py"/>
        <source>Beside the other covariates of the {name} model the {replace} would count the wrong way round (a larger score for later collapse); it is left out of this model.</source>
        <translation>在 {name} 模型的其他协变量之外，{replace} 的作用方向相反（分数越大塌陷越晚）；已从该模型中去掉。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/centres_page.py"/>
        <source>Between centres (I²)</source>
        <translation>中心间（I²）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_regression_page.py"/>
        <source>Between the visits</source>
        <translation>发生在两次就诊之间</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>Bilateral</source>
        <translation>双侧</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>Bisphosphonate</source>
        <translation>双膦酸盐</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>Bisphosphonate no</source>
        <translation>双膦酸盐：否</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>Bisphosphonate yes</source>
        <translation>双膦酸盐：是</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>Body mass index</source>
        <translation>体重指数</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>Body mass index &gt;= {cut}</source>
        <translation>体重指数 ≥ {cut}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>Body mass index under {cut}</source>
        <translation>体重指数 &lt; {cut}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>Body mass index {cut} or more</source>
        <translation>体重指数 ≥ {cut}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>Bone marrow oedema</source>
        <translation>骨髓水肿</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/published/findings.py"/>
        <source>Bone marrow oedema is {oedema}; give True (seen on MRI) or False (not seen).</source>
        <translation>骨髓水肿为 {oedema}；请给出 True（MRI 可见）或 False（未见）。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>Bone marrow oedema no</source>
        <translation>骨髓水肿：无</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>Bone marrow oedema yes</source>
        <translation>骨髓水肿：有</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>Bone marrow oedema: {answer}</source>
        <translation>骨髓水肿：{answer}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/survival.py"/>
        <source>Bootstrap</source>
        <translation>自助法</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/early.py"/>
        <source>Both</source>
        <translation>两类</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/run/run.py"/>
        <source>Both a scheduler and a cluster are named; a scheduler runs already, a cluster is started.</source>
        <translation>同时指定了调度器和集群；调度器是已在运行的，集群是要启动的。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/early/head_to_head.py"/>
        <source>Both bundles are {name}; give two different ones to compare.</source>
        <translation>两个模型包都是 {name}；请给出两个不同的模型包进行比较。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/table.py"/>
        <source>Both hips are replaced; there is no femoral head to outline.</source>
        <translation>双髋均已置换；没有可勾画的股骨头。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/validate_survival.py"/>
        <source>Both models are called {name}; give two different ones, under different names.</source>
        <translation>两个模型都叫 {name}；请给出两个不同的模型，并用不同的名称。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/sphere_tool.py"/>
        <source>Both spheres lie on the patient's side {side}; give one for each hip.</source>
        <translation>两个球体都位于患者的 {side} 侧；请为每个髋各给一个。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/early.py"/>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <location filename="../../ONFHAssistLib/report/model_page.py"/>
        <source>Brier score</source>
        <translation>Brier 分数</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Bright {thing} of great {size}.</source>
        <translation>{size}大的亮{thing}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Bright {thing} of small {size}.</source>
        <translation>{size}小的亮{thing}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Brightest voxel.</source>
        <translation>最亮的体素。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Brightness and size together; grows with the number of voxels.</source>
        <translation>亮度与大小的综合；随体素数增加。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/bundles/loading.py"/>
        <source>Bundle {bundle} is changed again and again while it is opened; try again when it is written.</source>
        <translation>模型包 {bundle} 在打开时不断变化；请在写完后重试。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/bundles/loading.py"/>
        <source>Bundle {name} does not say what kind of model it is; {title} (kind '{kind}') is needed here.</source>
        <translation>模型包 {name} 未说明模型类型；此处需要 {title}（类型“{kind}”）。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/deep.py"/>
        <source>Bundle {name} holds the network '{get}'; deep features need '{NETWORK}'.</source>
        <translation>模型包 {name} 的网络为“{get}”；深度特征需要“{NETWORK}”。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/stage/stager.py"/>
        <source>Bundle {name} holds the network '{get}'; the stager needs '{NAME}'.</source>
        <translation>模型包 {name} 的网络为“{get}”；分期网络需要“{NAME}”。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/update/bundles.py"/>
        <source>Bundle {name} is of the kind '{kind}'; a probability or a survival model can be updated.</source>
        <translation>模型包 {name} 的类型为“{kind}”；可更新概率模型或生存模型。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/bundles/bundle.py"/>
        <source>Bundle {name} is refused: {found}.</source>
        <translation>模型包 {name} 被拒绝：{found}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/bundles/loading.py"/>
        <source>Bundle {name} is {title} (kind '{kind}'); {title_} (kind '{kind_}') is needed here.</source>
        <translation>模型包 {name} 是 {title}（类型“{kind}”）；此处需要 {title_}（类型“{kind_}”）。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLab/training/own/cohort.py"/>
        <source>By chance {len} of the {len_} patients of {name} would be held back, which leaves too few to learn from; more patients are needed, or another seed or a smaller share.</source>
        <translation>按随机抽取，{len_}名患者中将留出{len}名（{name}），余下的太少，无法学习；需要更多患者，或更换种子、减小比例。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/bundles/scope.py"/>
        <source>By its header the image is {phrase}; {learned}.</source>
        <translation>按头信息，图像为 {phrase}；{learned}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/survival.py"/>
        <source>C, held out</source>
        <translation>C，留出</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>C-index</source>
        <translation>一致性指数</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>C-index, bootstrap .632+</source>
        <translation>一致性指数，自助法 .632+</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/early.py"/>
        <location filename="../../ONFHAssistLib/report/model_page.py"/>
        <source>Calibration</source>
        <translation>校准</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/centres_page.py"/>
        <source>Calibration in the large</source>
        <translation>总体校准</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/external_survival_page.py"/>
        <source>Calibration of {name}</source>
        <translation>{name} 的校准</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>Calibration on held-out hips</source>
        <translation>留出髋的校准</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLab/training/own/training.py"/>
        <source>Candidate written</source>
        <translation>新模型已写出</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/model_page.py"/>
        <source>Cases by outcome and answer</source>
        <translation>按结局和答案的病例数</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>Cases without outlines: {count}</source>
        <translation>没有轮廓的病例：{count}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>Centre</source>
        <translation>中心</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/early/centres.py"/>
        <location filename="../../ONFHAssistLib/survival/develop/centres.py"/>
        <source>Centre '{name}' is not judged: {reason}.</source>
        <translation>未评价中心“{name}”：{reason}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/centres_page.py"/>
        <source>Centre by centre</source>
        <translation>各中心</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/head.py"/>
        <source>Centre {centre} and radius {radius} of head {side} are not numbers.</source>
        <translation>股骨头 {side} 的中心 {centre} 和半径 {radius} 不是数字。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/centres.py"/>
        <source>Centre {done} of {total}</source>
        <translation>中心 {done}/{total}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/centres_page.py"/>
        <source>Centres</source>
        <translation>中心</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/course/page.py"/>
        <source>Change since the first date, with the values between which each number lies with 90% by simulated pairs.</source>
        <translation>自首次以来的变化；括号内为 90% 的可能范围，由模拟配对得出。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>Chosen in</source>
        <translation>被选中</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>Clinical</source>
        <translation>临床</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>Clinical findings one by one</source>
        <translation>临床表现的单因素分析</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>Clinical model</source>
        <translation>临床模型</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>Clinical model as published</source>
        <translation>已发表的临床模型</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/update/closed_test.py"/>
        <source>Closed test procedure (Vergouwe et al. 2017): {told}; chosen: {WORDS}.</source>
        <translation>封闭检验程序（Vergouwe 等 2017）：{told}；选定：{WORDS}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>Clustered by patient (95%)</source>
        <translation>按患者聚类（95%）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Coarseness weighted by brightness.</source>
        <translation>以亮度加权的粗糙度。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/binary.py"/>
        <source>Coefficient</source>
        <translation>系数</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/model_page.py"/>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>Cohort</source>
        <translation>队列</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_regression_page.py"/>
        <source>Collapse</source>
        <translation>塌陷</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_regression_page.py"/>
        <source>Collapse (Fine and Gray: risk itself)</source>
        <translation>塌陷（Fine-Gray：风险本身）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_regression_page.py"/>
        <source>Collapse (cause-specific hazard)</source>
        <translation>塌陷（特定原因风险）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_regression_page.py"/>
        <source>Collapse and findings: regression</source>
        <translation>塌陷与临床表现：回归</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_regression_page.py"/>
        <source>Collapse, if competing events were censored</source>
        <translation>塌陷，若竞争事件作删失处理</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/centres.py"/>
        <source>Column '{centre}' is empty in some row; every hip needs its centre.</source>
        <translation>列“{centre}”有空行；每个髋都需要中心。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/cox/model.py"/>
        <source>Column '{names}' has no number in row {index} ({len} such cells in all); complete it or leave this hip out.</source>
        <translation>列“{names}”在第 {index} 行没有数字（共 {len} 个这样的单元格）；请补全，或不纳入该髋。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/survival/outcome.py"/>
        <source>Column '{names}' holds no event: all {size} hips are censored, so nothing can be estimated; at least {MIN_EVENTS} events are needed.</source>
        <translation>列“{names}”没有事件：全部 {size} 髋均删失，无法估计；至少需要 {MIN_EVENTS} 个事件。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/survival/outcome.py"/>
        <source>Column '{names}' holds {int} competing events (2) and no event of interest (1), so its risk cannot be estimated; at least {MIN_EVENTS} are needed. Were the codes exchanged?</source>
        <translation>列“{names}”有 {int} 个竞争事件（2）而没有目标事件（1），无法估计其风险；至少需要 {MIN_EVENTS} 个。编码是否对调了？</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/survival/outcome.py"/>
        <source>Column '{names}' holds {times} in row {wrong} ({size} such rows); a follow-up is a number greater than 0, so correct or leave out these hips.</source>
        <translation>列“{names}”第 {wrong} 行为 {times}（共 {size} 行如此）；随访时间应大于 0，请更正或去掉这些髋。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/survival/outcome.py"/>
        <source>Column '{names}' is 1 in every row: no hip is censored, check that 0 was not lost.</source>
        <translation>列“{names}”每行都是 1：没有髋删失，请检查 0 是否丢失。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/survival/outcome.py"/>
        <source>Column '{names}' reaches {max}, which as months is {max_} years: these look like days, so divide by 30.44 or say that the unit is days.</source>
        <translation>列“{names}”最大为 {max}，按月计为 {max_} 年：看来是天数，请除以 30.44，或说明单位为天。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/units.py"/>
        <source>Column '{name}' has a median of {middle} here and about {typical} where the model learned, {times}: it seems to be in other units (mm and cm, degrees and radians, another preset). Convert the column, or extract the features again as for the model.</source>
        <translation>列“{name}”在此处的中位数为 {middle}，而模型学习处约为 {typical}，{times}：似乎单位不同（mm 与 cm、度与弧度，或其他预设）。请转换该列，或按模型的方式重新提取特征。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/cohort_table.py"/>
        <source>Column '{name}' has one value in all hips and is left out.</source>
        <translation>列“{name}”在全部髋中的值都相同，已去掉。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/imputation.py"/>
        <source>Column '{name}' has one value in every row that is filled; an imputation has nothing to learn from. Leave it out.</source>
        <translation>列“{name}”在所有已填的行中只有一个值；填补无从学习。请去掉。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/cohort_table.py"/>
        <source>Column '{name}' has the same value in every hip; leave it out.</source>
        <translation>列“{name}”在每个髋中的值都相同；请去掉。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/cox/clinical_selection.py"/>
        <source>Column '{name}' has {len} different texts; give numbers, or at most {MAX_CATEGORIES} categories.</source>
        <translation>列“{name}”有 {len} 种不同的文字；请给出数字，或至多 {MAX_CATEGORIES} 个类别。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/survival/outcome.py"/>
        <source>Column '{name}' has {ndim} axes; give one value for each hip.</source>
        <translation>列“{name}”有 {ndim} 维；每髋给出一个值。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/cohort_table.py"/>
        <source>Column '{name}' has {nunique} different texts and is left out; at most {MAX_LEVELS} make a category.</source>
        <translation>列“{name}”有 {nunique} 种不同的文字，已去掉；类别至多 {MAX_LEVELS} 个。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/regress_survival.py"/>
        <source>Column '{name}' has {values} in row {wrong}; a number of at least {max} is needed.</source>
        <translation>列“{name}”第 {wrong} 行为 {values}；需要不小于 {max} 的数。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/cox/clinical_selection.py"/>
        <source>Column '{name}' holds '{min}', which is none of {join}.</source>
        <translation>列“{name}”含有“{min}”，不属于 {join}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/cells.py"/>
        <source>Column '{name}' holds '{text}' in row {row}, which is no number; write the number alone, or leave it empty.</source>
        <translation>列“{name}”的第 {row} 行为“{text}”，不是数字；请只写数字，或留空。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/cox/clinical_selection.py"/>
        <source>Column '{name}' holds '{text}', which is no number; write the number alone.</source>
        <translation>列“{name}”含有“{text}”，不是数字；请只写数字。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/regress_survival.py"/>
        <source>Column '{name}' holds text; give numbers.</source>
        <translation>列“{name}”含有文字；请给出数字。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/survival/outcome.py"/>
        <source>Column '{name}' holds text{first_text}; give numbers.</source>
        <translation>列“{name}”含有文字{first_text}；请给出数字。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/missing.py"/>
        <source>Column '{name}' is empty in every row; an imputation has nothing to learn from. Complete it, or choose a model without it.</source>
        <translation>列“{name}”每行都为空；填补无从学习。请补全，或选择不用它的模型。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/imputation.py"/>
        <source>Column '{name}' is empty in every row; nothing can be learned about it. Leave it out.</source>
        <translation>列“{name}”每行都为空；无从得知。请去掉。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/cox/clinical_selection.py"/>
        <source>Column '{name}' is empty in row {row}; complete it or leave this hip out.</source>
        <translation>列“{name}”在第 {row} 行为空；请补全，或不纳入该髋。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/centres.py"/>
        <source>Column '{name}' is empty in some row; every hip needs its centre.</source>
        <translation>列“{name}”有空行；每个髋都需要中心。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/regress_survival.py"/>
        <source>Column '{name}' is empty in some row; every hip needs its stratum.</source>
        <translation>列“{name}”有空行；每个髋都需要分层。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/missing.py"/>
        <source>Column '{name}' is empty in {count} of {len} rows; at most half may be imputed. Complete it, or choose a model without it.</source>
        <translation>列“{name}”在 {len} 行中有 {count} 行为空；至多可填补一半。请补全，或选择不用它的模型。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/cohort_table.py"/>
        <source>Column '{name}' is empty in {empty} rows and is left out; complete it to use it.</source>
        <translation>列“{name}”在 {empty} 行中为空，已去掉；若要使用请补全。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/cohort_table.py"/>
        <source>Column '{name}' is empty in {int} of {len} rows; at most {MOST_EMPTY} can be imputed. Complete it, or leave it out.</source>
        <translation>列“{name}”在 {len} 行中有 {int} 行为空；最多可填补 {MOST_EMPTY}。请补全，或不用该列。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/imputation.py"/>
        <source>Column '{name}' is empty in {int} of {size} rows; at most half may be imputed. Complete it, or leave it out.</source>
        <translation>列“{name}”在 {size} 行中有 {int} 行为空；至多可填补一半。请补全，或去掉。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/cohort_table.py"/>
        <source>Column '{name}' is empty in {size} of {len} rows (row {rows}{size_}); these cells are imputed by chained equations, inside every resample.</source>
        <translation>列“{name}”在 {len} 行中有 {size} 行为空（第 {rows} 行{size_}）；这些单元格在每次重抽样内用链式方程填补。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/cohort_table.py"/>
        <source>Column '{name}' separates the hips with an event from the rest and is left out: its hazard ratio is infinite.</source>
        <translation>列“{name}”将有事件的髋与其余完全分开，已去掉：其风险比为无穷。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/cohort_table.py"/>
        <source>Column '{name}' separates the hips with an event from the rest: its hazard ratio is infinite; leave it out, or check that it was known before the follow-up.</source>
        <translation>列“{name}”将有事件的髋与其余完全分开：其风险比为无穷；请去掉，或核对它是否在随访之前已知。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/cohort_table.py"/>
        <source>Column '{patient}' is empty in row {empty} ({size} such rows); name the patient of every hip, because hips of one patient must stay together.</source>
        <translation>列“{patient}”在第 {empty} 行为空（{size} 个这样的行）；请填写每个髋的患者，因为同一患者的髋必须在一起。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/cox/model.py"/>
        <source>Column '{text}' holds text; code it in numbers, one column for each category.</source>
        <translation>列“{text}”含有文字；请编码为数字，每个类别一列。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/cohort_table.py"/>
        <source>Column '{time}' reaches {max}, which as months is {max_} years: these look like days; say that the unit is days, or months if it is so.</source>
        <translation>列“{time}”达到 {max}，按月计为 {max_} 年：看起来以天为单位；请将单位设为天，若确为月则设为月。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/survival/outcome.py"/>
        <source>Columns '{names}' and '{names_}' have {size} and {size_} rows; give one time and one event for each hip.</source>
        <translation>列“{names}”和“{names_}”分别有 {size} 和 {size_} 行；每髋给出一个时间和一个事件。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_report.py"/>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>Combined necrotic angle</source>
        <translation>联合坏死角</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/followup/timeline.py"/>
        <source>Combined necrotic angle (degrees)</source>
        <translation>联合坏死角（°）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <location filename="../../ONFHAssistLib/report/exam_sections.py"/>
        <source>Combined necrotic angle (°)</source>
        <translation>联合坏死角（°）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>Combined necrotic angle &gt;= {cut} degrees</source>
        <translation>联合坏死角 ≥ {cut}°</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>Combined necrotic angle, degrees</source>
        <translation>联合坏死角（°）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>Combined necrotic angle, degrees under {cut}</source>
        <translation>联合坏死角 &lt; {cut}°</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>Combined necrotic angle, degrees {cut} or more</source>
        <translation>联合坏死角 ≥ {cut}°</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>Comment on the {hip} of {case}</source>
        <translation>对 {case} {hip}的备注</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Compactness (deprecated: Sphericity cubed).</source>
        <translation>紧凑度（已弃用：Sphericity 的立方）。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Compactness (deprecated: follows from Sphericity).</source>
        <translation>紧凑度（已弃用：可由 Sphericity 得出）。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Compactness; falls with size.</source>
        <translation>紧凑度；随大小减小。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_regression_page.py"/>
        <source>Competing event (cause-specific hazard)</source>
        <translation>竞争事件（特定原因风险）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>Complete, varying, without extreme outliers</source>
        <translation>完整、有变异、无极端离群值</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/survival.py"/>
        <source>Concordance</source>
        <translation>一致性</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/survival.py"/>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>Continuous NRI</source>
        <translation>连续 NRI</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/exam_sections.py"/>
        <source>Contrast</source>
        <translation>对比</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/linear_model.py"/>
        <location filename="../../ONFHAssistLib/tabular/portable_classifier.py"/>
        <source>Contributions are those of one case; {len} rows were given.</source>
        <translation>贡献针对单个病例；给出了 {len} 行。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/course/page.py"/>
        <source>Course</source>
        <translation>病程</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/course/page.py"/>
        <source>Course of {patient}</source>
        <translation>{patient} 的病程</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/cox/lasso_cox.py"/>
        <source>Covariate {column} has no number in row {row}; complete it or leave this hip out.</source>
        <translation>协变量 {column} 在第 {row} 行没有数字；请补全，或不纳入该髋。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/cox/model.py"/>
        <source>Covariate {shown} has the same value in every hip; leave it out.</source>
        <translation>协变量 {shown} 在每个髋中的值都相同；请去掉。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/cox/model.py"/>
        <source>Covariate {shown} separates the hips with an event from the rest: its hazard ratio is infinite; merge its categories, leave it out or use a penalised model.</source>
        <translation>协变量 {shown} 将有事件的髋与其余完全分开：其风险比为无穷；请合并类别、去掉它，或使用惩罚模型。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/cox/model.py"/>
        <source>Covariates {shown} repeat each other (one follows from the rest); leave one of them out.</source>
        <translation>协变量 {shown} 互相重复（其一可由其余得出）；请去掉其一。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/early.py"/>
        <source>Coverage and size of the sets</source>
        <translation>集合的覆盖率和大小</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_regression_page.py"/>
        <source>Cross-validated by patients; hips with a competing event are controls of the AUC, and observed risks are Aalen and Johansen's.</source>
        <translation>按患者交叉验证；有竞争事件的髋作为 AUC 的对照，观察风险为 Aalen-Johansen 估计。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/page.py"/>
        <source>Cuts along the wires: upright, seen from the front (left picture), and from front to back, seen from below as an axial slice (right picture). Blue: bone that the plan rests on. Orange: necrosis. Wires are projected onto the cuts, red where one breaks a rule; their numbers stand outside the entries.</source>
        <translation>沿针方向的切面：直立切面，自前方观察（左图）；前后方向切面，如横断面自下方观察（右图）。蓝色：规划所依据的骨；橙色：坏死灶。针投影在切面上，违反规则者为红色；编号在入点外侧。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>DL signature</source>
        <translation>深度特征标签</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>DLRC clinical, as published</source>
        <translation>DLRC 临床模型（已发表）</translation>
    </message>
    <message>
        <location filename="../../Resources/Models/dlrc-xray/configs/metadata.json"/>
        <source>DLRC nomogram: clinical findings, radiomics and deep features of the AP radiograph, Cox model.</source>
        <translation>DLRC 列线图：临床所见、正位 X 线片的影像组学和深度特征，Cox 模型。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Dark {thing} of great {size}.</source>
        <translation>{size}大的暗{thing}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Dark {thing} of small {size}.</source>
        <translation>{size}小的暗{thing}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Darkest voxel.</source>
        <translation>最暗的体素。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/binary/discrimination.py"/>
        <source>DeLong's interval needs two cases of each class; there are {m} with the outcome, {n} without.</source>
        <translation>DeLong 区间需要每类两例；有结局 {m} 例，无结局 {n} 例。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/repeated.py"/>
        <source>Deals</source>
        <translation>分配次数</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/early.py"/>
        <location filename="../../ONFHAssistLib/report/model_page.py"/>
        <source>Decision curves</source>
        <translation>决策曲线</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/case/steps.py"/>
        <source>Deep features</source>
        <translation>深度特征</translation>
    </message>
    <message>
        <location filename="../../Resources/Models/backbone-resnet18/configs/metadata.json"/>
        <source>Deep features for research; a start for training on your own patients. Not for diagnosis.</source>
        <translation>用于研究的深度特征；可作为用您自己的患者训练的起点。不用于诊断。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/case/steps.py"/>
        <source>Deep features of the radiograph</source>
        <translation>X 线片的深度特征</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <location filename="../../ONFHAssistLib/report/exam_sections.py"/>
        <source>Depth of the necrosis (mm)</source>
        <translation>坏死深度（mm）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/followup/timeline.py"/>
        <source>Depth of the surface since then (mm)</source>
        <translation>首次以来关节面下沉（mm）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/exam_sections.py"/>
        <source>Description</source>
        <translation>描述</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/update/bundles.py"/>
        <source>Developed on a hospital's own hips (see its report).</source>
        <translation>用某医院自己的髋建模（见其报告）。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>Diagonal in the 95% band</source>
        <translation>对角线在 95% 带内</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/parts.py"/>
        <source>Difference</source>
        <translation>差异</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/validate_dlr.py"/>
        <location filename="../../ONFHAssistLib/report/external_survival_page.py"/>
        <source>Difference (95%)</source>
        <translation>差异（95%）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>Difference of C</source>
        <translation>C 之差</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/model_page.py"/>
        <source>Differences inside each fold, averaged, with the t test corrected for shared training parts (Nadeau and Bengio).</source>
        <translation>各折内的差异取平均，t 检验按训练部分重叠校正（Nadeau 和 Bengio）。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Disorder of level and alike neighbours together.</source>
        <translation>灰度级与相似相邻体素数的联合无序程度。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Disorder of runs in level and length.</source>
        <translation>游程在灰度级和长度上的无序程度。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Disorder of the brightness of pairs.</source>
        <translation>体素对亮度的无序程度。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Disorder of the differences of neighbours.</source>
        <translation>相邻差的无序程度。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Disorder of the grey levels: bits needed to tell the level of a voxel.</source>
        <translation>灰度级的无序程度：说明一个体素的灰度级所需的比特数。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Disorder of the pairs.</source>
        <translation>体素对的无序程度。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Disorder of zones in level and size.</source>
        <translation>连通区在灰度级和大小上的无序程度。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Distance of the brightest from the darkest voxel.</source>
        <translation>最亮与最暗体素之差。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Distinct, easily seen primitives.</source>
        <translation>基元清晰、易于辨认。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/centres.py"/>
        <location filename="../../ONFHAssistLib/develop/regress_survival.py"/>
        <location filename="../../ONFHAssistLib/develop/reporting/plan.py"/>
        <location filename="../../ONFHAssistLib/develop/survival.py"/>
        <location filename="../../ONFHAssistLib/develop/validate_dlr.py"/>
        <location filename="../../ONFHAssistLib/develop/validate_survival.py"/>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/course/page.py"/>
        <source>Drill tracks</source>
        <translation>钻孔道</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/page.py"/>
        <source>Drilling plan: {title}</source>
        <translation>钻孔规划：{title}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_report.py"/>
        <source>Early osteonecrosis</source>
        <translation>早期股骨头坏死</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/worklist.py"/>
        <source>Early osteonecrosis {likely}.</source>
        <translation>早期股骨头坏死 {likely}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/model_page.py"/>
        <source>Early osteonecrosis: development of models</source>
        <translation>早期股骨头坏死：建模</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/centres.py"/>
        <source>Early osteonecrosis: internal-external validation by centre</source>
        <translation>早期股骨头坏死：按中心的内部-外部验证</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/series/groups.py"/>
        <source>Echo {echo} of {len} ({echo_words}) was read.</source>
        <translation>读取了 {len} 个回波中的回波 {echo}（{echo_words}）。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/exam_sections.py"/>
        <source>Effusion</source>
        <translation>关节积液</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/measure/effusion.py"/>
        <source>Effusion {side} cannot be judged: the junction of head and neck is not in the image.</source>
        <translation>无法判断 {side} 侧关节积液：头颈交界不在图像内。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/regress/analysis.py"/>
        <source>Empty cells ({shown} of {len} rows) were filled {count} times by chained equations that know the outcome, and the results pooled by Rubin's rules. That is right where whether a cell is empty depends on what is in the table.</source>
        <translation>空单元格（{len} 行中的 {shown}）用包含结局的链式方程填补 {count} 次，并按 Rubin 规则合并结果。当单元格是否为空取决于表中内容时，这样做是合理的。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/external/cohort.py"/>
        <source>Empty: {listed}. {name} takes what it expects there from the other covariates, as it would for a new patient; its figures are those with such gaps.</source>
        <translation>为空：{listed}。{name} 像对新患者那样由其他协变量推得其值；其数值即含此类空缺的结果。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Energy scaled by the volume of a voxel.</source>
        <translation>按体素体积缩放的能量。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>Enter your name or initials first; every decision says whose it is.</source>
        <translation>请先填写姓名或缩写；每个判定都注明是谁作出的。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/words.py"/>
        <source>Entries within {limit} mm of each other</source>
        <translation>入点彼此相距不超过 {limit} mm</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/drilling/checks.py"/>
        <source>Entries within {most:g} mm of each other</source>
        <translation>各入点相距不超过 {most:g} mm</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/drilling/checks.py"/>
        <source>Entry at least {least:g} mm from the edge of the image</source>
        <translation>入点距图像边缘至少 {least:g} mm</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/drilling/checks.py"/>
        <location filename="../../ONFHAssistLib/report/drilling/words.py"/>
        <source>Entry on the lateral cortex</source>
        <translation>入点在外侧皮质</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/drilling/checks.py"/>
        <source>Entry {least:g} to {most:.0f} mm below the tip of the greater trochanter, not below the lesser one</source>
        <translation>入点在大转子尖下方 {least:g} 至 {most:.0f} mm，不低于小转子</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/words.py"/>
        <source>Entry {low} to {high} mm below the tip of the trochanter</source>
        <translation>入点在大转子尖下 {low} 至 {high} mm</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/survival.py"/>
        <source>Every pair of models: reclassification</source>
        <translation>模型两两比较：重新分类</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/page.py"/>
        <source>Every rule, measured on the bone by itself after the search.</source>
        <translation>每条规则在搜索之后单独在骨上复核。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/catalogue.py"/>
        <source>Exponential of the grey values: contrast of the brightest part.</source>
        <translation>灰度值的指数：最亮部分的对比。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/series/refusals.py"/>
        <source>Export the series again, or resample it first.</source>
        <translation>请重新导出该序列，或先重采样。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>Failed: {steps}</source>
        <translation>失败：{steps}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/binary.py"/>
        <location filename="../../ONFHAssistLib/report/model_page.py"/>
        <source>Features</source>
        <translation>特征</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/model_page.py"/>
        <source>Features left after each step, {where}</source>
        <translation>各步之后剩余的特征，{where}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>Features that are left</source>
        <translation>剩余特征数</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_report.py"/>
        <source>Femoral heads of {patient}</source>
        <translation>{patient} 的股骨头</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_report.py"/>
        <source>Femoral heads: report of a case</source>
        <translation>股骨头：病例报告</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/exam_folder.py"/>
        <source>Femoral heads: report of an examination</source>
        <translation>股骨头：检查报告</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>Field strength</source>
        <translation>场强</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_regression_page.py"/>
        <source>Figure</source>
        <translation>指标</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/external_survival_page.py"/>
        <location filename="../../ONFHAssistLib/report/model_page.py"/>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>Figures</source>
        <translation>图</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/model_page.py"/>
        <source>Figures, {words}</source>
        <translation>指标，{words}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_page.py"/>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/regress/models.py"/>
        <source>Fine and Gray's model is fitted to hips with competing events and without late entry, weights or strata.</source>
        <translation>Fine-Gray 模型用于有竞争事件且没有延迟进入、权重或分层的髋。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Fineness: 1 where every run is a single voxel.</source>
        <translation>细度：每个游程均为单个体素时为 1。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Fineness: 1 where every zone is a single voxel.</source>
        <translation>细度：每个连通区均为单个体素时为 1。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/plan.py"/>
        <source>First of all: {rstrip}.</source>
        <translation>首要事项：{rstrip}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/regress_survival.py"/>
        <source>Fitting</source>
        <translation>正在拟合</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_report.py"/>
        <source>For research, not a diagnosis. The bundled models learned from simulated disease; their figures say nothing about real patients until they are validated on them.</source>
        <translation>仅供研究，不是诊断。自带的模型从模拟病变学习；在用真实患者验证之前，其数值不能说明真实患者的情况。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>For research, not for diagnosis. Doubt orders the hips; it is no probability. Made {created} by {software}.</source>
        <translation>仅供研究，不用于诊断。存疑度只用于排序，不是概率。由 {software} 于 {created} 生成。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/centres_page.py"/>
        <source>For research, not for diagnosis. Each centre was judged by models that were developed without it. The prediction interval, not the interval of the mean, says what a further hospital should expect.</source>
        <translation>仅供研究，不用于诊断。每个中心由不含该中心的模型评判。新医院应预期的是预测区间，而不是均值的区间。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/model_page.py"/>
        <source>For research, not for diagnosis. Every figure comes from hips that were not used to choose the features, the classifier or the threshold of the model that it judges.</source>
        <translation>仅供研究，不用于诊断。每个数字都来自未参与所评模型的特征、分类器或阈值选择的髋。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>For research, not for diagnosis. Judge the models by the honest figures, which come from hips that were not used to develop them; apparent figures are too good.</source>
        <translation>仅供研究，不用于诊断。请以留出评估的指标评判模型，它们来自未用于建模的髋；表观指标偏好。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/external_survival_page.py"/>
        <source>For research, not for diagnosis. Nothing was fitted to these hips: the model is as it was. Look at the calibration before the discrimination; a model that ranks well can still promise too much.</source>
        <translation>仅供研究，不用于诊断。未用这些髋拟合任何内容：模型保持原样。先看校准再看区分度；排序良好的模型仍可能承诺过多。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_regression_page.py"/>
        <source>For research, not for diagnosis. These are associations in one cohort, not effects of a treatment.</source>
        <translation>仅供研究，不用于诊断。这些是一个队列中的关联，不是治疗效果。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>Form</source>
        <translation>形式</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>From features to signatures</source>
        <translation>从特征到标签</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/model_page.py"/>
        <source>From this run</source>
        <translation>本次运行</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/survival.py"/>
        <source>Gain of {full} in C</source>
        <translation>{full} 的 C 增益</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/early.py"/>
        <source>Gain of {group} in AUC</source>
        <translation>{group} 的 AUC 增益</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cli/survival.py"/>
        <source>Give --arco, --oedema and --angle together, or none of them for the bare nomogram.</source>
        <translation>请同时给出 --arco、--oedema 和 --angle；若只要空白列线图则都不给。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cli/plan/commands.py"/>
        <source>Give --mean and --spread of the log-odds together, or neither.</source>
        <translation>对数优势的 --mean 和 --spread 请同时给出，或都不给。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cli/plan/commands.py"/>
        <source>Give --prevalence for a binary outcome, or --rate with --follow-up and --horizon for survival.</source>
        <translation>二分类结局请给出 --prevalence；生存结局请给出 --rate、--follow-up 和 --horizon。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cli/plan/commands.py"/>
        <source>Give --prevalence for a binary outcome, or --survival with --horizon for survival.</source>
        <translation>二分类结局请给出 --prevalence；生存结局请给出 --survival 和 --horizon。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cli/robustness.py"/>
        <source>Give an IMAGE and its SEGMENTATION, or --cohort with a CSV of them.</source>
        <translation>请给出图像及其分割，或用 --cohort 给出列有它们的 CSV。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cli/plan/commands.py"/>
        <source>Give one of --r2, --nagelkerke and --c: how good the model is expected to be.</source>
        <translation>请给出 --r2、--nagelkerke 和 --c 之一：预期模型有多好。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Grey value above which a tenth of the region lies: its bright part.</source>
        <translation>区域十分之一高于此灰度值：其亮部。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Grey value below which a tenth of the region lies: its dark part.</source>
        <translation>区域十分之一低于此灰度值：其暗部。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/catalogue.py"/>
        <source>Grey values squared, scaled to their range: contrast of the bright part.</source>
        <translation>灰度值的平方（缩放到其范围）：亮部的对比。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Grouping of voxels with similar grey levels.</source>
        <translation>相近灰度级体素的聚集程度。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/survival.py"/>
        <source>Groups, 95% interval</source>
        <translation>分组，95% 区间</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/course/page.py"/>
        <source>Growth</source>
        <translation>坏死灶增减</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/course/page.py"/>
        <source>Growth, surface and angle over time.</source>
        <translation>坏死灶、关节面和坏死角随时间的变化。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/harmonisation.py"/>
        <source>Harmonisation needs two scanners or more; all {len} cases are from '{names}'.</source>
        <translation>校正需要两个或更多扫描仪；全部 {len} 个病例均来自“{names}”。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>Harrell C</source>
        <translation>Harrell C 指数</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>Hazard ratio (95%)</source>
        <translation>风险比（95%）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_regression_page.py"/>
        <source>Hazard ratios</source>
        <translation>风险比</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/exam_sections.py"/>
        <source>Head flattened by 2 mm or more</source>
        <translation>股骨头变扁 2 mm 或以上</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>Head radius (mm)</source>
        <translation>股骨头半径（mm）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>Head volume (ml)</source>
        <translation>股骨头体积（ml）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/exam_sections.py"/>
        <source>Heads in view</source>
        <translation>视野内的股骨头</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/regress/analysis.py"/>
        <source>Held-out figures are given for hips without late entry, weights and strata.</source>
        <translation>留出数值仅针对没有延迟进入、权重和分层的髋给出。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/survival.py"/>
        <source>Held-out hips</source>
        <translation>留出的髋</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/survival.py"/>
        <source>Held-out risks within folds, patients drawn; p from the standard error of the draws, two-sided.</source>
        <translation>折内的留出风险，按患者抽样；p 由抽样的标准误得出，双侧。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/reporting.py"/>
        <source>Held-out {what}</source>
        <translation>留出的{what}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/external_survival_page.py"/>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>High risk</source>
        <translation>高危</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>High-risk group of the cohort</source>
        <translation>队列的高危组</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>High-risk group of the study</source>
        <translation>研究的高危组</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>Hip</source>
        <translation>髋</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/words.py"/>
        <source>Hip L</source>
        <translation>左髋</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/words.py"/>
        <source>Hip R</source>
        <translation>右髋</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/page.py"/>
        <source>Hip {side}</source>
        <translation>髋 {side}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/case/examination.py"/>
        <source>Hip {side} has no answer on the reference, series {reference}, which does not show it whole; it was read on series {join}. Make one of these the reference for it.</source>
        <translation>{side} 髋在参考序列 {reference} 上没有结果，因为该序列未完整显示它；改在序列 {join} 上读取。请将其中之一设为它的参考序列。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/work.py"/>
        <source>Hip {side} has no answer: no series shows its whole femoral head; series {most} shows most of it, {shares}.</source>
        <translation>{side} 髋没有结果：没有序列显示其完整的股骨头；序列 {most} 显示得最多，{shares}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/stage/scope.py"/>
        <source>Hip {side} is not staged: only {inside} of the femoral head lies within the field of view.</source>
        <translation>{side} 髋未分期：股骨头只有 {inside} 位于视野内。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/stage/scope.py"/>
        <source>Hip {side} is not staged: the image has one value everywhere about the head.</source>
        <translation>{side} 髋未分期：股骨头周围的图像数值处处相同。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/stage/scope.py"/>
        <source>Hip {side} is not staged: the image holds NaN or infinite values about the head.</source>
        <translation>{side} 髋未分期：股骨头周围的图像含有 NaN 或无穷值。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/followup/compare.py"/>
        <source>Hip {side} is outlined on one date only and was not compared.</source>
        <translation>髋 {side} 只在一个日期有轮廓，未作比较。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/stage/stager.py"/>
        <source>Hip {side} looks unlike the hips that the stager learned from (its features lie {distance} times as far from them as is usual).</source>
        <translation>{side} 髋与分期网络学习过的髋不相似（其特征的距离为通常的 {distance} 倍）。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>Hip {side}: {why}</source>
        <translation>{side} 髋：{why}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/case/cohort_features.py"/>
        <source>Hip {title} has no deep features: {error}</source>
        <translation>{title} 髋没有深度特征：{error}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/binary.py"/>
        <location filename="../../ONFHAssistLib/evaluate/figures/reporting.py"/>
        <location filename="../../ONFHAssistLib/report/external_survival_page.py"/>
        <location filename="../../ONFHAssistLib/report/survival_regression_page.py"/>
        <source>Hips</source>
        <translation>髋</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/survival.py"/>
        <source>Hips at risk</source>
        <translation>处于风险的髋数</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>Hips still followed at {month} months</source>
        <translation>{month} 个月仍在随访的髋</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/parts.py"/>
        <source>Hips that a tenth of the models or more call otherwise</source>
        <translation>十分之一以上模型改判的髋</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/survival.py"/>
        <source>Hips that collapsed</source>
        <translation>塌陷的髋</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/reporting.py"/>
        <source>Hips with the event in the training part</source>
        <translation>训练部分中有事件的髋</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/repeated.py"/>
        <source>Hips with the outcome</source>
        <translation>有结局的髋</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>Hospital</source>
        <translation>医院</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/catalogue.py"/>
        <source>How far a voxel is from the mean of its neighbours.</source>
        <translation>体素与其相邻体素均值的差距。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/external_survival_page.py"/>
        <source>How good the model is on these hips</source>
        <translation>模型在这些髋上的表现</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>How good the models are: honest figures</source>
        <translation>模型表现：留出评估的指标</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_regression_page.py"/>
        <source>How good the risks are, on held-out hips</source>
        <translation>风险预测的表现，留出的髋</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/catalogue.py"/>
        <source>How large connected zones of one grey level are.</source>
        <translation>同一灰度级的连通区有多大。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/catalogue.py"/>
        <source>How long a grey level stays the same along a line; the mean over 13 directions.</source>
        <translation>灰度级沿直线保持不变的长度；13 个方向的平均。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/catalogue.py"/>
        <source>How many neighbours of a voxel have its grey level.</source>
        <translation>体素有多少相邻体素与其灰度级相同。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>How often a finding or feature was chosen in {developments} developments of the cross-validation; the {len} most often chosen. What is chosen rarely is there by chance.</source>
        <translation>在交叉验证的 {developments} 次建模中各表现或特征被选中的频率；列出最常选中的 {len} 个。很少被选中者出于偶然。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/repeated.py"/>
        <source>How often outcomes dealt anew among the patients give a held-out AUC as large: features selected and settings tuned again on each deal. The classifier ({classifier}) was chosen on the outcomes as they are and is the same for all deals, so that p is a little too small.</source>
        <translation>把结局在患者间重新分配后，留出 AUC 达到同样大小的频率：每次分配都重新选择特征并调参。分类器（{classifier}）按实际结局选定，各次分配相同，因此 p 略偏小。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/catalogue.py"/>
        <source>How often two grey levels lie next to each other; the mean over 13 directions.</source>
        <translation>两个灰度级彼此相邻的频率；13 个方向的平均。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/parts.py"/>
        <source>How stable single answers are</source>
        <translation>单个答案有多稳定</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/catalogue.py"/>
        <source>How the grey values of the region are distributed, wherever they lie.</source>
        <translation>区域内灰度值的分布，不论其位置。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>I or II</source>
        <translation>I 或 II</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>ICC of two readers at least {icc_at_least}</source>
        <translation>两位阅片者的 ICC 至少 {icc_at_least}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/intraclass.py"/>
        <source>ICC({kind}) is not known; choose 1,1, 2,1 or 3,1.</source>
        <translation>ICC（{kind}）未知；请选择 1,1、2,1 或 3,1。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/model_page.py"/>
        <source>IDI (p)</source>
        <translation>IDI（p）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Id with differences relative to the number of levels.</source>
        <translation>以灰度级数归一化差值的 Id。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Idm with differences relative to the number of levels.</source>
        <translation>以灰度级数归一化差值的 Idm。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLab/training/own/unseen.py"/>
        <source>Images of {named} would be learned from and held back; give each image once.</source>
        <translation>{named}的图像将同时用于学习和留出；每幅图像只给一次。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/words.py"/>
        <source>In hip {side} no wire that reach the necrosis and keep all rules were found; loosen the rules for margins, entry or angles, or ask for fewer wires.</source>
        <translation>髋 {side}：没有找到能到达坏死灶且符合全部规则的针；请放宽边距、入点或角度的规则，或减少针数。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/drilling/plan.py"/>
        <source>In hip {side} no wire that reaches the necrosis and keeps all rules was found; loosen the rules for margins, entry or angles.</source>
        <translation>{side}侧髋没有找到既到达坏死灶又符合全部规则的导针；请放宽边距、入点或角度的规则。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/drilling/plan.py"/>
        <location filename="../../ONFHAssistLib/report/drilling/words.py"/>
        <source>In hip {side} only {found} of {wanted} wires that reach the necrosis and keep all rules were found; loosen the rules for margins, entry or angles, or ask for fewer wires.</source>
        <translation>髋 {side}：{wanted} 根针中只找到 {found} 根能到达坏死灶且符合全部规则；请放宽边距、入点或角度的规则，或减少针数。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/regress/models.py"/>
        <source>In row {late} the last visit without collapse, {free}, is not before the collapse at {time}; correct it.</source>
        <translation>第 {late} 行中，最后一次无塌陷的随访 {free} 不早于塌陷时间 {time}；请更正。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/regress_survival.py"/>
        <source>In row {row} the hip came under observation at {values}, not before its follow-up ended at {below}; correct it.</source>
        <translation>第 {row} 行的髋在 {values} 进入观察，不早于其随访结束时间 {below}；请更正。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/outline_sides.py"/>
        <source>In {name} {what} has {sizes} stray voxels {distance} mm away; remove them.</source>
        <translation>{name} 中的 {what} 在 {distance} mm 之外有 {sizes} 个零散体素；请删除。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/outline_sides.py"/>
        <source>In {name} {what} is two bodies {distance} mm apart ({sizes_text}); the second one, of label {values}, is another structure: give each hip its own labels (1 and 3 right, 2 and 4 left).</source>
        <translation>{name} 中的 {what} 是相距 {distance} mm 的两个部分（{sizes_text}）；第二个（标签 {values}）是另一结构：请为每个髋使用各自的标签（1 和 3 为右，2 和 4 为左）。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Information shared by neighbours, 0 (independent) to 1.</source>
        <translation>相邻体素共有的信息，0（独立）至 1。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Information shared by neighbours, relative to their entropy; 0 if none.</source>
        <translation>相邻体素共有的信息与其熵之比；没有则为 0。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/survival.py"/>
        <source>Instability</source>
        <translation>不稳定性</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/parts.py"/>
        <source>Instability of single answers</source>
        <translation>单个答案的不稳定性</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/early.py"/>
        <source>Instead of a threshold, the answer may be a set of classes that holds the truth as often as promised, in each class on its own; where the set has both, the model cannot tell.</source>
        <translation>答案可以不是按阈值，而是一个类别集合：它在每一类中都以承诺的频率包含真实类别；集合同时含两类时，模型无法判断。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>Integrated Brier score</source>
        <translation>综合 Brier 分数</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/model_page.py"/>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>Intercept</source>
        <translation>截距</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Inverse of Sphericity (deprecated).</source>
        <translation>Sphericity 的倒数（已弃用）。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/predictions.py"/>
        <source>It does not show this hip whole.</source>
        <translation>未完整显示该髋。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/run/assemble.py"/>
        <source>It has no result yet.</source>
        <translation>尚无结果。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/node/working/choice.py"/>
        <source>It has {slices} slices, fewer than {least_slices}.</source>
        <translation>有 {slices} 层，少于 {least_slices} 层。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/node/working/choice.py"/>
        <source>It holds several echoes or stacks, of which a person has to choose.</source>
        <translation>其中有多个回波或分组，须由人来选择。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/study.py"/>
        <source>It is a segmentation.</source>
        <translation>它是分割。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/study.py"/>
        <source>It is a single slice.</source>
        <translation>只有一层。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>It is not a diagnosis.</source>
        <translation>这不是诊断。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/node/working/choice.py"/>
        <source>It is not said to be of a hip.</source>
        <translation>没有说明是髋部。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/study.py"/>
        <source>It is {get}.</source>
        <translation>它是 {get}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/table.py"/>
        <source>It is {kind}: it differs from the examination in {what}.</source>
        <translation>它是 {kind}：与本次检查的 {what} 不同。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/study.py"/>
        <source>It is {phrase}.</source>
        <translation>它是 {phrase}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/words.py"/>
        <source>It was not found with up to {count} wires either.</source>
        <translation>至多 {count} 根针也未找到。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/roles.py"/>
        <source>It was to be used for {join}, but cannot be.</source>
        <translation>本应用于 {join}，但不能使用。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/model_page.py"/>
        <source>Item</source>
        <translation>条目</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/table.py"/>
        <source>Its field of view or its slices end within the femoral head.</source>
        <translation>视野或层面止于股骨头之内。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/table.py"/>
        <source>Its header says {stated}, but it looks {seen}; it is used by its look.</source>
        <translation>头信息为 {stated}，但外观为 {seen}；按外观使用。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/table.py"/>
        <source>Its hip {side} lies {away} mm from that of series {number}; it is not used.</source>
        <translation>其 {side} 髋与序列 {number} 的相距 {away} mm；不予使用。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/run/local.py"/>
        <source>Its process ended without an answer: a library crashed on this case, or the machine ran out of memory.</source>
        <translation>该进程没有应答就结束了：某个库在此病例上崩溃，或内存不足。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/roles.py"/>
        <source>Its user left it out.</source>
        <translation>用户未采用。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>JIC type</source>
        <translation>JIC 分型</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>JIC type {type}</source>
        <translation>JIC 分型 {type}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>JIC type: {type}</source>
        <translation>JIC 分型：{type}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/server.py"/>
        <source>JSON is expected.</source>
        <translation>应为 JSON。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/validate_dlr.py"/>
        <location filename="../../ONFHAssistLib/develop/validate_survival.py"/>
        <source>Judging</source>
        <translation>正在评判</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/words.py"/>
        <source>L hip</source>
        <translation>左髋</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/model_page.py"/>
        <source>LASSO path</source>
        <translation>LASSO 路径</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/model_page.py"/>
        <source>LASSO, cross-validated error</source>
        <translation>LASSO，交叉验证误差</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>LASSO-Cox</source>
        <translation>LASSO-Cox</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/development.py"/>
        <source>LASSO-Cox selected none of the {name} features; there is no {name_} model.</source>
        <translation>LASSO-Cox 未选出任何 {name} 特征；没有 {name_} 模型。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>LASSO-Cox: path of the coefficients and cross-validated deviance</source>
        <translation>LASSO-Cox：系数路径与交叉验证偏差</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/radiomics.py"/>
        <source>Label {wanted} is not in the mask; it holds {join}.</source>
        <translation>掩膜中没有标签 {wanted}；现有 {join}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/catalogue.py"/>
        <source>Laplacian of Gaussian: edges and spots of the size of sigma.</source>
        <translation>高斯-拉普拉斯：大小与 sigma 相当的边缘和斑点。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Large differences of levels that lie next to each other.</source>
        <translation>相邻灰度级的差异大。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Large where neighbourhoods change slowly: a coarse texture.</source>
        <translation>邻域变化缓慢时数值大：粗纹理。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Largest diameter in space.</source>
        <translation>三维最大直径。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Largest diameter in the planes of x and z.</source>
        <translation>x-z 平面内的最大直径。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Largest diameter in the planes of y and z.</source>
        <translation>y-z 平面内的最大直径。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Largest diameter within the slices.</source>
        <translation>层面内的最大直径。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Largest diameter.</source>
        <translation>最大直径。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>Laterality</source>
        <translation>单双侧</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/external_survival_page.py"/>
        <source>Learned from</source>
        <translation>训练来源</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/early.py"/>
        <location filename="../../ONFHAssistLib/develop/reporting/parts.py"/>
        <location filename="../../ONFHAssistLib/develop/reporting/survival.py"/>
        <source>Learning curve</source>
        <translation>学习曲线</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/repeated.py"/>
        <source>Learning curve, {classifier}</source>
        <translation>学习曲线，{classifier}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/early/repeated.py"/>
        <source>Learning curve: {share} of the patients, fold {k}</source>
        <translation>学习曲线：{share} 的患者，第 {k} 折</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <location filename="../../ONFHAssistLib/report/course/page.py"/>
        <source>Left</source>
        <translation>左侧</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <location filename="../../ONFHAssistLib/followup/timeline.py"/>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <location filename="../../ONFHAssistLib/report/course/page.py"/>
        <source>Left hip</source>
        <translation>左髋</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/course/words.py"/>
        <source>Left hip, {date}</source>
        <translation>左髋，{date}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/course/words.py"/>
        <source>Left hip, {date}: how far the joint surface sank since {first}.</source>
        <translation>左髋，{date}：自 {first} 以来关节面下沉。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Length around the region.</source>
        <translation>区域的周长。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/words.py"/>
        <source>Length at most {limit} mm</source>
        <translation>长度不超过 {limit} mm</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/drilling/checks.py"/>
        <source>Length at most {most:g} mm</source>
        <translation>长度不超过 {most:g} mm</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/parts.py"/>
        <source>Less the other hips</source>
        <translation>与其余髋之差</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/readers/agreement.py"/>
        <source>Limits of agreement need at least three hips that both readers measured, here are {len}.</source>
        <translation>一致性界限至少需要两名阅片者都测量过的三个髋，现有 {len} 个。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Linear dependence of neighbouring grey levels, -1 to 1.</source>
        <translation>相邻灰度级的线性相关，-1 至 1。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>Load decisions</source>
        <translation>载入判定</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/catalogue.py"/>
        <source>Local binary pattern in the slice: which neighbours are brighter, as a code.</source>
        <translation>层面内的局部二值模式：哪些相邻体素更亮，以编码表示。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/catalogue.py"/>
        <source>Local binary pattern on a sphere, invariant to rotation.</source>
        <translation>球面上的局部二值模式，对旋转不变。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Local homogeneity with a quadratic penalty.</source>
        <translation>带平方惩罚的局部均匀性。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Local homogeneity: near 1 where neighbours are alike.</source>
        <translation>局部均匀性：相邻相似时接近 1。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Local variation: large where neighbours differ much.</source>
        <translation>局部变化：相邻差异大时数值大。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/survival.py"/>
        <source>Log hazard ratio per SD</source>
        <translation>每个标准差的对数风险比</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/binary.py"/>
        <source>Log-odds</source>
        <translation>对数优势</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/external_survival_page.py"/>
        <source>Log-rank by patients</source>
        <translation>对数秩检验（以患者为单位）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/external_survival_page.py"/>
        <source>Log-rank of the risk groups, p by patients</source>
        <translation>风险分组的对数秩检验，p 以患者为单位</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/catalogue.py"/>
        <source>Logarithm of the grey values: contrast of the dark part, more strongly.</source>
        <translation>灰度值的对数：暗部的对比，更强。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/model_page.py"/>
        <source>Logistic regression, intercept {intercept}, on z-scored features.</source>
        <translation>逻辑回归，截距 {intercept}，特征经 z 标准化。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Longer axis of the ellipse that fits the outline.</source>
        <translation>拟合轮廓的椭圆的长轴。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Longest axis of the ellipsoid that fits the region.</source>
        <translation>拟合区域的椭球的最长轴。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLab/training/own/inventory.py"/>
        <source>Looking at {patient}</source>
        <translation>正在查看{patient}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/case/steps.py"/>
        <source>Looking for the femoral heads</source>
        <translation>正在查找股骨头</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/external_survival_page.py"/>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>Low risk</source>
        <translation>低危</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>Low-risk group of the cohort</source>
        <translation>队列的低危组</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>Low-risk group of the study</source>
        <translation>研究的低危组</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cli/dicom.py"/>
        <source>Making objects</source>
        <translation>正在生成对象</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>Male</source>
        <translation>男性</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>Male no</source>
        <translation>男性：否</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>Male yes</source>
        <translation>男性：是</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>Mann-Whitney p &lt; {mann_whitney_below}</source>
        <translation>Mann-Whitney 检验 p &lt; {mann_whitney_below}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Many rapid and large changes.</source>
        <translation>快速而大的变化多。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>Marrow oedema by the signal</source>
        <translation>信号提示的骨髓水肿</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/measure/oedema.py"/>
        <source>Marrow oedema {side} cannot be judged on this sequence ({sequence}); a fat-suppressed or STIR series shows it.</source>
        <translation>在该成像序列（{sequence}）上无法判断 {side} 侧骨髓水肿；脂肪抑制或 STIR 序列可显示。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/measure/oedema.py"/>
        <source>Marrow oedema {side} cannot be judged: too little {name} is in the image.</source>
        <translation>无法判断 {side} 侧骨髓水肿：图像中的{name}太少。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/measure/oedema.py"/>
        <source>Marrow oedema {side} cannot be told from red marrow on T1, short of half of the marrow; a fat-suppressed or STIR series shows it.</source>
        <translation>在 T1 上，范围不足骨髓一半时，{side} 侧骨髓水肿与红骨髓无法区分；脂肪抑制或 STIR 序列可显示。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Maximal correlation: complexity of the texture, 0 to 1.</source>
        <translation>最大相关：纹理的复杂度，0 至 1。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/binary/comparison.py"/>
        <source>McNemar's test needs the same cases twice; shapes {shape} and {shape_} were given.</source>
        <translation>McNemar 检验需要同样的病例两次；给出的形状为 {shape} 和 {shape_}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/centres_page.py"/>
        <source>Mean</source>
        <translation>均值</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/centres_page.py"/>
        <source>Mean (95%)</source>
        <translation>均值（95%）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/reporting.py"/>
        <source>Mean absolute difference</source>
        <translation>平均绝对差异</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/parts.py"/>
        <source>Mean absolute difference of the {what}</source>
        <translation>{what}的平均绝对差异</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>Mean distance from the diagonal (ICI)</source>
        <translation>到对角线的平均距离（ICI）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/binary.py"/>
        <source>Mean squared error (cross-validated)</source>
        <translation>均方误差（交叉验证）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/parts.py"/>
        <source>Mean width of what 95% of the models answer</source>
        <translation>95% 的模型答案的平均宽度</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/parts.py"/>
        <source>Mean ± SD where a column is about symmetric, else median and quartiles; counts with shares. p: Wald test with the patient as the unit, so that two hips of one patient do not count twice. Difference: largest standardised difference of two groups; 0.1 is small (Austin 2009), and unlike p it does not grow with the number of hips.</source>
        <translation>列大致对称时为均值 ± 标准差，否则为中位数和四分位数；计数附比例。p：以患者为单位的 Wald 检验，因此同一患者的两髋不重复计算。差异：两组间最大的标准化差异；0.1 为小（Austin 2009），与 p 不同，它不随髋数增大。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_report.py"/>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>Measurements</source>
        <translation>测量</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/external_survival_page.py"/>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>Median follow-up, months (reverse Kaplan-Meier)</source>
        <translation>中位随访时间（月，反向 Kaplan-Meier）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Middle axis of the ellipsoid that fits the region.</source>
        <translation>拟合区域的椭球的中间轴。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Middle grey value, insensitive to outliers.</source>
        <translation>中间的灰度值，对离群值不敏感。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/early.py"/>
        <location filename="../../ONFHAssistLib/develop/reporting/parts.py"/>
        <location filename="../../ONFHAssistLib/develop/reporting/repeated.py"/>
        <location filename="../../ONFHAssistLib/develop/reporting/survival.py"/>
        <location filename="../../ONFHAssistLib/report/external_survival_page.py"/>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>Model: {model}</source>
        <translation>模型：{model}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/model_page.py"/>
        <source>Models against each other, {words}</source>
        <translation>模型相互比较，{words}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/parts.py"/>
        <source>Models developed on a share of the training patients and judged on the same held-out folds. A curve that still climbs at its end says that more hips would help.</source>
        <translation>用训练患者的一部分建模，在相同的留出折上评判。曲线末端仍在上升，说明更多的髋会有帮助。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/parts.py"/>
        <source>Models that call a hip otherwise, mean</source>
        <translation>改判该髋的模型，平均</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/reporting.py"/>
        <source>Models that call the hip otherwise</source>
        <translation>改判该髋的模型</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/early.py"/>
        <source>Mondrian cross-conformal sets, each patient once a class (Vovk et al. 2005; Dunn et al. 2023).</source>
        <translation>Mondrian 交叉共形集，每位患者每类计一次（Vovk 等 2005；Dunn 等 2023）。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/survival.py"/>
        <source>Month {min} is not after the operation; give months greater than 0.</source>
        <translation>第 {min} 个月不在手术之后；请给出大于 0 的月数。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/external/evaluation.py"/>
        <source>Month {m} is beyond the follow-up of the hips or of the model ({longest} months); it is left out.</source>
        <translation>第 {m} 个月超出这些髋或模型的随访（{longest} 个月）；已略去。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/published/clinical.py"/>
        <source>Month {wrong} is outside of 0 to {LAST_MONTH}: the study publishes no survival beyond {LAST_MONTH_} months; choose months in that range.</source>
        <translation>月数 {wrong} 超出 0 至 {LAST_MONTH}：该研究未发表 {LAST_MONTH_} 个月之后的生存；请选择此范围内的月数。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>Months</source>
        <translation>月数</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/followup/timeline.py"/>
        <source>Months since {start}; bars: between which a number lies with 90% (simulated pairs)</source>
        <translation>自 {start} 起的月数；竖线：90% 的可能范围（模拟配对）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/drilling/statement.py"/>
        <source>More than {bound} cannot be reached by so many that keep the rules, so that {wanted} is ruled out.</source>
        <translation>此数目的导针在符合规则时不可能到达超过 {bound}，因此 {wanted} 已被排除。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/words.py"/>
        <source>More than {bound} is ruled out with {count} wires, so that {wanted} cannot be reached.</source>
        <translation>已排除 {count} 根针到达超过 {bound} 的可能，因此无法达到 {wanted}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/drilling/statement.py"/>
        <source>More wires would not do it: no more than {most} were found to fit, and all that were tried reach {tried} together.</source>
        <translation>增加导针也无法达到：最多只能容纳 {most} 枚，所有试过的导针合计到达 {tried}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/drilling/statement.py"/>
        <source>More wires would not do it: {most} reach {best}, and all that were tried reach {tried} together.</source>
        <translation>增加导针也无法达到：{most} 枚到达 {best}，所有试过的导针合计到达 {tried}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/page.py"/>
        <source>Most of the necrosis that was found to be reached by so many wires under these rules: {shares}.</source>
        <translation>在这些规则下，各导针数目所找到的坏死灶最大到达比例：{shares}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/model_page.py"/>
        <source>NRI (p)</source>
        <translation>NRI（p）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/survival.py"/>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>NRI of risk groups</source>
        <translation>风险分组的 NRI</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/external_survival_page.py"/>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>NRI: net reclassification improvement. IDI: integrated discrimination improvement.</source>
        <translation>NRI：净重新分类改善。IDI：综合判别改善。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/page.py"/>
        <source>Neck and shaft stand at {angle:.0f} degrees.</source>
        <translation>颈干角为 {angle:.0f} 度。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/words.py"/>
        <source>Neck and shaft stand at {angle} degrees.</source>
        <translation>颈干角 {angle}°。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_report.py"/>
        <source>Necrosis</source>
        <translation>坏死灶</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <location filename="../../ONFHAssistLib/report/exam_sections.py"/>
        <source>Necrosis (ml)</source>
        <translation>坏死灶（ml）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/followup/timeline.py"/>
        <source>Necrosis since the first date (ml)</source>
        <translation>首次以来坏死灶的变化（ml）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/worklist.py"/>
        <source>Necrosis {measured} ml, {measured_} of the head, combined angle {measured__}°.</source>
        <translation>坏死灶 {measured} ml，占股骨头 {measured_}，联合坏死角 {measured__}°。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>Necrotic share of the head</source>
        <translation>坏死占股骨头的比例</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/exam_sections.py"/>
        <source>Necrotic share of the head (%)</source>
        <translation>坏死占股骨头的比例（%）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/readers/agreement.py"/>
        <source>Neither segmentation holds a femoral head (labels 1 right, 2 left); outline one first.</source>
        <translation>两个分割都没有股骨头（标签 1 右，2 左）；请先勾画。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/survival.py"/>
        <source>Nested cross-validation</source>
        <translation>嵌套交叉验证</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>Nested cross-validation by patients, every selection repeated inside. C and AUC compare hips of one held-out fold only; 95% intervals by patients, with Nadeau and Bengio's (2003) correction for folds that share training hips. .632+: the bootstrap's estimate, everything developed again in each sample. Uno C does not depend on how long hips were followed. Brier scores: 0 is perfect, 0.25 is a coin.</source>
        <translation>按患者的嵌套交叉验证，每次选择都在内层重复。C 和 AUC 只比较同一留出折的髋；95% 区间以患者为单位，按各折共用训练髋校正（Nadeau 和 Bengio 2003）。.632+：自助法估计，每个样本都重新建模。Uno C 不依赖随访时间长短。Brier 分数：0 为完美，0.25 等于抛硬币。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/validate_dlr.py"/>
        <location filename="../../ONFHAssistLib/evaluate/figures/binary.py"/>
        <location filename="../../ONFHAssistLib/evaluate/figures/survival.py"/>
        <source>Net benefit</source>
        <translation>净获益</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/external_survival_page.py"/>
        <source>Net benefit at {month} months</source>
        <translation>{month} 个月的净获益</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>Net benefit on held-out hips</source>
        <translation>留出髋的净获益</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/centres_page.py"/>
        <source>Next centre</source>
        <translation>下一中心</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/centres_page.py"/>
        <source>Next centre (95%)</source>
        <translation>下一中心（95%）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/core/parallel.py"/>
        <source>No Dask scheduler answers at {address}; start one with 'dask scheduler'.</source>
        <translation>{address} 没有 Dask 调度器应答；请用“dask scheduler”启动一个。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/followup/compare.py"/>
        <source>No T1-weighted or fat-suppressed series of both dates can be compared, so that whether the joint surface sank stays open.</source>
        <translation>两次检查之间没有可比较的 T1 加权或脂肪抑制序列，因此关节面是否塌陷尚无定论。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>No bone marrow oedema</source>
        <translation>无骨髓水肿</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/validation.py"/>
        <source>No bootstrap sample had enough events to develop the models again; more are needed.</source>
        <translation>没有自助样本有足够的事件用于重新开发模型；需要更多。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/readers/reader_files.py"/>
        <source>No case of {table} could be compared: {reason}</source>
        <translation>{table} 的病例均无法比较：{reason}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/early/centres.py"/>
        <source>No centre can be judged and two are needed. {join}</source>
        <translation>没有可评价的中心，而需要两个。{join}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/cox/clinical_selection.py"/>
        <source>No clinical covariate is left to fit: all are constant; give columns that vary.</source>
        <translation>没有可拟合的临床协变量：全部为常量；请给出有变化的列。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/development.py"/>
        <source>No clinical finding has a univariate p below {enter_below}; there is no such model.</source>
        <translation>没有临床所见的单因素 p 低于 {enter_below}；没有这样的模型。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_report.py"/>
        <source>No collapse at {month:.0f} months</source>
        <translation>{month:.0f} 个月无塌陷</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/nomogram/nomogram.py"/>
        <source>No covariate of the model has an effect; a nomogram has nothing to show.</source>
        <translation>模型没有起作用的协变量；列线图没有可显示的内容。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/selection/selection_log.py"/>
        <source>No feature is left after '{step}' ({shape} went in); look at the table: the columns may be constant, empty or full of outliers.</source>
        <translation>经过“{step}”后没有特征剩余（输入 {shape} 个）；请查看表格：各列可能为常量、为空或离群值过多。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/dicom_out/objects/segments.py"/>
        <source>No femoral head is outlined in this case; outline it before the case is exported.</source>
        <translation>此病例未勾画股骨头；导出前请先勾画。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/case/case.py"/>
        <source>No femoral head is outlined on {name}; outline it first.</source>
        <translation>{name} 上未勾画股骨头；请先勾画。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/outline_facts.py"/>
        <source>No femoral head {side} is outlined.</source>
        <translation>股骨头 {side} 未勾画。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/regress_survival.py"/>
        <source>No finding is named; name the columns whose effect on collapse is asked for.</source>
        <translation>没有指定任何表现；请指定要了解其对塌陷影响的列。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/measurements.py"/>
        <source>No fluid-sensitive series shows hip {side}; oedema was not looked for.</source>
        <translation>没有液体敏感序列显示 {side} 髋；未查找水肿。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/spoken.py"/>
        <source>No font with Chinese characters is installed on this computer, so that the charts are in English; install Noto Sans CJK (Linux: the package fonts-noto-cjk), Microsoft YaHei or SimSun (Windows) or PingFang SC (macOS).</source>
        <translation>本计算机未安装含中文字符的字体，因此图表为英文；请安装 Noto Sans CJK（Linux：软件包 fonts-noto-cjk）、微软雅黑或宋体（Windows）或苹方（macOS）。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLab/training/own/comparison.py"/>
        <source>No held-out patient has a {figure}; hold back more patients.</source>
        <translation>留出的患者都没有“{figure}”；请留出更多患者。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/reporting/conformal.py"/>
        <source>No hip for calibration has outcome {kind}; prediction sets need both classes.</source>
        <translation>用于校准的髋中没有结局为 {kind} 的；预测集需要两类。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLab/training/own/lessons/pictures.py"/>
        <location filename="../../ONFHAssistLab/training/own/lessons/stages.py"/>
        <source>No hip has outlines and a stage; give the stages as a table with case, side and stage.</source>
        <translation>没有既有轮廓又有分期的髋；请用含 case、side 和 ficat_arlet_stage 列的表格给出分期。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/update/binary.py"/>
        <source>No hip has the sequence {join}: that part stays as it was.</source>
        <translation>没有髋具有序列 {join}：该部分保持不变。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/followup/examinations.py"/>
        <source>No hip is outlined in two of the examinations; there is nothing to compare.</source>
        <translation>没有任何髋在两次检查中都有轮廓；无可比较。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>No hip is shown; choose another kind at the top.</source>
        <translation>没有可显示的髋；请在上方选择其他类别。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLab/training/own/federated.py"/>
        <source>No hospital has hips to learn from.</source>
        <translation>没有一家医院有可供学习的髋。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/radiomics.py"/>
        <source>No label was given; name at least one label of the mask.</source>
        <translation>未给出标签；请至少指定掩膜的一个标签。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/published/clinical.py"/>
        <source>No month was given; give one or more months, such as 36 and 60.</source>
        <translation>未给出月数；请给出一个或多个月数，例如 36 和 60。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/measurements.py"/>
        <source>No necrosis on series {none}, but on others.</source>
        <translation>序列 {none} 上无坏死灶，而其他序列上有。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/worklist.py"/>
        <source>No necrosis outlined.</source>
        <translation>未勾画坏死灶。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/imputation.py"/>
        <source>No other column tells anything of '{name}', which has empty cells; an imputation has nothing to learn from. Add findings, or leave it out.</source>
        <translation>没有其他列能说明“{name}”，而它有空单元格；填补无从学习。请增加所见，或去掉它。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/training_rows.py"/>
        <source>No outline of {path} is accepted or corrected yet that nobody rejected; judge some first.</source>
        <translation>{path} 中还没有被接受或修改且无人拒绝的轮廓；请先评判一些。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLab/training/own/training.py"/>
        <source>No patient that is held back has a {next}; hold back more, or choose another seed.</source>
        <translation>留出的患者都没有“{next}”；请留出更多患者，或更换种子。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLab/training/own/lessons/heads.py"/>
        <source>No scan has outlines of both femoral heads, which the detector needs; outline both.</source>
        <translation>没有一次扫描勾画了双侧股骨头，而检测网络需要双侧；请两侧都勾画。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/dicom_out/reading/others.py"/>
        <source>No segment of {path} was named as a femoral head; it holds {listing}.</source>
        <translation>{path} 中没有指定为股骨头的分割段；其中有 {listing}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/roles.py"/>
        <source>No series of the folder shows a whole femoral head ({said}); give the MRI of the hips.</source>
        <translation>文件夹中没有序列显示完整的股骨头（{said}）；请给出髋部 MRI。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/measurements.py"/>
        <source>No series shows the acetabular edge {side}: one without fat suppression is needed.</source>
        <translation>没有序列显示 {side} 侧髋臼缘：需要无脂肪抑制的序列。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/compare/learning.py"/>
        <source>No share of the patients has enough collapses to develop a model on; more are needed.</source>
        <translation>任何一份患者都没有足够的塌陷用于开发模型；需要更多。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/model_page.py"/>
        <source>No slope where the model separates all cases. Intervals and test have the patient as their unit. ECE: expected calibration error, 10 bins.</source>
        <translation>模型完全分开所有病例时没有斜率。区间和检验以患者为单位。ECE：预期校准误差，10 组。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/doubt.py"/>
        <source>No sphere fits the outline of the head.</source>
        <translation>没有球面与股骨头轮廓相符。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/survival/competing.py"/>
        <source>No two hips can be compared.</source>
        <translation>没有两个髋可以比较。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/survival/metrics.py"/>
        <source>No two hips can be compared: each collapse was seen after the last visit of all others.</source>
        <translation>没有两个髋可以比较：每次塌陷都发生在其他所有髋的末次就诊之后。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/native/prepare.py"/>
        <source>No voxel of the region is left after resampling; it is too small for this spacing.</source>
        <translation>重采样后区域没有剩余体素；对该间距而言太小。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/node/working/printed.py"/>
        <source>No warnings.</source>
        <translation>没有警告。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/drilling/statement.py"/>
        <source>No wire is left.</source>
        <translation>已无导针。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/survival.py"/>
        <source>No-collapse survival</source>
        <translation>无塌陷生存</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>No-collapse survival after core decompression, {hip}</source>
        <translation>髓芯减压术后的无塌陷生存，{hip}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>No-collapse survival at {month} months</source>
        <translation>{month} 个月无塌陷生存</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>No-collapse survival of the cohort</source>
        <translation>队列的无塌陷生存</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>No-collapse survival of the held-out low- and high-risk groups</source>
        <translation>留出的低、高风险组的无塌陷生存</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>No-collapse survival of the {hip}, beside the groups of the study.</source>
        <translation>{hip}的无塌陷生存，并列该研究的各组。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>No-collapse survival: development of models</source>
        <translation>无塌陷生存：建模</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/centres_page.py"/>
        <source>No-collapse survival: internal-external validation by centre</source>
        <translation>无塌陷生存：按中心的内部-外部验证</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/external_survival_page.py"/>
        <source>No-collapse survival: {names} on other hips</source>
        <translation>无塌陷生存：{names} 用于其他髋</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/exam_sections.py"/>
        <source>No.</source>
        <translation>编号</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/performance.py"/>
        <source>Nobody was followed for {month} {unit}; this horizon is left out.</source>
        <translation>没有人随访到 {month} {unit}；略去该时间点。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>Nomogram</source>
        <translation>列线图</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/early.py"/>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/external/evaluation.py"/>
        <source>None of the months {join} lies within the follow-up of the hips and of the model, {longest} months; choose an earlier month.</source>
        <translation>月数 {join} 均不在这些髋和模型的随访（{longest} 个月）之内；请选择更早的月数。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/centres_page.py"/>
        <location filename="../../ONFHAssistLib/report/external_survival_page.py"/>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <location filename="../../ONFHAssistLib/report/survival_regression_page.py"/>
        <source>None.</source>
        <translation>无。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/course/page.py"/>
        <source>Not compared</source>
        <translation>未比较</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cli/bundles.py"/>
        <source>Not every bundle is valid: {join}.</source>
        <translation>并非每个模型包都有效：{join}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>Not for decisions about a patient.</source>
        <translation>不用于对患者作决定。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>Not for diagnosis, not for collapsed heads (stage III and later), prostheses, fractures or tumours.</source>
        <translation>不用于诊断，也不用于已塌陷的股骨头（III 期及以后）、假体、骨折或肿瘤。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>Not for diagnosis.</source>
        <translation>不用于诊断。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/development.py"/>
        <source>Not in the clinical model, since the univariate p is not below {below}: {join}.</source>
        <translation>未纳入临床模型，因其单因素 p 不低于 {below}：{join}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_report.py"/>
        <source>Not staged</source>
        <translation>未分期</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/perturbation.py"/>
        <source>Nothing of the region is left after the perturbation; use smaller limits.</source>
        <translation>扰动后区域没有剩余；请采用较小的限度。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>Nothing stands out.</source>
        <translation>没有可疑之处。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/node/archives/exchange.py"/>
        <source>Nothing was asked for; name a patient, accession number, date or study.</source>
        <translation>没有查询内容；请指明患者、检查号、日期或检查。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/plan.py"/>
        <source>Nothing was done otherwise.</source>
        <translation>没有任何偏离。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cli/network/archive.py"/>
        <source>Nothing was sent, since it was not agreed to.</source>
        <translation>未获同意，因此没有发送任何内容。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cli/dicom.py"/>
        <source>Nothing was written, since it was not agreed to.</source>
        <translation>未获同意，因此没有写入任何内容。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/exam_sections.py"/>
        <source>Numbers of series, as in the table below.</source>
        <translation>序列编号见下表。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/node/working/printed.py"/>
        <source>ONFHAssist, for research only; worked up by a machine, confirmed by nobody.</source>
        <translation>ONFHAssist，仅供研究；由机器处理，未经任何人确认。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/survival.py"/>
        <source>Observed (Kaplan-Meier)</source>
        <translation>实际（Kaplan-Meier）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>Observed : expected collapses</source>
        <translation>观察与预期塌陷数之比</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>Observed : expected of 1 and an intercept of 0 are right in the large. A slope below 1 says that risks are too extreme (pseudo-observations, van Geloven 2022; intervals by patients, of models as they were in the cross-validation). A resampled curve strays more than the hips' own, so that the interval of its mean distance lies high, at times above it; a model is off where the lower end is large. The last column is the share of the curve.</source>
        <translation>观察与预期之比为 1、截距为 0 说明总体校准正确。斜率小于 1 说明风险过于极端（伪观察值，van Geloven 2022；区间以患者为单位，模型为交叉验证时的模型）。重抽样的曲线比髋自身的曲线偏离更多，因此平均距离的区间偏高，有时高于其估计值；下限较大时模型才有偏。最后一列为曲线所占的比例。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/binary.py"/>
        <source>Observed share of events</source>
        <translation>事件的实际比例</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/exam_sections.py"/>
        <source>Oedema</source>
        <translation>水肿</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/followup/compare.py"/>
        <source>Oedema appeared in between, which moves the border of the necrosis on fluid-sensitive series.</source>
        <translation>其间出现水肿，会使液体敏感序列上坏死的边界移位。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/followup/compare.py"/>
        <source>Oedema is gone since, which moves the border of the necrosis on fluid-sensitive series.</source>
        <translation>其后水肿消失，会使液体敏感序列上坏死的边界移位。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/measurements.py"/>
        <source>Oedema of hip {side} was not looked for: {why}.</source>
        <translation>未查找 {side} 髋的水肿：{why}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>Of pairs with |r| &gt; {pearson_above} one</source>
        <translation>|r| &gt; {pearson_above} 的一对保留一个</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/drilling/anatomy.py"/>
        <source>Of the shaft {side} below the lesser trochanter {max} mm are seen whole; a plan needs {LEAST_SHAFT_MM} mm, so that its axis is known. Give an image that reaches farther down, or an outline of the femur.</source>
        <translation>{side}侧小转子以下完整显示的股骨干为 {max} mm；确定其轴线需要 {LEAST_SHAFT_MM} mm。请提供向远端延伸更多的图像，或给出股骨轮廓。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLab/training/own/training.py"/>
        <source>Of the {hips} hips that judge, {corrected_hips} of {corrected_patients} patients were corrected. The others are drawings of a network that a reader accepted as they were: on them the network before agrees with itself, and the comparison favours it. Correct hips of {FEWEST_HELD} or more of these patients before you rely on it.</source>
        <translation>评判的{hips}个髋中，{corrected_patients}名患者的{corrected_hips}个经过修正。其余为网络所绘、阅片者原样接受的轮廓：在这些髋上，旧网络与自身一致，比较因此偏向旧网络。请先在这些患者中修正{FEWEST_HELD}名或更多患者的髋，再据此判断。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/node/identity.py"/>
        <source>Of these objects none may leave without identity; printed reports are not cleaned.</source>
        <translation>这些对象都不能去除身份后发出；打印的报告不做清除。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/reporting.py"/>
        <source>Of {len} repeated models</source>
        <translation>{len} 个重复模型的答案</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/masks/segments.py"/>
        <source>Of {path} was left out what is no femoral head and no necrosis by its name: {which}.</source>
        <translation>{path} 中按名称不是股骨头或坏死灶的部分未予采用：{which}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>Offered</source>
        <translation>候选</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>On hips of patients who were not used to develop the model that judged them.</source>
        <translation>来自未参与所评模型建模的患者的髋。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/survival.py"/>
        <source>On the folds of the first repeat, hips compared within theirs; patients are drawn, and intervals are widened because folds share training hips (Nadeau and Bengio 2003).</source>
        <translation>使用第一次重复的折，髋只在折内比较；按患者抽样，区间因各折共用训练髋而放宽（Nadeau 和 Bengio 2003）。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/early.py"/>
        <source>On the same folds, hips compared within theirs; patients are the unit, and the interval and p of the gain are widened because folds share training hips (Nadeau and Bengio 2003).</source>
        <translation>使用相同的折，髋只在各自的折内比较；以患者为单位，增益的区间和 p 值因各折共用训练髋而放宽（Nadeau 和 Bengio 2003）。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/external_survival_page.py"/>
        <source>On the same hips; above 0 speaks for {name}, of the Brier score below 0.</source>
        <translation>同样的髋；大于 0 说明 {name} 更好，Brier 分数则小于 0 更好。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/external_survival_page.py"/>
        <source>On these hips</source>
        <translation>在这些髋上</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/early.py"/>
        <source>One class</source>
        <translation>一类</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/followup/compare.py"/>
        <source>One date has an outline of a reader and the other that of the networks; their borders may differ.</source>
        <translation>一个日期的轮廓来自阅片者，另一个来自网络；两者的边界可能不同。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/drilling/checks.py"/>
        <location filename="../../ONFHAssistLib/report/drilling/words.py"/>
        <source>One entry for all wires</source>
        <translation>所有针同一入点</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/exam_sections.py"/>
        <source>One outline of all series, head blue and necrosis orange, the same on both; each series lies as the hip was aligned to the reference. Radiological orientation.</source>
        <translation>各序列共用一套轮廓，股骨头蓝色、坏死灶橙色；各序列按该髋与参考序列的配准放置。放射学方位。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/drilling/statement.py"/>
        <source>One wire reaches {reach} of the necrosis ({volume} ml) within {near} mm.</source>
        <translation>一枚导针在 {near} mm 范围内到达坏死灶（{volume} ml）的 {reach}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/survival/outcome.py"/>
        <source>Only {int} events: fewer than the {MIN_EVENTS} that any figure of this room needs.</source>
        <translation>只有 {int} 个事件：少于任何指标所需的 {MIN_EVENTS} 个。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/early/repeated.py"/>
        <source>Only {len} of {repeats} bootstrap samples gave a model; more hips of both classes are needed.</source>
        <translation>{repeats} 个自助样本中只有 {len} 个给出模型；两类都需要更多的髋。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/sphere_tool.py"/>
        <source>Only {share}% of the circle at {point} with radius {radius} mm lies on the radiograph; check the centre (LPS, mm; the first pixel of a DICOM radiograph is at 0, 0, 0).</source>
        <translation>以 {point} 为中心、半径 {radius} mm 的圆只有 {share}% 位于 X 线片内；请核对中心（LPS，mm；DICOM X 线片的首个像素位于 0, 0, 0）。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/sphere_tool.py"/>
        <source>Only {share}% of the sphere at {point} with radius {radius} mm lies inside the image; check the centre (LPS, mm).</source>
        <translation>以 {point} 为中心、半径 {radius} mm 的球体只有 {share}% 位于图像内；请核对中心（LPS，mm）。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/survival/metrics.py"/>
        <source>Only {size} of {size_} bootstrap samples have enough events; an interval needs more hips.</source>
        <translation>{size_} 个自助样本中只有 {size} 个有足够的事件；给出区间需要更多的髋。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/reporting.py"/>
        <source>Original {what}</source>
        <translation>原{what}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>Out of scope for the stage: {why}</source>
        <translation>超出分期的适用范围：{why}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>Outdated, since the outlines or what was measured on them changed afterwards: {names}.</source>
        <translation>已过时（轮廓或其上的测量此后有改动）：{names}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/exam_sections.py"/>
        <source>Outline of head and necrosis</source>
        <translation>股骨头和坏死灶的轮廓</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>Outline of the head blue, of the necrosis orange. Radiological orientation: the patient's right is on the left of a coronal picture. Both hips have one window; between the slices, image and outlines are interpolated.</source>
        <translation>股骨头轮廓为蓝色，坏死灶轮廓为橙色。放射学方位：冠状图像上患者的右侧位于左边。双髋采用同一窗宽窗位；层间图像和轮廓为插值。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>Outlined automatically; confirmed by {who} ({when}).</source>
        <translation>自动勾画；由 {who} 确认（{when}）。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_answers.py"/>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>Outlined automatically; no reader has confirmed the outlines.</source>
        <translation>自动勾画；尚无阅片者确认轮廓。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_answers.py"/>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>Outlined by {reader}.</source>
        <translation>由 {reader} 勾画。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>Outlined by {reader}; confirmed by {who} ({when}).</source>
        <translation>由 {reader} 勾画；由 {who} 确认（{when}）。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>Outlined by {reader}; no reader has confirmed the outlines.</source>
        <translation>由 {reader} 勾画；尚无阅片者确认轮廓。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>Outlines</source>
        <translation>轮廓</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/server.py"/>
        <source>Outlines are corrected in the Cohort panel; the page accepts, rejects and comments.</source>
        <translation>轮廓在队列面板中修改；本页面只用于接受、拒绝和备注。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLab/training/own/training.py"/>
        <source>Outlines, stages or the model in use have changed since the training was interrupted, so it began anew.</source>
        <translation>训练中断以来，轮廓、分期或使用中的模型已改变，因此从头开始。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/centres_page.py"/>
        <source>Over the centres</source>
        <translation>各中心汇总</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/survival.py"/>
        <source>Pairs of models</source>
        <translation>模型两两比较</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/survival.py"/>
        <source>Partial likelihood deviance per event</source>
        <translation>每事件偏似然偏差</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <location filename="../../ONFHAssistLib/survival/nomogram/figure.py"/>
        <source>Patient</source>
        <translation>患者</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/parts.py"/>
        <source>Patients</source>
        <translation>患者</translation>
    </message>
    <message>
        <location filename="../../Resources/Models/dlr-mri/configs/metadata.json"/>
        <location filename="../../Resources/Models/rad-dlr-mri/configs/metadata.json"/>
        <source>Penalised logistic regression, one model for bright marrow (T1, T2) and one for suppressed marrow (T2 FS, STIR, PD FS); the sequence of the image chooses.</source>
        <translation>惩罚逻辑回归：骨髓高信号（T1、T2）和骨髓抑制（T2 FS、STIR、PD FS）各一个模型；由图像的成像序列选择。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/cox/lasso_cox.py"/>
        <source>Penalties are one or more positive numbers in descending order.</source>
        <translation>惩罚为一个或多个按降序排列的正数。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/binary.py"/>
        <location filename="../../ONFHAssistLib/evaluate/figures/survival.py"/>
        <source>Perfect</source>
        <translation>理想</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/survival.py"/>
        <source>Permutation</source>
        <translation>置换</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/early.py"/>
        <location filename="../../ONFHAssistLib/develop/reporting/repeated.py"/>
        <source>Permutation test</source>
        <translation>置换检验</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/early.py"/>
        <location filename="../../ONFHAssistLib/develop/reporting/survival.py"/>
        <source>Plain models</source>
        <translation>简单模型</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/early/comparators.py"/>
        <source>Plain models: fold {number} of {len}</source>
        <translation>简单模型：第 {number} 折（共 {len} 折）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/exam_sections.py"/>
        <source>Plane</source>
        <translation>平面</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/plan.py"/>
        <source>Planned</source>
        <translation>计划</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/drilling/plan.py"/>
        <source>Planning hip {side}</source>
        <translation>正在规划髋 {side}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/nomogram/figure.py"/>
        <source>Points</source>
        <translation>分值</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/server.py"/>
        <source>Port {port} of {HOST} cannot be listened on ({strerror}).</source>
        <translation>无法监听 {HOST} 的端口 {port}（{strerror}）。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/node/receiving/receiver.py"/>
        <location filename="../../ONFHAssistLib/node/status.py"/>
        <source>Port {port} of {host} cannot be listened on ({strerror}).</source>
        <translation>无法监听 {host} 的端口 {port}（{strerror}）。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/node/archives/dimse.py"/>
        <source>Port {receive_port} is taken ({strerror}); set another 'receive_port'.</source>
        <translation>端口 {receive_port} 已被占用（{strerror}）；请设置另一个“receive_port”。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/model_page.py"/>
        <source>Precision</source>
        <translation>精确率</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/binary.py"/>
        <source>Predicted</source>
        <translation>预测</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/survival.py"/>
        <source>Predicted no-collapse survival</source>
        <translation>预测的无塌陷生存率</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/binary.py"/>
        <source>Predicted probability</source>
        <translation>预测概率</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/early.py"/>
        <source>Prediction sets</source>
        <translation>预测集</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/validate_dlr.py"/>
        <source>Prevalence</source>
        <translation>患病率</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/stage/evaluation.py"/>
        <source>Probabilities of shape {shape} do not fit {len} hips and {len_} stages.</source>
        <translation>形状为 {shape} 的概率与 {len} 个髋和 {len_} 个分期不符。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_report.py"/>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>Probability</source>
        <translation>概率</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>Probability of 0</source>
        <translation>0 期概率</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>Probability of early osteonecrosis (DLR)</source>
        <translation>早期股骨头坏死的概率（DLR）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/worklist.py"/>
        <source>Probability withheld: out of scope.</source>
        <translation>概率未给出：超出适用范围。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/early.py"/>
        <source>Promised</source>
        <translation>承诺</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/reporting.py"/>
        <source>Promised coverage</source>
        <translation>承诺的覆盖率</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_page.py"/>
        <source>Provenance</source>
        <translation>来源信息</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/pyradiomics_engine.py"/>
        <source>PyRadiomics leaves out {join} here (it needs scikit-image for LBP2D, trimesh and an older SciPy for LBP3D); use the native engine.</source>
        <translation>PyRadiomics 在此略去 {join}（LBP2D 需要 scikit-image，LBP3D 需要 trimesh 和较旧的 SciPy）；请使用 native 引擎。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/pyradiomics_engine.py"/>
        <source>PyRadiomics refuses this region with preset {name}: {error}.</source>
        <translation>PyRadiomics 以预设 {name} 拒绝该区域：{error}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/words.py"/>
        <source>R hip</source>
        <translation>右髋</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/early.py"/>
        <location filename="../../ONFHAssistLib/develop/reporting/survival.py"/>
        <location filename="../../ONFHAssistLib/report/model_page.py"/>
        <source>ROC curves</source>
        <translation>ROC 曲线</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/survival.py"/>
        <source>ROC curves at the horizons</source>
        <translation>各时间点的 ROC 曲线</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>Radiomics</source>
        <translation>影像组学</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>Radiomics model</source>
        <translation>影像组学模型</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>Radiomics signature</source>
        <translation>影像组学标签</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/worklist.py"/>
        <source>Radius {measured} mm, head {measured_} ml.</source>
        <translation>半径 {measured} mm，股骨头 {measured_} ml。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/worklist.py"/>
        <source>Radius {radius} mm; not measured.</source>
        <translation>半径 {radius} mm；未测量。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/repeated.py"/>
        <source>Radmacher et al., J Comput Biol 2002;9:505.</source>
        <translation>Radmacher 等，J Comput Biol 2002;9:505。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/centres_page.py"/>
        <source>Random effects, restricted maximum likelihood, Hartung and Knapp's interval; C and AUC on the logit scale, observed : expected on the logarithm's.</source>
        <translation>随机效应，限制性最大似然，Hartung-Knapp 区间；C 和 AUC 取 logit 尺度，观察与预期之比取对数尺度。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Rapid changes between a voxel and its neighbourhood.</source>
        <translation>体素与其邻域之间的快速变化。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/dicom_out/reading/importing.py"/>
        <source>Read back from the DICOM report {words} of ONFHAssist {version}.</source>
        <translation>由 ONFHAssist {version} 的 DICOM 报告读回，{words}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>Reader</source>
        <translation>阅片者</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/stage/readers_compared.py"/>
        <source>Reader {reader} read none of the {len} hips that were staged.</source>
        <translation>阅片者 {reader} 未判读 {len} 个已分期髋中的任何一个。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>Reading</source>
        <translation>判读</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/survival.py"/>
        <source>Reading the cohort</source>
        <translation>正在读取队列</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/validate_survival.py"/>
        <source>Reading the hips</source>
        <translation>正在读取髋</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/signature.py"/>
        <source>Reading {number} shares {len} hips with the first; at least 5 with the same case and side are needed for an ICC.</source>
        <translation>第 {number} 次读数与第一次共有 {len} 个髋；ICC 至少需要 5 个 case 和 side 相同的髋。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLab/training/own/lessons/heads.py"/>
        <location filename="../../ONFHAssistLab/training/own/lessons/outlines.py"/>
        <location filename="../../ONFHAssistLab/training/own/lessons/pictures.py"/>
        <location filename="../../ONFHAssistLab/training/own/lessons/stages.py"/>
        <location filename="../../ONFHAssistLab/training/own/unseen.py"/>
        <source>Reading {patient}</source>
        <translation>正在读取{patient}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <location filename="../../ONFHAssistLib/report/model_page.py"/>
        <source>Recall</source>
        <translation>召回率</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>Reject</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/development.py"/>
        <source>Removed from the clinical model by backward elimination: {listed}.</source>
        <translation>经向后剔除从临床模型中去掉：{listed}。</translation>
    </message>
    <message>
        <location filename="../../Resources/Models/backbone-resnet18/configs/metadata.json"/>
        <source>ResNet18 that tells stages 0, I and II on one slice; its average pooling gives DL_0 to DL_511.</source>
        <translation>ResNet18：在单个层面上区分 0、I、II 期；其平均池化给出 DL_0 至 DL_511。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/update/bundles.py"/>
        <source>Research and teaching. Not for decisions about a patient.</source>
        <translation>供研究和教学。不用于患者的决策。</translation>
    </message>
    <message>
        <location filename="../../Resources/Models/dlrc-xray/configs/metadata.json"/>
        <source>Research and teaching; a start for developing on a hospital's own patients. Not for decisions about a patient.</source>
        <translation>用于研究和教学；可作为用医院自己的患者开发模型的起点。不用于对患者作决定。</translation>
    </message>
    <message>
        <location filename="../../Resources/Models/dlr-mri/configs/metadata.json"/>
        <location filename="../../Resources/Models/rad-dlr-mri/configs/metadata.json"/>
        <source>Research and teaching; a start for training on a hospital's own patients. Not for diagnosis.</source>
        <translation>用于研究和教学；可作为用医院自己的患者训练的起点。不用于诊断。</translation>
    </message>
    <message>
        <location filename="../../Resources/Models/stage-onfhnet/configs/metadata.json"/>
        <source>Research on staging of early osteonecrosis, and a start for training on your own patients. Not for diagnosis, not for collapsed heads (stage III and later), prostheses, fractures or tumours.</source>
        <translation>用于早期股骨头坏死分期的研究，也可作为用您自己的患者训练的起点。不用于诊断，也不用于已塌陷的股骨头（III 期及以后）、假体、骨折或肿瘤。</translation>
    </message>
    <message>
        <location filename="../../Resources/Models/detector-3dc-yolox/configs/metadata.json"/>
        <location filename="../../Resources/Models/outliner-unet/configs/metadata.json"/>
        <source>Research, and a start for training on your own patients. Not for diagnosis.</source>
        <translation>用于研究，也可作为用您自己的患者训练的起点。不用于诊断。</translation>
    </message>
    <message>
        <location filename="../../Resources/Models/femur-unet/configs/metadata.json"/>
        <source>Research: the way of drill wires through the bone. Not for diagnosis, not for an operation.</source>
        <translation>研究用途：钻孔导针在骨内的路径。不用于诊断，不用于手术。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/native/prepare.py"/>
        <source>Resegmentation to {settings} ({mode}) leaves {count} voxels of the region.</source>
        <translation>按 {settings}（{mode}）重新分割后，区域剩 {count} 个体素。</translation>
    </message>
    <message>
        <location filename="../../Resources/Models/outliner-unet/configs/metadata.json"/>
        <source>Residual U-Net: outlines a femoral head and the necrosis in it, around a head that was found.</source>
        <translation>残差 U-Net：在已找到的股骨头周围勾画股骨头及其坏死灶。</translation>
    </message>
    <message>
        <location filename="../../Resources/Models/femur-unet/configs/metadata.json"/>
        <source>Residual U-Net: which voxels about a known femoral head are proximal femur.</source>
        <translation>残差U-Net：已知股骨头周围哪些体素属于股骨近端。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <location filename="../../ONFHAssistLib/report/course/page.py"/>
        <source>Right</source>
        <translation>右侧</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <location filename="../../ONFHAssistLib/followup/timeline.py"/>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <location filename="../../ONFHAssistLib/report/course/page.py"/>
        <source>Right hip</source>
        <translation>右髋</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/course/words.py"/>
        <source>Right hip, {date}</source>
        <translation>右髋，{date}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/course/words.py"/>
        <source>Right hip, {date}: how far the joint surface sank since {first}.</source>
        <translation>右髋，{date}：自 {first} 以来关节面下沉。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>Right hips are shown as right: the patient's right is on the left of each coronal and axial plane. Press ? for the keys.</source>
        <translation>右髋按右侧显示：每个冠状面和横断面上，患者的右侧在图的左边。按 ? 查看快捷键。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/parts.py"/>
        <source>Riley and Collins, Biom J 2023;65:2200302.</source>
        <translation>Riley 和 Collins，Biom J 2023;65:2200302。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_regression_page.py"/>
        <source>Risk</source>
        <translation>风险</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/external_survival_page.py"/>
        <source>Risk groups of {name}</source>
        <translation>{name} 的风险分组</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/external_survival_page.py"/>
        <source>Risk of collapse by {month} months</source>
        <translation>{month} 个月内塌陷的风险</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/survival.py"/>
        <source>Risk of collapse by {month} months from which one would act</source>
        <translation>采取行动的 {month} 个月内塌陷风险阈值</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_regression_page.py"/>
        <source>Risk over time, 95% bands by patients</source>
        <translation>风险随时间的变化，95% 带以患者为单位</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Roundness: 1 for a circle.</source>
        <translation>圆度：圆为 1。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Roundness: 1 for a sphere, smaller for any other shape.</source>
        <translation>圆度：球体为 1，其他形状更小。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/missing.py"/>
        <source>Row {index} has no value of anything that the model asks for; an imputation has nothing to learn from. Complete it or leave this hip out.</source>
        <translation>第 {index} 行没有模型所需的任何值；填补无从学习。请补全，或不纳入该髋。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/imputation.py"/>
        <source>Rubin's rules need two or more imputations, and there is {m}.</source>
        <translation>Rubin 规则需要两次或更多填补，现有 {m} 次。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/page.py"/>
        <source>Rules</source>
        <translation>规则</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Sameness of the grey levels: 1 where all voxels share one bin.</source>
        <translation>灰度级的一致性：全部体素同属一级时为 1。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Sameness of the pairs: large where few kinds of pairs repeat.</source>
        <translation>体素对的一致性：少数几种反复出现时数值大。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>Save decisions</source>
        <translation>保存判定</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>Scanner</source>
        <translation>扫描仪</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>Scanner {name}</source>
        <translation>扫描仪：{name}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>Schoenfeld test of the whole model: p {equals}.</source>
        <translation>全模型的 Schoenfeld 检验：p {equals}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/model_page.py"/>
        <source>Score {low}% as it stands, {high}% if the author can say yes to all that is open.</source>
        <translation>现得分 {low}%；若作者对所有待定项都能答“是”，则为 {high}%。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/dicom_out/reading/others.py"/>
        <source>Segment '{wanted}' of {path}, named as {NAMES}, is empty.</source>
        <translation>{path} 中指定为 {NAMES} 的分割段“{wanted}”为空。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <location filename="../../ONFHAssistLib/evaluate/figures/binary.py"/>
        <location filename="../../ONFHAssistLib/evaluate/figures/reporting.py"/>
        <location filename="../../ONFHAssistLib/report/model_page.py"/>
        <source>Sensitivity</source>
        <translation>敏感度</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_regression_page.py"/>
        <source>Sensitivity analysis: hazard ratios of Weibull models, intervals not clustered.</source>
        <translation>稳健性分析：Weibull 模型的风险比，区间未聚类。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/exam_sections.py"/>
        <source>Series of the examination</source>
        <translation>检查的序列</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_report.py"/>
        <source>Series of unknown sequence</source>
        <translation>成像序列未知</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/roles.py"/>
        <source>Series {join} cannot both be the reference; choose one.</source>
        <translation>序列 {join} 不能同时作为参考序列；请选择一个。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/doubt.py"/>
        <source>Series {numbers} differ by {format} in {name}.</source>
        <translation>序列 {numbers} 的{name}相差 {format}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/exam_sections.py"/>
        <source>Series {number}: {note}</source>
        <translation>序列 {number}：{note}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/followup/examinations.py"/>
        <source>Series {series} of {study} is another one than when it was examined; is this its study?</source>
        <translation>{study} 的序列 {series} 与处理时不同；这是它的检查吗？</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/followup/examinations.py"/>
        <source>Series {series} of {study} is not in its study any more; examine the study again.</source>
        <translation>{study} 的序列 {series} 已不在其检查中；请重新处理该检查。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/roles.py"/>
        <source>Series {wanted} cannot be the reference: {reason}</source>
        <translation>序列 {wanted} 不能作为参考序列：{reason}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/early.py"/>
        <location filename="../../ONFHAssistLib/evaluate/figures/reporting.py"/>
        <source>Sets that hold the truth</source>
        <translation>包含真实类别的集合</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/plan.py"/>
        <source>Setting</source>
        <translation>设置</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>Sex</source>
        <translation>性别</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>Sex {sex}</source>
        <translation>性别：{sex}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>Sex: female</source>
        <translation>性别：女</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>Sex: male</source>
        <translation>性别：男</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Share of bright runs.</source>
        <translation>亮游程的比例。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Share of bright voxels.</source>
        <translation>亮体素的比例。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Share of bright zones.</source>
        <translation>亮连通区的比例。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Share of dark runs.</source>
        <translation>暗游程的比例。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Share of dark voxels.</source>
        <translation>暗体素的比例。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Share of dark zones.</source>
        <translation>暗连通区的比例。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Share of small but real differences.</source>
        <translation>小而真实的差异所占的比例。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Share of the most frequent pair.</source>
        <translation>最常见体素对的比例。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Share of {thing} of great {size}: a coarse texture.</source>
        <translation>{size}大的{thing}所占比例：粗纹理。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Share of {thing} of small {size}: a fine texture.</source>
        <translation>{size}小的{thing}所占比例：细纹理。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Shorter axis of the ellipse that fits the outline.</source>
        <translation>拟合轮廓的椭圆的短轴。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Shortest axis of the ellipsoid that fits the region.</source>
        <translation>拟合区域的椭球的最短轴。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>Side</source>
        <translation>侧别</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/work.py"/>
        <source>Side {side}: series {number} could not be aligned and is left out: {failure}.</source>
        <translation>{side} 侧：序列 {number} 无法配准，未予采用：{failure}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/pipeline.py"/>
        <source>Side {side}: the field of view cuts the femoral head ({visible_share}% is inside); its volume and angles are incomplete, and its radius of {radius} mm {known}.</source>
        <translation>{side} 侧：视野截断了股骨头（{visible_share}% 在视野内）；其体积和角度不完整，其半径 {radius} mm {known}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/pipeline.py"/>
        <source>Side {side}: the hip is replaced by a prosthesis; there is no femoral head to outline.</source>
        <translation>{side} 侧：该髋已行假体置换；没有可勾画的股骨头。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/work.py"/>
        <source>Side {side}: the reference does not show this hip; it is put where series {number} has it.</source>
        <translation>{side} 侧：参考序列未显示该髋；按序列 {number} 中的位置放置。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/outlines.py"/>
        <source>Side {side}: the series together show no head; the outline of one of them is used.</source>
        <translation>{side} 侧：综合各序列未见股骨头；采用其中一个序列的轮廓。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>Side: L</source>
        <translation>侧别：L</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>Side: R</source>
        <translation>侧别：R</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/catalogue.py"/>
        <source>Size and form of the outline in one plane.</source>
        <translation>一个平面内轮廓的大小和形状。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/catalogue.py"/>
        <source>Size and form of the outline; grey values play no part.</source>
        <translation>轮廓的大小和形状；与灰度值无关。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Size of the grey values, independent of the number of voxels.</source>
        <translation>灰度值的大小，与体素数无关。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Skewness and asymmetry of pairs, tails weighted most.</source>
        <translation>体素对的偏度和不对称性，尾部权重最大。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/slicer_radiomics.py"/>
        <source>SlicerRadiomics answered '{text}' for the feature {name}, not a number; look into its log.</source>
        <translation>SlicerRadiomics对特征{name}返回"{text}"，不是数字；请查看其日志。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/slicer_radiomics.py"/>
        <source>SlicerRadiomics answered no features; its log in Slicer says why.</source>
        <translation>SlicerRadiomics未返回特征；原因见Slicer中的日志。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/model_page.py"/>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>Slope</source>
        <translation>斜率</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/survival.py"/>
        <source>Smooth, 95% band</source>
        <translation>平滑曲线，95% 带</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/model_page.py"/>
        <source>Specificity</source>
        <translation>特异度</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>Spread</source>
        <translation>离散度</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Spread of the grey values (deprecated: the root of Variance).</source>
        <translation>灰度值的离散程度（已弃用：Variance 的平方根）。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Spread of the middle half of the grey values.</source>
        <translation>灰度值中间一半的离散程度。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>Spread: standard deviation between the networks. Unlike training: over 1 the hip is unlike those that the networks learned from.</source>
        <translation>离散度：各网络之间的标准差。与训练的差异：大于 1 表示该髋与网络学习过的髋不相似。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/catalogue.py"/>
        <source>Square root of the grey values: contrast of the dark part.</source>
        <translation>灰度值的平方根：暗部的对比。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Squared spread of the grey values.</source>
        <translation>灰度值离散程度的平方。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/early.py"/>
        <source>Stability of single answers</source>
        <translation>单个答案的稳定性</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/series/groups.py"/>
        <source>Stack {stack} of {len} ({stack_words}) was read.</source>
        <translation>读取了 {len} 个堆栈中的堆栈 {stack}（{stack_words}）。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <location filename="../../ONFHAssistLib/report/case_report.py"/>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>Stage</source>
        <translation>分期</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>Stage (modified Ficat-Arlet 0, I, II)</source>
        <translation>分期（改良 Ficat-Arlet 0、I、II）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/worklist.py"/>
        <source>Stage I or II.</source>
        <translation>分期 I 或 II。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/worklist.py"/>
        <source>Stage withheld: out of scope.</source>
        <translation>分期不予给出：超出适用范围。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_report.py"/>
        <source>Stage {stage}</source>
        <translation>分期 {stage}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_report.py"/>
        <source>Stage: no answer</source>
        <translation>分期：不作回答</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/stage/stager.py"/>
        <source>Staging hip {side}</source>
        <translation>正在对 {side} 髋分期</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/catalogue.py"/>
        <source>Steepness of the grey values: edges of any direction.</source>
        <translation>灰度值的陡度：任意方向的边缘。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLab/training/own/loop.py"/>
        <source>Step {step} of {steps}: loss {loss}</source>
        <translation>第{step}步，共{steps}步：损失{loss}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/exam_sections.py"/>
        <source>Subchondral fracture line</source>
        <translation>软骨下骨折线</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/early.py"/>
        <location filename="../../ONFHAssistLib/develop/reporting/parts.py"/>
        <location filename="../../ONFHAssistLib/develop/reporting/survival.py"/>
        <source>Subgroups</source>
        <translation>亚组</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Surface of the region.</source>
        <translation>区域的表面积。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/course/page.py"/>
        <source>Surface sunk</source>
        <translation>关节面下沉</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_report.py"/>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>Survival</source>
        <translation>生存</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>Symptom months</source>
        <translation>症状月数</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>Symptom months &gt;= {cut}</source>
        <translation>症状月数 ≥ {cut}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>Symptom months under {cut}</source>
        <translation>症状月数 &lt; {cut}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>Symptom months {cut} or more</source>
        <translation>症状月数 ≥ {cut}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>T1-weighted</source>
        <translation>T1 加权</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>T1-weighted (T1)</source>
        <translation>T1 加权（T1）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>T2-weighted</source>
        <translation>T2 加权</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>T2-weighted (T2)</source>
        <translation>T2 加权（T2）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/node/archives/address.py"/>
        <source>TLS cannot be set up with {files} ({name__}); PEM files that belong together are expected.</source>
        <translation>无法用 {files} 设置 TLS（{name__}）；应为相互配套的 PEM 文件。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/node/archives/address.py"/>
        <source>TLS of the node needs 'certificate' and 'key' of its own, and the 'authority' of those that may call.</source>
        <translation>节点的 TLS 需要自己的“certificate”和“key”，以及允许呼叫者的“authority”。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/early.py"/>
        <location filename="../../ONFHAssistLib/develop/reporting/parts.py"/>
        <location filename="../../ONFHAssistLib/develop/reporting/survival.py"/>
        <source>Table 1</source>
        <translation>表 1</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/early.py"/>
        <source>Table 1 by outcome and by part, with tests and standardised differences</source>
        <translation>表 1 按结局和部分列出，附检验和标准化差异</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/survival.py"/>
        <source>Table 1 by outcome, with tests and standardised differences</source>
        <translation>表 1 按结局列出，附检验和标准化差异</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/stage/temperature.py"/>
        <source>Temperature scaling needs logits of members x hips x classes for the {len} validation hips; they have shape {shape}.</source>
        <translation>温度校准需要 {len} 个验证髋的 成员 x 髋 x 类别 的 logit 值；其形状为 {shape}。</translation>
    </message>
    <message>
        <location filename="../../Resources/Models/dlr-published/configs/metadata.json"/>
        <source>The 12 printed terms and the intercept. The mean and standard deviation of the features and the weights of the network behind DL_115 to DL_508 were never published, so no probability can be computed.</source>
        <translation>论文所印的 12 项和截距。特征的均值和标准差以及 DL_115 至 DL_508 所用网络的权重从未发表，因此无法计算概率。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/published/findings.py"/>
        <source>The ARCO stage {arco} is not one of {join}, the stages that the study drilled; the model does not apply to other stages.</source>
        <translation>ARCO 分期 {arco} 不属于该研究钻孔的分期 {join}；模型不适用于其他分期。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/model_page.py"/>
        <source>The AUC is the mean of the folds', since scores of different folds come from different models; its interval knows that training parts share cases.</source>
        <translation>AUC 为各折的均值，因为不同折的分数来自不同模型；其区间考虑了训练部分共用病例。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/planning/development.py"/>
        <location filename="../../ONFHAssistLib/evaluate/planning/external.py"/>
        <source>The C statistic is {c_statistic}; a number between 0.5 and 1 is needed.</source>
        <translation>C 统计量为 {c_statistic}；需要 0.5 与 1 之间的数。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/cox/model.py"/>
        <source>The Cox model is damaged (its numbers do not fit together); fit it again.</source>
        <translation>Cox 模型已损坏（其数值不相容）；请重新拟合。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/cox/model.py"/>
        <source>The Cox model is damaged ({error}); fit it again or take another copy.</source>
        <translation>Cox 模型已损坏（{error}）；请重新拟合，或取另一副本。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/side.py"/>
        <source>The DICOM header says side {stated} but the head lies {abs} mm to the patient's {where}; {stated_} was taken, please check.</source>
        <translation>DICOM 头信息的侧别为 {stated}，但股骨头位于患者 {where} {abs} mm 处；取为 {stated_}，请核对。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/side.py"/>
        <source>The DICOM header says side {stated}, but the image shows both hips and this head is the {where} one; {by_position} was taken, please check.</source>
        <translation>DICOM 头信息的侧别为 {stated}，但图像显示双髋，且该股骨头为 {where} 者；取为 {by_position}，请核对。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/dicom_out/reading/importing.py"/>
        <source>The DICOM objects in {folder} are damaged ({what}); take them from the archive again.</source>
        <translation>{folder} 中的 DICOM 对象已损坏（{what}）；请从存档重新取出。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/run/cluster.py"/>
        <location filename="../../ONFHAssistLib/core/parallel.py"/>
        <source>The Dask cluster has no workers; start one with 'dask worker ADDRESS'.</source>
        <translation>Dask 集群没有工作进程；请用“dask worker ADDRESS”启动一个。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/run/cluster.py"/>
        <source>The Dask scheduler does not answer; waiting for it</source>
        <translation>Dask 调度器没有应答；正在等待</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/run/cluster.py"/>
        <source>The Dask scheduler went away and did not come back; every case that was finished is kept, start again.</source>
        <translation>Dask 调度器中断且未恢复；已完成的病例都保留着，请重新开始。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/deep.py"/>
        <source>The ImageNet weights come from {IMAGENET_URL}; agree to the download or give the file.</source>
        <translation>ImageNet 权重来自 {IMAGENET_URL}；请同意下载，或给出该文件。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/core/errors.py"/>
        <source>The Python package '{package}' is needed to {purpose}; install it and try again.</source>
        <translation>需要 Python 软件包“{package}”才能 {purpose}；请安装后重试。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/run/cluster.py"/>
        <source>The Python package '{package}' is needed to {purpose}; install it with: pip install 'onfhassist[cluster]'.</source>
        <translation>{purpose} 需要 Python 软件包“{package}”；安装命令：pip install 'onfhassist[cluster]'。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/regress/models.py"/>
        <source>The Weibull models do not converge; leave out findings that nearly separate the hips with an event.</source>
        <translation>Weibull 模型不收敛；请去掉几乎将有事件的髋完全分开的所见。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/measure/acetabulum.py"/>
        <source>The acetabular edge {side} cannot be found where marrow is not brighter than muscle, as with fat suppression; mark it by hand or take a T1 or T2 series without it.</source>
        <translation>骨髓信号不高于肌肉时（如脂肪抑制），无法找到 {side} 侧髋臼缘；请手动标记，或选用无脂肪抑制的 T1 或 T2 序列。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/measure/acetabulum.py"/>
        <source>The acetabular edge {side} is not clear on this image; mark it by hand.</source>
        <translation>该图像上 {side} 侧髋臼缘不清楚；请手动标记。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/measurements.py"/>
        <source>The acetabular edge {side} was marked on series {number}, in which this hip was not aligned; it was not taken.</source>
        <translation>{side} 侧髋臼缘标记在序列 {number} 上，该髋未在其中配准；未予采用。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/examine.py"/>
        <source>The acetabular edge {side} was marked on series {series}, which this examination does not have; it has {join}.</source>
        <translation>{side} 侧髋臼缘标记在序列 {series} 上，而本次检查没有该序列；现有 {join}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/measurements.py"/>
        <source>The acetabular edge {side} was not looked for: {why}.</source>
        <translation>未查找 {side} 侧髋臼缘：{why}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/examine.py"/>
        <source>The acetabular edge {side} was not used: no series shows that femoral head whole.</source>
        <translation>未使用 {side} 侧髋臼缘：没有序列完整显示该股骨头。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/measure/findings.py"/>
        <source>The acetabular edge {side} was read off axial slices {sliced_spacing} mm apart, which blur the roof: check it on the image.</source>
        <translation>{side} 侧髋臼缘读自层距 {sliced_spacing} mm 的横断面，髋臼顶因此模糊：请在图像上核对。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/measure/arcs.py"/>
        <source>The acetabular edge {tuple} of side {side} does not lie above the head centre; set it to the lateral end of the acetabular roof.</source>
        <translation>{side} 侧的髋臼缘 {tuple} 不在股骨头中心上方；请将其放在髋臼顶外缘。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/measure/acetabulum.py"/>
        <source>The acetabular roof {side} lies outside the image; mark its edge by hand.</source>
        <translation>{side} 侧髋臼顶位于图像之外；请手动标记其外缘。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/selection/steps.py"/>
        <source>The adjustment of p-values is '{adjust}'; it must be None or 'bh'.</source>
        <translation>p 值的校正方法为“{adjust}”；必须为 None 或 'bh'。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/followup/compare.py"/>
        <source>The alignment rests on one pair of series, which nothing confirms.</source>
        <translation>对齐只依据一对序列，没有其他佐证。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/performance.py"/>
        <source>The apparent C-index of the {name} model, {value}, is optimistic by {gap}: on hips that were not used to develop it, it is {value_}.</source>
        <translation>{name} 模型的表观 C 指数 {value} 偏乐观 {gap}：在未用于开发的髋上为 {value_}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/run/archive.py"/>
        <source>The archive {name} has no study for what was asked; ask for another date or patient.</source>
        <translation>存档 {name} 中没有所查询的检查；请查询其他日期或患者。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/geometry.py"/>
        <source>The axes of {name} are skewed: they stand {skew} degrees off right angles, and {MAX_SKEW_DEG} degrees are accepted (a tilted gantry, or a registration with shear); resample the image to a regular grid first.</source>
        <translation>{name} 的轴倾斜：偏离直角 {skew} 度，而可接受 {MAX_SKEW_DEG} 度（机架倾斜，或带剪切的配准）；请先将图像重采样到规则网格。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/geometry.py"/>
        <source>The axes of {name} stand {skew} degrees off right angles and were set upright.</source>
        <translation>{name} 的轴偏离直角 {skew} 度，已校正。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/dicom_loaded.py"/>
        <source>The axes of {name} stand {turned} degrees off those in the headers of its files; check the sides.</source>
        <translation>{name} 的轴与其文件头信息相差 {turned} 度；请核对侧别。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/early/predictor.py"/>
        <source>The backbone {name} ({sha256}) is not the one that the bundle {name_} was trained with ({str}); train the bundle again.</source>
        <translation>主干网络 {name}（{sha256}）不是模型包 {name_} 训练时所用的（{str}）；请重新训练模型包。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLab/training/own/lessons/pictures.py"/>
        <source>The backbone {name} does not tell stages 0, I and II; start from one that does.</source>
        <translation>主干网络{name}不区分 0、I、II 期；请从能区分的开始。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/native/discretise.py"/>
        <source>The bin width {get} gives {len} grey levels; choose a wider one.</source>
        <translation>灰度级宽 {get} 产生 {len} 个灰度级；请选择更宽的。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/image.py"/>
        <source>The box from {tuple} to {tuple_} lies outside the image of size {size}.</source>
        <translation>从 {tuple} 到 {tuple_} 的边框位于大小为 {size} 的图像之外。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/early/predictor.py"/>
        <source>The bundle {name} does not say which backbone made its deep features; it answers for tables of features that were extracted with it, not for images.</source>
        <translation>模型包 {name} 未说明其深度特征由哪个主干网络提取；它只对用该网络提取的特征表作答，不对图像作答。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/early/predictor.py"/>
        <source>The bundle {name} has a model for each kind of sequence; say which image it is.</source>
        <translation>模型包 {name} 对每类成像序列各有一个模型；请说明图像属于哪一类。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/bundles/accepting.py"/>
        <source>The bundle {name} states no kind; train it anew with this version.</source>
        <translation>模型包{name}未说明类型；请用此版本重新训练。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/early/predictor.py"/>
        <source>The bundle {name} was trained with a preset of its own ({str}); it answers for tables of features that were extracted with it, not for images.</source>
        <translation>模型包 {name} 用其自有的预设（{str}）训练；它只对用该预设提取的特征表作答，不对图像作答。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/detector.py"/>
        <source>The bundle's network is '{get}'; a detector needs 'yolox_3d'.</source>
        <translation>模型包的网络为“{get}”；检测器需要“yolox_3d”。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/femur.py"/>
        <source>The bundle's network is '{get}'; a femur finder needs 'unet_3d_femur'.</source>
        <translation>模型包的网络为"{get}"；股骨分割器需要"unet_3d_femur"。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/outliner.py"/>
        <source>The bundle's network is '{get}'; an outliner needs 'unet_3d_outliner'.</source>
        <translation>模型包的网络为“{get}”；勾画网络需要“unet_3d_outliner”。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/case/steps.py"/>
        <source>The case has no outlined radiograph.</source>
        <translation>该病例没有已勾画的 X 线片。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/dicom_out/objects/structured_report.py"/>
        <source>The case holds neither outlines nor answers; work it up before it is exported.</source>
        <translation>此病例既无轮廓也无结果；导出前请先处理。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/dicom_out/objects/export.py"/>
        <source>The case in {folder} holds several PDF documents ({names}); name one.</source>
        <translation>{folder} 中的病例有多个 PDF 文件（{names}）；请指定一个。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/dicom_out/objects/export.py"/>
        <source>The case in {folder} was worked up from a file that is no DICOM series (NIfTI, NRRD or a series without identifiers); DICOM objects need the patient, study and frame of reference of one. Work the DICOM series up and export that case.</source>
        <translation>{folder} 中的病例由非 DICOM 序列的文件处理而来（NIfTI、NRRD 或没有标识的序列）；DICOM 对象需要患者、检查和参考坐标系。请处理 DICOM 序列后导出该病例。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/dicom_out/objects/export.py"/>
        <source>The case in {folder} was worked up on given outlines, which it does not hold; name their file.</source>
        <translation>{folder} 中的病例使用给定的轮廓处理，但其中没有保存；请指明轮廓文件。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/case/result.py"/>
        <source>The case result has the schema {schema}; this version reads '{SCHEMA}'.</source>
        <translation>病例结果的格式版本为 {schema}；本版本读取“{SCHEMA}”。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/case/result.py"/>
        <source>The case result is not valid JSON ({error}); it may be cut short.</source>
        <translation>病例结果不是有效的 JSON（{error}）；可能不完整。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/folder.py"/>
        <source>The case {key} has no {CASE_FILE}; its run was not finished, so run the cohort again.</source>
        <translation>病例 {key} 没有 {CASE_FILE}；其运行未完成，请重新运行队列。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/folder.py"/>
        <source>The case {key} has no {RESULT_FILE}; run the cohort again.</source>
        <translation>病例 {key} 没有 {RESULT_FILE}；请重新运行队列。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/sphere_tool.py"/>
        <source>The centre {point} (LPS, mm) lies outside the image.</source>
        <translation>中心 {point}（LPS，mm）位于图像之外。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/node/archives/web.py"/>
        <source>The certificate of {name} is not trusted; name its 'authority'.</source>
        <translation>{name} 的证书不受信任；请指明其“authority”。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/sphere_tool.py"/>
        <source>The circle tool works on a single radiograph, this image has {shape} slices.</source>
        <translation>圆形工具用于单张 X 线片，该图像有 {shape} 层。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/classifiers.py"/>
        <source>The classifier '{key}' is not known; choose from {join}.</source>
        <translation>未知的分类器“{key}”；请从 {join} 中选择。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/calibration.py"/>
        <source>The classifier is calibrated already.</source>
        <translation>该分类器已经校准。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/models.py"/>
        <source>The clinical table and the feature tables have different numbers of rows.</source>
        <translation>临床表格与特征表格的行数不同。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/cox/clinical_selection.py"/>
        <source>The clinical table lacks the column '{missing}'; add it, or develop without it.</source>
        <translation>临床表格缺少列“{missing}”；请添加，或不用它进行开发。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/cox/clinical_selection.py"/>
        <source>The clinical table lacks the column '{name}'; add it, or develop without it.</source>
        <translation>临床表格缺少列“{name}”；请添加，或不用它进行开发。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/server.py"/>
        <source>The cohort has no hip {case} {side}.</source>
        <translation>队列中没有髋 {case} {side}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/cohort_table.py"/>
        <source>The cohort has no {WORDS}: their signature is missing, and no model uses it.</source>
        <translation>队列没有 {WORDS}：缺少其标签，没有模型使用它。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/cohort.py"/>
        <source>The cohort has {n} outcomes and {size} rows of '{name}'; give one row a hip.</source>
        <translation>队列有 {n} 个结局，而“{name}”有 {size} 行；请每个髋一行。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/case/cohort_features.py"/>
        <source>The cohort lacks the column '{absent}'; it has {join}.</source>
        <translation>队列缺少列“{absent}”；现有 {join}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/cohort.py"/>
        <source>The cohort table lacks the column '{missing}'; add it or name another.</source>
        <translation>队列表格缺少列“{missing}”；请添加，或指定其他列。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/cohort.py"/>
        <source>The cohort table {path} does not exist.</source>
        <translation>队列表格 {path} 不存在。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/folder.py"/>
        <source>The cohort {path} has no case '{key}'.</source>
        <translation>队列 {path} 没有病例“{key}”。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/checks.py"/>
        <source>The column '{PRESET_COLUMN}' holds {len} different presets ({found}, {found_}); extract all cases with one preset.</source>
        <translation>列“{PRESET_COLUMN}”含有 {len} 个不同的预设（{found}、{found_}）；请用同一预设提取全部病例。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/selection/components.py"/>
        <source>The column '{column}' has missing values, which components cannot take; extract these hips again.</source>
        <translation>列“{column}”有缺失值，无法计算主成分；请重新提取这些髋。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/early/develop.py"/>
        <source>The column '{column}' has missing values, which harmonisation cannot take; drop it.</source>
        <translation>列“{column}”有缺失值，无法校正；请去掉该列。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/published/findings.py"/>
        <source>The combined necrotic angle {angle_deg} is not between 0 and 360 degrees; give the sum of the two necrotic arcs, at most 180 degrees each.</source>
        <translation>联合坏死角 {angle_deg} 不在 0 至 360 度之间；请给出两个坏死角之和，每个至多 180 度。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/decisions.py"/>
        <source>The comment on {case} {side} holds half a character; type it again.</source>
        <translation>对 {case} {side} 的备注含有不完整的字符；请重新输入。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/selection/components.py"/>
        <source>The components of the model need a finite mean, a positive scale and {k} weights of each of {q} deep features.</source>
        <translation>模型的主成分需要 {q} 个深度特征各自的有限均值、正的尺度和 {k} 个权重。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/worker/server.py"/>
        <source>The computer has not enough memory for this step; close other programs or crop the image.</source>
        <translation>计算机内存不足以完成这一步；请关闭其他程序或裁剪图像。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/planning/development.py"/>
        <source>The concordance is {c_index}; a number between 0.5 and 1 is needed.</source>
        <translation>一致性为 {c_index}；需要 0.5 与 1 之间的数。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/node/archives/dimse.py"/>
        <source>The connection to {name} broke at {name_}; {number} of {len} objects arrived.</source>
        <translation>与 {name} 的连接在 {name_} 处中断；{len} 个对象中到达 {number} 个。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/node/archives/dimse.py"/>
        <source>The connection to {name} broke during the {what}.</source>
        <translation>与 {name} 的连接在{what}时中断。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/masks/contours.py"/>
        <source>The contours of '{name}' in {path} lie on every {min}. slice of the image only; they were drawn on another series, give that one.</source>
        <translation>{path} 中“{name}”的轮廓线只位于图像的每第 {min} 层；它们是在另一序列上绘制的，请给出该序列。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/masks/contours.py"/>
        <source>The contours of '{name}' in {path} were drawn in another plane than the slices of the image; give the series on which they were drawn.</source>
        <translation>{path} 中“{name}”的轮廓线绘制于与图像层面不同的平面；请给出绘制它们的序列。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/training_rows.py"/>
        <source>The corrected outlines {path} are gone; confirm {key} again as {reader}.</source>
        <translation>修改后的轮廓 {path} 已不存在；请以 {reader} 的身份重新确认 {key}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/corrections.py"/>
        <source>The corrected outlines {path} are not there any more; take the correction of {key} {side} back, or bring the file back.</source>
        <translation>修改后的轮廓 {path} 已不存在；请撤回 {key} {side} 的修改，或把文件放回。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/training_rows.py"/>
        <source>The corrected outlines {path} were changed since {reader} confirmed them; confirm again.</source>
        <translation>修改后的轮廓 {path} 在 {reader} 确认之后又有改动；请重新确认。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/training_rows.py"/>
        <source>The correction of {key} {side} by {reader} is not in the database; confirm it again.</source>
        <translation>{reader} 对 {key} {side} 的修改不在数据库中；请重新确认。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/planning/criteria.py"/>
        <source>The correlation of the hips of a patient is {correlation}; 0 to 1 is accepted.</source>
        <translation>同一患者两髋的相关为 {correlation}；可接受 0 至 1。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/cox/lasso_cox.py"/>
        <source>The covariates have shape {shape}; give {len} rows and at least one column.</source>
        <translation>协变量的形状为 {shape}；请给出 {len} 行和至少一列。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/binary/comparison.py"/>
        <source>The cuts {list} of the risk categories must rise and lie between 0 and 1.</source>
        <translation>风险类别的界值 {list} 应递增且在 0 与 1 之间。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/decisions.py"/>
        <source>The decision on {case} {side} is '{kind}', not one of {KINDS}.</source>
        <translation>对 {case} {side} 的判定为“{kind}”，不属于 {KINDS}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>The decision on {hip} was not kept: {why}</source>
        <translation>对 {hip} 的判定未能保存：{why}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/early/external_validation.py"/>
        <source>The deep features were made with the backbone {found}, the bundle {name} was trained with {wanted}; extract them again with the backbone of the bundle.</source>
        <translation>深度特征由主干网络 {found} 提取，而模型包 {name} 用 {wanted} 训练；请用模型包的主干网络重新提取。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/parts.py"/>
        <source>The development was repeated on bootstrap samples of patients, and every model answered for every hip. A model can be right on the whole and still give one hip an answer that other hips would have changed.</source>
        <translation>在患者的自助样本上重复建模，每个模型都对每个髋作答。模型可能总体正确，却仍会对某个髋给出换一批髋就会改变的答案。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/image.py"/>
        <source>The direction of the image is not a rotation or reflection; its axes are skewed.</source>
        <translation>图像的方向不是旋转或反射；其轴倾斜。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/dlr.py"/>
        <source>The diseased hips here are simulated, or real ones with painted disease: no patient with osteonecrosis stands behind them, and the figures say little about patients.</source>
        <translation>这里的患髋是模拟的，或是在真实髋上绘制的病变：背后没有股骨头坏死患者，这些数字对患者说明不了什么。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/run/folder.py"/>
        <source>The disk of {folder} is full; every case and step that was finished is kept, so make room and start again.</source>
        <translation>{folder} 所在磁盘已满；已完成的病例和步骤都保留着，请腾出空间后重新开始。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/drilling/anatomy.py"/>
        <source>The edge of the image cuts the shaft of the femur {side} lengthwise, so that neither its axis nor its lateral cortex is known; give an image that shows all of its breadth.</source>
        <translation>图像边缘纵向切过{side}侧股骨干，其轴线和外侧皮质均无法确定；请提供能显示股骨干全宽的图像。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/radiomics.py"/>
        <source>The engine {engine} is unknown; choose native or pyradiomics.</source>
        <translation>未知的引擎 {engine}；请选择 native 或 pyradiomics。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/portable_models.py"/>
        <source>The entry '{name}' of the model file does not hold numbers ({error}).</source>
        <translation>模型文件的条目“{name}”不是数字（{error}）。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/node/archives/address.py"/>
        <source>The environment variable {environment} is to hold a secret and is empty; set it.</source>
        <translation>环境变量 {environment} 应为密钥，但它为空；请设置。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/checks.py"/>
        <source>The feature '{column}' is missing for case {case}; extract that case again.</source>
        <translation>病例 {case} 缺少特征“{column}”；请重新提取该病例。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/signature.py"/>
        <source>The feature '{text}' holds text; leave this column out of the features.</source>
        <translation>特征“{text}”含有文字；请从特征中去掉该列。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/feature_table.py"/>
        <source>The feature files were made with {len} different presets ({found}, {found_}); extract all with one preset.</source>
        <translation>特征文件用 {len} 个不同的预设（{found}、{found_}）生成；请用同一预设提取全部。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/feature_table.py"/>
        <source>The feature group '{group}' is not known; choose from {join}.</source>
        <translation>未知的特征组“{group}”；请从 {join} 中选择。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/early/develop.py"/>
        <source>The feature group '{name}' has no columns; name some or leave the group out.</source>
        <translation>特征组“{name}”没有列；请指定列或去掉该组。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/early/develop.py"/>
        <source>The feature group '{name}' names the column '{absent}', which the feature table lacks.</source>
        <translation>特征组“{name}”指定了列“{absent}”，而特征表中没有。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_maps.py"/>
        <source>The feature map was cancelled.</source>
        <translation>分布图已取消。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/cohort.py"/>
        <source>The feature set '{min}' is not one of {join}.</source>
        <translation>特征集“{min}”不属于 {join}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/selection/components.py"/>
        <source>The feature table has no column that starts with '{prefix}'; extract deep features.</source>
        <translation>特征表没有以“{prefix}”开头的列；请提取深度特征。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/selection/selection_log.py"/>
        <source>The feature table lacks the column '{absent}' that the model uses; extract it first.</source>
        <translation>特征表缺少模型使用的列“{absent}”；请先提取。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/selection/selection_log.py"/>
        <source>The feature table lacks the column '{absent}' that the selection was fitted on.</source>
        <translation>特征表缺少特征选择拟合时所用的列“{absent}”。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/selection/components.py"/>
        <source>The feature table lacks the column '{absent}'; extract deep features with the same backbone.</source>
        <translation>特征表缺少列“{absent}”；请用相同的主干网络提取深度特征。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/checks.py"/>
        <source>The feature table lacks the column '{absent}'{more} that the model '{model}' uses; extract with the preset of the model.</source>
        <translation>特征表缺少模型“{model}”使用的列“{absent}”{more}；请用模型的预设提取。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/checks.py"/>
        <source>The feature table was extracted with the preset {theirs}, the model '{model}' was trained with {preset_sha256}; extract again with the preset of the model.</source>
        <translation>特征表以预设 {theirs} 提取，而模型“{model}”用 {preset_sha256} 训练；请用模型的预设重新提取。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/update/bundles.py"/>
        <source>The features and their choice are the parent's.</source>
        <translation>特征及其选择沿用上级模型。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/portable_classifier.py"/>
        <source>The features of the model '{name}' do not end in those of its components.</source>
        <translation>模型“{name}”的特征不以其主成分的特征结尾。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/update/closed_test.py"/>
        <source>The features separate the hips with the outcome from the rest; a refit has no finite coefficients here.</source>
        <translation>特征把有结局的髋与其余髋完全分开；此处重新拟合没有有限的系数。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/head_sphere.py"/>
        <source>The femoral head {side} has {len} surface points; a sphere needs at least 30: outline it further.</source>
        <translation>股骨头 {side} 有 {len} 个表面点；球体至少需要 30 个：请进一步勾画。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/measure/hip.py"/>
        <source>The femoral head {side} lies at x = {centre} mm, on the other side of the midline at x = {midline_x} mm; exchange the sides of the segmentation.</source>
        <translation>股骨头 {side} 位于 x = {centre} mm，在中线 x = {midline_x} mm 的另一侧；请交换分割的侧别。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/drilling/plan.py"/>
        <source>The femur {side} that was found covers {covered} of the outlined head, and a plan needs {LEAST_COVER}; outline the femur by hand and give it.</source>
        <translation>找到的{side}侧股骨覆盖已勾画股骨头的 {covered}，而计划需要 {LEAST_COVER}；请手工勾画股骨并给出。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/drilling/plan.py"/>
        <source>The femur {side} was found by a network that learned from simulated patients; look at its outline before you rely on the plan, or give one of your own.</source>
        <translation>股骨 {side} 由在模拟患者上学习的网络找到；采用规划之前请查看其轮廓，或给出自己的轮廓。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/bundles/scope.py"/>
        <source>The field of view is {min} mm along one axis; below {least} mm a femoral head may be cut off.</source>
        <translation>某一方向的视野为 {min} mm；小于 {least} mm 时股骨头可能被截断。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/binary.py"/>
        <source>The figure {name} should end in .png, .svg, .pdf or .tif.</source>
        <translation>图 {name} 应以 .png、.svg、.pdf 或 .tif 结尾。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/update/bundles.py"/>
        <source>The figures are of the hips that it was updated on, so those after the update are a little too good. Judge it on the next patients.</source>
        <translation>这些数字来自更新所用的髋，因此更新后的数字略偏好。请在以后的患者上评判。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/detector.py"/>
        <source>The file states no side and the head lies near the scanner's middle; {side} was taken from the anatomy, please check.</source>
        <translation>文件未说明侧别，且股骨头靠近扫描仪中央；根据解剖取为 {side}，请核对。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/cox/model.py"/>
        <source>The file {path} cannot be read; check the path.</source>
        <translation>文件 {path} 无法读取；请检查路径。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/cox/model.py"/>
        <source>The file {path} is not JSON; choose a model that ONFHAssist wrote.</source>
        <translation>文件 {path} 不是 JSON；请选择由 ONFHAssist 写出的模型。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/series/header.py"/>
        <source>The files of this series are of several sequences: {listing}; no sequence is taken from them.</source>
        <translation>该序列的文件属于多种成像序列：{listing}；不从中取成像序列。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/dicom.py"/>
        <source>The files state no Series Instance UID; they were taken for one series.</source>
        <translation>文件未说明 Series Instance UID；按一个序列处理。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/node/archives/address.py"/>
        <source>The first line of {file} is to hold a secret and is empty.</source>
        <translation>{file} 的第一行应为密钥，但它为空。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/table.py"/>
        <source>The folder holds series of more than one patient or date: {listed} and {listed_} differ in {differ}; take one of them out, or name the reference series.</source>
        <translation>文件夹中有不止一名患者或一个日期的序列：{listed} 与 {listed_} 的 {differ} 不同；请移出其中之一，或指定参考序列。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/case/result.py"/>
        <source>The folder {folder} holds no {FILE}; 'onfh run IMAGE --out {folder_}' writes one.</source>
        <translation>文件夹 {folder} 中没有 {FILE}；“onfh run IMAGE --out {folder_}”会写出它。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/run/folder.py"/>
        <location filename="../../ONFHAssistLib/extract/cohort.py"/>
        <source>The folder {out} cannot be made: {strerror}.</source>
        <translation>无法建立文件夹 {out}：{strerror}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/calculator.py"/>
        <source>The folder {path} holds no developed survival model (models/dlrc.json); choose another.</source>
        <translation>文件夹 {path} 中没有开发的生存模型（models/dlrc.json）；请选择其他文件夹。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/run/sources.py"/>
        <source>The folders {owners} and {case} hold the same study; give the folder above the examination, in which every folder is a study.</source>
        <translation>文件夹 {owners} 和 {case} 含有同一次检查；请给出检查之上的文件夹，其中每个子文件夹为一次检查。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/drilling/plan.py"/>
        <source>The given outline of the femur {side} covers {covered} of the outlined head, and a plan needs {LEAST_COVER}; correct one of them.</source>
        <translation>给出的{side}侧股骨轮廓覆盖已勾画股骨头的 {covered}，而计划需要 {LEAST_COVER}；请修正其中之一。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/drilling/anatomy.py"/>
        <source>The greater trochanter {side} cannot be made out; correct the outline of the femur.</source>
        <translation>无法辨认股骨 {side} 的大转子；请修改股骨轮廓。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/drilling/anatomy.py"/>
        <source>The greater trochanter {side} reaches the edge of the image, so that its tip is not known, from which entries are measured; give an image that shows all of it.</source>
        <translation>{side}侧大转子到达图像边缘，其尖端未知，而入点以此为起点测量；请提供能完整显示大转子的图像。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/harmonisation.py"/>
        <source>The harmonisation of the model needs one finite factor and shift a scanner and feature.</source>
        <translation>模型的校正需要每个扫描仪和特征各一个有限的系数和偏移。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/side.py"/>
        <source>The head lies {abs} mm from the assumed midline and the file states no side; side {by_position} was taken, please check.</source>
        <translation>股骨头距假定中线 {abs} mm，且文件未说明侧别；取为 {by_position}，请核对。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/corrections.py"/>
        <source>The head {side} of {key} is empty now; outline it, or reject the hip.</source>
        <translation>{key} 的股骨头 {side} 现在为空；请勾画它，或拒绝该髋。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/doubt.py"/>
        <source>The head's surface lies {value} mm off its sphere.</source>
        <translation>股骨头表面偏离其球面 {value} mm。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/masks/reading.py"/>
        <source>The header of the segmentation says {field} '{text}' of {name}; a whole number is expected. Save it again in 3D Slicer.</source>
        <translation>分割的头信息中 {name} 的 {field} 为“{text}”；应为整数。请在 3D Slicer 中重新保存。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/dicom_out/consent.py"/>
        <source>The header of the study in {where} says that consent to its distribution {said} (Consent for Distribution Flag), so nothing of it is exported.</source>
        <translation>{where} 中检查的文件头说明对其分发的同意情况为 {said}（Consent for Distribution Flag），因此不导出其任何内容。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/node/archives/objects.py"/>
        <source>The header of {name} {says} on consent for distribution, so the study is not sent to {name_}; nothing was sent.</source>
        <translation>{name} 的文件头在分发同意一项为 {says}，因此不向 {name_} 发送该检查；没有发送任何内容。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/outline_sides.py"/>
        <source>The header says side {stated}, but {name} outlines femoral head {side}; please check.</source>
        <translation>头信息的侧别为 {stated}，但 {name} 勾画的是股骨头 {side}；请核对。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/radiograph.py"/>
        <source>The header states a pixel spacing and not whether it is the detector's or calibrated: if it is the detector's, lengths are 10 to 20% too large unless the magnification is given.</source>
        <translation>头信息标明了像素间距，但未说明是探测器的还是校准后的：若是探测器的，未给出放大率时长度偏大 10 至 20%。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/radiograph.py"/>
        <source>The header states a pixel spacing that is {stated}; leave the magnification out, or lengths would be corrected twice.</source>
        <translation>头信息标明的像素间距为 {stated}；请不要填写放大率，否则长度会被校正两次。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/radiograph.py"/>
        <source>The header states no patient orientation; the usual display was assumed (patient's right on the left of the film), please check the side.</source>
        <translation>头信息未说明患者方位；按常规显示处理（患者右侧位于片左侧），请核对侧别。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/nifti.py"/>
        <source>The header states voxels of {stated} mm beside a matrix of {matrix} mm; the matrix was taken.</source>
        <translation>头信息标明体素为 {stated} mm，而矩阵为 {matrix} mm；以矩阵为准。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/dicom.py"/>
        <source>The header's {fact} is no number and was left out.</source>
        <translation>头信息的 {fact} 不是数字，未予采用。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/dicom_out/objects/heat_map.py"/>
        <source>The heatmap of hip {side} holds values that are no numbers; stage the case again.</source>
        <translation>髋 {side} 的热力图含有非数值；请重新分期。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/dicom_out/objects/export.py"/>
        <source>The heatmap {heatmap} that the case names is not there; put it back, or stage the case again.</source>
        <translation>病例所引用的热力图 {heatmap} 不存在；请放回，或重新分期。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>The hips</source>
        <translation>髋部</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/update/survival.py"/>
        <source>The hips have {int} competing events (2); a Cox model's risks cannot be brought up to date with them. Evaluate the model on these hips first: its observed to expected ratio says how far off it is.</source>
        <translation>这些髋有 {int} 个竞争事件（2）；Cox 模型的风险无法据此更新。请先在这些髋上评价模型：观察与预期之比说明偏差多大。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/exam_sections.py"/>
        <source>The hips on two contrasts</source>
        <translation>两种对比的髋部</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/performance.py"/>
        <source>The honest C-index of the {name} model, {value} ({low} to {high}), does not exclude 0.5: it may not tell hips apart at all.</source>
        <translation>{name} 模型的真实 C 指数 {value}（{low} 至 {high}）不排除 0.5：可能完全无法区分各髋。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/catalogue.py"/>
        <source>The image as prepared (normalised and resampled where the preset says so).</source>
        <translation>预处理后的图像（按预设归一化和重采样）。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/bundles/scope.py"/>
        <source>The image does not state its sequence and looks {contrast}; {trained_on} {names}.</source>
        <translation>图像未说明成像序列，外观为 {contrast}；{trained_on} {names}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/bundles/scope.py"/>
        <source>The image does not state its sequence; that it is {found} was read from the image.</source>
        <translation>图像未说明成像序列；根据图像判断为{found}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/native/prepare.py"/>
        <source>The image has the same value everywhere; it cannot be normalised.</source>
        <translation>图像各处数值相同；无法归一化。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/region_picture.py"/>
        <source>The image is NaN or infinite around the region; replace these voxels first.</source>
        <translation>区域周围的图像为 NaN 或无穷；请先替换这些体素。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/radiomics.py"/>
        <source>The image is NaN or infinite in {inside} voxels of the region; replace them first.</source>
        <translation>图像在区域的 {inside} 个体素处为 NaN 或无穷；请先替换。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/radiomics.py"/>
        <source>The image is NaN or infinite in {int} voxels outside the region, and the preset {name} normalises, resamples or filters across them; replace them first.</source>
        <translation>图像在区域外的 {int} 个体素处为 NaN 或无穷，而预设 {name} 会跨越它们进行归一化、重采样或滤波；请先替换。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/side.py"/>
        <source>The image shows one hip, its file puts the first voxel at 0, 0, 0 and states no side; side {by_position} was guessed, please check.</source>
        <translation>图像只显示一个髋，其文件将首个体素置于 0, 0, 0 且未说明侧别；推测为 {by_position}，请核对。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/bundles/scope.py"/>
        <source>The image states {stated} but looks {contrast}; check which series it is.</source>
        <translation>图像标明为 {stated}，但外观为 {contrast}；请核对是哪个序列。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/native/engine.py"/>
        <source>The image {name} cannot be made: the volume is too small for its filter.</source>
        <translation>无法生成图像 {name}：体数据对其滤波器而言太小。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/bundles/scope.py"/>
        <source>The image's {fact} is {found}; {trained_on} {join}.</source>
        <translation>图像的 {fact} 为 {found}；{trained_on} {join}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/binary/comparison.py"/>
        <source>The integrated discrimination improvement needs two cases of each class.</source>
        <translation>综合判别改善需要每类两例。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_maps.py"/>
        <source>The kernel radius is {kernel_radius}; it should be at least 1 voxel.</source>
        <translation>核半径为 {kernel_radius}；应至少为 1 个体素。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/dlr.py"/>
        <source>The largest model has {most} features for {smaller} hips in the smaller class; ten hips a feature are asked for.</source>
        <translation>最大的模型有 {most} 个特征，而较小的一类只有 {smaller} 髋；要求每个特征十髋。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/drilling/plan.py"/>
        <source>The lateral cortex {side} lies at the edge of the image or beyond it, so that no wire can enter there; give an image that shows the outer side of the femur from the trochanter down.</source>
        <translation>{side}侧外侧皮质位于图像边缘或之外，导针无法由此进入；请提供能显示股骨外侧（自大转子向下）的图像。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/page.py"/>
        <source>The lesser trochanter is not made out; it is taken to lie {below:.0f} mm below the tip of the greater one.</source>
        <translation>未能辨认小转子；按其位于大转子尖下方 {below:.0f} mm 计。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/page.py"/>
        <source>The lesser trochanter stands out {below:.0f} mm below the tip of the greater one.</source>
        <translation>小转子最突出处在大转子尖下方 {below:.0f} mm。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/perturbation.py"/>
        <source>The limit {name} of the perturbations is {value}; 0 to {most} is accepted.</source>
        <translation>扰动的限度 {name} 为 {value}；可接受 0 至 {most}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/run/work_case.py"/>
        <source>The machine ran out of memory; use fewer workers, or a machine with more.</source>
        <translation>内存不足；请减少工作进程数，或使用内存更大的计算机。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/cohort.py"/>
        <source>The machine ran out of memory; use fewer workers.</source>
        <translation>计算机内存不足；请减少工作进程。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/radiomics.py"/>
        <source>The mask holds NaN or infinite values; it needs whole-number labels.</source>
        <translation>掩膜含有 NaN 或无穷值；需要整数标签。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/radiomics.py"/>
        <source>The mask is empty: no voxel is outlined; outline the region first.</source>
        <translation>掩膜为空：没有勾画任何体素；请先勾画区域。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/update/bundles.py"/>
        <source>The method '{given}' is not known; {join} are.</source>
        <translation>方法“{given}”未知；可用的有 {join}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/update/binary.py"/>
        <location filename="../../ONFHAssistLib/update/survival.py"/>
        <source>The method '{method}' is not known; {join} are.</source>
        <translation>方法“{method}”未知；可用的有 {join}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/readers/consensus.py"/>
        <source>The method is "{method}"; it must be one of {join}.</source>
        <translation>方法为"{method}"；必须是 {join} 之一。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/dicom_loaded.py"/>
        <source>The middle of {name} lies {away} mm beside the place in the headers of its files; check the sides.</source>
        <translation>{name} 的中心与其文件头信息的位置相差 {away} mm；请核对侧别。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/linear_model.py"/>
        <source>The model '{name}' cannot be applied: the mean and standard deviation of its features were never published; use a model that was trained in this project.</source>
        <translation>模型“{name}”无法应用：其特征的均值和标准差从未发表；请使用本项目训练的模型。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/by_sequence.py"/>
        <source>The model '{name}' does not answer for the sequence '{sequence}'; it does for {join}.</source>
        <translation>模型“{name}”不对成像序列“{sequence}”作答；它对 {join} 作答。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/linear_model.py"/>
        <source>The model '{name}' has a non-finite intercept or a standard deviation that is not positive.</source>
        <translation>模型“{name}”的截距不是有限数，或某标准差不为正。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/by_sequence.py"/>
        <source>The model '{name}' has a part of its own for {join}; give the table a column '{SEQUENCE_COLUMN}'.</source>
        <translation>模型“{name}”对 {join} 各有一个部分；请给表格加上列“{SEQUENCE_COLUMN}”。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/portable_classifier.py"/>
        <source>The model '{name}' has no features or names one of its {named} features twice.</source>
        <translation>模型“{name}”没有特征，或其 {named} 个特征中有一个出现两次。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/linear_model.py"/>
        <source>The model '{name}' has no features or names one of its {p} features twice.</source>
        <translation>模型“{name}”没有特征，或其 {p} 个特征中有一个出现两次。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/by_sequence.py"/>
        <source>The model '{name}' needs at least one part, and each of its sequences in one part alone.</source>
        <translation>模型“{name}”至少需要一个部分，且每种成像序列只属于一个部分。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/portable_classifier.py"/>
        <source>The model '{name}' needs {p} finite means and {p_} positive standard deviations.</source>
        <translation>模型“{name}”需要 {p} 个有限均值和 {p_} 个正的标准差。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/linear_model.py"/>
        <source>The model '{name}' needs {p} finite numbers as '{label}', one a feature.</source>
        <translation>模型“{name}”的“{label}”需要 {p} 个有限数，每个特征一个。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/portable_classifier.py"/>
        <source>The model '{name}' was harmonised over scanners; name the scanner of every case ({known}).</source>
        <translation>模型“{name}”经扫描仪校正；请填写每个病例的扫描仪（{known}）。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/portable_classifier.py"/>
        <source>The model file does not hold a JSON object; save the model again.</source>
        <translation>模型文件不是 JSON 对象；请重新保存模型。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/linear_model.py"/>
        <source>The model file has version {get}; this program reads version {FORMAT_VERSION}; update the program.</source>
        <translation>模型文件的版本为 {get}；本程序读取版本 {FORMAT_VERSION}；请更新程序。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/portable_models.py"/>
        <source>The model file holds a classifier of the kind '{get}', which is not known.</source>
        <translation>模型文件中的分类器类型“{get}”未知。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/linear_model.py"/>
        <location filename="../../ONFHAssistLib/tabular/portable_classifier.py"/>
        <source>The model file holds something else than numbers where they belong ({error}).</source>
        <translation>模型文件在应为数字处含有其他内容（{error}）。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/portable_models.py"/>
        <source>The model file is damaged: it needs {what}; save the model again.</source>
        <translation>模型文件已损坏：需要 {what}；请重新保存模型。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/linear_model.py"/>
        <location filename="../../ONFHAssistLib/tabular/portable_classifier.py"/>
        <source>The model file is not JSON (line {lineno}); save it again.</source>
        <translation>模型文件不是 JSON（第 {lineno} 行）；请重新保存。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/portable_classifier.py"/>
        <source>The model file is of the kind '{get}', version {get_}; '{FORMAT}', version {FORMAT_VERSION} or {WITH_COMPONENTS}, is expected.</source>
        <translation>模型文件的类型为“{get}”，版本 {get_}；应为“{FORMAT}”，版本 {FORMAT_VERSION} 或 {WITH_COMPONENTS}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/by_sequence.py"/>
        <source>The model file is of the kind '{get}', version {get_}; '{FORMAT}', version {FORMAT_VERSION}, is expected; update the program or save the model again.</source>
        <translation>模型文件的类型为“{get}”，版本 {get_}；应为“{FORMAT}”，版本 {FORMAT_VERSION}；请更新程序或重新保存模型。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/linear_model.py"/>
        <source>The model file is of the kind '{kind}'; '{FORMAT}' is expected.</source>
        <translation>模型文件的类型为“{kind}”；应为“{FORMAT}”。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/portable_models.py"/>
        <source>The model file lacks the entry '{name}'; save the model again.</source>
        <translation>模型文件缺少条目“{name}”；请重新保存模型。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/by_sequence.py"/>
        <location filename="../../ONFHAssistLib/tabular/linear_model.py"/>
        <location filename="../../ONFHAssistLib/tabular/portable_classifier.py"/>
        <source>The model file lacks the entry {error}; save the model again.</source>
        <translation>模型文件缺少条目 {error}；请重新保存模型。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cli/survival.py"/>
        <source>The model has no covariate '{name}'; it has {join}.</source>
        <translation>模型没有协变量“{name}”；它有 {join}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/calculator.py"/>
        <source>The model in {path} was followed for {last_time_} months; none of {join} lies in that, choose earlier months.</source>
        <translation>{path} 中的模型随访了 {last_time_} 个月；{join} 均不在其内，请选择更早的月数。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLab/training/own/training.py"/>
        <source>The model is '{model}'; {join} can be trained on own patients.</source>
        <translation>模型为“{model}”；可用自己的患者训练的有{join}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/nomogram/nomogram.py"/>
        <source>The model saw no event by {month}; choose a later time for the nomogram.</source>
        <translation>模型到 {month} 时没有事件；请为列线图选择更晚的时间。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/update/survival.py"/>
        <source>The model's hazard is zero until the last visit of every hip; follow them longer.</source>
        <translation>在每髋末次就诊之前模型的风险为零；请延长随访。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/published/clinical.py"/>
        <source>The months {months} are not numbers; give months from 0 to {LAST_MONTH}.</source>
        <translation>月数 {months} 不是数字；请给出 0 至 {LAST_MONTH} 之间的月数。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/drilling/statement.py"/>
        <source>The most that was found is {best}, with {most} wires.</source>
        <translation>找到的最大值为 {best}，使用 {most} 枚导针。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/masks/segments.py"/>
        <source>The names of the segments in {path} were obeyed: {join}.</source>
        <translation>已按 {path} 中分割段的名称处理：{join}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/drilling/anatomy.py"/>
        <source>The neck of the femur {side} cannot be made out; correct the outline of the femur.</source>
        <translation>无法辨认股骨 {side} 的股骨颈；请修改股骨轮廓。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>The necrosis lies in {pieces} pieces and {gap} mm away from the head's surface.</source>
        <translation>坏死灶分为 {pieces} 块，距股骨头表面 {gap} mm。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>The necrosis lies in {pieces} pieces.</source>
        <translation>坏死灶分为 {pieces} 块。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>The necrosis lies {gap} mm away from the head's surface.</source>
        <translation>坏死灶距股骨头表面 {gap} mm。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/doubt.py"/>
        <source>The necrosis lies {join}.</source>
        <translation>坏死灶的位置：{join}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/drilling/plan.py"/>
        <source>The necrosis {side} has {lesion_ml} ml, too little to plan wires for.</source>
        <translation>坏死灶 {side} 为 {lesion_ml} ml，过小，无法规划克氏针。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/bundles/origin.py"/>
        <source>The network comes from no bundle; save it as one and load it from there.</source>
        <translation>该网络不来自任何模型包；请将其保存为模型包，再从中加载。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/nomogram/nomogram.py"/>
        <source>The nomogram needs a number for '{name}' and got {value}; add it.</source>
        <translation>列线图的“{name}”需要数字，而给出的是 {value}；请补充。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/robustness.py"/>
        <source>The number of perturbations is {count}; {FEWEST} to {MOST} are accepted.</source>
        <translation>扰动次数为 {count}；可接受 {FEWEST} 至 {MOST}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/run/run.py"/>
        <source>The number of threads is {threads}; it should be at least 1.</source>
        <translation>线程数为 {threads}；至少应为 1。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/run/run.py"/>
        <location filename="../../ONFHAssistLib/extract/cohort.py"/>
        <source>The number of workers is {workers}; it should be at least 1.</source>
        <translation>工作进程数为 {workers}；应至少为 1。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cli/dicom.py"/>
        <source>The objects carry the patient's name and number as the series does, and nobody agreed that they may be written; agree with --yes.</source>
        <translation>这些对象与序列一样带有患者的姓名和编号，尚未同意写入；请用 --yes 表示同意。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cli/network/archive.py"/>
        <source>The objects carry the patient's name and number, and nobody agreed that they may go to {name}; agree with --yes.</source>
        <translation>这些对象带有患者的姓名和编号，尚未同意发送到 {name}；请用 --yes 表示同意。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/node/sender.py"/>
        <source>The objects that were made of it are no longer in the node's folder.</source>
        <translation>由它生成的对象已不在节点的文件夹中。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/options.py"/>
        <source>The option {name} is '{given}'; a whole number such as 32, or a share such as 0.95, is accepted.</source>
        <translation>选项 {name} 为“{given}”；可接受整数（如 32）或比例（如 0.95）。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/options.py"/>
        <source>The option {name} is '{value}'; {join} is accepted.</source>
        <translation>选项 {name} 为“{value}”；可接受 {join}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/options.py"/>
        <source>The option {name} is {value}; {low} to {high} is accepted.</source>
        <translation>选项 {name} 为 {value}；可接受 {low} 至 {high}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/binary/checks.py"/>
        <source>The outcome of row {int} is '{labels}'; it must be 0 or 1.</source>
        <translation>第 {int} 行的结局为“{labels}”；应为 0 或 1。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/doubt.py"/>
        <source>The outline of the head is in {more} pieces.</source>
        <translation>股骨头轮廓分为 {more} 块。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/server.py"/>
        <source>The outline of {case} {side} is another one now; load the page again.</source>
        <translation>{case} {side} 的轮廓已更换；请重新载入页面。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/dicom_out/reading/others.py"/>
        <source>The outlines are those of a DICOM segmentation by {who}.</source>
        <translation>轮廓来自 {who} 的 DICOM 分割。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/dicom_out/objects/export.py"/>
        <source>The outlines in {given} are not those that the case was measured on; work the case up again with them.</source>
        <translation>{given} 中的轮廓不是测量该病例所用的轮廓；请用它们重新处理该病例。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/dicom_out/objects/from_voxels.py"/>
        <source>The outlines of '{name}' were changed after they were measured; redo the steps, then export.</source>
        <translation>“{name}”的轮廓在测量之后有改动；请重做各步骤后导出。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/dicom_out/reading/importing.py"/>
        <source>The outlines of the {side} hip beside {path} are not those that the report measured: they are damaged or were changed since. Take all objects from the archive again, or import the changed segmentation alone.</source>
        <translation>{path} 旁的髋 {side} 轮廓不是报告所测量的轮廓：已损坏或此后被修改。请从存档重新取出全部对象，或单独导入修改后的分割。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/followup/examinations.py"/>
        <source>The outlines of {name} hold no femoral head (labels {HEAD} and {HEAD_}).</source>
        <translation>{name} 的轮廓中没有股骨头（标签 {HEAD} 和 {HEAD_}）。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_answers.py"/>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>The outlines were given.</source>
        <translation>轮廓由外部给出。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/followup/examinations.py"/>
        <source>The outlines {name} are not in {folder}; examine the study again.</source>
        <translation>轮廓 {name} 不在 {folder} 中；请重新处理该检查。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/by_sequence.py"/>
        <source>The parts of the model '{name}' were made with different presets.</source>
        <translation>模型“{name}”的各部分用不同的预设建立。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/by_sequence.py"/>
        <source>The parts of the model file are damaged ({error}); save it again.</source>
        <translation>模型文件的各部分已损坏（{error}）；请重新保存。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/centres.py"/>
        <source>The patient '{index}' has hips in two centres; give every patient one centre.</source>
        <translation>患者“{index}”的髋在两个中心；请给每位患者一个中心。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/model_page.py"/>
        <source>The patient is the unit: DeLong's test with Obuchowski's variance, McNemar's by exchange within patients (mid-p).</source>
        <translation>以患者为单位：DeLong 检验用 Obuchowski 方差，McNemar 检验用患者内交换（mid-p）。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/checks.py"/>
        <source>The patient of case {row_label} is missing; name the patient.</source>
        <translation>病例 {row_label} 缺少患者；请填写患者。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/checks.py"/>
        <source>The patient of case {who} is in both the training and the test part; put all hips of a patient on one side of the split.</source>
        <translation>病例 {who} 的患者同时在训练集和测试集中；请将同一患者的全部髋放在划分的同一侧。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLab/training/own/cohort.py"/>
        <source>The patients {other} and {patient} differ by capitals alone; write one person's id in one way.</source>
        <translation>患者{other}与{patient}仅大小写不同；同一人的编号请写法一致。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/cox/lasso_cox.py"/>
        <location filename="../../ONFHAssistLib/survival/develop/signature.py"/>
        <source>The penalty is chosen by {join}, not by {rule}.</source>
        <translation>惩罚按 {join} 选择，而非 {rule}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/radiograph.py"/>
        <source>The pixel spacing is the detector's: lengths are larger than in the patient by the magnification, usually 10 to 20%, unless the magnification is given.</source>
        <translation>像素间距是探测器的：若未给出放大率，长度比患者体内的大，通常大 10 至 20%。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/series/pixels.py"/>
        <source>The pixels of {file} are compressed as {name} ({syntax}), for which there is no decoder here; {install}{REMEDY}.</source>
        <translation>{file} 的像素以 {name}（{syntax}）压缩，此处没有解码器；{install}{REMEDY}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/series/pixels.py"/>
        <source>The pixels of {file} are compressed, and its header does not say how (no Transfer Syntax UID); {REMEDY}.</source>
        <translation>{file} 的像素已压缩，而其头信息未说明压缩方式（没有 Transfer Syntax UID）；{REMEDY}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/series/pixels.py"/>
        <source>The pixels of {file} cannot be read; the file is truncated or damaged{how}. Copy it again from its source.</source>
        <translation>{file} 的像素无法读取；文件不完整或损坏{how}。请从来源处重新复制。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/series/frames.py"/>
        <source>The pixels of {path} have the shape {shape}, where {wanted} is stated; export it again.</source>
        <translation>{path} 的像素形状为 {shape}，而标明为 {wanted}；请重新导出。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/survival/usefulness.py"/>
        <source>The predicted risk {risk} in row {wrong} is not between 0 and 1; give 1 - survival at the chosen time, not a score.</source>
        <translation>第 {wrong} 行的预测风险 {risk} 不在 0 与 1 之间；请给出所选时间的 1 - 生存率，而不是分数。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/survival/metrics.py"/>
        <source>The prediction in row {row} is not finite; complete this hip or leave it out.</source>
        <translation>第 {row} 行的预测不是有限数；请补全该髋或去掉它。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/presets.py"/>
        <source>The preset file {path} does not exist.</source>
        <translation>预设文件 {path} 不存在。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/presets.py"/>
        <source>The preset {name} is for voxel-based extraction (its section voxelSetting). Maps are made in ONFHExtract with the button Make map (in scripts by extract.feature_maps.feature_map); for the features of a region take that section out.</source>
        <translation>预设 {name} 用于逐体素提取（其 voxelSetting 部分）。分布图在 ONFHExtract 中用“制作分布图”按钮生成（脚本中用 extract.feature_maps.feature_map）；若要提取区域特征，请去掉该部分。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_maps.py"/>
        <source>The preset {name} makes no image {image}; choose another preset or feature.</source>
        <translation>预设 {name} 不生成图像 {image}；请选择其他预设或特征。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_maps.py"/>
        <source>The preset {name} sets maskedKernel to false; here a map's neighbourhoods end at the region: set it to true.</source>
        <translation>预设 {name} 将 maskedKernel 设为 false；此处分布图的邻域止于区域：请设为 true。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/native/prepare.py"/>
        <source>The preset's resampledPixelSpacing has {len} numbers; a volume needs three.</source>
        <translation>预设的 resampledPixelSpacing 有 {len} 个数；体数据需要三个。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/binary/calibration.py"/>
        <source>The probabilities fall into {len} group(s); the Hosmer-Lemeshow test needs three or more.</source>
        <translation>概率只落入 {len} 组；Hosmer-Lemeshow 检验需要三组或更多。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/binary/calibration.py"/>
        <source>The probabilities separate the outcomes completely, so that a calibration slope does not exist; evaluate on more cases.</source>
        <translation>概率把结局完全分开，校准斜率不存在；请用更多病例评价。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/case/examination.py"/>
        <source>The probability is by series {join}; features and contributions are of series {own}.</source>
        <translation>概率依据序列 {join}；特征和贡献来自序列 {own}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/binary/checks.py"/>
        <source>The probability of row {row} is {values}; it must lie between 0 and 1.</source>
        <translation>第 {row} 行的概率为 {values}；应在 0 与 1 之间。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/dlr.py"/>
        <source>The protocol has neither a test part nor outer folds; a model needs one of them to be judged.</source>
        <translation>方案既没有测试部分也没有外层折；评判模型至少需要其中之一。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/protocol.py"/>
        <source>The protocol names no classifier; name one or more.</source>
        <translation>方案未指定分类器；请指定一个或多个。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>The protocol takes the median split, as the study did; it throws information away and its cut follows the cohort, so the continuous forms stand beside it.</source>
        <translation>方案采用中位数二分，与原研究相同；这会丢失信息，且界值随队列而变，因此旁列连续形式。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/side.py"/>
        <source>The radiograph shows one hip and its header states no side; side {by_position} was guessed, please check.</source>
        <translation>X 线片只显示一个髋，且头信息未说明侧别；推测为 {by_position}，请核对。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/external/cohort.py"/>
        <source>The radiomics were extracted with the preset {found}, {name} was developed with {wanted}; extract them again with the preset of the model.</source>
        <translation>影像组学以预设 {found} 提取，而 {name} 用 {wanted} 开发；请用模型的预设重新提取。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/doubt.py"/>
        <source>The radius is {abs} mm {word} than the other hip's.</source>
        <translation>半径与对侧髋相差 {abs} mm（{word}）。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/stage/head_crop.py"/>
        <source>The radius of head {side} is {radius} mm; {low} to {high} mm is expected.</source>
        <translation>股骨头 {side} 的半径为 {radius} mm；应为 {low} 至 {high} mm。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/node/working/work.py"/>
        <source>The reader's segmentation lies in another frame of reference than its series, so nothing says where; draw it on the series again.</source>
        <translation>阅片者的分割与其序列的参考坐标系不同，因此无从得知位置；请在该序列上重新勾画。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/readers/consensus.py"/>
        <source>The readers agree on no femoral head; compare their segmentations first.</source>
        <translation>阅片者没有一致的股骨头；请先比较其分割。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/readers/agreement.py"/>
        <source>The readers have {size} and {size_} values; as many of both are needed.</source>
        <translation>两名阅片者有 {size} 和 {size_} 个值；两者须同样多。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/exam_folder.py"/>
        <source>The reference, series {reference}, cannot be read.</source>
        <translation>参考序列 {reference} 无法读取。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/case/cohort_features.py"/>
        <source>The region '{region}' is not known; choose from {join}.</source>
        <translation>未知区域“{region}”；请从 {join} 中选择。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/native/prepare.py"/>
        <source>The region extends along {extended} of the three axes on the grid of the features; the preset wants at least {wanted} (minimumROIDimensions).</source>
        <translation>区域在特征网格上沿三个轴中的 {extended} 个延伸；预设要求至少 {wanted} 个（minimumROIDimensions）。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/radiomics.py"/>
        <source>The region extends along {extended} of the three axes; the preset {name} wants at least {wanted} (minimumROIDimensions).</source>
        <translation>区域沿三个轴中的 {extended} 个延伸；预设 {name} 要求至少 {wanted} 个（minimumROIDimensions）。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/native/prepare.py"/>
        <source>The region has {count} voxels on the grid of the features; the preset wants more than {minimum} (minimumROISize).</source>
        <translation>区域在特征网格上有 {count} 个体素；预设要求多于 {minimum} 个（minimumROISize）。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/radiomics.py"/>
        <source>The region has {count} voxels; the preset {name} wants more than {minimum} (minimumROISize).</source>
        <translation>区域有 {count} 个体素；预设 {name} 要求多于 {minimum} 个（minimumROISize）。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/native/classes.py"/>
        <source>The region is a single voxel in the plane of the features; at least two are needed.</source>
        <translation>该区域在特征平面内只有一个体素；至少需要两个。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/native/prepare.py"/>
        <source>The region is a single voxel on the grid of the features; at least two are needed.</source>
        <translation>区域在特征网格上只有一个体素；至少需要两个。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/radiomics.py"/>
        <source>The region is a single voxel; features need at least two.</source>
        <translation>区域只有一个体素；特征至少需要两个。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/perturbation.py"/>
        <source>The region is empty: no voxel is outlined; outline it first.</source>
        <translation>区域为空：没有勾画任何体素；请先勾画。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/native/prepare.py"/>
        <source>The region reaches beyond the image; correctMask cannot help, outline it on this image.</source>
        <translation>区域超出图像；correctMask 无能为力，请在该图像上勾画。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/native/engine.py"/>
        <source>The region spans {shape} slices along axis {axis} (z, y, x); 2D shape features of preset {name} need a region in one slice.</source>
        <translation>区域沿轴 {axis}（z, y, x）跨越 {shape} 层；预设 {name} 的二维形状特征要求区域位于一层内。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/server.py"/>
        <source>The request is too long, or does not say how long it is.</source>
        <translation>请求过长，或未说明长度。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/cohort.py"/>
        <source>The result could not be written: {strerror}.</source>
        <translation>结果无法写入：{strerror}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/sphere_tool.py"/>
        <source>The rim points lie on a line; place them around the head.</source>
        <translation>边缘点位于一条直线上；请围绕股骨头放置。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/survival/usefulness.py"/>
        <source>The risk cuts {cuts} are not ascending numbers between 0 and 1, such as 0.2 and 0.5.</source>
        <translation>风险界值 {cuts} 不是 0 与 1 之间递增的数，例如 0.2 和 0.5。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/selection/steps.py"/>
        <source>The rule of the LASSO is '{rule}'; it must be 'min' or '1se'.</source>
        <translation>LASSO 的规则为“{rule}”；必须为 'min' 或 '1se'。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>The same figures on the hips that made the models: apparent</source>
        <translation>同样的指标，用建模的髋：表观</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/parts.py"/>
        <source>The same, 95% of the hips are below</source>
        <translation>同上，95% 的髋低于此值</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>The same, independent of the number of {thing}.</source>
        <translation>同上，与{thing}的数量无关。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>The same, independent of the voxels.</source>
        <translation>同上，与体素数无关。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>The same, independent of their number.</source>
        <translation>同上，与其数量无关。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/harmonisation.py"/>
        <source>The scanner '{names}' has {min} training cases; harmonisation needs at least {MIN_HIPS_PER_SCANNER} of each: leave it out or add cases.</source>
        <translation>扫描仪“{names}”有 {min} 个训练病例；校正要求每个至少 {MIN_HIPS_PER_SCANNER} 个：请不用该列，或增加病例。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/early/centres.py"/>
        <source>The scanner '{name}' stands in the centre '{at}' alone, so that models developed without that centre cannot be harmonised for it; leave out the column of the scanner.</source>
        <translation>扫描仪“{name}”只出现在中心“{at}”，因此不含该中心开发的模型无法为其校正；请去掉扫描仪列。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/harmonisation.py"/>
        <source>The scanner '{stranger}' is not among those of the training cases ({join}); train with cases from it.</source>
        <translation>扫描仪“{stranger}”不在训练病例的扫描仪（{join}）之中；请加入该扫描仪的病例进行训练。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/early/develop.py"/>
        <source>The scanner of case {index} is missing; name it.</source>
        <translation>病例 {index} 缺少扫描仪；请填写。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/binary/checks.py"/>
        <source>The score of row {row} is not a finite number; every case needs one.</source>
        <translation>第 {row} 行的分数不是有限数；每例都需要一个。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/node/identity.py"/>
        <source>The secret for new identifiers has {len} characters; at least {LEAST_SECRET} are needed.</source>
        <translation>用于新标识的密钥有 {len} 个字符；至少需要 {LEAST_SECRET} 个。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/node/archives/address.py"/>
        <source>The secret in {file} cannot be read; check its path and rights.</source>
        <translation>{file} 中的密钥无法读取；请检查其路径和权限。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/outline_sides.py"/>
        <source>The segment {label} of {name} is named '{theirs}' and was taken as {ours} by its number.</source>
        <translation>{name} 的分割段 {label} 名为“{theirs}”，按其编号取为 {ours}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/measure/hip.py"/>
        <source>The segmentation has no femoral head {side} (label {HEAD} or {NECROSIS}); outline it first.</source>
        <translation>分割中没有股骨头 {side}（标签 {HEAD} 或 {NECROSIS}）；请先勾画。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/drilling/bone.py"/>
        <location filename="../../ONFHAssistLib/drilling/plan.py"/>
        <source>The segmentation has no femoral head {side}; outline it first.</source>
        <translation>分割中没有股骨头 {side}；请先勾画。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/drilling/plan.py"/>
        <source>The segmentation has no necrosis, so that there is nothing to drill; outline it first.</source>
        <translation>分割中没有坏死灶，因此无需钻孔；请先勾画。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/robustness.py"/>
        <source>The segmentation holds no femoral head (labels 1 right, 2 left).</source>
        <translation>分割中没有股骨头（标签 1 右，2 左）。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/masks/segments.py"/>
        <source>The segments '{name}' and '{name_}' of {path} overlap in {common} voxels; name them (Femoral head R, Necrosis R, ...), take one with label_channel in the parameter file, or export them without overlap.</source>
        <translation>{path} 的分割段“{name}”与“{name_}”有 {common} 个体素重叠；请按规范命名（Femoral head R、Necrosis R 等），在参数文件中用 label_channel 取其一，或无重叠地导出。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/run/one_image.py"/>
        <source>The sequence is '{stated}'; {join} are known.</source>
        <translation>序列为“{stated}”；可用的有 {join}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/measurements.py"/>
        <source>The series disagree on the combined angle: {angles} degrees on series {low}, {angles_} on series {high}.</source>
        <translation>各序列的联合坏死角不一致：序列 {low} 为 {angles} 度，序列 {high} 为 {angles_} 度。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/predictions.py"/>
        <source>The series disagree on the probability: {join}.</source>
        <translation>各序列的概率不一致：{join}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/predictions.py"/>
        <source>The series disagree on the stage: {join}.</source>
        <translation>各序列的分期不一致：{join}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/dicom_out/source.py"/>
        <source>The series in {path} states no {name}, so nothing can refer to it; fetch it from the archive again.</source>
        <translation>{path} 中的序列未给出 {name}，因此无法引用；请从存档重新取出。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/followup/study.py"/>
        <source>The series of {path} are not where they were when it was made; name their folder with --study.</source>
        <translation>{path} 的序列已不在原处；请用 --study 指明其文件夹。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/case/examination.py"/>
        <source>The series shows none of the outlined hips; choose another reference.</source>
        <translation>该序列未显示任何已勾画的髋；请选择其他参考序列。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/protocol.py"/>
        <source>The setting '{name}' of the protocol is {getattr}, which makes no sense.</source>
        <translation>方案的设置“{name}”为 {getattr}，没有意义。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/stage/stager.py"/>
        <source>The setting stage_certainty of bundle {name} is {value}; a number from 0.5 (never 'I or II') to 1 is expected.</source>
        <translation>模型包 {name} 的设置 stage_certainty 为 {value}；应为 0.5（从不给出“I or II”）至 1 之间的数。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/planning/external_survival.py"/>
        <source>The share of hips followed to the horizon is {followed}; above 0 and up to 1 is accepted.</source>
        <translation>随访到该时间点的髋的比例为 {followed}；可接受大于 0 至 1。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLab/training/own/cohort.py"/>
        <source>The share of patients held back is {held_share}; a number between 0 and 1 is needed.</source>
        <translation>留出患者的比例为{held_share}；需要 0 与 1 之间的数。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/folds.py"/>
        <source>The share of the test part is {test_share}; it must lie between 0 and 1, such as 0.3.</source>
        <translation>测试集的比例为 {test_share}；必须在 0 与 1 之间，例如 0.3。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/head_sphere.py"/>
        <source>The side is "{side}"; "R" or "L" is needed.</source>
        <translation>侧别为“{side}”；应为 "R" 或 "L"。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/outline_sides.py"/>
        <source>The side is given as {side}, but {what} in {name} lies on the patient's {WORDS}; correct the side or the label.</source>
        <translation>给定侧别为 {side}，但 {name} 中的 {what} 位于患者的 {WORDS}；请更正侧别或标签。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/decisions.py"/>
        <source>The side of a decision on {case} is '{side}'; R or L is expected.</source>
        <translation>对 {case} 的判定的侧别为“{side}”；应为 R 或 L。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/head.py"/>
        <source>The side of a femoral head is '{side}'; R or L is expected.</source>
        <translation>股骨头的侧别为“{side}”；应为 R 或 L。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/signature.py"/>
        <source>The signature is damaged (a number or name in it cannot be); take another copy.</source>
        <translation>标签已损坏（其中的数字或名称不合理）；请取另一副本。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/signature.py"/>
        <source>The signature is damaged ({error}); take another copy.</source>
        <translation>标签已损坏（{error}）；请取另一副本。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/dicom.py"/>
        <source>The single slice states no thickness; 1 mm is taken.</source>
        <translation>单层图像未说明层厚；取 1 mm。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/series/groups.py"/>
        <source>The slices are {spacing} mm apart, while the header states {abs} mm: every second image, or more, may be missing.</source>
        <translation>层距为 {spacing} mm，而头信息标明 {abs} mm：可能缺少每第二幅或更多图像。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/series/refusals.py"/>
        <source>The slices of {path} are sheared by {found} mm between {both} (a tilted gantry?); resample the series first.</source>
        <translation>{path} 的层面在 {both} 之间错切 {found} mm（机架倾斜？）；请先重采样该序列。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/update/survival.py"/>
        <source>The slope on these hips is {b}: the model ranks them the wrong way round. Check the coding of findings and outcome; if they are right, develop a model of your own.</source>
        <translation>在这些髋上斜率为 {b}：模型的排序是反的。请检查表现和结局的编码；若无误，请自行建模。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/update/binary.py"/>
        <source>The slope on these hips is {b}: the model ranks them the wrong way round. Check the coding of the outcome and the outlines; if they are right, train a model of your own.</source>
        <translation>在这些髋上斜率为 {b}：模型的排序是反的。请检查结局编码和轮廓；若无误，请训练自己的模型。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/survival.py"/>
        <source>The smallest ICC is {icc}; 0 to 1 is accepted.</source>
        <translation>最小的 ICC 为 {icc}；可接受 0 至 1。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/image.py"/>
        <source>The spacing {spacing} is not three positive lengths in mm.</source>
        <translation>间距 {spacing} 不是三个以 mm 为单位的正长度。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/sphere_tool.py"/>
        <source>The sphere tool needs three or more points on the rim of the head, it got {len}.</source>
        <translation>球体工具需要股骨头边缘上的三个或更多点，现有 {len} 个。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/protocol.py"/>
        <source>The split has no cases for training or none for the test; it needs both.</source>
        <translation>划分中没有训练病例或没有测试病例；两者都需要。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/protocol.py"/>
        <source>The split of case {index} is '{iloc}'; it must be 'train' or 'test'.</source>
        <translation>病例 {index} 的划分为“{iloc}”；必须为 'train' 或 'test'。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/case/examination.py"/>
        <source>The stage is by series {join}; the heat is of series {reference}.</source>
        <translation>分期依据序列 {join}；热力图来自序列 {reference}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLab/training/own/unseen.py"/>
        <source>The start {name} has learned from images of {len} of the {len_} patients that would be held back ({named}), under these or other ids, so that they cannot judge it; train from the cohort of then, or from another start.</source>
        <translation>起始模型{name}已从将要留出的{len_}名患者中{len}名（{named}）的图像学习过（编号相同或不同），他们不能评判；请用当时的队列训练，或另选起始模型。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLab/training/own/unseen.py"/>
        <source>The start {name} has learned from {len} of the {len_} patients that would be held back ({named}), so that they cannot judge it; use the same seed and share as then, or another start.</source>
        <translation>起始模型{name}已从将要留出的{len_}名患者中的{len}名（{named}）学习过，他们不能评判；请使用当时的种子和比例，或另选起始模型。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/node/working/choice.py"/>
        <source>The study holds no readable image.</source>
        <translation>检查中没有可读的图像。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/planning.py"/>
        <source>The study is '{study}'; {join} is accepted.</source>
        <translation>研究为“{study}”；可接受 {join}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/summary.py"/>
        <source>The study is blind: how far the readers agree is told when two readers have decided every hip.</source>
        <translation>研究为盲法：两位阅片者判定完所有髋之后才说明一致程度。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cli/quality/review.py"/>
        <source>The study is blind: the table of decisions is written when two readers are done.</source>
        <translation>研究为盲法：两位阅片者都完成后才写出判定表。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cli/quality/review.py"/>
        <source>The study is blind: the training table is written when two readers are done.</source>
        <translation>研究为盲法：两位阅片者都完成后才写出训练表。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cli/quality/review.py"/>
        <source>The study is blind: what is corrected most is told when two readers are done.</source>
        <translation>研究为盲法：两位阅片者都完成后才说明修改最多之处。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/models.py"/>
        <source>The survival model is damaged ({error}); take another copy.</source>
        <translation>生存模型已损坏（{error}）；请取另一副本。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/dlr.py"/>
        <source>The table does not say with which preset its features were made; the models cannot refuse another one.</source>
        <translation>表格没有说明特征用哪个预设生成；模型无法拒绝其他预设。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/cox/model.py"/>
        <source>The table has {len} rows and the outcome {len_}; give one row a hip.</source>
        <translation>表格有 {len} 行而结局有 {len_} 个；请每个髋一行。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/reporting/baseline.py"/>
        <source>The table has {len} rows and {len_} groups; give one a row.</source>
        <translation>表格有 {len} 行而分组有 {len_} 个；每行给出一个。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/cohort.py"/>
        <source>The table in {out} could not be written ({strerror}); every case that was done is kept, make room and start again.</source>
        <translation>无法写入 {out} 中的表格（{strerror}）；已完成的病例均予保留，请腾出空间后重新开始。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/regress_survival.py"/>
        <source>The table lacks the column '{name}'; name another.</source>
        <translation>表格缺少列“{name}”；请指定另一列。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/robustness.py"/>
        <source>The table lacks the column {wanted}, which tells the ratings apart.</source>
        <translation>表格缺少区分各次评定的列 {wanted}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/cox/model.py"/>
        <source>The table lacks {join}{len}, which the model needs; add the columns or choose another model.</source>
        <translation>表格缺少模型需要的 {join}{len}；请添加这些列，或选择其他模型。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/selection/steps.py"/>
        <source>The table of intraclass correlations lacks the feature '{absent}'; add it.</source>
        <translation>组内相关系数表缺少特征“{absent}”；请添加。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/run/one_image.py"/>
        <source>The table says that the {column} is {stated}, but the header of the image says {facts}.</source>
        <translation>表格中的 {column} 为 {stated}，但图像文件头写的是 {facts}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/reader.py"/>
        <source>The table {path} does not exist; give a CSV file with one row a hip.</source>
        <translation>表格 {path} 不存在；请给出每个髋一行的 CSV 文件。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/core/csv_tables.py"/>
        <source>The table {path} does not exist; {hint}.</source>
        <translation>表格{path}不存在；{hint}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/protocol.py"/>
        <source>The test part of the split holds one class only; take a larger share or another split.</source>
        <translation>划分的测试集只有一类；请采用更大的比例或其他划分。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/binary/usefulness.py"/>
        <source>The thresholds of a decision curve must lie between 0 and 1, both excluded.</source>
        <translation>决策曲线的阈值应在 0 与 1 之间，不含两端。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/regress_survival.py"/>
        <source>The time between visits is {float} months; give a number greater than 0.</source>
        <translation>两次就诊的间隔为 {float} 个月；请给出大于 0 的数。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/server.py"/>
        <source>The token is missing or of another start; use the address that was printed.</source>
        <translation>令牌缺失或属于另一次启动；请使用打印出的地址。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/outline_sides.py"/>
        <source>The two femoral heads of {name} lie only {distance} mm apart; check their labels.</source>
        <translation>{name} 的两个股骨头仅相距 {distance} mm；请核对其标签。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/validate_survival.py"/>
        <location filename="../../ONFHAssistLib/survival/develop/cohort_table.py"/>
        <source>The unit '{unit}' is not known; months or days is accepted.</source>
        <translation>未知的单位“{unit}”；可接受 months 或 days。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/detector.py"/>
        <source>The volume has one value everywhere; there is nothing to find.</source>
        <translation>图像各处数值相同；没有可查找的内容。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/dicom_out/objects/export.py"/>
        <source>The voxels of series {input} in {source} are not those that the case was worked up from; give the series as it was then, with the same echo and stack.</source>
        <translation>{source} 中序列 {input} 的体素不是处理该病例时的体素；请给出当时的序列，回波和分组相同。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/dicom_loaded.py"/>
        <source>The voxels of {name} are {ours} mm, by the headers of its files {theirs} mm; lengths and volumes are those of the volume. Load the series again unless this was meant.</source>
        <translation>{name} 的体素为 {ours} mm，其文件头信息为 {theirs} mm；长度和体积以图像为准。若非有意，请重新加载该序列。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/reader_beneath.py"/>
        <source>The voxels of {path} are damaged or cut: they cannot be unpacked to what its header states; copy the file again from its source.</source>
        <translation>{path} 的体素损坏或不完整：无法按其头信息解压；请从来源处重新复制该文件。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/bundles/scope.py"/>
        <source>The voxels of {voxels} mm are outside the {low} to {high} mm of the training images.</source>
        <translation>{voxels} mm 的体素超出训练图像的 {low} 至 {high} mm。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/stage/stager.py"/>
        <source>The weights of bundle {name} do not fit its network; it is refused.</source>
        <translation>模型包 {name} 的权重与其网络不符；予以拒绝。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/detector.py"/>
        <source>The weights of the detector do not fit its network; the bundle is refused.</source>
        <translation>检测器的权重与其网络不符；模型包被拒绝。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/femur.py"/>
        <source>The weights of the femur finder do not fit its network; the bundle is refused.</source>
        <translation>股骨分割器的权重与其网络不符；拒绝使用该模型包。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/outliner.py"/>
        <source>The weights of the outliner do not fit its network; the bundle is refused.</source>
        <translation>勾画网络的权重与其网络不符；模型包被拒绝。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLab/training/own/federated.py"/>
        <source>The weights that came are not of this network; do all hospitals start from the same bundle?</source>
        <translation>收到的权重不属于此网络；所有医院是否从同一模型包开始？</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/deep.py"/>
        <source>The weights {path} do not exist; download {IMAGENET_URL} and name that file.</source>
        <translation>权重 {path} 不存在；请下载 {IMAGENET_URL} 并指定该文件。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/drilling/statement.py"/>
        <source>The wires as they stand break rules.</source>
        <translation>导针目前的位置违反规则。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/run/work_case.py"/>
        <source>The worker on {gethostname} has another {name} than the run ({get} instead of {value}); install the same on every machine of the cluster.</source>
        <translation>{gethostname} 上的工作进程的 {name} 与本次运行不同（{get}，应为 {value}）；请在集群的每台计算机上安装相同版本。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLab/training/own/common_weights.py"/>
        <source>The {model} is several networks, which are not trained between hospitals.</source>
        <translation>{model}由多个网络组成，不能在医院之间训练。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/native/engine.py"/>
        <source>The {name} image is not finite in the region; leave this image type out of the preset.</source>
        <translation>{name} 图像在区域内不是有限值；请从预设中去掉该图像类型。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/planning/criteria.py"/>
        <source>The {name} is {value}; a number between 0 and 1 is needed.</source>
        <translation>{name} 为 {value}；需要 0 与 1 之间的数。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/planning/criteria.py"/>
        <source>The {name} is {value}; a number greater than 0 is needed.</source>
        <translation>{name} 为 {value}；需要大于 0 的数。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/models.py"/>
        <source>The {name} model needs the clinical findings; add their table.</source>
        <translation>{name} 模型需要临床所见；请添加其表格。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/models.py"/>
        <source>The {name} model needs the {name_} signature; add the table of {name__} features.</source>
        <translation>{name} 模型需要 {name_} 标签；请添加 {name__} 特征的表格。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/development.py"/>
        <source>The {name} model's hazard ratios change with time (Schoenfeld test, p = {p}).</source>
        <translation>{name} 模型的风险比随时间变化（Schoenfeld 检验，p = {p}）。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/binary/usefulness.py"/>
        <source>The {name} prevalence is {share}; it must lie between 0 and 1, both excluded.</source>
        <translation>{name}患病率为 {share}；应在 0 与 1 之间，不含两端。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/signature.py"/>
        <source>The {name} signature cannot be computed: {error}</source>
        <translation>无法计算 {name} 标签：{error}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/development.py"/>
        <source>The {name} signature says nothing about hips that did not choose it; it is left out.</source>
        <translation>{name} 标签对未用于选择它的髋没有意义；已去掉。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/node/status.py"/>
        <source>There are /health and /metrics.
</source>
        <translation>可用的有 /health 和 /metrics。
</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/readers/consensus.py"/>
        <source>There are {len} names for {len_} segmentations.</source>
        <translation>{len_} 个分割有 {len} 个名称。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/signature.py"/>
        <source>There are {len} rows of features and {len_} outcomes; give one row a hip.</source>
        <translation>有 {len} 行特征和 {len_} 个结局；请每个髋一行。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/binary/checks.py"/>
        <source>There are {size} outcomes and scores of shape {shape}; one score a case is needed.</source>
        <translation>有 {size} 个结局，而分数的形状为 {shape}；每例需要一个分数。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/survival/metrics.py"/>
        <source>There are {size} times, {size_} events and {len} predictions; give one for a hip.</source>
        <translation>有 {size} 个时间、{size_} 个事件和 {len} 个预测；每髋给出一个。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/dlr.py"/>
        <source>There are {smaller} hips in the smaller class; a validation on other patients is asked to have {VALIDATION} of each, so that the intervals are wide.</source>
        <translation>较小的一类有 {smaller} 髋；在其他患者上验证要求每类有 {VALIDATION} 髋，因此区间较宽。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/robustness.py"/>
        <source>There is no case.</source>
        <translation>没有病例。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/run/cluster.py"/>
        <source>There is no cluster '{kind}'; {join} are known.</source>
        <translation>没有集群“{kind}”；可用的有 {join}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/deep.py"/>
        <source>There is no deep feature {unknown}; they are DL_0 to DL_{FEATURES}.</source>
        <translation>没有深度特征 {unknown}；深度特征为 DL_0 至 DL_{FEATURES}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_maps.py"/>
        <source>There is no feature {feature_name}: {error}.</source>
        <translation>没有特征 {feature_name}：{error}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/stage/stager.py"/>
        <source>There is no femoral head to stage; outline one, or check what the detector found.</source>
        <translation>没有可分期的股骨头；请勾画一个，或核对检测器的结果。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/bundles/accepting.py"/>
        <source>There is no folder for bundles of your own; choose one on the home panel, set {OWN_MODELS}, or name it.</source>
        <translation>没有存放自有模型包的文件夹；请在主面板选择一个，设置{OWN_MODELS}，或直接指定。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/bundles/bundle.py"/>
        <source>There is no model bundle '{name_or_path}'; bundles at hand: {known}.</source>
        <translation>没有模型包“{name_or_path}”；现有模型包：{known}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_report.py"/>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>There is no result for a report yet; press 'Run all' first.</source>
        <translation>尚无可写入报告的结果；请先按“全部运行”。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/roles.py"/>
        <source>There is no series {number}; there are {join}.</source>
        <translation>没有序列 {number}；现有 {join}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/node/working/choice.py"/>
        <source>There is no series.</source>
        <translation>没有序列。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/run/steps.py"/>
        <source>There is no step '{unknown}'; steps are {join}.</source>
        <translation>没有步骤“{unknown}”；步骤有 {join}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/server.py"/>
        <source>There is no such page.</source>
        <translation>没有这个页面。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/worker/server.py"/>
        <source>There is no task '{name}'; tasks are {join}.</source>
        <translation>没有任务“{name}”；任务有 {join}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/core/language.py"/>
        <source>There is no translation into '{name}'; choose from {join}.</source>
        <translation>没有“{name}”的译文；请从 {join} 中选择。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>There is nothing to take back on this hip.</source>
        <translation>此髋没有可撤回的内容。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/update/bundles.py"/>
        <source>These hips do not refute the model as it is; nothing was written. Go on with it, and ask again with more hips.</source>
        <translation>这些髋不否定现有模型；没有写入任何内容。请继续使用，有更多髋时再试。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>This browser keeps nothing of this page; save the decisions before you close it.</source>
        <translation>浏览器不保存本页内容；关闭之前请先保存判定。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/survival.py"/>
        <source>This hip</source>
        <translation>本髋</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/run/work_case.py"/>
        <source>This is a fault of ONFHAssist ({name__}: {error}).</source>
        <translation>这是 ONFHAssist 的故障（{name__}：{error}）。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/server.py"/>
        <source>This is no JSON.</source>
        <translation>这不是 JSON。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/followup/result.py"/>
        <source>This is no result of a follow-up as this version writes it ({SCHEMA}).</source>
        <translation>这不是本版本格式（{SCHEMA}）的随访结果。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/followup/result.py"/>
        <source>This is no result of a follow-up: {error}.</source>
        <translation>这不是随访结果：{error}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/result.py"/>
        <source>This is no result of an examination as this version writes it ({SCHEMA}).</source>
        <translation>这不是本版本（{SCHEMA}）写出的检查结果。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/result.py"/>
        <source>This is no result of an examination: {error}.</source>
        <translation>这不是检查结果：{error}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/cox/model.py"/>
        <source>This is not a Cox model of the format '{FORMAT}'; choose a file that ONFHAssist wrote.</source>
        <translation>这不是“{FORMAT}”格式的 Cox 模型；请选择由 ONFHAssist 写出的文件。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/signature.py"/>
        <source>This is not a signature of the format '{FORMAT}'; choose a file that ONFHAssist wrote.</source>
        <translation>这不是“{FORMAT}”格式的标签；请选择由 ONFHAssist 写出的文件。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/models.py"/>
        <source>This is not a survival model of the format '{FORMAT}'; choose one that ONFHAssist wrote.</source>
        <translation>这不是“{FORMAT}”格式的生存模型；请选择由 ONFHAssist 写出的模型。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/server.py"/>
        <source>This page is {reader}'s; start another one for {name}.</source>
        <translation>此页面属于 {reader}；请为 {name} 另开一个。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/drilling/result.py"/>
        <source>This plan is not a medical device and is for research only: whoever drills answers for every wire, under fluoroscopy.</source>
        <translation>本规划不是医疗器械，仅供研究：每一根针由钻孔者在透视下负责。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/server.py"/>
        <source>This request comes from another page.</source>
        <translation>此请求来自另一个页面。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/server.py"/>
        <source>This server is known by its address alone.</source>
        <translation>此服务器只能用其地址访问。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>Threshold</source>
        <translation>阈值</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/binary.py"/>
        <source>Threshold probability</source>
        <translation>阈值概率</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/cox/model.py"/>
        <source>Ties are handled by 'efron' or 'breslow', not by {ties}.</source>
        <translation>并列按 'efron' 或 'breslow' 处理，而非 {ties}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_regression_page.py"/>
        <source>Time since drilling (months)</source>
        <translation>钻孔后时间（月）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/survival.py"/>
        <source>Time since drilling ({months})</source>
        <translation>钻孔后时间（{months}）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/survival.py"/>
        <source>Time since drilling ({unit})</source>
        <translation>钻孔后时间（{unit}）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/cox/model.py"/>
        <source>Time {wrong} is outside of 0 to {last_time_}, the longest follow-up of the data; choose a time within it.</source>
        <translation>时间 {wrong} 超出 0 至 {last_time_}（数据的最长随访）；请选择其中的时间。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/survival.py"/>
        <source>Time-dependent AUC</source>
        <translation>时间依赖 AUC</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/drilling/checks.py"/>
        <location filename="../../ONFHAssistLib/report/drilling/words.py"/>
        <source>Tip in the femoral head</source>
        <translation>针尖在股骨头内</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/drilling/checks.py"/>
        <source>Tip {least:g} to {most:g} mm short of the joint surface</source>
        <translation>针尖距关节面 {least:g} 至 {most:g} mm</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/words.py"/>
        <source>Tip {low} to {high} mm short of the joint surface</source>
        <translation>针尖距关节面 {low} 至 {high} mm</translation>
    </message>
    <message>
        <location filename="../../Resources/Models/dlr-published/configs/metadata.json"/>
        <source>To compare with, not to predict. Use dlr-mri or a model of your own.</source>
        <translation>用于对照，不用于预测。请使用 dlr-mri 或您自己的模型。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/nomogram/figure.py"/>
        <source>Total points</source>
        <translation>总分</translation>
    </message>
    <message>
        <location filename="../../Resources/Models/backbone-resnet18/configs/metadata.json"/>
        <source>Trained on 120 simulated patients, MRI of three scanners and radiographs; no patient's image was used, and its figures say nothing about patients.</source>
        <translation>用 120 名模拟患者（三种扫描仪的 MRI 以及 X 线片）训练；未使用任何患者的图像，其数值不能说明真实患者的情况。</translation>
    </message>
    <message>
        <location filename="../../Resources/Models/stage-onfhnet/configs/metadata.json"/>
        <source>Trained on 128 hips of 64 simulated patients in 6 random contrasts each and on 22 heads of 11 real patients without known disease of the hips (eleven coronal T1 pelves of the collection CPTAC-UCEC, Clinical Proteomic Tumor Analysis Consortium, The Cancer Imaging Archive, CC BY 3.0), with simulated disease painted into them; no image of a diseased hip was used. It started from the weights of an earlier bundle of simulated patients.</source>
        <translation>用 64 名模拟患者的 128 髋（每例六种随机对比）和 11 名无已知髋部疾病的真实患者的 22 个股骨头（CPTAC-UCEC 数据集的十一例冠状面 T1 骨盆，Clinical Proteomic Tumor Analysis Consortium，The Cancer Imaging Archive，CC BY 3.0）训练，并在其中绘入模拟病变；未使用患病髋的图像。以较早的模拟患者模型包的权重为起点。</translation>
    </message>
    <message>
        <location filename="../../Resources/Models/dlr-mri/configs/metadata.json"/>
        <location filename="../../Resources/Models/rad-dlr-mri/configs/metadata.json"/>
        <source>Trained on 632 hips of 92 simulated patients and 11 real ones without known disease of the hips (eleven coronal T1 pelves of the collection CPTAC-UCEC, Clinical Proteomic Tumor Analysis Consortium, The Cancer Imaging Archive, CC BY 3.0), the latter's as they are (22 hips) and with simulated disease painted into them (264 with early osteonecrosis, 368 without); no image of a diseased hip was used, and its figures say little about patients.</source>
        <translation>用 92 名模拟患者和 11 名无已知髋部疾病的真实患者（CPTAC-UCEC 数据集的十一例冠状面 T1 骨盆，Clinical Proteomic Tumor Analysis Consortium，The Cancer Imaging Archive，CC BY 3.0）的 632 髋训练，后者包括原图（22 髋）和绘入模拟病变者（264 髋有早期股骨头坏死，368 髋无）；未使用患病髋的图像，其数值难以说明真实患者的情况。</translation>
    </message>
    <message>
        <location filename="../../Resources/Models/femur-unet/configs/metadata.json"/>
        <source>Trained on random volumes of 70 simulated patients; no patient's image was used, and its figures say nothing about patients.</source>
        <translation>用70名模拟患者的随机体积训练；未使用任何患者的图像，其数字不能说明患者的情况。</translation>
    </message>
    <message>
        <location filename="../../Resources/Models/detector-3dc-yolox/configs/metadata.json"/>
        <source>Trained on random volumes of 97 simulated patients and on 22 heads of 11 real patients without known disease of the hips (eleven coronal T1 pelves of the collection CPTAC-UCEC, Clinical Proteomic Tumor Analysis Consortium, The Cancer Imaging Archive, CC BY 3.0), with other contrasts than their own; no image of a diseased hip was used.</source>
        <translation>用 97 名模拟患者的随机图像和 11 名无已知髋部疾病的真实患者的 22 个股骨头（CPTAC-UCEC 数据集的十一例冠状面 T1 骨盆，Clinical Proteomic Tumor Analysis Consortium，The Cancer Imaging Archive，CC BY 3.0）训练，后者采用不同于原图的对比；未使用患病髋的图像。</translation>
    </message>
    <message>
        <location filename="../../Resources/Models/outliner-unet/configs/metadata.json"/>
        <source>Trained on random volumes of 97 simulated patients and on 22 heads of 11 real patients without known disease of the hips (eleven coronal T1 pelves of the collection CPTAC-UCEC, Clinical Proteomic Tumor Analysis Consortium, The Cancer Imaging Archive, CC BY 3.0), with simulated disease painted into their heads; no image of a diseased hip was used.</source>
        <translation>用 97 名模拟患者的随机图像和 11 名无已知髋部疾病的真实患者的 22 个股骨头（CPTAC-UCEC 数据集的十一例冠状面 T1 骨盆，Clinical Proteomic Tumor Analysis Consortium，The Cancer Imaging Archive，CC BY 3.0）训练，并在其股骨头中绘入模拟病变；未使用患病髋的图像。</translation>
    </message>
    <message>
        <location filename="../../Resources/Models/dlrc-xray/configs/metadata.json"/>
        <source>Trained on simulated radiographs of 209 hips of 144 patients who do not exist, 61 of them collapsed, with the DLRC study's case mix, hazard ratios and survival; no patient's image was used, and its figures say nothing about patients.</source>
        <translation>用 144 名虚拟患者的 209 髋（61 髋塌陷）的模拟 X 线片训练，采用 DLRC 研究的病例构成、风险比和生存率；未使用任何患者的图像，其数值不能说明真实患者的情况。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/early.py"/>
        <source>Training panels</source>
        <translation>训练部分</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/early.py"/>
        <source>Training part</source>
        <translation>训练部分</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/early.py"/>
        <source>Training part (apparent)</source>
        <translation>训练部分（表观）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/centres.py"/>
        <source>Training {done} of {total}</source>
        <translation>训练 {done}/{total}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/node/sender.py"/>
        <source>Tried again later.</source>
        <translation>稍后重试。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/binary.py"/>
        <source>True</source>
        <translation>真实</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Unevenness of how many neighbours are alike.</source>
        <translation>相似相邻体素数的不均匀程度。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Unevenness of the differences of neighbours.</source>
        <translation>相邻差的不均匀程度。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Unevenness of the grey levels of {thing}; small where they are spread evenly.</source>
        <translation>{thing}灰度级的不均匀程度；分布均匀时数值小。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Unevenness of the lengths of runs.</source>
        <translation>游程长度的不均匀程度。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Unevenness of the sizes of zones.</source>
        <translation>连通区大小的不均匀程度。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>Unlike training</source>
        <translation>与训练的差异</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>Uno C</source>
        <translation>Uno C 指数</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/exam_sections.py"/>
        <source>Used for</source>
        <translation>用途</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Variance of how many neighbours are alike.</source>
        <translation>相似相邻体素数的方差。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Variance of the grey levels of pairs.</source>
        <translation>体素对灰度级的方差。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Variance of the grey levels of {thing}.</source>
        <translation>{thing}灰度级的方差。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Variance of the lengths of runs.</source>
        <translation>游程长度的方差。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Variance of the sizes of zones.</source>
        <translation>连通区大小的方差。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Volume by counting voxels.</source>
        <translation>按体素计数的体积。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Volume of the region, edges smoothed.</source>
        <translation>区域体积，边缘平滑。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/exam_sections.py"/>
        <source>Voxels (mm)</source>
        <translation>体素（mm）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/centres_page.py"/>
        <location filename="../../ONFHAssistLib/report/external_survival_page.py"/>
        <location filename="../../ONFHAssistLib/report/model_page.py"/>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <location filename="../../ONFHAssistLib/report/survival_regression_page.py"/>
        <source>Warnings</source>
        <translation>警告</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>Warnings: {count}</source>
        <translation>警告：{count}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/binary.py"/>
        <source>Weight (log-odds for one standard deviation): right raises, left lowers the probability</source>
        <translation>权重（每个标准差的对数优势）：向右升高、向左降低概率</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_texts.py"/>
        <source>Weight of the tails; 3 for a normal distribution.</source>
        <translation>尾部的权重；正态分布为 3。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/model_page.py"/>
        <source>Weights of the final model</source>
        <translation>最终模型的权重</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>What DLRC adds, on held-out hips</source>
        <translation>DLRC 带来的增益，留出的髋</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/catalogue.py"/>
        <source>What a network trained on pictures responds to in the slice where the region is largest.</source>
        <translation>用图片训练的网络对区域最大层面的响应。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/model_page.py"/>
        <source>What drove the answer of one test hip</source>
        <translation>一个测试髋的答案由什么决定</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>What is chosen again</source>
        <translation>哪些会再次被选中</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/exam_sections.py"/>
        <source>What it rests on</source>
        <translation>依据</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/external_survival_page.py"/>
        <source>What the model learned from</source>
        <translation>模型的训练来源</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_regression_page.py"/>
        <source>What the visits hide</source>
        <translation>就诊间隔的影响</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/centres_page.py"/>
        <location filename="../../ONFHAssistLib/report/external_survival_page.py"/>
        <location filename="../../ONFHAssistLib/report/model_page.py"/>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <location filename="../../ONFHAssistLib/report/survival_regression_page.py"/>
        <source>What to keep in mind</source>
        <translation>需要注意</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/deep.py"/>
        <source>What {IMAGENET_URL} sent has the SHA-256 {digest}..., not that of {name}; try again.</source>
        <translation>{IMAGENET_URL} 发来内容的 SHA-256 为 {digest}...，与 {name} 的不符；请重试。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>Whether predicted survival is what was seen, on held-out hips</source>
        <translation>预测的生存是否与观察相符，留出的髋</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/cohort.py"/>
        <source>Which hips belong to one patient is not said; name the patient's column.</source>
        <translation>未说明哪些髋属于同一患者；请指定患者列。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/survival.py"/>
        <source>Who has collapsed by then against who is still without, censoring weighted; held out within folds.</source>
        <translation>到该时间已塌陷者与仍未塌陷者比较，按删失加权；留出，折内。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/words.py"/>
        <source>Wire in the bone</source>
        <translation>针在骨内</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/drilling/checks.py"/>
        <location filename="../../ONFHAssistLib/report/drilling/words.py"/>
        <source>Wire in the bone from the entry to the tip</source>
        <translation>从入点到针尖全程在骨内</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/words.py"/>
        <source>Wire {number} comes within {value} mm of the surface of the bone; {limit} is least.</source>
        <translation>{number} 号针距骨表面仅 {value} mm；至少 {limit}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/words.py"/>
        <source>Wire {number} comes within {value} mm of the surface of the neck; {limit} is least.</source>
        <translation>{number} 号针距股骨颈表面仅 {value} mm；至少 {limit}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/words.py"/>
        <source>Wire {number} ends {value} mm short of the joint surface; {low} to {high} is allowed.</source>
        <translation>{number} 号针止于距关节面 {value} mm 处；允许 {low} 至 {high}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/words.py"/>
        <source>Wire {number} enters {value} mm below the tip of the trochanter; {low} to {high} is allowed.</source>
        <translation>{number} 号针入点在大转子尖下 {value} mm；允许 {low} 至 {high}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/words.py"/>
        <source>Wire {number} is {value} mm long; {limit} is most.</source>
        <translation>{number} 号针长 {value} mm；最多 {limit}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/words.py"/>
        <source>Wire {number} stands at {value} degrees to the shaft; {low} to {high} is allowed.</source>
        <translation>{number} 号针与股骨干成 {value}°；允许 {low} 至 {high}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/drilling/checks.py"/>
        <source>Wire {wire} comes within {value:.1f} mm of the surface of the bone; {least:g} is least.</source>
        <translation>导针 {wire} 距骨表面仅 {value:.1f} mm；下限为 {least:g}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/drilling/checks.py"/>
        <source>Wire {wire} comes within {value:.1f} mm of the surface of the neck; {least:g} is least.</source>
        <translation>导针 {wire} 距股骨颈表面仅 {value:.1f} mm；下限为 {least:g}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/drilling/checks.py"/>
        <source>Wire {wire} does not enter the bone within {near:g} mm of its entry.</source>
        <translation>导针 {wire} 在距入点 {near:g} mm 内未进入骨内。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/drilling/checks.py"/>
        <source>Wire {wire} does not enter through the lateral cortex.</source>
        <translation>导针 {wire} 未经外侧皮质进入。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/drilling/checks.py"/>
        <source>Wire {wire} ends {value:.0f} mm from the middle of the head, outside it.</source>
        <translation>导针 {wire} 止于距股骨头中心 {value:.0f} mm 处，在股骨头之外。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/drilling/checks.py"/>
        <source>Wire {wire} ends {value:.1f} mm short of the joint surface; {least:g} to {most:g} is allowed.</source>
        <translation>导针 {wire} 止于距关节面 {value:.1f} mm 处；允许 {least:g} 至 {most:g}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/drilling/checks.py"/>
        <source>Wire {wire} enters {value:.0f} mm below the tip of the trochanter; {least:g} to {most:.0f} is allowed.</source>
        <translation>导针 {wire} 的入点在大转子尖下方 {value:.0f} mm；允许 {least:g} 至 {most:.0f}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/drilling/checks.py"/>
        <source>Wire {wire} enters {value:.1f} mm from the edge of the image, where the bone seems to end; {least:g} is least.</source>
        <translation>导针 {wire} 的入点距图像边缘 {value:.1f} mm，此处骨质看似终止；下限为 {least:g}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/drilling/checks.py"/>
        <source>Wire {wire} is shorter than 5 mm.</source>
        <translation>导针 {wire} 短于 5 mm。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/drilling/checks.py"/>
        <source>Wire {wire} is {value:.0f} mm long; {most:g} is most.</source>
        <translation>导针 {wire} 长 {value:.0f} mm；上限为 {most:g}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/drilling/checks.py"/>
        <source>Wire {wire} leaves the bone {far:.0f} mm from its entry.</source>
        <translation>导针 {wire} 在距入点 {far:.0f} mm 处穿出骨外。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/drilling/checks.py"/>
        <source>Wire {wire} stands at {value:.0f} degrees to the shaft; {least:g} to {most:g} is allowed.</source>
        <translation>导针 {wire} 与股骨干夹角为 {value:.0f} 度；允许 {least:g} 至 {most:g}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/drilling/checks.py"/>
        <source>Wires {first} and {second} enter {value:.0f} mm apart.</source>
        <translation>导针 {first} 与 {second} 的入点相距 {value:.0f} mm。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/drilling/checks.py"/>
        <source>Wires {first} and {second} enter {value:.0f} mm apart; {most:g} is most.</source>
        <translation>导针 {first} 与 {second} 的入点相距 {value:.0f} mm；上限为 {most:g}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/words.py"/>
        <source>Wires {first} and {second} enter {value} mm apart; {limit} is most.</source>
        <translation>{first} 号和 {second} 号针的入点相距 {value} mm；最多 {limit}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/drilling/checks.py"/>
        <source>Wires {first} and {second} leave {value:.1f} mm of bone between the tips of two wires; {least:g} is least.</source>
        <translation>导针 {first} 与 {second} 的针尖之间仅有 {value:.1f} mm 骨质；下限为 {least:g}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/drilling/checks.py"/>
        <source>Wires {first} and {second} leave {value:.1f} mm of bone between two wires; {least:g} is least.</source>
        <translation>导针 {first} 与 {second} 之间仅有 {value:.1f} mm 骨质；下限为 {least:g}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/words.py"/>
        <source>Wires {first} and {second} leave {value} mm of bone between the tips of two wires; {limit} is least.</source>
        <translation>{first} 号和 {second} 号针的针尖之间剩余骨 {value} mm；至少 {limit}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/words.py"/>
        <source>Wires {first} and {second} leave {value} mm of bone between two wires; {limit} is least.</source>
        <translation>{first} 号和 {second} 号针之间剩余骨 {value} mm；至少 {limit}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/regress/analysis.py"/>
        <source>With late entry, weights or strata, Fine and Gray's model is left out; cause-specific ones know them.</source>
        <translation>有延迟进入、权重或分层时不拟合 Fine-Gray 模型；原因别模型可处理它们。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/parts.py"/>
        <source>With the event</source>
        <translation>有事件</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/words.py"/>
        <source>With {count} wires {wanted} was found.</source>
        <translation>{count} 根针可达到 {wanted}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/drilling/statement.py"/>
        <source>With {wires_needed} wires {wanted} was found.</source>
        <translation>以 {wires_needed} 枚导针可达 {wanted}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>Withheld: {steps}</source>
        <translation>未给出：{steps}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cli/cohort.py"/>
        <source>Working up the cohort</source>
        <translation>正在处理队列</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/regress_survival.py"/>
        <location filename="../../ONFHAssistLib/develop/survival.py"/>
        <location filename="../../ONFHAssistLib/develop/validate_survival.py"/>
        <source>Writing tables and figures</source>
        <translation>正在写出表格和图</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/plan.py"/>
        <source>Written {written}, SHA-256 {sha256}.</source>
        <translation>写于 {written}，SHA-256 {sha256}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>accept the outline, and go on</source>
        <translation>接受轮廓并继续</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>accepted</source>
        <translation>已接受</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/exam_sections.py"/>
        <source>acetabular edge</source>
        <translation>髋臼缘</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>against {TITLES}</source>
        <translation>相对{TITLES}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>against {name}</source>
        <translation>相对{name}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>alcohol</source>
        <translation>酒精</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <location filename="../../ONFHAssistLib/evaluate/figures/reporting.py"/>
        <location filename="../../ONFHAssistLib/report/model_page.py"/>
        <source>all hips</source>
        <translation>全部髋</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/plan.py"/>
        <source>analysis plan of {written}, SHA-256 {sha256}…; deviations are listed in the report</source>
        <translation>{written} 的分析计划，SHA-256 {sha256}…；偏离之处列于报告</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/early.py"/>
        <source>and none rules the outcome out.</source>
        <translation>没有概率能排除有结局。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/early.py"/>
        <source>and without it alone below {max}.</source>
        <translation>低于 {max} 时仅判为无结局。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/course/page.py"/>
        <source>angle (°)</source>
        <translation>坏死角（°）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>arc A</source>
        <translation>坏死角 A</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>arc B</source>
        <translation>坏死角 B</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/reporting.py"/>
        <source>as promised</source>
        <translation>与承诺一致</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/external_survival_page.py"/>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>at {month} months</source>
        <translation>{month} 个月时</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/binary.py"/>
        <source>average hip {base} (dotted)  →  this hip {final} (line)</source>
        <translation>平均髋 {base}（点线）→ 本髋 {final}（实线）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_report.py"/>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>axial</source>
        <translation>横断</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/course/surface_map.py"/>
        <source>back  ←      →  front</source>
        <translation>后  ←      →  前</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>backbone</source>
        <translation>主干网络</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>bone marrow oedema</source>
        <translation>骨髓水肿</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/reporting.py"/>
        <source>both: undecided</source>
        <translation>两类：未定</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>bright marrow (T1, T2)</source>
        <translation>骨髓高信号（T1、T2）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>bundle</source>
        <translation>模型包</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>bundle sha256</source>
        <translation>模型包 SHA-256</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/course/words.py"/>
        <source>called</source>
        <translation>判断</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>cannot tell</source>
        <translation>无法判断</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/model_page.py"/>
        <source>checklist of radiomics reporting</source>
        <translation>影像组学报告清单</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>collapse</source>
        <translation>塌陷</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>collapse ({count})</source>
        <translation>塌陷（{count}）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/course/page.py"/>
        <source>collapsed between month {after_months} and {months}</source>
        <translation>第 {after_months} 至 {months} 个月间塌陷</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/plan.py"/>
        <source>column of the {role}</source>
        <translation>{role}的列</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>combined necrotic angle {angle:.0f}°</source>
        <translation>联合坏死角 {angle:.0f}°</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>comment</source>
        <translation>备注</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>comment kept</source>
        <translation>备注已保存</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>comment, then Enter</source>
        <translation>填写备注后按 Enter</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/survival.py"/>
        <source>concordance by scanner and centre, with tests of the difference</source>
        <translation>按扫描仪和中心的一致性，附差异检验</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/survival.py"/>
        <source>concordance in subgroups, with tests of the difference</source>
        <translation>亚组中的一致性，附差异检验</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>continuous</source>
        <translation>连续</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>continuous, per SD</source>
        <translation>连续，每标准差</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/exam_sections.py"/>
        <source>contrast not stated</source>
        <translation>未说明对比</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_report.py"/>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>coronal</source>
        <translation>冠状</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>corrected</source>
        <translation>已修改</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>corticosteroid</source>
        <translation>激素</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>created</source>
        <translation>生成时间</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/course/words.py"/>
        <source>date</source>
        <translation>日期</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>days</source>
        <translation>天</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>deep features</source>
        <translation>深度特征</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>dependence</source>
        <translation>依赖数</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>depth of the necrosis</source>
        <translation>坏死深度</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>detector</source>
        <translation>检测模型</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>difference of C</source>
        <translation>C 之差</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>doubt</source>
        <translation>存疑度</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/followup/timeline.py"/>
        <source>drilled</source>
        <translation>已钻孔</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/course/words.py"/>
        <source>effusion</source>
        <translation>关节积液</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>engine</source>
        <translation>引擎</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/page.py"/>
        <source>entry before or behind the shaft's axis</source>
        <translation>入点在股骨干轴线前方或后方</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/page.py"/>
        <source>entry below the greater trochanter, mm</source>
        <translation>入点在大转子尖下方，mm</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/centres_page.py"/>
        <location filename="../../ONFHAssistLib/report/external_survival_page.py"/>
        <location filename="../../ONFHAssistLib/report/model_page.py"/>
        <source>every figure</source>
        <translation>每个图</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>every figure; nomograms also as SVG</source>
        <translation>每个图；列线图另有 SVG</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/centres_page.py"/>
        <location filename="../../ONFHAssistLib/report/model_page.py"/>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <location filename="../../ONFHAssistLib/report/survival_regression_page.py"/>
        <source>every table as CSV</source>
        <translation>每个表格的 CSV</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/external_survival_page.py"/>
        <source>every table as CSV, with each hip's risk</source>
        <translation>每个表格的 CSV，含每髋的风险</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>failed: {steps}</source>
        <translation>失败：{steps}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>fat-suppressed</source>
        <translation>脂肪抑制</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>fat-suppressed (T2 FS or STIR or PD FS)</source>
        <translation>脂肪抑制（T2 FS、STIR 或 PD FS）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>features</source>
        <translation>特征</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>female</source>
        <translation>女</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>figure</source>
        <translation>指标</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>first, last hip</source>
        <translation>第一个、最后一个髋</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>fit of the sphere</source>
        <translation>球面拟合</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>fitted models and signatures as JSON; ONFHSurvival loads them</source>
        <translation>拟合模型和标签的 JSON；可由 ONFHSurvival 载入</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/model_page.py"/>
        <source>fitted models as JSON</source>
        <translation>拟合模型的 JSON</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/course/page.py"/>
        <source>flattened before it was followed</source>
        <translation>随访之前已变扁</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/course/page.py"/>
        <source>flattening (mm)</source>
        <translation>变扁（mm）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/pictures.py"/>
        <source>from above</source>
        <translation>自上方</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/pictures.py"/>
        <source>from the front</source>
        <translation>自前方</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/course/page.py"/>
        <source>grade {effusion_grade}</source>
        <translation>{effusion_grade} 级</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/course/words.py"/>
        <source>grade {grade}</source>
        <translation>{grade} 级</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/exam_sections.py"/>
        <source>grade {grade}, series {series}</source>
        <translation>{grade} 级，序列 {series}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/course/words.py"/>
        <source>grown</source>
        <translation>增大</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/course/page.py"/>
        <source>growth (ml)</source>
        <translation>增减（ml）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/course/words.py"/>
        <source>healed</source>
        <translation>缩小</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>heat</source>
        <translation>热度</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/page.py"/>
        <location filename="../../ONFHAssistLib/report/drilling/words.py"/>
        <source>hip</source>
        <translation>髋</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>hips</source>
        <translation>髋</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>idiopathic</source>
        <translation>特发</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/external_survival_page.py"/>
        <source>if competing events were censored</source>
        <translation>若竞争事件作删失处理</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>ilium above the hip</source>
        <translation>髋上方的髂骨</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>in scope</source>
        <translation>适用</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>initials</source>
        <translation>姓名缩写</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>input</source>
        <translation>输入</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>input sha256</source>
        <translation>输入 SHA-256</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/survival.py"/>
        <source>instability of single answers over bootstrap developments</source>
        <translation>自助建模时单个答案的不稳定性</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/early.py"/>
        <source>instability of single answers over repeated developments</source>
        <translation>重复建模时单个答案的不稳定性</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/course/words.py"/>
        <source>inward</source>
        <translation>内侧</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/course/words.py"/>
        <source>inward  ←   (seen from above)   →  outward</source>
        <translation>内侧  ←   （自上方观察）   →  外侧</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>it holds decisions of nobody</source>
        <translation>其中的判定没有署名</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>it holds decisions of several readers</source>
        <translation>其中有多位阅片者的判定</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>it holds no decisions of a contact sheet</source>
        <translation>其中没有审阅页的判定</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>its decisions are of another cohort</source>
        <translation>其中的判定属于另一个队列</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>keeps it</source>
        <translation>保存</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/course/words.py"/>
        <location filename="../../ONFHAssistLib/report/drilling/words.py"/>
        <source>kept</source>
        <translation>保持</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>larger</source>
        <translation>较大</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>leaves it</source>
        <translation>放弃</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>left</source>
        <translation>左侧</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>left hip</source>
        <translation>左髋</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/course/words.py"/>
        <source>left hip collapsed in between</source>
        <translation>左髋其间塌陷</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>length</source>
        <translation>长度</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/page.py"/>
        <source>length, mm</source>
        <translation>长度（mm）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>levels</source>
        <translation>分级</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>likely</source>
        <translation>可能性大</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>living marrow of head and neck</source>
        <translation>股骨头和股骨颈的存活骨髓</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/model_page.py"/>
        <source>log-odds for one SD</source>
        <translation>每标准差的对数优势</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/survival.py"/>
        <source>log10 penalty (weaker to the right)</source>
        <translation>log10 惩罚（向右减弱）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/course/words.py"/>
        <source>lost</source>
        <translation>消失</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/exam_sections.py"/>
        <source>lower row series {number}, {contrast}</source>
        <translation>下排为序列 {number}，{contrast}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>male</source>
        <translation>男</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>marrow</source>
        <translation>骨髓</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>marrow oedema not seen by the signal</source>
        <translation>信号未见骨髓水肿</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>marrow oedema suggested by the signal</source>
        <translation>信号提示骨髓水肿</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/reporting.py"/>
        <source>mean {summary}</source>
        <translation>均值 {summary}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>median split</source>
        <translation>中位数二分</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>model</source>
        <translation>模型</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>model part</source>
        <translation>模型部分</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>model sha256</source>
        <translation>模型 SHA-256</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/bundles/bundle.py"/>
        <source>models/model.pt of bundle {name} is not a plain state dict; it is refused.</source>
        <translation>模型包 {name} 的 models/model.pt 不是单纯的参数字典；予以拒绝。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <location filename="../../ONFHAssistLib/report/course/words.py"/>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>months</source>
        <translation>月</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>muscle</source>
        <translation>肌肉</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>muscle beside the hip</source>
        <translation>髋旁肌肉</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/course/page.py"/>
        <source>necrosis (ml)</source>
        <translation>坏死灶（ml）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>necrotic share</source>
        <translation>坏死占比</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>neighbourhoods</source>
        <translation>邻域</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <location filename="../../ONFHAssistLib/develop/survival.py"/>
        <source>nested cross-validation</source>
        <translation>嵌套交叉验证</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/course/words.py"/>
        <source>new</source>
        <translation>新</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>next hip</source>
        <translation>下一髋</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <location filename="../../ONFHAssistLib/report/drilling/page.py"/>
        <location filename="../../ONFHAssistLib/report/exam_sections.py"/>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>no acetabular edge known</source>
        <translation>髋臼缘未知</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>no answer (out of scope)</source>
        <translation>不作回答（超出适用范围）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/survival.py"/>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <location filename="../../ONFHAssistLib/report/course/page.py"/>
        <source>no collapse seen</source>
        <translation>未见塌陷</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>no collapse seen ({count})</source>
        <translation>未见塌陷（{count}）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>no marrow oedema (the images do not tell)</source>
        <translation>无骨髓水肿（图像无法判断）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>no necrotic angle, so no survival after core decompression.</source>
        <translation>没有坏死角，因此没有髓芯减压术后的生存结果。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/page.py"/>
        <source>no plan</source>
        <translation>无规划</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_report.py"/>
        <source>no stage was given</source>
        <translation>未给出分期</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_report.py"/>
        <source>none outlined</source>
        <translation>未勾画</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/course/page.py"/>
        <source>none seen</source>
        <translation>未见</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/reporting.py"/>
        <source>none: unlike either</source>
        <translation>无：与两类都不像</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/course/page.py"/>
        <source>not compared</source>
        <translation>未比较</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>not reached</source>
        <translation>未达到</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/course/page.py"/>
        <location filename="../../ONFHAssistLib/report/exam_sections.py"/>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>not seen</source>
        <translation>未见</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>not staged</source>
        <translation>未分期</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/validate_survival.py"/>
        <source>not stated</source>
        <translation>未说明</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/exam_sections.py"/>
        <source>nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>oblique axial</source>
        <translation>斜横断</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>oblique coronal</source>
        <translation>斜冠状</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>oblique sagittal</source>
        <translation>斜矢状</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/validate_dlr.py"/>
        <source>observed to expected</source>
        <translation>观察与预期之比</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/course/words.py"/>
        <location filename="../../ONFHAssistLib/report/exam_sections.py"/>
        <source>oedema</source>
        <translation>水肿</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>of I</source>
        <translation>I 期</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>of II</source>
        <translation>II 期</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/reporting.py"/>
        <source>one class</source>
        <translation>一类</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>open</source>
        <translation>待定</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>out of scope</source>
        <translation>超出适用范围</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_report.py"/>
        <source>out of scope, no answer</source>
        <translation>超出适用范围，不作回答</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/exam_sections.py"/>
        <source>outline</source>
        <translation>勾画</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>outliner</source>
        <translation>勾画模型</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>outlines on or off</source>
        <translation>显示或隐藏轮廓</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/course/words.py"/>
        <source>outward</source>
        <translation>外侧</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/course/words.py"/>
        <source>outward  ←   (seen from above)   →  inward</source>
        <translation>外侧  ←   （自上方观察）   →  内侧</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>over 99%</source>
        <translation>高于 99%</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>p of C by permutation</source>
        <translation>C 的置换 p 值</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/parts.py"/>
        <source>p of a difference (Holm)</source>
        <translation>差异的 p（Holm）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/reporting.py"/>
        <source>p of a difference {p}, Holm {p_}</source>
        <translation>差异的 p {p}，Holm {p_}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/model_page.py"/>
        <source>p, Hosmer-Lemeshow</source>
        <translation>p（Hosmer-Lemeshow 检验）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <location filename="../../ONFHAssistLib/report/model_page.py"/>
        <source>p, accuracy</source>
        <translation>p，准确率</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>p, clustered</source>
        <translation>p，聚类</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>p, clustered by patient</source>
        <translation>p，按患者聚类</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>p, proportional hazards</source>
        <translation>p，比例风险</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/early.py"/>
        <source>performance by scanner and centre, with tests of the difference</source>
        <translation>按扫描仪和中心的表现，附差异检验</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/early.py"/>
        <source>performance in subgroups, with tests of the difference</source>
        <translation>亚组表现，附差异检验</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>preset sha256</source>
        <translation>预设 SHA-256</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>previous hip</source>
        <translation>上一髋</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>probability</source>
        <translation>概率</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_report.py"/>
        <source>probability {share}</source>
        <translation>概率 {share}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/model_page.py"/>
        <source>quality score of radiomics research</source>
        <translation>影像组学研究质量评分</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>radiomics</source>
        <translation>影像组学</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>radius</source>
        <translation>半径</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/page.py"/>
        <source>reach of this wire</source>
        <translation>本导针到达比例</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>reader</source>
        <translation>阅片者</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/exam_sections.py"/>
        <source>reference</source>
        <translation>参考</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>reject it, and go on</source>
        <translation>拒绝并继续</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>rejected</source>
        <translation>已拒绝</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>right</source>
        <translation>右侧</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>right hip</source>
        <translation>右髋</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/course/words.py"/>
        <source>right hip collapsed in between</source>
        <translation>右髋其间塌陷</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/survival.py"/>
        <source>risk by {month} months</source>
        <translation>{month} 个月内的风险</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/page.py"/>
        <location filename="../../ONFHAssistLib/report/drilling/words.py"/>
        <source>rule</source>
        <translation>规则</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/page.py"/>
        <source>rule kept</source>
        <translation>符合</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>runs</source>
        <translation>游程</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_report.py"/>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>sagittal</source>
        <translation>矢状</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>segmentation</source>
        <translation>分割</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/page.py"/>
        <source>short of the joint, mm</source>
        <translation>距关节面（mm）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>size</source>
        <translation>大小</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>smaller</source>
        <translation>较小</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>software</source>
        <translation>软件</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>split</source>
        <translation>划分</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/course/words.py"/>
        <source>stage</source>
        <translation>分期</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/followup/timeline.py"/>
        <source>stage {stage}</source>
        <translation>分期 {stage}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>stager</source>
        <translation>分期模型</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/early.py"/>
        <source>subgroups of sex and age are in the report</source>
        <translation>报告中有性别和年龄亚组</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/survival.py"/>
        <source>subgroups of the clinical columns are in the report</source>
        <translation>报告中有临床列的亚组</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/exam_sections.py"/>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>suggested</source>
        <translation>提示有</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/course/page.py"/>
        <location filename="../../ONFHAssistLib/report/course/words.py"/>
        <source>sunk (mm)</source>
        <translation>下沉（mm）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/course/surface_map.py"/>
        <source>sunk since the first date (mm)</source>
        <translation>首次以来下沉（mm）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>suppressed marrow (T2 FS, STIR, PD FS)</source>
        <translation>骨髓信号被抑制（T2 FS、STIR、PD FS）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>table</source>
        <translation>表格</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/plan.py"/>
        <source>table of the cohort</source>
        <translation>队列的表格</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>take the last decision back</source>
        <translation>撤回上一个判定</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>taken back</source>
        <translation>已撤回</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>test</source>
        <translation>测试</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>the combined angle</source>
        <translation>联合坏死角</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_regression_page.py"/>
        <source>the figure</source>
        <translation>该图</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/followup/timeline.py"/>
        <source>the first examination of each hip</source>
        <translation>每髋的首次检查</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_report.py"/>
        <source>the image is out of the scope of the stager; see the remarks</source>
        <translation>图像超出分期网络的适用范围；见备注</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/course/words.py"/>
        <source>the later examination could not be aligned on the earlier one: {why}</source>
        <translation>后次检查无法与前次对齐：{why}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>the necrotic share</source>
        <translation>坏死占比</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>the radius</source>
        <translation>半径</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/reporting.py"/>
        <source>the same answer</source>
        <translation>答案相同</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/model_page.py"/>
        <source>the same as checked bundles, for use on patients</source>
        <translation>同上，为经校验的模型包，用于患者</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>the {shown} most doubtful of {count} hips</source>
        <translation>{count} 髋中最存疑的 {shown} 个</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>this list</source>
        <translation>本列表</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/reporting.py"/>
        <source>threshold {threshold}</source>
        <translation>阈值 {threshold}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <location filename="../../ONFHAssistLib/report/model_page.py"/>
        <source>to be filled in</source>
        <translation>待填写</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/page.py"/>
        <source>to the coronal plane</source>
        <translation>与冠状面夹角（°）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/page.py"/>
        <source>to the shaft from the front</source>
        <translation>正位与股骨干夹角（°）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/page.py"/>
        <source>to the shaft, degrees</source>
        <translation>与股骨干夹角（°）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/reporting.py"/>
        <source>too few</source>
        <translation>过少</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>training</source>
        <translation>训练</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/model_page.py"/>
        <source>training part of the split</source>
        <translation>划分的训练部分</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/course/words.py"/>
        <source>unchanged</source>
        <translation>无变化</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>under 1%</source>
        <translation>低于 1%</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>unlikely</source>
        <translation>可能性小</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/exam_sections.py"/>
        <source>upper row series {number}, {contrast}</source>
        <translation>上排为序列 {number}，{contrast}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>volume of the head</source>
        <translation>股骨头体积</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>volume of the head against its sphere</source>
        <translation>股骨头与其球面的体积比</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>volume of the necrosis</source>
        <translation>坏死灶体积</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>warnings: {count}</source>
        <translation>警告：{count}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/course/page.py"/>
        <source>whether it collapsed stays open</source>
        <translation>是否塌陷尚无定论</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/page.py"/>
        <location filename="../../ONFHAssistLib/report/drilling/words.py"/>
        <source>why not</source>
        <translation>原因</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/page.py"/>
        <location filename="../../ONFHAssistLib/report/drilling/words.py"/>
        <source>wire</source>
        <translation>针</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/page.py"/>
        <source>wire: measured</source>
        <translation>导针：测量值</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/words.py"/>
        <source>wires</source>
        <translation>针</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>with a comment</source>
        <translation>有备注</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLab/training/own/inventory.py"/>
        <source>with a scan in which both heads are outlined</source>
        <translation>有一次双侧股骨头都已勾画的扫描</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLab/training/own/inventory.py"/>
        <source>with a stage</source>
        <translation>有分期</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLab/training/own/inventory.py"/>
        <source>with an outlined necrosis</source>
        <translation>有勾画的坏死灶</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/early.py"/>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>with the outcome</source>
        <translation>有结局</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>withheld: {steps}</source>
        <translation>未给出：{steps}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>without</source>
        <translation>无结局</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>years</source>
        <translation>年</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <location filename="../../ONFHAssistLib/report/drilling/page.py"/>
        <location filename="../../ONFHAssistLib/report/exam_sections.py"/>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>zones</source>
        <translation>连通区</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/deep.py"/>
        <source>{IMAGENET_URL} cannot be reached ({error}); download it elsewhere and give the file.</source>
        <translation>无法连接 {IMAGENET_URL}（{error}）；请在别处下载并给出该文件。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/course/page.py"/>
        <source>{NAMES}, {date}: how far the joint surface sank since {date_}.</source>
        <translation>{NAMES}，{date}：自 {date_} 以来关节面下沉。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/bundles/bundle.py"/>
        <source>{OWN_MODELS} is '{given}', which is no folder; name the folder of your bundles or clear it.</source>
        <translation>{OWN_MODELS} 为“{given}”，不是文件夹；请指定您的模型包文件夹，或清除该设置。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/parts.py"/>
        <source>{TABLE_1}: the hips at baseline</source>
        <translation>{TABLE_1}：髋的基线资料</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/early.py"/>
        <source>{TABLE_1}: training and test part</source>
        <translation>{TABLE_1}：训练部分与测试部分</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/survival.py"/>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>{TITLES} model</source>
        <translation>{TITLES}模型</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/survival.py"/>
        <source>{TITLES} over {TITLES_} at {month} months</source>
        <translation>{month} 个月时 {TITLES} 相对 {TITLES_}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/outliner.py"/>
        <source>{added_ml} ml of holes in the head were filled.</source>
        <translation>股骨头内 {added_ml} ml 的空洞已填充。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/words.py"/>
        <source>{angle} backward</source>
        <translation>向后 {angle}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/words.py"/>
        <source>{angle} forward</source>
        <translation>向前 {angle}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/model_page.py"/>
        <source>{classifier} with {dict}.</source>
        <translation>{classifier}，参数 {dict}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/page.py"/>
        <location filename="../../ONFHAssistLib/report/drilling/words.py"/>
        <source>{count} broken</source>
        <translation>违反 {count} 条</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/course/words.py"/>
        <source>{count} drill tracks of before no longer seen.</source>
        <translation>原有钻孔道 {count} 条已不可见。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>{count} hips</source>
        <translation>{count} 髋</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>{count} of {total}</source>
        <translation>{total} 中的 {count}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>{count} rows of {reader} loaded.</source>
        <translation>已载入 {reader} 的 {count} 行。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>{count} rows saved as {file}.</source>
        <translation>已将 {count} 行保存为 {file}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/drilling/statement.py"/>
        <source>{count} wires reach {reach} of the necrosis ({volume} ml) within {near} mm.</source>
        <translation>{count} 枚导针在 {near} mm 范围内到达坏死灶（{volume} ml）的 {reach}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/words.py"/>
        <source>{count} wires reach {share} of the necrosis ({volume} ml) within {distance} mm.</source>
        <translation>{count} 根针在 {distance} mm 内到达坏死灶（{volume} ml）的 {share}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/cohort.py"/>
        <source>{done} of {total} cases were already done</source>
        <translation>{total} 个病例中有 {done} 个先前已完成</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/outliner.py"/>
        <source>{dropped_ml} ml apart from the head were left out.</source>
        <translation>与股骨头分离的 {dropped_ml} ml 未予采用。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/outline_sides.py"/>
        <source>{error} The side of its features is taken from the place.</source>
        <translation>{error} 其特征的侧别根据位置确定。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/cox/model.py"/>
        <source>{events_} events for {len} covariates are {each} each; with fewer than {EVENTS_PER_COVARIATE} the hazard ratios are too large on average.</source>
        <translation>{len} 个协变量有 {events_} 个事件，各 {each} 个；少于 {EVENTS_PER_COVARIATE} 个时风险比平均偏大。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/update/survival.py"/>
        <source>{events} events for {shape} coefficients are too few to fit them anew ({EVENTS_A_COEFFICIENT} each are asked for); the slope is the most that was tried.</source>
        <translation>{shape} 个系数只有 {events} 个事件，不足以重新拟合（每个系数要求 {EVENTS_A_COEFFICIENT} 个）；最多尝试到斜率。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/model_page.py"/>
        <source>{facts} hips of {facts_} patients, {facts__} with the outcome '{facts___}'. Features: {counts}. Hips of one patient were never split.</source>
        <translation>{facts_} 位患者的 {facts} 髋，{facts__} 髋有结局“{facts___}”。特征：{counts}。同一患者的髋从不分开。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/case/cohort_features.py"/>
        <source>{failed} hips have no radiomics, first {first} {first_}: {first__}</source>
        <translation>{failed} 个髋没有影像组学特征，首个为 {first} {first_}：{first__}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/feature_maps.py"/>
        <source>{feature_name} describes the region as a whole; a map of it cannot be made.</source>
        <translation>{feature_name} 描述整个区域，无法制作其分布图。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cli/survival.py"/>
        <source>{features} has {len} rows; the features of one hip, in one row, are needed.</source>
        <translation>{features} 有 {len} 行；需要一个髋的特征，只占一行。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <location filename="../../ONFHAssistLib/report/survival_regression_page.py"/>
        <source>{figure} at {month} months</source>
        <translation>{figure}（{month} 个月）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>{figure} at {month} months, apparent</source>
        <translation>{figure}（{month} 个月，表观）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/run/assemble.py"/>
        <source>{filename2} cannot be written; close it where a program such as Excel shows it, and start again: every case that was finished is kept.</source>
        <translation>{filename2} 无法写入；若它在 Excel 等程序中打开，请关闭后重新开始：已完成的病例都保留着。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/reading.py"/>
        <source>{files_read} of {whole} files were read.</source>
        <translation>{whole} 个文件中读取了 {files_read} 个。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/table.py"/>
        <source>{files} of the {stated_files} images that its header states are there.</source>
        <translation>头信息所述的 {stated_files} 幅图像中只有 {files} 幅。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/decisions.py"/>
        <source>{file} cannot be read as decisions of a contact sheet ({error}).</source>
        <translation>{file} 无法作为审阅页的判定读取（{error}）。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/decisions.py"/>
        <source>{file} has no list of decisions; export it from the contact sheet again.</source>
        <translation>{file} 没有判定列表；请从审阅页重新导出。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/reader.py"/>
        <source>{file} has the column '{name}', which a program made of a second column '{original}'; rename or drop one of them.</source>
        <translation>{file} 的列“{name}”由某程序根据第二个“{original}”列生成；请将其一重新命名或删除。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/reader.py"/>
        <source>{file} has the column '{twice}' more than once; rename or drop one of them.</source>
        <translation>{file} 的列“{twice}”出现不止一次；请将其一重新命名或删除。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/decisions.py"/>
        <source>{file} holds no decisions of a contact sheet as this version writes them ({SCHEMA}).</source>
        <translation>{file} 中没有本版本格式（{SCHEMA}）的审阅页判定。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/reader.py"/>
        <source>{file} holds the column '{repeated}', which another file already gave; leave one out.</source>
        <translation>{file} 含有列“{repeated}”，而另一文件已给出；请去掉其一。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/dicom_out/reading/needed.py"/>
        <source>{file} is a damaged DICOM file; take it from the archive again.</source>
        <translation>{file} 是损坏的 DICOM 文件；请从存档重新取出。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/dicom_out/reading/needed.py"/>
        <source>{file} is a damaged report: it refers to no series; take it from the archive again.</source>
        <translation>{file} 是损坏的报告：没有引用序列；请从存档重新取出。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/series/pixels.py"/>
        <source>{file} is a video ({name}), no image.</source>
        <translation>{file} 是视频（{name}），不是图像。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/series/files.py"/>
        <source>{file} is not a DICOM image; it is {kind}.</source>
        <translation>{file} 不是 DICOM 图像；它是{kind}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/series/pixels.py"/>
        <source>{file} is stored in the unknown transfer syntax {syntax}; {REMEDY}.</source>
        <translation>{file} 以未知的传输语法 {syntax} 存储；{REMEDY}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/reader.py"/>
        <source>{file} lacks the column '{absent}'; every hip needs a case and a side.</source>
        <translation>{file} 缺少列“{absent}”；每个髋都需要 case 和 side。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/reader.py"/>
        <source>{file} lacks the column '{name}'; it has {join}{more}.</source>
        <translation>{file} 缺少列“{name}”；现有 {join}{more}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/reader.py"/>
        <source>{file} lacks the hip {join} ({len} such hips); extract its features or leave it out of the cohort.</source>
        <translation>{file} 缺少髋 {join}（{len} 个这样的髋）；请提取其特征，或将其移出队列。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>{file} was not loaded: {why}.</source>
        <translation>{file} 未载入：{why}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/reader.py"/>
        <source>{file}: '{name}' is empty in row {empty} ({size} such rows); every hip needs a case and a side.</source>
        <translation>{file}：“{name}”在第 {empty} 行为空（{size} 个这样的行）；每个髋都需要 case 和 side。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/series/pixels.py"/>
        <source>{file}: {name_of} is '{shown}'; a whole number is needed.</source>
        <translation>{file}：{name_of} 为“{shown}”；应为整数。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/series/numbers.py"/>
        <source>{file}: {name_of} is {found}; a whole number of at least 1 is needed.</source>
        <translation>{file}：{name_of} 为 {found}；应为不小于 1 的整数。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/series/numbers.py"/>
        <source>{file}: {name_of} {is_now}; {wanted}. Export the series again, without changes to its header.</source>
        <translation>{file}：{name_of} {is_now}；{wanted}。请在不更改头信息的情况下重新导出该序列。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/dicom_out/reading/stored.py"/>
        <source>{folder} does not exist; give the folder of the DICOM objects.</source>
        <translation>{folder} 不存在；请给出 DICOM 对象的文件夹。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/node/archives/objects.py"/>
        <source>{folder} holds no file; give a folder of DICOM objects.</source>
        <translation>{folder} 中没有文件；请给出 DICOM 对象的文件夹。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cli/network/node.py"/>
        <source>{folder} holds no queue; start the node once.</source>
        <translation>{folder} 中没有队列；请先启动一次节点。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/dicom_out/reading/others.py"/>
        <source>{folder} holds no report of ONFHAssist and no DICOM segmentation; give the folder of such objects.</source>
        <translation>{folder} 中既没有 ONFHAssist 报告也没有 DICOM 分割；请给出这类对象的文件夹。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/run/sources.py"/>
        <source>{folder} holds no study; give a folder in which every folder is a study, or a table (CSV).</source>
        <translation>{folder} 中没有检查；请给出每个子文件夹为一次检查的文件夹，或表格（CSV）。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/followup/examinations.py"/>
        <source>{folder} holds no {FILE}; 'onfh exam STUDY --out {folder_}' writes one.</source>
        <translation>{folder} 中没有 {FILE}；可由“onfh exam STUDY --out {folder_}”写出。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/dicom_out/reading/others.py"/>
        <source>{folder} holds several segmentations ({names}); give the file of one.</source>
        <translation>{folder} 中有多个分割（{names}）；请给出其中一个的文件。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/dicom_out/reading/importing.py"/>
        <source>{folder} holds {len} reports of ONFHAssist ({names}); give the folder of one.</source>
        <translation>{folder} 中有 {len} 份 ONFHAssist 报告（{names}）；请给出其中一份的文件夹。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/folder.py"/>
        <source>{folder} is no folder of a cohort, which holds '{CASES}'; name the folder that a run of a cohort wrote.</source>
        <translation>{folder} 不是队列的文件夹（其中应有“{CASES}”）；请指定运行队列时写出的文件夹。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/bundles/bundle.py"/>
        <source>{folder} is not empty and not a bundle; choose another folder.</source>
        <translation>{folder} 不为空且不是模型包；请选择其他文件夹。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/folder.py"/>
        <source>{folder} names no '{name}'; run the cohort again.</source>
        <translation>{folder} 没有给出“{name}”；请重新运行队列。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>{form}: not estimable</source>
        <translation>{form}：无法估计</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/centres_page.py"/>
        <source>{get}, centre by centre</source>
        <translation>{get}，各中心</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/early.py"/>
        <source>{group} and plain models, ranks within folds</source>
        <translation>{group} 与简单模型，折内秩次</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/repeated.py"/>
        <source>{group} model</source>
        <translation>{group} 模型</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/model_page.py"/>
        <source>{group} model, fitted on all hips</source>
        <translation>{group} 模型，用全部髋拟合</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/dlr.py"/>
        <source>{group} tells the classes apart almost without error ({validation} AUC {value}): look for a column or an outline that knows the answer, or for hips that are easier than patients are.</source>
        <translation>{group} 几乎无误地区分两类（{validation} AUC {value}）：请检查是否有某列或某轮廓泄露了答案，或这些髋比实际患者更容易。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/early/repeated.py"/>
        <source>{group}: repeated development {number} of {len}</source>
        <translation>{group}：重复开发第 {number} 次（共 {len} 次）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/drilling/plan.py"/>
        <source>{hidden} of the lateral cortex {side} where wires may enter lies at the edge of the image; entries were sought on the rest.</source>
        <translation>{side}侧可供进针的外侧皮质有 {hidden} 位于图像边缘；入点在其余部分寻找。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/planning/criteria.py"/>
        <source>{hips_per_patient} hips a patient were given; 1 to 2 is accepted, such as 1.5 where every second patient brings both.</source>
        <translation>给出的每位患者髋数为 {hips_per_patient}；可接受 1 至 2，例如每两位患者中有一位双侧时为 1.5。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>{hip} of {case}</source>
        <translation>{case} {hip}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>{hip} of {case}: coronal, axial and sagittal plane through the head</source>
        <translation>{case} {hip}：经股骨头的冠状、横断和矢状面</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>{hip}, coronal and sagittal through the centre of the head</source>
        <translation>{hip}，过股骨头中心的冠状面和矢状面</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/exam_sections.py"/>
        <source>{hip}, coronal and sagittal through the centre of the head: {said}.</source>
        <translation>{hip}，过股骨头中心的冠状面和矢状面：{said}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/course/page.py"/>
        <source>{hip}, {date}: {said}</source>
        <translation>{hip}，{date}：{said}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_report.py"/>
        <source>{hip}: stage and probability of early osteonecrosis disagree; look again.</source>
        <translation>{hip}：分期与早期股骨头坏死的概率不一致；请复核。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>{hip}: {what}. {open} open.</source>
        <translation>{hip}：{what}。待定 {open} 个。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/early.py"/>
        <source>{iloc} model</source>
        <translation>{iloc} 模型</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/early.py"/>
        <source>{iloc} model, held-out hips</source>
        <translation>{iloc} 模型，留出的髋</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/robustness.py"/>
        <source>{join} has two ratings by {rater} {twice}.</source>
        <translation>{join} 有两次 {rater} {twice} 的评定。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/plan.py"/>
        <source>{len} deviations:</source>
        <translation>偏离 {len} 处：</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/course/page.py"/>
        <source>{len} examinations, {dates} to {dates_}</source>
        <translation>{len} 次检查，{dates} 至 {dates_}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/reading.py"/>
        <source>{len} files are each {kind}: {join}{more}.</source>
        <translation>{len} 个文件均为{kind}：{join}{more}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>{len} hips of {patients} patients, {events} collapses; follow-up up to {max} months. Hips of one patient were never split.</source>
        <translation>{patients} 位患者的 {len} 髋，塌陷 {events} 例；随访最长 {max} 个月。同一患者的髋从不分开。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/external_survival_page.py"/>
        <source>{len} hips of {size} patients, {events} collapses{beside}.</source>
        <translation>{size} 位患者的 {len} 髋，塌陷 {events} 例{beside}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/node/archives/dimse.py"/>
        <source>{len} kinds of objects are more than one association takes; send fewer at a time.</source>
        <translation>{len} 种对象超出一次关联的数量；请分次发送。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/bundles/patients.py"/>
        <source>{len} of these {len_} patients have an id of a patient that {model} learned from ({examples}). If they are the same people, the figures here are not of hips that it has not seen: leave them out. Ids alone are compared, and two hospitals may number alike.</source>
        <translation>这 {len_} 名患者中有 {len} 名的编号与 {model} 学习过的患者编号相同（{examples}）。若为同一人，则此处的数值并非来自模型未见过的髋：请予以排除。此处只比较编号，两家医院的编号可能相同。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLab/training/own/federated.py"/>
        <source>{len} patients cannot be shared among the hospitals {join}; each needs a name of its own and a patient.</source>
        <translation>{len}名患者无法分给这些医院：{join}；每家医院需要各自的名称和至少一名患者。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLab/training/own/training.py"/>
        <source>{len} patients judge: with fewer than {FEWEST_HELD} no difference can be shown.</source>
        <translation>只有{len}名患者评判：少于{FEWEST_HELD}名时无法显示任何差异。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/followup/compare.py"/>
        <source>{lost} drill track{lost_} of before no longer seen.</source>
        <translation>原有钻孔道{lost_} {lost} 条已不可见。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/followup/timeline.py"/>
        <source>{lower} collapsed in between</source>
        <translation>{lower}其间塌陷</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <location filename="../../ONFHAssistLib/report/figure_texts.py"/>
        <source>{low} to {high}</source>
        <translation>{low} 至 {high}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cli/case.py"/>
        <source>{mask} is empty: no voxel is outlined; outline the region first.</source>
        <translation>{mask} 为空：没有勾画任何体素；请先勾画该区域。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/early/predictor.py"/>
        <source>{metadata} It is not a diagnosis.</source>
        <translation>{metadata} 这不是诊断。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/update/bundles.py"/>
        <source>{metadata} Updated on {found} hips of {found_} patients of {hospital} ({found__} {found___}): {WORDS}.</source>
        <translation>{metadata} 用 {hospital} 的 {found_} 位患者的 {found} 髋更新（{found__} {found___}）：{WORDS}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/update/bundles.py"/>
        <source>{metadata} Updated on {found} hips: {WORDS}.</source>
        <translation>{metadata} 用 {found} 髋更新：{WORDS}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_report.py"/>
        <source>{ml:.1f} ml, {share:.0%} of the head</source>
        <translation>{ml:.1f} ml，占股骨头 {share:.0%}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/parts.py"/>
        <source>{model} in subgroups</source>
        <translation>{model}在亚组中的表现</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/regress_survival.py"/>
        <source>{model}, hazard ratio of {covariate}</source>
        <translation>{model}，{covariate} 的风险比</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/parts.py"/>
        <source>{model}, held-out hips</source>
        <translation>{model}，留出的髋</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/parts.py"/>
        <source>{model}, {len} developments on bootstrap samples</source>
        <translation>{model}，自助样本上建模 {len} 次</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <location filename="../../ONFHAssistLib/develop/survival.py"/>
        <location filename="../../ONFHAssistLib/develop/validate_survival.py"/>
        <location filename="../../ONFHAssistLib/report/external_survival_page.py"/>
        <source>{month} months</source>
        <translation>{month} 个月</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>{month}-month no-collapse survival</source>
        <translation>{month} 个月无塌陷生存率</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/folds.py"/>
        <source>{n_folds} folds need at least {n_folds_} patients {kind} the outcome, there are {len}; take fewer folds or add cases.</source>
        <translation>{n_folds} 折至少需要 {n_folds_} 名{kind}结局的患者，现有 {len} 名；请减少折数或增加病例。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/folds.py"/>
        <source>{n_folds}-fold cross-validation needs at least {n_folds_} patients with an event and {int} have one; use fewer folds or follow longer.</source>
        <translation>{n_folds} 折交叉验证至少需要 {n_folds_} 名有事件的患者，现有 {int} 名；请减少折数或延长随访。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/external_survival_page.py"/>
        <source>{naive} (too high)</source>
        <translation>{naive}（偏高）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/course/surface_map.py"/>
        <source>{names}  ←   (seen from above)   →  {names_}</source>
        <translation>{names}  ←   （自上方观察）   →  {names_}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/followup/compare.py"/>
        <source>{names} no patient; that all examinations are of one could not be checked.</source>
        <translation>{names}未注明患者；无法核对所有检查是否属于同一患者。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/node/identity.py"/>
        <source>{name} ({name_}) is no image of the scanner itself and does not say that its pixels carry no writing; nothing was sent. Leave it out.</source>
        <translation>{name}（{name_}）不是扫描仪的原始图像，也未说明其像素不含文字；没有发送任何内容。请去掉它。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/external_survival_page.py"/>
        <source>{name} against {name_}</source>
        <translation>{name} 相对 {name_}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/outline_sides.py"/>
        <source>{name} also holds the labels {listed}, which are none of a femoral head and were left out.</source>
        <translation>{name} 还含有标签 {listed}，不属于股骨头，未予采用。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/followup/examinations.py"/>
        <source>{name} and {name_} are both of {isoformat}; a follow-up needs examinations of different days.</source>
        <translation>{name} 和 {name_} 都在 {isoformat}；随访需要不同日期的检查。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/node/archives/dimse.py"/>
        <source>{name} answers no queries of studies (C-FIND).</source>
        <translation>{name} 不应答检查查询（C-FIND）。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/node/archives/web.py"/>
        <source>{name} does not answer at its URL ({name__}).</source>
        <translation>{name} 的 URL 没有应答（{name__}）。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/node/archives/dimse.py"/>
        <source>{name} does not answer at its address and port; nothing was exchanged.</source>
        <translation>{name} 的地址和端口没有应答；没有交换任何内容。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/node/archives/dimse.py"/>
        <source>{name} does not take {kinds}; nothing was sent.</source>
        <translation>{name} 不接受 {kinds}；没有发送任何内容。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/node/archives/dimse.py"/>
        <source>{name} does not take {name_} ({name__}); nothing was sent.</source>
        <translation>{name} 不接受 {name_}（{name__}）；没有发送任何内容。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/node/archives/web.py"/>
        <source>{name} gives at its URL no answer of DICOMweb that could be read ({name__}); check 'url'.</source>
        <translation>{name} 的 URL 没有给出可读的 DICOMweb 应答（{name__}）；请检查“url”。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/node/archives/dimse.py"/>
        <source>{name} gives no studies by C-GET; set 'retrieve' to "move".</source>
        <translation>{name} 不通过 C-GET 提供检查；请将“retrieve”设为 "move"。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/node/archives/dimse.py"/>
        <source>{name} gives no studies by C-MOVE.</source>
        <translation>{name} 不通过 C-MOVE 提供检查。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/feature_table.py"/>
        <source>{name} has no feature columns (PyRadiomics' names or DL_0 ...); extract them first, or give their files.</source>
        <translation>{name} 没有特征列（PyRadiomics 的名称或 DL_0 ...）；请先提取，或给出其文件。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/run/sources.py"/>
        <source>{name} has no rows; it needs one row a case.</source>
        <translation>{name} 没有行；每个病例需要一行。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/reader.py"/>
        <source>{name} has no rows; it needs one row a hip.</source>
        <translation>{name} 没有行；需要每个髋一行。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/checks.py"/>
        <source>{name} has no value for case {row_label}; add it or drop that case.</source>
        <translation>{name} 没有病例 {row_label} 的值；请添加，或删除该病例。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/feature_table.py"/>
        <source>{name} has no {lacking}, which the feature group '{group}' needs.</source>
        <translation>{name} 没有特征组“{group}”需要的 {lacking}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/node/archives/exchange.py"/>
        <source>{name} has nothing of that study; nothing was written.</source>
        <translation>{name} 没有该检查的内容；没有写入任何内容。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/checks.py"/>
        <source>{name} has one class only: all {sum} cases are {int}; add cases of both.</source>
        <translation>{name} 只有一类：全部 {sum} 个病例均为 {int}；请加入两类病例。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/reader.py"/>
        <source>{name} has rows with more cells than the {len} columns of its header; name every column, or save the file again.</source>
        <translation>{name} 有的行的单元格多于表头的 {len} 列；请为每列命名，或重新保存文件。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/checks.py"/>
        <source>{name} has the column '{twice}' more than once; rename or drop one of them.</source>
        <translation>{name} 的列“{twice}”出现不止一次；请将其一重新命名或删除。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/run/sources.py"/>
        <source>{name} has the column '{twice}' twice; leave one of them out.</source>
        <translation>{name} 中的列“{twice}”出现两次；请去掉一个。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLab/training/own/cohort.py"/>
        <source>{name} has {len} patients with outlines that count; at least 4 are needed, two to learn from and two to judge on.</source>
        <translation>{name}有{len}名患者的轮廓可用；至少需要 4 名：2 名用于学习，2 名用于评判。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/checks.py"/>
        <source>{name} has {len} values for {len_} rows of features.</source>
        <translation>{name} 有 {len} 个值，而特征有 {len_} 行。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/checks.py"/>
        <source>{name} has {min} cases of class {int}; at least {fewest} of each class are needed to fit a model.</source>
        <translation>{name} 中类别 {int} 有 {min} 个病例；拟合模型每类至少需要 {fewest} 个。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/checks.py"/>
        <source>{name} has {shape} rows and {shape_} feature columns; it needs both.</source>
        <translation>{name} 有 {shape} 行和 {shape_} 个特征列；两者都需要。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/dicom_loaded.py"/>
        <source>{name} has {size} slices, while the headers of its files describe {count}; load the series again, or check its files.</source>
        <translation>{name} 有 {size} 层，而其文件的头信息描述了 {count} 层；请重新加载该序列，或检查其文件。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/checks.py"/>
        <source>{name} holds an infinite value in the column '{columns}' for case {row_label}; extract that case again or drop the column.</source>
        <translation>{name} 的病例 {row_label} 在列“{columns}”中为无穷值；请重新提取该病例或删除该列。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/checks.py"/>
        <source>{name} holds case {row_label} more than once; keep one row for each case and side.</source>
        <translation>{name} 中病例 {row_label} 出现不止一次；每个病例和侧别请保留一行。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/checks.py"/>
        <source>{name} holds the text '{value}' in the column '{label}' for case {row_label}; a number is needed: correct it or leave the column out of the features.</source>
        <translation>{name} 的病例 {row_label} 在列“{label}”中为文字“{value}”；需要数字：请更正，或从特征中去掉该列。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/outline_sides.py"/>
        <source>{name} holds {NAMES} (label {NECROSIS}) and no {head}; outline the femoral head too, or the necrosis is taken for the whole head.</source>
        <translation>{name} 含有 {NAMES}（标签 {NECROSIS}）而没有 {head}；请同时勾画股骨头，否则坏死灶会被当作整个股骨头。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/outline_sides.py"/>
        <source>{name} holds {listed} but no femoral head (labels 1 right, 2 left; necrosis 3 right, 4 left); {hint}.</source>
        <translation>{name} 含有 {listed} 而没有股骨头（标签 1 右、2 左；坏死灶 3 右、4 左）；{hint}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/checks.py"/>
        <source>{name} is '{iloc}' for case {row_label}; it must be 0 or 1.</source>
        <translation>病例 {row_label} 的 {name} 为“{iloc}”；必须为 0 或 1。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/radiograph.py"/>
        <source>{name} is a picture in colour; a grey radiograph is needed.</source>
        <translation>{name} 是彩色图片；需要灰度 X 线片。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/node/identity.py"/>
        <source>{name} is a report of another program, whose text may name the patient; nothing was sent. Leave it out.</source>
        <translation>{name} 是其他程序的报告，其文字可能含患者姓名；没有发送任何内容。请去掉它。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/image.py"/>
        <source>{name} is a single slice ({size} voxels); a 3D volume is needed here.</source>
        <translation>{name} 只有一层（{size} 个体素）；此处需要三维体数据。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/tables/checks.py"/>
        <source>{name} is missing for case {row_label}; fill or drop it.</source>
        <translation>病例 {row_label} 缺少 {name}；请填写或删除。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/deep.py"/>
        <source>{name} is not a ResNet18 of torchvision's layout: it {what} ({count} keys differ).</source>
        <translation>{name} 不是 torchvision 结构的 ResNet18：它{what}（{count} 个键不同）。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/deep.py"/>
        <source>{name} is not a ResNet18 of torchvision's layout: {key} has shape {tuple}, expected {tuple_}.</source>
        <translation>{name} 不是 torchvision 结构的 ResNet18：{key} 的形状为 {tuple}，应为 {tuple_}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/radiograph.py"/>
        <source>{name} is not a single grey radiograph.</source>
        <translation>{name} 不是单张灰度 X 线片。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLab/training/own/training.py"/>
        <source>{name} is not enough to train the {model}: {problem}</source>
        <translation>{name}不足以训练{model}：{problem}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/pipeline.py"/>
        <source>{name} is only {min} mm thick; a whole femoral head needs about {MIN_EXTENT_MM} mm.</source>
        <translation>{name} 仅厚 {min} mm；完整的股骨头约需 {MIN_EXTENT_MM} mm。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/pipeline.py"/>
        <source>{name} is {modality}; the networks know MR only, outline it with the sphere tool.</source>
        <translation>{name} 为 {modality}；网络只认识 MR，请用球体工具勾画。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/series_kind.py"/>
        <source>{name} is {phrase}, which does not show marrow as a spin echo does; choose a T1, T2, PD or STIR series of the examination (of a Dixon series the water or in-phase image).</source>
        <translation>{name} 是 {phrase}，不像自旋回波那样显示骨髓；请选择检查中的 T1、T2、PD 或 STIR 序列（Dixon 序列请选水像或同相位像）。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/core/csv_tables.py"/>
        <source>{name} lacks the column '{lacking}', or has no rows; it needs {needed}.</source>
        <translation>{name}缺少“{lacking}”列，或没有行；需要{needed}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/run/sources.py"/>
        <source>{name} lacks the column '{lacking}'; it has {join}.</source>
        <translation>{name} 缺少列“{lacking}”；它有 {join}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/regress_survival.py"/>
        <source>{name} lacks the column '{missing}'; name another.</source>
        <translation>{name} 缺少列“{missing}”；请指定另一列。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>{name} model</source>
        <translation>{name}模型</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/outline_sides.py"/>
        <source>{name} names the segment {label} '{theirs}', but label {label_} is {ours}; name it '{ours_}' if it is that, or give it another number.</source>
        <translation>{name} 将分割段 {label} 命名为“{theirs}”，但标签 {label_} 为 {ours}；若确为该结构请命名为“{ours_}”，否则请换用其他编号。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/node/archives/address.py"/>
        <source>{name} needs either 'host', 'port' and 'title' (DIMSE) or 'url' (DICOMweb).</source>
        <translation>{name} 需要“host”、“port”和“title”（DIMSE），或“url”（DICOMweb）。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/bundles/bundle.py"/>
        <source>{name} of bundle {name_} cannot be read as JSON; take the bundle from its source again.</source>
        <translation>模型包 {name_} 的 {name} 无法作为 JSON 读取；请从来源处重新获取模型包。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/bundles/bundle.py"/>
        <source>{name} of bundle {name_} is not a JSON object; save the model again.</source>
        <translation>模型包 {name_} 的 {name} 不是 JSON 对象；请重新保存模型。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLab/training/own/unseen.py"/>
        <source>{name} of patient {patient} and {name_} of patient {patient_} are the same image; give one of them, so that nobody is learned from and held back.</source>
        <translation>患者{patient}的{name}与患者{patient_}的{name_}是同一幅图像；请只给其中一幅，以免同一人既被学习又被留出。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/external_survival_page.py"/>
        <source>{name} on these hips</source>
        <translation>{name} 在这些髋上</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/node/archives/web.py"/>
        <source>{name} refuses (HTTP status {code}{meaning}); nothing else is known.</source>
        <translation>{name} 拒绝（HTTP 状态 {code}{meaning}）；没有其他信息。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/node/archives/dimse.py"/>
        <source>{name} refuses the {what} (status {code}h{meaning}).</source>
        <translation>{name} 拒绝{what}（状态 {code}h{meaning}）。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/node/archives/web.py"/>
        <source>{name} refuses {join}; {len} of {len_} objects arrived.</source>
        <translation>{name} 拒绝 {join}；{len_} 个对象中到达 {len} 个。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/node/archives/dimse.py"/>
        <source>{name} refuses {name_} (status {status}h{meaning}); {number} of {len} objects arrived before it.</source>
        <translation>{name} 拒绝 {name_}（状态 {status}h{meaning}）；此前 {len} 个对象中到达 {number} 个。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/geometry.py"/>
        <source>{name} says 1 x 1 x 1 mm, axial, the first voxel at 0, which programs write that know nothing of the patient; check size, orientation and side.</source>
        <translation>{name} 标明 1 x 1 x 1 mm、横断面、首个体素位于 0，这是不了解患者的程序所写；请核对大小、方位和侧别。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/node/identity.py"/>
        <source>{name} says that its pixels carry writing, which is not searched; nothing was sent.</source>
        <translation>{name} 说明其像素中有文字，而像素文字不作检查；没有发送任何内容。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/cohort_table.py"/>
        <source>{name} shares {len} hips with the cohort; at least {FEWEST_READ} are needed for an ICC.</source>
        <translation>{name} 与队列共有 {len} 个髋；ICC 至少需要 {FEWEST_READ} 个。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/side.py"/>
        <source>{name} shows one hip and states no place in the patient, so that no side can be told from where the head lies; give the side, R or L.</source>
        <translation>{name} 只显示一个髋且未说明其在患者体内的位置，无法根据股骨头位置判断侧别；请给出侧别 R 或 L。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/pipeline.py"/>
        <source>{name} shows {listed} and no femoral head; there is nothing to outline.</source>
        <translation>{name} 显示 {listed} 而没有股骨头；没有可勾画的内容。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLab/training/own/cohort.py"/>
        <source>{name} stands under the patients {other} and {patient}; name one.</source>
        <translation>{name}同时列在患者{other}和{patient}名下；请只保留一个。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/side.py"/>
        <source>{name} states no orientation, so that no side can be told from where a head lies; give the side, R or L, where the image shows one hip, or convert the image again from DICOM.</source>
        <translation>{name} 未说明方位，无法根据股骨头位置判断侧别；若图像只显示一个髋，请给出侧别 R 或 L，或从 DICOM 重新转换图像。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/pipeline.py"/>
        <source>{name} states no orientation, so that the networks cannot know which way is left, front and up, nor anybody the side; convert the image again from DICOM, or set its orientation in 3D Slicer.</source>
        <translation>{name} 未说明方位，网络无法得知左、前、上，也无从得知侧别；请从 DICOM 重新转换图像，或在 3D Slicer 中设置其方位。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/geometry.py"/>
        <source>{name} states no orientation: which way is left, front and up is not known. Volumes hold; sides, arcs, angles and types do not. Convert it again from DICOM, or set the orientation in 3D Slicer.</source>
        <translation>{name} 未说明方位：不知左、前、上各在何方。体积可信；侧别、坏死角、角度和分型不可信。请从 DICOM 重新转换，或在 3D Slicer 中设置方位。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/radiograph.py"/>
        <source>{name} states no pixel spacing (neither Pixel Spacing nor Imager Pixel Spacing of a DICOM file): good for deep features, not for lengths; give the spacing, in mm a pixel.</source>
        <translation>{name} 未说明像素间距（DICOM 文件的 Pixel Spacing 和 Imager Pixel Spacing 均无）：可用于深度特征，不能用于长度；请给出每像素的 mm 数。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/geometry.py"/>
        <source>{name} states no place in the patient: no side is taken from where a head lies.</source>
        <translation>{name} 未说明在患者体内的位置：不根据股骨头位置判断侧别。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/followup/dates.py"/>
        <source>{name} states no study date; give the dates of all examinations, as 2024-05-31.</source>
        <translation>{name} 没有检查日期；请给出所有检查的日期，格式如 2024-05-31。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/radiograph.py"/>
        <source>{name} states the size of its pixels; leave the spacing out.</source>
        <translation>{name} 已标明像素大小；请不要填写间距。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/geometry.py"/>
        <source>{name} states voxels of {sizes} mm; lengths and volumes need their true size. Convert the image again from its source, or set the size in the header.</source>
        <translation>{name} 标明体素为 {sizes} mm；长度和体积需要其真实大小。请从来源处重新转换图像，或在头信息中设置大小。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/followup/dates.py"/>
        <source>{name} was given the date {isoformat}, but its headers say {isoformat_}; the given date counts.</source>
        <translation>{name} 给定的日期为 {isoformat}，而文件头写的是 {isoformat_}；以给定日期为准。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/followup/study.py"/>
        <source>{name} with outlines needs its date (--date), as 2024-05-31.</source>
        <translation>带轮廓的 {name} 需要日期（--date），格式如 2024-05-31。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/survival.py"/>
        <source>{name}, 95% band</source>
        <translation>{name}，95% 带</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/survival.py"/>
        <source>{name}, 95% interval</source>
        <translation>{name}，95% 区间</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/external_survival_page.py"/>
        <source>{name}, groups by its own cut</source>
        <translation>{name}，按其自身界值分组</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLab/training/own/stages.py"/>
        <source>{name}, line {number}: {case} has {len} examinations; name the case, such as {min}, in place of the patient.</source>
        <translation>{name}，第{number}行：{case}有{len}次检查；请填写病例（例如{min}），而不是患者。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLab/training/own/stages.py"/>
        <source>{name}: {named}{more} is no case of the cohort, such as {min}; the column 'case' holds the cases of the cohort, or its patients where each has one examination.</source>
        <translation>{name}：{named}{more}不是该队列的病例（例如{min}）；case 列填写队列的病例，或在每名患者只有一次检查时填写患者。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>{name}: {value}</source>
        <translation>{name}：{value}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/followup/compare.py"/>
        <source>{new_ml} ml are new while {gone_ml} ml are gone; look at both.</source>
        <translation>新增 {new_ml} ml，同时消失 {gone_ml} ml；请两处都查看。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/followup/compare.py"/>
        <source>{new} new drill tracks; what lies along them is not counted as necrosis.</source>
        <translation>新钻孔道 {new} 条；沿钻孔道的改变不计为坏死灶。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLab/training/own/lessons/outlines.py"/>
        <source>{next} outlines no femoral head {join}; correct it, or leave it out.</source>
        <translation>{next}没有勾画股骨头（{join}）；请修正，或不纳入。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/page.py"/>
        <source>{number:.0f} mm before</source>
        <translation>前方 {number:.0f} mm</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/page.py"/>
        <source>{number:.0f} mm behind</source>
        <translation>后方 {number:.0f} mm</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/page.py"/>
        <source>{number:.0f}° backward</source>
        <translation>向后 {number:.0f}°</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/page.py"/>
        <source>{number:.0f}° forward</source>
        <translation>向前 {number:.0f}°</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/tabular/selection/components.py"/>
        <source>{n} components cannot be had from {len} rows; 1 to {most} are possible, or a share of the variance between 0 and 1.</source>
        <translation>{len} 行无法得到 {n} 个主成分；可为 1 至 {most} 个，或 0 与 1 之间的方差比例。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/cohort_table.py"/>
        <source>{odd} The column is left out.</source>
        <translation>{odd} 该列已去掉。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/followup/dates.py"/>
        <source>{one} and {two} are of different patients: {join} {verb}.</source>
        <translation>{one} 和 {two} 属于不同患者：{join} {verb}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>{open} open, {accept} accepted, {reject} rejected</source>
        <translation>待定 {open}，已接受 {accept}，已拒绝 {reject}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>{open} open, {accept} accepted, {reject} rejected, {corrected} corrected</source>
        <translation>待定 {open}，已接受 {accept}，已拒绝 {reject}，已修改 {corrected}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/image.py"/>
        <source>{other_name} has another grid than {name} ({size} voxels of {mm} against {size_} of {mm_}, or another position); resample it to {name_} first.</source>
        <translation>{other_name} 的网格与 {name} 不同（{size} 个 {mm} 的体素对 {size_} 个 {mm_} 的体素，或位置不同）；请先重采样到 {name_}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/run/folder.py"/>
        <source>{out} holds other files and no {COHORT_FILE}; give a new folder for the cohort.</source>
        <translation>{out} 中有其他文件而没有 {COHORT_FILE}；请为队列给出新文件夹。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/options.py"/>
        <source>{out} is a file; choose a folder for the report.</source>
        <translation>{out} 是文件；请为报告选择文件夹。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/run/folder.py"/>
        <source>{out} is a file; give a folder for the cohort.</source>
        <translation>{out} 是文件；请给出队列的文件夹。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/dicom_out/objects/export.py"/>
        <source>{out} is not empty; choose a new folder for the DICOM objects.</source>
        <translation>{out} 不是空的；请为 DICOM 对象选择新文件夹。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/dicom_out/reading/importing.py"/>
        <source>{out} is not empty; choose a new folder for the case.</source>
        <translation>{out} 不是空的；请为病例选择新文件夹。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/node/archives/exchange.py"/>
        <source>{out} is not empty; choose a new folder for the study.</source>
        <translation>{out} 不是空的；请为检查选择新文件夹。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/update/bundles.py"/>
        <source>{out} is the bundle that is to be updated; give the new one a folder of its own.</source>
        <translation>{out} 是要更新的模型包；请为新的模型包给出另一个文件夹。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/planning/development.py"/>
        <source>{parameters} candidate predictor parameters were given; 1 or more are needed.</source>
        <translation>给出的候选预测参数为 {parameters} 个；需要 1 个或更多。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/dicom.py"/>
        <source>{parent} holds {len} radiographs of one series; give one file.</source>
        <translation>{parent} 含有同一序列的 {len} 张 X 线片；请给出一个文件。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/series/files.py"/>
        <source>{path} cannot be listed ({strerror}: {filename}); give a folder of images.</source>
        <translation>{path} 无法列出（{strerror}: {filename}）；请给出图像文件夹。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/folder.py"/>
        <source>{path} cannot be read ({error}).</source>
        <translation>{path} 无法读取（{error}）。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/node/archives/address.py"/>
        <source>{path} cannot be read ({strerror}); give a TOML file.</source>
        <translation>{path} 无法读取（{strerror}）；请给出 TOML 文件。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/dicom_out/objects/pictures.py"/>
        <source>{path} cannot be read ({strerror}); name the printed report.</source>
        <translation>{path} 无法读取（{strerror}）；请指明打印的报告。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/nifti.py"/>
        <source>{path} cannot be read as a medical image; it is damaged or of another format.</source>
        <translation>{path} 无法作为医学图像读取；文件损坏或为其他格式。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/radiograph.py"/>
        <source>{path} cannot be read as a picture; it is damaged or of another format.</source>
        <translation>{path} 无法作为图片读取；文件损坏或为其他格式。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/plan.py"/>
        <source>{path} cannot be read; choose the file of an analysis plan that was written down beforehand.</source>
        <translation>{path} 无法读取；请选择事先写下的分析计划文件。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/state.py"/>
        <source>{path} cannot be written ({error}); check the folder's permissions and free space.</source>
        <translation>{path} 无法写入（{error}）；请检查文件夹的权限和可用空间。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/state.py"/>
        <source>{path} could not be used ({error}).</source>
        <translation>{path} 无法使用（{error}）。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/files.py"/>
        <source>{path} could not be written whole; is the disk full?</source>
        <translation>{path} 未能完整写入；磁盘是否已满？</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/files.py"/>
        <source>{path} does not exist.</source>
        <translation>{path} 不存在。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/stage/evaluation.py"/>
        <source>{path} does not exist; a CSV with the columns case, side, reader, stage is expected.</source>
        <translation>{path} 不存在；应为含 case、side、reader、stage 列的 CSV。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLab/training/own/common_weights.py"/>
        <source>{path} does not exist; give the file of the common weights.</source>
        <translation>{path}不存在；请给出共同权重的文件。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/followup/study.py"/>
        <source>{path} does not exist; give the folder of an examination.</source>
        <translation>{path} 不存在；请给出检查的文件夹。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/deep.py"/>
        <source>{path} does not hold a plain state dict of tensors.</source>
        <translation>{path} 不是单纯的张量参数字典。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/files.py"/>
        <source>{path} does not hold the values that were written; choose another format or folder.</source>
        <translation>{path} 中的值与写入的不符；请选择其他格式或文件夹。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/dicom_out/reading/importing.py"/>
        <source>{path} does not lie on the slices of the outlines; give the objects of one study.</source>
        <translation>{path} 不在轮廓的层面上；请给出同一检查的对象。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/series/frames.py"/>
        <source>{path} has no Image Position (Patient); its place in the patient is unknown.</source>
        <translation>{path} 没有 Image Position (Patient)；其在患者体内的位置未知。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/survival/develop/cohort_table.py"/>
        <source>{path} has no finding and no feature beside the outcome; a model needs at least one of them.</source>
        <translation>{path} 除结局外没有所见和特征；模型至少需要其一。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/series/groups.py"/>
        <source>{path} has no {name} {wanted}; it holds {count}: {listing}.</source>
        <translation>{path} 中没有 {name} {wanted}；现有 {count}：{listing}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/files.py"/>
        <source>{path} has one layer; label_channel {layer} is not among them.</source>
        <translation>{path} 只有一层；其中没有 label_channel {layer}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/deep.py"/>
        <source>{path} has the SHA-256 {digest}..., expected {expected}...; download it again.</source>
        <translation>{path} 的 SHA-256 为 {digest}...，应为 {expected}...；请重新下载。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/state.py"/>
        <source>{path} has the schema {version}, this version reads {SCHEMA}; use the version that wrote it.</source>
        <translation>{path} 的格式版本为 {version}，本版本读取 {SCHEMA}；请使用写出它的版本。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/series/refusals.py"/>
        <source>{path} has two images at the same position ({both}, {difference}); give a folder with one of them, or export it as a series of its own.</source>
        <translation>{path} 在同一位置有两幅图像（{both}，{difference}）；请给出只含其一的文件夹，或将其单独导出为一个序列。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/drilling/given.py"/>
        <source>{path} has two labels of the femur {side}; keep one of them.</source>
        <translation>{path} 中股骨 {side} 有两个标签；请保留一个。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/masks/segments.py"/>
        <source>{path} has two segments of {NAMES}, '{name}' and '{name_}'; remove or rename one.</source>
        <translation>{path} 有两个 {NAMES} 的分割段：“{name}”和“{name_}”；请删除其一或重新命名。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/dicom_out/reading/others.py"/>
        <source>{path} has {count} segment '{wanted}'; it holds {listing}.</source>
        <translation>{path} 有 {count} 个分割段“{wanted}”；其中有 {listing}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/masks/segments.py"/>
        <source>{path} has {len} segments; label_channel {layer} is not among them.</source>
        <translation>{path} 有 {len} 个分割段；其中没有 label_channel {layer}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/nifti.py"/>
        <source>{path} has {max} voxels along one axis; 32767 can be read.</source>
        <translation>{path} 沿一个轴有 {max} 个体素；可读取 32767 个。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/stage/evaluation.py"/>
        <source>{path} has {nunique} readers; up to {MAX_READERS} are compared.</source>
        <translation>{path} 有 {nunique} 名阅片者；最多比较 {MAX_READERS} 名。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/masks/reading.py"/>
        <source>{path} has {shape} layers; label_channel {layer} is not among them.</source>
        <translation>{path} 有 {shape} 层；其中没有 label_channel {layer}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/files.py"/>
        <source>{path} holds NaN or infinite values; a mask needs whole-number labels.</source>
        <translation>{path} 含有 NaN 或无穷值；掩膜需要整数标签。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cli/quality/review.py"/>
        <source>{path} holds a correction, which only the Cohort panel makes; nothing was taken.</source>
        <translation>{path} 含有修改，而修改只能在队列面板中进行；未采用任何内容。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/files.py"/>
        <source>{path} holds fractions such as {max}; a mask needs whole-number labels.</source>
        <translation>{path} 含有 {max} 等小数；掩膜需要整数标签。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/masks/reading.py"/>
        <source>{path} holds fractions; a mask needs whole-number labels.</source>
        <translation>{path} 含有小数；掩膜需要整数标签。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/dicom.py"/>
        <source>{path} holds no DICOM image{held}</source>
        <translation>{path} 中没有 DICOM 图像{held}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/case/cohort_features.py"/>
        <source>{path} holds no cohort.csv; give a folder with one, or a CSV file.</source>
        <translation>{path} 中没有 cohort.csv；请给出含有它的文件夹，或 CSV 文件。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/drilling/given.py"/>
        <source>{path} holds no femur: a label that covers an outlined head, or a segment named 'Femur R' or 'Femur L', is expected.</source>
        <translation>{path} 中没有股骨：应有覆盖已勾画股骨头的标签，或名为“Femur R”或“Femur L”的分割段。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/study.py"/>
        <source>{path} holds no image series{held}.</source>
        <translation>{path} 中没有图像序列{held}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/stage/evaluation.py"/>
        <source>{path} holds no reading.</source>
        <translation>{path} 中没有判读。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/roles.py"/>
        <source>{path} holds no roles; JSON such as {"3": "reference+outline"} is expected, or a CSV table with the columns number and uses.</source>
        <translation>{path} 中没有用途；应为 {"3": "reference+outline"} 形式的 JSON，或含 number 和 uses 两列的 CSV 表格。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/dicom.py"/>
        <source>{path} holds no series {series_uid}; it holds {listing}.</source>
        <translation>{path} 中没有序列 {series_uid}；现有 {listing}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLab/training/own/common_weights.py"/>
        <source>{path} holds no weights of a network, which are tensors by name.</source>
        <translation>{path}中没有网络的权重（按名称存放的张量）。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLab/training/own/common_weights.py"/>
        <source>{path} holds no weights that can be read safely.</source>
        <translation>{path}中没有可以安全读取的权重。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/run/assemble.py"/>
        <source>{path} holds no {COHORT_FILE} of a cohort; 'onfh cohort run' writes one.</source>
        <translation>{path} 中没有队列的 {COHORT_FILE}；它由“onfh cohort run”写出。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/dicom_out/source.py"/>
        <source>{path} holds one volume in several multi-frame objects, to which one object's frames cannot refer; export the series as one multi-frame object or as single images.</source>
        <translation>{path} 把一个容积分在多个多帧对象中，无法由一个对象的帧引用；请将序列导出为一个多帧对象或单帧图像。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/dicom_out/reading/stored.py"/>
        <source>{path} holds values that are no heat from 0 to 1; take it from the archive again.</source>
        <translation>{path} 中的值不是 0 至 1 的热力值；请从存档重新取出。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/files.py"/>
        <source>{path} holds values up to {max}, which are no labels of a mask.</source>
        <translation>{path} 含有高达 {max} 的值，不是掩膜的标签。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/series/groups.py"/>
        <source>{path} holds {count}; choose one: {listing}.</source>
        <translation>{path} 含有 {count}；请选择一个：{listing}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/dicom.py"/>
        <source>{path} holds {len} series; choose one with --series: {listing}.</source>
        <translation>{path} 含有 {len} 个序列；请用 --series 选择一个：{listing}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/case/cohort_features.py"/>
        <source>{path} includes no hip; set 'included' to 1 for the hips of the study.</source>
        <translation>{path} 未纳入任何髋；请将研究所用髋的 “included” 设为 1。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/dicom.py"/>
        <source>{path} is a DICOM file but no image: it is {kind}.</source>
        <translation>{path} 是 DICOM 文件但不是图像：它是{kind}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/masks/dicom_seg.py"/>
        <source>{path} is a DICOM segmentation that cannot be read: {reason}.</source>
        <translation>{path} 是无法读取的 DICOM 分割：{reason}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/masks/dicom_seg.py"/>
        <source>{path} is a DICOM segmentation without a segment.</source>
        <translation>{path} 是没有分割段的 DICOM 分割。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/files.py"/>
        <source>{path} is a JPEG, which changes values; a mask needs exact labels, save it as PNG.</source>
        <translation>{path} 是 JPEG，会改变数值；掩膜需要准确的标签，请保存为 PNG。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/series/frames.py"/>
        <source>{path} is a colour image; a grey image is needed.</source>
        <translation>{path} 是彩色图像；需要灰度图像。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/dicom_out/reading/stored.py"/>
        <source>{path} is a damaged DICOM file; take it from the archive again.</source>
        <translation>{path} 是损坏的 DICOM 文件；请从存档重新取出。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/masks/dicom_seg.py"/>
        <source>{path} is a damaged DICOM segmentation; copy it again from its source.</source>
        <translation>{path} 是损坏的 DICOM 分割；请从来源处重新复制。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/masks/contours.py"/>
        <source>{path} is a damaged RTSTRUCT: its {name_of} cannot be read; export it again.</source>
        <translation>{path} 是损坏的 RTSTRUCT：其 {name_of} 无法读取；请重新导出。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/dicom_out/reading/report_tree.py"/>
        <source>{path} is a damaged report: {why}; take it from the archive again.</source>
        <translation>{path} 是损坏的报告：{why}；请从存档重新取出。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/state.py"/>
        <source>{path} is a database of another program; move it away.</source>
        <translation>{path} 是其他程序的数据库；请将其移开。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/dicom_out/reading/stored.py"/>
        <source>{path} is a parametric map that cannot be read: {reason}.</source>
        <translation>{path} 是无法读取的参数图：{reason}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/dicom_out/reading/importing.py"/>
        <source>{path} is a parametric map that states no side; take it from the archive again.</source>
        <translation>{path} 是未注明侧别的参数图；请从存档重新取出。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/dicom_out/reading/others.py"/>
        <source>{path} is a segmentation of another program; say which segment is the right or the left femoral head. It holds {listing}.</source>
        <translation>{path} 是其他程序的分割；请说明哪一分割段是右或左股骨头。其中有 {listing}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/masks/contours.py"/>
        <source>{path} is an RTSTRUCT (contours) without a closed contour on the image: {holds}.</source>
        <translation>{path} 是 RTSTRUCT（轮廓线），但图像上没有闭合的轮廓线：{holds}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/masks/reading.py"/>
        <source>{path} is an RTSTRUCT: its contours have no voxels of their own; give it together with the image on which they were drawn, or convert it to a label image in 3D Slicer.</source>
        <translation>{path} 是 RTSTRUCT：其轮廓线没有自己的体素；请与绘制它们的图像一并给出，或在 3D Slicer 中转换为标签图像。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/state.py"/>
        <source>{path} is being written by another reader for more than {WAIT_S} s; try again.</source>
        <translation>{path} 正被另一位阅片者写入，已超过 {WAIT_S} 秒；请重试。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/state.py"/>
        <source>{path} is damaged ({why}); put a copy in its place, or move it away and take saved decisions again.</source>
        <translation>{path} 已损坏（{why}）；请换上备份，或将其移开后重新导入保存的判定。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLab/training/own/loop.py"/>
        <source>{path} is from a training of other steps, batches or learning rate; finish it with those, or choose another folder for the work.</source>
        <translation>{path}来自批次数、批大小或学习率不同的训练；请用原设置完成，或另选工作文件夹。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/dicom_out/reading/stored.py"/>
        <source>{path} is no DICOM file despite its name; copy it again from its source.</source>
        <translation>{path} 虽有此名但不是 DICOM 文件；请从来源重新复制。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/files.py"/>
        <source>{path} is no DICOM image; leave out the number of an echo or a stack.</source>
        <translation>{path} 不是 DICOM 图像；请去掉回波或堆栈的编号。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/node/archives/objects.py"/>
        <source>{path} is no DICOM object that could be sent; nothing was sent.</source>
        <translation>{path} 不是可发送的 DICOM 对象；没有发送任何内容。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/folder.py"/>
        <source>{path} is no JSON object.</source>
        <translation>{path} 不是 JSON 对象。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/dicom_out/objects/pictures.py"/>
        <source>{path} is no PDF document; print the report again, or take the file away.</source>
        <translation>{path} 不是 PDF 文件；请重新打印报告，或移走该文件。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/plan.py"/>
        <source>{path} is no analysis plan that ONFHAssist wrote.</source>
        <translation>{path} 不是 ONFHAssist 写出的分析计划。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/followup/study.py"/>
        <source>{path} is no folder; give that of 'onfh exam', or of a study's series.</source>
        <translation>{path} 不是文件夹；请给出“onfh exam”的文件夹，或检查各序列的文件夹。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/followup/files.py"/>
        <source>{path} is no survival table of 'onfh followup'; its columns are not {join}.</source>
        <translation>{path} 不是“onfh followup”的生存表；其列不是 {join}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/node/archives/address.py"/>
        <source>{path} is no valid TOML file: {error}.</source>
        <translation>{path} 不是有效的 TOML 文件：{error}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/dicom.py"/>
        <source>{path} is not a DICOM, NIfTI or NRRD image; it is {kind}.</source>
        <translation>{path} 不是 DICOM、NIfTI 或 NRRD 图像；它是{kind}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/deep.py"/>
        <source>{path} is not a file of PyTorch weights; it may hold more than tensors.</source>
        <translation>{path} 不是 PyTorch 权重文件；其中可能含有张量以外的内容。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/run/sources.py"/>
        <location filename="../../ONFHAssistLib/core/csv_tables.py"/>
        <location filename="../../ONFHAssistLib/extract/cohort.py"/>
        <location filename="../../ONFHAssistLib/tabular/tables/reader.py"/>
        <source>{path} is not a readable CSV file; save it as comma-separated UTF-8 text.</source>
        <translation>{path} 不是可读的 CSV 文件；请保存为逗号分隔的 UTF-8 文本。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/folder.py"/>
        <source>{path} is not valid JSON ({error}); it may be cut short.</source>
        <translation>{path} 不是有效的 JSON（{error}）；文件可能被截断。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/followup/study.py"/>
        <source>{path} is one image; give its outlines too (--segmentation), or the folder that holds the study's series.</source>
        <translation>{path} 是单个图像；请同时给出其轮廓（--segmentation），或给出含有检查各序列的文件夹。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/radiograph.py"/>
        <source>{path} is stored turned or mirrored and leaves it to its viewer to set it right (EXIF); save it upright.</source>
        <translation>{path} 以旋转或镜像方式存储，由查看程序校正（EXIF）；请以正位保存。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/nifti.py"/>
        <source>{path} is truncated or damaged; copy it again from its source.</source>
        <translation>{path} 不完整或损坏；请从来源处重新复制。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/nifti.py"/>
        <source>{path} is truncated: it ends before its last voxel; copy it again from its source.</source>
        <translation>{path} 不完整：在最后一个体素之前结束；请从来源处重新复制。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/dicom.py"/>
        <source>{path} is {kind}: it ends before its pixels; copy it again from its source.</source>
        <translation>{path} 是{kind}：文件在像素之前结束；请从来源处重新复制。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/dicom.py"/>
        <source>{path} is {what}, and may be a slice of the series{more}; copy the folder again from its source, or take the file out of it if it belongs to something else.</source>
        <translation>{path} 是{what}，可能是该序列的一层{more}；请从来源处重新复制该文件夹，若该文件属于其他内容则将其移出。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cli/quality/review.py"/>
        <source>{path} judges {case} {side}, which this cohort does not have; name the cohort it is of.</source>
        <translation>{path} 评判了 {case} {side}，而本队列没有它；请指定它所属的队列。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/case/cohort_features.py"/>
        <source>{path} lacks the column '{lacking}'; it has {join}.</source>
        <translation>{path} 缺少列“{lacking}”；现有 {join}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/stage/evaluation.py"/>
        <source>{path} lacks the column '{name}'; case, side, reader, stage are needed.</source>
        <translation>{path} 缺少列“{name}”；需要 case、side、reader、stage。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/dicom_out/reading/imported.py"/>
        <source>{path} lies in another frame of reference than {other}: it belongs to another examination, and its outlines would lie at a wrong place; give the objects of one study.</source>
        <translation>{path} 与 {other} 的参考坐标系不同：属于另一次检查，轮廓会错位；请给出同一检查的对象。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/stage/evaluation.py"/>
        <source>{path} line {number}: side '{row}'; R or L is expected.</source>
        <translation>{path} 第 {number} 行：侧别“{row}”；应为 R 或 L。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/stage/evaluation.py"/>
        <source>{path} line {number}: stage '{row}'; 0, I, II or 'I or II' is expected.</source>
        <translation>{path} 第 {number} 行：分期“{row}”；应为 0、I、II 或“I or II”。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/series/refusals.py"/>
        <source>{path} misses a slice: {where}; export the series again.</source>
        <translation>{path} 缺少一层：{where}；请重新导出该序列。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/plan.py"/>
        <source>{path} plans the study '{found}', this is '{study}'.</source>
        <translation>{path} 计划的研究是“{found}”，这里是“{study}”。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/dicom_out/reading/stored.py"/>
        <source>{path} refers to the {what} {uid}, which is not in {folder}; fetch all objects of the study from the archive.</source>
        <translation>{path} 引用的{what} {uid} 不在 {folder} 中；请从存档取出该检查的全部对象。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/files.py"/>
        <source>{path} should end in .nii, .nii.gz, .nrrd or .mha.</source>
        <translation>{path} 应以 .nii、.nii.gz、.nrrd 或 .mha 结尾。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/node/archives/address.py"/>
        <source>{path} states '{key}' itself; write {key_} = { file = "..." } or {key__} = { environment = "..." } and put the secret there.</source>
        <translation>{path} 直接写出了“{key}”；请写成 {key_} = { file = "..." } 或 {key__} = { environment = "..." }，把密钥放在那里。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/geometry.py"/>
        <source>{path} states no size of its voxels (ElementSpacing); lengths and volumes need it. Write the file again with its spacing in mm.</source>
        <translation>{path} 未说明体素大小（ElementSpacing）；长度和体积需要它。请重新写文件并附以 mm 为单位的间距。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/geometry.py"/>
        <source>{path} states no size of its voxels (neither 'spacings' nor 'space directions' along axis {axis}); lengths and volumes need it. Write the file again with its spacing in mm.</source>
        <translation>{path} 未说明体素大小（沿轴 {axis} 既无 'spacings' 也无 'space directions'）；长度和体积需要它。请重新写文件并附以 mm 为单位的间距。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/nifti.py"/>
        <source>{path} states voxels of {sizes} mm; lengths and volumes need their true size. Convert the image again from its source (dcm2niix keeps the size), or set the size in the header.</source>
        <translation>{path} 标明体素为 {sizes} mm；长度和体积需要其真实大小。请从来源处重新转换图像（dcm2niix 会保留大小），或在头信息中设置大小。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/series/frames.py"/>
        <source>{path} states {count} frames and describes {len}; export the series again.</source>
        <translation>{path} 标明 {count} 帧，而描述了 {len} 帧；请重新导出该序列。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/plan.py"/>
        <source>{path} was changed after it was written: its hash does not fit. Take the file that was registered.</source>
        <translation>{path} 写出之后被改动：哈希不符。请使用登记过的文件。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/dicom_out/reading/report_tree.py"/>
        <source>{path} was written by a newer version of ONFHAssist: its codes are of version {version}, this one reads version {SCHEME_VERSION}; update ONFHAssist.</source>
        <translation>{path} 由更新版本的 ONFHAssist 写出：其代码为版本 {version}，本版本读取 {SCHEME_VERSION}；请更新 ONFHAssist。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/study.py"/>
        <source>{path} {what}; give the folder that holds the series of the examination.</source>
        <translation>{path} {what}；请给出含有检查各序列的文件夹。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/series/frames.py"/>
        <source>{path}: Image Orientation (Patient) is {shown}, which are not two directions at a right angle; its sides are unknown. Export the series again.</source>
        <translation>{path}：Image Orientation (Patient) 为 {shown}，不是两个互相垂直的方向；其侧别未知。请重新导出该序列。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/series/frames.py"/>
        <source>{path}: Pixel Spacing is {between_rows} x {between_columns} mm; lengths are needed.</source>
        <translation>{path}：Pixel Spacing 为 {between_rows} x {between_columns} mm；应为长度。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/series/frames.py"/>
        <source>{path}: Rescale Slope is 0, so that all values would be equal; export it again.</source>
        <translation>{path}：Rescale Slope 为 0，全部数值将相等；请重新导出。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/stage/evaluation.py"/>
        <source>{path}: reader {row} read {row_} {row__} twice; keep one.</source>
        <translation>{path}：阅片者 {row} 对 {row_} {row__} 判读了两次；请保留一次。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/case/cohort_features.py"/>
        <source>{path}: the side of case {iloc} is '{iloc_}'; R or L.</source>
        <translation>{path}：病例 {iloc} 的侧别为“{iloc_}”；应为 R 或 L。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLab/training/own/inventory.py"/>
        <source>{patients} patients {who} will do to try it; {ADVISED} or more let the figures say whether it helped.</source>
        <translation>{patients}名患者{who}，可以试用；{ADVISED}名或更多，数字才能说明是否有帮助。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLab/training/own/inventory.py"/>
        <source>{patients} patients {who}; at least {FEWEST} are needed.</source>
        <translation>{patients}名患者{who}；至少需要{FEWEST}名。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLab/training/own/cohort.py"/>
        <source>{place}: a stage is of one hip; say which in the column 'side'.</source>
        <translation>{place}：分期属于一个髋；请在 side 列中注明。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLab/training/own/stages.py"/>
        <source>{place}: hip {side} of {case} has another stage in line {known}; keep one of them.</source>
        <translation>{place}：{case}的{side}髋在第{known}行另有分期；请只保留一个。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/core/csv_tables.py"/>
        <source>{place}: the column '{name}' is empty.</source>
        <translation>{place}：“{name}”列为空。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLab/training/own/stages.py"/>
        <source>{place}: the side is '{side}'; R or L is accepted.</source>
        <translation>{place}：侧别为“{side}”；可用 R 或 L。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLab/training/own/stages.py"/>
        <source>{place}: the stage is '{stage}'; {join} or an empty cell are accepted.</source>
        <translation>{place}：分期为“{stage}”；可用{join}或空白。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLab/training/own/cohort.py"/>
        <source>{place}: the {column} is '{join}'; R, L or both are accepted.</source>
        <translation>{place}：{column} 列为“{join}”；可用 R、L 或两者。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLab/training/own/cohort.py"/>
        <source>{place}: {hip} has other outlines than in {outlined}; keep one of the two rows.</source>
        <translation>{place}：{hip}的轮廓与{outlined}不同；两行只保留一行。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLab/training/own/cohort.py"/>
        <source>{place}: {hip} is of stage {stages} here and of stage {stages_} in {staged}; keep one of them.</source>
        <translation>{place}：{hip}此处分期为{stages}，而{staged}中为{stages_}；请只保留一个。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLab/training/own/cohort.py"/>
        <source>{place}: {image} does not exist; paths are relative to the table.</source>
        <translation>{place}：{image}不存在；路径相对于表格所在文件夹。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLab/training/own/cohort.py"/>
        <source>{place}: {segmentation} is no file; paths are relative to the table.</source>
        <translation>{place}：{segmentation}不是文件；路径相对于表格所在文件夹。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/recompute.py"/>
        <source>{reader} has corrected nothing of {key}.</source>
        <translation>{reader} 没有修改过 {key}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/dicom_out/objects/export.py"/>
        <source>{record} is not readable JSON; remove it and confirm again.</source>
        <translation>{record} 不是可读的 JSON；请删除后重新确认。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/model_page.py"/>
        <source>{row} less {row_}{NAIVE}</source>
        <translation>{row} 减 {row_}{NAIVE}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/reporting.py"/>
        <source>{row} of {row_} hips</source>
        <translation>{row_} 髋中 {row} 髋</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>{row}: not estimable</source>
        <translation>{row}：无法估计</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/table.py"/>
        <source>{says}, but it lies where series {number} shows hip {other}; it is not used.</source>
        <translation>{says}，但它位于序列 {number} 显示 {other} 髋的位置；不予使用。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/validate_dlr.py"/>
        <source>{second} against {first}</source>
        <translation>{second} 相对 {first}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/pipeline.py"/>
        <source>{sentence} Check the outlines with care.</source>
        <translation>{sentence} 请仔细核对轮廓。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_report.py"/>
        <source>{series}, {plane} slices, voxels of {voxels} mm. Report of {day}.</source>
        <translation>{series}，{plane}面，体素 {voxels} mm。报告日期 {day}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/survival.py"/>
        <source>{share:.0%} ({low:.0%} to {high:.0%})</source>
        <translation>{share:.0%}（{low:.0%} 至 {high:.0%}）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>{share} ({low} to {high})</source>
        <translation>{share}（{low} 至 {high}）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/page.py"/>
        <location filename="../../ONFHAssistLib/report/drilling/words.py"/>
        <source>{share} reached</source>
        <translation>到达 {share}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_report.py"/>
        <source>{share}, {reading}</source>
        <translation>{share}，{reading}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/files.py"/>
        <source>{shown} cannot be read as a medical image; it is damaged or of another format.</source>
        <translation>{shown} 无法作为医学图像读取；文件损坏或为其他格式。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/files.py"/>
        <source>{shown} has {components} values a voxel (a colour or vector image, or a segmentation whose segments overlap); a grey image is needed.</source>
        <translation>{shown} 每个体素有 {components} 个值（彩色或矢量图像，或分割段重叠的分割）；需要灰度图像。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/imaging/files.py"/>
        <source>{shown} has {dimension} dimensions; a single 2D or 3D image is needed.</source>
        <translation>{shown} 有 {dimension} 维；需要单个二维或三维图像。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_regression_page.py"/>
        <source>{size} hips of {patients} patients, {int} collapses</source>
        <translation>{patients} 位患者的 {size} 髋，塌陷 {int} 例</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/update/binary.py"/>
        <source>{smaller} hips in the smaller class and {count} coefficients: they are not fitted anew ({CASES_A_COEFFICIENT} hips each are asked for, of a linear model); the slope is the most that was tried.</source>
        <translation>较小的一类有 {smaller} 髋，系数 {count} 个：不重新拟合（线性模型每个系数要求 {CASES_A_COEFFICIENT} 髋）；最多尝试到斜率。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/roles.py"/>
        <source>{source} of a role is '{text}'; NUMBER=USE is expected, where USE is {join} or {NONE}, or several of them joined by +.</source>
        <translation>{source} 中的用途为“{text}”；应为 NUMBER=USE，其中 USE 为 {join} 或 {NONE}，多项用 + 连接。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/exam_sections.py"/>
        <source>{stated} by header, {seen} by look</source>
        <translation>头信息为 {stated}，外观为 {seen}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/sheet.py"/>
        <source>{state}, but the outline has changed since</source>
        <translation>{state}，但此后轮廓已改变</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/update/bundles.py"/>
        <source>{stem} model of a development.</source>
        <translation>建模得到的 {stem} 模型。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLab/training/own/loop.py"/>
        <source>{steps} steps of {batch_size} samples at a learning rate of {learning_rate} are no training; positive numbers are needed.</source>
        <translation>{steps}步、每批{batch_size}个样本、学习率{learning_rate}不构成训练；需要正数。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/run/sources.py"/>
        <source>{studies} does not exist; give a folder of studies, a table (CSV) or an archive's TOML file.</source>
        <translation>{studies} 不存在；请给出检查的文件夹、表格（CSV）或存档的 TOML 文件。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/run/sources.py"/>
        <source>{studies} is no folder of studies; give one, a table (CSV) with case and image or study, or an archive's TOML file.</source>
        <translation>{studies} 不是检查的文件夹；请给出这样的文件夹、含 case 与 image 或 study 的表格（CSV），或存档的 TOML 文件。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/outliner.py"/>
        <source>{sum} ml {what} left out.</source>
        <translation>{sum} ml {what}未予采用。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/folder.py"/>
        <source>{table} cannot be read as a CSV file ({error}).</source>
        <translation>{table} 无法作为 CSV 文件读取（{error}）。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/readers/reader_files.py"/>
        <source>{table} cannot be read as a CSV file.</source>
        <translation>{table} 无法作为 CSV 文件读取。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/readers/reader_files.py"/>
        <source>{table} has no rows; one a case is needed, with {join}.</source>
        <translation>{table} 没有行；每个病例需要一行，含 {join}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/readers/reader_files.py"/>
        <source>{table} lacks the column '{missing}'; {join} are needed.</source>
        <translation>{table} 缺少列“{missing}”；需要 {join}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/bundles/accepting.py"/>
        <source>{target} is in use already.</source>
        <translation>{target}已在使用。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/readers/reader_files.py"/>
        <source>{target} is not readable JSON; remove it and confirm again.</source>
        <translation>{target} 不是可读的 JSON；请删除后重新确认。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/model_page.py"/>
        <source>{text} The run was stopped; what was finished is below.</source>
        <translation>{text} 运行被停止；以下为已完成的内容。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/outline_sides.py"/>
        <source>{text}, if the film hangs as usual; its file does not say how it hangs, please check the sides.</source>
        <translation>{text}（若片按常规悬挂）；其文件未说明悬挂方式，请核对侧别。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/outline_sides.py"/>
        <source>{text}. Exchange the labels (1 with 2, 3 with 4) or the names of the segments.</source>
        <translation>{text}。请交换标签（1 与 2，3 与 4）或分割段的名称。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/outline_sides.py"/>
        <source>{text}; please check the side.</source>
        <translation>{text}；请核对侧别。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/doubt.py"/>
        <source>{times} times as far from its nearest hips as usual, in {join}.</source>
        <translation>与最相近髋的距离是平常的 {times} 倍，体现在{join}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/course/page.py"/>
        <location filename="../../ONFHAssistLib/report/figure_texts.py"/>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>{value} ({low} to {high})</source>
        <translation>{value}（{low} 至 {high}）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/exam_sections.py"/>
        <source>{value}, series {series}</source>
        <translation>{value}，序列 {series}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/drilling/words.py"/>
        <source>{wanted} was not found with {count} wires; that is no proof that it cannot be.</source>
        <translation>{count} 根针未找到达到 {wanted} 的方案；这不证明不存在。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/survival/competing.py"/>
        <source>{what} at {month} needs at least {MIN_FOLLOWED} hips without the event by then and {int} are known; choose an earlier time.</source>
        <translation>{month} 的{what}至少需要 {MIN_FOLLOWED} 髋到该时间仍无事件，已知的有 {int} 髋；请选择更早的时间。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/survival/metrics.py"/>
        <source>{what} at {month} needs at least {followed_on} hips followed beyond that time without an event and {size} are; choose an earlier time.</source>
        <translation>{month} 的{what}至少需要 {followed_on} 髋无事件地随访到该时间之后，现有 {size} 髋；请选择更早的时间。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cli/course/followup.py"/>
        <source>{what} is given {len} times for {len_} examinations; give it for each, or not.</source>
        <translation>{len_} 次检查却给出了 {len} 次 {what}；请每次检查都给出，或都不给。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/parts.py"/>
        <source>{what} left out: {error}</source>
        <translation>{what}已略去：{error}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/survival/outcome.py"/>
        <source>{what} needs at least {needed} events and {found} were seen; follow more hips, or longer.</source>
        <translation>{what}至少需要 {needed} 个事件，现有 {found} 个；请随访更多的髋，或更长时间。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/parts.py"/>
        <source>{what} over {lower}</source>
        <translation>{what} 随{lower}的变化</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/reporting.py"/>
        <source>{what} with 95% interval</source>
        <translation>{what}及 95% 区间</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/parts.py"/>
        <source>{what}, mean (middle 95% of folds and draws)</source>
        <translation>{what}，均值（各折和抽样的中间 95%）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/survival_page.py"/>
        <source>{what}, {detail}</source>
        <translation>{what}，{detail}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/case/pipeline.py"/>
        <source>{what}; steps are {join}.</source>
        <translation>{what}；步骤有 {join}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/drilling/given.py"/>
        <source>{where} covers both femoral heads in one connected piece; give the right and the left femur as two labels, or part them.</source>
        <translation>{where} 以一个相连的整体覆盖了两侧股骨头；请将左右股骨作为两个标签给出，或将其分开。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/presets.py"/>
        <source>{where} gives feature class {name} the value {listed}; list features or none.</source>
        <translation>{where} 给特征类别 {name} 的值为 {listed}；请列出特征，或留空。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/presets.py"/>
        <source>{where} gives image type {name} the value {own}; write '{name_}: {}'.</source>
        <translation>{where} 给图像类型 {name} 的值为 {own}；请写 '{name_}: {}'。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/presets.py"/>
        <source>{where} has a section {name} that is not a list of 'key: value' lines.</source>
        <translation>{where} 的 {name} 部分不是 'key: value' 行的列表。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/core/serial.py"/>
        <source>{where} has no field '{name}'; it was written by another version.</source>
        <translation>{where} 缺少字段“{name}”；它由其他版本写出。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/cohort.py"/>
        <source>{where} has no rows; it needs one row a region.</source>
        <translation>{where} 没有行；每个区域需要一行。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/decisions.py"/>
        <source>{where} has no text as '{name}'; export the decisions again.</source>
        <translation>{where} 的“{name}”不是文字；请重新导出判定。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/decisions.py"/>
        <source>{where} has the time '{text}' without its zone; UTC is expected.</source>
        <translation>{where} 的时间“{text}”没有时区；应为 UTC。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/decisions.py"/>
        <source>{where} has the time '{text}', which is none of ISO 8601.</source>
        <translation>{where} 的时间“{text}”不符合 ISO 8601。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/core/serial.py"/>
        <source>{where} has the unknown field '{unknown}'; it was written by another version.</source>
        <translation>{where} 含有未知字段“{unknown}”；它由其他版本写出。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/presets.py"/>
        <source>{where} has the unknown {kind} {key}; {hint}</source>
        <translation>{where} 含有未知的{kind} {key}；{hint}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/presets.py"/>
        <source>{where} holds no settings; it needs sections such as imageType, featureClass, setting.</source>
        <translation>{where} 没有设置；需要 imageType、featureClass、setting 等部分。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/review/decisions.py"/>
        <source>{where} is no object.</source>
        <translation>{where} 不是对象。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/presets.py"/>
        <source>{where} is not a readable YAML file: {reason}.</source>
        <translation>{where} 不是可读的 YAML 文件：{reason}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/core/serial.py"/>
        <source>{where} is {value}, which is none of the kinds that it may have.</source>
        <translation>{where} 为 {value}，不属于允许的类型。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/core/serial.py"/>
        <source>{where} is {value}; {wanted} is expected.</source>
        <translation>{where} 为 {value}；应为 {wanted}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/cohort.py"/>
        <source>{where} lacks the column {lacking}; it has {known}.</source>
        <translation>{where} 缺少列 {lacking}；现有 {known}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/presets.py"/>
        <source>{where} sets {key} to {value}; it should be {wanted}.</source>
        <translation>{where} 将 {key} 设为 {value}；应为 {wanted}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/presets.py"/>
        <source>{where} sets {misplaced} for image type {name} alone, where it has no effect; write it under 'setting'.</source>
        <translation>{where} 仅对图像类型 {name} 设置 {misplaced}，在此处无效；请写在 'setting' 之下。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/cohort.py"/>
        <source>{where}, line {number}: the column {name} is empty.</source>
        <translation>{where} 第 {number} 行：列 {name} 为空。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/cohort.py"/>
        <source>{where}, line {number}: the label {text} is not a {kind} such as 1 or 1+3.</source>
        <translation>{where} 第 {number} 行：标签 {text} 不是 1 或 1+3 这样的{kind}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/cohort.py"/>
        <source>{where}, line {number}: {name} is no name of a file.</source>
        <translation>{where} 第 {number} 行：{name} 不是文件名。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/extract/cohort.py"/>
        <source>{where}, line {number}: {title} with label {label} is there twice.</source>
        <translation>{where} 第 {number} 行：{title}（标签 {label}）出现了两次。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/run/sources.py"/>
        <source>{where}: outlines can be given for an image, not for a study; leave 'segmentation' empty.</source>
        <translation>{where}：轮廓可用于图像，不可用于检查；请将“segmentation”留空。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/run/sources.py"/>
        <source>{where}: the case '{case}' is there twice, first in line {lines}; give every case a name of its own.</source>
        <translation>{where}：病例“{case}”出现两次，第一次在第 {lines} 行；请给每个病例各自的名称。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/run/sources.py"/>
        <source>{where}: the column 'case' is empty; every row needs the name of its case.</source>
        <translation>{where}：列“case”为空；每行都需要病例名称。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/run/sources.py"/>
        <source>{where}: the side is '{row}'; R, L or nothing is accepted.</source>
        <translation>{where}：侧别为“{row}”；可接受 R、L 或留空。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/run/sources.py"/>
        <source>{where}: {name} is no name of a file.</source>
        <translation>{where}：{name} 不是文件名。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/cohort/run/sources.py"/>
        <source>{where}: {said}; a case is one of them.</source>
        <translation>{where}：{said}；病例只能是其中之一。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/words.py"/>
        <source>{words} ({count} missing)</source>
        <translation>{words}（缺失 {count}）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/develop/reporting/parts.py"/>
        <source>{words} ({row} missing)</source>
        <translation>{words}（缺失 {row}）</translation>
    </message>
</context>
</TS>
