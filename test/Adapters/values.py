# Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Random values of types of definitions.py, and of which kinds they are."""

import struct

from semantics import FLOATS, Float


class Values:
    """Random values, by type."""

    ALPHABETS = ["abc XYZ019", "h\u00e9\u00ff", "\u2603\u0416\u20ac", "\U0001f370\U00010000"]

    def __init__(self, d, rng):
        self.d, self.rng = d, rng

    def integer(self, bits, signed):
        low, high = (-(1 << bits - 1), (1 << bits - 1) - 1) if signed else (0, (1 << bits) - 1)
        return self.rng.choice([low, high, 0, 1, self.rng.randint(low, high)])

    def float(self, core):
        """A number, an infinity, any bits, or a NaN with any fraction."""
        bits, fraction = FLOATS[core]
        number = int.from_bytes(struct.pack("<f" if bits == 32 else "<d", self.rng.choice([0.0, -0.0, 1.5, float("inf"), self.rng.uniform(-9, 9)])), "little")
        nan = (1 << bits - 1) - (1 << fraction) | 1 | self.rng.getrandbits(fraction) | self.rng.getrandbits(1) << bits - 1
        return Float(self.rng.choice([number, number, nan, self.rng.getrandbits(bits)]))

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
            case d.F32Type() | d.F64Type():
                return self.float(kind_of(d, t))
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


def kind_of(d, t):
    """As types.mjs names it."""
    if isinstance(t, d.ListType) and t.l is not None:
        return "fixed"
    return type(t).__name__.removesuffix("Type").lower()


def parts_of(d, t, value):
    """The values of types inside of `value`, with their types."""
    match t:
        case d.ListType(element):
            return [(element, v) for v in value]
        case d.MapType(key, of):
            return [part for pair in value for part in ((key, pair["0"]), (of, pair["1"]))]
        case d.RecordType(fields):
            return [(f.t, value[f.label]) for f in fields]
        case d.TupleType(ts):
            return [(part, value[str(i)]) for i, part in enumerate(ts)]
        case d.VariantType() | d.OptionType() | d.ResultType():
            [label] = value
            return [(c.t, value[label]) for c in d.despecialize(t).cases if c.label == label and c.t is not None]
    return []


def kinds_in(d, t, value, outer="none"):
    """Each kind of value in `value`, and the kind that it is inside of."""
    kind = kind_of(d, t)
    yield f"{outer} {kind}"
    for part, inner in parts_of(d, t, value):
        yield from kinds_in(d, part, inner, kind)
