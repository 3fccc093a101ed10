"""add-abi.py MODULE ABI: appends the text of ABI as the section `meld.abi`."""

import sys


def leb(value):
    return bytes([value]) if value < 128 else bytes(
        [value & 127 | 128]) + leb(value >> 7)


def main(module, abi):
    with open(abi, "rb") as file:
        contents = b"\x08meld.abi" + file.read().strip()
    with open(module, "ab") as file:
        file.write(b"\0" + leb(len(contents)) + contents)


main(*sys.argv[1:])
