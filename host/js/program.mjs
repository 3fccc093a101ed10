//===- program.mjs - one running program ---------------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import { addressOf } from './addresses.mjs';
import { makeExports } from './exports.mjs';
import { Fibers } from './fibers.mjs';
import { Gate } from './gate.mjs';
import { ImportObject } from './import-object.mjs';
import { findClass, findImport, findInterface, importKeys } from './imports.mjs';
import { ProgramTraps } from './program-traps.mjs';
import { promiseOf } from './promises.mjs';
import { Resources, end } from './resources.mjs';
import { ValueTrap } from './scalars.mjs';
import { Side } from './side.mjs';
import { Signature, shownName } from './signature.mjs';
import { Streams } from './streams.mjs';
import { MeldTrap } from './traps.mjs';
import { macrotask } from './turns.mjs';

/// A program between its core instance and its user: calls in and out, tasks,
/// turns. Everything it knows of the program it reads from `meld.abi`.
export class Program {
  #abi;
  #core;
  #tasks = new Map(); // task number -> { entry, result, resolve, reject }
  #starting = []; // calls of `[start]f` that have not returned, innermost last
  #answers = []; // results of the entry that goes on: { call, value }
  #openCalls = new Set();
  #scheduled = false;
  #depth = 0;
  #sides = new Map(); // entry of `meld.abi` -> a Side that others are made of
  #streamEntries = []; // an entry for each memory
  #resources;
  #streams;
  #traps;
  #gate;
  #fibers; // null in a program that has one stack

  constructor(abi, trapKinds, map) {
    this.#abi = abi;
    this.#traps = new ProgramTraps(abi, trapKinds, map);
    this.#gate = new Gate((error) => this.#trapped(error), this.#traps.full);
    this.#fibers = abi.fibers ? new Fibers() : null;
    const dtors = new Map((abi.resources ?? []).map(({ name, dtor }) => [name, dtor]));
    const drop = (type, handle) => this.#enter(() => this.#core[dtors.get(type) ?? `[resource-drop]${type}`](handle));
    this.#resources = new Resources(abi.resources ?? [], drop);
    this.#streams = new Streams(
      (position) => this.#sideOf((this.#streamEntries[position] ??= { memory: position, async: true })),
      (code, number) => queueMicrotask(() => this.#event(['__callback', code, number])),
    );
  }

