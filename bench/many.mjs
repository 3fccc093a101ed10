//===- many.mjs - Many definitions of each kind ---------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
//     node bench/many.mjs [CASE...] [--count N] [--tools DIR] [--check]
//
// Components with N/4, N/2 and N (50000) definitions of one kind, through each
// of the tools. Prints seconds on processors, and how many times what half as
// many take the last one takes: 2 is linear. --check fails where that is more
// than 3 and takes longer than a second, or where a tool ends badly.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    count: { type: 'string', default: '50000' },
    tools: { type: 'string', default: join(import.meta.dirname, '../build/bin') },
    check: { type: 'boolean' },
  },
});

const repeat = (n, line) => Array.from({ length: n }, (_, i) => line(i)).join('\n');
const unit = '(core module $m (func (export "f"))) (core instance $i (instantiate $m)) (alias core export $i "f" (core func $f)) (func $l (canon lift (core func $f)))';

/// Each makes the text of a component with n definitions.
const cases = {
  'exports of one function': (n) => `${unit} ${repeat(n, (i) => `(export "e${i}" (func $l))`)}`,
  'functions lifted and exported': (n) => `
    (core module $m ${repeat(n, (i) => `(func (export "f${i}"))`)}) (core instance $i (instantiate $m))
    ${repeat(n, (i) => `(alias core export $i "f${i}" (core func $f${i})) (func $l${i} (canon lift (core func $f${i}))) (export "e${i}" (func $l${i}))`)}`,
  'functions imported': (n) => repeat(n, (i) => `(import "f${i}" (func))`),
  'functions imported and called': (n) => `
    ${repeat(n, (i) => `(import "f${i}" (func $f${i})) (core func $c${i} (canon lower (func $f${i})))`)}
    (core module $m ${repeat(n, (i) => `(import "a" "f${i}" (func))`)})
    (core instance (instantiate $m (with "a" (instance ${repeat(n, (i) => `(export "f${i}" (func $c${i}))`)}))))`,
  'instances imported': (n) => repeat(n, (i) => `(import "a:b/i${i}" (instance (export "f" (func))))`),
  'functions in an imported instance': (n) => `(import "a:b/i" (instance $i ${repeat(n, (i) => `(export "f${i}" (func))`)}))
    ${repeat(n, (i) => `(alias export $i "f${i}" (func))`)}`,
  'functions in an exported instance': (n) => `${unit} (instance $x ${repeat(n, (i) => `(export "f${i}" (func $l))`)}) (export "a:b/i" (instance $x))`,
  'types': (n) => repeat(n, (i) => `(type (list (tuple u8 u${8 << (i % 4)})))`),
  'types exported': (n) => repeat(n, (i) => `(type $r${i} (record (field "a" u8))) (export "r${i}" (type $r${i}))`),
  'function types': (n) => repeat(n, (i) => `(type (func (param "p${i}" u8)))`),
  'resources': (n) => repeat(n, (i) => `(type $r${i} (resource (rep i32))) (export "r${i}" (type $r${i}))`),
  'core types': (n) => `(core module $m ${repeat(n, (i) => `(type (func ${'(param i32)'.repeat(i % 9)} (result ${['i32', 'i64', 'f32', 'f64'][i % 4]})))`)}) (core instance (instantiate $m))`,
  'core types, each another': (n) => `(core module $m ${repeat(n, (i) => `(type (func (param ${[...i.toString(4)].map((d) => ['i32', 'i64', 'f32', 'f64'][d]).join(' ')})))`)}) (core instance (instantiate $m))`,
  'core instances': (n) => `(core module $m (memory 1) (func (export "f"))) ${repeat(n, () => '(core instance (instantiate $m))')}`,
  'core instances, each given the last': (n) => `(core module $a (func (export "f"))) (core module $m (import "a" "f" (func $f)) (export "f" (func $f)))
    (core instance $i0 (instantiate $a)) ${repeat(n, (i) => `(core instance $i${i + 1} (instantiate $m (with "a" (instance $i${i}))))`)}`,
  'core instances with a start function': (n) => `(core module $m (global (mut i32) (i32.const 0)) (func $s (global.set 0 (i32.const 1))) (start $s)) ${repeat(n, () => '(core instance (instantiate $m))')}`,
  'core bundles': (n) => `${unit} ${repeat(n, () => '(core instance (export "f" (func $f)))')}`,
  'core aliases': (n) => `${unit} ${repeat(n, () => '(alias core export $i "f" (core func))')}`,
  'core modules': (n) => repeat(n, () => '(core module (func (export "f")))'),
  'component instances': (n) => `(component $c ${unit} (export "f" (func $l))) ${repeat(n, () => '(instance (instantiate $c))')}`,
  'component instances, each given the last': (n) => `(component $a ${unit} (export "f" (func $l))) (component $c (import "f" (func $f)) (export "f" (func $f)))
    (instance $i0 (instantiate $a)) ${repeat(n, (i) => `(alias export $i${i} "f" (func $f${i})) (instance $i${i + 1} (instantiate $c (with "f" (func $f${i}))))`)}`,
  'components': (n) => repeat(n, () => '(component)'),
  'lifts': (n) => `${unit} ${repeat(n, () => '(func (canon lift (core func $f)))')}`,
  'core exports': (n) => `(core module $m (func $f) ${repeat(n, (i) => `(export "f${i}" (func $f))`)}) (core instance (instantiate $m))`,
  'core functions': (n) => `(core module $m ${repeat(n, (i) => `(func $f${i} (param i32) (result i32) (local.get 0))`)}) (core instance (instantiate $m))`,
  'core functions of one name': (n) => `(core module $m ${repeat(n, () => '(func (@name "f"))')}) (core instance (instantiate $m))`,
  'core globals': (n) => `(core module $m (global $g0 i32 (i32.const 1)) ${repeat(n, (i) => `(global $g${i + 1} i32 (global.get $g${i}))`)}) (core instance (instantiate $m))`,
  'core data segments': (n) => `(core module $m (memory 1) ${repeat(n, (i) => `(data (i32.const ${i}) "x")`)}) (core instance (instantiate $m))`,
  'core element segments': (n) => `(core module $m (table ${n} funcref) (func $f) ${repeat(n, (i) => `(elem (i32.const ${i}) $f)`)}) (core instance (instantiate $m))`,
  'core tables and memories': (n) => `(core module $m ${repeat(Math.min(n, 50000) >> 1, () => '(table 1 funcref) (tag)')}) (core instance (instantiate $m))`,
  'core tables of one object': (n) => `(core module $a (type $s (struct)) (global (export "g") (ref $s) (struct.new $s))) (core instance $i (instantiate $a))
    (core module $m (type $s (struct)) (import "a" "g" (global $g (ref $s))) ${repeat(n, () => '(table 1 (ref $s) (global.get $g))')})
    (core instance (instantiate $m (with "a" (instance $i))))`,
  'trampolines to each other': (n) => `(core module $m (type $t (func)) (func $f${n}) ${repeat(n, (i) => `(table $t${i} 1 1 funcref) (elem (table $t${i}) (i32.const 0) func $f${i + 1})
    (func $f${i} (export "f${i}") (type $t) (call_indirect $t${i} (type $t) (i32.const 0)))`)}) (core instance (instantiate $m))`,
};

