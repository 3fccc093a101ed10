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
import { findDifferences, readTraces } from './run.mjs';
import { formers, primitives } from './types.mjs';

const tools = join(import.meta.dirname, '../../build/bin');
const traces = readTraces(gunzipSync(readFileSync(join(import.meta.dirname, 'Inputs/traces.gz'))).toString());

test('every adapter does what the reference did', () => {
  assert.ok(traces.flatMap(({ calls }) => calls).length >= 10000);
  assert.deepEqual(findDifferences(traces, tools).map(({ what }) => what), []);
});

/// Each call with one part of its answer changed.
function altered({ calls, ...trace }, i) {
  const alter = (call) => {
    if (!call.caller) return { ...call, caller: call.caller ?? { memory: '', reallocs: [] }, returns: call.returns ?? [] };
    const part = ['callee', 'caller'][i % 2];
    return { ...call, [part]: { ...call[part], memory: 'changed' } };
  };
  return { ...trace, calls: calls.map(alter) };
}

test('another answer is noticed', () => {
  const sample = traces.filter((_, i) => i % 10 === 0);
  assert.equal(findDifferences(sample.map(altered), tools).length, sample.length);
});

/// "outer inner place bits": each kind of type that a trace holds, inside which
/// other, where, in which kind of memory.
function* cells({ params, result, lower, lift }) {
  function* of(type, outer, place) {
    const kind = typeof type === 'string' ? type : type.length ? 'fixed' : Object.keys(type)[0];
    for (const side of [lower, lift]) yield `${outer} ${kind} ${place} ${side.memory64 ? 64 : 32}`;
    if (typeof type === 'string' || kind === 'enum' || kind === 'flags') return;
    const inner = type[Object.keys(type).find((key) => key !== 'length')];
    const parts = (Array.isArray(inner) ? inner : [inner]).map((part) => (Array.isArray(part) ? part[1] : part));
    for (const part of parts) if (part) yield* of(part, kind, place);
  }
  for (const type of params) yield* of(type, 'none', 'parameter');
  if (result) yield* of(result, 'none', 'result');
}

test('each kind of type was in each place', () => {
  const reached = new Set(traces.flatMap((trace) => [...cells(trace)]));
  const holding = ['none', ...formers.filter((former) => former !== 'enum' && former !== 'flags')];
  const missing = [];
  for (const outer of holding)
    for (const inner of [...primitives, ...formers])
      for (const place of ['parameter', 'result'])
        for (const bits of [32, 64]) if (!reached.has(`${outer} ${inner} ${place} ${bits}`)) missing.push(`${outer} ${inner} ${place} ${bits}`);
  assert.deepEqual(missing, []);
});
