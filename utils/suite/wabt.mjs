//===- wabt.mjs - core instances in wabt's interpreter -------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// `wabtHost` gives a host whose programs run in wabt/engine.cpp, a process for
// each instance. Its exports look like those of a WebAssembly.Instance, as far
// as host/js asks: functions, memories with a buffer, globals with a value.
//
//===---------------------------------------------------------------------===//

import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, openSync, readSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/// What wabt says, in the words of V8.
const words = [
  [/^unreachable executed/, 'unreachable'],
  [/^out of bounds memory access/, 'memory access out of bounds'],
  [/^undefined table index/, 'table index is out of bounds'],
  [/^out of bounds table access/, 'table index is out of bounds'],
  [/^uninitialized table element/, 'null function or function signature mismatch'],
  [/^indirect call signature mismatch/, 'null function or function signature mismatch'],
  [/^integer divide by zero/, 'divide by zero'],
  [/^integer overflow/, 'divide result unrepresentable'],
  [/^call stack exhausted/, 'Maximum call stack size exceeded'],
];
const inWordsOfV8 = (message) => words.find(([said]) => said.test(message))?.[1] ?? message;

/// The engine has not what a module needs: that says nothing about the module.
export class EngineLacks extends Error {
  constructor(what) {
    super(`the engine lacks: ${what}`);
  }
}

const scratch = new DataView(new ArrayBuffer(8));
const widths = { i: 'Int32', l: 'BigInt64', f: 'Float32', d: 'Float64' };
function toBits(type, value) {
  scratch.setBigUint64(0, 0n, true);
  scratch[`set${widths[type]}`](0, type === 'l' ? BigInt(value) : Number(value), true);
  return scratch.getBigUint64(0, true);
}
function fromBits(type, bits) {
  scratch.setBigUint64(0, BigInt(bits), true);
  return scratch[`get${widths[type]}`](0, true);
}

const textOf = (word) => Buffer.from(word.slice(1), 'hex').toString();

/// Two pipes to a process: lines there and back, without a turn of the event
/// loop between.
class Lines {
  #rest = '';
  #chunk = Buffer.alloc(1 << 16);

  constructor(program, bytes) {
    this.directory = mkdtempSync(join(tmpdir(), 'meld-wabt-'));
    const path = (name) => join(this.directory, name);
    writeFileSync(path('module.wasm'), bytes);
    execFileSync('mkfifo', [path('requests'), path('answers')]);
    this.process = spawn(program, ['module.wasm', 'requests', 'answers'], { cwd: this.directory, stdio: 'ignore' });
    this.process.unref();
    this.requests = openSync(path('requests'), 'w');
    this.answers = openSync(path('answers'), 'r');
  }

  send(...parts) {
    let line = Buffer.from(`${parts.join(' ')}\n`);
    while (line.length) line = line.subarray(writeSync(this.requests, line));
  }

  receive() {
    for (;;) {
      const end = this.#rest.indexOf('\n');
      if (end >= 0) {
        const line = this.#rest.slice(0, end);
        this.#rest = this.#rest.slice(end + 1);
        const [word, ...more] = line.split(' ');
        return { word, more };
      }
      const count = readSync(this.answers, this.#chunk);
      if (count === 0) throw new Error('the engine has ended');
      this.#rest += this.#chunk.latin1Slice(0, count);
    }
  }
}

/// A memory of the engine: a copy, made when it is looked at, whose changes go
/// back before the engine runs again.
class Memory {
  #copy = null;
  #before;

  constructor(lines, number) {
    Object.assign(this, { lines, number });
  }

  get buffer() {
    if (!this.#copy) {
      this.lines.send('read', this.number);
      const bytes = Buffer.from(this.lines.receive().more[0] ?? '', 'hex');
      this.#copy = Uint8Array.from(bytes).buffer;
      this.#before = bytes;
    }
    return this.#copy;
  }

  giveBack() {
    if (!this.#copy) return;
    const now = Buffer.from(this.#copy);
    let [from, to] = [0, now.length];
    while (from < to && now[from] === this.#before[from]) from++;
    while (to > from && now[to - 1] === this.#before[to - 1]) to--;
    if (from < to) {
      this.lines.send('write', this.number, from, now.toString('hex', from, to));
      this.lines.receive();
    }
    this.#copy = null;
  }
}

class Instance {
  exports = Object.create(null);
  #memories = [];
  #imports = [];
  #thrown;

  constructor(program, bytes, imports) {
    this.lines = new Lines(program, bytes);
    try {
      this.#start(imports);
    } finally {
      rmSync(this.lines.directory, { recursive: true });
    }
  }

  #start(imports) {
    for (let number = 0; ; ) {
      const { word, more } = this.#receive();
      if (word === 'ready') break;
      if (word === 'import') this.#import(imports, more);
      else if (word === 'export') this.#export(number++, more);
      else this.#refused(more);
    }
  }

  /// What the engine answers, when it has called what it imports.
  #receive() {
    for (;;) {
      const { word, more } = this.lines.receive();
      if (word !== 'imported') return { word, more };
      const { params, results, f } = this.#imports[more[0]];
      try {
        const value = f(...[...params].map((type, i) => fromBits(type, more[i + 1])));
        this.#giveBack();
        this.lines.send('return', ...[...results].map((type) => toBits(type, value)));
      } catch (error) {
        this.#thrown = { error };
        this.#giveBack();
        this.lines.send('throw');
      }
    }
  }

  #giveBack() {
    for (const memory of this.#memories) memory.giveBack();
  }

  #import(imports, [params, results, ...names]) {
    const [module, name] = names.map(textOf);
    this.#imports.push({ params: params.slice(1), results: results.slice(1), f: imports[module][name] });
  }

  /// The error for what the engine calls a trap.
  #trap(message) {
    const { error } = this.#thrown ?? { error: new WebAssembly.RuntimeError(inWordsOfV8(message)) };
    this.#thrown = undefined;
    return error;
  }

  #refused(more) {
    if (more[0] === 'lacks') throw new EngineLacks(more.slice(1).join(' '));
    throw this.#trap(more.join(' '));
  }

  #export(number, [kind, params, results, name]) {
    const text = textOf(name);
    const { lines } = this;
    if (kind === 'func') this.exports[text] = (...args) => this.#call(number, params.slice(1), results.slice(1), args);
    else if (kind === 'memory') this.#memories.push((this.exports[text] = new Memory(lines, number)));
    else if (kind === 'global')
      this.exports[text] = {
        get value() {
          lines.send('get', number);
          return fromBits(params, lines.receive().more[0]);
        },
        set value(value) {
          lines.send('set', number, toBits(params, value));
          lines.receive();
        },
      };
  }

  #call(number, params, results, args) {
    this.#giveBack();
    this.lines.send('call', number, ...[...params].map((type, i) => toBits(type, args[i] ?? 0)));
    const { word, more } = this.#receive();
    if (word === 'trap') throw this.#trap(more.join(' '));
    return results ? fromBits(results, more[0]) : undefined;
  }
}

/// A host like `host`, whose programs run in the engine.
export function wabtHost(host, program) {
  const instantiate = (bytes, imports, options) =>
    host.instantiate(bytes, imports, { ...options, instantiateCore: (_, given) => new Instance(program, bytes, given) });
  return { ...host, MeldTrap: host.MeldTrap, instantiate };
}

/// The engine that was built in this tree, or undefined.
export const builtEngine = (root) => [join(root, 'build/bin/wabt-engine')].find(existsSync);
