//===- adapters.test.mjs - adapters beside recorded answers --------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// Inputs/traces.gz holds random functions, values, and what definitions.py made
// of them. To record it again:
//
//     node differential.mjs --definitions definitions.py --record Inputs/traces.gz
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { Cells } from './cells.mjs';
import { findDifferences, readTraces } from './run.mjs';

const tools = join(import.meta.dirname, '../../build/bin');
const traces = readTraces(gunzipSync(readFileSync(join(import.meta.dirname, 'Inputs/traces.gz'))).toString());

// Options change how adapters are written, not what they do.
for (const target of ['', 'simd=on', 'adapters=small'])
  test(`every adapter does what the reference did${target && `: ${target}`}`, () => {
    assert.ok(traces.flatMap(({ calls }) => calls).length >= 10000);
    assert.deepEqual(findDifferences(traces, tools, target).map(({ what }) => what), []);
  });

/// Each call with one part of its answer changed.
function altered({ calls, ...trace }, i) {
  const alter = (call) => {
    if (call.trap) return { ...call, trap: i % 2 ? 'AnotherKind' : undefined };
    const part = ['callee', 'caller'][i % 2];
    return { ...call, [part]: { ...call[part], memory: 'changed' } };
  };
  return { ...trace, calls: calls.map(alter) };
}

test('another answer is noticed', () => {
  const sample = traces.filter((_, i) => i % 10 === 0);
  assert.equal(findDifferences(sample.map(altered), tools).length, sample.length);
});

test('a value of each kind passed in each place', () => {
  const cells = new Cells();
  for (const trace of traces) cells.add(trace);
  assert.deepEqual(cells.missing(), []);
});

test('a kind of value that passed nowhere is missed', () => {
  const cells = new Cells();
  for (const trace of traces) cells.add({ ...trace, passed: trace.passed.filter((kinds) => kinds !== 'list char result') });
  assert.deepEqual(cells.missing(), ['32 32', '64 32', '32 64', '64 64'].map((bits) => `list char result ${bits}`));
});

test('NaNs of each sign passed, with fractions of their own', () => {
  const formats = { f32: [32n, 23n], f64: [64n, 52n] }; // bits in all, of the fraction
  for (const [core, [bits, fraction]] of Object.entries(formats)) {
    const values = traces.flatMap(({ calleeCore, calls }) => calls.flatMap(({ arrive = [] }) => arrive.filter((_, i) => calleeCore.params[i] === core).map(BigInt)));
    const infinity = (1n << (bits - 1n)) - (1n << fraction);
    const nans = values.filter((value) => BigInt.asUintN(Number(bits) - 1, value) > infinity);
    assert.equal(new Set(nans.map((value) => value >> (bits - 1n))).size, 2, core);
    assert.ok(new Set(nans).size > 20, core);
  }
});

test('every fault of realloc was on each side', () => {
  const reached = new Set(traces.flatMap(({ calls }) => calls.flatMap(({ faults }) => faults.map(([kind, nth], side) => `${kind} ${nth} ${side}`))));
  const faults = ['same 1', 'same 2', 'odd 1', 'odd 2', 'far 1', 'far 2'].flatMap((fault) => [`${fault} 0`, `${fault} 1`]);
  assert.deepEqual(faults.filter((fault) => !reached.has(fault)), []);
});

test('each kind of trap was in it', () => {
  const reached = new Set(traces.flatMap(({ calls }) => calls.map(({ trap }) => trap)));
  const kinds = [
    'UnalignedPointer', 'PointerOutOfBounds', 'ListOutOfBounds', 'StringOutOfBounds', 'ListTooLong', 'StringTooLong',
    'ReallocUnaligned', 'ReallocOutOfBounds', 'InvalidUtf8', 'IncompleteUtf8', 'InvalidUtf16', 'InvalidChar', 'InvalidDiscriminant',
  ];
  assert.deepEqual(kinds.filter((kind) => !reached.has(kind)), []);
});
