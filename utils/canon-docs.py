#!/usr/bin/env python3
"""Writes docs/Canon.md from Canon.td, or with --check says whether it is up
to date.

    utils/canon-docs.py [--check] [--tblgen PATH]
"""

import argparse
import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
TABLE = "include/meld/Dialect/Component/IR/Canon.td"
PAGE = ROOT / "docs" / "Canon.md"

HEAD = """# The canonical built-ins

Written by `utils/canon-docs.py` from `{table}`. The operation is `component.` and the name of the built-in, with underscores
for hyphens; `component.canonical` joins its parts with underscores. In signatures, `addr` is the address type of the memory,
`context` the type that the immediate names, `flat` the flattened result. "Built" says that Meld's runtime has it; the others
are read and printed, and refused by name when a program is compiled.

| opcode | name | immediates | options | core signature | blocks | built |
| --- | --- | --- | --- | --- | --- | --- |
"""


def rows(tblgen, include):
    dump = subprocess.run(
        [tblgen, "--dump-json", "-I", include, str(ROOT / TABLE)],
        check=True, capture_output=True, text=True)
    records = json.loads(dump.stdout)
    return [records[name] for name in records["!instanceof"]["Canon"]]


def line(row):
    def words(key):
        return " ".join(f"`{word}`" for word in row[key]) or "-"
    signature = f"({', '.join(row['Params'])}) -> ({', '.join(row['Results'])})"
    blocks = {"never": "no", "sync": "unless `async`", "always": "yes"}
    return (f"| 0x{row['Number']:02x} | `{row['SpecName']}` "
            f"| {words('Immediates')} | {words('Options')} | `{signature}` "
            f"| {blocks[row['Blocks']]} | {'yes' if row['Built'] else 'no'} |\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--tblgen", default="/usr/lib/llvm-22/bin/llvm-tblgen")
    args = parser.parse_args()
    include = pathlib.Path(args.tblgen).resolve().parent.parent / "include"
    table = sorted(rows(args.tblgen, str(include)), key=lambda r: r["Number"])
    page = HEAD.format(table=TABLE) + "".join(line(row) for row in table)
    if not args.check:
        PAGE.write_text(page)
    elif not PAGE.exists() or PAGE.read_text() != page:
        sys.exit("docs/Canon.md is not what utils/canon-docs.py writes: "
                 "run it and commit the result")


if __name__ == "__main__":
    main()
