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

/// What may be said of anything that was thrown; to ask it may throw as well.
function messageOf(thrown) {
  try {
    return String(thrown?.message ?? thrown);
  } catch {
    return 'what it threw has no text';
  }
}

/// A stack that overflows; SpiderMonkey has a class of its own for that.
const isFull = (error) =>
  (error instanceof RangeError && /call stack/.test(messageOf(error))) || (globalThis.InternalError !== undefined && error instanceof globalThis.InternalError);

/// The engine's own error: a trap of a module, or a stack that overflows.
const isOfEngine = (error) => error instanceof WebAssembly.RuntimeError || isFull(error);

/// A trap of the guest's own, which the engine tells.
export const guestTrap = (cause, map) => new MeldTrap({ kind: 0, id: 'Guest', message: messageOf(cause), cause, map });

export class ProgramTraps {
  #core;
  #names; // of the globals that hold the kind and the argument
  #kinds;
  #map;
  #known = new WeakSet();
  #first; // what ended the program
  /// The trap of a program that ended where the stack was full. Who throws it
  /// gives it a cause.
  full = new MeldTrap({ kind: 0, id: 'Guest', message: 'Maximum call stack size exceeded' });

  /// `abi` is `meld.abi`, the others as `instantiate` of meld-host.mjs takes them.
  constructor(abi, trapKinds, map) {
    this.#names = abi.trap ?? {};
    this.#kinds = trapKinds;
    this.#map = map;
    this.#known.add(this.full);
  }

  bind(core) {
    this.#core = core;
  }

  /// The trap that `error` is, which has left the module; `thrown` is { error }
  /// that an import threw into it, or null. A program whose guests have handlers
  /// makes a trap of such an error; then that is the reason.
  of(error, thrown) {
    const trap = thrown ? this.#explainThrown(thrown.error) : this.#known.has(error) ? error : this.#explain(error);
    this.#known.add(trap);
    this.#first ??= trap;
    return trap;
  }

  /// Why nothing enters: the program has ended, or runs.
  refusal() {
    const trap = this.make('CannotEnter', 'cannot enter component instance', this.#first ?? (this.full.cause && this.full));
    this.#known.add(trap);
    return trap;
  }

  #explain(error) {
    const kind = this.#core[this.#names.kind]?.value ?? 0;
    if (kind !== 0) return this.#ofKind(kind, error);
    if (isOfEngine(error)) return guestTrap(error, this.#map);
    if (error instanceof WebAssembly.Exception) return this.make('UncaughtException', 'uncaught exception at a component boundary', error);
    return this.#explainThrown(error);
  }

  #ofKind(kind, cause) {
    const argument = this.#core[this.#names.argument]?.value ?? 0;
    const row = this.#kinds.find(({ number }) => number === kind);
    const message = row ? trapText(row, argument) : `trap of kind ${kind}, argument ${argument}`;
    return new MeldTrap({ kind, id: row?.id, argument, message, cause, map: this.#map });
  }

  /// What a function of the host threw. A trap of the program's own, which it
  /// called back, is known; one of another program is not.
  #explainThrown(error) {
    if (this.#known.has(error)) return error;
    if (ValueTrap.is(error)) return this.make(error.id, error.message, error);
    return this.make('HostThrew', `the host failed: ${messageOf(error)}`, error);
  }

  /// A trap of the kind `id` that the host makes.
  make(id, message, cause) {
    const kind = this.#kinds.find((row) => row.id === id)?.number;
    return new MeldTrap({ kind, id, message, cause, map: this.#map });
  }
}
