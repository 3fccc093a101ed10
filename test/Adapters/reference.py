#!/usr/bin/env python3
# Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What the Component Model's definitions.py makes of values.

reference.py DEFINITIONS < groups > traces

A group is a line of JSON: a function type and the options of both sides
(types.mjs). For each, `cases` calls with random values are made by its `seed`
and put through lift and lower of definitions.py; a line of output holds what a
core caller and callee would give, what has to come out, and of which kinds the
values were that did. About one call in five is damaged, so that it may trap.
"""

import json
import random
import sys
import zlib

from semantics import from_bits, load, to_bits, trap_kind
from values import Values, kinds_in, make_type

PAGES = 2
FIRST_ROOM = 0x8000  # where realloc gives room during a call
GOOD_PLACE = 0x7000  # for a result that is spilled


class Memory(bytearray):
    """A memory, and how definitions.py asks for its kind of address."""

    wide = False

    def ptr_type(self):
        return "i64" if self.wide else "i32"

    def ptr_size(self):
        return 8 if self.wide else 4


FAULTS = [("", 0)] * 6 + [("same", 1), ("same", 1), ("same", 2), ("odd", 1), ("odd", 2), ("far", 1), ("far", 2)]


class Side:
    """One side: a memory, a realloc that goes forward but for one fault, a log of
    it."""

    def __init__(self, d, options):
        self.memory = Memory(PAGES * 65536)
        self.memory.wide = options["memory64"]
        self.next = 64
        self.log = []
        self.begin(("", 0))
        lift = d.CanonicalOptions(
            memory=self.memory, string_encoding=options["encoding"], realloc=self
        )
        self.context = d.LiftLowerContext(lift, None)
        self.context.reallocate = self.reallocate
        self.context.allocate = lambda align, size: self.reallocate(0, 0, align, size)

    def begin(self, fault):
        self.fault, self.count = fault, 0

    def place(self, align, size):
        """Room behind what was given, or what `fault` says of this call: a place
        that is not aligned, or out of bounds, or one for all rooms from here on."""
        self.count += 1
        kind, nth = self.fault
        at = (self.next + align - 1) // align * align
        if kind == "same" and self.count >= nth:
            return at
        if kind == "odd" and self.count == nth:
            return at + 1
        if at + size > len(self.memory) or (kind == "far" and self.count == nth):
            return len(self.memory) // align * align - (align if size == 0 else 0)
        self.next = at + size
        return at

    def reallocate(self, old, old_size, align, size):
        at = self.place(align, size)
        if old and at + size <= len(self.memory):
            count = min(old_size, size)
            self.memory[at : at + count] = self.memory[old : old + count]
        self.log.append([old, old_size, align, size])
        return at

    def outcome(self):
        return {"memory": zlib.crc32(self.memory), "reallocs": self.log}


class Group:
    def __init__(self, d, group):
        self.d, self.group = d, group
        d.known.clear()
        self.rng = random.Random(group["seed"])
        self.passed = set()
        self.values = Values(d, self.rng)
        self.params = [make_type(d, t) for t in group["params"]]
        self.results = [] if group["result"] is None else [make_type(d, group["result"])]

    def core(self, types, side, limit):
        """The core types that `types` pass as, and whether by pointer."""
        flat = self.d.flatten_types(types, side.context.opts)
        return (flat, False) if len(flat) <= limit else ([side.memory.ptr_type()], True)

    def give(self, side, options, types, limit):
        """Random values of `types`, as core code of `side` would give them."""
        self.values.tag = 1 << (63 if options["memory64"] else 31)
        values = [self.values.choose(t, options["encoding"]) for t in types]
        start = side.next
        core, spills = self.core(types, side, limit)
        # More than 16 flat values go by pointer, and so does a result of two.
        if spills:
            tuple_type = self.d.TupleType(types)
            wide = side.memory.ptr_type()
            at = side.context.allocate(self.d.alignment(tuple_type, wide), self.d.elem_size(tuple_type, wide))
            self.d.store(side.context, {str(i): v for i, v in enumerate(values)}, tuple_type, at)
            flat = [at]
        else:
            flat = self.d.lower_flat_values(side.context, limit, values, types)
        side.log.clear()
        bits = [to_bits(v, c) for v, c in zip(flat, core)]
        self.damage(side, start, types, bits, core)
        return bits, core, start, bytes(side.memory[start : side.next])

    def damage(self, side, start, types, bits, core):
        if self.rng.random() > 0.2:
            return
        if side.next > start and self.rng.random() < 0.6:
            at = self.rng.randrange(start, side.next)
            side.memory[at] = self.rng.choice([0, 1, 2, 0x80, 0xC0, 0xD8, 0xFF, (side.memory[at] - 1) % 256, self.rng.randrange(256)])
        elif bits:
            i = self.rng.randrange(len(bits))
            limit = int(core[i][1:])
            damaged = self.rng.choice([bits[i] ^ 1 << self.rng.randrange(limit), (1 << limit) - 1, bits[i] + 1, bits[i] - 1]) % (1 << limit)
            bits[i] = to_bits(damaged, core[i])

    def move(self, place, source, bits, core, target, types, from_limit, to_limit, into=None):
        """What comes out: core values, or nothing for a trap. `place` is what
        the values are of the function."""
        d = self.d
        values = d.CoreValueIter([from_bits(v, c) for v, c in zip(bits, core)])
        d.target_tag = d.utf16_tag(target.memory.ptr_type())
        lifted = d.lift_flat_values(source.context, from_limit, values, types)
        room = None if into is None else d.CoreValueIter([into])
        flat = d.lower_flat_values(target.context, to_limit, lifted, types, room)
        self.passed.update(f"{kinds} {place}" for t, v in zip(types, lifted) for kinds in kinds_in(d, t, v))
        out, _ = self.core(types, target, to_limit)
        return [to_bits(v, c) for v, c in zip(flat, out)]

    def case(self):
        d, group = self.d, self.group
        caller, callee = Side(d, group["lower"]), Side(d, group["lift"])
        args, arg_core, start, image = self.give(caller, group["lower"], self.params, 16)
        caller.next = FIRST_ROOM
        gives, give_core, give_start, give_image = self.give(callee, group["lift"], self.results, 1)
        callee.next = FIRST_ROOM
        faults = [self.rng.choice(FAULTS) for _ in range(2)]
        caller.begin(faults[0])
        callee.begin(faults[1])
        case = {"args": [str(v) for v in args], "start": start, "image": image.hex(),
                "gives": [str(v) for v in gives], "giveStart": give_start, "giveImage": give_image.hex(), "faults": faults}
        _, spills = self.core(self.results, caller, 1) if self.results else (None, False)
        into = self.rng.choice([GOOD_PLACE] * 12 + [0x7001, PAGES * 65536 - 8]) if spills else None
        case["into"] = into
        d.handles.clear()
        try:
            case["arrive"] = [str(v) for v in self.move("parameter", caller, args, arg_core, callee, self.params, 16, 16)]
            case["callee"] = callee.outcome()
        except d.Trap as trap:
            return {**case, "trap": trap_kind(trap)}
        try:
            out = self.move("result", callee, gives, give_core, caller, self.results, 1, 1, into) if self.results else []
            case["returns"] = [str(v) for v in out]
            case["caller"] = caller.outcome()
            case["handles"] = list(d.handles)
        except d.Trap as trap:
            case["trap"] = trap_kind(trap)
        return case

    def trace(self):
        d = self.d
        caller, callee = Side(d, self.group["lower"]), Side(d, self.group["lift"])
        signature = lambda side, lower: {
            "params": self.core(self.params, side, 16)[0],
            "results": self.core(self.results, side, 1)[0] if self.results else [],
            "spills": bool(self.results) and self.core(self.results, side, 1)[1],
        }
        calls = [self.case() for _ in range(self.group["cases"])]
        return {**self.group, "callerCore": signature(caller, True), "calleeCore": signature(callee, False),
                "passed": sorted(self.passed), "calls": calls}


def main():
    d = load(sys.argv[1])
    for line in sys.stdin:
        if line.strip():
            print(json.dumps(Group(d, json.loads(line)).trace(), separators=(",", ":")))


main()
