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

The reference picks events at random; here it takes the one that has been
pending longest, which is what the runtime promises and one of the allowed
choices. And it asserts that only a reader is pending when an end of a future
is dropped, though the readable one may be while a writer is; here it does not.
A cancelled copy of a stream says so even where elements have moved, because
the test suite of the Component Model has it so (async/cancel-stream.wast).
The message of an error context is always empty, as the deterministic profile
has it. Everything else is used as it is.
"""
import argparse
import functools
import gzip
import importlib.util
import os
import random
import subprocess
import sys
import threading
from types import SimpleNamespace

INSTANCES, MEMORY = (1, 2, 3), 64
# How often an operand is chosen without regard to what makes sense.
MISTAKE = 0.004
SKIPPED = 77


class NothingFits(Exception):
    pass


def load(path):
    spec = importlib.util.spec_from_file_location("definitions", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["definitions"] = module
    spec.loader.exec_module(module)
    return module


def make_deterministic(d):
    """Events of a set are taken in the order in which they became pending."""
    clock = iter(range(10**9))
    post, join = d.Waitable.set_pending_event, d.Waitable.join

    def set_pending_event(self, event):
        if not self.has_pending_event():
            self.since = next(clock)
        post(self, event)

    def join_set(self, wset):
        self.since = next(clock)
        join(self, wset)

    def get_pending_event(self):
        ready = [w for w in self.elems if w.has_pending_event()]
        return min(ready, key=lambda w: w.since).get_pending_event()

    d.SharedFutureImpl.drop = d.SharedStreamImpl.drop
    d.random = SimpleNamespace(randint=lambda low, high: high)
    # Threads that never run would keep the process from its end.
    d.threading = SimpleNamespace(
        Lock=threading.Lock, local=threading.local,
        Thread=functools.partial(threading.Thread, daemon=True))
    d.Waitable.set_pending_event = set_pending_event
    d.Waitable.join = join_set
    d.WaitableSet.get_pending_event = get_pending_event


class World:
    """Three instances, with the reference code as their runtime."""

    def __init__(self, d):
        self.d = d
        record = d.RecordType([d.FieldType("a", d.U8Type())])
        self.types = [d.StreamType(t) for t in
                      (d.U8Type(), None, d.U32Type(), record)]
        self.types += [d.FutureType(t) for t in
                       (d.U8Type(), None, d.U32Type(), record)]
        self.sizes = (1, 0, 4, 1) * 2
        store = d.Store()
        self.instances, self.options = {}, {}
        for i in INSTANCES:
            self.instances[i] = d.ComponentInstance(store)
            memory = d.MemInst(bytearray((i * MEMORY + j) & 255
                                         for j in range(MEMORY)), "i32")
            self.options[i] = d.CanonicalOptions(memory=memory, async_=True)
        self.running, self.queued = [], []
        self.tasks = {i: self.task(i) for i in INSTANCES}

    def task(self, i):
        """The task of instance i that has threads, with its first one."""
        ft = self.d.FuncType([], [], async_=True)
        task = self.d.Task(ft, self.options[i], self.instances[i],
                           lambda: [], lambda result: None)
        task.register_thread(SimpleNamespace(index=None, task=task))
        return task

    def thread(self, name, a):
        d, task = self.d, self.tasks[a[0]]
        d.thread_local_handler.value = SimpleNamespace(
            current_thread=SimpleNamespace(task=task))
        if name == "thread-new":
            ft = d.CoreFuncType(["i32"], [])
            def body(argument):
                self.ran = argument[0]
                return []
            table = SimpleNamespace(get=lambda i: d.CoreFuncRef(ft, body))
            return d.canon_thread_new_indirect(ft, table, 0, a[1])[0]
        d.canon_thread_resume_later(a[1])
        self.instances[a[0]].store.waiting[-1].resume()
        return self.ran

    def error_context(self, name, a):
        d, i = self.d, a[0]
        if name == "error-new":
            return d.canon_error_context_new(self.options[i], 0, 0)[0]
        if name == "error-drop":
            d.canon_error_context_drop(a[1])
            return 0
        cx = [d.LiftLowerContext(self.options[k], self.instances[k])
              for k in (i, a[2])]
        return d.lower_error_context(cx[1], d.lift_error_context(cx[0], a[1]))

    def enter(self, i):
        task = SimpleNamespace(inst=self.instances[i],
                               deliver_pending_cancel=lambda c: False)
        self.d.thread_local_handler.value = SimpleNamespace(
            current_thread=SimpleNamespace(task=task))

    def callee(self, behaviour):
        def resolve(on_start, on_resolve):
            on_start()
            self.running.append(lambda: on_resolve([]))

        def func(on_start, on_resolve, caller):
            entry = lambda: resolve(on_start, on_resolve)
            if behaviour == 2:
                self.queued.append(entry)
            elif behaviour == 1:
                resolve(on_start, on_resolve)
            else:
                on_start()
                on_resolve([])

            def cancel(caller):
                if entry in self.queued:
                    self.queued.remove(entry)
                    on_resolve(None)
            return cancel
        return func

    def memory(self):
        value = 0x811c9dc5
        for i in INSTANCES:
            for byte in self.options[i].memory.bytes:
                value = ((value ^ byte) * 0x01000193) & 0xffffffff
        return value

    def perform(self, name, a):
        d, types = self.d, self.types
        canon = lambda what: getattr(
            d, f"canon_{'future' if a[1] > 3 else 'stream'}_{what}")
        if name in ("memory", "admit", "resolve"):
            return self.perform_global(name, a)
        if name.startswith("thread"):
            return self.thread(name, a)
        i = a[0]
        if name == "poke":
            self.options[i].memory.bytes[a[1]] = a[2]
            return 0
        self.enter(i)
        if name.startswith("error"):
            return self.error_context(name, a)
        if name == "set-new":
            return d.canon_waitable_set_new()[0]
        if name == "set-drop":
            d.canon_waitable_set_drop(a[1])
        elif name == "join":
            d.canon_waitable_join(a[1], a[2])
        elif name == "new":
            return canon("new")(types[a[1]])[0]
        elif name == "drop-r":
            canon("drop_readable")(types[a[1]], a[2])
        elif name == "drop-w":
            canon("drop_writable")(types[a[1]], a[2])
        elif name in ("read", "write"):
            return canon(name)(types[a[1]], self.options[i], *a[2:])[0]
        elif name in ("cancel-read", "cancel-write"):
            r = canon(name.replace("-", "_"))(types[a[1]], a[3], a[2])[0]
            return r | d.CopyResult.CANCELLED if a[1] < 4 and not r & 15 else r
        elif name == "move":
            t, kind = types[a[1]].t, "future" if a[1] > 3 else "stream"
            cx = d.LiftLowerContext(self.options[i], self.instances[i])
            shared = getattr(d, "lift_" + kind)(cx, a[2], t)
            cx = d.LiftLowerContext(self.options[a[3]], self.instances[a[3]])
            return getattr(d, "lower_" + kind)(cx, shared, t)
        elif name == "call":
            ft = d.FuncType([], [], async_=True)
            return d.canon_lower(self.callee(a[1]), ft, self.options[i], [])[0]
        elif name == "subtask-drop":
            d.canon_subtask_drop(a[1])
        elif name == "subtask-cancel":
            return d.canon_subtask_cancel(True, a[1])[0]
        elif name == "poll":
            memory = d.MemInst(bytearray(8), "i32")
            code = d.canon_waitable_set_poll(False, memory, a[1], 0)[0]
            words = [int.from_bytes(memory.bytes[k:k + 4], "little")
                     for k in (0, 4)]
            return f"{code} {words[0]} {words[1]}"
        else:
            raise ValueError(name)
        return 0

    def perform_global(self, name, a):
        if name == "memory":
            return self.memory()
        if name == "admit":
            self.queued.pop(0)()
        else:
            resolve = self.running[a[0]]
            self.running[a[0]] = self.running[-1]
            self.running.pop()
            resolve()
        return 0


class Generator:
    """Picks operations that mostly make sense in a world."""

    def __init__(self, world, rng):
        self.world, self.rng = world, rng

    def handles(self, i, test):
        array = self.world.instances[i].handles.array
        return [k for k, e in enumerate(array) if e is not None and test(e)]

    def pick(self, i, test):
        """A handle that passes, or now and then any number at all."""
        fitting = self.handles(i, test)
        if self.rng.random() < MISTAKE:
            return self.rng.choice((0, 1, 2, 3, 5, 8, 13, 1000, 2**32 - 1))
        if not fitting:
            raise NothingFits
        return self.rng.choice(fitting)

    def suspended(self, i):
        """The index of a thread that can be resumed, or now and then any."""
        array = self.world.instances[i].threads.array
        fitting = [k for k, t in enumerate(array)
                   if isinstance(t, self.world.d.Thread) and t.suspended()]
        if self.rng.random() < MISTAKE:
            return self.rng.choice((0, 2, 5, 1000, 2**32 - 1))
        if not fitting:
            raise NothingFits
        return self.rng.choice(fitting)

    def shared(self, i, handle):
        array = self.world.instances[i].handles.array
        return getattr(array[handle], "shared", None) \
            if handle < len(array) else None

    def type_of(self, i, handle):
        t = self.rng.randrange(8)
        if self.rng.random() < MISTAKE:
            return t
        shared = self.shared(i, handle)
        future = isinstance(shared, self.world.d.SharedFutureImpl)
        for k, stream in enumerate(self.world.types):
            if shared is not None and shared.t == stream.t and \
               future == (k > 3):
                return k
        return t

    def end(self, name, i):
        d, rng = self.world.d, self.rng
        reads = name in ("read", "drop-r", "move", "cancel-read")
        kind = (d.ReadableStreamEnd, d.ReadableFutureEnd) if reads \
            else (d.WritableStreamEnd, d.WritableFutureEnd)
        state = d.CopyState
        states = {state.IDLE, state.DONE} if name.startswith("drop") else \
            {state.COPYING} if name.startswith("cancel") else {state.IDLE}
        if rng.random() < MISTAKE:
            states = set(d.CopyState)
        handle = self.pick(i, lambda e: isinstance(e, kind) and
                           e.state in states and
                           not (name == "drop-w" and e.state == state.IDLE and
                                isinstance(e, d.WritableFutureEnd)) and
                           (name != "move" or not e.in_waitable_set()))
        return handle, self.type_of(i, handle)

    def copy(self, name, i):
        rng = self.rng
        handle, t = self.end(name, i)
        inst = self.world.instances[i]
        if t % 4 == 3 and rng.random() > 10 * MISTAKE and \
           getattr(self.shared(i, handle), "pending_inst", None) is inst:
            raise NothingFits  # a rule of the specification: it would trap
        size = self.world.sizes[t]
        length = rng.choice((0, 0, 1, 1, 2, 3, 4, 5, 7, 8))
        pointer = rng.randrange(0, MEMORY - 8 * max(size, 1) + 1,
                                max(size, 1))
        if rng.random() < MISTAKE:
            pointer = rng.choice((1, 2, MEMORY, MEMORY - 1))
        if rng.random() < MISTAKE:
            length = rng.choice((65, 2**28 - 1, 2**28, 2**32 - 1))
        return [i, t, handle, pointer] + [length][:t < 4]

    def wanted(self):
        table = (("read", 20), ("write", 20), ("poll", 30), ("join", 15),
                 ("new", 5), ("move", 5), ("drop-r", 2), ("drop-w", 2),
                 ("set-new", 1), ("set-drop", 1), ("poke", 4), ("memory", 4),
                 ("call", 5), ("admit", 4), ("resolve", 5),
                 ("subtask-drop", 6), ("cancel-read", 4), ("cancel-write", 4),
                 ("subtask-cancel", 2), ("error-new", 2), ("error-drop", 2),
                 ("error-move", 2), ("thread-new", 2), ("thread-go", 2))
        return self.rng.choices([n for n, _ in table],
                                [w for _, w in table])[0]

    def next(self):
        d, w, rng = self.world.d, self.world, self.rng
        name, i = self.wanted(), rng.choice(INSTANCES)
        is_set = lambda e: isinstance(e, d.WaitableSet)
        if name in ("memory", "admit", "resolve"):
            if name == "admit" and not w.queued or \
               name == "resolve" and not w.running:
                name = "memory"
            return name, [rng.randrange(len(w.running))] \
                if name == "resolve" else []
        if name in ("read", "write"):
            return name, self.copy(name, i)
        if name == "thread-go":
            return name, [i, self.suspended(i)]
        if name in ("error-drop", "error-move"):
            handle = self.pick(i, lambda e: isinstance(e, d.ErrorContext))
            return name, [i, handle] + \
                ([rng.choice(INSTANCES)] if name == "error-move" else [])
        if name in ("cancel-read", "cancel-write"):
            handle, t = self.end(name, i)
            inside = w.instances[i].handles.array[handle:handle + 1]
            alone = inside and not getattr(inside[0], "wset", None)
            sync = alone and rng.random() < 0.5 or rng.random() < MISTAKE
            return name, [i, t, handle, int(not sync)]
        if name in ("drop-r", "drop-w", "move"):
            handle, t = self.end(name, i)
            more = [rng.choice(INSTANCES)] if name == "move" else []
            return name, [i, t, handle] + more
        if name == "poll":
            ready = lambda e: is_set(e) and (e.has_pending_event() or
                                             rng.random() < 0.05)
            i = next((k for k in rng.sample(INSTANCES, 3)
                      if self.handles(k, ready)), i)
            return name, [i, self.pick(i, ready)]
        if name == "set-drop":
            return name, [i, self.pick(i, lambda e: is_set(e) and not e.elems)]
        if name == "join":
            wait = self.pick(i, lambda e: isinstance(e, d.Waitable))
            leave = rng.random() < 0.2
            return name, [i, wait, 0 if leave else self.pick(i, is_set)]
        if name == "subtask-drop":
            return name, [i, self.pick(i, lambda e: isinstance(e, d.Subtask)
                                       and e.resolve_delivered())]
        if name == "subtask-cancel":
            return name, [i, self.pick(i, lambda e: isinstance(e, d.Subtask)
                                       and not e.resolve_delivered() and
                                       not e.cancellation_requested)]
        operands = {"new": [rng.randrange(8)], "call": [rng.randrange(3)],
                    "thread-new": [rng.randrange(1000)],
                    "poke": [rng.randrange(MEMORY), rng.randrange(256)]}
        return name, [i] + operands.get(name, [])


def record(d, seed, count, out):
    """Each world begins with sets and streams in all instances."""
    rng, done = random.Random(seed), 0
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
    lines = record(d, options.seed, options.count, [])
    if options.mode == "record":
        print("\n".join(lines))
    else:
        check(options.runner, lines, f"seed {options.seed}")


if __name__ == "__main__":
    main()
