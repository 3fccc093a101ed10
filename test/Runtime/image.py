#!/usr/bin/env python3
"""Checks what the linker of the runtime relies on.

  image.py runtime.wasm Functions.def

The image is code alone (no data, no elements, no start function), its imports
and exports are those of Functions.def, and no exported function has more than
500 bytes, up to which V8 inlines.
"""
import re
import sys

MAX_BODY = 500
IMPORT, GLOBAL, EXPORT, START, ELEMENT, CODE, DATA = 2, 6, 7, 8, 9, 10, 11
RECORDS = 320  # RecordsAddress of Layout.def


class Reader:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, n):
        self.at += n
        return self.data[self.at - n:self.at]

    def leb(self):
        value = shift = 0
        while True:
            byte = self.take(1)[0]
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    def name(self):
        return self.take(self.leb()).decode()


def sections(data):
    reader = Reader(data)
    assert reader.take(8) == b"\0asm\1\0\0\0"
    while reader.at < len(data):
        number = reader.take(1)[0]
        yield number, Reader(reader.take(reader.leb()))


def limits(reader):
    flags = reader.leb()
    for _ in range(1 + (flags & 1)):
        reader.leb()


def imports(reader):
    """Names of all imports, and how many of them are functions."""
    names, functions = [], 0
    for _ in range(reader.leb()):
        names.append((reader.name(), reader.name()))
        kind = reader.take(1)[0]
        if kind == 0:
            reader.leb()
            functions += 1
        elif kind == 1:
            reader.take(1)
            limits(reader)
        else:
            assert kind == 2, f"import of kind {kind}"
            limits(reader)
    return names, functions


def heap_base(reader, index):
    """The value of global `index`, an i32.const."""
    for _ in range(reader.leb()):
        value_type, _, opcode = reader.take(3)
        assert (value_type, opcode) == (0x7F, 0x41)
        value = reader.leb()
        assert reader.take(1) == b"\x0b"
        if not index:
            return value
        index -= 1


def main():
    data = open(sys.argv[1], "rb").read()
    table = open(sys.argv[2], encoding="utf-8").read()
    rows = lambda macro: set(
        re.findall(rf"^{macro}\(\w+, (\w+),", table, re.MULTILINE))
    parts = dict(sections(data))
    for number in (START, ELEMENT, DATA):
        assert number not in parts, f"section {number} in the image"

    names, imported = imports(parts[IMPORT])
    wanted = {("env", n) for n in
              rows("MELD_RT_IMPORT") | {"memory", "__indirect_function_table"}}
    assert set(names) == wanted, names

    exported = {}
    reader = parts[EXPORT]
    for _ in range(reader.leb()):
        name, kind, index = reader.name(), reader.take(1)[0], reader.leb()
        if kind == 0:
            exported[index] = name
        else:
            assert name == "__heap_base", name
            base = heap_base(parts[GLOBAL], index)
            assert base <= RECORDS, f"the image needs {base} bytes"
    assert set(exported.values()) == rows("MELD_RT_FUNCTION"), exported

    reader, largest = parts[CODE], (0, "")
    for index in range(imported, imported + reader.leb()):
        size = reader.leb()
        reader.take(size)
        if index in exported:
            largest = max(largest, (size, exported[index]))
    assert largest[0] <= MAX_BODY, largest
    print(f"{len(exported)} functions, {len(data)} bytes, largest {largest}")


main()
