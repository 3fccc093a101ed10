//===- run.mjs - call adapters, compare with the reference ---------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import { crc32 } from 'node:zlib';
import { compile, transfers } from './program.mjs';

const pages = 2;
const firstRoom = 0x8000;
const goodPlace = 0x7000; // for a result that is spilled

class Side {
  constructor(memory, wide) {
    this.memory = memory;
    this.wide = wide;
    this.bytes = new Uint8Array(memory.buffer);
  }

  begin(start, image, fault) {
    this.bytes.fill(0);
    this.bytes.set(Buffer.from(image, 'hex'), start);
    this.next = firstRoom;
    this.log = [];
    this.fault = fault;
    this.refused = null;
  }

  /// As `Side.place` of reference.py.
  #place(alignment, bytes) {
    const [kind, nth] = this.fault;
    const count = this.log.length + 1;
    const size = this.bytes.length;
    const at = Math.ceil(this.next / alignment) * alignment;
    if (kind === 'same' && count >= nth) return at;
    if (kind === 'odd' && count === nth) return at + 1;
    if (at + bytes > size || (kind === 'far' && count === nth)) return Math.floor(size / alignment) * alignment - (bytes === 0 ? alignment : 0);
    this.next = at + bytes;
    return at;
  }

  /// As `Side.reallocate` of reference.py. `refused` is the kind of the trap that
  /// the first bad place gives.
  reallocate(old, oldBytes, alignment, bytes) {
    const at = this.#place(alignment, bytes);
    if (at % alignment) this.refused ??= 'ReallocUnaligned';
    else if (at + bytes > this.bytes.length) this.refused ??= 'ReallocOutOfBounds';
    if (old && at + bytes <= this.bytes.length) this.bytes.copyWithin(at, old, old + Math.min(oldBytes, bytes));
    this.log.push([old, oldBytes, alignment, bytes]);
    return at;
  }

  realloc() {
    if (!this.wide) return (...args) => this.reallocate(...args.map((value) => value >>> 0));
    return (...args) => BigInt(this.reallocate(...args.map((value) => Number(BigInt.asUintN(64, value)))));
  }

  outcome() {
    return { memory: crc32(this.bytes), reallocs: this.log };
  }
}

const scratch = new DataView(new ArrayBuffer(8));

/// The core value with the bits `text`, a decimal number, and back.
function fromBits(text, core) {
  scratch.setBigUint64(0, BigInt(text), true);
  return { i32: () => scratch.getInt32(0, true), i64: () => scratch.getBigInt64(0, true), f32: () => scratch.getFloat32(0, true), f64: () => scratch.getFloat64(0, true) }[core]();
}
/// A NaN as a quiet one: which of a signaling one comes here depends on the engine.
function toBits(value, core) {
  scratch.setBigUint64(0, 0n, true);
  ({ i32: () => scratch.setInt32(0, value, true), i64: () => scratch.setBigInt64(0, value, true), f32: () => scratch.setFloat32(0, value, true), f64: () => scratch.setFloat64(0, value, true) })[core]();
  const quiet = Number.isNaN(value) ? { f32: 1n << 22n, f64: 1n << 51n }[core] : 0n;
  return String(scratch.getBigUint64(0, true) | quiet);
}

class Trapped extends Error {}

/// Imports whose names are kinds of traps.
const trap = new Proxy({}, { get: (_, kind) => () => { throw new Trapped(kind); } });

class Runner {
  constructor(bytes, traces) {
    this.traces = traces;
    const env = {};
    this.sides = {};
    for (const who of ['a', 'b'])
      for (const wide of [false, true]) {
        const bits = wide ? 64 : 32;
        const size = wide ? BigInt(pages) : pages;
        const memory = new WebAssembly.Memory({ initial: size, maximum: size, ...(wide && { address: 'i64' }) });
        const side = (this.sides[who + bits] = new Side(memory, wide));
        env[`${who}_memory${bits}`] = memory;
        env[`${who}_realloc${bits}`] = side.realloc();
      }
    for (const name of transfers) env[name] = (handle) => (this.got.handles.push(handle >>> 0), handle ^ 0x5a5a5a5a);
    traces.forEach((trace, i) => (env[`callee${i}`] = (...args) => this.#called(trace, args)));
    this.exports = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env, trap }).exports;
  }

  #called({ calleeCore: { params, results } }, args) {
    this.got.arrive = args.map((value, i) => toBits(value, params[i]));
    this.got.callee = this.callee.outcome();
    return results.length ? fromBits(this.call.gives[0], results[0]) : undefined;
  }

  /// Runs one call of a trace: what differs from the reference, or null.
  run(i, call) {
    const { lower, lift, callerCore } = this.traces[i];
    const caller = this.sides[`a${lower.memory64 ? 64 : 32}`];
    this.callee = this.sides[`b${lift.memory64 ? 64 : 32}`];
    this.call = call;
    this.got = { handles: [] };
    caller.begin(call.start, call.image, call.faults[0]);
    this.callee.begin(call.giveStart, call.giveImage, call.faults[1]);
    const args = call.args.map((text, k) => fromBits(text, callerCore.params[k]));
    if (call.into !== null) args.push(lower.memory64 ? BigInt(call.into) : call.into);
    try {
      const value = this.exports[`call${i}`](...args);
      this.got.returns = callerCore.results.length && !callerCore.spills ? [toBits(value, callerCore.results[0])] : [];
      this.got.caller = caller.outcome();
    } catch (error) {
      if (!(error instanceof Trapped)) throw error;
      this.got.trap = error.message;
    }
    if (this.got.trap) delete this.got.handles; // what was moved before does not matter
    if (call.trap && this.got.trap && this.#lowersEarly(call, caller)) this.got.trap = call.trap;
    return this.#difference(call);
  }

  /// The reference lifts all values before it lowers the first. An adapter that
  /// was refused room, or a place for the result, has not looked at those behind.
  #lowersEarly({ into }, caller) {
    const wasRefused = ({ refused }) => refused !== null && this.got.trap === refused;
    if (!this.got.arrive) return wasRefused(this.callee);
    const badPlace = into !== null && into !== goodPlace && ['UnalignedPointer', 'PointerOutOfBounds'].includes(this.got.trap);
    return wasRefused(caller) || badPlace;
  }

  #difference(call) {
    for (const part of ['trap', 'arrive', 'callee', 'returns', 'caller', 'handles']) {
      const [wanted, got] = [call[part], this.got[part]].map((value) => JSON.stringify(value) ?? 'nothing');
      if (wanted !== got) return `${part}: the reference says ${wanted}, the adapter ${got}`;
    }
    return null;
  }
}

/// Traces in text: one a line, as reference.py prints them.
export const readTraces = (text) => text.trim().split('\n').map((line) => JSON.parse(line));

/// The first call of each trace that differs: { trace, call, what }. `tools` is
/// the folder of meld-opt and meld-translate, `target` says how they compile.
export function findDifferences(traces, tools, target) {
  const runner = new Runner(compile(traces, tools, target), traces);
  return traces.flatMap((trace, i) => {
    for (const call of trace.calls) {
      const what = runner.run(i, call);
      if (what) return [{ trace, call, what }];
    }
    return [];
  });
}
