"""Which sequence a header proves, in the words of the makers of scanners, classic and enhanced."""

import numpy as np
import pytest
from pydicom.datadict import dictionary_VR
from pydicom.dataelem import RawDataElement
from pydicom.dataset import Dataset
from pydicom.tag import Tag
from support.dicom_files import slice_datasets, write_shuffled

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.imaging.files import read_image
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.imaging.series.sequence import read_sequence
from ONFHAssistLib.imaging.series_kind import KINDS, sequence_is_open, unreadable

T1 = {"EchoTime": "12", "RepetitionTime": "550"}
T2 = {"EchoTime": "70", "RepetitionTime": "4000"}
PD = {"EchoTime": "30", "RepetitionTime": "2800"}


def dataset(**tags):
    found = Dataset()
    for name, value in tags.items():
        setattr(found, name, value)
    return found


def enhanced(timing=(), echo=70.0, frames=(), **tags):
    """An enhanced object with the timing and echo of its shared groups, further shared and per-frame groups."""
    shared = dataset(
        MRTimingAndRelatedParametersSequence=[dataset(RepetitionTime=4000.0)],
        MREchoSequence=[dataset(EffectiveEchoTime=echo)],
        **{name: [dataset(**content)] for name, content in timing},
    )
    return dataset(
        SharedFunctionalGroupsSequence=[shared],
        PerFrameFunctionalGroupsSequence=[
            dataset(**{n: [dataset(**c)] for n, c in one.items()}) for one in frames
        ],
        **tags,
    )


def told(found):
    sequence = read_sequence(found)
    return sequence.name, sequence.kind.name if sequence.kind else ""


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        (T1, "T1"),
        ({"EchoTime": "67", "RepetitionTime": "3000"}, "T2"),
        ({"EchoTime": "67", "RepetitionTime": "3000", "ScanOptions": "SFS"}, "T2 FS"),
        ({"EchoTime": "35", "RepetitionTime": "2800", "SeriesDescription": "PD SPAIR cor"}, "PD FS"),
        ({"EchoTime": "40", "RepetitionTime": "4000", "InversionTime": "160"}, "STIR"),
        ({"SeriesDescription": "t1_tse_cor"}, "T1"),
        ({}, ""),
    ],
)
def test_sequences_are_told_apart(tags, expected):
    assert told(dataset(**tags)) == (expected, "")


@pytest.mark.parametrize(
    "description",
    [
        "COR T2 FAT SAT", "COR T2FS", "cor_T2W_TSE_FS", "t2_tse_fs_cor", "PELVIS T2W SPAIR", "Cor T2 FSE fatsat",
        "T2 fat-suppressed", "T2WFS COR", "T2_FATSAT", "cor T2 FRFSE FS", "T2W_SPIR", "T2 TSE Fat Sat COR",
    ],
)  # fmt: skip
def test_fat_suppression_is_read_from_the_words_that_hospitals_use(description):
    assert told(dataset(SeriesDescription=description, **T2)) == ("T2 FS", "")


