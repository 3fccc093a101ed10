#!/usr/bin/env python3
# Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Keeps a corpus of a fuzzer as text: one input a line, in hexadecimal.

    corpus.py unpack FILE FOLDER     a file in FOLDER for each line
    corpus.py pack FOLDER FILE       the other way, shortest first

What is packed should be minimal: `FUZZER -merge=1 NEW OLD...` makes it so.
"""

import pathlib
import sys


def unpack(file, folder):
    for number, line in enumerate(file.read_text().splitlines()):
        (folder / f"corpus-{number:04}").write_bytes(bytes.fromhex(line))


def pack(folder, file):
    inputs = {path.read_bytes() for path in folder.iterdir()}
    lines = [data.hex() for data in sorted(inputs, key=lambda d: (len(d), d)) if data]
    file.write_text("\n".join(lines) + "\n")


def main(command, source, target):
    {"unpack": unpack, "pack": pack}[command](pathlib.Path(source), pathlib.Path(target))


if __name__ == "__main__":
    if len(sys.argv) != 4 or sys.argv[1] not in ("unpack", "pack"):
        sys.exit(__doc__)
    main(*sys.argv[1:])
