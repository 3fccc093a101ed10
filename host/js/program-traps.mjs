//===- program-traps.mjs - the traps of one program ----------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// What leaves a module by an exception becomes a MeldTrap: by the kind that the
// module has left, by what an import threw, else by what the engine says.
//
//===---------------------------------------------------------------------===//

import { ValueTrap } from './scalars.mjs';
import { MeldTrap, trapText } from './traps.mjs';

const isStackOverflow = (error) => error instanceof RangeError && /call stack/.test(error.message);

/// What may be said of anything that was thrown; to ask it may throw as well.
function messageOf(thrown) {
  try {
    return `${thrown?.message ?? thrown}`;
  } catch {
    return 'what it threw has no text';
  }
}

/// A trap of the guest's own, which the engine tells.
export const guestTrap = (cause, map) => new MeldTrap({ kind: 0, id: 'Guest', message: cause.message, cause, map });

export class ProgramTraps {
  #core;
  #names; // of the globals that hold the kind and the argument
  #kinds;
  #map;
  #known = new WeakSet();
  #poison = null;
  #thrown = null; // { error } that an import threw, until it is out of the module

  /// `abi` is `meld.abi`, the others as `instantiate` of meld-host.mjs takes them.
  constructor(abi, trapKinds, map) {
    this.#names = abi.trap ?? {};
    this.#kinds = trapKinds;
    this.#map = map;
  }

  bind(core) {
    this.#core = core;
  }

  /// The trap that the module does not know of, after which nothing may enter it;
  /// null if there is none.
  get poison() {
    return this.#poison;
  }

  /// What an import throws poisons the program, whatever it is: it may be a trap
  /// of other code. A program whose guests have handlers makes a trap of it; then
  /// this is the reason.
  keeping(f) {
    return (...args) => {
      try {
        return f(...args);
      } catch (error) {
        this.#thrown = { error };
        throw error;
      }
    };
  }

  /// The trap that `error` is, which has left the module.
  of(error) {
    const thrown = this.#thrown;
    this.#thrown = null;
    const trap = this.#known.has(error) ? error : this.#explain(error, thrown);
    this.#known.add(trap);
    return trap;
  }

  #explain(error, thrown) {
    const { kind: kindName, argument: argumentName } = this.#names;
    const kind = this.#core[kindName]?.value ?? 0;
    const argument = this.#core[argumentName]?.value ?? 0;
    if (kind !== 0) this.#core[kindName].value = 0; // a later trap of the guest's own must not look like this one
    if (thrown) return this.#explainThrown(thrown.error);
    if (kind !== 0) {
      const row = this.#kinds.find(({ number }) => number === kind);
      const message = row ? trapText(row, argument) : `trap of kind ${kind}, argument ${argument}`;
      return new MeldTrap({ kind, id: row?.id, argument, message, cause: error, map: this.#map });
    }
    if (isStackOverflow(error)) return (this.#poison = guestTrap(error, this.#map)); // may have left no count too high
    if (error instanceof WebAssembly.RuntimeError) return guestTrap(error, this.#map);
    if (error instanceof WebAssembly.Exception)
      return (this.#poison = this.make('UncaughtException', 'uncaught exception at a component boundary', error));
    return this.#explainThrown(error);
  }

  /// What a function of the host threw. A trap of the program's own, which it
  /// called back, is known to the module; one of another program is not.
  #explainThrown(error) {
    if (this.#known.has(error)) return error;
    const isValue = error instanceof ValueTrap;
    return (this.#poison = this.make(isValue ? error.id : 'HostThrew', isValue ? error.message : `the host failed: ${messageOf(error)}`, error));
  }

  /// A trap of the kind `id` that the host makes.
  make(id, message, cause) {
    const kind = this.#kinds.find((row) => row.id === id)?.number;
    return new MeldTrap({ kind, id, message, cause, map: this.#map });
  }
}
