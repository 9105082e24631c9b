<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>ONFHAssist</name>
    <message>
        <location filename="../../Resources/UI/ONFHAssist.ui"/>
        <source>1 Segment</source>
        <translation>1 勾画</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHAssist.ui"/>
        <source>2 Extract</source>
        <translation>2 提取</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHAssist.ui"/>
        <source>3 Predict</source>
        <translation>3 预测</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHAssist.ui"/>
        <source>4 Survival</source>
        <translation>4 生存</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHAssist.ui"/>
        <source>At a glance</source>
        <translation>一览</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHAssist.ui"/>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHAssist.ui"/>
        <source>Case</source>
        <translation>病例</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHAssist.ui"/>
        <source>Check</source>
        <translation>检查</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHAssist.ui"/>
        <source>Choose a hip MRI</source>
        <translation>选择髋部 MRI</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHAssist.ui"/>
        <source>Click a number for what it rests on: slices with heat or arcs, or a chart. Spread: standard deviation over the networks of the probability of the stage.</source>
        <translation>点击数字查看其依据：带热力图或坏死角的切面，或图表。离散度：各网络对分期概率的标准差。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHAssist.ui"/>
        <source>Early osteonecrosis: open ONFHPredict.</source>
        <translation>早期股骨头坏死：打开 ONFHPredict。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHAssist.ui"/>
        <source>Estimate the survival of this case again.</source>
        <translation>重新估计该病例的生存。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHAssist.ui"/>
        <source>Everything is put into the frame of this series.</source>
        <translation>全部内容都放入该序列的坐标系。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHAssist.ui"/>
        <source>Extract the features of this case again.</source>
        <translation>重新提取该病例的特征。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHAssist.ui"/>
        <source>File for the report: .html, or .pdf to print; it holds its pictures and can be sent as it is.</source>
        <translation>报告文件：.html，或用于打印的 .pdf；图像已包含在内，可直接发送。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHAssist.ui"/>
        <source>Find them automatically</source>
        <translation>自动查找</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHAssist.ui"/>
        <source>Folder of your own model bundles. One of the name of a model of the extension, such as outliner-unet, takes its place in every step; kept for the next session.</source>
        <translation>您自己的模型包所在的文件夹。与扩展自带模型同名者（如 outliner-unet）在每一步中取代它；下次启动时仍有效。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHAssist.ui"/>
        <source>Head and necrosis are outlined on it.</source>
        <translation>在其上勾画股骨头和坏死灶。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssist.py"/>
        <source>Implements the DLR, 3D-ONFHNet and DLRC studies; see the documentation for the papers.</source>
        <translation>实现了 DLR、3D-ONFHNet 和 DLRC 三项研究；论文见文档。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHAssist.ui"/>
        <source>Install the missing packages, after asking you; check first.</source>
        <translation>询问您之后安装缺失的软件包；请先检查。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHAssist.ui"/>
        <source>Install what is missing</source>
        <translation>安装缺失的软件包</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHAssist.ui"/>
        <source>Let the program choose again what this series is used for.</source>
        <translation>让程序重新选择该序列的用途。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHAssist.ui"/>
        <source>Look for the Python packages, the memory, the disk and the GPU of this computer.</source>
        <translation>检查本计算机的 Python 软件包、内存、磁盘和 GPU。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHAssist.ui"/>
        <source>MRI</source>
        <translation>MRI</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHAssist.ui"/>
        <source>MRI sequence of the series: as its header states it, or as you choose where the header does not.</source>
        <translation>该序列的 MRI 成像序列：以其头信息为准；头信息未说明时由您选择。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHAssist.ui"/>
        <source>MRI volume of one hip or both.</source>
        <translation>单髋或双髋的 MRI 图像。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHAssist.ui"/>
        <source>Models of your own</source>
        <translation>您自己的模型</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHAssist.ui"/>
        <source>Name the patient in the report</source>
        <translation>报告中写明患者姓名</translation>
    </message>
    <message>
        <location filename="../../ONFHAssist.py"/>
        <source>No result yet. Start with step 1.</source>
        <translation>尚无结果。请从第 1 步开始。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHAssist.ui"/>
        <source>None: clinical survival only</source>
        <translation>无：仅临床生存模型</translation>
    </message>
    <message>
        <location filename="../../ONFHAssist.py"/>
        <source>ONFHAssist</source>
        <translation>ONFHAssist</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHAssist.ui"/>
        <source>Oedema is looked for on it.</source>
        <translation>在其上查找水肿。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssist.py"/>
        <source>Osteonecrosis of the femoral head: the case at a glance. Outline the femoral heads, extract radiomics, predict early osteonecrosis, and the survival after core decompression. For research, not for diagnosis.</source>
        <translation>股骨头坏死：病例一览。勾画股骨头，提取影像组学特征，预测早期股骨头坏死以及髓芯减压术后的生存。仅供研究，不用于诊断。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHAssist.ui"/>
        <source>Outline (or keep your outlines) and measure this case again.</source>
        <translation>重新勾画（或保留您的轮廓）并测量该病例。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHAssist.ui"/>
        <source>Outline and measure both hips, extract features, stage, predict and estimate survival.</source>
        <translation>勾画并测量双髋，提取特征，分期，预测并估计生存。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHAssist.ui"/>
        <source>Outline the femoral heads: open ONFHSegment.</source>
        <translation>勾画股骨头：打开 ONFHSegment。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHAssist.ui"/>
        <source>Outlines</source>
        <translation>轮廓</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHAssist.ui"/>
        <source>Outlines of the femoral heads; your own or corrected ones are kept and measured, otherwise they are found.</source>
        <translation>股骨头的轮廓；您自己的或修正过的轮廓会保留并测量，否则自动查找。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHAssist.ui"/>
        <source>Radiograph</source>
        <translation>X 线片</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHAssist.ui"/>
        <source>Radiograph of the same patient with a circle on the femoral heads (ONFHSegment); then the survival uses it.</source>
        <translation>同一患者的 X 线片，股骨头上已画圆（ONFHSegment）；生存结果将使用它。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHAssist.ui"/>
        <source>Radiomics features: open ONFHExtract.</source>
        <translation>影像组学特征：打开 ONFHExtract。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHAssist.ui"/>
        <source>Read the series of the examination together</source>
        <translation>综合读取检查的各序列</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHAssist.ui"/>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHAssist.ui"/>
        <source>Run all</source>
        <translation>全部运行</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHAssist.ui"/>
        <source>Run all reads these series together: each hip is aligned, outlined from all of them and measured once.</source>
        <translation>“全部运行”将综合读取这些序列：每个髋只配准、勾画和测量一次。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHAssist.ui"/>
        <source>See what is installed, what is missing and how much room and memory there is. Nothing is installed without your consent.</source>
        <translation>查看已安装和缺失的软件包，以及空间和内存。未经您同意不会安装任何内容。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHAssist.ui"/>
        <source>Sequence</source>
        <translation>成像序列</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHAssist.ui"/>
        <source>Series of the examination</source>
        <translation>检查的序列</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHAssist.ui"/>
        <source>Show or fold the warnings.</source>
        <translation>展开或折叠警告。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHAssist.ui"/>
        <source>Stage this case and predict again.</source>
        <translation>对该病例重新分期和预测。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHAssist.ui"/>
        <source>Store in DICOM database</source>
        <translation>存入 DICOM 数据库</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHAssist.ui"/>
        <source>Store outlines, measurements, answers, heat, key images and the report as DICOM objects in the study of the images; it asks first.</source>
        <translation>将轮廓、测量、结果、热力图、关键图像和报告作为 DICOM 对象存入图像所属的检查；会先询问。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHAssist.ui"/>
        <source>Survival after core decompression: open ONFHSurvival.</source>
        <translation>髓芯减压术后的生存：打开 ONFHSurvival。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHAssist.ui"/>
        <source>The acetabular edge, and so the JIC type, is found on it.</source>
        <translation>在其上找髋臼缘，从而确定 JIC 分型。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssist.py"/>
        <source>The report is {path}.</source>
        <translation>报告位于 {path}。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHAssist.ui"/>
        <source>The series that are loaded. Heads and contrast by look are known once the examination was read.</source>
        <translation>已加载的序列。读取检查之后可知其中的股骨头和外观对比。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssist.py"/>
        <source>There is no picture of this result in the scene; redo its step.</source>
        <translation>场景中没有该结果的图像；请重做这一步。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHAssist.ui"/>
        <source>This computer</source>
        <translation>本计算机</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHAssist.ui"/>
        <source>Without this, the report names nobody.</source>
        <translation>不勾选时，报告中不出现姓名。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHAssist.ui"/>
        <source>Write one HTML page with the pictures, measurements and answers of this case.</source>
        <translation>写一页 HTML，包含该病例的图像、测量和结果。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHAssist.ui"/>
        <source>Write report</source>
        <translation>写报告</translation>
    </message>
    <message>
        <location filename="../../ONFHAssist.py"/>
        <source>Writing the report ...</source>
        <translation>正在写报告……</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHAssist.ui"/>
        <source>edge</source>
        <translation>髋臼缘</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHAssist.ui"/>
        <source>oedema</source>
        <translation>水肿</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHAssist.ui"/>
        <source>outline</source>
        <translation>勾画</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHAssist.ui"/>
        <source>reference</source>
        <translation>参考</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHAssist.ui"/>
        <source>↻</source>
        <translation>↻</translation>
    </message>
</context>
<context>
    <name>ONFHCohort</name>
    <message>
        <location filename="../../Resources/UI/ONFHCohort.ui"/>
        <source>Accept the outlines as they are now; where you changed them, they are kept as your correction.</source>
        <translation>接受当前轮廓；您修改之处将作为您的修正予以保留。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHCohort.ui"/>
        <source>Batches</source>
        <translation>批次</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHCohort.ui"/>
        <source>Cohort</source>
        <translation>队列</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHCohort.ui"/>
        <source>Confirm</source>
        <translation>确认</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHCohort.ui"/>
        <source>Correct the outlines</source>
        <translation>修正轮廓</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHCohort.ui"/>
        <source>Count patients, outlines, lesions and stages, and say for which network they are enough.</source>
        <translation>统计患者、轮廓、病灶和分期，并说明对哪个网络足够。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHCohort.ui"/>
        <source>Discard it</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHCohort.ui"/>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHCohort.ui"/>
        <source>Folder for curves and new models; "training" in the folder of the cohort, if you choose none.</source>
        <translation>存放曲线和新模型的文件夹；若不选择，则为队列文件夹中的"training"。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHCohort.ui"/>
        <source>Folder of a cohort that was worked up.</source>
        <translation>已分析队列的文件夹。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHCohort.ui"/>
        <source>Hips</source>
        <translation>髋</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHCohort.ui"/>
        <source>How long it is trained; as many as the network needs, unless you say a number.</source>
        <translation>训练多久；除非您给出数字，否则按网络所需。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHCohort.ui"/>
        <source>It answers from now on in all steps, in place of the one before it, which is kept.</source>
        <translation>从现在起所有步骤都由它作答，代替先前的模型；先前的模型仍保留。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHCohort.ui"/>
        <source>Kept in</source>
        <translation>保存于</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHCohort.ui"/>
        <source>Kept with the decision.</source>
        <translation>与决定一并保存。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHCohort.ui"/>
        <source>Look at all cases and list their hips, the most doubtful first.</source>
        <translation>查看全部病例并列出其各髋，疑问最大者在前。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHCohort.ui"/>
        <source>Means over the patients that were held back, with the model in use and with the new one.</source>
        <translation>留出患者的均值：使用中的模型与新模型。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHCohort.ui"/>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHCohort.ui"/>
        <source>Next</source>
        <translation>下一个</translation>
    </message>
    <message>
        <location filename="../../ONFHCohort.py"/>
        <source>ONFHCohort</source>
        <translation>ONFHCohort</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHCohort.ui"/>
        <source>Of the hips of each kind that were judged, how many were corrected.</source>
        <translation>在已判读的各类髋中，有多少被修正。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHCohort.ui"/>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <location filename="../../ONFHCohort.py"/>
        <source>Outliers by nearest neighbours: Ramaswamy 2000. Kappa: Cohen 1960.</source>
        <translation>最近邻法检出离群：Ramaswamy 2000。Kappa：Cohen 1960。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHCohort.ui"/>
        <source>Previous</source>
        <translation>上一个</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHCohort.ui"/>
        <source>Put back</source>
        <translation>恢复原样</translation>
    </message>
    <message>
        <location filename="../../ONFHCohort.py"/>
        <source>Quality control of a cohort that was worked up: its hips, the most doubtful first, with the reasons. Correct an outline in the Segment Editor and confirm it, or reject the hip; what rests on a corrected outline is computed anew. Several readers may work on one folder.</source>
        <translation>已分析队列的质量控制：列出其各髋，疑问最大者在前，并附原因。可在 Segment Editor 中修正轮廓并确认，或拒绝该髋；依据修正轮廓的结果会重新计算。多名阅片者可同时使用一个文件夹。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHCohort.ui"/>
        <source>Reader</source>
        <translation>阅片者</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHCohort.ui"/>
        <source>Reject</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHCohort.ui"/>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHCohort.ui"/>
        <source>Show the curve</source>
        <translation>显示曲线</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHCohort.ui"/>
        <source>Take the last decision on this hip back (Alt+U).</source>
        <translation>撤回对该髋的最近一次决定（Alt+U）。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHCohort.ui"/>
        <source>The hip before (Alt+K).</source>
        <translation>上一个髋（Alt+K）。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHCohort.ui"/>
        <source>The loss of each batch, in a plot.</source>
        <translation>每个批次的损失，以图显示。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHCohort.ui"/>
        <source>The most doubtful first; the reasons are in the tool tip of each row.</source>
        <translation>疑问最大者在前；原因见各行的提示。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHCohort.ui"/>
        <source>The new model is deleted; what is in use stays.</source>
        <translation>删除新模型；使用中的模型保持不变。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHCohort.ui"/>
        <source>The next hip (Alt+J).</source>
        <translation>下一个髋（Alt+J）。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHCohort.ui"/>
        <source>The outlines as they were before you changed them.</source>
        <translation>您修改之前的轮廓。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHCohort.ui"/>
        <source>This hip is not to be used (Alt+R).</source>
        <translation>不使用该髋（Alt+R）。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHCohort.ui"/>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHCohort.ui"/>
        <source>Train further from the model in use; a part of the patients is held back and judges it before and after.</source>
        <translation>从使用中的模型继续训练；留出一部分患者，在训练前后加以评判。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHCohort.ui"/>
        <source>Train on these patients</source>
        <translation>用这些患者训练</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHCohort.ui"/>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHCohort.ui"/>
        <source>Use the new model</source>
        <translation>使用新模型</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHCohort.ui"/>
        <source>What is corrected most</source>
        <translation>修正最多的情况</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHCohort.ui"/>
        <source>What there is</source>
        <translation>现有数据</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHCohort.ui"/>
        <source>What there is of each kind, and how many patients a network needs.</source>
        <translation>各类数据现有多少，以及一个网络需要多少患者。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHCohort.ui"/>
        <source>Which hips the table shows.</source>
        <translation>表格显示哪些髋。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHCohort.ui"/>
        <source>Which network is trained further on the hips that readers accepted or corrected.</source>
        <translation>用阅片者接受或修正过的髋继续训练哪个网络。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHCohort.ui"/>
        <source>Who reads; every decision says whose it is.</source>
        <translation>由谁阅片；每个决定都记录其阅片者。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHCohort.ui"/>
        <source>as advised</source>
        <translation>按建议</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHCohort.ui"/>
        <source>comment</source>
        <translation>备注</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHCohort.ui"/>
        <source>initials</source>
        <translation>姓名缩写</translation>
    </message>
</context>
<context>
    <name>ONFHExtract</name>
    <message>
        <location filename="../../Resources/UI/ONFHExtract.ui"/>
        <source> voxels</source>
        <translation> 体素</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHExtract.ui"/>
        <source>A volume whose voxels hold the chosen feature of their neighbourhood.</source>
        <translation>各体素为其邻域内所选特征值的体数据。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHExtract.ui"/>
        <source>Also the 512 features of the slice with the largest region; needs PyTorch.</source>
        <translation>同时提取区域最大层面的 512 个特征；需要 PyTorch。</translation>
    </message>
    <message>
        <location filename="../../ONFHExtract.py"/>
        <source>Checking packages ...</source>
        <translation>正在检查软件包……</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHExtract.ui"/>
        <source>Choose a hip MRI or a radiograph</source>
        <translation>选择髋部 MRI 或 X 线片</translation>
    </message>
    <message>
        <location filename="../../ONFHExtract.py"/>
        <source>Choose an MRI or a radiograph, and a segmentation with a femoral head.</source>
        <translation>请选择 MRI 或 X 线片，以及含有股骨头的分割。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHExtract.ui"/>
        <source>Choose outlines</source>
        <translation>选择轮廓</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHExtract.ui"/>
        <source>Compare with SlicerRadiomics</source>
        <translation>与SlicerRadiomics比较</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHExtract.ui"/>
        <source>Deep features</source>
        <translation>深度特征</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHExtract.ui"/>
        <source>Engine</source>
        <translation>引擎</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHExtract.ui"/>
        <source>Extract</source>
        <translation>提取</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHExtract.ui"/>
        <source>Extract again from turned, moved and redrawn hips; press again to cancel.</source>
        <translation>从旋转、移动和重新勾画的髋中再次提取；再按一次取消。</translation>
    </message>
    <message>
        <location filename="../../ONFHExtract.py"/>
        <source>Extracting ...</source>
        <translation>正在提取……</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHExtract.ui"/>
        <source>Extracts each hip again as if it had lain and been outlined otherwise: turned by up to 10° and moved by up to half a pixel in its slices, the outline grown or shrunk by up to 10% and redrawn by about 1 mm. ICC(1,1) is the share of a feature's variance that is between the hips; with two hips it is a rough guide, a cohort of many hips tells more.</source>
        <translation>假设体位和勾画有所不同，再次提取每个髋的特征：层面内旋转至多 10°、移动至多半个像素，轮廓扩大或缩小至多 10%，并以约 1 mm 的差异重新勾画。ICC(1,1) 是特征方差中来自髋间差异的比例；两个髋只能粗略参考，多髋队列更可靠。</translation>
    </message>
    <message>
        <location filename="../../ONFHExtract.py"/>
        <source>Feature definitions: van Griethuysen 2017; IBSI: Zwanenburg 2020.</source>
        <translation>特征定义：van Griethuysen 2017；IBSI：Zwanenburg 2020。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHExtract.ui"/>
        <source>Features</source>
        <translation>特征</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHExtract.ui"/>
        <source>Half width of the neighbourhood of each voxel, in voxels of the preset.</source>
        <translation>每个体素邻域的半宽，以预设的体素计。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHExtract.ui"/>
        <source>Hip</source>
        <translation>髋</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHExtract.ui"/>
        <source>Hip whose map is made.</source>
        <translation>为哪个髋制作分布图。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHExtract.ui"/>
        <source>ICC at least 0.75</source>
        <translation>ICC 不低于 0.75</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHExtract.ui"/>
        <source>Input</source>
        <translation>输入</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHExtract.ui"/>
        <source>Kernel radius</source>
        <translation>核半径</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHExtract.ui"/>
        <source>MRI</source>
        <translation>MRI</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHExtract.ui"/>
        <source>MRI volume of one hip or both, or a radiograph of the pelvis.</source>
        <translation>单髋或双髋的 MRI 图像，或骨盆 X 线片。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHExtract.ui"/>
        <source>Make map</source>
        <translation>制作分布图</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHExtract.ui"/>
        <source>Map of the chosen feature</source>
        <translation>所选特征的分布图</translation>
    </message>
    <message>
        <location filename="../../ONFHExtract.py"/>
        <source>ONFHExtract</source>
        <translation>ONFHExtract</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHExtract.ui"/>
        <source>Open SlicerRadiomics</source>
        <translation>打开SlicerRadiomics</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHExtract.ui"/>
        <source>Open that module with this image, segmentation and preset chosen.</source>
        <translation>打开该模块，并选好此图像、分割和预设。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHExtract.ui"/>
        <source>Outlines</source>
        <translation>轮廓</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHExtract.ui"/>
        <source>Outlines of the femoral heads and of their necroses.</source>
        <translation>股骨头及其坏死灶的轮廓。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHExtract.ui"/>
        <source>Perturbations</source>
        <translation>扰动次数</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHExtract.ui"/>
        <source>Perturbed copies of each hip; the time grows with them.</source>
        <translation>每个髋的扰动副本数；时间随之增加。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHExtract.ui"/>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <location filename="../../ONFHExtract.py"/>
        <location filename="../../Resources/UI/ONFHExtract.ui"/>
        <source>Radiomics of the whole femoral head of each outlined hip.</source>
        <translation>每个已勾画髋的整个股骨头的影像组学特征。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHExtract.ui"/>
        <source>Robustness</source>
        <translation>稳健性</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHExtract.ui"/>
        <source>Show the features of one class.</source>
        <translation>显示某一类别的特征。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHExtract.ui"/>
        <source>Show the features of one image type.</source>
        <translation>显示某一图像类型的特征。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHExtract.ui"/>
        <source>Show the features whose name, formula or meaning holds every word of this text.</source>
        <translation>显示名称、公式或含义中包含全部所输词语的特征。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHExtract.ui"/>
        <source>SlicerRadiomics</source>
        <translation>SlicerRadiomics</translation>
    </message>
    <message>
        <location filename="../../ONFHExtract.py"/>
        <source>Step 2. Radiomics features of each outlined femoral head, necrosis included, with PyRadiomics' definitions and names. The preset dlr-mri gives the 1,197 features of the DLR study. The table is numeric: it can be sorted, plotted and exported. For a radiograph the preset dlrc-xray works in its plane.</source>
        <translation>第 2 步。提取每个已勾画股骨头（包括坏死灶）的影像组学特征，采用 PyRadiomics 的定义和名称。预设 dlr-mri 给出 DLR 研究的 1,197 个特征。表格为数值型：可排序、绘图和导出。X 线片请用预设 dlrc-xray，它在片的平面内计算。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHExtract.ui"/>
        <source>Test robustness</source>
        <translation>测试稳健性</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHExtract.ui"/>
        <source>The extension SlicerRadiomics computes features with PyRadiomics. Where it is installed, it gets the same hips and the same preset, and a table shows its features beside ours with the difference.</source>
        <translation>扩展SlicerRadiomics用PyRadiomics计算特征。若已安装，则把相同的髋和相同的预设交给它，并在表中并列显示它的特征、本软件的特征及其差异。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHExtract.ui"/>
        <source>The same hips and preset by that extension, beside ours.</source>
        <translation>由该扩展计算相同的髋和预设，与本软件的结果并列。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHExtract.ui"/>
        <source>Which features, with which settings.</source>
        <translation>提取哪些特征，采用哪些设置。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHExtract.ui"/>
        <source>Which program computes them; the values agree.</source>
        <translation>用哪个程序计算；数值一致。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHExtract.ui"/>
        <source>find a feature by name or meaning</source>
        <translation>按名称或含义查找特征</translation>
    </message>
