# Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""deep.py BENCH KIND DEPTH OUT: a component whose definitions nest by index.

BENCH is the folder of hostile.py, which knows the encodings.
"""

import sys

sys.path.insert(0, sys.argv[1])
from hostile import component, extern, index, leb, name, section, types, vector


def lists(depth):
    return component(types([b"\x70" + (index(i - 1) if i else b"\x7d") for i in range(depth)]))


def bundles(depth):
    """Instances that export the one before."""
    member = lambda i: vector([b"\0" + name("a") + b"\5" + leb(i)])
    rest = [section(5, b"\1\1" + member(i)) for i in range(depth - 1)]
    return component(section(5, b"\1\1\0"), *rest, section(11, vector([b"\0" + name("z") + b"\5" + leb(depth - 1) + b"\0"])))


def scope_types(code, sort, depth):
    """Types of instances or components that export one of the type before."""
    rest = [code + b"\2" + b"\2\3\2\1" + leb(i) + b"\4" + extern("a", sort, 0) for i in range(depth - 1)]
    return component(types([code + b"\0"] + rest))


def aliases(depth):
    """No nesting at all: each alias is of the one before."""
    steps = [section(6, b"\1\3\2\0" + leb(i)) for i in range(depth)]
    return component(types([b"\x70\x7d"]), *steps)


KINDS = {
    "lists": lists,
    "bundles": bundles,
    "instance-types": lambda depth: scope_types(b"\x42", 5, depth),
    "component-types": lambda depth: scope_types(b"\x41", 4, depth),
    "aliases": aliases,
}

_, _, kind, depth, out = sys.argv
with open(out, "wb") as file:
    file.write(KINDS[kind](int(depth)))
