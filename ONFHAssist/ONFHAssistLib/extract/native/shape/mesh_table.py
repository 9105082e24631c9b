"""The triangles of marching cubes at half height, by which corners of the cube lie inside.

PyRadiomics' mesh volume and surface depend on how it cuts each of the 128 cases into triangles (the other 128 are
their complements). The cuts were found from its results: a case alone was measured with six voxel spacings, and of
all ways to close the cut edges into loops and to triangulate the loops, the one with the same surface and volume was
kept. ``benchmarks/radiomics_mesh_table.py`` repeats that.

Corners and edges are numbered as in Lorensen and Cline (1987): corners 0-3 run around the face z = 0, 4-7 around the
face z = 1; edges 0-3 and 4-7 lie in these faces, 8-11 join them.
"""

from __future__ import annotations

import numpy as np

CORNERS = np.array(  # (z, y, x)
    [(0, 0, 0), (0, 0, 1), (0, 1, 1), (0, 1, 0), (1, 0, 0), (1, 0, 1), (1, 1, 1), (1, 1, 0)]
)
EDGES = np.array(
    [(0, 1), (1, 2), (2, 3), (3, 0), (4, 5), (5, 6), (6, 7), (7, 4), (0, 4), (1, 5), (2, 6), (3, 7)]
)
EDGE_CENTRES = (CORNERS[EDGES[:, 0]] + CORNERS[EDGES[:, 1]]) / 2.0

# One word a case, three hexadecimal edge numbers a triangle; bit k of the case says that corner k is inside.
_CASES = """
- 830 019 981831 12a 30812a 0292a9 a82a98832 23b 8b0b20 01923b 9b198bb21 13a3ba 8a08baa10 0393b9ba9
98a8ba 478 470730 019478 941471731 12a478 30704712a 0292a9478 a92942472732 23b478 4204727b2 01923b478
9414717b1b21 13a3ba478 4707a07baa10 0393b9ba9478 4797b9ba9 954 830954 014154 531543483 12a954 30812a954
0242a4a54 a52542482832 23b954 8b0b20954 01415423b 5414b148bb21 13a3ba954 8a08baa10954 0343a43baa54
8a48baa54 579789 950530573 018178157 571731 12a579789 35730509512a 0282a8a58578 a52532573 23b579789
9505b057bb20 01817815723b 5717b1b21 13a3ba579789 9505707b0ba0a10 0780570a50ba03b 57a7ba a65 830a65
019a65 981831a65 125265 308125265 069026659 652582598832 23ba65 8b0b20a65 01923ba65 9b198bb21a65
1353b5b65 8b0b60650510 0393b9b69659 9b598bb65 847a65 470730a65 019847a65 941471731a65 125265847
307047125265 069026659847 692659932973947 23b847a65 4204727b2a65 01923b847a65 9414717b1b21a65
1353b5b65847 4b047bb10b51b65 0393b9b69659847 b97b69659947 9a4a64 8309a4a64 0640161a6 a61681648831
129249264 308129249264 024264 642482832 23b9a4a64 8b0b209a4a64 0640161a623b a616414818b1b21
1393b9b69649 8108b1b61641491 0640363b6 8b4b64 67a78a89a 9a0a60670730 0181a8a68678 a61671731
129279267789 397309967926912 068026678 672732 23b67a78a89a 9709a7a677207b2 0181a8a6867823b a616717b1b21
1691363b6689678 91067b 0680363b6678 67b
""".split()  # noqa: SIM905 - a list of 128 strings would fill the file


def triangles(case: int) -> np.ndarray:
    """Corner points of the triangles of a case below 128, shape (triangles, 3, 3), in voxels (z, y, x)."""
    word = _CASES[case].strip("-")
    edges = [int(letter, 16) for letter in word]
    return EDGE_CENTRES[edges].reshape(-1, 3, 3)
