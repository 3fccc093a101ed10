//===- fibers.mjs - time per call of what may wait -----------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
//     ./dev bench fibers [--rounds N]
//
// Nanoseconds per asynchronous call between two components, of a function that
// returns at once, and of one that first yields in its frame: on the stack of
// its caller (`--stackful=trap`) and on one of its own (`fiber`). The loops run
// inside the module; rounds of all experiments are interleaved.
//
//===---------------------------------------------------------------------===//

import { parseArgs } from 'node:util';
import { fuseText, memory, run } from '../test/Edge/tools.mjs';
import { machine, shown, summary, table } from './report.mjs';

const text = `
(component
  (component $Inner
    (core module $M
      (import "" "return" (func $return))
      (import "" "yield" (func $yield (result i32)))
      (func (export "at-once") (call $return))
      (func (export "yielding") (drop (call $yield)) (call $return)))
    (canon task.return (core func $return))
    (canon thread.yield (core func $yield))
    (core instance $m (instantiate $M (with "" (instance (export "return" (func $return)) (export "yield" (func $yield))))))
    (func (export "at-once") async (canon lift (core func $m "at-once") async))
    (func (export "yielding") async (canon lift (core func $m "yielding") async)))
  (instance $inner (instantiate $Inner))
  (component $Outer
    (import "at-once" (func $at-once async))
    (import "yielding" (func $yielding async))
    ${memory}
    (core module $M
      (import "" "at-once" (func $at-once (result i32)))
      (import "" "yielding" (func $yielding (result i32)))
      (import "" "return" (func $return))
      (import "" "new" (func $new (result i32)))
      (import "" "join" (func $join (param i32 i32)))
      (import "" "wait" (func $wait (param i32 i32) (result i32)))
      (import "" "drop" (func $drop (param i32)))
      (func $finish (param $state i32) (param $set i32)
        (if (i32.eq (local.get $state) (i32.const 2)) (then (return)))
        (local.set $state (i32.shr_u (local.get $state) (i32.const 4)))
        (call $join (local.get $state) (local.get $set))
        (drop (call $wait (local.get $set) (i32.const 0)))
        (call $drop (local.get $state)))
      (func (export "at-once") (param $n i32)
        (loop $again
          (drop (call $at-once))
          (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
        (call $return))
      (func (export "yielding") (param $n i32) (local $set i32)
        (local.set $set (call $new))
        (loop $again
          (call $finish (call $yielding) (local.get $set))
          (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
        (call $return)))
    (canon lower (func $at-once) async (core func $at-once'))
    (canon lower (func $yielding) async (core func $yielding'))
    (canon task.return (core func $return))
    (canon waitable-set.new (core func $new))
    (canon waitable.join (core func $join))
    (canon waitable-set.wait (memory (core memory $memory "mem")) (core func $wait))
    (canon subtask.drop (core func $drop))
    (core instance $m (instantiate $M (with "" (instance
      (export "at-once" (func $at-once')) (export "yielding" (func $yielding')) (export "return" (func $return))
      (export "new" (func $new)) (export "join" (func $join)) (export "wait" (func $wait)) (export "drop" (func $drop))))))
    (func (export "at-once") async (param "n" u32) (canon lift (core func $m "at-once") async))
    (func (export "yielding") async (param "n" u32) (canon lift (core func $m "yielding") async)))
  (instance $outer (instantiate $Outer (with "at-once" (func $inner "at-once")) (with "yielding" (func $inner "yielding"))))
  (export "at-once" (func $outer "at-once"))
  (export "yielding" (func $outer "yielding")))`;

/// How many calls a round makes: some 50 ms.
const counts = { trap: 2e6, fiber: 5e4 };

async function measure(rounds) {
  const experiments = [];
  for (const mode of ['trap', 'fiber']) {
    const { exports } = await run(await fuseText(text, `--stackful=${mode}`));
    for (const name of ['at-once', 'yielding']) experiments.push({ mode, name, call: exports[name], rounds: [] });
  }
  for (let round = -2; round < rounds; round++)
    for (const { mode, call, rounds: kept } of experiments) {
      const start = performance.now();
      await call(counts[mode]);
      if (round >= 0) kept.push(((performance.now() - start) * 1e6) / counts[mode]); // the first ones warm up
    }
  return experiments.map(({ mode, name, rounds: kept }) => ({ mode, name, ...summary(kept) }));
}

async function main() {
  const { values } = parseArgs({ options: { rounds: { type: 'string', default: '9' } } });
  console.log(`Nanoseconds a call, ${values.rounds} interleaved rounds on ${machine()}\n`);
  const rows = (await measure(Number(values.rounds))).map(({ mode, name, least, median }) => [`${name}, \`--stackful=${mode}\``, shown(least), shown(median)]);
  console.log(table(['call', 'least', 'median'], rows));
}

main().catch((error) => {
  console.error(`bench: ${error.message}`);
  process.exitCode = 1;
});
