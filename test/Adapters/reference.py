#!/usr/bin/env python3
# Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What the Component Model's definitions.py makes of values.

reference.py DEFINITIONS < groups > traces

A group is a line of JSON: a function type and the options of both sides
(types.mjs). For each, `cases` calls with random values are made by its `seed`
and put through lift and lower of definitions.py; a line of output holds what a
core caller and callee would give, and what has to come out. About one call in
five is damaged, so that it may trap.
"""

import importlib.util
import json
import linecache
import random
import struct
import sys
import traceback
import zlib

PAGES = 2
FIRST_ROOM = 0x8000  # where realloc gives room during a call
GOOD_PLACE = 0x7000  # for a result that is spilled
FLOATS = {"f32": ("<f", "<I"), "f64": ("<d", "<Q")}


def load(path):
    spec = importlib.util.spec_from_file_location("definitions", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["definitions"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    module.DETERMINISTIC_PROFILE = True
    # Its own goes through floats, which do not hold 64-bit pointers.
    module.align_to = lambda pointer, alignment: -(-pointer // alignment) * alignment
    patch_tags(module)
    patch_handles(module)
    remember(module)
    return module


def remember(d):
    """Sizes, alignments and core types are asked for again at every value, and
    found by walking the type each time: keep what was said of each type."""
    d.known = {}

    def keep(name, key):
        compute = getattr(d, name)

        def kept(t, *options):
            found = d.known.get((name, id(t), key(*options)))
            if found is None:
                found = d.known[name, id(t), key(*options)] = (compute(t, *options), t)  # t: so that its id stays its own
            return found[0]

        setattr(d, name, kept)

    keep("despecialize", lambda: None)
    for name in ("alignment", "elem_size", "alignment_record", "alignment_variant", "discriminant_type", "max_case_alignment", "elem_size_variant"):
        keep(name, lambda *pointer: pointer)
    keep("flatten_type", lambda options: options.memory.ptr_type())


def patch_tags(d):
    """A lifted string carries the tag of `latin1+utf16` as its own memory has
    it, and lowering looks for that of the other memory: bit 31 or bit 63. So
    lifting puts it where lowering wants it."""
    load_string = d.load_string_from_range
    d.target_tag = None

    def patched(cx, ptr, tagged_code_units):
        text, encoding, units = load_string(cx, ptr, tagged_code_units)
        tag = d.utf16_tag(cx.opts.memory.ptr_type())
        if encoding == "latin1+utf16" and units & tag:
            units = units ^ tag | d.target_tag
        return (text, encoding, units)

    d.load_string_from_range = patched


HANDLE_BITS = 0x5A5A5A5A


def patch_handles(d):
    """Handles come from no table: each is another number on the other side, and
    they are listed in the order in which they are lifted."""
    d.resource = d.ResourceType(None)
    d.handles = []

    def lift(cx, index, t):
        d.handles.append(index)
        return index

    def lower(cx, index, t):
        return index ^ HANDLE_BITS

    d.lift_own = d.lift_borrow = lift
    d.lower_own = d.lower_borrow = lower


RANGES = {"load_string_from_range": "String", "load_list_from_range": "List", "lift_flat_values": "Pointer",
          "lower_flat_values": "Pointer"}
VALUES = {"convert_i32_to_char": "InvalidChar", "load_variant": "InvalidDiscriminant",
          "lift_flat_variant": "InvalidDiscriminant"}


def trap_kind(trap):
    """The kind of Traps.def. definitions.py gives no reason: the function that
    trapped and the condition on its line tell."""
    walked = traceback.walk_tb(trap.__traceback__)
    frame, number = [at for at in walked if at[0].f_code.co_name not in ("trap", "trap_if")][-1]
    name = frame.f_code.co_name
    if name in VALUES:
        return VALUES[name]
    is_room = name.startswith("store_") or (name == "lower_flat_values" and frame.f_locals["out_param"] is None)
    what = RANGES.get(name, name)
    line = linecache.getline(frame.f_code.co_filename, number)
    if "MAX_" in line:
        return what + "TooLong"
    if "align_to" in line:
        return "ReallocUnaligned" if is_room else "UnalignedPointer"
    if "len(cx.opts.memory)" in line:
        return ("Realloc" if is_room else what) + "OutOfBounds"
    if isinstance(trap.__context__, UnicodeDecodeError):
        if "16" in trap.__context__.encoding:
            return "InvalidUtf16"
        return "IncompleteUtf8" if "end of data" in trap.__context__.reason else "InvalidUtf8"
    return f"{name}: {line.strip()}"  # an unknown one differs from every kind


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


class Values:
    """Random values, by type."""

    ALPHABETS = ["abc XYZ019", "h\u00e9\u00ff", "\u2603\u0416\u20ac", "\U0001f370\U00010000"]

    def __init__(self, d, rng):
        self.d, self.rng = d, rng

    def integer(self, bits, signed):
        low, high = (-(1 << bits - 1), (1 << bits - 1) - 1) if signed else (0, (1 << bits) - 1)
        return self.rng.choice([low, high, 0, 1, self.rng.randint(low, high)])

    def text(self):
        alphabet = "".join(self.rng.sample(self.ALPHABETS, self.rng.choice([1, 1, 1, 2, 4])))
        prefix = "plain ascii text " * self.rng.choice([0, 0, 0, 1, 2])
        return prefix + "".join(self.rng.choice(alphabet) for _ in range(self.rng.choice([0, 1, 3, 8, 20])))

    def string(self, encoding):
        """As definitions.py carries strings: text, encoding, code units."""
        text = self.text()
        utf16 = len(text.encode("utf-16-le")) // 2
        if encoding == "utf8":
            return (text, encoding, len(text.encode()))
        if encoding == "utf16":
            return (text, encoding, utf16)
        if all(ord(c) < 256 for c in text) and self.rng.random() < 0.7:
            return (text, encoding, len(text))
        return (text, encoding, utf16 | self.tag)

    def choose(self, t, encoding):
        d, rng = self.d, self.rng
        match t:
            case d.BoolType():
                return rng.random() < 0.5
            case d.F32Type():
                return struct.unpack("<f", struct.pack("<f", rng.choice([0.0, -0.0, 1.5, float("inf"), rng.uniform(-9, 9)])))[0]
            case d.F64Type():
                return rng.choice([0.0, -0.0, -1.25, float("-inf"), rng.uniform(-9, 9)])
            case d.CharType():
                return rng.choice(["a", "\u00e9", "\ud7ff", "\ue000", "\U0010ffff"])
            case d.StringType():
                return self.string(encoding)
            case d.OwnType() | d.BorrowType():
                return self.integer(32, False)
            case d.ListType(element, length):
                count = rng.choice([0, 1, 2, 5]) if length is None else length
                return [self.choose(element, encoding) for _ in range(count)]
            case d.RecordType(fields):
                return {f.label: self.choose(f.t, encoding) for f in fields}
            case d.TupleType(ts):
                return {str(i): self.choose(x, encoding) for i, x in enumerate(ts)}
            case d.MapType(key, value):
                pair = d.TupleType([key, value])
                return [self.choose(pair, encoding) for _ in range(rng.choice([0, 1, 3]))]
            case d.FlagsType(labels):
                return {label: rng.random() < 0.5 for label in labels}
            case d.EnumType(labels):
                return {rng.choice(labels): None}
            case d.VariantType() | d.OptionType() | d.ResultType():
                case = rng.choice(d.despecialize(t).cases)
                return {case.label: None if case.t is None else self.choose(case.t, encoding)}
        bits = int("".join(c for c in type(t).__name__ if c.isdigit()))
        return self.integer(bits, type(t).__name__.startswith("S"))


def make_type(d, json_type):
    """A type of meld.abi as one of definitions.py."""
    make = lambda t: None if t is None else make_type(d, t)
    if json_type in ("own", "borrow"):
        return getattr(d, json_type.capitalize() + "Type")(d.resource)
    if isinstance(json_type, str):
        return getattr(d, json_type.capitalize() + "Type")()
    kind = next(k for k in json_type if k != "length")
    inner = json_type[kind]
    return {
        "list": lambda: d.ListType(make(inner), json_type.get("length")),
        "record": lambda: d.RecordType([d.FieldType(n, make(t)) for n, t in inner]),
        "variant": lambda: d.VariantType([d.CaseType(n, make(t)) for n, t in inner]),
        "tuple": lambda: d.TupleType([make(t) for t in inner]),
        "flags": lambda: d.FlagsType(inner),
        "enum": lambda: d.EnumType(inner),
        "option": lambda: d.OptionType(make(inner)),
        "result": lambda: d.ResultType(make(inner[0]), make(inner[1])),
        "map": lambda: d.MapType(make(inner[0]), make(inner[1])),
    }[kind]()


def to_bits(value, core):
    if core in FLOATS:
        float_code, int_code = FLOATS[core]
        return struct.unpack(int_code, struct.pack(float_code, value))[0]
    return value


def from_bits(value, core):
    if core in FLOATS:
        float_code, int_code = FLOATS[core]
        return struct.unpack(float_code, struct.pack(int_code, value))[0]
    return value


class Group:
    def __init__(self, d, group):
        self.d, self.group = d, group
        d.known.clear()
        self.rng = random.Random(group["seed"])
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
        # A damaged float may become a NaN, whose bits the reference changes.
        if "F32" in repr(types) or "F64" in repr(types) or self.rng.random() > 0.2:
            return
        if side.next > start and self.rng.random() < 0.6:
            at = self.rng.randrange(start, side.next)
            side.memory[at] = self.rng.choice([0, 1, 2, 0x80, 0xC0, 0xD8, 0xFF, (side.memory[at] - 1) % 256, self.rng.randrange(256)])
        elif bits:
            i = self.rng.randrange(len(bits))
            limit = 64 if core[i] == "i64" else 32
            bits[i] = self.rng.choice([bits[i] ^ 1 << self.rng.randrange(limit), (1 << limit) - 1, bits[i] + 1, bits[i] - 1]) % (1 << limit)

    def move(self, source, bits, core, target, types, from_limit, to_limit, into=None):
        """What comes out: core values, or nothing for a trap."""
        d = self.d
        values = d.CoreValueIter([from_bits(v, c) for v, c in zip(bits, core)])
        d.target_tag = d.utf16_tag(target.memory.ptr_type())
        lifted = d.lift_flat_values(source.context, from_limit, values, types)
        place = None if into is None else d.CoreValueIter([into])
        flat = d.lower_flat_values(target.context, to_limit, lifted, types, place)
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
            case["arrive"] = [str(v) for v in self.move(caller, args, arg_core, callee, self.params, 16, 16)]
            case["callee"] = callee.outcome()
        except d.Trap as trap:
            return {**case, "trap": trap_kind(trap)}
        try:
            out = self.move(callee, gives, give_core, caller, self.results, 1, 1, into) if self.results else []
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
        return {**self.group, "callerCore": signature(caller, True), "calleeCore": signature(callee, False),
                "calls": [self.case() for _ in range(self.group["cases"])]}


def main():
    d = load(sys.argv[1])
    for line in sys.stdin:
        if line.strip():
            print(json.dumps(Group(d, json.loads(line)).trace(), separators=(",", ":")))


main()
