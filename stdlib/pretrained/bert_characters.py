#!/usr/bin/env python3
"""Writes bert_characters.def, the properties of Unicode characters that BERT's tokeniser asks for, from Python's table of them.

python3 stdlib/pretrained/bert_characters.py > stdlib/pretrained/bert_characters.def     # Python 3.11: Unicode 14.0
"""

import sys
import unicodedata

HANGUL = range(0xAC00, 0xD7A4)


def ranges(belongs):
    first = None
    for point in range(sys.maxunicode + 2):
        inside = point <= sys.maxunicode and belongs(chr(point))
        if inside and first is None:
            first = point
        elif not inside and first is not None:
            yield first, point - 1
            first = None


def print_ranges(macro, belongs):
    for first, last in ranges(belongs):
        print(f"{macro}(0x{first:X}, 0x{last:X})")


def bare(character):
    return "".join(c for c in unicodedata.normalize("NFD", character) if unicodedata.category(c) != "Mn")


print(f"// Unicode {unicodedata.unidata_version}, made by bert_characters.py: what is other than text (C*) but tab and line ends, marks (Mn),")
print("// punctuation (P*), each from the first to the last of a run; and characters with what is left of their decomposition (NFD) without")
print("// marks, at most three, 0 where there are fewer. Hangul syllables are decomposed by rule.")
for macro in ("CONTROL", "MARK", "PUNCTUATION", "BARE"):
    parameters = "point, first, second, third" if macro == "BARE" else "first, last"
    print(f"#ifndef MLPC_{macro}\n#define MLPC_{macro}({parameters})\n#endif")
print_ranges("MLPC_CONTROL", lambda c: unicodedata.category(c)[0] == "C" and c not in "\t\n\r")
print_ranges("MLPC_MARK", lambda c: unicodedata.category(c) == "Mn")
print_ranges("MLPC_PUNCTUATION", lambda c: unicodedata.category(c)[0] == "P")
for point in range(sys.maxunicode + 1):
    character = chr(point)
    if point in HANGUL or unicodedata.category(character) == "Mn" or bare(character) == character:
        continue
    parts = [f"0x{ord(c):X}" for c in bare(character)] + ["0", "0", "0"]
    assert parts[3] == "0", f"{point:X} has more than three parts"
    print(f"MLPC_BARE(0x{point:X}, {parts[0]}, {parts[1]}, {parts[2]})")
for macro in ("CONTROL", "MARK", "PUNCTUATION", "BARE"):
    print(f"#undef MLPC_{macro}")
