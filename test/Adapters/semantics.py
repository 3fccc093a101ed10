# Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""definitions.py as the reference for adapters: what is patched, and why."""

import importlib.util
import linecache
import sys
import traceback

# Of a float: bits in all, bits of the fraction.
FLOATS = {"f32": (32, 23), "f64": (64, 52)}


def load(path):
    spec = importlib.util.spec_from_file_location("definitions", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["definitions"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    module.DETERMINISTIC_PROFILE = True
    # Its own goes through floats, which do not hold 64-bit pointers.
    module.align_to = lambda pointer, alignment: -(-pointer // alignment) * alignment
    patch_floats(module)
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


class Float(float):
    """A float by its bits: numbers of Python do not keep those of a NaN."""

    def __new__(cls, bits):
        made = super().__new__(cls)
        made.bits = bits
        return made


def float_bits(value):
    """A core value that pads a case is no Float, but 0."""
    return value.bits if isinstance(value, Float) else value


def to_bits(value, core):
    """A NaN is a quiet one, as JavaScript passes it."""
    if core not in FLOATS:
        return value
    bits, fraction = FLOATS[core]
    value = float_bits(value)
    infinity = (1 << bits - 1) - (1 << fraction)
    return value | 1 << fraction - 1 if value % (1 << bits - 1) > infinity else value


def from_bits(value, core):
    return Float(value) if core in FLOATS else value


def patch_floats(d):
    """Any NaN may come out where one goes in; adapters keep its bits, so the
    reference does."""
    keep = lambda value: value
    d.core_f32_reinterpret_i32 = d.core_f64_reinterpret_i64 = Float
    d.core_i32_reinterpret_f32 = d.core_i64_reinterpret_f64 = float_bits
    d.canonicalize_nan32 = d.canonicalize_nan64 = d.maybe_scramble_nan32 = d.maybe_scramble_nan64 = keep


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
