//===- gate.mjs - who may enter a program --------------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// Once a trap, an exception of the host or a stack that overflows has gone
// through a program, nothing enters it again (E9 of docs/HostABI.md). That must
// not hang on code that looks at what was thrown: where the stack is full, such
// code fails as well, and who is further out may keep that to himself. So the
// gate is shut while the program runs, and nothing but a normal return opens it.
//
// Nor may it hang on that code what is thrown. Once the gate was shut, it is a
// trap: where there is no room to make one, that which was made before. So an
// error of the engine's, for its full stack, comes from outside of the gate only,
// and there nothing was done.
//
//===---------------------------------------------------------------------===//

/// Who holds control: the program, or for ever nobody; the host, within a
/// function of `pulseengine:async`, which may ask the program for room; the host
/// in any other place, where it may enter.
const State = { shut: 0, serving: 1, open: 2 };

export class Gate {
  #state = State.open;
  #thrown = null; // { error } that the host threw into the program, until it is explained
  #explain;
  #full;

  /// The trap that shut the gate for ever, or null. To read it is no call.
  ended = null;

  /// `explain(error)` gives the trap that what left the program is; `full` is the
  /// trap for where that fails.
  constructor(explain, full) {
    this.#explain = explain;
    this.#full = full;
  }

  get isOpen() {
    return this.#state === State.open;
  }

  /// Whether the program may be asked for room.
  get isServing() {
    return this.#state !== State.shut;
  }

  /// Runs `run`, which calls the program. If that throws, this throws a trap, and
  /// the gate is shut for ever.
  enter(run) {
    const before = this.#state;
    this.#state = State.shut;
    let value;
    try {
      value = run();
    } catch (error) {
      let trap = this.#full;
      try {
        trap = this.#explain(error);
      } catch {
        trap.cause = error; // by no call
      }
      this.ended ??= trap;
      throw trap;
    }
    this.#state = before;
    return value;
  }

  /// The same where `run` gives a promise.
  async enterLater(run) {
    const before = this.#state;
    this.#state = State.shut;
    let value;
    try {
      value = await run();
    } catch (error) {
      await undefined; // what follows has a stack of its own
      throw (this.ended ??= this.#explain(error));
    }
    this.#state = before;
    return value;
  }

  /// A function that the program calls, and which may call it back: `f`. Where
  /// an entry in between has failed, which `f` kept to itself, this throws what
  /// `refuse` gives.
  outside(f, refuse) {
    return this.#called(f, State.open, refuse);
  }

  /// The same for a function of `pulseengine:async`.
  inside(f, refuse) {
    return this.#called(f, State.serving, refuse);
  }

  #called(f, state, refuse) {
    return (...args) => {
      this.#state = state;
      try {
        const value = f(...args);
        if (this.#state === State.shut) throw refuse();
        this.#state = State.shut;
        return value;
      } catch (error) {
        this.#state = State.shut; // first, and by no call
        this.#thrown = { error };
        throw error;
      }
    };
  }

  /// { error } for what the host threw into the program since this was asked,
  /// else null.
  takeThrown() {
    const thrown = this.#thrown;
    this.#thrown = null;
    return thrown;
  }
}
