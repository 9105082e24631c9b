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
        <location filename="../../ONFHAssistLib/report/case_report.py"/>
        <source>, spread between the networks {share}</source>
        <translation>，网络间离散度 {share}</translation>
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
        <source>1 - specificity</source>
        <translation>1 - 特异度</translation>
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
        <location filename="../../ONFHAssistLib/segment/sphere_tool.py"/>
        <source>A radius of {radius} mm is no femoral head; {low} to {high} mm is accepted.</source>
        <translation>半径 {radius} mm 不是股骨头；可接受 {low} 至 {high} mm。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/sphere_tool.py"/>
        <source>A rim point has a coordinate that is not a number.</source>
        <translation>某边缘点的坐标不是数字。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/readers/agreement.py"/>
        <source>A value of the readers is not a finite number; leave that hip out.</source>
        <translation>阅片者的某个值不是有限数；请排除该髋。</translation>
    </message>
    <message>
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
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>ARCO stage {stage}</source>
        <translation>ARCO 分期 {stage}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>ARCO {stage}, no subchondral fracture (set IIIA by hand if there is one)</source>
        <translation>ARCO {stage}，无软骨下骨折（若有请手动设为 IIIA）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/binary.py"/>
        <source>AUC ({level} CI)</source>
        <translation>AUC（{level} CI）</translation>
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
        <location filename="../../ONFHAssistLib/stage/stager.py"/>
        <source>An unpublished model.</source>
        <translation>未发表的模型。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>Angle below {cut} degrees ({gap} less)</source>
        <translation>角度低于 {cut} 度（减少 {gap}）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>Angle of {cut} degrees or more ({gap} more)</source>
        <translation>角度不低于 {cut} 度（增加 {gap}）</translation>
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
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>Assumed: {what}.</source>
        <translation>假定：{what}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>Average hip of the cohort</source>
        <translation>队列的平均髋</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>Bone marrow oedema</source>
        <translation>骨髓水肿</translation>
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
        <location filename="../../ONFHAssistLib/segment/sphere_tool.py"/>
        <source>Both spheres lie on the patient's side {side}; give one for each hip.</source>
        <translation>两个球体都位于患者的 {side} 侧；请为每个髋各给一个。</translation>
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
        <location filename="../../ONFHAssistLib/stage/stager.py"/>
        <source>Bundle {name} holds the network '{get}'; the stager needs '{NAME}'.</source>
        <translation>模型包 {name} 的网络为“{get}”；分期网络需要“{NAME}”。</translation>
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
        <location filename="../../ONFHAssistLib/bundles/scope.py"/>
        <source>By its header the image is {phrase}; {learned}.</source>
        <translation>按头信息，图像为 {phrase}；{learned}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/early/centres.py"/>
        <source>Centre '{name}' is not judged: {reason}.</source>
        <translation>未评价中心“{name}”：{reason}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>Clinical model as published</source>
        <translation>已发表的临床模型</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/binary.py"/>
        <source>Coefficient</source>
        <translation>系数</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_report.py"/>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>Combined necrotic angle</source>
        <translation>联合坏死角</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <location filename="../../ONFHAssistLib/report/exam_sections.py"/>
        <source>Combined necrotic angle (°)</source>
        <translation>联合坏死角（°）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/exam_sections.py"/>
        <source>Contrast</source>
        <translation>对比</translation>
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
        <location filename="../../ONFHAssistLib/report/exam_sections.py"/>
        <source>Description</source>
        <translation>描述</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_report.py"/>
        <source>Early osteonecrosis</source>
        <translation>早期股骨头坏死</translation>
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
        <location filename="../../ONFHAssistLib/evaluate/figures/binary.py"/>
        <source>Features</source>
        <translation>特征</translation>
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
        <location filename="../../ONFHAssistLib/report/case_page.py"/>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_report.py"/>
        <source>For research, not a diagnosis. The bundled models learned from simulated disease; their figures say nothing about real patients until they are validated on them.</source>
        <translation>仅供研究，不是诊断。自带的模型从模拟病变学习；在用真实患者验证之前，其数值不能说明真实患者的情况。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/survival.py"/>
        <source>Groups, 95% interval</source>
        <translation>分组，95% 区间</translation>
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
        <source>Hips</source>
        <translation>髋</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/survival.py"/>
        <source>Hips at risk</source>
        <translation>处于风险的髋数</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>I or II</source>
        <translation>I 或 II</translation>
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
        <location filename="../../ONFHAssistLib/exam/predictions.py"/>
        <source>It does not show this hip whole.</source>
        <translation>未完整显示该髋。</translation>
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
        <location filename="../../ONFHAssistLib/exam/roles.py"/>
        <source>It was to be used for {join}, but cannot be.</source>
        <translation>本应用于 {join}，但不能使用。</translation>
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
        <location filename="../../ONFHAssistLib/exam/roles.py"/>
        <source>Its user left it out.</source>
        <translation>用户未采用。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>JIC type</source>
        <translation>JIC 分型</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/early/repeated.py"/>
        <source>Learning curve: {share} of the patients, fold {k}</source>
        <translation>学习曲线：{share} 的患者，第 {k} 折</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>Left</source>
        <translation>左侧</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>Left hip</source>
        <translation>左髋</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/readers/agreement.py"/>
        <source>Limits of agreement need at least three hips that both readers measured, here are {len}.</source>
        <translation>一致性界限至少需要两名阅片者都测量过的三个髋，现有 {len} 个。</translation>
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
        <location filename="../../ONFHAssistLib/case/steps.py"/>
        <source>Looking for the femoral heads</source>
        <translation>正在查找股骨头</translation>
    </message>
    <message>
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
        <translation>无法判断 {side} 侧骨髓水肿：图像中的 {name} 太少。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/measure/oedema.py"/>
        <source>Marrow oedema {side} cannot be told from red marrow on T1, short of half of the marrow; a fat-suppressed or STIR series shows it.</source>
        <translation>在 T1 上，范围不足骨髓一半时，{side} 侧骨髓水肿与红骨髓无法区分；脂肪抑制或 STIR 序列可显示。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/binary.py"/>
        <source>Mean squared error (cross-validated)</source>
        <translation>均方误差（交叉验证）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_report.py"/>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>Measurements</source>
        <translation>测量</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>Model: {model}</source>
        <translation>模型：{model}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>Months</source>
        <translation>月数</translation>
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
        <location filename="../../ONFHAssistLib/evaluate/figures/binary.py"/>
        <location filename="../../ONFHAssistLib/evaluate/figures/survival.py"/>
        <source>Net benefit</source>
        <translation>净获益</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/core/parallel.py"/>
        <source>No Dask scheduler answers at {address}; start one with 'dask scheduler'.</source>
        <translation>{address} 没有 Dask 调度器应答；请用“dask scheduler”启动一个。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>No bone marrow oedema</source>
        <translation>无骨髓水肿</translation>
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
        <location filename="../../ONFHAssistLib/report/case_report.py"/>
        <source>No collapse at {month:.0f} months</source>
        <translation>{month:.0f} 个月无塌陷</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/case/case.py"/>
        <source>No femoral head is outlined on {name}; outline it first.</source>
        <translation>{name} 上未勾画股骨头；请先勾画。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/measurements.py"/>
        <source>No fluid-sensitive series shows hip {side}; oedema was not looked for.</source>
        <translation>没有液体敏感序列显示 {side} 髋；未查找水肿。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/measurements.py"/>
        <source>No necrosis on series {none}, but on others.</source>
        <translation>序列 {none} 上无坏死灶，而其他序列上有。</translation>
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
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>No-collapse survival of the {hip}, beside the groups of the study.</source>
        <translation>{hip}的无塌陷生存，并列该研究的各组。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/exam_sections.py"/>
        <source>No.</source>
        <translation>编号</translation>
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
        <location filename="../../ONFHAssistLib/report/case_report.py"/>
        <source>Not staged</source>
        <translation>未分期</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/exam_sections.py"/>
        <source>Numbers of series, as in the table below.</source>
        <translation>序列编号见下表。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/survival.py"/>
        <source>Observed (Kaplan-Meier)</source>
        <translation>实际（Kaplan-Meier）</translation>
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
        <location filename="../../ONFHAssistLib/exam/measurements.py"/>
        <source>Oedema of hip {side} was not looked for: {why}.</source>
        <translation>未查找 {side} 髋的水肿：{why}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/exam_sections.py"/>
        <source>One outline of all series, head blue and necrosis orange, the same on both; each series lies as the hip was aligned to the reference. Radiological orientation.</source>
        <translation>各序列共用一套轮廓，股骨头蓝色、坏死灶橙色；各序列按该髋与参考序列的配准放置。放射学方位。</translation>
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
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>Outlined automatically; no reader has confirmed the outlines.</source>
        <translation>自动勾画；尚无阅片者确认轮廓。</translation>
    </message>
    <message>
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
        <location filename="../../Resources/Models/dlr-mri/configs/metadata.json"/>
        <location filename="../../Resources/Models/rad-dlr-mri/configs/metadata.json"/>
        <source>Penalised logistic regression, one model for bright marrow (T1, T2) and one for suppressed marrow (T2 FS, STIR, PD FS); the sequence of the image chooses.</source>
        <translation>惩罚逻辑回归：骨髓高信号（T1、T2）和骨髓抑制（T2 FS、STIR、PD FS）各一个模型；由图像的成像序列选择。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/binary.py"/>
        <location filename="../../ONFHAssistLib/evaluate/figures/survival.py"/>
        <source>Perfect</source>
        <translation>理想</translation>
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
        <location filename="../../ONFHAssistLib/survival/nomogram/figure.py"/>
        <source>Points</source>
        <translation>点</translation>
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
        <location filename="../../ONFHAssistLib/report/case_page.py"/>
        <source>Provenance</source>
        <translation>来源信息</translation>
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
        <location filename="../../Resources/Models/backbone-resnet18/configs/metadata.json"/>
        <source>ResNet18 that tells stages 0, I and II on one slice; its average pooling gives DL_0 to DL_511.</source>
        <translation>ResNet18：在单个层面上区分 0、I、II 期；其平均池化给出 DL_0 至 DL_511。</translation>
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
        <location filename="../../Resources/Models/outliner-unet/configs/metadata.json"/>
        <source>Residual U-Net: outlines a femoral head and the necrosis in it, around a head that was found.</source>
        <translation>残差 U-Net：在已找到的股骨头周围勾画股骨头及其坏死灶。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>Right</source>
        <translation>右侧</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>Right hip</source>
        <translation>右髋</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/survival.py"/>
        <source>Risk of collapse by {month} months from which one would act</source>
        <translation>采取行动的 {month} 个月内塌陷风险阈值</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/binary.py"/>
        <source>Sensitivity</source>
        <translation>敏感度</translation>
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
        <location filename="../../ONFHAssistLib/report/exam_sections.py"/>
        <source>Series {number}: {note}</source>
        <translation>序列 {number}：{note}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/roles.py"/>
        <source>Series {wanted} cannot be the reference: {reason}</source>
        <translation>序列 {wanted} 不能作为参考序列：{reason}</translation>
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
        <location filename="../../ONFHAssistLib/evaluate/figures/survival.py"/>
        <source>Smooth, 95% band</source>
        <translation>平滑曲线，95% 带</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>Spread</source>
        <translation>离散度</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>Spread: standard deviation between the networks. Unlike training: over 1 the hip is unlike those that the networks learned from.</source>
        <translation>离散度：各网络之间的标准差。与训练的差异：大于 1 表示该髋与网络学习过的髋不相似。</translation>
    </message>
    <message>
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
        <location filename="../../ONFHAssistLib/report/exam_sections.py"/>
        <source>Subchondral fracture line</source>
        <translation>软骨下骨折线</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_report.py"/>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>Survival</source>
        <translation>生存</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>T1-weighted</source>
        <translation>T1 加权</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>T2-weighted</source>
        <translation>T2 加权</translation>
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
        <location filename="../../ONFHAssistLib/core/parallel.py"/>
        <source>The Dask cluster has no workers; start one with 'dask worker ADDRESS'.</source>
        <translation>Dask 集群没有工作进程；请用“dask worker ADDRESS”启动一个。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/core/errors.py"/>
        <source>The Python package '{package}' is needed to {purpose}; install it and try again.</source>
        <translation>需要 Python 软件包“{package}”才能 {purpose}；请安装后重试。</translation>
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
        <location filename="../../ONFHAssistLib/early/predictor.py"/>
        <source>The backbone {name} ({sha256}) is not the one that the bundle {name_} was trained with ({str}); train the bundle again.</source>
        <translation>主干网络 {name}（{sha256}）不是模型包 {name_} 训练时所用的（{str}）；请重新训练模型包。</translation>
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
        <location filename="../../ONFHAssistLib/segment/sphere_tool.py"/>
        <source>The centre {point} (LPS, mm) lies outside the image.</source>
        <translation>中心 {point}（LPS，mm）位于图像之外。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/sphere_tool.py"/>
        <source>The circle tool works on a single radiograph, this image has {shape} slices.</source>
        <translation>圆形工具用于单张 X 线片，该图像有 {shape} 层。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/case/cohort_features.py"/>
        <source>The cohort lacks the column '{absent}'; it has {join}.</source>
        <translation>队列缺少列“{absent}”；现有 {join}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/early/develop.py"/>
        <source>The column '{column}' has missing values, which harmonisation cannot take; drop it.</source>
        <translation>列“{column}”有缺失值，无法校正；请去掉该列。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/worker/server.py"/>
        <source>The computer has not enough memory for this step; close other programs or crop the image.</source>
        <translation>计算机内存不足以完成这一步；请关闭其他程序或裁剪图像。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/early/external_validation.py"/>
        <source>The deep features were made with the backbone {found}, the bundle {name} was trained with {wanted}; extract them again with the backbone of the bundle.</source>
        <translation>深度特征由主干网络 {found} 提取，而模型包 {name} 用 {wanted} 训练；请用模型包的主干网络重新提取。</translation>
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
        <location filename="../../ONFHAssistLib/measure/hip.py"/>
        <source>The femoral head {side} lies at x = {centre} mm, on the other side of the midline at x = {midline_x} mm; exchange the sides of the segmentation.</source>
        <translation>股骨头 {side} 位于 x = {centre} mm，在中线 x = {midline_x} mm 的另一侧；请交换分割的侧别。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/bundles/scope.py"/>
        <source>The field of view is {min} mm along one axis; below {least} mm a femoral head may be cut off.</source>
        <translation>某一方向的视野为 {min} mm；小于 {least} mm 时股骨头可能被截断。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/detector.py"/>
        <source>The file states no side and the head lies near the scanner's middle; {side} was taken from the anatomy, please check.</source>
        <translation>文件未说明侧别，且股骨头靠近扫描仪中央；根据解剖取为 {side}，请核对。</translation>
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
        <location filename="../../ONFHAssistLib/segment/side.py"/>
        <source>The head lies {abs} mm from the assumed midline and the file states no side; side {by_position} was taken, please check.</source>
        <translation>股骨头距假定中线 {abs} mm，且文件未说明侧别；取为 {by_position}，请核对。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/outline_sides.py"/>
        <source>The header says side {stated}, but {name} outlines femoral head {side}; please check.</source>
        <translation>头信息的侧别为 {stated}，但 {name} 勾画的是股骨头 {side}；请核对。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>The hips</source>
        <translation>髋部</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/exam_sections.py"/>
        <source>The hips on two contrasts</source>
        <translation>两种对比的髋部</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/bundles/scope.py"/>
        <source>The image does not state its sequence and looks {contrast}; {trained_on} {names}.</source>
        <translation>图像未说明成像序列，外观为 {contrast}；{trained_on} {names}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/bundles/scope.py"/>
        <source>The image does not state its sequence; that it is {found} was read from the image.</source>
        <translation>图像未说明成像序列；根据图像判断为 {found}。</translation>
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
        <location filename="../../ONFHAssistLib/bundles/scope.py"/>
        <source>The image's {fact} is {found}; {trained_on} {join}.</source>
        <translation>图像的 {fact} 为 {found}；{trained_on} {join}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/readers/consensus.py"/>
        <source>The method is "{method}"; it must be one of {join}.</source>
        <translation>方法为"{method}"；必须是 {join} 之一。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/bundles/origin.py"/>
        <source>The network comes from no bundle; save it as one and load it from there.</source>
        <translation>该网络不来自任何模型包；请将其保存为模型包，再从中加载。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>The outlines were given.</source>
        <translation>轮廓由外部给出。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/case/examination.py"/>
        <source>The probability is by series {join}; features and contributions are of series {own}.</source>
        <translation>概率依据序列 {join}；特征和贡献来自序列 {own}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/side.py"/>
        <source>The radiograph shows one hip and its header states no side; side {by_position} was guessed, please check.</source>
        <translation>X 线片只显示一个髋，且头信息未说明侧别；推测为 {by_position}，请核对。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/stage/head_crop.py"/>
        <source>The radius of head {side} is {radius} mm; {low} to {high} mm is expected.</source>
        <translation>股骨头 {side} 的半径为 {radius} mm；应为 {low} 至 {high} mm。</translation>
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
        <location filename="../../ONFHAssistLib/case/cohort_features.py"/>
        <source>The region '{region}' is not known; choose from {join}.</source>
        <translation>未知区域“{region}”；请从 {join} 中选择。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/sphere_tool.py"/>
        <source>The rim points lie on a line; place them around the head.</source>
        <translation>边缘点位于一条直线上；请围绕股骨头放置。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/early/centres.py"/>
        <source>The scanner '{name}' stands in the centre '{at}' alone, so that models developed without that centre cannot be harmonised for it; leave out the column of the scanner.</source>
        <translation>扫描仪“{name}”只出现在中心“{at}”，因此不含该中心开发的模型无法为其校正；请去掉扫描仪列。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/early/develop.py"/>
        <source>The scanner of case {index} is missing; name it.</source>
        <translation>病例 {index} 缺少扫描仪；请填写。</translation>
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
        <location filename="../../ONFHAssistLib/case/examination.py"/>
        <source>The series shows none of the outlined hips; choose another reference.</source>
        <translation>该序列未显示任何已勾画的髋；请选择其他参考序列。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/stage/stager.py"/>
        <source>The setting stage_certainty of bundle {name} is {value}; a number from 0.5 (never 'I or II') to 1 is expected.</source>
        <translation>模型包 {name} 的设置 stage_certainty 为 {value}；应为 0.5（从不给出“I or II”）至 1 之间的数。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/outline_sides.py"/>
        <source>The side is given as {side}, but {what} in {name} lies on the patient's {WORDS}; correct the side or the label.</source>
        <translation>给定侧别为 {side}，但 {name} 中的 {what} 位于患者的 {WORDS}；请更正侧别或标签。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/sphere_tool.py"/>
        <source>The sphere tool needs three or more points on the rim of the head, it got {len}.</source>
        <translation>球体工具需要股骨头边缘上的三个或更多点，现有 {len} 个。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/case/examination.py"/>
        <source>The stage is by series {join}; the heat is of series {reference}.</source>
        <translation>分期依据序列 {join}；热力图来自序列 {reference}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/outline_sides.py"/>
        <source>The two femoral heads of {name} lie only {distance} mm apart; check their labels.</source>
        <translation>{name} 的两个股骨头仅相距 {distance} mm；请核对其标签。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/detector.py"/>
        <source>The volume has one value everywhere; there is nothing to find.</source>
        <translation>图像各处数值相同；没有可查找的内容。</translation>
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
        <location filename="../../ONFHAssistLib/segment/outliner.py"/>
        <source>The weights of the outliner do not fit its network; the bundle is refused.</source>
        <translation>勾画网络的权重与其网络不符；模型包被拒绝。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/readers/consensus.py"/>
        <source>There are {len} names for {len_} segmentations.</source>
        <translation>{len_} 个分割有 {len} 个名称。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/stage/stager.py"/>
        <source>There is no femoral head to stage; outline one, or check what the detector found.</source>
        <translation>没有可分期的股骨头；请勾画一个，或核对检测器的结果。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/bundles/bundle.py"/>
        <source>There is no model bundle '{name_or_path}'; bundles at hand: {known}.</source>
        <translation>没有模型包“{name_or_path}”；现有模型包：{known}。</translation>
    </message>
    <message>
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
        <location filename="../../ONFHAssistLib/evaluate/figures/survival.py"/>
        <source>This hip</source>
        <translation>本髋</translation>
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
        <location filename="../../ONFHAssistLib/evaluate/figures/survival.py"/>
        <source>Time-dependent AUC</source>
        <translation>时间依赖 AUC</translation>
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
        <location filename="../../ONFHAssistLib/evaluate/figures/binary.py"/>
        <source>True</source>
        <translation>真实</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>Unlike training</source>
        <translation>与训练的差异</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/exam_sections.py"/>
        <source>Used for</source>
        <translation>用途</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/exam_sections.py"/>
        <source>Voxels (mm)</source>
        <translation>体素（mm）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/binary.py"/>
        <source>Weight (log-odds for one standard deviation): right raises, left lowers the probability</source>
        <translation>权重（每个标准差的对数优势）：向右升高、向左降低概率</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/exam_sections.py"/>
        <source>What it rests on</source>
        <translation>依据</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/exam_sections.py"/>
        <source>acetabular edge</source>
        <translation>髋臼缘</translation>
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
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>bone marrow oedema</source>
        <translation>骨髓水肿</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>cannot tell</source>
        <translation>无法判断</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>combined necrotic angle {angle:.0f}°</source>
        <translation>联合坏死角 {angle:.0f}°</translation>
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
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>days</source>
        <translation>天</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>fat-suppressed</source>
        <translation>脂肪抑制</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/exam_sections.py"/>
        <source>grade {grade}, series {series}</source>
        <translation>{grade} 级，序列 {series}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>heat</source>
        <translation>热度</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>in scope</source>
        <translation>适用</translation>
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
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>likely</source>
        <translation>可能性大</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>living marrow</source>
        <translation>股骨头和股骨颈的存活骨髓</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/evaluate/figures/survival.py"/>
        <source>log10 penalty (weaker to the right)</source>
        <translation>log10 惩罚（向右减弱）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/exam_sections.py"/>
        <source>lower row series {number}, {contrast}</source>
        <translation>下排为序列 {number}，{contrast}</translation>
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
        <location filename="../../ONFHAssistLib/bundles/bundle.py"/>
        <source>models/model.pt of bundle {name} is not a plain state dict; it is refused.</source>
        <translation>模型包 {name} 的 models/model.pt 不是单纯的参数字典；予以拒绝。</translation>
    </message>
    <message>
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
        <location filename="../../ONFHAssistLib/report/exam_sections.py"/>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>no answer (out of scope)</source>
        <translation>不作回答（超出适用范围）</translation>
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
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>over 99%</source>
        <translation>高于 99%</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_report.py"/>
        <source>probability {share}</source>
        <translation>概率 {share}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/exam_sections.py"/>
        <source>reference</source>
        <translation>参考</translation>
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
        <location filename="../../ONFHAssistLib/report/case_report.py"/>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>sagittal</source>
        <translation>矢状</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/exam_sections.py"/>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>suggested</source>
        <translation>提示有</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_report.py"/>
        <source>the image is out of the scope of the stager; see the remarks</source>
        <translation>图像超出分期网络的适用范围；见备注</translation>
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
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>years</source>
        <translation>年</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/exam_sections.py"/>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/bundles/bundle.py"/>
        <source>{OWN_MODELS} is '{given}', which is no folder; name the folder of your bundles or clear it.</source>
        <translation>{OWN_MODELS} 为“{given}”，不是文件夹；请指定您的模型包文件夹，或清除该设置。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/outliner.py"/>
        <source>{added_ml} ml of holes in the head were filled.</source>
        <translation>股骨头内 {added_ml} ml 的空洞已填充。</translation>
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
        <location filename="../../ONFHAssistLib/case/cohort_features.py"/>
        <source>{failed} hips have no radiomics, first {first} {first_}: {first__}</source>
        <translation>{failed} 个髋没有影像组学特征，首个为 {first} {first_}：{first__}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/exam/table.py"/>
        <source>{files} of the {stated_files} images that its header states are there.</source>
        <translation>头信息所述的 {stated_files} 幅图像中只有 {files} 幅。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/bundles/bundle.py"/>
        <source>{folder} is not empty and not a bundle; choose another folder.</source>
        <translation>{folder} 不为空且不是模型包；请选择其他文件夹。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/early/repeated.py"/>
        <source>{group}: repeated development {number} of {len}</source>
        <translation>{group}：重复开发第 {number} 次（共 {len} 次）</translation>
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
        <location filename="../../ONFHAssistLib/report/case_report.py"/>
        <source>{hip}: stage and probability of early osteonecrosis disagree; look again.</source>
        <translation>{hip}：分期与早期股骨头坏死的概率不一致；请复核。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/bundles/patients.py"/>
        <source>{len} of these {len_} patients have an id of a patient that {model} learned from ({examples}). If they are the same people, the figures here are not of hips that it has not seen: leave them out. Ids alone are compared, and two hospitals may number alike.</source>
        <translation>这 {len_} 名患者中有 {len} 名的编号与 {model} 学习过的患者编号相同（{examples}）。若为同一人，则此处的数值并非来自模型未见过的髋：请予以排除。此处只比较编号，两家医院的编号可能相同。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_sections.py"/>
        <source>{low} to {high}</source>
        <translation>{low} 至 {high}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/early/predictor.py"/>
        <source>{metadata} It is not a diagnosis.</source>
        <translation>{metadata} 这不是诊断。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/case_report.py"/>
        <source>{ml:.1f} ml, {share:.0%} of the head</source>
        <translation>{ml:.1f} ml，占股骨头 {share:.0%}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/report/result_words.py"/>
        <source>{month}-month no-collapse survival</source>
        <translation>{month} 个月无塌陷生存率</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/segment/outline_sides.py"/>
        <source>{name} also holds the labels {listed}, which are none of a femoral head and were left out.</source>
        <translation>{name} 还含有标签 {listed}，不属于股骨头，未予采用。</translation>
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
        <location filename="../../ONFHAssistLib/segment/outline_sides.py"/>
        <source>{name} names the segment {label} '{theirs}', but label {label_} is {ours}; name it '{ours_}' if it is that, or give it another number.</source>
        <translation>{name} 将分割段 {label} 命名为“{theirs}”，但标签 {label_} 为 {ours}；若确为该结构请命名为“{ours_}”，否则请换用其他编号。</translation>
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
        <location filename="../../ONFHAssistLib/stage/evaluation.py"/>
        <source>{path} does not exist; a CSV with the columns case, side, reader, stage is expected.</source>
        <translation>{path} 不存在；应为含 case、side、reader、stage 列的 CSV。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/stage/evaluation.py"/>
        <source>{path} has {nunique} readers; up to {MAX_READERS} are compared.</source>
        <translation>{path} 有 {nunique} 名阅片者；最多比较 {MAX_READERS} 名。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/case/cohort_features.py"/>
        <source>{path} holds no cohort.csv; give a folder with one, or a CSV file.</source>
        <translation>{path} 中没有 cohort.csv；请给出含有它的文件夹，或 CSV 文件。</translation>
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
        <location filename="../../ONFHAssistLib/case/cohort_features.py"/>
        <source>{path} includes no hip; set 'included' to 1 for the hips of the study.</source>
        <translation>{path} 未纳入任何髋；请将研究所用髋的 “included” 设为 1。</translation>
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
        <location filename="../../ONFHAssistLib/exam/study.py"/>
        <source>{path} {what}; give the folder that holds the series of the examination.</source>
        <translation>{path} {what}；请给出含有检查各序列的文件夹。</translation>
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
        <location filename="../../ONFHAssistLib/exam/table.py"/>
        <source>{says}, but it lies where series {number} shows hip {other}; it is not used.</source>
        <translation>{says}，但它位于序列 {number} 显示 {other} 髋的位置；不予使用。</translation>
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
        <location filename="../../ONFHAssistLib/report/case_report.py"/>
        <source>{share}, {reading}</source>
        <translation>{share}，{reading}</translation>
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
        <location filename="../../ONFHAssistLib/segment/outliner.py"/>
        <source>{sum} ml {what} left out.</source>
        <translation>{sum} ml {what}未予采用。</translation>
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
        <location filename="../../ONFHAssistLib/readers/reader_files.py"/>
        <source>{target} is not readable JSON; remove it and confirm again.</source>
        <translation>{target} 不是可读的 JSON；请删除后重新确认。</translation>
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
        <location filename="../../ONFHAssistLib/report/exam_sections.py"/>
        <source>{value}, series {series}</source>
        <translation>{value}，序列 {series}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/case/pipeline.py"/>
        <source>{what}; steps are {join}.</source>
        <translation>{what}；步骤有 {join}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/core/serial.py"/>
        <source>{where} has no field '{name}'; it was written by another version.</source>
        <translation>{where} 缺少字段“{name}”；它由其他版本写出。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/core/serial.py"/>
        <source>{where} has the unknown field '{unknown}'; it was written by another version.</source>
        <translation>{where} 含有未知字段“{unknown}”；它由其他版本写出。</translation>
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
</context>
</TS>
