#!/usr/bin/env python3
# Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What the Component Model's definitions.py makes of handles.

reference.py DEFINITIONS SEED COUNT < shape > traces

The shape is that of shape.mjs, as JSON. Each trace, a line of JSON, is a run of
the program: `steps` are [instance, what it tells, the answer], `trap` says
whether the last answer made it trap. Answers are chosen at random, most of them
such that they make sense.
"""

import importlib.util
import json
import random
import sys
from functools import partial

MISTAKE = 0.02  # how often an operand is chosen without regard to sense
STEPS = 60  # after that many, calls only return
DEPTH = 6


def load(path):
    spec = importlib.util.spec_from_file_location("definitions", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["definitions"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    run_in_place(module)
    return module


def run_in_place(d):
    """Nothing waits here: a thread is a call."""
    running = []

    def resume(cont, block_result, thread):
        running.append(thread)
        cont(block_result)
        running.pop()
        return (None, None)

    d.cont_new = lambda f: f
    d.resume = resume
    d.current_thread = lambda: running[-1]
    d.running = running


class World:
    """The instances of a shape, and a run of them."""

    def __init__(self, d, shape, rng):
        self.d, self.rng, self.steps, self.depth = d, rng, [], 0
        self.next_rep = 1
        d.running.clear()
        self.shape = {each["name"]: each for each in shape}
        store = d.Store()
        root = d.ComponentInstance(store)
        self.instances = {name: d.ComponentInstance(store, root) for name in self.shape}
        self.types = {
            name: d.ResourceType(self.instances[name], partial(self.body, name, [None], None))
            for name, each in self.shape.items()
            if each["defines"]
        }
        self.store = store
        self.lifted = {
            (name, f["name"]): store.lift(
                partial(self.body, name, f["params"], f.get("result")), self.type_of(f), d.CanonicalOptions(), self.instances[name]
            )
            for name, each in self.shape.items()
            for f in each["exports"]
        }

    def value_type(self, t):
        d = self.d
        return d.OwnType(self.types[t["own"]]) if "own" in t else d.BorrowType(self.types[t["borrow"]])

    def type_of(self, f):
        params = [(f"p{i}", self.value_type(t)) for i, t in enumerate(f["params"])]
        result = [self.value_type(f["result"])] if f.get("result") else []
        return self.d.FuncType(params, result, async_=False)

    def operations(self, name):
        """As `operationsOf` of shape.mjs."""
        each = self.shape[name]
        own = [name] if each["defines"] else []
        rows = [("return", None)]
        rows += [(kind, of) for of in own for kind in ("new", "rep")]
        rows += [("drop", of) for of in own + each["knows"]]
        rows += [("call", (other, f)) for other in each["imports"] for f in self.shape[other]["exports"]]
        return rows

    def handles(self, name, of=None, owned=None, idle=False):
        """Indices in the table of an instance."""
        d = self.d
        for i, h in enumerate(self.instances[name].handles.array):
            if not isinstance(h, d.ResourceHandle) or (of and h.rt is not self.types[of]):
                continue
            if (owned is None or h.own == owned) and not (idle and h.num_lends):
                yield i

    def pick(self, name, of, **wanted):
        """An index that fits, or, by mistake or for want of one, any."""
        fitting = list(self.handles(name, of, **wanted))
        if self.rng.random() < MISTAKE:
            fitting = self.rng.choice([list(self.handles(name, of)), list(self.handles(name)), list(range(9))])
        return self.rng.choice(fitting) if fitting else None

    def operand(self, name, t):
        return self.pick(name, t["own"], owned=True, idle=True) if "own" in t else self.pick(name, t["borrow"])

    def borrowed(self, name):
        return [i for i in self.handles(name, owned=False)]

    def choose(self, name, result, frame):
        """(position, operands): the next thing that the body does."""
        rng, rows = self.rng, self.operations(name)
        ends = len(self.steps) >= STEPS or frame["left"] <= 0 or self.depth >= DEPTH
        frame["left"] -= 1
        if ends:
            return self.finish(name, rows, result)
        for _ in range(20):
            k = rng.randrange(len(rows))
            kind, of = rows[k]
            if kind == "return":
                continue
            if kind == "new":
                return k, [self.fresh()]
            if kind in ("rep", "drop"):
                operands = [self.pick(name, of, **({"idle": True} if kind == "drop" else {}))]
            else:
                operands = [self.operand(name, t) for t in of[1]["params"]]
                operands = operands[:2] + ([operands[1]] if len(operands) > 2 else [])
            lent_and_given = len(operands) == 2 and operands[0] == operands[1]
            if None not in operands and (not lent_and_given or rng.random() < MISTAKE):
                return k, operands
        return self.finish(name, rows, result)

    def finish(self, name, rows, result):
        """Drops what was borrowed, makes what is to be returned, and returns."""
        for i in self.borrowed(name):
            if self.rng.random() >= MISTAKE:
                of = next(n for n, rt in self.types.items() if rt is self.instances[name].handles.array[i].rt)
                return rows.index(("drop", of)), [i]
        if not result:
            return 0, [0]
        handle = self.operand(name, result)
        if handle is not None:
            return 0, [handle]
        for k, (kind, of) in enumerate(rows):
            if kind == "new" and of == result["own"]:
                return k, [self.fresh()]
            if kind == "call" and of[1].get("result") == result and not of[1]["params"]:
                return k, []
        raise AssertionError("nothing gives what is to be returned")

    def fresh(self):
        self.next_rep += 1
        return self.next_rep

    def body(self, name, params, result, args):
        """The core function of a lift, or a destructor."""
        self.depth += 1
        for arg in args:
            self.steps.append([name, arg, 0])
        frame, last = {"left": 40 if self.depth == 1 else self.rng.randrange(6)}, 0
        while True:
            k, operands = self.choose(name, result, frame)
            a, b = (operands + [0, 0])[:2]
            self.steps.append([name, last, k | a << 8 | b << 32])
            kind, of = self.operations(name)[k]
            if kind == "return":
                self.depth -= 1
                return [a] if result else []
            [last] = self.perform(name, kind, of, operands) or [0]

    def perform(self, name, kind, of, operands):
        d = self.d
        if kind == "new":
            return d.canon_resource_new(self.types[of], operands[0])
        if kind == "rep":
            return d.canon_resource_rep(self.types[of], operands[0])
        if kind == "drop":
            return d.canon_resource_drop(self.types[of], operands[0])
        other, f = of
        lowered = self.store.lower(self.lifted[other, f["name"]], self.type_of(f), d.CanonicalOptions(), self.instances[name])
        return lowered(operands)

    def run(self):
        try:
            self.store.invoke(self.lifted["u", "run"], lambda: [], lambda result: None)
            trap = False
        except self.d.Trap:
            trap = True
        return {"steps": self.steps, "trap": trap}


def main():
    path, seed, count = sys.argv[1:4]
    d = load(path)
    shape = json.load(sys.stdin)
    rng = random.Random(int(seed))
    for _ in range(int(count)):
        trace = World(d, shape, rng).run()
        print(json.dumps(trace, separators=(",", ":")))


main()
