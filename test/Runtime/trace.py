#!/usr/bin/env python3
"""Compares the guest runtime with the specification's reference code.

  trace.py record --definitions definitions.py [--seed N] [--count N] > trace
  trace.py replay --runner PROGRAM TRACE.gz...
  trace.py live   --runner PROGRAM --definitions definitions.py [--seed N]

`record` makes random operations on handles, streams, futures, sets and
subtasks, does them with definitions.py (component-model, design/mvp/canonical-abi), and
writes each with its result. `replay` feeds recorded traces to the runtime, and
then again with one result changed, which it must refuse. `live` does both at
once and is skipped (exit status 77) where there is no definitions.py.
"""
import argparse
import gzip
import os
import random
import subprocess
import sys

from operations import Generator, NothingFits
from world import INSTANCES, World, load, make_deterministic

SKIPPED = 77


def record(d, seed, count):
    """Each world begins with sets and streams in all instances."""
    rng, done, out = random.Random(seed), 0, []
    while done < count:
        out.append("*")
        world = World(d)
        generator = Generator(world, rng)
        setup = [("set-new", [i]) for i in INSTANCES] + \
                [("new", [i, t]) for i in INSTANCES for t in range(8)]
        while done < count:
            try:
                name, a = setup.pop(0) if setup else generator.next()
            except NothingFits:
                continue
            try:
                result = world.perform(name, a)
            except d.Trap:
                result = "trap"
            out.append(" ".join([name, *map(str, a), "=", str(result)]))
            done += 1
            if result == "trap":
                break
    return out


def run(runner, lines):
    return subprocess.run([runner], input="\n".join(lines) + "\n", text=True,
                          capture_output=True, check=False)


def check(runner, lines, what):
    done = run(runner, lines)
    if done.returncode:
        sys.exit(f"{what}: {done.stderr.strip()}")
    changed = list(lines)
    last = max(k for k, line in enumerate(lines) if "= " in line)
    changed[last] = changed[last].rsplit("= ", 1)[0] + "= 4711"
    if run(runner, changed).returncode != 1:
        sys.exit(f"{what}: a changed result was not noticed")
    traps = sum(line.endswith("= trap") for line in lines)
    print(f"{what}: {done.stdout.strip()} agree, {traps} of them traps")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("mode", choices=("record", "replay", "live"))
    parser.add_argument("traces", nargs="*")
    parser.add_argument("--runner")
    parser.add_argument("--definitions",
                        default=os.environ.get("MELD_DEFINITIONS_PY", ""))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=10000)
    options = parser.parse_intermixed_args()
    if options.mode == "replay":
        for path in options.traces:
            with gzip.open(path, "rt") as file:
                check(options.runner, file.read().splitlines(),
                      os.path.basename(path))
        return
    if not os.path.exists(options.definitions):
        print("skipped: MELD_DEFINITIONS_PY names no definitions.py")
        sys.exit(SKIPPED)
    d = load(options.definitions)
    make_deterministic(d)
    lines = record(d, options.seed, options.count)
    if options.mode == "record":
        print("\n".join(lines))
    else:
        check(options.runner, lines, f"seed {options.seed}")


if __name__ == "__main__":
    main()
