"""The parts of reading DICOM, one a file: files of a folder, header numbers, frames, stacks, grid, pixels, MRI sequence.

:func:`..dicom.read_dicom` is the one function that callers use. A part knows only those before it:
``numbers`` < ``files`` < ``pixels`` < ``frames`` < ``grid`` <
``refusals`` < ``groups``; and ``numbers`` < ``sequence_words`` < ``sequence``.
"""
