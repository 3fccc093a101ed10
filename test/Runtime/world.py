"""The specification's reference code as the runtime of three instances.

The reference picks events at random; here it takes the one that has been
pending longest, which is what the runtime promises and one of the allowed
choices. And it asserts that only a reader is pending when an end of a future
is dropped, though the readable one may be while a writer is; here it does not.
A cancelled copy of a stream says so even where elements have moved, because
the test suite of the Component Model has it so (async/cancel-stream.wast).
The message of an error context is always empty, as the deterministic profile
has it. Everything else is used as it is.
"""
import functools
import importlib.util
import sys
import threading
from types import SimpleNamespace

INSTANCES, MEMORY = (1, 2, 3), 64


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
        d = self.d
        self.enter(self.tasks[a[0]])
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

    def enter(self, task):
        """What is done from here on is done by a thread of this task."""
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
        self.enter(SimpleNamespace(inst=self.instances[i],
                                   deliver_pending_cancel=lambda c: False))
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