const words = {
  check: (file) => ['meld', 'check', file],
  inspect: (file) => ['meld', 'inspect', file],
  link: (file, out) => ['meld', 'link', file, '-o', out],
  import: (file, out) => ['meld-translate', '--component-to-mlir', file, '-o', out],
  export: (file, out) => ['meld-translate', '--mlir-to-component', out, '-o', '/dev/null'],
  fuse: (file, out) => ['meld', 'fuse', file, '-o', out],
  'inspect --wit': (file, out) => ['meld', 'inspect', '--wit', out], // of what was fused
};

const folder = mkdtempSync(join(tmpdir(), 'meld-many-'));
const [input, output, text] = ['in.wasm', 'out.wasm', 'in.mlir'].map((name) => join(folder, name));
const failures = [];

/// Seconds on processors, and how it ended; undefined if it took too long.
function run(what) {
  const [tool, ...rest] = words[what](input, what === 'import' || what === 'export' ? text : output);
  const { status, signal, error, stderr } = spawnSync('bash', ['-c', `ulimit -t 60; TIMEFORMAT='%U %S'; time "$@" >/dev/null`, 'many', join(options.tools, tool), ...rest], { encoding: 'utf8', maxBuffer: 1 << 28 });
  const seconds = stderr.trim().split('\n').at(-1).split(' ').reduce((sum, part) => sum + Number(part), 0);
  return { seconds, status: signal ?? status, message: stderr.split('\n').find((line) => /error/.test(line)) };
}

const count = Number(options.count);
console.log(`${'case'.padEnd(42)}${'tool'.padEnd(15)}${[count / 4, count / 2, count].map((n) => String(n).padStart(9)).join('')}    times`);
try {
  for (const [name, make] of Object.entries(cases)) {
    if (positionals.length && !positionals.some((word) => name.includes(word))) continue;
    const rows = {};
    for (const n of [count / 4, count / 2, count]) {
      writeFileSync(input, await parse(`(component ${make(n)})`));
      for (const what of Object.keys(words)) (rows[what] ??= []).push(run(what));
    }
    for (const [what, runs] of Object.entries(rows)) {
      const [, half, all] = runs.map(({ seconds }) => seconds);
      const ended = runs.find(({ status }) => status !== 0);
      const isBad = (all > 1 && all > 3 * half) || (ended && ended.status !== 1);
      if (isBad) failures.push(`${name}: ${what}`);
      console.log(`${name.padEnd(42)}${what.padEnd(15)}${runs.map(({ seconds }) => seconds.toFixed(2).padStart(9)).join('')}${(all / half).toFixed(1).padStart(9)} ${isBad ? '!' : ' '} ${ended ? `${ended.status}: ${ended.message?.slice(0, 120)}` : ''}`);
    }
  }
} finally {
  rmSync(folder, { recursive: true });
}
if (options.check && failures.length) {
  console.error(`more than linear, or badly ended: ${failures.join(', ')}`);
  process.exitCode = 1;
}
