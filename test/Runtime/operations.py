"""Random operations on a world of world.py, most of which make sense."""
from world import INSTANCES, MEMORY

# How often an operand is chosen without regard to what makes sense.
MISTAKE = 0.004


class NothingFits(Exception):
    pass


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
