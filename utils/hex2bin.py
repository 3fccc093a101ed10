#!/usr/bin/env python3
# Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""hex2bin.py IN OUT: makes a binary of annotated hex.

Bytes are pairs of hex digits, spaces are free, text in double quotes stands
for its UTF-8 bytes, and `#` starts a comment.
"""

import re
import sys


def convert(text):
    out = bytearray()
    for line in text.splitlines():
        for quoted, comment, digits in re.findall(r'"([^"]*)"|(#.*)|([0-9a-fA-F\s]+)', line):
            if quoted:
                out += quoted.encode()
            elif not comment:
                out += bytes.fromhex(digits)
    return bytes(out)


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as source:
        data = convert(source.read())
    with open(sys.argv[2], "wb") as binary:
        binary.write(data)
