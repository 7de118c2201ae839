#!/usr/bin/env python3
"""Includes go one way: what each folder may include, and the files that include something else.

usage: check_includes.py [ROOT]         check the tree below ROOT (default: this project)
       check_includes.py --self-test    plant one violation of every rule in a scratch tree and look for it
"""

import re
import sys
import tempfile
from pathlib import Path

CORE = "runtime/core"
COMPILER_BASE = {"compiler/diagnostics", CORE}

# A folder may include itself and these. The longest folder that matches a path counts.
ALLOWED = {
    "compiler/diagnostics": {CORE},
    "compiler/syntax": COMPILER_BASE | {"grammar/generated"},
    "compiler/plan": COMPILER_BASE,
    "compiler/sema": COMPILER_BASE | {"compiler/syntax", "compiler/plan"},
    "compiler/leakage": COMPILER_BASE | {"compiler/syntax", "compiler/plan"},
    "compiler/lower": COMPILER_BASE | {"compiler/plan", "runtime/engine"},
    "compiler/driver": {"compiler", "runtime", "stdlib"},
    "compiler/lsp": {"compiler", "runtime", "stdlib"},
    CORE: set(),
    "runtime": {"runtime"},
    "stdlib": {CORE},
}
OURS = ("compiler/", "runtime/", "stdlib/", "grammar/", "tests/")
INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"')


def folder_of(path):
    matching = [folder for folder in ALLOWED if path.startswith(folder + "/")]
    return max(matching, key=len, default=None)


def is_allowed(folder, included):
    below = {folder} | ALLOWED[folder]
    return any(included.startswith(other + "/") for other in below)


def violations_of(path, text):
    folder = folder_of(path)
    if folder is None:
        return [f"{path}:1: lies in no folder that check_includes.py knows: add the folder and what it may include"]
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        match = INCLUDE.match(line)
        if not match:
            continue
        included = match.group(1)
        if not included.startswith(OURS):
            found.append(f'{path}:{number}: includes "{included}": include paths start at the root of the project')
        elif not is_allowed(folder, included):
            allowed = ", ".join(sorted(ALLOWED[folder])) or "nothing else"
            found.append(f'{path}:{number}: includes "{included}"; {folder} may include itself and {allowed}')
    return found


def check(root):
    found = []
    for top in ("compiler", "runtime", "stdlib"):
        for path in sorted((root / top).rglob("*")):
            if path.suffix in {".cpp", ".h", ".def"}:
                found += violations_of(path.relative_to(root).as_posix(), path.read_text(encoding="utf-8"))
    return found


# File, what it includes, whether that is a violation.
SAMPLES = [
    ("compiler/diagnostics/a.cpp", "compiler/syntax/ast.h", True),
    ("compiler/diagnostics/b.cpp", "runtime/core/span.h", False),
    ("compiler/syntax/a.cpp", "compiler/plan/plan.h", True),
    ("compiler/plan/a.cpp", "compiler/syntax/ast.h", True),
    ("compiler/plan/passes/b.cpp", "compiler/plan/plan.h", False),
    ("compiler/sema/a.cpp", "stdlib/stdlib.h", True),
    ("compiler/sema/b.cpp", "runtime/io/read.h", True),
    ("compiler/leakage/a.cpp", "runtime/engine/graph.h", True),
    ("compiler/leakage/b.cpp", "compiler/plan/plan.h", False),
    ("compiler/lower/a.cpp", "compiler/sema/sema.h", True),
    ("compiler/lower/b.cpp", "runtime/engine/graph.h", False),
    ("compiler/driver/a.cpp", "stdlib/stdlib.h", False),
    ("compiler/driver/b.cpp", "main.h", True),
    ("runtime/core/a.h", "runtime/engine/graph.h", True),
    ("runtime/io/a.cpp", "runtime/core/table.h", False),
    ("runtime/io/b.cpp", "compiler/plan/plan.h", True),
    ("runtime/model/a.cpp", "stdlib/stdlib.h", True),
    ("stdlib/steps/a.cpp", "runtime/engine/graph.h", True),
    ("stdlib/steps/b.cpp", "runtime/core/component.h", False),
    ("compiler/elsewhere/a.cpp", "runtime/core/span.h", True),
]


def self_test():
    wrong = []
    for path, included, is_violation in SAMPLES:
        with tempfile.TemporaryDirectory() as folder:
            planted = Path(folder) / path
            planted.parent.mkdir(parents=True)
            planted.write_text(f'#include <vector>\n#include "{included}"\n', encoding="utf-8")
            if bool(check(Path(folder))) != is_violation:
                wrong.append(f'self-test: "{included}" in {path} should {"" if is_violation else "not "}be a violation')
    return wrong


def main(arguments):
    if arguments == ["--self-test"]:
        found = self_test()
    elif len(arguments) <= 1:
        root = Path(arguments[0]) if arguments else Path(__file__).resolve().parents[2]
        found = check(root)
    else:
        sys.exit(__doc__)
    for line in found:
        print(line, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