@pytest.mark.parametrize(
    "description",
    [
        "COR T2 FSE",
        "T2_TSE_COR",
        "cor t2 w/o fs",
        "T2 no fat sat",
        "T2 nonFS",
        "T2 without FS",
        "Ax T2 FRFSE",
        "T2W_TSE",
    ],
)
def test_words_that_look_like_fat_suppression_are_not_taken_for_it(description):
    assert told(dataset(SeriesDescription=description, **T2)) == ("T2", "")


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        # Siemens, Philips, GE, Canon as they write plain spin echoes
        ({"ScanningSequence": "SE", "SequenceVariant": ["SK", "SP", "OSP"],
          "ImageType": ["ORIGINAL", "PRIMARY", "M", "ND"], "SequenceName": "*tse2d1_13",
          "SeriesDescription": "t1_tse_cor", **T1}, "T1"),
        ({"ScanningSequence": "SE", "ImageType": ["ORIGINAL", "PRIMARY", "M", "NORM", "DIS2D", "FM4_2", "FIL"],
          "ScanOptions": ["PFP", "FS"], "SeriesDescription": "t2_tse_fs_cor", **T2}, "T2 FS"),
        ({"ScanningSequence": "SE", "ImageType": ["ORIGINAL", "PRIMARY", "M_SE", "M", "SE"], "DiffusionBValue": 0.0,
          "NumberOfTemporalPositions": "1", "SeriesDescription": "T2W_TSE", **T2}, "T2"),
        ({"ScanningSequence": "IR", "ImageType": ["ORIGINAL", "PRIMARY", "M_IR", "M", "IR"], "InversionTime": "165",
          "SeriesDescription": "STIR_long", **T2}, "STIR"),
        ({"ScanningSequence": "SE", "ImageType": ["ORIGINAL", "PRIMARY", "OTHER"], "InversionTime": "0",
          "ScanOptions": ["FAST_GEMS", "SAT_GEMS", "FS"], "SeriesDescription": "COR PD FS", **PD}, "PD FS"),
        ({"ScanningSequence": "SE", "ImageType": ["ORIGINAL", "PRIMARY", "GDC"], "SeriesDescription": "Cor T1", **T1},
         "T1"),
        ({"ScanningSequence": "SE\\IR", "InversionTime": "150", "SeriesDescription": "t2_tirm_cor", **T2}, "STIR"),
        # three-dimensional and single-shot spin echoes
        ({"ScanningSequence": "SE", "SequenceName": "*spc_282ns", "SeriesDescription": "t2_space_cor", **T2}, "T2"),
        ({"ScanningSequence": "SE", "SequenceName": "*h2d1_205", "SeriesDescription": "t2_haste", **T2}, "T2"),
        # only filtered, corrected or compressed
        ({"ImageType": ["DERIVED", "PRIMARY", "M", "ND", "NORM"], "ScanningSequence": "SE", **T1}, "T1"),
        ({"ImageType": ["DERIVED", "SECONDARY", "M", "DIS2D"], "ScanningSequence": "SE", **T1}, "T1"),
        ({"ImageType": ["DERIVED", "PRIMARY", "OTHER"], "LossyImageCompression": "01", "ScanningSequence": "SE", **T2},
         "T2"),
        # research mode says nothing, the words do
        ({"ScanningSequence": "RM", "FlipAngle": "111", "SeriesDescription": "COR T2 PROPELLER FS", **T2}, "T2 FS"),
        # agents that were not given
        ({"ContrastBolusAgent": "NONE", **T1}, "T1"),
        ({"SeriesDescription": "COR T1 W/O CONTRAST", **T1}, "T1"),
        ({"SeriesDescription": "COR T1 TSE PRE GD", **T1}, "T1"),
    ],
)  # fmt: skip
def test_plain_spin_echoes_of_all_makers_are_named(tags, expected):
    assert told(dataset(**tags)) == (expected, "")


@pytest.mark.parametrize(
    ("part", "expected"),
    [("WATER", ("T2 FS", "")), ("W", ("T2 FS", "")), ("IN_PHASE", ("T2", "")), ("IP", ("T2", "")),
     ("FAT", ("", "Dixon fat")),
     ("F", ("", "Dixon fat")), ("OPP_PHASE", ("", "opposed-phase")), ("OUT_PHASE", ("", "opposed-phase")),
     ("OP", ("", "opposed-phase"))],
)  # fmt: skip
def test_of_a_dixon_series_water_and_in_phase_alone_are_pictures_to_read(part, expected):
    image_type = ["DERIVED", "PRIMARY", "M", "DIXON", part]
    assert told(dataset(ImageType=image_type, SeriesDescription="t2_tse_dixon_cor", **T2)) == expected


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        ("t2_tse_dixon_cor_W", ("T2 FS", "")), ("t2_tse_dixon_cor_F", ("", "Dixon fat")),
        ("t2_tse_dixon_cor_in", ("T2", "")), ("t2_tse_dixon_cor_opp", ("", "opposed-phase")),
        ("WATER: Cor T2 IDEAL", ("T2 FS", "")), ("FAT: Cor T2 IDEAL", ("", "Dixon fat")),
        ("InPhase: Cor T2 FLEX", ("T2", "")), ("OutPhase: Cor T2 FLEX", ("", "opposed-phase")),
        ("T2W_mDIXON_TSE", ("", "Dixon")), ("Cor T2 IDEAL", ("", "Dixon")),
    ],
)  # fmt: skip
def test_the_part_of_a_dixon_series_is_read_from_the_description_where_the_type_is_silent(
    description, expected
):
    assert told(dataset(SeriesDescription=description, **T2)) == expected