</context>
<context>
    <name>ONFHPredict</name>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>A table with one row a hip: case, side, the outcome (1 or 0), radiomics (PyRadiomics' names) and deep features (DL_0 ...). Other columns never become features. Hips of one patient are never split.</source>
        <translation>每行一个髋的表格：case、side、结局（1 或 0）、影像组学（PyRadiomics 的名称）和深度特征（DL_0 ...）。其他列不会成为特征。同一患者的髋不会被拆分。</translation>
    </message>
    <message>
        <location filename="../../ONFHPredict.py"/>
        <source>After the DLR study of single-sequence MRI and 3D-ONFHNet.</source>
        <translation>依据单序列 MRI 的 DLR 研究和 3D-ONFHNet。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>All that are looked at before any selection, each level of a finding counted.</source>
        <translation>选择之前所考察的全部参数；分类所见的每个水平各计一个。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Before you begin: how many hips?</source>
        <translation>开始之前：需要多少髋？</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Beside plain models (ridge, elastic net, boosted trees)</source>
        <translation>同时建立简单模型（岭回归、弹性网、提升树）</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Bootstraps</source>
        <translation>自助抽样次数</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>CSV file</source>
        <translation>CSV 文件</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Candidate parameters</source>
        <translation>候选参数</translation>
    </message>
    <message>
        <location filename="../../ONFHPredict.py"/>
        <source>Checking packages ...</source>
        <translation>正在检查软件包……</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Choose a hip MRI</source>
        <translation>选择髋部 MRI</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Choose a table, its columns and a folder for the report.</source>
        <translation>请选择表格、各列以及报告文件夹。</translation>
    </message>
    <message>
        <location filename="../../ONFHPredict.py"/>
        <source>Choose an MRI and a segmentation with a femoral head.</source>
        <translation>请选择 MRI 以及含有股骨头的分割。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Choose outlines</source>
        <translation>选择轮廓</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Classifiers</source>
        <translation>分类器</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Column of the scanner: features are harmonised by ComBat, fitted on training hips only.</source>
        <translation>扫描仪列：用 ComBat 校正特征，仅在训练髋上拟合。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Column that says whose hip it is.</source>
        <translation>说明髋属于哪名患者的列。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Column: 1 with, 0 without early osteonecrosis.</source>
        <translation>列：1 为有、0 为无早期股骨头坏死。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Deep components</source>
        <translation>深度特征的主成分数</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Develop models</source>
        <translation>开发模型</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Develop, validate or update a model on your own cohort</source>
        <translation>用您自己的队列开发、验证或更新模型</translation>
    </message>
    <message>
        <location filename="../../ONFHPredict.py"/>
        <source>Done; tables and charts are in the scene.</source>
        <translation>完成；表格和图表已放入场景。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Expected AUC</source>
        <translation>预期 AUC</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Expected share of hips with early osteonecrosis.</source>
        <translation>早期股骨头坏死髋的预期比例。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Feature groups that are developed side by side.</source>
        <translation>并列开发的特征组。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Features</source>
        <translation>特征</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Features and outcome of the cohort.</source>
        <translation>队列的特征和结局。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Heat below is not shown. The segments are the region from 0.5 on.</source>
        <translation>低于此值的热度不显示。分割段为热度不低于 0.5 的区域。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Heatmap</source>
        <translation>热力图</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Hip whose contributions are shown.</source>
        <translation>显示哪个髋的贡献。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Hips and patients that the development of such a model asks for.</source>
        <translation>开发此类模型所需的髋数和患者数。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Hips per patient</source>
        <translation>每名患者的髋数</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>How many hips are needed?</source>
        <translation>需要多少髋？</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>How well the model will tell hips apart, by what is published of its like.</source>
        <translation>根据同类研究已发表的结果，模型区分各髋的预期能力。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Input</source>
        <translation>输入</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Judge the chosen model on the hips of this table.</source>
        <translation>在该表格的髋上评价所选模型。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Legend</source>
        <translation>色标</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>MRI</source>
        <translation>MRI</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>MRI sequence of the series: as its header states it, or as you choose where the header does not.</source>
        <translation>该序列的 MRI 成像序列：以其头信息为准；头信息未说明时由您选择。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>MRI volume of one hip or both.</source>
        <translation>单髋或双髋的 MRI 图像。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Mean number of hips that a patient brings; two hips of one are not two patients.</source>
        <translation>每名患者平均提供的髋数；同一患者的两个髋不等于两名患者。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Model bundle; its files are checked before use.</source>
        <translation>模型包；使用前会校验其文件。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Models without a long selection on the same folds, to see what the selection is worth; takes longer.</source>
        <translation>在相同的折上建立不作繁复选择的模型，以了解选择的价值；耗时更长。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>None: the deep features themselves</source>
        <translation>无：深度特征本身</translation>
    </message>
    <message>
        <location filename="../../ONFHPredict.py"/>
        <source>ONFHPredict</source>
        <translation>ONFHPredict</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>One, or all that are installed; the best on training hips is chosen.</source>
        <translation>选一个，或全部已安装的；选取训练髋上最好的。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Open report</source>
        <translation>打开报告</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Open the report with every table, figure and checklist.</source>
        <translation>打开报告，含全部表格、图和核查表。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Outcome</source>
        <translation>结局</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Outlines</source>
        <translation>轮廓</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Outlines of the femoral heads and of their necroses.</source>
        <translation>股骨头及其坏死灶的轮廓。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Patient</source>
        <translation>患者</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Predict</source>
        <translation>预测</translation>
    </message>
    <message>
        <location filename="../../ONFHPredict.py"/>
        <source>Predicting ...</source>
        <translation>正在预测……</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Principal components that stand in for the deep features, fitted on training hips only; 0 leaves the deep features as they are.</source>
        <translation>代替深度特征的主成分，仅在训练髋上拟合；0 表示保留深度特征本身。</translation>
    </message>
    <message>
        <location filename="../../ONFHPredict.py"/>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Probability of early osteonecrosis of each outlined hip.</source>
        <translation>每个已勾画髋的早期股骨头坏死概率。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>ROC, LASSO, weights, calibration, decision curves and a hip's waterfall.</source>
        <translation>ROC、LASSO、权重、校准、决策曲线以及某一髋的瀑布图。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Recalibrate the chosen model on the hips of this table.</source>
        <translation>在该表格的髋上重新校准所选模型。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Report folder</source>
        <translation>报告文件夹</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Report, tables, figures, models and bundles go here.</source>
        <translation>报告、表格、图、模型和模型包写入此处。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Resamples by patient for the intervals.</source>
        <translation>用于区间估计的按患者重抽样。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Scanner</source>
        <translation>扫描仪</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Sequence</source>
        <translation>成像序列</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Show chart</source>
        <translation>显示图表</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Show from</source>
        <translation>显示下限</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Show in 3D</source>
        <translation>三维显示</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Show the colours of the heatmap in the slice views.</source>
        <translation>在切面视图中显示热力图的色标。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Show the contributions of this hip as a chart.</source>
        <translation>以图表显示该髋的贡献。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Show this chart.</source>
        <translation>显示该图表。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Stage (3D-ONFHNet)</source>
        <translation>分期（3D-ONFHNet）</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Stage both hips</source>
        <translation>双髋分期</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Stage, probabilities and heatmap of each femoral head; the detector finds them where no segmentation is chosen.</source>
        <translation>每个股骨头的分期、概率和热力图；未选择分割时由检测器查找。</translation>
    </message>
    <message>
        <location filename="../../ONFHPredict.py"/>
        <source>Step 3. Stage of both hips with heatmaps, and probability of early osteonecrosis of each outlined hip from radiomics, with the contribution of each feature. The bundled models learned from simulated disease only: their figures say nothing about patients.</source>
        <translation>第 3 步。双髋的分期及热力图，以及由影像组学得出的每个已勾画髋的早期股骨头坏死概率和各特征的贡献。自带的模型仅从模拟病变学习：其数值不能说明真实患者的情况。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Table</source>
        <translation>表格</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Table node of the scene; it goes before the CSV file.</source>
        <translation>场景中的表格节点；优先于 CSV 文件。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>The region of heat inside the outlined heads.</source>
        <translation>已勾画股骨头内的热区。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>The study's split by patient, nested cross-validation, or both.</source>
        <translation>研究所用的按患者划分、嵌套交叉验证，或两者。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Update the model above on these hips</source>
        <translation>用这些髋更新上方模型</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Use the CSV file below</source>
        <translation>使用下方的 CSV 文件</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Validate the model above on these hips</source>
        <translation>在这些髋上验证上方模型</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Validation</source>
        <translation>验证</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>What drove it</source>
        <translation>依据</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>Whose heatmap lies over the slices.</source>
        <translation>在切面上叠加哪侧的热力图。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHPredict.ui"/>
        <source>With the outcome</source>
        <translation>有结局者</translation>
    </message>
</context>
<context>
    <name>ONFHSegment</name>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source> mm</source>
        <translation> mm</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source> wires</source>
        <translation> 根导针</translation>
    </message>
    <message>
        <location filename="../../ONFHSegment.py"/>
        <source>, {volume:.1f} ml.</source>
        <translation>，{volume:.1f} ml。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>A file with a DICOM header says itself whether it is one.</source>
        <translation>有 DICOM 头信息的文件会自行说明。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>A new segmentation of what both readers agree on (STAPLE).</source>
        <translation>两名阅片者一致部分的新分割（STAPLE）。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Add folder</source>
        <translation>添加文件夹</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Another reader's segmentation of the same volume.</source>
        <translation>另一阅片者对同一图像的分割。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Arc B in the sagittal plane</source>
        <translation>在矢状面测坏死角 B</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Choose a hip MRI or a radiograph</source>
        <translation>选择髋部 MRI 或 X 线片</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Choose an MRI and a segmentation with a necrosis.</source>
        <translation>请选择MRI和含坏死区的分割。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Choose the outlines of another reader</source>
        <translation>选择另一阅片者的轮廓</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Click in the slices; press Esc when done.</source>
        <translation>在切面上点击；完成后按 Esc。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Click on the lateral end of the left acetabular roof on the mid-coronal slice.</source>
        <translation>请在正中冠状面上点击左侧髋臼顶外缘。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Click on the lateral end of the right acetabular roof on the mid-coronal slice.</source>
        <translation>请在正中冠状面上点击右侧髋臼顶外缘。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Clip to marrow</source>
        <translation>限于骨髓</translation>
    </message>
    <message>
        <location filename="../../ONFHSegment.py"/>
        <source>Combined necrotic angle: Kerboul 1974; JIC types: Sugano 2002.</source>
        <translation>联合坏死角：Kerboul 1974；JIC 分型：Sugano 2002。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Compare over time</source>
        <translation>随访对比</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Compare readers</source>
        <translation>阅片者比较</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Compare this folder, too.</source>
        <translation>将此文件夹也加入对比。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Confirm the segmentation</source>
        <translation>确认该分割</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Consensus</source>
        <translation>共识</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Correct by hand</source>
        <translation>手工修正</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Correct lengths</source>
        <translation>校正长度</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Day of the operation, as 2024-05-31</source>
        <translation>手术日期，格式如 2024-05-31</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Diameter of a wire.</source>
        <translation>导针直径。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Dice, surface distances, volumes and angles of both segmentations.</source>
        <translation>两个分割的 Dice、表面距离、体积和角度。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Distance from source to detector over distance from source to hip, or a calibration ball's size on the film over its true size.</source>
        <translation>射线源到探测器的距离与到髋部的距离之比，或校准球在片上的大小与其真实大小之比。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Divide the detector's pixel spacing by the magnification; outlines and points stay where they are on the film.</source>
        <translation>将探测器的像素间距除以放大率；轮廓和点在片上的位置不变。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Do not compare the examination that is chosen in the list.</source>
        <translation>不对比列表中所选的检查。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Drilling plan (research only)</source>
        <translation>钻孔计划（仅供研究）</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Fan of holes</source>
        <translation>扇形多孔</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Femoral head by sphere</source>
        <translation>用球体勾画股骨头</translation>
    </message>
    <message>
        <location filename="../../ONFHSegment.py"/>
        <source>Femoral head {side}: radius {radius:.1f} mm</source>
        <translation>股骨头 {side}：半径 {radius:.1f} mm</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Find and outline</source>
        <translation>查找并勾画</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Find both femoral heads and outline them and any necrosis.</source>
        <translation>找到并勾画双侧股骨头及坏死灶。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Find the acetabular edges</source>
        <translation>自动找髋臼缘</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Folder of an examination: its DICOM series, or results written for it before.</source>
        <translation>检查文件夹：其 DICOM 序列，或此前为其生成的结果。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Follow-up (research only)</source>
        <translation>随访对比（仅供研究）</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>From this day months count; empty: from the first examination.</source>
        <translation>月数从此日起算；留空则从首次检查起算。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>How many wires.</source>
        <translation>导针数目。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Images with outlines in this scene and folders of examinations of one patient, compared hip by hip with the first date.</source>
        <translation>将本场景中已勾画的图像与同一患者的检查文件夹，逐髋与首次检查进行对比。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Input</source>
        <translation>输入</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Leave out</source>
        <translation>不参与对比</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Look for the lateral end of each acetabular roof, for the JIC type. An edge that you mark or move is kept.</source>
        <translation>查找各髋臼顶的外缘，用于 JIC 分型。您标记或移动的髋臼缘会保留。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Look twice</source>
        <translation>勾画两次</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>MRI</source>
        <translation>MRI</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>MRI volume of one hip or both, or a radiograph of the pelvis.</source>
        <translation>单髋或双髋的 MRI 图像，或骨盆 X 线片。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Magnification</source>
        <translation>放大率</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Make femoral head</source>
        <translation>生成股骨头</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Make the segment Femoral head R or L; the side follows from the position in the patient.</source>
        <translation>生成分割段“股骨头 R”或“股骨头 L”；侧别由患者体位得出。</translation>
    </message>
    <message>
        <location filename="../../ONFHSegment.py"/>
        <source>Make the segment of this femoral head from {count} points.</source>
        <translation>由 {count} 个点生成该股骨头的分割段。</translation>
    </message>
    <message>
        <location filename="../../ONFHSegment.py"/>
        <source>Making the femoral head ...</source>
        <translation>正在生成股骨头……</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Mark edge L</source>
        <translation>标记髋臼缘 L</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Mark edge R</source>
        <translation>标记髋臼缘 R</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Measure</source>
        <translation>测量</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Measure arc B on the mid-sagittal instead of the mid-axial slice.</source>
        <translation>在正中矢状面而非正中横断面上测量坏死角 B。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>New outlines</source>
        <translation>新轮廓</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>No points yet</source>
        <translation>尚无点</translation>
    </message>
    <message>
        <location filename="../../ONFHSegment.py"/>
        <source>ONFHSegment</source>
        <translation>ONFHSegment</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Open page</source>
        <translation>打开页面</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Outline a second time from a little nearer and take the mean: steadier, and twice as slow.</source>
        <translation>从稍近处再勾画一次并取平均：更稳定，耗时加倍。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Outline the hips on two images of two dates, or add folders of examinations.</source>
        <translation>请在两个日期的图像上勾画髋关节，或添加检查文件夹。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Outlines</source>
        <translation>轮廓</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Outlines of the femoral heads and of their necroses.</source>
        <translation>股骨头及其坏死灶的轮廓。</translation>
    </message>
    <message>
        <location filename="../../ONFHSegment.py"/>
        <source>Place one point at the centre, or three or more on the rim, of one femoral head.</source>
        <translation>请在一个股骨头的中心放一个点，或在其边缘放三个或更多点。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Place points</source>
        <translation>放置点</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Place three or more points on the rim of one femoral head (in several slices, or around its widest slice), or one point at its centre and set the radius.</source>
        <translation>在一个股骨头的边缘放置三个或更多点（在多个层面，或围绕其最大层面），或在其中心放一个点并设置半径。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Plan wires</source>
        <translation>规划导针</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Points</source>
        <translation>点</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Points on the rim of one femoral head, or its centre.</source>
        <translation>一个股骨头边缘上的点，或其中心点。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Radiograph</source>
        <translation>X 线片</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Radius</source>
        <translation>半径</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Reader</source>
        <translation>阅片者</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Record with the segmentation chosen at the top that you confirm it, and when.</source>
        <translation>随上方所选的分割记录您的确认及其时间。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Several holes</source>
        <translation>多孔</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Single hole</source>
        <translation>单孔</translation>
    </message>
    <message>
        <location filename="../../ONFHSegment.py"/>
        <source>Step 1. Find and outline both femoral heads and any necrosis, or place a sphere (three or more points on the rim of a head, or one at its centre); correct in the Segment Editor; measure volumes, arcs and JIC type; compare two readers. The side follows from the position in the patient and the DICOM laterality.</source>
        <translation>第 1 步。找到并勾画双侧股骨头及坏死灶，或放置球体（在股骨头边缘放三个或更多点，或在其中心放一个点）；在 Segment Editor 中修正；测量体积、坏死角和 JIC 分型；比较两名阅片者。侧别由患者体位和 DICOM 侧别信息得出。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Take cartilage, fluid and cortex away from the surface of the sphere.</source>
        <translation>从球体表面去除软骨、积液和皮质骨。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Take the last move of a wire back.</source>
        <translation>撤回导针的上一次移动。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>The page with time line, tables and maps; save it from there.</source>
        <translation>含时间线、表格和分布图的页面，可在其中另存。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>This slice is a radiograph</source>
        <translation>该层图像是 X 线片</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Undo move</source>
        <translation>撤回移动</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Used with a single point at the centre.</source>
        <translation>仅有一个中心点时使用。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Volumes, arcs, combined necrotic angle, JIC type and depth of each hip.</source>
        <translation>各髋的体积、坏死角、联合坏死角、JIC 分型和深度。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>What is compared, with its date.</source>
        <translation>参与对比的检查及其日期。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Where the wires enter the lateral cortex.</source>
        <translation>导针从外侧皮质何处进入。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Who outlines; kept with the segmentation.</source>
        <translation>勾画者；与分割一并保存。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>Wires from the lateral cortex into the necrosis. The plan is not a medical device.</source>
        <translation>导针从外侧皮质进入坏死区。本计划不是医疗器械。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSegment.ui"/>
        <source>initials</source>
        <translation>姓名缩写</translation>
    </message>
</context>
<context>
    <name>ONFHSurvival</name>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source> °</source>
        <translation> °</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>36, 60</source>
        <translation>36, 60</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>A model that was developed here (JSON), or the folder of its development; empty for the published clinical model.</source>
        <translation>在此开发的模型（JSON）或其开发文件夹；留空则用已发表的临床模型。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>A table with one row a hip: patient, follow-up, whether the head collapsed, clinical findings, radiomics (PyRadiomics' names) and deep features (DL_0 ...). Hips of one patient are never split.</source>
        <translation>每行一个髋的表格：患者、随访、股骨头是否塌陷、临床所见、影像组学（PyRadiomics 的名称）和深度特征（DL_0 ...）。同一患者的髋不会被拆分。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>ARCO stage</source>
        <translation>ARCO 分期</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>Add table and curve to the scene</source>
        <translation>将表格和曲线加入场景</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>All that are looked at before any selection, each level of a finding counted.</source>
        <translation>选择之前所考察的全部参数；分类所见的每个水平各计一个。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>Anteroposterior radiograph of the pelvis, with the femoral heads outlined by ONFHSegment's circle tool.</source>
        <translation>骨盆正位 X 线片，股骨头已用 ONFHSegment 的圆形工具勾画。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>At which survival is judged.</source>
        <translation>在哪些月数评价生存。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>Before you begin: how many hips?</source>
        <translation>开始之前：需要多少髋？</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>Beside plain models (ridge, elastic net, boosted trees)</source>
        <translation>同时建立简单模型（岭回归、弹性网、提升树）</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>Bone marrow oedema</source>
        <translation>骨髓水肿</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>Bootstraps</source>
        <translation>自助抽样次数</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>CSV file.</source>
        <translation>CSV 文件。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>Candidate parameters</source>
        <translation>候选参数</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>Choose a cohort file, its columns and a folder for the report.</source>
        <translation>请选择队列文件、各列以及报告文件夹。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>Choose a hip MRI</source>
        <translation>选择髋部 MRI</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>Choose a radiograph</source>
        <translation>选择 X 线片</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>Choose a radiograph.</source>
        <translation>请选择 X 线片。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>Cohort</source>
        <translation>队列</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>Collapse</source>
        <translation>塌陷</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>Collapse within 36 months</source>
        <translation>36 个月内塌陷</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>Column of the time to collapse or to the last visit.</source>
        <translation>至塌陷或末次随访的时间列。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>Column that says whose hip it is.</source>
        <translation>说明髋属于哪名患者的列。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>Column: 1 collapse, 0 none seen until the last visit.</source>
        <translation>列：1 为塌陷，0 为至末次随访未见塌陷。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>Combined necrotic angle</source>
        <translation>联合坏死角</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>Develop models</source>
        <translation>开发模型</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>Develop, validate or update a model on your own cohort</source>
        <translation>用您自己的队列开发、验证或更新模型</translation>
    </message>
    <message>
        <location filename="../../ONFHSurvival.py"/>
        <source>Estimating ...</source>
        <translation>正在估计……</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>Expected concordance</source>
        <translation>预期一致性指数</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>Expected share of hips; survival follows from it at a steady rate.</source>
        <translation>髋的预期比例；按恒定速率由此得出生存率。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>Extract its features</source>
        <translation>提取其特征</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>Findings before core decompression</source>
        <translation>髓芯减压术前的所见</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>Follow-up</source>
        <translation>随访</translation>
    </message>
    <message>
        <location filename="../../ONFHSurvival.py"/>
        <source>Hazard ratios and survival as published by the DLRC study (144 patients, 212 hips, 64 collapses).</source>
        <translation>风险比和生存率由 DLRC 研究发表（144 名患者，212 髋，64 例塌陷）。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>Hip</source>
        <translation>髋</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>Hips and patients that the development of such a model asks for.</source>
        <translation>开发此类模型所需的髋数和患者数。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>Hips per patient</source>
        <translation>每名患者的髋数</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>How many hips are needed?</source>
        <translation>需要多少髋？</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>How well the model will tell hips apart, by what is published of its like.</source>
        <translation>根据同类研究已发表的结果，模型区分各髋的预期能力。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>Judge the chosen model on the hips of this table.</source>
        <translation>在该表格的髋上评价所选模型。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>MRI</source>
        <translation>MRI</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>MRI volume of one hip or both.</source>
        <translation>单髋或双髋的 MRI 图像。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>Mean number of hips that a patient brings; two hips of one are not two patients.</source>
        <translation>每名患者平均提供的髋数；同一患者的两个髋不等于两名患者。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>Models without a long selection on the same folds, to see what the selection is worth; takes longer.</source>
        <translation>在相同的折上建立不作繁复选择的模型，以了解选择的价值；耗时更长。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>Models, tables, figures and index.html go here.</source>
        <translation>模型、表格、图和 index.html 写入此处。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>Months</source>
        <translation>月数</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>No-collapse survival</source>
        <translation>无塌陷生存</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>Nomogram</source>
        <translation>列线图</translation>
    </message>
    <message>
        <location filename="../../ONFHSurvival.py"/>
        <source>ONFHSurvival</source>
        <translation>ONFHSurvival</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>Open index.html of the report folder in the browser.</source>
        <translation>在浏览器中打开报告文件夹的 index.html。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>Open the report</source>
        <translation>打开该报告</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>Own model</source>
        <translation>自有模型</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>Patient</source>
        <translation>患者</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>Points of each finding; findings of a loaded model that are not above are set here.</source>
        <translation>各所见的分值；已加载模型中上方没有的所见在此设置。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>Radiograph</source>
        <translation>X 线片</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>Recalibrate the chosen model on the hips of this table.</source>
        <translation>在该表格的髋上重新校准所选模型。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>Report folder</source>
        <translation>报告文件夹</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>Samples in which everything is developed again, for the optimism; 0 leaves it out.</source>
        <translation>重新开发全部模型的抽样次数，用于估计乐观偏差；0 表示省略。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>Seen on fat-suppressed MRI.</source>
        <translation>在脂肪抑制 MRI 上所见。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>Signatures from a radiograph</source>
        <translation>X 线片的影像组学标签</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>Stage before drilling; the study drilled stages I, II and IIIA.</source>
        <translation>钻孔前的分期；该研究钻孔的为 I、II 和 IIIA 期。</translation>
    </message>
    <message>
        <location filename="../../ONFHSurvival.py"/>
        <source>Step 4. Probability that the femoral head does not collapse after core decompression by multiple drilling, from ARCO stage, bone marrow oedema and combined necrotic angle: the published clinical model of the DLRC study. Its baseline is solved so that the study's case mix, with the three findings taken as independent, gives the study's overall survival (71.59% at 36, 44.72% at 60 months). Below, develop models on a cohort of your own, and use them here.</source>
        <translation>第 4 步。由 ARCO 分期、骨髓水肿和联合坏死角得出多孔钻孔髓芯减压术后股骨头不塌陷的概率：DLRC 研究已发表的临床模型。其基线的求解使该研究的病例构成（三项所见视为相互独立）给出该研究的总生存率（36 个月 71.59%，60 个月 44.72%）。在下方可用您自己的队列开发模型，并在此使用。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>Sum of the necrotic arcs on the mid-coronal and the mid-axial slice, as ONFHSegment measures it.</source>
        <translation>正中冠状面与正中横断面坏死角之和，由 ONFHSegment 测量。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>Survival model</source>
        <translation>生存模型</translation>
    </message>
    <message>
        <location filename="../../ONFHSurvival.py"/>
        <source>Table and curve are in the scene.</source>
        <translation>表格和曲线已放入场景。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>Table and survival curve with interval, beside the study's low- and high-risk groups.</source>
        <translation>表格和带区间的生存曲线，并列该研究的低危组和高危组。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>Take the angle from Segment's measurements</source>
        <translation>取用“勾画”所测的角度</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>The published clinical model, a model that comes with the extension, or one that was developed here.</source>
        <translation>已发表的临床模型、扩展自带的模型，或在此开发的模型。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>Unit of the follow-up.</source>
        <translation>随访时间的单位。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>Update the model above on these hips</source>
        <translation>用这些髋更新上方模型</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>Use the combined necrotic angle that ONFHSegment measured for this hip.</source>
        <translation>使用 ONFHSegment 为该髋测得的联合坏死角。</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>Validate the model above on these hips</source>
        <translation>在这些髋上验证上方模型</translation>
    </message>
    <message>
        <location filename="../../Resources/UI/ONFHSurvival.ui"/>
        <source>Which hip the findings belong to.</source>
        <translation>所见属于哪个髋。</translation>
    </message>
    <message>
        <location filename="../../ONFHSurvival.py"/>
        <source>{hips} hips, {events} collapses; report in {folder}. {warnings}</source>
        <translation>{hips} 髋，{events} 例塌陷；报告位于 {folder}。{warnings}</translation>
    </message>
</context>
<context>
    <name>cohort.other_hips</name>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/cohort/other_hips.py"/>
        <source>Baseline, slope or all coefficients anew, as a test chooses; the new model then answers above.</source>
        <translation>按检验结果更新基线、斜率或全部系数；之后由新模型在上方作答。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/cohort/other_hips.py"/>
        <source>Checking packages ...</source>
        <translation>正在检查软件包……</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/cohort/other_hips.py"/>
        <source>Choose a model above that comes as a bundle or is your own, a table, its columns for patient, time and event, and a folder.</source>
        <translation>请在上方选择一个模型包或您自己的模型，并选择表格、患者列、时间列、事件列和文件夹。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/cohort/other_hips.py"/>
        <source>Choose a model above, a table with its features, the columns for outcome and patient, and a folder.</source>
        <translation>请在上方选择模型，并选择含其特征的表格、结局列、患者列和文件夹。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/cohort/other_hips.py"/>
        <source>Discrimination, calibration and decision curve of the model above on these hips; nothing is fitted.</source>
        <translation>上方模型在这些髋上的区分度、校准和决策曲线；不进行任何拟合。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/cohort/other_hips.py"/>
        <source>Judging the model ...</source>
        <translation>正在评价模型……</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/cohort/other_hips.py"/>
        <source>Updating the model ...</source>
        <translation>正在更新模型……</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/cohort/other_hips.py"/>
        <source>{hips} hips, {events} with the event: {figures}. Report in {folder}.</source>
        <translation>{hips} 髋，{events} 例发生事件：{figures}。报告位于 {folder}。</translation>
    </message>
</context>
<context>
    <name>cohort.sample_size</name>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/cohort/sample_size.py"/>
        <source>{hips} hips of {patients} patients, about {events} with the event, so that the model is not fitted to chance (Riley et al. 2019, 2020). Independent hips for each criterion: {asked}.</source>
        <translation>需要 {patients} 名患者的 {hips} 髋，约 {events} 例发生事件，模型才不会拟合到偶然性（Riley 等 2019、2020）。各准则所需的独立髋数：{asked}。</translation>
    </message>
</context>
<context>
    <name>course.exams</name>
    <message>
        <location filename="../../ONFHAssistLib/scene/course/exams.py"/>
        <source>'{one}' and '{two}' are of two patients; compare examinations of one.</source>
        <translation>“{one}”与“{two}”属于两名患者；请对比同一患者的检查。</translation>
    </message>
</context>
<context>
    <name>course.panel</name>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/course/panel.py"/>
        <source>'{name}' needs its date, as 2024-05-31; write it into the list.</source>
        <translation>“{name}”需要日期，格式如 2024-05-31；请填入列表。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/course/panel.py"/>
        <source>Align every examination on the first one, hip by hip, and compare. For research only.</source>
        <translation>逐髋将各次检查与首次检查配准并对比。仅供研究。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/course/panel.py"/>
        <source>As 2024-05-31; a double click changes it.</source>
        <translation>格式如 2024-05-31；双击可修改。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/course/panel.py"/>
        <source>Checking packages ...</source>
        <translation>正在检查软件包……</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/course/panel.py"/>
        <source>Choose the examination in the list that is to be left out.</source>
        <translation>请在列表中选择不参与对比的检查。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/course/panel.py"/>
        <source>Compared; the joint surface is coloured in 3D: red where it sank.</source>
        <translation>对比完成；3D 视图中关节面以颜色显示：红色为下沉处。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/course/panel.py"/>
        <source>Compared; whether a joint surface sank could not be read.</source>
        <translation>对比完成；无法判读关节面是否下沉。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/course/panel.py"/>
        <source>Comparing examinations ...</source>
        <translation>正在对比各次检查……</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/course/panel.py"/>
        <source>Empty: the date of the headers.</source>
        <translation>留空：采用文件头中的日期。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/course/panel.py"/>
        <source>Outline the hips on two images of two dates, or add folders of examinations.</source>
        <translation>请在两个日期的图像上勾画髋关节，或添加检查文件夹。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/course/panel.py"/>
        <source>date</source>
        <translation>日期</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/course/panel.py"/>
        <source>examination</source>
        <translation>检查</translation>
    </message>
</context>
<context>
    <name>course.results</name>
    <message>
        <location filename="../../ONFHAssistLib/scene/course/results.py"/>
        <source>Follow-up</source>
        <translation>随访</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/course/results.py"/>
        <source>Growth of the necrosis</source>
        <translation>坏死灶体积变化</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/course/results.py"/>
        <source>Growth of the necrosis since the first date</source>
        <translation>坏死灶自首次检查以来的体积变化</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/course/results.py"/>
        <source>Growth {side}</source>
        <translation>{side} 侧变化</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/course/results.py"/>
        <source>Joint surface {side} since the first date</source>
        <translation>{side} 侧关节面自首次检查以来的变化</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/course/results.py"/>
        <source>Joint surface: blue rose, red sank</source>
        <translation>关节面：蓝色为上升，红色为下沉</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/course/results.py"/>
        <source>Months</source>
        <translation>月数</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/course/results.py"/>
        <source>aligned to</source>
        <translation>配准误差</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/course/results.py"/>
        <source>date</source>
        <translation>日期</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/course/results.py"/>
        <source>drill tracks</source>
        <translation>钻孔道</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/course/results.py"/>
        <source>from</source>
        <translation>下限</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/course/results.py"/>
        <source>grown</source>
        <translation>增大</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/course/results.py"/>
        <source>growth</source>
        <translation>变化</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/course/results.py"/>
        <source>healed</source>
        <translation>缩小</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/course/results.py"/>
        <source>kept</source>
        <translation>仍存在</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/course/results.py"/>
        <source>lost</source>
        <translation>消失</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/course/results.py"/>
        <source>ml, dotted: 90% interval</source>
        <translation>ml，点线：90% 区间</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/course/results.py"/>
        <source>months</source>
        <translation>月</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/course/results.py"/>
        <source>necrosis</source>
        <translation>坏死灶</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/course/results.py"/>
        <source>new</source>
        <translation>新出现</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/course/results.py"/>
        <source>not compared</source>
        <translation>未能对比</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/course/results.py"/>
        <source>remark</source>
        <translation>备注</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/course/results.py"/>
        <source>side</source>
        <translation>侧别</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/course/results.py"/>
        <source>surface sank</source>
        <translation>关节面下沉</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/course/results.py"/>
        <source>to</source>
        <translation>上限</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/course/results.py"/>
        <source>unchanged</source>
        <translation>无变化</translation>
    </message>
</context>
<context>
    <name>dicom.button</name>
    <message>
        <location filename="../../ONFHAssistLib/ui/dicom/button.py"/>
        <source>Checking packages ...</source>
        <translation>正在检查软件包……</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/dicom/button.py"/>
        <source>Choose the segmentation that the results rest on.</source>
        <translation>请选择结果所依据的分割。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/dicom/button.py"/>
        <source>Making DICOM objects ...</source>
        <translation>正在生成 DICOM 对象……</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/dicom/button.py"/>
        <source>Nothing was stored, since it was not agreed to.</source>
        <translation>未获同意，因此未存储任何内容。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/dicom/button.py"/>
        <source>Outlines, measurements, answers, heat, key images and the report become DICOM objects in the study of these images, and are stored in Slicer's DICOM database. They carry the patient's name and number as the images do. Nothing is sent. Store them?</source>
        <translation>轮廓、测量、结果、热力图、关键图像和报告将成为这些图像所属检查中的 DICOM 对象，并存入 Slicer 的 DICOM 数据库。它们带有与图像相同的患者姓名和编号。不会发送任何内容。是否存储？</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/dicom/button.py"/>
        <source>Slicer's DICOM database holds these results already.</source>
        <translation>Slicer 的 DICOM 数据库中已有这些结果。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/dicom/button.py"/>
        <source>{count} DICOM objects are in Slicer's DICOM database, in the study of the images.</source>
        <translation>{count} 个 DICOM 对象已存入 Slicer 的 DICOM 数据库，位于图像所属的检查中。</translation>
    </message>
</context>
<context>
    <name>dicom.database</name>
    <message>
        <location filename="../../ONFHAssistLib/scene/dicom/database.py"/>
        <source>Slicer's DICOM database did not take {count} of the {all} objects; is its disk full?</source>
        <translation>Slicer 的 DICOM 数据库未能接收 {all} 个对象中的 {count} 个；磁盘是否已满？</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/dicom/database.py"/>
        <source>Slicer's DICOM database is not open; open the module DICOM once, then try again.</source>
        <translation>Slicer 的 DICOM 数据库未打开；请先打开一次 DICOM 模块，再重试。</translation>
    </message>
</context>
<context>
    <name>dicom.exporting</name>
    <message>
        <location filename="../../ONFHAssistLib/scene/dicom/exporting.py"/>
        <source>'{name}' did not come from Slicer's DICOM database, so there is no patient and study that objects could refer to; load its DICOM series there and work it up.</source>
        <translation>“{name}”不是来自 Slicer 的 DICOM 数据库，因此没有对象可以引用的患者和检查；请在数据库中加载其 DICOM 序列，再进行分析。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/dicom/exporting.py"/>
        <source>Choose a hip MRI first.</source>
        <translation>请先选择髋部 MRI。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/dicom/exporting.py"/>
        <source>No outlines are chosen; choose a segmentation, then export.</source>
        <translation>未选择轮廓；请选择分割，再导出。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/dicom/exporting.py"/>
        <source>No outlines of '{name}' are chosen; choose its segmentation, then export.</source>
        <translation>未选择“{name}”的轮廓；请选择其分割，再导出。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/dicom/exporting.py"/>
        <source>The heatmap of the stage is no longer in the scene; redo the stage, then export.</source>
        <translation>分期的热力图已不在场景中；请重做分期，再导出。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/dicom/exporting.py"/>
        <source>The outlines of '{name}' were changed after they were measured; redo the steps, then export.</source>
        <translation>“{name}”的轮廓在测量之后有改动；请重做各步骤后导出。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/dicom/exporting.py"/>
        <source>There is no result of '{name}' yet; press Run all.</source>
        <translation>“{name}”尚无结果；请按“全部运行”。</translation>
    </message>
</context>
<context>
    <name>dicom.loading</name>
    <message>
        <location filename="../../ONFHAssistLib/scene/dicom/loading.py"/>
        <source>'{name}' was moved or cropped since it was loaded; load its series again.</source>
        <translation>“{name}”加载之后被移动或裁剪；请重新加载其序列。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/dicom/loading.py"/>
        <source>The outlines of '{name}' changed on their way into the scene; please report this.</source>
        <translation>“{name}”的轮廓在进入场景时发生了变化；请反馈此问题。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/dicom/loading.py"/>
        <source>The report refers to {count} objects that are not in Slicer's DICOM database, such as {uid}; import all objects of the study, then load the report.</source>
        <translation>该报告引用了 {count} 个不在 Slicer 的 DICOM 数据库中的对象，例如 {uid}；请导入该检查的全部对象，再加载报告。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/dicom/loading.py"/>
        <source>The series that this report is about is not in Slicer's DICOM database, or Slicer cannot show it; import its images there, then load the report.</source>
        <translation>该报告所涉及的序列不在 Slicer 的 DICOM 数据库中，或 Slicer 无法显示；请导入其图像，再加载报告。</translation>
    </message>
</context>
<context>
    <name>dicom.plugin</name>
    <message>
        <location filename="../../ONFHAssistLib/ui/dicom/plugin.py"/>
        <source>A picture of one hip as the report shows it.</source>
        <translation>一侧髋的图像，与报告中所示相同。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/dicom/plugin.py"/>
        <source>ONFHAssist: all results of the case</source>
        <translation>ONFHAssist：病例的全部结果</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/dicom/plugin.py"/>
        <source>ONFHAssist: earlier work-up</source>
        <translation>ONFHAssist：先前的分析</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/dicom/plugin.py"/>
        <source>Outlines (SEG), measurements and answers (SR), heat, key images and the printed report, in the study of the images. Patient and study are those of the images.</source>
        <translation>轮廓（SEG）、测量和结果（SR）、热力图、关键图像以及报告的打印件，位于图像所属的检查中。患者和检查与图像一致。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/dicom/plugin.py"/>
        <source>Outlines, measurements, answers and heat of an earlier work-up, beside its images.</source>
        <translation>先前分析的轮廓、测量、结果和热力图，与其图像并列。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/dicom/plugin.py"/>
        <source>This is a fault of ONFHAssist ({kind}: {error}); the error log has the details.</source>
        <translation>这是 ONFHAssist 的故障（{kind}: {error}）；详情见错误日志。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/dicom/plugin.py"/>
        <source>{tag} was changed in the dialog, but results belong to the patient of their images; change it back, or de-identify images and objects together.</source>
        <translation>{tag} 在对话框中被修改，但结果属于其图像的患者；请改回，或将图像和对象一并去标识化。</translation>
    </message>
</context>
<context>
    <name>drilling.plan</name>
    <message>
        <location filename="../../ONFHAssistLib/scene/drilling/plan.py"/>
        <source>Wire {number} {side}</source>
        <translation>导针{number} {side}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/drilling/plan.py"/>
        <source>before shaft</source>
        <translation>股骨干前方</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/drilling/plan.py"/>
        <source>below trochanter</source>
        <translation>大转子尖下</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/drilling/plan.py"/>
        <source>length</source>
        <translation>长度</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/drilling/plan.py"/>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/drilling/plan.py"/>
        <source>rules kept</source>
        <translation>符合规则</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/drilling/plan.py"/>
        <source>short of joint</source>
        <translation>距关节面</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/drilling/plan.py"/>
        <source>side</source>
        <translation>侧别</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/drilling/plan.py"/>
        <source>to coronal plane</source>
        <translation>与冠状面</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/drilling/plan.py"/>
        <source>to shaft</source>
        <translation>与股骨干</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/drilling/plan.py"/>
        <source>to shaft, from the front</source>
        <translation>与股骨干（正面）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/drilling/plan.py"/>
        <source>why not</source>
        <translation>原因</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/drilling/plan.py"/>
        <source>wire</source>
        <translation>针</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/drilling/plan.py"/>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/drilling/plan.py"/>
        <source>{volume} drilling plan</source>
        <translation>{volume} 钻孔计划</translation>
    </message>
</context>
<context>
    <name>examination.aligned</name>
    <message>
        <location filename="../../ONFHAssistLib/scene/examination/aligned.py"/>
        <source>{volume} alignment</source>
        <translation>{volume} 配准</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/examination/aligned.py"/>
        <source>{volume}, aligned</source>
        <translation>{volume}，已配准</translation>
    </message>
</context>
<context>
    <name>examination.results</name>
    <message>
        <location filename="../../ONFHAssistLib/scene/examination/results.py"/>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/examination/results.py"/>
        <source>Examination</source>
        <translation>检查</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/examination/results.py"/>
        <source>Outlined on series {numbers}</source>
        <translation>在序列 {numbers} 上勾画</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/examination/results.py"/>
        <source>Read in an examination, whose answer stands on '{reference}'; choose that as MRI.</source>
        <translation>在一次检查中读取，其结果以“{reference}”为准；请选择它作为 MRI。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/examination/results.py"/>
        <source>acetabular edge</source>
        <translation>髋臼缘</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/examination/results.py"/>
        <source>acetabular edge on {series}</source>
        <translation>{series} 上的髋臼缘</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/examination/results.py"/>
        <source>contrast</source>
        <translation>对比</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/examination/results.py"/>
        <source>description</source>
        <translation>描述</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/examination/results.py"/>
        <source>effusion grade {grade} on {series}</source>
        <translation>{series} 上的关节积液 {grade} 级</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/examination/results.py"/>
        <source>head flattened by {mm:.1f} mm</source>
        <translation>股骨头变扁 {mm:.1f} mm</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/examination/results.py"/>
        <source>heads in the field of view</source>
        <translation>视野内的股骨头</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/examination/results.py"/>
        <source>oedema</source>
        <translation>水肿</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/examination/results.py"/>
        <source>oedema {finding} on {series}</source>
        <translation>{series} 上的水肿：{finding}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/examination/results.py"/>
        <source>outline</source>
        <translation>勾画</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/examination/results.py"/>
        <source>plane</source>
        <translation>平面</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/examination/results.py"/>
        <source>reference</source>
        <translation>参考</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/examination/results.py"/>
        <source>series</source>
        <translation>序列</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/examination/results.py"/>
        <source>subchondral fracture line on {series}</source>
        <translation>{series} 上的软骨下骨折线</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/examination/results.py"/>
        <source>used for</source>
        <translation>用途</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/examination/results.py"/>
        <source>voxels</source>
        <translation>体素</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/examination/results.py"/>
        <source>why not, and notes</source>
        <translation>未用原因及备注</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/examination/results.py"/>
        <source>{volume} series</source>
        <translation>{volume} 序列</translation>
    </message>
</context>
<context>
    <name>examination.run</name>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/examination/run.py"/>
        <source>Cancelled; the scene is as it was.</source>
        <translation>已取消；场景保持原样。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/examination/run.py"/>
        <source>Done; please check the outlines.</source>
        <translation>完成；请检查轮廓。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/examination/run.py"/>
        <source>Examination of {count} series: {text}</source>
        <translation>{count} 个序列的检查：{text}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/examination/run.py"/>
        <source>Preparing ...</source>
        <translation>正在准备……</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/examination/run.py"/>
        <source>Putting the results into the scene ...</source>
        <translation>正在将结果放入场景……</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/examination/run.py"/>
        <source>The reference series was removed from the scene meanwhile; run again.</source>
        <translation>参考序列已被移出场景；请重新运行。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/examination/run.py"/>
        <source>starting</source>
        <translation>正在启动</translation>
    </message>
</context>
<context>
    <name>examination.series</name>
    <message>
        <location filename="../../ONFHAssistLib/scene/examination/series.py"/>
        <source> and </source>
        <translation> 和 </translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/examination/series.py"/>
        <source>It is of another date: it differs from the chosen series in {what}.</source>
        <translation>属于另一日期：与所选序列的 {what} 不同。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/examination/series.py"/>
        <source>It is of another examination: it lies under another study in the scene.</source>
        <translation>属于另一次检查：在场景中位于另一检查之下。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/examination/series.py"/>
        <source>It is of another patient: it differs from the chosen series in {what}.</source>
        <translation>属于另一患者：与所选序列的 {what} 不同。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/examination/series.py"/>
        <source>It is of another patient: it lies under another patient in the scene.</source>
        <translation>属于另一患者：在场景中位于另一患者之下。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/examination/series.py"/>
        <source>not stated</source>
        <translation>未说明</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/examination/series.py"/>
        <source>{stated} by header, {seen} by look</source>
        <translation>头信息为 {stated}，外观为 {seen}</translation>
    </message>
</context>
<context>
    <name>examination.series_table</name>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/examination/series_table.py"/>
        <source>Choose a series to change what it is used for.</source>
        <translation>选择一个序列以更改其用途。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/examination/series_table.py"/>
        <source>No.</source>
        <translation>编号</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/examination/series_table.py"/>
        <source>Read the {count} series of the examination together</source>
        <translation>综合读取该检查的 {count} 个序列</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/examination/series_table.py"/>
        <source>Series {number} is used for</source>
        <translation>序列 {number} 用于</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/examination/series_table.py"/>
        <source>contrast</source>
        <translation>对比</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/examination/series_table.py"/>
        <source>heads</source>
        <translation>股骨头</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/examination/series_table.py"/>
        <source>nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/examination/series_table.py"/>
        <source>series</source>
        <translation>序列</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/examination/series_table.py"/>
        <source>used for</source>
        <translation>用途</translation>
    </message>
</context>
<context>
    <name>extract.feature_browser</name>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/extract/feature_browser.py"/>
        <source>A volume whose voxels hold this feature of their neighbourhood.</source>
        <translation>各体素为其邻域内该特征值的体数据。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/extract/feature_browser.py"/>
        <source>Click a row to read what the feature is.</source>
        <translation>点击一行，查看该特征的含义。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/extract/feature_browser.py"/>
        <source>ICC(1,1) {icc:.2f} (95% interval {low:.2f} to {high:.2f})</source>
        <translation>ICC(1,1) {icc:.2f}（95% 区间 {low:.2f} 至 {high:.2f}）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/extract/feature_browser.py"/>
        <source>Mapping {feature} ...</source>
        <translation>正在绘制 {feature} 的分布图……</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/extract/feature_browser.py"/>
        <source>Robustness: {facts}.</source>
        <translation>稳健性：{facts}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/extract/feature_browser.py"/>
        <source>Show the features whose ICC(1,1) over perturbed images and outlines is {least:g} or more.</source>
        <translation>显示扰动图像和轮廓后 ICC(1,1) 不低于 {least:g} 的特征。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/extract/feature_browser.py"/>
        <source>Test the robustness below first; an ICC needs two outlined hips.</source>
        <translation>请先在下方测试稳健性；计算 ICC 需要两个已勾画的髋。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/extract/feature_browser.py"/>
        <source>The map of {feature} lies over the slices.</source>
        <translation>{feature} 的分布图已叠加在切面上。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/extract/feature_browser.py"/>
        <source>This feature describes the region as a whole; a map of it cannot be made.</source>
        <translation>该特征描述整个区域，无法制作其分布图。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/extract/feature_browser.py"/>
        <source>all classes</source>
        <translation>全部类别</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/extract/feature_browser.py"/>
        <source>all images</source>
        <translation>全部图像</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/extract/feature_browser.py"/>
        <source>hip {side} varies by {share:.1f}%</source>
        <translation>{side} 髋变异 {share:.1f}%</translation>
    </message>
</context>
<context>
    <name>extract.robustness</name>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/extract/robustness.py"/>
        <source>Checking packages ...</source>
        <translation>正在检查软件包……</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/extract/robustness.py"/>
        <source>Choose an MRI or a radiograph, and a segmentation with a femoral head.</source>
        <translation>请选择 MRI 或 X 线片，以及含有股骨头的分割。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/extract/robustness.py"/>
        <source>Extract again from turned, moved and redrawn hips; press again to cancel.</source>
        <translation>从旋转、移动和重新勾画的髋中再次提取；再按一次取消。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/extract/robustness.py"/>
        <source>Hip {side} failed: {reason}</source>
        <translation>{side} 髋失败：{reason}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/extract/robustness.py"/>
        <source>Perturbing ...</source>
        <translation>正在扰动……</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/extract/robustness.py"/>
        <source>{count} features; with one hip there is no ICC, but click a feature to see how far it varies.</source>
        <translation>{count} 个特征；只有一个髋时没有 ICC，但可点击特征查看其变异程度。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/extract/robustness.py"/>
        <source>{stable} of {count} features reach ICC(1,1) {least}; the box above the table filters by it.</source>
        <translation>{count} 个特征中有 {stable} 个达到 ICC(1,1) {least}；可用表格上方的勾选框筛选。</translation>
    </message>
</context>
<context>
    <name>extract.slicer_radiomics</name>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/extract/slicer_radiomics.py"/>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/extract/slicer_radiomics.py"/>
        <source>Cancelled; the scene is as it was.</source>
        <translation>已取消；场景保持原样。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/extract/slicer_radiomics.py"/>
        <source>Checking packages ...</source>
        <translation>正在检查软件包……</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/extract/slicer_radiomics.py"/>
        <source>Choose an MRI or a radiograph, and a segmentation with a femoral head.</source>
        <translation>请选择 MRI 或 X 线片，以及含有股骨头的分割。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/extract/slicer_radiomics.py"/>
        <source>Open that module with this image, segmentation and preset chosen.</source>
        <translation>打开该模块，并选好此图像、分割和预设。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/extract/slicer_radiomics.py"/>
        <source>SlicerRadiomics failed: {reason}</source>
        <translation>SlicerRadiomics失败：{reason}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/extract/slicer_radiomics.py"/>
        <source>SlicerRadiomics is at work on hip {side} ...</source>
        <translation>SlicerRadiomics正在处理{side}侧髋……</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/extract/slicer_radiomics.py"/>
        <source>SlicerRadiomics is not installed: choose View &gt; Extensions Manager in Slicer's menu, install 'SlicerRadiomics', and restart Slicer.</source>
        <translation>未安装SlicerRadiomics：请在Slicer菜单中选择 View &gt; Extensions Manager，安装"SlicerRadiomics"，然后重新启动Slicer。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/extract/slicer_radiomics.py"/>
        <source>The same hips and preset by that extension, beside ours.</source>
        <translation>由该扩展计算相同的髋和预设，与本软件的结果并列。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/extract/slicer_radiomics.py"/>
        <source>it gave no reason.</source>
        <translation>它没有说明原因。</translation>
    </message>
</context>
<context>
    <name>images.outlines_of</name>
    <message>
        <location filename="../../ONFHAssistLib/scene/images/outlines_of.py"/>
        <source>'{volume}' and the radiograph '{radiograph}' are of two patients; choose a radiograph of the same one, or none.</source>
        <translation>“{volume}”与 X 线片“{radiograph}”属于两名患者；请选择同一患者的 X 线片，或不选。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/images/outlines_of.py"/>
        <source>The outlines '{outlines}' lie outside '{volume}', so they are of another image; choose the outlines of '{volume}', or none to find its heads anew.</source>
        <translation>轮廓“{outlines}”位于“{volume}”之外，因此属于另一图像；请选择“{volume}”的轮廓，或不选以重新查找股骨头。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/images/outlines_of.py"/>
        <source>The outlines '{outlines}' were made on '{other}', not on '{volume}'; choose the outlines of '{volume}', or none to find its heads anew.</source>
        <translation>轮廓“{outlines}”是在“{other}”上勾画的，而非“{volume}”；请选择“{volume}”的轮廓，或不选以重新查找股骨头。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/images/outlines_of.py"/>
        <source>The outlines '{outlines}' were made on an image that is not in the scene, not on '{volume}'; choose the outlines of '{volume}', or none to find its heads anew.</source>
        <translation>轮廓“{outlines}”是在不在场景中的图像上勾画的，而非“{volume}”；请选择“{volume}”的轮廓，或不选以重新查找股骨头。</translation>
    </message>
</context>
<context>
    <name>panels.develop</name>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/develop.py"/>
        <source>All that are installed</source>
        <translation>所有已安装的</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/develop.py"/>
        <source>Checking packages ...</source>
        <translation>正在检查软件包……</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/develop.py"/>
        <source>Choose a table, its columns for outcome and patient, and a folder for the report.</source>
        <translation>请选择表格、结局列、患者列以及报告文件夹。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/develop.py"/>
        <source>Developing models ...</source>
        <translation>正在开发模型……</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/develop.py"/>
        <source>Nested cross-validation</source>
        <translation>嵌套交叉验证</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/develop.py"/>
        <source>No harmonisation</source>
        <translation>不作校正</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/develop.py"/>
        <source>Rad, DL and DLR, as far as there are columns</source>
        <translation>Rad、DL 和 DLR（视所含列而定）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/develop.py"/>
        <source>Select, tune and validate; takes minutes. Press it then to stop and keep what is finished.</source>
        <translation>选择特征、调参并验证；需要数分钟。运行中再按一次可停止并保留已完成的部分。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/develop.py"/>
        <source>Split 7:3</source>
        <translation>7:3 划分</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/develop.py"/>
        <source>Split 7:3 and nested cross-validation</source>
        <translation>7:3 划分加嵌套交叉验证</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/develop.py"/>
        <source>Stopped; what was finished is kept.</source>
        <translation>已停止；已完成的部分予以保留。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/develop.py"/>
        <source>Stopping after the training under way, to keep what is finished; press again to stop at once.</source>
        <translation>将在当前训练结束后停止，并保留已完成的部分；再按一次立即停止。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/develop.py"/>
        <source>{count} more warnings are in the report.</source>
        <translation>报告中还有 {count} 条警告。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/develop.py"/>
        <source>{hips} hips of {patients} patients, {events} with the outcome; report in {folder}.</source>
        <translation>{patients} 名患者的 {hips} 髋，{events} 例有结局；报告位于 {folder}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/develop.py"/>
        <source>{path} is a file; choose a folder for the report.</source>
        <translation>{path} 是文件；请为报告选择文件夹。</translation>
    </message>
</context>
<context>
    <name>panels.drilling</name>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/drilling.py"/>
        <source>Checking packages ...</source>
        <translation>正在检查软件包……</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/drilling.py"/>
        <source>Choose an MRI and a segmentation with a necrosis.</source>
        <translation>请选择MRI和含坏死区的分割。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/drilling.py"/>
        <source>Look for wires that reach the necrosis without leaving the bone. For research only.</source>
        <translation>寻找到达坏死区而不穿出骨外的导针。仅供研究。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/drilling.py"/>
        <source>No plan could be made; the reason stands below.</source>
        <translation>无法制定计划；原因见下。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/drilling.py"/>
        <source>Planning wires ...</source>
        <translation>正在规划导针……</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/drilling.py"/>
        <source>Wires are in the scene: drag their ends; what breaks a rule turns red.</source>
        <translation>导针已在场景中：可拖动两端；违反规则者变红。</translation>
    </message>
</context>
<context>
    <name>panels.model_banner</name>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/model_banner.py"/>
        <source>Learned from simulated disease only, in simulated and in real healthy hips; its figures say little about patients.</source>
        <translation>仅从模拟病变学习（模拟髋和真实健康髋）；其数值难以说明真实患者的情况。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/model_banner.py"/>
        <source>Learned from simulated patients only; its figures say nothing about patients.</source>
        <translation>仅从模拟患者学习；其数值不能说明真实患者的情况。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/model_banner.py"/>
        <source>less</source>
        <translation>收起</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/model_banner.py"/>
        <source>more</source>
        <translation>更多</translation>
    </message>
</context>
<context>
    <name>panels.model_choice</name>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/model_choice.py"/>
        <source>A model of your own</source>
        <translation>您自己的模型</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/model_choice.py"/>
        <source>Clinical model as published</source>
        <translation>已发表的临床模型</translation>
    </message>
</context>
<context>
    <name>panels.own_models</name>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/own_models.py"/>
        <source>&lt;b&gt;{name}&lt;/b&gt; is refused: {problem}</source>
        <translation>&lt;b&gt;{name}&lt;/b&gt; 被拒绝：{problem}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/own_models.py"/>
        <source>&lt;b&gt;{name}&lt;/b&gt; {version}</source>
        <translation>&lt;b&gt;{name}&lt;/b&gt; {version}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/own_models.py"/>
        <source>In use from this folder:</source>
        <translation>正在使用该文件夹中的：</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/own_models.py"/>
        <source>The models that come with the extension are used; they learned from simulated disease only.</source>
        <translation>使用扩展自带的模型；它们仅从模拟病变学习。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/own_models.py"/>
        <source>There is no model bundle in this folder. Each training writes one, as a folder of its own.</source>
        <translation>该文件夹中没有模型包。每次训练都会写出一个，各为一个文件夹。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/own_models.py"/>
        <source>{path} is no folder; the models in use stay as they are.</source>
        <translation>{path} 不是文件夹；仍使用原有模型。</translation>
    </message>
</context>
<context>
    <name>panels.radiograph</name>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/radiograph.py"/>
        <source>Correcting lengths ...</source>
        <translation>正在校正长度……</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/radiograph.py"/>
        <source>Femoral head by circle</source>
        <translation>用圆勾画股骨头</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/radiograph.py"/>
        <source>Its header gives lengths in the patient's plane.</source>
        <translation>其头信息给出患者平面内的长度。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/radiograph.py"/>
        <source>Lengths are corrected by {m:.2f}.</source>
        <translation>长度按 {m:.2f} 校正。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/radiograph.py"/>
        <source>Lengths are the detector's and 10 to 20% too large; give the magnification, if you know it (often 1.15).</source>
        <translation>长度为探测器上的长度，偏大 10 至 20%；若已知放大率，请填写（常为 1.15）。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/radiograph.py"/>
        <source>Lengths are those in the plane of the hips, by a magnification of {m:.2f}.</source>
        <translation>长度为髋部平面内的长度，放大率 {m:.2f}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/radiograph.py"/>
        <source>No orientation is stated: the patient's right is taken to be on the left of the film.</source>
        <translation>未说明方位：按患者右侧位于片左侧处理。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/radiograph.py"/>
        <source>One slice without a stated modality; tick the box if it is a radiograph.</source>
        <translation>单层图像，未说明成像方式；若为 X 线片，请勾选。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/radiograph.py"/>
        <source>Place three or more points on the rim of one femoral head, away from the acetabulum's edge, or one point at its centre and set the radius. Do the same for the other head.</source>
        <translation>请在一个股骨头的边缘放置三个或更多点（避开髋臼缘），或在其中心放一个点并设置半径。另一股骨头同样操作。</translation>
    </message>
</context>
<context>
    <name>panels.run_all</name>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/run_all.py"/>
        <source>'{name}' is no radiograph, so {clinical} ONFHSegment can declare a single slice one.</source>
        <translation>“{name}”不是 X 线片，因此{clinical}可在 ONFHSegment 中将单层图像声明为 X 线片。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/run_all.py"/>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/run_all.py"/>
        <source>Cancelled; the scene is as it was.</source>
        <translation>已取消；场景保持原样。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/run_all.py"/>
        <source>Done; please check the outlines.</source>
        <translation>完成；请检查轮廓。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/run_all.py"/>
        <source>No femoral head is outlined on '{name}', so {clinical} Set a circle in ONFHSegment and redo step 4.</source>
        <translation>“{name}”上未勾画股骨头，因此{clinical}请在 ONFHSegment 中画圆，并重做第 4 步。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/run_all.py"/>
        <source>Preparing ...</source>
        <translation>正在准备……</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/run_all.py"/>
        <source>Putting the results into the scene ...</source>
        <translation>正在将结果放入场景……</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/run_all.py"/>
        <source>Step {number} of 4, {step}: {text}</source>
        <translation>第 {number} 步（共 4 步），{step}：{text}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/run_all.py"/>
        <source>The bundle {name} is not installed, so no stage is given.</source>
        <translation>模型包 {name} 未安装，因此不给出分期。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/run_all.py"/>
        <source>features</source>
        <translation>特征</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/run_all.py"/>
        <source>outline and measure</source>
        <translation>勾画与测量</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/run_all.py"/>
        <source>stage and probability</source>
        <translation>分期与概率</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/run_all.py"/>
        <source>starting</source>
        <translation>正在启动</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/run_all.py"/>
        <source>survival</source>
        <translation>生存率</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/run_all.py"/>
        <source>the survival is that of the clinical model alone.</source>
        <translation>生存结果仅依据临床模型。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/run_all.py"/>
        <source>{step} failed: {why}</source>
        <translation>{step}失败：{why}</translation>
    </message>
</context>
<context>
    <name>panels.segment</name>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/segment.py"/>
        <source> Please check the outlines.</source>
        <translation> 请检查轮廓。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/segment.py"/>
        <source> on T1, which shows it less well than a fat-suppressed series</source>
        <translation>（在 T1 上，不如脂肪抑制序列清楚）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/segment.py"/>
        <source>, necrosis {necrosis:.1f} ml ({share:.0f}%)</source>
        <translation>，坏死灶 {necrosis:.1f} ml（{share:.0f}%）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/segment.py"/>
        <source>A radiograph has no volumes and no arcs; measure the MRI, and go on to Extract with the radiograph.</source>
        <translation>X 线片没有体积和坏死角；请测量 MRI，并用该 X 线片进入“提取”。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/segment.py"/>
        <source>Checking packages ...</source>
        <translation>正在检查软件包……</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/segment.py"/>
        <source>Choose a hip MRI first.</source>
        <translation>请先选择髋部 MRI。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/segment.py"/>
        <source>Choose a segmentation and enter your name as reader at the top.</source>
        <translation>请在上方选择分割，并输入阅片者姓名。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/segment.py"/>
        <source>Choose an MRI and a segmentation with a femoral head.</source>
        <translation>请选择 MRI 以及含有股骨头的分割。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/segment.py"/>
        <source>Click on the lateral end of the acetabular roof {side}, on the coronal slice through the head's centre; then measure.</source>
        <translation>请在过股骨头中心的冠状面上点击髋臼顶外缘 {side}，然后测量。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/segment.py"/>
        <source>Comparing ...</source>
        <translation>正在比较……</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/segment.py"/>
        <source>Confirmed by {by}, {at}.</source>
        <translation>由 {by} 于 {at} 确认。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/segment.py"/>
        <source>Confirmed.</source>
        <translation>已确认。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/segment.py"/>
        <source>Confirming ...</source>
        <translation>正在确认……</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/segment.py"/>
        <source>Femoral head {side}: {head:.1f} ml</source>
        <translation>股骨头 {side}：{head:.1f} ml</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/segment.py"/>
        <source>Find both femoral heads and outline them and any necrosis.</source>
        <translation>找到并勾画双侧股骨头及坏死灶。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/segment.py"/>
        <source>JIC {type} ({edge})</source>
        <translation>JIC {type}（{edge}）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/segment.py"/>
        <source>Looking for the femoral heads ...</source>
        <translation>正在查找股骨头……</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/segment.py"/>
        <source>Making the consensus ...</source>
        <translation>正在生成共识……</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/segment.py"/>
        <source>Measured; table and angles are in the scene.</source>
        <translation>测量完成；表格和角度已放入场景。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/segment.py"/>
        <source>Measuring ...</source>
        <translation>正在测量……</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/segment.py"/>
        <source>Not confirmed yet.</source>
        <translation>尚未确认。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/segment.py"/>
        <source>Record that {reader} confirms the segmentation chosen at the top, and when.</source>
        <translation>记录 {reader} 确认了上方所选的分割及其时间。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/segment.py"/>
        <source>The consensus is '{name}'; choose it at the top to correct, measure or confirm it.</source>
        <translation>共识为“{name}”；请在上方选择它，以修正、测量或确认。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/segment.py"/>
        <source>The networks know MRI only; use the circle tool on a radiograph.</source>
        <translation>网络只认识 MRI；X 线片请使用圆形工具。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/segment.py"/>
        <source>Volumes, arcs, combined angle, JIC type and depth of each hip.</source>
        <translation>各髋的体积、坏死角、联合坏死角、JIC 分型和深度。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/segment.py"/>
        <source>combined angle {angle:.0f}° (A {a:.0f}°, B {b:.0f}° {plane})</source>
        <translation>联合坏死角 {angle:.0f}°（A {a:.0f}°，B {b:.0f}° {plane}）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/segment.py"/>
        <source>edge found, please check</source>
        <translation>髋臼缘为自动找到，请检查</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/segment.py"/>
        <source>edge marked</source>
        <translation>髋臼缘为手动标记</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/segment.py"/>
        <source>marrow oedema suggested, {share:.0f}% of head and near neck</source>
        <translation>提示骨髓水肿，占股骨头和近端股骨颈的 {share:.0f}%</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/segment.py"/>
        <source>no marrow oedema seen</source>
        <translation>未见骨髓水肿</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/segment.py"/>
        <source>no necrosis outlined</source>
        <translation>未勾画坏死灶</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/segment.py"/>
        <source>{depth:.0f} mm deep</source>
        <translation>深 {depth:.0f} mm</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/segment.py"/>
        <source>{share:.0f}% of the head, {extent}</source>
        <translation>占股骨头 {share:.0f}%，{extent}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/segment.py"/>
        <source>{structure}: Dice {dice:.2f}.</source>
        <translation>{structure}：Dice {dice:.2f}。</translation>
    </message>
</context>
<context>
    <name>panels.sequence_choice</name>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/sequence_choice.py"/>
        <source>Stated by the header of the series.</source>
        <translation>由序列的头信息说明。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/sequence_choice.py"/>
        <source>The file does not say which sequence it is; models answer only sequences that they learned from.</source>
        <translation>文件未说明是哪种成像序列；模型只对其学习过的成像序列作答。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/sequence_choice.py"/>
        <source>The sequence is {name} now; predict again.</source>
        <translation>成像序列现为 {name}；请重新预测。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/sequence_choice.py"/>
        <source>not stated</source>
        <translation>未说明</translation>
    </message>
</context>
<context>
    <name>panels.signature</name>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/signature.py"/>
        <source> and </source>
        <translation> 和 </translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/signature.py"/>
        <source>Checking packages ...</source>
        <translation>正在检查软件包……</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/signature.py"/>
        <source>Choose a radiograph.</source>
        <translation>请选择 X 线片。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/signature.py"/>
        <source>Extracting features of the radiograph ...</source>
        <translation>正在提取 X 线片的特征……</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/signature.py"/>
        <source>Features of hip {sides} are in the scene.</source>
        <translation>{sides} 髋的特征已放入场景。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/signature.py"/>
        <source>Hip {side} failed: {reason}</source>
        <translation>{side} 髋失败：{reason}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/signature.py"/>
        <source>Outline the femoral heads on it first: ONFHSegment, circle tool.</source>
        <translation>请先在其上勾画股骨头：ONFHSegment，圆形工具。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/signature.py"/>
        <source>Radiomics and deep features of both outlined heads; a DLRC model takes its signatures from them.</source>
        <translation>双侧已勾画股骨头的影像组学特征和深度特征；DLRC 模型由此计算标签。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/signature.py"/>
        <source>This volume is no radiograph (DX, CR); ONFHSegment can declare a single slice one.</source>
        <translation>该图像不是 X 线片（DX、CR）；可在 ONFHSegment 中将单层图像声明为 X 线片。</translation>
    </message>
</context>
<context>
    <name>panels.stage</name>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/stage.py"/>
        <source>&lt;b&gt;Out of scope: no stage is given.&lt;/b&gt;</source>
        <translation>&lt;b&gt;超出适用范围：不给出分期。&lt;/b&gt;</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/stage.py"/>
        <source>Both hips</source>
        <translation>双髋</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/stage.py"/>
        <source>Checking packages ...</source>
        <translation>正在检查软件包……</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/stage.py"/>
        <source>Choose an MRI.</source>
        <translation>请选择 MRI。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/stage.py"/>
        <source>Find both femoral heads, stage them and show what the stage rests on.</source>
        <translation>找到双侧股骨头，进行分期，并显示分期的依据。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/stage.py"/>
        <source>Hip {side}</source>
        <translation>髋 {side}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/stage.py"/>
        <source>It is not a diagnosis.</source>
        <translation>这不是诊断。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/stage.py"/>
        <source>MRI alone does not tell the two apart</source>
        <translation>仅凭 MRI 无法区分两者</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/stage.py"/>
        <source>No answer.</source>
        <translation>不作回答。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/stage.py"/>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/stage.py"/>
        <source>Stage the outlined femoral heads and show what the stage rests on.</source>
        <translation>对已勾画的股骨头进行分期，并显示分期的依据。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/stage.py"/>
        <source>Staged {hips}; heatmaps, regions and table are in the scene.</source>
        <translation>已对{hips}分期；热力图、区域和表格已放入场景。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/stage.py"/>
        <source>Staging ...</source>
        <translation>正在分期……</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/stage.py"/>
        <source>heat of 0.5 or more in {ml} ml</source>
        <translation>热度不低于 0.5 的区域 {ml} ml</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/stage.py"/>
        <source>one hip</source>
        <translation>一个髋</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/stage.py"/>
        <source>spread</source>
        <translation>离散度</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/stage.py"/>
        <source>stage</source>
        <translation>分期</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/stage.py"/>
        <source>{n} hips</source>
        <translation>{n} 个髋</translation>
    </message>
</context>
<context>
    <name>panels.survival</name>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/survival.py"/>
        <source>&lt;b&gt;Column {column} holds text.&lt;/b&gt;</source>
        <translation>&lt;b&gt;{column} 列含有文字。&lt;/b&gt;</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/survival.py"/>
        <source>&lt;b&gt;Column {column} is empty.&lt;/b&gt;</source>
        <translation>&lt;b&gt;{column} 列为空。&lt;/b&gt;</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/survival.py"/>
        <source>A follow-up must be greater than 0.</source>
        <translation>随访时间必须大于 0。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/survival.py"/>
        <source>Checking packages ...</source>
        <translation>正在检查软件包……</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/survival.py"/>
        <source>Choose a cohort file, its columns for patient, time and event, and a folder for the report.</source>
        <translation>请选择队列文件、患者列、时间列、事件列以及报告文件夹。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/survival.py"/>
        <source>Developing models ...</source>
        <translation>正在开发模型……</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/survival.py"/>
        <source>Finding</source>
        <translation>所见</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/survival.py"/>
        <source>Four models with honest and apparent figures; takes minutes, and this button then cancels it.</source>
        <translation>四个模型的真实性能与表观性能；需要数分钟，运行中此按钮用于取消。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/survival.py"/>
        <source>No collapse at {month:g} months</source>
        <translation>{month:g} 个月无塌陷</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/survival.py"/>
        <source>Points</source>
        <translation>分值</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/survival.py"/>
        <source>The months '{text}' are not numbers; write them as in 36, 60.</source>
        <translation>月数“{text}”不是数字；请按 36, 60 的形式填写。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/survival.py"/>
        <source>These look like days.</source>
        <translation>看起来以天为单位。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/survival.py"/>
        <source>These look like months.</source>
        <translation>看起来以月为单位。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/survival.py"/>
        <source>Total points</source>
        <translation>总分</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/survival.py"/>
        <source>Value</source>
        <translation>取值</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/survival.py"/>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/survival.py"/>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/survival.py"/>
        <source>{low:g} to {high:g} {unit}, median {median:g}</source>
        <translation>{low:g} 至 {high:g} {unit}，中位数 {median:g}</translation>
    </message>
</context>
<context>
    <name>panels.survival_findings</name>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/survival_findings.py"/>
        <source>&lt;b&gt;Outdated:&lt;/b&gt; table and curve in the scene are of other findings or of another model. Add them again.</source>
        <translation>&lt;b&gt;已过时：&lt;/b&gt;场景中的表格和曲线属于其他所见或另一模型。请重新添加。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/survival_findings.py"/>
        <source>&lt;b&gt;Outdated:&lt;/b&gt; table and curve in the scene rest on other outlines or measurements than the present ones. Measure in ONFHSegment, take the angle, and add them again.</source>
        <translation>&lt;b&gt;已过时：&lt;/b&gt;场景中的表格和曲线所依据的轮廓或测量与当前不同。请在 ONFHSegment 中测量，取用角度，再重新添加。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/survival_findings.py"/>
        <source>ONFHSegment has not measured a necrotic angle of this hip.</source>
        <translation>ONFHSegment 尚未测量该髋的坏死角。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/survival_findings.py"/>
        <source>ONFHSegment measured {angle:.1f}° for this hip.</source>
        <translation>ONFHSegment 测得该髋为 {angle:.1f}°。</translation>
    </message>
</context>
<context>
    <name>panels.survival_texts</name>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/survival_texts.py"/>
        <source> and </source>
        <translation> 和 </translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/survival_texts.py"/>
        <source>, or extract its features</source>
        <translation>，或提取其特征</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/survival_texts.py"/>
        <source>&lt;b&gt;{label}&lt;/b&gt; is not known of this hip: {value:.3g} stands in. Set it in the table{extract}.</source>
        <translation>该髋的 &lt;b&gt;{label}&lt;/b&gt; 未知：以 {value:.3g} 代替。请在表中设置{extract}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/survival_texts.py"/>
        <source>&lt;b&gt;{label}&lt;/b&gt; of {value:.3g} lies outside the model's cohort ({low:.3g} to {high:.3g}): read with care.</source>
        <translation>&lt;b&gt;{label}&lt;/b&gt; 为 {value:.3g}，超出模型的队列范围（{low:.3g} 至 {high:.3g}）：请谨慎解读。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/survival_texts.py"/>
        <source>&lt;b&gt;{s}&lt;/b&gt; at {month:.0f} months (95% interval {low} to {high})</source>
        <translation>{month:.0f} 个月 &lt;b&gt;{s}&lt;/b&gt;（95% 区间 {low} 至 {high}）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/survival_texts.py"/>
        <source>A developed model needs {names}; 'Develop models' installs it. The published model answers.</source>
        <translation>开发的模型需要 {names}；“开发模型”会安装它们。由已发表的模型作答。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/survival_texts.py"/>
        <source>Above the median risk of the model's cohort: high risk.</source>
        <translation>高于模型队列的中位风险：高危。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/survival_texts.py"/>
        <source>At {months} months it would be</source>
        <translation>在 {months} 个月时为</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/survival_texts.py"/>
        <source>Below the median risk of the model's cohort: low risk.</source>
        <translation>低于模型队列的中位风险：低危。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/survival_texts.py"/>
        <source>The published clinical model: 144 patients, 212 hips, 64 collapses after multiple drilling. The findings are taken as independent; the intervals carry the published intervals of the hazard ratios and of the overall survival, not the difference between that hospital and yours.</source>
        <translation>已发表的临床模型：多孔钻孔术后的 144 名患者、212 髋、64 例塌陷。各所见视为相互独立；区间来自已发表的风险比和总生存率的区间，不包括该医院与贵院之间的差异。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/survival_texts.py"/>
        <source>The table '{name}' {wrong}.</source>
        <translation>表格“{name}”{wrong}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/survival_texts.py"/>
        <source>comes from another backbone than the model's: it is passed over</source>
        <translation>来自与模型不同的主干网络：不予采用</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/survival_texts.py"/>
        <source>was extracted with {had}, the model takes {wants}: it is passed over</source>
        <translation>以 {had} 提取，而模型需要 {wants}：不予采用</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/survival_texts.py"/>
        <source>{problem} The published model answers meanwhile.</source>
        <translation>{problem} 在此期间由已发表的模型作答。</translation>
    </message>
</context>
<context>
    <name>report.case_report</name>
    <message>
        <location filename="../../ONFHAssistLib/scene/report/case_report.py"/>
        <source>Case report</source>
        <translation>病例报告</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/report/case_report.py"/>
        <source>The folder {folder} does not exist; choose another place for the report.</source>
        <translation>文件夹 {folder} 不存在；请为报告选择其他位置。</translation>
    </message>
</context>
<context>
    <name>report.print_pdf</name>
    <message>
        <location filename="../../ONFHAssistLib/scene/report/print_pdf.py"/>
        <source>This application cannot print; write the report as .html and print it in a browser.</source>
        <translation>此应用程序无法打印；请将报告写为 .html，再在浏览器中打印。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/report/print_pdf.py"/>
        <source>{path} could not be printed; write the report as .html and print it in a browser.</source>
        <translation>无法打印 {path}；请将报告写为 .html，再在浏览器中打印。</translation>
    </message>
</context>
<context>
    <name>results.case_result</name>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/case_result.py"/>
        <source>Case result</source>
        <translation>病例结果</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/case_result.py"/>
        <source>The volume was removed from the scene meanwhile; choose one and run again.</source>
        <translation>所选图像已被移出场景；请选择图像后重新运行。</translation>
    </message>
</context>
<context>
    <name>results.development</name>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/development.py"/>
        <source>-log10(penalty)</source>
        <translation>-log10(惩罚)</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/development.py"/>
        <source>1 - specificity</source>
        <translation>1 - 特异度</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/development.py"/>
        <source>Calibration</source>
        <translation>校准</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/development.py"/>
        <source>DLR calibration</source>
        <translation>DLR 校准</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/development.py"/>
        <source>DLR comparisons</source>
        <translation>DLR 比较</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/development.py"/>
        <source>DLR development</source>
        <translation>DLR 开发</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/development.py"/>
        <source>DLR held-out probabilities</source>
        <translation>DLR 留出概率</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/development.py"/>
        <source>DLR performance</source>
        <translation>DLR 性能</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/development.py"/>
        <source>DLR report</source>
        <translation>DLR 报告</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/development.py"/>
        <source>DLR selection</source>
        <translation>DLR 特征选择</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/development.py"/>
        <source>DLR summary</source>
        <translation>DLR 摘要</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/development.py"/>
        <source>Decision curves</source>
        <translation>决策曲线</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/development.py"/>
        <source>LASSO error</source>
        <translation>LASSO 误差</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/development.py"/>
        <source>LASSO path</source>
        <translation>LASSO 路径</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/development.py"/>
        <source>Probability on other hips</source>
        <translation>其他髋的概率</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/development.py"/>
        <source>ROC</source>
        <translation>ROC 曲线</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/development.py"/>
        <source>Treat all</source>
        <translation>全部干预</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/development.py"/>
        <source>Treat none</source>
        <translation>全不干预</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/development.py"/>
        <source>Waterfall of a test hip</source>
        <translation>测试髋的瀑布图</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/development.py"/>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/development.py"/>
        <source>chance</source>
        <translation>随机</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/development.py"/>
        <source>coefficient</source>
        <translation>系数</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/development.py"/>
        <source>high</source>
        <translation>高</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/development.py"/>
        <source>ideal</source>
        <translation>理想</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/development.py"/>
        <source>log-odds for one standard deviation</source>
        <translation>每个标准差的对数优势</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/development.py"/>
        <source>log-odds reached</source>
        <translation>累计对数优势</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/development.py"/>
        <source>low</source>
        <translation>低</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/development.py"/>
        <source>mean</source>
        <translation>均值</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/development.py"/>
        <source>mean squared error, cross-validated</source>
        <translation>均方误差（交叉验证）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/development.py"/>
        <source>nested cross-validation</source>
        <translation>嵌套交叉验证</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/development.py"/>
        <source>net benefit</source>
        <translation>净获益</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/development.py"/>
        <source>number of the feature, in the order of its step</source>
        <translation>特征编号（按步骤顺序）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/development.py"/>
        <source>number of the feature, largest first</source>
        <translation>特征编号（由大到小）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/development.py"/>
        <source>observed share</source>
        <translation>实际比例</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/development.py"/>
        <source>predicted probability</source>
        <translation>预测概率</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/development.py"/>
        <source>probability from which one would act</source>
        <translation>采取行动的概率阈值</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/development.py"/>
        <source>sensitivity</source>
        <translation>敏感度</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/development.py"/>
        <source>test part</source>
        <translation>测试集</translation>
    </message>
</context>
<context>
    <name>results.features_and_prediction</name>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/features_and_prediction.py"/>
        <source>Contribution {side}</source>
        <translation>贡献 {side}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/features_and_prediction.py"/>
        <source>Contributions {side}</source>
        <translation>贡献 {side}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/features_and_prediction.py"/>
        <source>Number of the bar in the chart of contributions.</source>
        <translation>贡献图中柱的编号。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/features_and_prediction.py"/>
        <source>Prediction statement</source>
        <translation>预测说明</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/features_and_prediction.py"/>
        <source>Probability of early osteonecrosis, 0 to 1.</source>
        <translation>早期股骨头坏死的概率，0 至 1。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/features_and_prediction.py"/>
        <source>Share of the log-odds of early osteonecrosis; above 0 speaks for it.</source>
        <translation>早期股骨头坏死对数优势的份额；大于 0 表示支持。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/features_and_prediction.py"/>
        <source>Standard deviations from the mean of the training hips.</source>
        <translation>与训练髋均值相差的标准差数。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/features_and_prediction.py"/>
        <source>What drove the probability, hip {side}</source>
        <translation>概率的依据，{side} 髋</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/features_and_prediction.py"/>
        <source>Whether the image is what the model accepts; if not, no probability is given.</source>
        <translation>图像是否符合模型的要求；否则不给出概率。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/features_and_prediction.py"/>
        <source>bar</source>
        <translation>柱</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/features_and_prediction.py"/>
        <source>class</source>
        <translation>类别</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/features_and_prediction.py"/>
        <source>coefficient</source>
        <translation>系数</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/features_and_prediction.py"/>
        <source>contribution</source>
        <translation>贡献</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/features_and_prediction.py"/>
        <source>feature</source>
        <translation>特征</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/features_and_prediction.py"/>
        <source>feature in words</source>
        <translation>特征（文字）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/features_and_prediction.py"/>
        <source>image</source>
        <translation>图像</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/features_and_prediction.py"/>
        <source>probability</source>
        <translation>概率</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/features_and_prediction.py"/>
        <source>reading</source>
        <translation>判读</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/features_and_prediction.py"/>
        <source>scope</source>
        <translation>适用范围</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/features_and_prediction.py"/>
        <source>share of the log-odds</source>
        <translation>对数优势的份额</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/features_and_prediction.py"/>
        <source>side</source>
        <translation>侧别</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/features_and_prediction.py"/>
        <source>strongest first; the table names all</source>
        <translation>由强到弱；全部名称见表</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/features_and_prediction.py"/>
        <source>threshold</source>
        <translation>阈值</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/features_and_prediction.py"/>
        <source>value</source>
        <translation>数值</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/features_and_prediction.py"/>
        <source>{head}, necrosis included</source>
        <translation>{head}，包括坏死灶</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/features_and_prediction.py"/>
        <source>{n} deep features together</source>
        <translation>{n}个深度特征合计</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/features_and_prediction.py"/>
        <source>{n} other features</source>
        <translation>其他 {n} 个特征</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/features_and_prediction.py"/>
        <source>{volume} contributions {side}</source>
        <translation>{volume} 贡献 {side}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/features_and_prediction.py"/>
        <source>{volume} deep features</source>
        <translation>{volume} 深度特征</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/features_and_prediction.py"/>
        <source>{volume} prediction</source>
        <translation>{volume} 预测</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/features_and_prediction.py"/>
        <source>{volume} radiomics</source>
        <translation>{volume} 影像组学</translation>
    </message>
</context>
<context>
    <name>results.found_heads</name>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/found_heads.py"/>
        <source>The volume '{name}' was moved or replaced meanwhile; find the heads again.</source>
        <translation>“{name}”已被移动或替换；请重新查找股骨头。</translation>
    </message>
</context>
<context>
    <name>results.heatmaps</name>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/heatmaps.py"/>
        <source>Dice coefficient of that region and the necrosis outline.</source>
        <translation>该区域与坏死灶轮廓的 Dice 系数。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/heatmaps.py"/>
        <source>From the hips of the training; above 1 is unlike them.</source>
        <translation>与训练髋的距离；大于 1 表示不相似。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/heatmaps.py"/>
        <source>Heat
1: most</source>
        <translation>热度
1：最强</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/heatmaps.py"/>
        <source>Heat {side}</source>
        <translation>热度 {side}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/heatmaps.py"/>
        <source>Heatmap R and L</source>
        <translation>热力图 R 和 L</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/heatmaps.py"/>
        <source>Heatmap {side}</source>
        <translation>热力图 {side}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/heatmaps.py"/>
        <source>Of the region with heat of 0.5 or more.</source>
        <translation>热度不低于 0.5 的区域。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/heatmaps.py"/>
        <source>Stage statement</source>
        <translation>分期说明</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/heatmaps.py"/>
        <source>Standard deviation over the networks of the probability of the stage given.</source>
        <translation>各网络对所给分期概率的标准差。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/heatmaps.py"/>
        <source>The volume '{name}' was moved or replaced meanwhile; stage the hips again.</source>
        <translation>“{name}”已被移动或替换；请重新进行分期。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/heatmaps.py"/>
        <source>Whether the image is like those of the training; if not, no stage is given.</source>
        <translation>图像是否与训练图像相似；否则不给出分期。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/heatmaps.py"/>
        <source>distance</source>
        <translation>距离</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/heatmaps.py"/>
        <source>heat surface</source>
        <translation>热区表面</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/heatmaps.py"/>
        <source>heat volume</source>
        <translation>热区体积</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/heatmaps.py"/>
        <source>overlap</source>
        <translation>重叠</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/heatmaps.py"/>
        <source>scope</source>
        <translation>适用范围</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/heatmaps.py"/>
        <source>side</source>
        <translation>侧别</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/heatmaps.py"/>
        <source>spread</source>
        <translation>离散度</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/heatmaps.py"/>
        <source>stage</source>
        <translation>分期</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/heatmaps.py"/>
        <source>{volume} heat</source>
        <translation>{volume} 热度</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/heatmaps.py"/>
        <source>{volume} stage</source>
        <translation>{volume} 分期</translation>
    </message>
</context>
<context>
    <name>results.measurements</name>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/measurements.py"/>
        <source>A x B / 100, which gives the DLRC study's figures; its cut is 109.7.</source>
        <translation>A x B / 100，与 DLRC 研究的数值一致；其界值为 109.7。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/measurements.py"/>
        <source>A/180 x B/180 x 100, as printed in the DLRC study.</source>
        <translation>A/180 x B/180 x 100，如 DLRC 研究所印。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/measurements.py"/>
        <source>Acetabular edge {side}</source>
        <translation>髋臼缘 {side}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/measurements.py"/>
        <source>Acetabular edge {side} (found)</source>
        <translation>髋臼缘 {side}（自动）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/measurements.py"/>
        <source>Arc A plus arc B.</source>
        <translation>坏死角 A 与 B 之和。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/measurements.py"/>
        <source>Arc {which} {degrees:.0f}°</source>
        <translation>坏死角 {which} {degrees:.0f}°</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/measurements.py"/>
        <source>Arc {which} {side}</source>
        <translation>坏死角 {which} {side}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/measurements.py"/>
        <source>Greatest depth of the necrosis below the articular surface.</source>
        <translation>坏死灶在关节面下的最大深度。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/measurements.py"/>
        <source>JIC type</source>
        <translation>JIC 分型</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/measurements.py"/>
        <source>Mild under 15%, moderate to 30%, severe above (Steinberg 1995).</source>
        <translation>轻度低于 15%，中度至 30%，重度更高（Steinberg 1995）。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/measurements.py"/>
        <source>Necrotic arc in the axial, or by the switch sagittal, plane through the head's centre.</source>
        <translation>过股骨头中心的横断面（或按开关选择矢状面）上的坏死角。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/measurements.py"/>
        <source>Necrotic arc in the coronal plane through the head's centre (Kerboul 1974).</source>
        <translation>过股骨头中心的冠状面上的坏死角（Kerboul 1974）。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/measurements.py"/>
        <source>Necrotic arc, {plane} plane through the head's centre: {degrees:.1f}°</source>
        <translation>坏死角，过股骨头中心的{plane}面：{degrees:.1f}°</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/measurements.py"/>
        <source>Necrotic volume over head volume, 0 to 1.</source>
        <translation>坏死体积与股骨头体积之比，0 至 1。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/measurements.py"/>
        <source>Of the sphere fitted to the articular surface.</source>
        <translation>拟合关节面的球体的半径。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/measurements.py"/>
        <source>Plane of arc B.</source>
        <translation>坏死角 B 所在的平面。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/measurements.py"/>
        <source>Share of the living marrow of head and near neck that looks oedematous, 0 to 1.</source>
        <translation>股骨头和近端股骨颈存活骨髓中呈水肿表现的比例，0 至 1。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/measurements.py"/>
        <source>Suggestion from the signal of head and neck, to be confirmed by a reader.</source>
        <translation>根据股骨头和股骨颈信号的提示，需由阅片者确认。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/measurements.py"/>
        <source>The outline of one series, or the border that all series of an examination show.</source>
        <translation>一个序列的轮廓，或一次检查的全部序列共同显示的边界。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/measurements.py"/>
        <source>Type by the weight-bearing thirds (Sugano 2002).</source>
        <translation>按负重区三等分的分型（Sugano 2002）。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/measurements.py"/>
        <source>Whether a reader marked the lateral acetabular edge or it was found.</source>
        <translation>髋臼外缘由阅片者标记，还是自动找到。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/measurements.py"/>
        <source>acetabular edge</source>
        <translation>髋臼缘</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/measurements.py"/>
        <source>arc A</source>
        <translation>坏死角 A</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/measurements.py"/>
        <source>arc B</source>
        <translation>坏死角 B</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/measurements.py"/>
        <source>arcs read from</source>
        <translation>坏死角的来源</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/measurements.py"/>
        <source>centre</source>
        <translation>中心</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/measurements.py"/>
        <source>combined angle</source>
        <translation>联合坏死角</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/measurements.py"/>
        <source>degree index</source>
        <translation>坏死程度指数</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/measurements.py"/>
        <source>degree index, A x B</source>
        <translation>坏死程度指数 A x B</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/measurements.py"/>
        <source>depth</source>
        <translation>深度</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/measurements.py"/>
        <source>extent (Steinberg)</source>
        <translation>范围（Steinberg）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/measurements.py"/>
        <source>extent of oedema</source>
        <translation>水肿范围</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/measurements.py"/>
        <source>head</source>
        <translation>股骨头</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/measurements.py"/>
        <source>head radius</source>
        <translation>股骨头半径</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/measurements.py"/>
        <source>necrosis</source>
        <translation>坏死灶</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/measurements.py"/>
        <source>necrotic share</source>
        <translation>坏死占比</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/measurements.py"/>
        <source>no edge</source>
        <translation>无髋臼缘</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/measurements.py"/>
        <source>no necrosis</source>
        <translation>无坏死</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/measurements.py"/>
        <source>oedema</source>
        <translation>水肿</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/measurements.py"/>
        <source>plane of arc B</source>
        <translation>坏死角 B 的平面</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/measurements.py"/>
        <source>side</source>
        <translation>侧别</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/measurements.py"/>
        <source>{volume} measurements</source>
        <translation>{volume} 测量</translation>
    </message>
</context>
<context>
    <name>results.placing</name>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/placing.py"/>
        <source>Femoral head points</source>
        <translation>股骨头标记点</translation>
    </message>
</context>
<context>
    <name>results.radiographs</name>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/radiographs.py"/>
        <source>'{name}' has several slices; a radiograph is a single projection; choose its file.</source>
        <translation>“{name}”有多层；X 线片是单张投影；请选择其文件。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/radiographs.py"/>
        <source>'{name}' is a radiograph, not an MRI: choose it in the box Radiograph, and the hip MRI in the box MRI.</source>
        <translation>“{name}”是 X 线片，不是 MRI：请在“X 线片”框中选择它，在“MRI”框中选择髋部 MRI。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/radiographs.py"/>
        <source>'{name}' is a single slice, not an MRI volume. If it is a radiograph, tick that in ONFHSegment and choose it in the box Radiograph; choose the hip MRI in the box MRI.</source>
        <translation>“{name}”只有一层，不是 MRI 体数据。若它是 X 线片，请在 ONFHSegment 中勾选该项，并在“X 线片”框中选择它；在“MRI”框中选择髋部 MRI。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/radiographs.py"/>
        <source>'{name}' is under a transform; harden the transform first.</source>
        <translation>“{name}”处于变换之下；请先固化（harden）变换。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/radiographs.py"/>
        <source>Load a hip MRI (DICOM, NIfTI or NRRD), or take one from the Sample Data module.</source>
        <translation>请加载髋部 MRI（DICOM、NIfTI 或 NRRD），或从 Sample Data 模块取一个。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/radiographs.py"/>
        <source>The header of '{name}' says {modality}; that is no radiograph.</source>
        <translation>“{name}”的头信息为 {modality}；这不是 X 线片。</translation>
    </message>
</context>
<context>
    <name>results.readers</name>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/readers.py"/>
        <source>A consensus needs the segmentations of two readers; choose another one.</source>
        <translation>共识需要两名阅片者的分割；请再选择一个。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/readers.py"/>
        <source>Both segmentations are the same; choose another reader's segmentation to compare with.</source>
        <translation>两个分割相同；请选择另一阅片者的分割进行比较。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/readers.py"/>
        <source>Combined angle {side}</source>
        <translation>联合坏死角 {side}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/readers.py"/>
        <source>Enter your name or initials as reader before you confirm.</source>
        <translation>确认之前，请输入阅片者姓名或缩写。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/readers.py"/>
        <source>Hausdorff 95%</source>
        <translation>Hausdorff 95%</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/readers.py"/>
        <source>Larger of the two directed 95th percentiles of the surface distance.</source>
        <translation>两个方向表面距离第 95 百分位数中的较大者。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/readers.py"/>
        <source>Mean distance from either surface to the other.</source>
        <translation>任一表面到另一表面的平均距离。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/readers.py"/>
        <source>No segmentation is chosen; choose the one that you confirm.</source>
        <translation>未选择分割；请选择您要确认的分割。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/readers.py"/>
        <source>Second less first.</source>
        <translation>第二减第一。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/readers.py"/>
        <source>Twice the overlap over the sum of both volumes; a head includes its necrosis.</source>
        <translation>重叠体积的两倍除以两者体积之和；股骨头包括其坏死灶。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/readers.py"/>
        <source>consensus of {readers}</source>
        <translation>{readers} 的共识</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/readers.py"/>
        <source>difference</source>
        <translation>差值</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/readers.py"/>
        <source>first</source>
        <translation>第一</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/readers.py"/>
        <source>second</source>
        <translation>第二</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/readers.py"/>
        <source>structure</source>
        <translation>结构</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/readers.py"/>
        <source>surface distance</source>
        <translation>表面距离</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/readers.py"/>
        <source>{first} and {second}</source>
        <translation>{first} 与 {second}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/readers.py"/>
        <source>{reader}: volume, or angle in the rows of angles.</source>
        <translation>{reader}：体积；角度行中为角度。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/readers.py"/>
        <source>{volume} agreement</source>
        <translation>{volume} 一致性</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/readers.py"/>
        <source>{volume} consensus</source>
        <translation>{volume} 共识</translation>
    </message>
</context>
<context>
    <name>results.robustness</name>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/robustness.py"/>
        <source>95% interval, lower end</source>
        <translation>95% 区间下限</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/robustness.py"/>
        <source>95% interval, upper end</source>
        <translation>95% 区间上限</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/robustness.py"/>
        <source>ICC(1,1)</source>
        <translation>ICC(1,1)</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/robustness.py"/>
        <source>ICC, high</source>
        <translation>ICC 上限</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/robustness.py"/>
        <source>ICC, low</source>
        <translation>ICC 下限</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/robustness.py"/>
        <source>Share of the variance over perturbed images and outlines that is between the hips.</source>
        <translation>在扰动图像和轮廓的方差中，来自髋间差异的比例。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/robustness.py"/>
        <source>Standard deviation over the perturbations, over the mean.</source>
        <translation>各次扰动的标准差与均值之比。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/robustness.py"/>
        <source>variation {side}</source>
        <translation>变异 {side}</translation>
    </message>
</context>
<context>
    <name>results.slicer_radiomics</name>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/slicer_radiomics.py"/>
        <source>Over the larger of the two absolute values.</source>
        <translation>除以两者绝对值中较大者。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/slicer_radiomics.py"/>
        <source>SlicerRadiomics gave an empty table; its log in Slicer says why.</source>
        <translation>SlicerRadiomics给出空表；原因见Slicer中的日志。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/slicer_radiomics.py"/>
        <source>SlicerRadiomics is open, but this version of it has other fields; choose '{volume}', '{segmentation}' and the parameter file {path} there.</source>
        <translation>SlicerRadiomics已打开，但此版本的字段不同；请在其中选择"{volume}"、"{segmentation}"和参数文件{path}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/slicer_radiomics.py"/>
        <source>The features at hand are of another preset than {preset}; press Extract first.</source>
        <translation>现有特征不是用预设{preset}提取的；请先按"提取"。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/slicer_radiomics.py"/>
        <source>The outlines changed since the extraction; press Extract first.</source>
        <translation>提取之后轮廓已更改；请先按"提取"。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/slicer_radiomics.py"/>
        <source>There are no features yet; press Extract first.</source>
        <translation>尚无特征；请先按"提取"。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/slicer_radiomics.py"/>
        <source>feature</source>
        <translation>特征</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/slicer_radiomics.py"/>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/slicer_radiomics.py"/>
        <source>{count} features of each hip by SlicerRadiomics (PyRadiomics {version}); largest difference {largest:.1e} ({feature}). The table '{table}' has both.</source>
        <translation>SlicerRadiomics（PyRadiomics {version}）给出每髋{count}个特征；最大差异{largest:.1e}（{feature}）。表"{table}"并列两者。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/slicer_radiomics.py"/>
        <source>{side} difference</source>
        <translation>{side} 差异</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/slicer_radiomics.py"/>
        <source>{volume} radiomics compared</source>
        <translation>{volume} 影像组学比较</translation>
    </message>
</context>
<context>
    <name>results.survival</name>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/survival.py"/>
        <source>95% interval, high</source>
        <translation>95% 区间上限</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/survival.py"/>
        <source>95% interval, low</source>
        <translation>95% 区间下限</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/survival.py"/>
        <source>95% interval, lower end</source>
        <translation>95% 区间下限</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/survival.py"/>
        <source>95% interval, upper end</source>
        <translation>95% 区间上限</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/survival.py"/>
        <source>Act on all</source>
        <translation>全部干预</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/survival.py"/>
        <source>Average hip of the cohort</source>
        <translation>队列的平均髋</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/survival.py"/>
        <source>Calibration at {months} months</source>
        <translation>{months} 个月的校准</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/survival.py"/>
        <source>Curve {kind}</source>
        <translation>曲线 {kind}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/survival.py"/>
        <source>Decision curves at {months} months</source>
        <translation>{months} 个月的决策曲线</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/survival.py"/>
        <source>Held-out risk groups, {model} model</source>
        <translation>留出的风险组，{model} 模型</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/survival.py"/>
        <source>High risk</source>
        <translation>高危</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/survival.py"/>
        <source>High-risk group of the cohort</source>
        <translation>队列的高危组</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/survival.py"/>
        <source>High-risk group of the study</source>
        <translation>研究的高危组</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/survival.py"/>
        <source>Low risk</source>
        <translation>低危</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/survival.py"/>
        <source>Low-risk group of the cohort</source>
        <translation>队列的低危组</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/survival.py"/>
        <source>Low-risk group of the study</source>
        <translation>研究的低危组</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/survival.py"/>
        <source>Model comparison</source>
        <translation>模型比较</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/survival.py"/>
        <source>Model performance</source>
        <translation>模型性能</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/survival.py"/>
        <source>No collapse, hip {side}: {model}</source>
        <translation>无塌陷，{side} 髋：{model}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/survival.py"/>
        <source>No-collapse survival curve {side}</source>
        <translation>无塌陷生存曲线 {side}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/survival.py"/>
        <source>No-collapse survival {side}</source>
        <translation>无塌陷生存 {side}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/survival.py"/>
        <source>Observed</source>
        <translation>实际</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/survival.py"/>
        <source>Perfect</source>
        <translation>理想</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/survival.py"/>
        <source>Published clinical model (DLRC)</source>
        <translation>已发表的临床模型（DLRC）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/survival.py"/>
        <source>Survival model on other hips</source>
        <translation>其他髋的生存模型</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/survival.py"/>
        <source>Survival report</source>
        <translation>生存报告</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/survival.py"/>
        <source>This hip ({side})</source>
        <translation>本髋（{side}）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/survival.py"/>
        <source>Univariate survival models</source>
        <translation>单因素生存模型</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/survival.py"/>
        <source>high</source>
        <translation>高</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/survival.py"/>
        <source>low</source>
        <translation>低</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/survival.py"/>
        <source>months after surgery</source>
        <translation>术后月数</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/survival.py"/>
        <source>net benefit</source>
        <translation>净获益</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/survival.py"/>
        <source>observed</source>
        <translation>实际</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/survival.py"/>
        <source>predicted no-collapse survival</source>
        <translation>预测的无塌陷生存率</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/survival.py"/>
        <source>probability of no collapse</source>
        <translation>无塌陷概率</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/survival.py"/>
        <source>risk from which one would act</source>
        <translation>采取行动的风险阈值</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/survival.py"/>
        <source>survival</source>
        <translation>生存率</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/survival.py"/>
        <source>thick line: this hip; dashed: its 95% interval</source>
        <translation>粗线：本髋；虚线：其 95% 区间</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/survival.py"/>
        <source>time</source>
        <translation>时间</translation>
    </message>
</context>
<context>
    <name>results.warnings</name>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/warnings.py"/>
        <source>Both hips: {text}</source>
        <translation>双髋：{text}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/warnings.py"/>
        <source>Out of scope for the stage: {why}</source>
        <translation>超出分期的适用范围：{why}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/warnings.py"/>
        <source>features failed</source>
        <translation>特征提取失败</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/warnings.py"/>
        <source>features of the radiograph failed</source>
        <translation>X 线片特征提取失败</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/warnings.py"/>
        <source>no survival</source>
        <translation>没有生存结果</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/results/warnings.py"/>
        <source>{volume} warnings</source>
        <translation>{volume} 警告</translation>
    </message>
</context>
<context>
    <name>review.case</name>
    <message>
        <location filename="../../ONFHAssistLib/scene/review/case.py"/>
        <source>The image of this hip was removed from the scene; open the hip again.</source>
        <translation>该髋的图像已被移出场景；请重新打开该髋。</translation>
    </message>
</context>
<context>
    <name>review.cohort</name>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/cohort.py"/>
        <source> {count} cases have no outlines.</source>
        <translation> {count} 个病例没有轮廓。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/cohort.py"/>
        <source>Accept the outlines as they are now; where you changed them, they are kept as your correction.</source>
        <translation>接受当前轮廓；您修改之处将作为您的修正予以保留。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/cohort.py"/>
        <source>Checking packages ...</source>
        <translation>正在检查软件包……</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/cohort.py"/>
        <source>Choose a hip in the table.</source>
        <translation>请在表格中选择一个髋。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/cohort.py"/>
        <source>Computing anew: {cases}.</source>
        <translation>正在重新计算：{cases}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/cohort.py"/>
        <source>Confirming ...</source>
        <translation>正在确认……</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/cohort.py"/>
        <source>Enter your name or initials as reader at the top.</source>
        <translation>请在上方输入阅片者姓名或缩写。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/cohort.py"/>
        <source>Left hip</source>
        <translation>左髋</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/cohort.py"/>
        <source>Looking at the cases ...</source>
        <translation>正在查看病例……</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/cohort.py"/>
        <source>Right hip</source>
        <translation>右髋</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/cohort.py"/>
        <source>The outlines that are shown are {owner}'s correction; put them back first.</source>
        <translation>当前显示的是 {owner} 的修正轮廓；请先恢复原样。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/cohort.py"/>
        <source>The outlines were changed and not confirmed; confirm them, or put them back.</source>
        <translation>轮廓已修改但未确认；请确认，或恢复原样。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/cohort.py"/>
        <source>There is no further hip in this direction.</source>
        <translation>此方向上没有更多的髋。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/cohort.py"/>
        <source>Writing ...</source>
        <translation>正在写入……</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/cohort.py"/>
        <source>You have decided nothing on this hip.</source>
        <translation>您尚未对该髋作出判定。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/cohort.py"/>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/cohort.py"/>
        <source>{case} is computed anew from the corrected outlines.</source>
        <translation>{case} 已根据修正后的轮廓重新计算。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/cohort.py"/>
        <source>{case} is corrected ({changes}).</source>
        <translation>{case} 已修正（{changes}）。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/cohort.py"/>
        <source>{case} was not computed anew: {problem}</source>
        <translation>{case} 未能重新计算：{problem}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/cohort.py"/>
        <source>{case} {side} is accepted.</source>
        <translation>{case} {side} 已接受。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/cohort.py"/>
        <source>{case} {side} is rejected.</source>
        <translation>{case} {side} 已拒绝。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/cohort.py"/>
        <source>{case} {side}: taken back.</source>
        <translation>{case} {side}：已撤回。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/cohort.py"/>
        <source>{hips} hips of {cases} cases.</source>
        <translation>{cases} 个病例的 {hips} 髋。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/cohort.py"/>
        <source>{reader} has a correction of {case} that is not shown; put the outlines back first.</source>
        <translation>{reader} 对 {case} 有一份未显示的修正；请先将轮廓恢复原样。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/cohort.py"/>
        <source>{side} of {case}, doubt {doubt:.0%}: {decision}</source>
        <translation>{case} 的 {side}，疑问度 {doubt:.0%}：{decision}</translation>
    </message>
</context>
<context>
    <name>review.corrected</name>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/corrected.py"/>
        <source>by</source>
        <translation>按</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/corrected.py"/>
        <source>corrected</source>
        <translation>已修改</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/corrected.py"/>
        <source>head</source>
        <translation>股骨头</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/corrected.py"/>
        <source>left</source>
        <translation>左侧</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/corrected.py"/>
        <source>ml moved</source>
        <translation>移动的 ml</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/corrected.py"/>
        <source>necrosis</source>
        <translation>坏死灶</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/corrected.py"/>
        <source>of judged</source>
        <translation>占已判读</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/corrected.py"/>
        <source>region</source>
        <translation>区域</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/corrected.py"/>
        <source>right</source>
        <translation>右侧</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/corrected.py"/>
        <source>scanner</source>
        <translation>扫描仪</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/corrected.py"/>
        <source>side</source>
        <translation>侧别</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/corrected.py"/>
        <source>stage</source>
        <translation>分期</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/corrected.py"/>
        <source>structure</source>
        <translation>结构</translation>
    </message>
</context>
<context>
    <name>review.hips_table</name>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/hips_table.py"/>
        <source>Accepted</source>
        <translation>已接受</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/hips_table.py"/>
        <source>All hips</source>
        <translation>全部髋</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/hips_table.py"/>
        <source>Corrected</source>
        <translation>已修正</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/hips_table.py"/>
        <source>Decided by me</source>
        <translation>我已判读</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/hips_table.py"/>
        <source>No.</source>
        <translation>编号</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/hips_table.py"/>
        <source>Open</source>
        <translation>待判</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/hips_table.py"/>
        <source>Rejected</source>
        <translation>已拒绝</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/hips_table.py"/>
        <source>accepted</source>
        <translation>已接受</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/hips_table.py"/>
        <source>case</source>
        <translation>病例</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/hips_table.py"/>
        <source>corrected</source>
        <translation>已修改</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/hips_table.py"/>
        <source>decision</source>
        <translation>决定</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/hips_table.py"/>
        <source>doubt</source>
        <translation>存疑度</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/hips_table.py"/>
        <source>hip</source>
        <translation>髋</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/hips_table.py"/>
        <source>open</source>
        <translation>待定</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/hips_table.py"/>
        <source>rejected</source>
        <translation>已拒绝</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/hips_table.py"/>
        <source>{decision}, outline changed since</source>
        <translation>{decision}，轮廓此后有改动</translation>
    </message>
</context>
<context>
    <name>review.loading</name>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/loading.py"/>
        <source>Reading {case} ...</source>
        <translation>正在读取 {case}……</translation>
    </message>
</context>
<context>
    <name>review.train</name>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/train.py"/>
        <source>A new model waits for your decision: {network}.</source>
        <translation>有一个新模型等待您的决定：{network}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/train.py"/>
        <source>A new model waits for your decision; use it or discard it first.</source>
        <translation>有新模型等待您决定；请先使用或丢弃它。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/train.py"/>
        <source>Checking packages ...</source>
        <translation>正在检查软件包……</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/train.py"/>
        <source>Deep features</source>
        <translation>深度特征</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/train.py"/>
        <source>Dice of the femoral head</source>
        <translation>股骨头的Dice系数</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/train.py"/>
        <source>Dice of the necrosis</source>
        <translation>坏死区的Dice系数</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/train.py"/>
        <source>Discarding ...</source>
        <translation>正在丢弃……</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/train.py"/>
        <source>Finding the femoral heads</source>
        <translation>寻找股骨头</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/train.py"/>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/train.py"/>
        <source>It answers nothing until you decide.</source>
        <translation>在您决定之前，它不作任何回答。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/train.py"/>
        <source>It is better on the patients that were held back.</source>
        <translation>在留出的患者上，新模型更好。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/train.py"/>
        <source>It is worse on the patients that were held back; discard it.</source>
        <translation>在留出的患者上，新模型更差；请弃用。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/train.py"/>
        <source>Looking at the outlines ...</source>
        <translation>正在查看轮廓……</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/train.py"/>
        <source>No difference is shown on the patients that were held back.</source>
        <translation>在留出的患者上未显示差异。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/train.py"/>
        <source>Outlines of femoral head and necrosis</source>
        <translation>股骨头和坏死区的轮廓</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/train.py"/>
        <source>Putting the new model into use ...</source>
        <translation>正在启用新模型……</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/train.py"/>
        <source>Reading the patients ...</source>
        <translation>正在读取患者……</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/train.py"/>
        <source>Stages 0, I and II</source>
        <translation>0、I、II期分期</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/train.py"/>
        <source>That is kept in {folder}.</source>
        <translation>其保存于{folder}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/train.py"/>
        <source>The new model is discarded; what is in use stays.</source>
        <translation>新模型已丢弃；使用中的模型保持不变。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/train.py"/>
        <source>The verdict is that of the corrected hips.</source>
        <translation>结论取自经修正的髋。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/train.py"/>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/train.py"/>
        <source>Trained on {hips} hips of {learned} patients; {held} others judged it.</source>
        <translation>用{learned}名患者的{hips}个髋训练；由另外{held}名患者评判。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/train.py"/>
        <source>after</source>
        <translation>之后</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/train.py"/>
        <source>before</source>
        <translation>之前</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/train.py"/>
        <source>better</source>
        <translation>更好</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/train.py"/>
        <source>corrected hips</source>
        <translation>经修正的髋</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/train.py"/>
        <source>difference (95%)</source>
        <translation>差值（95%）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/train.py"/>
        <source>enough</source>
        <translation>足够</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/train.py"/>
        <source>error of the head's centre, mm</source>
        <translation>股骨头中心误差，mm</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/train.py"/>
        <source>hips</source>
        <translation>髋</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/train.py"/>
        <source>needed</source>
        <translation>需要</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/train.py"/>
        <source>network</source>
        <translation>网络</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/train.py"/>
        <source>patients</source>
        <translation>患者</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/train.py"/>
        <source>probability of the true stage</source>
        <translation>真实分期的概率</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/train.py"/>
        <source>share of hips staged right</source>
        <translation>分期正确的髋所占比例</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/train.py"/>
        <source>to try it</source>
        <translation>可试用</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/train.py"/>
        <source>too few</source>
        <translation>过少</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/train.py"/>
        <source>{model} is in use; results of before were made with the model before it.</source>
        <translation>{model}已启用；此前的结果由先前的模型得出。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/panels/review/train.py"/>
        <source>{patients} patients with {hips} hips: {corrected} corrected, {accepted} accepted as the network drew them, {lesions} with a necrosis. Hips of stage {told}.</source>
        <translation>{patients} 名患者，{hips} 个髋：{corrected} 个经阅片者修改，{accepted} 个按网络勾画接受，{lesions} 个有坏死。各分期髋数：{told}。</translation>
    </message>
</context>
<context>
    <name>review.training</name>
    <message>
        <location filename="../../ONFHAssistLib/scene/review/training.py"/>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/review/training.py"/>
        <source>Training curve</source>
        <translation>训练曲线</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/review/training.py"/>
        <source>batch</source>
        <translation>批次</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/review/training.py"/>
        <source>each batch</source>
        <translation>每个批次</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/review/training.py"/>
        <source>loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/review/training.py"/>
        <source>mean of ten</source>
        <translation>十次平均</translation>
    </message>
</context>
<context>
    <name>scene.case</name>
    <message>
        <location filename="../../ONFHAssistLib/scene/case.py"/>
        <source>{head} box</source>
        <translation>{head} 边框</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/case.py"/>
        <source>{volume} ONFH results</source>
        <translation>{volume} ONFH 结果</translation>
    </message>
</context>
<context>
    <name>scene.plots</name>
    <message>
        <location filename="../../ONFHAssistLib/scene/plots.py"/>
        <source>dash-dot</source>
        <translation>点划线</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/plots.py"/>
        <source>dashed</source>
        <translation>虚线</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/plots.py"/>
        <source>dotted</source>
        <translation>点线</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/plots.py"/>
        <source>solid</source>
        <translation>实线</translation>
    </message>
</context>
<context>
    <name>scene.segmentations</name>
    <message>
        <location filename="../../ONFHAssistLib/scene/segmentations.py"/>
        <source> and </source>
        <translation> 和 </translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/segmentations.py"/>
        <source>'{name}' is '{structure}' by its terminology or ID, and not by its name</source>
        <translation>“{name}”按术语或 ID 为“{structure}”，与其名称不符</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/segmentations.py"/>
        <source>Femoral head L</source>
        <translation>股骨头 L</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/segmentations.py"/>
        <source>Femoral head R</source>
        <translation>股骨头 R</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/segmentations.py"/>
        <source>In the segmentation '{name}' it cannot be told what is what: {doubts}. Set its terminology and its name, or remove it.</source>
        <translation>无法判断分割“{name}”中各部分为何物：{doubts}。请设置其术语和名称，或将其删除。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/segmentations.py"/>
        <source>Left out of the outlines, as a copy or since neither terminology nor name tells what it is: {names}.</source>
        <translation>未计入轮廓（为副本，或术语与名称均未说明其为何物）：{names}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/segmentations.py"/>
        <source>Necrosis L</source>
        <translation>坏死灶 L</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/segmentations.py"/>
        <source>Necrosis R</source>
        <translation>坏死灶 R</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/segmentations.py"/>
        <source>No segmentation is chosen; outline the femoral heads first.</source>
        <translation>未选择分割；请先勾画股骨头。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/segmentations.py"/>
        <source>The segmentation '{name}' has '{necrosis}' and no '{head}'; outline the head as well.</source>
        <translation>分割“{name}”有“{necrosis}”而没有“{head}”；请同时勾画股骨头。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/segmentations.py"/>
        <source>The segmentation '{name}' has no filled segment named {expected}.</source>
        <translation>分割“{name}”中没有名为 {expected} 的非空分割段。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/segmentations.py"/>
        <source>each of {names} may be '{structure}'</source>
        <translation>{names} 均可能是“{structure}”</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/segmentations.py"/>
        <source>the terminology of '{name}' states no side</source>
        <translation>“{name}”的术语未说明侧别</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/segmentations.py"/>
        <source>{volume} ONFH</source>
        <translation>{volume} ONFH</translation>
    </message>
</context>
<context>
    <name>scene.summary</name>
    <message>
        <location filename="../../ONFHAssistLib/scene/summary.py"/>
        <source> &lt;b&gt;outdated&lt;/b&gt;</source>
        <translation> &lt;b&gt;已过时&lt;/b&gt;</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/summary.py"/>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/summary.py"/>
        <source>, JIC type [{type}]</source>
        <translation>，JIC 分型 [{type}]</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/summary.py"/>
        <source>, by the {model}</source>
        <translation>，依据{model}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/summary.py"/>
        <source>, combined necrotic angle [{angle:.0f}°]</source>
        <translation>，联合坏死角 [{angle:.0f}°]</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/summary.py"/>
        <source>, spread [{share:.0f}%]</source>
        <translation>，离散度 [{share:.0f}%]</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/summary.py"/>
        <source>; assumed: {findings}</source>
        <translation>；假定：{findings}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/summary.py"/>
        <source>Early osteonecrosis [{share}] ({reading})</source>
        <translation>早期股骨头坏死 [{share}]（{reading}）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/summary.py"/>
        <source>Early osteonecrosis: [out of scope], no answer</source>
        <translation>早期股骨头坏死：[超出适用范围]，不作回答</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/summary.py"/>
        <source>Head radius [{radius:.1f} mm], necrosis [{ml:.1f} ml]</source>
        <translation>股骨头半径 [{radius:.1f} mm]，坏死灶 [{ml:.1f} ml]</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/summary.py"/>
        <source>No collapse {points}</source>
        <translation>无塌陷 {points}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/summary.py"/>
        <source>Not staged</source>
        <translation>未分期</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/summary.py"/>
        <source>Outdated results rest on other outlines or measurements than the present ones; redo their steps.</source>
        <translation>已过时的结果所依据的轮廓或测量与当前不同；请重做相应步骤。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/summary.py"/>
        <source>Stage [{stage}], probability [{share}]</source>
        <translation>分期 [{stage}]，概率 [{share}]</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/summary.py"/>
        <source>Stage: [out of scope], no answer</source>
        <translation>分期：[超出适用范围]，不作回答</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/summary.py"/>
        <source>[{share:.1f}%] at {month:.0f} months ({low:.0f} to {high:.0f}%)</source>
        <translation>{month:.0f} 个月 [{share:.1f}%]（{low:.0f} 至 {high:.0f}%）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/summary.py"/>
        <source>over 99%</source>
        <translation>高于 99%</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/summary.py"/>
        <source>published clinical model</source>
        <translation>已发表的临床模型</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/summary.py"/>
        <source>table</source>
        <translation>表格</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/summary.py"/>
        <source>under 1%</source>
        <translation>低于 1%</translation>
    </message>
</context>
<context>
    <name>scene.volumes</name>
    <message>
        <location filename="../../ONFHAssistLib/scene/volumes.py"/>
        <source>No volume is chosen; choose an MRI volume first.</source>
        <translation>未选择图像；请先选择 MRI 图像。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/volumes.py"/>
        <source>Slicer loaded {loaded} of the {all} files of this series.</source>
        <translation>Slicer 只加载了该序列 {all} 个文件中的 {loaded} 个。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/volumes.py"/>
        <source>The header of '{name}' says {stated}; that is kept.</source>
        <translation>“{name}”的头信息为 {stated}；以此为准。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/volumes.py"/>
        <source>The volume '{name}' holds no voxels; load it again.</source>
        <translation>“{name}”没有体素；请重新加载。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/volumes.py"/>
        <source>The volume '{name}' is a colour image; a grey image is needed.</source>
        <translation>“{name}”是彩色图像；需要灰度图像。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/volumes.py"/>
        <source>The volume '{name}' is under a warping transform; harden it first.</source>
        <translation>“{name}”处于非线性变换之下；请先固化（harden）变换。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/volumes.py"/>
        <source>{count} files of the series are not in the volume.</source>
        <translation>该序列的 {count} 个文件不在图像中。</translation>
    </message>
</context>
<context>
    <name>scene.words</name>
    <message>
        <location filename="../../ONFHAssistLib/scene/words.py"/>
        <source>Femoral head L</source>
        <translation>股骨头 L</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/words.py"/>
        <source>Femoral head R</source>
        <translation>股骨头 R</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/words.py"/>
        <source>Left</source>
        <translation>左侧</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/words.py"/>
        <source>Left hip</source>
        <translation>左髋</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/words.py"/>
        <source>Necrosis L</source>
        <translation>坏死灶 L</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/words.py"/>
        <source>Necrosis R</source>
        <translation>坏死灶 R</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/words.py"/>
        <source>Right</source>
        <translation>右侧</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/words.py"/>
        <source>Right hip</source>
        <translation>右髋</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/words.py"/>
        <source>axial</source>
        <translation>横断</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/words.py"/>
        <source>cannot tell</source>
        <translation>无法判断</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/words.py"/>
        <source>coronal</source>
        <translation>冠状</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/words.py"/>
        <source>early osteonecrosis likely</source>
        <translation>早期股骨头坏死可能性大</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/words.py"/>
        <source>early osteonecrosis unlikely</source>
        <translation>早期股骨头坏死可能性小</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/words.py"/>
        <source>in scope</source>
        <translation>适用</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/words.py"/>
        <source>likely</source>
        <translation>可能性大</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/words.py"/>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/words.py"/>
        <source>not seen</source>
        <translation>未见</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/words.py"/>
        <source>not staged</source>
        <translation>未分期</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/words.py"/>
        <source>out of scope</source>
        <translation>超出适用范围</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/words.py"/>
        <source>sagittal</source>
        <translation>矢状</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/words.py"/>
        <source>suggested</source>
        <translation>提示有</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/words.py"/>
        <source>unlikely</source>
        <translation>可能性小</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/scene/words.py"/>
        <source>yes</source>
        <translation>是</translation>
    </message>
</context>
<context>
    <name>ui.jobs</name>
    <message>
        <location filename="../../ONFHAssistLib/ui/jobs.py"/>
        <source>The computer ran out of memory; trying once more with one thread and no GPU ...</source>
        <translation>计算机内存不足；正以单线程、不使用 GPU 再试一次……</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/jobs.py"/>
        <source>The worker stopped unexpectedly (code {code}); try again.</source>
        <translation>后台进程意外停止（代码 {code}）；请重试。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/jobs.py"/>
        <source>The worker was ended from outside twice, probably for want of memory; close other programs or crop the image, and try again.</source>
        <translation>后台进程两次被外部终止，可能因内存不足；请关闭其他程序或裁剪图像，再重试。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/jobs.py"/>
        <source>The worker was ended from outside; try again.</source>
        <translation>后台进程被外部终止；请重试。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/jobs.py"/>
        <source>This is a fault of ONFHAssist ({message}); the error log has the details.</source>
        <translation>这是 ONFHAssist 的故障（{message}）；详情见错误日志。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/jobs.py"/>
        <source>{message} Its last words: {words}</source>
        <translation>{message} 其最后输出：{words}</translation>
    </message>
</context>
<context>
    <name>ui.module_widget</name>
    <message>
        <location filename="../../ONFHAssistLib/ui/module_widget.py"/>
        <source>▸ ⚠ Warnings: {count}</source>
        <translation>▸ ⚠ 警告：{count}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/module_widget.py"/>
        <source>▾ ⚠ Warnings: {count}</source>
        <translation>▾ ⚠ 警告：{count}</translation>
    </message>
</context>
<context>
    <name>ui.packages</name>
    <message>
        <location filename="../../ONFHAssistLib/ui/packages.py"/>
        <source>This step needs PyTorch; install the extension 'PyTorch' in the Extensions Manager, restart, try again.</source>
        <translation>这一步需要 PyTorch；请在扩展管理器中安装扩展“PyTorch”，重新启动后再试。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/packages.py"/>
        <source>This step needs the Python packages {packages}; install them and press the button again.</source>
        <translation>这一步需要 Python 软件包 {packages}；请安装后再按一次按钮。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/packages.py"/>
        <source>This step needs {packages} from the Python package index. Install now?</source>
        <translation>这一步需要来自 Python 软件包索引的 {packages}。现在安装吗？</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/packages.py"/>
        <source>{packages} could not be installed{problem}; is this computer offline? What needs none of them works; try again when it is connected.</source>
        <translation>无法安装 {packages}{problem}；计算机是否离线？不需要它们的功能仍可使用；联网后请重试。</translation>
    </message>
</context>
<context>
    <name>ui.run</name>
    <message>
        <location filename="../../ONFHAssistLib/ui/run.py"/>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/run.py"/>
        <source>Cancelled; the scene is as it was.</source>
        <translation>已取消；场景保持原样。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/run.py"/>
        <source>Putting the result into the scene ...</source>
        <translation>正在将结果放入场景……</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/run.py"/>
        <source>This is a fault of ONFHAssist ({kind}: {error}); the error log has the details.</source>
        <translation>这是 ONFHAssist 的故障（{kind}: {error}）；详情见错误日志。</translation>
    </message>
</context>
<context>
    <name>ui.system_check</name>
    <message>
        <location filename="../../ONFHAssistLib/ui/system_check.py"/>
        <source> and </source>
        <translation> 和 </translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/system_check.py"/>
        <source>&lt;b&gt;Always there&lt;/b&gt;: outlines by sphere or circle, measurements, comparison of readers, and the survival of the published clinical model.</source>
        <translation>&lt;b&gt;始终可用&lt;/b&gt;：用球体或圆勾画、测量、阅片者比较，以及已发表的临床模型的生存结果。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/system_check.py"/>
        <source>&lt;b&gt;Missing&lt;/b&gt;, about {size} MB on the disk ({place}):</source>
        <translation>&lt;b&gt;缺失&lt;/b&gt;，约占磁盘 {size} MB（{place}）：</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/system_check.py"/>
        <source>&lt;b&gt;Nothing is missing&lt;/b&gt;: every step works, and none needs the network.</source>
        <translation>&lt;b&gt;没有缺失&lt;/b&gt;：每一步都可运行，且都不需要网络。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/system_check.py"/>
        <source>&lt;b&gt;Ready&lt;/b&gt;: {steps}.</source>
        <translation>&lt;b&gt;就绪&lt;/b&gt;：{steps}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/system_check.py"/>
        <source>&lt;b&gt;The disk has too little room&lt;/b&gt; for them; make some first.</source>
        <translation>&lt;b&gt;磁盘空间不足&lt;/b&gt;；请先腾出空间。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/system_check.py"/>
        <source>&lt;b&gt;This computer&lt;/b&gt;: {facts}.</source>
        <translation>&lt;b&gt;本计算机&lt;/b&gt;：{facts}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/system_check.py"/>
        <source>&lt;b&gt;Without them&lt;/b&gt; these do not work: {steps}.</source>
        <translation>&lt;b&gt;缺少它们&lt;/b&gt;时以下功能不可用：{steps}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/system_check.py"/>
        <source>GPU {name}, {free:.1f} of {all:.1f} GB free</source>
        <translation>GPU {name}，可用 {free:.1f} GB，共 {all:.1f} GB</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/system_check.py"/>
        <source>Install {names}, about {size} MB, from {places}?</source>
        <translation>是否安装 {names}（约 {size} MB，来自 {places}）？</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/system_check.py"/>
        <source>Installed: {names}.</source>
        <translation>已安装：{names}。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/system_check.py"/>
        <source>Installing ...</source>
        <translation>正在安装……</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/system_check.py"/>
        <source>Looking ...</source>
        <translation>正在检查……</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/system_check.py"/>
        <source>No NVIDIA GPU was found; none is needed.</source>
        <translation>未找到 NVIDIA GPU；也不需要。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/system_check.py"/>
        <source>Nothing was installed.</source>
        <translation>未安装任何软件包。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/system_check.py"/>
        <source>deep features</source>
        <translation>深度特征</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/system_check.py"/>
        <source>develop diagnostic models</source>
        <translation>开发诊断模型</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/system_check.py"/>
        <source>develop survival models</source>
        <translation>开发生存模型</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/system_check.py"/>
        <source>find and outline</source>
        <translation>查找与勾画</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/system_check.py"/>
        <source>probability by radiomics</source>
        <translation>影像组学概率</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/system_check.py"/>
        <source>probability by radiomics and deep features</source>
        <translation>影像组学加深度特征的概率</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/system_check.py"/>
        <source>radiomics features</source>
        <translation>影像组学特征</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/system_check.py"/>
        <source>report</source>
        <translation>报告</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/system_check.py"/>
        <source>robustness of features</source>
        <translation>特征稳健性</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/system_check.py"/>
        <source>stage with heatmap</source>
        <translation>分期及热力图</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/system_check.py"/>
        <source>survival by radiograph or by a model of your own</source>
        <translation>基于 X 线片或自有模型的生存</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/system_check.py"/>
        <source>the Python package index, pypi.org</source>
        <translation>Python 软件包索引 pypi.org</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/system_check.py"/>
        <source>the extension PyTorch, from download.pytorch.org</source>
        <translation>扩展 PyTorch（来自 download.pytorch.org）</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/system_check.py"/>
        <source>{free:.0f} GB free on the disk</source>
        <translation>磁盘可用 {free:.0f} GB</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/system_check.py"/>
        <source>{free:.1f} of {all:.1f} GB memory free</source>
        <translation>内存可用 {free:.1f} GB，共 {all:.1f} GB</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/system_check.py"/>
        <source>{n} cores</source>
        <translation>{n} 个核心</translation>
    </message>
</context>
<context>
    <name>ui.texts</name>
    <message>
        <location filename="../../ONFHAssistLib/ui/texts.py"/>
        <source>'{name}' was removed from the scene, so the work on it has ended.</source>
        <translation>“{name}”已被移出场景，对它的处理因此结束。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/texts.py"/>
        <source>&lt;b&gt;For research, not for diagnosis.&lt;/b&gt; The bundled models learned from simulated disease; train and validate them on your own before you rely on them.</source>
        <translation>&lt;b&gt;仅供研究，不用于诊断。&lt;/b&gt;自带的模型从模拟病变学习；在依赖它们之前，请用您自己的患者训练和验证。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/texts.py"/>
        <source>&lt;b&gt;Out of scope: no answer.&lt;/b&gt;</source>
        <translation>&lt;b&gt;超出适用范围：不作回答。&lt;/b&gt;</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/texts.py"/>
        <source>By {model}. It is not a diagnosis.</source>
        <translation>由 {model} 给出。这不是诊断。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/texts.py"/>
        <source>Hip {side} failed: {reason}</source>
        <translation>{side} 髋失败：{reason}</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/texts.py"/>
        <source>one hip</source>
        <translation>一个髋</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/texts.py"/>
        <source>two hips</source>
        <translation>两个髋</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/texts.py"/>
        <source>{count} features of {hips} in {seconds:.1f} s.</source>
        <translation>{hips}的 {count} 个特征，用时 {seconds:.1f} s。</translation>
    </message>
    <message>
        <location filename="../../ONFHAssistLib/ui/texts.py"/>
        <source>{volume}: {text}</source>
        <translation>{volume}：{text}</translation>
    </message>
</context>
</TS>
