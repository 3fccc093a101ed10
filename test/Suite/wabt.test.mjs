//===- wabt.test.mjs - the other engine of the suite runner --------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { describe, test } from 'node:test';
import { builtEngine, EngineLacks, wabtHost } from '../../utils/suite/wabt.mjs';
import { bytes, preambles, section, sized, vector } from '../../utils/bytes.mjs';
import { assemble } from '../Host/program.mjs';

const engine = builtEngine(resolve(import.meta.dirname, '../..'));

/// An instance of the core module in the engine, as a host makes it.
const start = (text, imports) => startBytes(assemble(text), imports);
function startBytes(module, imports = {}) {
  const host = { instantiate: (program, given, { instantiateCore }) => instantiateCore(program, given) };
  return wabtHost(host, engine).instantiate(module, imports, {}).exports;
}

describe("wabt's interpreter", { skip: !engine && 'it needs the package wabt' }, () => {
  test('values of each type go in and come out', () => {
    const types = { i32: -7, i64: -(2n ** 63n), f32: 0.5, f64: -0.1 };
    const exports = start(`(module ${Object.keys(types).map((type) => `(func (export "${type}") (param ${type}) (result ${type}) (local.get 0))`).join(' ')})`);
    for (const [type, value] of Object.entries(types)) assert.equal(exports[type](value), value);
  });

  test('globals and memories can be read and written', () => {
    const { g, m, load } = start(`(module (global (export "g") (mut i32) (i32.const 3)) (memory (export "m") 1)
      (func (export "load") (param i32) (result i32) (i32.add (global.get 0) (i32.load8_u (local.get 0)))))`);
    assert.equal(g.value, 3);
    g.value = 100;
    new Uint8Array(m.buffer)[9] = 5;
    assert.equal(load(9), 105);
  });

  test('imports are called, look at memory, and call back', () => {
    const exports = start(`(module (import "a" "f" (func $f (param i64 f64) (result i32))) (memory (export "m") 1)
      (func (export "back") (result i32) (i32.load8_u (i32.const 1)))
      (func (export "go") (result i32) (i32.store8 (i32.const 0) (i32.const 8)) (i32.add (call $f (i64.const -2) (f64.const 1.5)) (i32.load8_u (i32.const 1)))))`,
    { a: { f: (n, x) => {
      assert.deepEqual([n, x], [-2n, 1.5]);
      const memory = new Uint8Array(exports.m.buffer);
      memory[1] = memory[0] + 1;
      return 10 * exports.back();
    } } });
    assert.equal(exports.go(), 99);
  });

  test('what an import throws comes out, and the program can be called again', () => {
    const error = new TypeError('no');
    const { go } = start('(module (import "a" "f" (func $f (param i32))) (func (export "go") (param i32) (call $f (local.get 0))))',
      { a: { f: (n) => { if (n) throw error; } } });
    assert.throws(() => go(1), (thrown) => thrown === error);
    assert.equal(go(0), undefined);
  });

  test('traps have the words of V8', () => {
    const { go } = start('(module (memory 1) (func (export "go") (param i32) (drop (i32.load (local.get 0)))))');
    assert.throws(() => go(65536), { name: 'RuntimeError', message: 'memory access out of bounds' });
    assert.throws(() => start('(module (func unreachable) (start 0))'), { name: 'RuntimeError', message: 'unreachable' });
  });

  test('what it lacks is said', () => {
    assert.throws(() => start('(module (import "a" "m" (memory 1)))', {}), EngineLacks);
    const code = [0, 0x1f, 0x40, 0, 0x0b, 0x0b]; // try_table end end
    assert.throws(() => startBytes(bytes([preambles.module, section(1, vector([[0x60, 0, 0]])), section(3, vector([0])), section(10, vector([sized(code)]))])), EngineLacks);
  });
});