@pytest.mark.parametrize(
    ("kind", "tags"),
    [
        ("gradient echo", {"SeriesDescription": "cor MEDIC", "EchoTime": "22", "RepetitionTime": "800"}),
        ("gradient echo", {"ScanningSequence": "GR", "EchoTime": "22", "RepetitionTime": "800", "FlipAngle": "30"}),
        ("gradient echo", {"SequenceName": "*fl3d1", "EchoTime": "12", "RepetitionTime": "550"}),
        ("gradient echo", {"ImageType": ["ORIGINAL", "PRIMARY", "M_FFE", "M", "FFE"], **T1}),
        ("gradient echo", {"SeriesDescription": "Cor T2* GRE", **T1}),
        ("gradient echo", {"SeriesDescription": "T1 VIBE fs", **T1}),
        ("gradient echo", {"EchoTime": "2.3", "RepetitionTime": "120"}),
        ("gradient echo", {"EchoTime": "10", "RepetitionTime": "500", "FlipAngle": "20"}),
        ("gradient echo", {"ScanningSequence": "GR", "ImageType": ["ORIGINAL", "PRIMARY", "M", "IN_PHASE"], **T1}),
        ("MP-RAGE", {"ScanningSequence": ["GR", "IR"], "InversionTime": "900", "EchoTime": "2.3",
                     "RepetitionTime": "2000"}),
        ("MP-RAGE", {"ScanningSequence": ["RM", "IR"], "SeriesDescription": "3D Ax T1 MP-RAGE", "InversionTime": "1000",
                     "EchoTime": "3.172", "RepetitionTime": "2217.66", "FlipAngle": "8"}),
        ("MP-RAGE", {"SequenceName": "*tfl3d1_16ns", "EchoTime": "2.3", "RepetitionTime": "2000"}),
        ("echo planar", {"ScanningSequence": "EP", **T2}),
        ("echo planar", {"ImageType": ["ORIGINAL", "PRIMARY", "M", "ND", "MOSAIC"], **T2}),
        ("diffusion", {"SeriesDescription": "ep2d_diff_b800", "ScanningSequence": "EP", **T2}),
        ("diffusion", {"ImageType": ["DERIVED", "PRIMARY", "DIFFUSION", "TRACEW"], **T2}),
        ("diffusion", {"DiffusionBValue": 800.0, **T2}),
        ("diffusion", {"DiffusionDirectionality": "ISOTROPIC", **T2}),
        ("diffusion", {"SequenceName": "*ep_b1000#1", **T2}),
        ("diffusion", {"ScanningSequence": "SE", "ImageType": ["ORIGINAL", "PRIMARY", "M_SE", "M", "SE"],
                       "SeriesDescription": "DT_HIGH_32DIR", "EchoTime": "58.4", "RepetitionTime": "8808"}),
        ("ADC map", {"ImageType": ["DERIVED", "PRIMARY", "DIFFUSION", "ADC"], **T2}),
        ("ADC map", {"ImageType": ["DERIVED", "SECONDARY", "OTHER"],
                     "SeriesDescription": "Apparent Diffusion Coefficient", **T2}),
        ("ADC map", {"SeriesDescription": "dADC_Map", **T2}),
        ("parametric map", {"ImageType": ["DERIVED", "PRIMARY", "T2 MAP", "ND"], **T2}),
        ("parametric map", {"SeriesDescription": "T2 mapping cor", **PD}),
        ("parametric map", {"ImageType": ["DERIVED", "PRIMARY", "M", "FAT_FRACTION"], **T1}),
        ("parametric map", {"SOPClassUID": "1.2.840.10008.5.1.4.1.1.30", **T1}),
        ("phase image", {"ImageType": ["ORIGINAL", "PRIMARY", "P", "ND"], **T1}),
        ("phase image", {"ImageType": ["ORIGINAL", "PRIMARY", "PHASE MAP", "P", "SE"], "ScanningSequence": "SE", **T1}),
        ("phase image", {"ComplexImageComponent": "PHASE", **T1}),
        ("phase image", {"ImageType": ["ORIGINAL", "PRIMARY", "R_IR", "R", "IR"], **T1}),
        ("subtraction", {"ImageType": ["DERIVED", "PRIMARY", "M", "ND", "SUB"], **T1}),
        ("subtraction", {"SeriesDescription": "T1 subtraction", **T1}),
        ("projection", {"ImageType": ["DERIVED", "SECONDARY", "MIP", "ND"], **T1}),
        ("localiser", {"SeriesDescription": "3-plane localizer", "EchoTime": "5.1", "RepetitionTime": "600"}),
        ("localiser", {"SeriesDescription": "Survey", **T1}),
        ("localiser", {"ImageType": ["ORIGINAL", "PRIMARY", "LOCALIZER"], **T1}),
        ("dynamic", {"NumberOfTemporalPositions": "6", "ScanningSequence": "GR", **T1}),
        ("dynamic", {"TemporalPositionIdentifier": "3", **T1}),
        ("dynamic", {"SeriesDescription": "tfl_3d dynamisch fast", **T1}),
        ("dynamic", {"SeriesDescription": "Cor T1 DCE", **T1}),
        ("perfusion", {"SeriesDescription": "asl_2d_tra", **T2}),
        ("angiogram", {"SeriesDescription": "TOF 3D", "ScanningSequence": "GR", **T1}),
        ("opposed-phase", {"ScanningSequence": "GR", "ImageType": ["ORIGINAL", "PRIMARY", "M", "OPP_PHASE"],
                           "EchoTime": "2.3", "RepetitionTime": "120"}),
        ("FLAIR", {"ScanningSequence": ["SE", "IR"], "InversionTime": "2500", "EchoTime": "90",
                   "RepetitionTime": "9000"}),
        ("contrast-enhanced", {"ContrastBolusAgent": "Gadovist", **T1}),
        ("contrast-enhanced", {"SeriesDescription": "COR T1 FS +C", **T1}),
        ("contrast-enhanced", {"SeriesDescription": "t1_tse_fs_cor_KM", **T1}),
        ("contrast-enhanced", {"SeriesDescription": "T1 POST GAD", **T1}),
        ("derived", {"ImageType": ["DERIVED", "SECONDARY", "REFORMATTED", "AVERAGE"], **T2}),
        ("derived", {"ImageType": ["DERIVED", "SECONDARY", "OTHER"], **T2}),
        ("derived", {"SOPClassUID": "1.2.840.10008.5.1.4.1.1.7", **T2}),
    ],
)  # fmt: skip
def test_what_is_no_plain_spin_echo_has_its_own_name_and_no_sequence(kind, tags):
    assert told(dataset(**tags)) == ("", kind)


