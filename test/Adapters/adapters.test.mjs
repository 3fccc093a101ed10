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

test('each kind of type was in each place', () => {
  const cells = new Cells();
  for (const trace of traces) cells.add(trace);
  assert.deepEqual(cells.missing(), []);
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
