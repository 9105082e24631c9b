"""``qMRMLNodeComboBox`` over the real scene."""

import pytest


@pytest.fixture
def combo(scene):
    import slicer

    widget = slicer.qMRMLNodeComboBox()
    widget.nodeTypes = ["vtkMRMLScalarVolumeNode"]
    widget.setMRMLScene(scene)
    return widget


@pytest.fixture
def volume(scene):
    return scene.AddNewNodeByClass("vtkMRMLScalarVolumeNode", "T1")


def test_fresh_combo_box_has_slicers_defaults(combo):
    assert combo.noneEnabled is False
    assert combo.addEnabled is True
    assert combo.nodeTypes == ("vtkMRMLScalarVolumeNode",)
    assert combo.currentNode() is None
    assert combo.currentNodeID == ""


def test_adding_a_node_lists_it_and_chooses_nothing(combo, scene):
    heard = []
    combo.connect("nodeAdded(vtkMRMLNode*)", heard.append)
    node = scene.AddNewNodeByClass("vtkMRMLScalarVolumeNode", "T1")
    scene.AddNewNodeByClass("vtkMRMLTableNode")
    assert combo.nodeCount() == 1
    assert combo.currentNode() is None
    assert heard == [node]


def test_choosing_announces_node_id_and_bool(combo, volume):
    nodes, ids, flags = [], [], []
    assert combo.connect("currentNodeChanged(vtkMRMLNode*)", nodes.append)
    assert combo.connect("currentNodeIDChanged(QString)", ids.append)
    assert combo.connect("currentNodeChanged(bool)", flags.append)
    combo.setCurrentNode(volume)
    combo.setCurrentNode(volume)
    assert (nodes, ids, flags) == ([volume], [volume.GetID()], [True])
    assert combo.currentNode() is volume
    assert combo.currentNodeID == volume.GetID()


def test_removed_node_is_no_longer_chosen(combo, volume, scene):
    combo.setCurrentNode(volume)
    heard = []
    combo.currentNodeChanged.connect(heard.append)
    scene.RemoveNode(volume)
    assert combo.nodeCount() == 0
    assert combo.currentNode() is None
    assert heard == [None]


def test_closing_the_scene_empties_it(combo, volume, scene):
    combo.setCurrentNode(volume)
    scene.Clear(0)
    assert (combo.nodeCount(), combo.currentNode()) == (0, None)


def test_node_of_another_class_is_not_chosen(combo, scene):
    combo.setCurrentNode(scene.AddNewNodeByClass("vtkMRMLTableNode"))
    assert combo.currentNode() is None


def test_current_node_id_can_be_set(combo, volume):
    combo.currentNodeID = volume.GetID()
    assert combo.currentNode() is volume


def test_label_maps_are_left_out_where_child_types_are_not_shown(combo, scene):
    scene.AddNewNodeByClass("vtkMRMLLabelMapVolumeNode")
    assert combo.nodeCount() == 1
    combo.showChildNodeTypes = False
    assert combo.nodeCount() == 0


def test_hidden_nodes_are_not_listed(combo, scene):
    import slicer

    node = slicer.vtkMRMLScalarVolumeNode()
    node.SetHideFromEditors(1)
    scene.AddNode(node)
    assert combo.nodeCount() == 0
    combo.showHidden = True
    assert combo.nodeCount() == 1


def test_attribute_filters_what_is_listed(combo, scene, volume):
    combo.addAttribute("vtkMRMLScalarVolumeNode", "MyExtension.role", "map")
    assert combo.nodeCount() == 0
    volume.SetAttribute("MyExtension.role", "map")
    other = scene.AddNewNodeByClass("vtkMRMLScalarVolumeNode")
    other.SetAttribute("MyExtension.role", "image")
    combo.removeAttribute("vtkMRMLScalarVolumeNode", "MyExtension.role")
    assert combo.nodeCount() == 2
    combo.addAttribute("vtkMRMLScalarVolumeNode", "MyExtension.role", "map")
    assert combo.nodes() == [volume]


def test_create_new_makes_and_chooses_a_node(combo, scene):
    combo.baseName = "Result"
    node = combo.addNode()
    assert node.GetName() == "Result"
    assert combo.currentNode() is node


def test_new_name_of_a_node_is_shown(combo, volume):
    volume.SetName("T2 FS")
    assert combo._box.itemText(0) == "T2 FS"


def test_users_click_chooses(combo, volume):
    combo.noneEnabled = True
    combo._box.activated.emit(1)
    assert combo.currentNode() is volume
    combo._box.activated.emit(0)
    assert combo.currentNode() is None


def test_deleted_combo_box_leaves_the_scene_alone(scene):
    import shiboken6
    import slicer

    widget = slicer.qMRMLNodeComboBox()
    widget.nodeTypes = ["vtkMRMLTableNode"]
    widget.setMRMLScene(scene)
    shiboken6.delete(widget)
    assert scene.AddNewNodeByClass("vtkMRMLTableNode") is not None


def test_a_node_that_is_hidden_or_gets_what_is_asked_for_comes_and_goes(combo, volume):
    assert combo.nodes() == [volume]
    volume.SetHideFromEditors(True)
    assert combo.nodes() == []
    volume.SetHideFromEditors(False)
    combo.addAttribute("vtkMRMLScalarVolumeNode", "role", "map")
    assert combo.nodes() == []
    volume.SetAttribute("role", "map")
    assert combo.nodes() == [volume]
