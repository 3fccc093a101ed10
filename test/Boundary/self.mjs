//===- self.mjs - programs in which an instance calls itself -------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { fuseText, run } from '../Edge/tools.mjs';

/// A component that lifts `f` of its core module $F and lowers it for $G, whose
/// `go` calls it. `log` is of the host. What realloc does is `realloc`, which sees
/// $old, $size, $alignment, $new; addresses are of the type `address`.
export function program({ type, params, results = '', f, go, address = 'i32', realloc = `(${address}.const 1024)`, data = '', lift = '', lower = '', types = '', given = [], goLift = '', goType = '', event = '(unreachable)', liftMemory = '(memory $mem) (realloc $realloc)' }) {
  const names = ['log', ...given.map(({ name }) => name)];
  const passed = names.map((name) => `(export "${name}" (func $${name}'))`).join(' ');
  const imports = `(import "" "mem" (memory ${address} 1)) (import "" "log" (func $log (param i32)))
    ${given.map(({ name, type }) => `(import "" "${name}" (func $${name} ${type}))`).join(' ')}`;
  const note = (at, what) => `(i32.store (i32.add (i32.const ${at}) (i32.mul (global.get $calls) (i32.const 16))) (local.get ${what}))`;
  const wideNote = (at, what) => `(i32.store (i64.extend_i32_u (i32.add (i32.const ${at}) (i32.mul (global.get $calls) (i32.const 16)))) (i32.wrap_i64 (local.get ${what})))`;
  const noted = address === 'i32' ? note : wideNote;
  return `(component
  (import "log" (func $log (param "n" u32)))
  (core func $log' (canon lower (func $log)))
  (core module $Mem (memory (export "mem") ${address} 1) ${data}
    (global $calls (mut i32) (i32.const 0))
    ;; what realloc was called with, from 256 on
    (func (export "realloc") (param $old ${address}) (param $size ${address}) (param $alignment ${address}) (param $new ${address}) (result ${address})
      ${noted(256, '$old')} ${noted(260, '$size')} ${noted(264, '$alignment')} ${noted(268, '$new')}
      (global.set $calls (i32.add (global.get $calls) (i32.const 1)))
      ${realloc}))
  (core instance $mem (instantiate $Mem))
  (alias core export $mem "mem" (core memory $mem)) (alias core export $mem "realloc" (core func $realloc))
  ${types}
  ${given.map(({ name, canon }) => `(core func $${name}' (canon ${canon}))`).join(' ')}
  (core module $F ${imports} ${f}
    (func (export "post") (param ${address}) (i32.store (${address}.const 96) ${address === 'i32' ? '(local.get 0)' : '(i32.wrap_i64 (local.get 0))'}))
    (func (export "event") (param i32 i32 i32) (result i32) (unreachable)))
  (core instance $f (instantiate $F (with "" (instance (export "mem" (memory $mem)) ${passed}))))
  (func $f ${type} (canon lift (core func $f "f") ${liftMemory} ${lift}))
  (core func $f' (canon lower (func $f) (memory $mem) (realloc $realloc) ${lower}))
  (core module $G ${imports} (import "" "f" (func $f ${params} ${results})) (func (export "go") ${go})
    (func (export "event") (param i32 i32 i32) (result i32) ${event}))
  (core instance $g (instantiate $G (with "" (instance (export "mem" (memory $mem)) (export "f" (func $f')) ${passed}))))
  (func (export "go") ${goType} (canon lift (core func $g "go") ${goLift})))`;
}

/// What is logged by `go`.
export async function go(parts, imports = {}, ...words) {
  const log = [];
  const { exports } = await run(await fuseText(program(parts), ...words), { log: (n) => log.push(n), ...imports });
  await exports.go();
  return log;
}

export const byte = (pointer) => `(call $log (i32.load8_u ${pointer}))`;
export const word = (at) => `(call $log (i32.load (i32.const ${at})))`;

export const resource = {
  types: '(type $r (resource (rep i32)))',
  given: [
    { name: 'new', type: '(param i32) (result i32)', canon: 'resource.new $r' },
    { name: 'rep', type: '(param i32) (result i32)', canon: 'resource.rep $r' },
  ],
};

/// Whether a hundred calls more leave nothing in the runtime's memory, and the
/// version 2026-08 refuses them.
export async function checkLeavesNothing(parts) {
  const { exports, core } = await run(await fuseText(program(parts), '--count-copies'), { log() {} });
  exports.go();
  const live = core.__stat_live();
  for (let i = 0; i < 100; i++) exports.go();
  assert.equal(core.__stat_live(), live);
  await assert.rejects(go(parts, {}, '--spec=2026-08'), { id: 'CannotEnter' });
}