@pytest.mark.parametrize(
    ("tags", "why"),
    [
        ({"SeriesDescription": "cor ir tse", "InversionTime": "0.16", "EchoTime": "40", "RepetitionTime": "4000"},
         "seconds"),
        ({"SeriesDescription": "COR T1", **T2}, "words against times"),
        ({"EchoTime": "40", "RepetitionTime": "800"}, "neither T1 nor T2"),
        ({"ScanningSequence": "SE", "EchoTime": "0.07", "RepetitionTime": "4"}, "times in seconds"),
        ({"SeriesDescription": "T1 cor"}, "no times, no spin echo"),
        ({"ScanningSequence": ["SE", "IR"], "InversionTime": "500", **T1}, "an inversion that nulls neither"),
        ({"ScanningSequence": "SE", "ScanOptions": "FS", "SeriesDescription": "T2 without FS", **T2}, "contradiction"),
        ({"EchoTime": "twelve", "RepetitionTime": ""}, "no numbers"),
    ],
)  # fmt: skip
def test_what_stays_unclear_has_no_name(tags, why):
    found = Dataset()
    for name, value in tags.items():
        if value == "twelve":
            found.add_new(name, "LO", value)
        else:
            setattr(found, name, value)
    assert told(found) == ("", ""), why


STIR = ("MRModifierSequence", {"InversionRecovery": "YES", "InversionTimes": [160.0]})
FAT_SATURATED = ("MRModifierSequence", {"InversionRecovery": "NO", "SpectrallySelectedSuppression": "FAT"})
WATER_EXCITED = ("MRModifierSequence", {"SpectrallySelectedExcitation": "WATER"})
SILICONE = ("MRModifierSequence", {"SpectrallySelectedSuppression": "WATER"})


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"timing": [STIR], "echo": 40.0}, ("STIR", "")),
        ({"timing": [FAT_SATURATED]}, ("T2 FS", "")),
        ({"timing": [WATER_EXCITED]}, ("T2 FS", "")),
        ({"timing": [SILICONE]}, ("", "")),
        ({"EchoPulseSequence": "SPIN", "AcquisitionContrast": "T2"}, ("T2", "")),
        ({"EchoPulseSequence": "SPIN", "AcquisitionContrast": "STIR"}, ("STIR", "")),
        ({"EchoPulseSequence": "GRADIENT"}, ("", "gradient echo")),
        ({"EchoPulseSequence": "BOTH"}, ("", "gradient echo")),
        ({"PulseSequenceName": "*tfl3d1_16ns"}, ("", "MP-RAGE")),
        ({"AcquisitionContrast": "DIFFUSION"}, ("", "diffusion")),
        ({"frames": [{"MRDiffusionSequence": {"DiffusionBValue": b}} for b in (0.0, 800.0)]}, ("", "diffusion")),
        ({"frames": [{"MRImageFrameTypeSequence": {"ComplexImageComponent": c}} for c in ("MAGNITUDE", "PHASE")]},
         ("", "phase image")),
        ({"frames": [{"MRImageFrameTypeSequence": {"FrameType": ["DERIVED", "PRIMARY", "DIXON", t]}}
                     for t in ("WATER", "FAT")]}, ("", "Dixon")),
        ({"frames": [{"MRImageFrameTypeSequence": {"FrameType": ["DERIVED", "PRIMARY", "DIXON", "WATER"]}}]},
         ("T2 FS", "")),
        ({"frames": [{"FrameContentSequence": {"TemporalPositionIndex": k}} for k in (1, 2)]}, ("", "dynamic")),
        ({"ContrastBolusAgentSequence": [Dataset()]}, ("", "contrast-enhanced")),
    ],
)  # fmt: skip
def test_enhanced_objects_are_read_from_their_functional_groups(given, expected):
    assert told(enhanced(**given)) == expected