  /// The import object for `module`: the functions of the user and the host's
  /// own. Throws an Error that lists everything that is missing.
  importObject(module, imports) {
    const object = new ImportObject();
    const keys = importKeys(this.#abi);
    for (const entry of this.#abi.imports) {
      const f = findImport(imports, entry, keys);
      if (!f) object.miss(shownName(entry));
      else object.place(entry.module, entry.core, this.#outside(entry.core.startsWith('[call]') ? this.#asyncImport(entry, f) : this.#syncImport(entry, f)));
    }
    for (const row of this.#abi.resources ?? []) {
      if (row.host) this.#placeDrop(object, row, imports, keys);
      else if (row.dtor) object.placeHandles(row);
    }
    return object.complete(module, this.#asyncFunctions());
  }

  /// The functions of `pulseengine:async` by name.
  #asyncFunctions() {
    const own = {
      task_result: (task, at) => this.#taskResult(task, at),
      schedule: () => this.#schedule(),
      ...this.#streams.imports(),
    };
    for (const [name, f] of Object.entries(own)) own[name] = this.#inside(f);
    return Object.assign(own, this.#fibers?.imports());
  }

  /// `[resource-drop]r` of a resource of the host.
  #placeDrop(object, { name, interface: from, resource }, imports, keys) {
    const scope = findInterface(imports, from);
    const core = `[resource-drop]${resource}`;
    this.#resources.define(name, { Class: findClass(scope, from, resource, keys), destroy: scope?.[core] });
    object.place(from ?? '$root', core, this.#outside((number) => this.#resources.dropOfHost(name, number)));
  }

  /// Binds the instance and runs `_initialize`.
  initialize(core) {
    this.#core = core;
    this.#traps.bind(core);
    this.#fibers?.bind(core);
    if (core._initialize) this.#enter(() => core._initialize());
  }

  /// What the user gets (exports.mjs).
  exports() {
    return makeExports(this.#abi, (entry) => this.#exported(entry), (row, functions) => this.#resources.defineOwn(row.name, row.resource, functions));
  }

  /// An export that this host does not take is refused when it is called: the
  /// others of the same program stay usable.
  #exported(entry) {
    if (typeof this.#core[entry.core] !== 'function')
      throw new Error(`\`meld.abi\` names the core export "${entry.core}", which the module lacks`);
    let signature;
    try {
      signature = new Signature(entry);
    } catch (error) {
      return entry.async ? async () => { throw error; } : () => { throw error; };
    }
    if (entry.core.startsWith('[start]')) return (...args) => this.#start(entry, signature, args);
    return entry.async ? async (...args) => this.#call(entry, signature, args) : (...args) => this.#call(entry, signature, args);
  }

  /// The memory and the realloc of a function, for one call.
  #sideOf(entry) {
    if (!this.#sides.has(entry)) this.#sides.set(entry, this.#makeSide(entry));
    return this.#sides.get(entry).again();
  }

  #makeSide(entry) {
    const name = this.#abi.memories?.[entry.memory ?? this.#abi.staging];
    const stage = (old, oldBytes, alignment, bytes) => this.#core.__stage(bytes, alignment);
    const realloc = this.#guarded(entry.async && this.#core.__stage ? stage : this.#core[entry.realloc]);
    const handles = { resources: this.#resources, streams: this.#streams };
    return new Side(this.#core[name], realloc, entry.string_encoding, handles, addressOf(entry.address_type));
  }

  /// What it throws is a trap of the program, also inside of a function of the host.
  #guarded(realloc) {
    if (typeof realloc !== 'function') return undefined;
    return (...args) => this.#pass(() => realloc(...args));
  }

  #call(entry, signature, args) {
    const side = this.#sideOf(entry);
    const core = this.#lowered(() => signature.lowerArguments(args, side));
    return this.#enter(() => {
      const value = this.#core[entry.core](...core);
      const lifted = signature.liftResult(value, side);
      if (entry.post_return) this.#core[entry.post_return](...(signature.result ? [value] : []));
      return lifted;
    });
  }

  /// Arguments in the program's memory: what its realloc gives may be none, but a
  /// value of the wrong type, or one whose getters throw, is the caller's fault
  /// and does no harm.
  #lowered(lower) {
    this.#checkGate();
    try {
      return lower();
    } catch (error) {
      let isTrap = false;
      try {
        isTrap = error instanceof MeldTrap;
      } catch {
        // The stack is full.
      }
      if (this.#gate.ended !== null && !isTrap) throw this.#gate.ended; // which needs no call
      if (ValueTrap.is(error)) this.#gate.enter(() => { throw error; });
      throw error;
    }
  }

  #start(entry, signature, args) {
    return new Promise((resolve, reject) => {
      const call = { entry, signature, resolve, reject, resolved: false };
      const lower = () => this.#lowered(() => signature.lowerArguments(args, this.#sideOf(entry)));
      if (this.#fibers) {
        this.#startOnFiber(call, lower).catch(reject);
        return;
      }
      const core = lower();
      this.#enter(() => {
        this.#starting.push(call);
        try {
          this.#started(call, this.#core[entry.core](...core));
        } finally {
          this.#starting.splice(this.#starting.indexOf(call), 1);
        }
      });
    });
  }

  /// Entries come one after the other: the arguments are read when it is the turn
  /// of this one.
  #startOnFiber(call, lower) {
    return this.#fibers.enter(async () => {
      const core = lower();
      await this.#enterOnFiber(async () => {
        this.#starting.push(call);
        try {
          this.#started(call, await this.#fibers.call(call.entry.core, core));
        } finally {
          this.#starting.splice(this.#starting.indexOf(call), 1);
        }
      });
    });
  }

  #started(call, task) {
    const where = `\`${call.entry.core}\` returned ${task}`;
    if (task === 0) {
      if (!call.resolved) throw new Error(`${where}, but did not call \`task_result\``);
    } else if (call.resolved || task < 0 || this.#tasks.has(task)) {
      throw new Error(`${where}, which is not the number of a new task`);
    } else {
      this.#tasks.set(task, call);
    }
  }

  #taskResult(task, at) {
    const call = task === 0 ? this.#starting.at(-1) : this.#tasks.get(task);
    if (!call || call.resolved) throw new Error(`\`task_result\` for task ${task}, which is not open`);
    const value = call.signature.result ? call.signature.loadResult(at >>> 0, this.#sideOf(call.entry)) : undefined;
    call.resolved = true;
    this.#tasks.delete(task);
    this.#answers.push({ call, value });
  }

  #schedule() {
    if (this.#scheduled) return;
    this.#scheduled = true;
    macrotask(() => {
      this.#scheduled = false;
      this.#event(['__callback', 0, 0]);
    });
  }

  #syncImport(entry, f) {
    const signature = new Signature(entry);
    return (...core) => {
      const side = this.#sideOf(entry);
      const value = f(...signature.liftArguments(core, side));
      if (entry.async && typeof value?.then === 'function')
        throw new Error(`"${shownName(entry)}" has no result yet, and the program, made for a component, waits for it on the stack`);
      side.endLent(end);
      return signature.lowerResult(value, core, side);
    };
  }

  #asyncImport(entry, f) {
    const signature = new Signature(entry);
    const at = signature.argumentCount;
    return (...core) => {
      const side = this.#sideOf(entry);
      const call = core[at + (signature.result ? 1 : 0)];
      const write = (value) => {
        side.endLent(end);
        signature.storeResult(value, core[at] >>> 0, side);
      };
      const answer = f(...signature.liftArguments(core, side));
      const promise = promiseOf(answer);
      if (!promise) {
        write(answer);
        return 1;
      }
      this.#openCalls.add(call);
      promise.then(
        (value) => this.#resolve(call, () => write(value)),
        (error) => this.#resolve(call, () => { throw error; }),
      );
      return 0;
    };
  }

  #resolve(call, write) {
    this.#openCalls.delete(call);
    this.#event(['__resolve', call], this.#outside(write));
  }

  /// An entry that nobody waits for, a core function and its arguments: a trap
  /// reaches the open promises.
  #event([name, ...args], prepare = () => {}) {
    const keep = (error) => {
      if (!(error instanceof MeldTrap)) throw error;
    };
    if (this.#fibers) {
      const run = async () => (prepare(), await this.#fibers.call(name, args));
      this.#fibers.enter(() => this.#enterOnFiber(run)).catch(keep);
      return;
    }
    try {
      this.#enter(() => (prepare(), this.#core[name](...args)));
    } catch (error) {
      keep(error);
    }
  }

  /// A function of the host that the program calls, and that may call back.
  #outside(f) {
    return this.#gate.outside(f, () => this.#traps.refusal());
  }

  /// One of `pulseengine:async`, which may not.
  #inside(f) {
    return this.#gate.inside(f, () => this.#traps.refusal());
  }

  /// Throws where nothing may enter. Promises that are open still, because the
  /// stack was full when the program ended, end here.
  #checkGate() {
    if (this.#gate.isOpen) return;
    if (this.#fibers?.isSwitching) throw new Error('the program is between two of its stacks: wait for the call that is under way');
    const refusal = this.#traps.refusal();
    if (!this.#depth) this.#rejectAll(refusal);
    throw refusal;
  }

  #enter(run) {
    this.#checkGate();
    this.#depth++;
    try {
      return this.#pass(run);
    } finally {
      this.#depth--;
      try {
        this.#leave();
      } catch {
        // The stack is full. That changes nothing for this entry; the next one finds what is left.
      }
    }
  }

  /// The same for what gives a promise.
  async #enterOnFiber(run) {
    this.#checkGate();
    this.#depth++;
    try {
      return await this.#gate.enterLater(run);
    } finally {
      this.#depth--;
      this.#leave();
    }
  }

  #leave() {
    this.#settle();
    this.#detectDeadlock();
  }

  /// Goes through the gate, in an entry or on behalf of one.
  #pass(run) {
    if (!this.#gate.isServing) throw this.#traps.refusal();
    return this.#gate.enter(run);
  }

  /// Hands out the results of the tasks of an entry, once it has returned: a
  /// trap behind `task.return` is a trap of the call. None is lost where the
  /// stack is full: the next entry finds it.
  #settle() {
    if (this.#depth || !this.#gate.isOpen) return;
    for (; this.#answers.length; this.#answers.shift()) {
      const { call, value } = this.#answers[0];
      call.resolve(value);
    }
  }

  #detectDeadlock() {
    if (this.#depth || !this.#gate.isOpen || !this.#tasks.size) return;
    if (this.#scheduled || this.#openCalls.size || this.#streams.isAwaited || this.#fibers?.hasQueued) return;
    this.#rejectAll(this.#traps.make('Deadlock', 'deadlock detected: event loop cannot make further progress'));
  }

  /// Makes a trap of what left the module, which has ended the program, and
  /// rejects the open promises.
  #trapped(error) {
    const trap = this.#traps.of(error, this.#gate.takeThrown());
    try {
      this.#rejectAll(trap);
    } catch {
      // The stack is full: the next entry, which is refused, rejects the others.
    }
    return trap;
  }

  #rejectAll(trap) {
    const answered = this.#answers.splice(0).map(({ call }) => call);
    const waiting = [...this.#tasks.values(), ...this.#starting, ...answered];
    this.#tasks.clear();
    for (const call of waiting) call.reject(trap);
    this.#streams.fail(trap);
  }
}
