#!/usr/bin/env python3
# Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Times the validation of hostile components.

hostile.py COMMAND... [--scale N] [--check]

Makes components that are small but mean much, of sizes n, 2n and 4n, runs
COMMAND on each (for example `build/bin/meld check`) and prints seconds and the
largest resident set. --check fails when 4n takes more than six times what n
takes (and more than a second), when a component is not answered by an exit
status of 0 or 1, or when one of less than 100 kB takes more than 64 MB beside
what the command takes for an empty component.
"""

import argparse
import os
import subprocess
import sys
import tempfile

PREAMBLE = b"\0asm\x0d\0\1\0"


def leb(value):
    out = bytearray()
    while True:
        out.append((value & 0x7F) | (0x80 if value > 0x7F else 0))
        value >>= 7
        if not value:
            return bytes(out)


def index(value):
    """A type index where a value type stands: LEB128 of a signed number."""
    out = bytearray()
    while value >= 64:
        out.append((value & 0x7F) | 0x80)
        value >>= 7
    return bytes(out) + bytes([value])


def name(text):
    return leb(len(text)) + text.encode()


def vector(items):
    return leb(len(items)) + b"".join(items)


def section(number, body):
    return bytes([number]) + leb(len(body)) + body


def types(items):
    return section(7, vector(items))


def component(*sections):
    return PREAMBLE + b"".join(sections)


def extern(text, kind, index):
    return b"\0" + name(text) + bytes([kind]) + leb(index)


def nested_options(n):
    """Options of options: deep, and reused by both sides of a tuple."""
    chain = [b"\x7d"] + [b"\x6b" + index(i if i % 900 else 0) for i in range(n)]
    pairs = [b"\x6f\2" + index(n + i) * 2 for i in range(n)]
    return component(types(chain + pairs))


def records(n):
    """Records of thirty fields, all equal."""
    fields = vector([name(f"f{i}") + b"\x79" for i in range(30)])
    return component(types([b"\x72" + fields] * n))


def nested_instances(n):
    """Each instance type exports the one before twice, with its resources."""
    first = b"\x42\1" + b"\4" + extern("r", 3, 1)[:-1] + b"\1"
    decls = [first]
    for _ in range(min(n, 95)):
        alias = b"\2\3\2\1" + leb(len(decls) - 1)
        decls.append(b"\x42\3" + alias + b"\4" + extern("a", 5, 0) + b"\4" + extern("b", 5, 0))
    imports = [extern(f"i{k}", 5, len(decls) - 1) for k in range(n)]
    return component(types(decls), section(10, vector(imports)))


def instantiations(n):
    """n instantiations of a component with n imports that are all given."""
    m = 60
    inner = component(types([b"\x40\0\1\0"]), section(10, vector([extern(f"f{i}", 1, 0) for i in range(m)])))
    args = vector([name(f"f{i}") + b"\1\0" for i in range(m)])
    return component(
        types([b"\x40\0\1\0"]),
        section(10, vector([extern("f", 1, 0)])),
        section(4, inner),
        section(5, vector([b"\0\0" + args] * n)),
    )


def chained_instances(n):
    """A resource that is threaded through n instances of one component."""
    inner = component(
        section(10, vector([b"\0" + name("x") + b"\3\1"])),
        section(11, vector([b"\0" + name("y") + b"\3\0\0"])),
    )
    steps = [section(5, b"\1\0\0\1" + name("x") + b"\3" + leb(i)) + section(6, b"\1\3\0" + leb(i) + name("y")) for i in range(n)]
    return component(types([b"\x3f\x7f\0"]), section(4, inner), *steps)


def long_names(n):
    """Imports with long names that differ at the end."""
    text = "a" * 5000
    return component(types([b"\x40\0\1\0"]), section(10, vector([extern(f"{text}{i}", 1, 0) for i in range(n)])))


def bundles(n):
    """Bundles of bundles, each twice in the next."""
    steps = [section(5, b"\1\1\0")]
    for i in range(n):
        members = [b"\0" + name("a") + b"\5" + leb(i), b"\0" + name("b") + b"\5" + leb(i)]
        steps.append(section(5, b"\1\1" + vector(members)))
    steps.append(section(11, b"\1\0" + name("z") + b"\5" + leb(n) + b"\0"))
    return component(*steps)


def huge_count(_):
    """A vector that says it has 2^28 types."""
    return component(section(7, leb(1 << 28) + b"\x7d"))


def megabyte_name(n):
    return component(types([b"\x40\0\1\0"]), section(10, b"\1\0" + name("a" * (n * 1000)) + b"\1\0"))


def alias_chain(n):
    """Aliases of aliases of a record that is imported and used."""
    steps = [types([b"\x72\1" + name("f") + b"\x79"]), section(10, b"\1\0" + name("t") + b"\3\0\0")]
    for i in range(n):
        steps.append(section(6, b"\1\3\2\0" + leb(i + 1)))
    steps.append(types([b"\x40\1" + name("x") + index(n) + b"\1\0"]))
    return component(*steps)


def values(n):
    """Values of an enum with a thousand labels, and one list of n elements."""
    labels = vector([name(f"l{i}") for i in range(1000)])
    many = vector([index(0) + b"\1\7"] * n + [index(1) + leb(n + len(leb(n))) + leb(n) + b"\7" * n])
    exports = vector([b"\0" + name(f"v{i}") + b"\2" + leb(i) + b"\0" for i in range(n + 1)])
    return component(types([b"\x6d" + labels, b"\x70\x7d"]), section(12, many), section(11, exports))


def core_module(types, functions, exports, imports=()):
    """A module of functions without parameters and results."""
    return (
        b"\0asm\1\0\0\0"
        + section(1, vector(types))
        + section(2, vector(imports))
        + section(3, vector([b"\0"] * functions))
        + section(7, vector([name(text) + b"\0\0" for text in exports]))
        + section(10, vector([b"\2\0\x0b"] * functions))
    )


def core_aliases(n):
    """n exports of a core instance, each with an alias, and imported again."""
    first = core_module([b"\x60\0\0"], 1, [f"f{i}" for i in range(n)])
    second = core_module([b"\x60\0\0"], 1, [], [name("m") + name(f"f{i}") + b"\0\0" for i in range(n)])
    aliases = [b"\0\0\1\0" + name(f"f{i}") for i in range(n)]
    members = vector([name(f"f{i}") + b"\0" + leb(i) for i in range(n)])
    return component(
        section(1, first),
        section(2, b"\1\0\0\0"),
        section(6, vector(aliases)),
        section(2, b"\1\1" + members),
        section(1, second),
        section(2, b"\1\0\1\1" + name("m") + b"\x12\1"),
    )


def core_groups(n):
    """Structs that name the two before, and a module type that imports the last."""
    depth = min(n, 900)
    steps = [b"\x5f\2\x64" + index(max(i - 1, 0)) + b"\0\x64" + index(max(i - 2, 0)) + b"\0" for i in range(1, depth)]
    imports = [b"\0" + name("a") + name(f"g{i}") + b"\3\x64\0\0" for i in range(n)]
    module = b"\x50" + vector([b"\2\x10\1\1" + leb(depth - 1)] + imports)
    return component(section(3, vector([b"\x5f\1\x7f\0"] + steps + [module])))


def starts(n):
    """Start functions."""
    module = core_module([b"\x60\0\0"], 1, ["f"])
    lifted = types([b"\x40\0\1\0"]) + section(8, b"\1\0\0\0\0\0")
    instance = section(1, module) + section(2, b"\1\0\0\0") + section(6, b"\1\0\0\1\0" + name("f"))
    return component(instance, lifted, section(9, b"\0\0\0") * n)


def names(n):
    """A type and its name in the name section."""
    part = b"\3" + vector([leb(i) + name(f"t{i}") for i in range(n)])
    return component(types([b"\x70\x7d"] * n), section(0, name("component-name") + b"\1" + leb(len(part)) + part))


def custom_sections(n):
    """Custom sections of one name."""
    return component(section(0, name("x") + b"abc") * n)


CASES = {
    nested_options: 1000,
    records: 5000,
    nested_instances: 25,
    instantiations: 1000,
    chained_instances: 1000,
    long_names: 200,
    bundles: 50,
    alias_chain: 5000,
    values: 2000,
    core_aliases: 4000,
    core_groups: 4000,
    starts: 4000,
    names: 10000,
    custom_sections: 4000,
    huge_count: 1,
    megabyte_name: 1000,
}


def write(path, make, size):
    """Writes an input from a process of its own, because the memory of this one
    would count as that of the next child."""
    child = os.fork()
    if child == 0:
        with open(path, "wb") as file:
            file.write(make(size))
        os._exit(0)
    os.waitpid(child, 0)
    return os.path.getsize(path)


def run(command, path):
    """Seconds of processor time, kilobytes and exit status of one run."""
    child = subprocess.Popen(command + [path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss, os.waitstatus_to_exitcode(status)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", nargs="+")
    parser.add_argument("--scale", type=float, default=1)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "hostile.wasm")

        write(path, lambda _: component(), 0)
        _, idle, _ = run(options.command, path)
        print(f"{'case':20} {'bytes at 4n':>12} {'n':>8} {'2n':>8} {'4n':>8}  {'kB above idle':>13}  exit")
        for make, size in CASES.items():
            size = max(1, int(size * options.scale))
            runs = []
            for factor in (1, 2, 4):
                length = write(path, make, size * factor)
                runs.append(run(options.command, path))
            first, last = runs[0][0], runs[2][0]
            memory = max(0, runs[2][1] - idle)
            print(f"{make.__name__:20} {length:12} " + " ".join(f"{r[0]:8.3f}" for r in runs) + f"  {memory:13}  {runs[2][2]}")
            bad = [r for r in runs if r[2] not in (0, 1)]
            slow = last > 6 * first and last > 1
            large = length < 100000 and memory > 64 * 1024
            if bad or slow or large:
                failures += 1
                print(f"  failed: {'ended badly ' if bad else ''}{'not linear ' if slow else ''}{'too much memory' if large else ''}")
    return 1 if options.check and failures else 0


if __name__ == "__main__":
    sys.exit(main())