def test_every_kind_is_named_in_its_own_words_and_some_are_left_to_the_user():
    for name, kind in KINDS.items():
        sentence = unreadable({"series_kind": name}, "hip.dcm")
        assert (sentence is None) == kind.readable
        assert sentence is None or sentence.startswith(
            f"hip.dcm is {kind.phrase}, which does not show marrow"
        )
        assert sequence_is_open({"series_kind": name}) == kind.open
    assert unreadable({}, "hip.nii.gz") is None
    assert (
        sequence_is_open({})
        and not sequence_is_open({"sequence": "T1"})
        and not sequence_is_open({"modality": "CT"})
    )


def test_the_kind_travels_with_the_image_and_the_search_for_heads_refuses_it(tmp_path):
    from ONFHAssistLib.segment.pipeline import find_only, segment_hips

    tags = {"ImageType": ["DERIVED", "PRIMARY", "DIFFUSION", "ADC"], **T2}
    ramp = Image(np.arange(60, dtype=np.int16).reshape(5, 4, 3))
    image = read_image(write_shuffled(slice_datasets(ramp, **tags), tmp_path))
    assert image.metadata["series_kind"] == "ADC map"
    assert "sequence" not in image.metadata
    for search in (segment_hips, find_only):
        with pytest.raises(
            InputError, match=r"^adc is an ADC map, which does not show marrow .* choose a T1"
        ):
            search(image, name="adc")


def test_a_value_that_is_not_what_it_should_be_is_as_if_it_were_absent():
    found = dataset(ScanningSequence="SE", SeriesDescription="COR T2", **T2)
    raw = {"InversionTime": b"Anonymous ", "FlipAngle": b"12,5", "NumberOfTemporalPositions": b"1 "}
    for name, value in raw.items():
        tag = Tag(name)
        vr = dictionary_VR(tag)
        found[tag] = RawDataElement(tag, vr, len(value), value, 0, False, True)
    assert told(found) == ("T2", "")
