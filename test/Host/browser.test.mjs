//===- browser.test.mjs - the host where there is no Node ----------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { program, signature } from './program.mjs';

const host = join(import.meta.dirname, '../../host/js/meld-host.mjs');

/// Every file that `path` imports, itself among them, and what else it imports.
function closure(path, found = new Set()) {
  if (found.has(path)) return found;
  found.add(path);
  for (const [, name] of readFileSync(path, 'utf8').matchAll(/\bfrom '([^']+)'/g))
    if (name.startsWith('.')) closure(resolve(path, '..', name), found);
    else found.add(name);
  return found;
}

test('meld-host.mjs imports nothing but files beside it', () => {
  const files = [...closure(host)];
  assert.ok(files.length > 15);
  assert.deepEqual(files.filter((file) => !file.startsWith(resolve(host, '..'))), []);
});

/// `run(n)` resolves after `n` turns.
const bytes = program(
  `(module (import "pulseengine:async" "task_result" (func $result (param i32 i32))) (import "pulseengine:async" "schedule" (func $schedule))
    (memory (export "__memory0") 1) (global $turns (mut i32) (i32.const 0))
    (func (export "[start]run") (param i32) (result i32) (global.set $turns (local.get 0)) (call $schedule) (i32.const 4))
    (func (export "__callback") (param i32 i32)
      (global.set $turns (i32.sub (global.get $turns) (i32.const 1)))
      (if (global.get $turns) (then (call $schedule)) (else (i32.store (i32.const 0) (i32.const 42)) (call $result (i32.const 4) (i32.const 0))))))`,
  { exports: [signature('run', { n: 'u32' }, 'u32', { async: true, memory: 0 })], async: true },
);

/// What a script says that has the globals of a browser, and no others.
function runBare(script) {
  const text = `
    const { log } = console, { exit } = process;
    void [Response, MessageChannel, ReadableStream]; // which Node makes with its own when they are first named
    for (const name of ['process', 'Buffer', 'global', 'require', 'module', 'setImmediate', 'clearImmediate']) delete globalThis[name];
    const { instantiate } = await import('${pathToFileURL(host)}');
    const bytes = Uint8Array.from(atob('${bytes.toString('base64')}'), (char) => char.charCodeAt(0));
    ${script}
    exit(0);`;
  return execFileSync(process.execPath, ['--input-type=module', '-e', text], { encoding: 'utf8', timeout: 20000 }).trim();
}

test('it runs with the globals of a browser, and its turns are no timers', () => {
  const [value, took] = runBare(`
    const { exports } = await instantiate(bytes);
    const begin = performance.now();
    log(await exports.run(500), performance.now() - begin);`).split(' ');
  assert.equal(value, '42');
  assert.ok(Number(took) < 500, `500 turns took ${took} ms`);
});

test('it takes what fetch gives', () => {
  const response = "new Response(bytes, { headers: { 'content-type': 'application/wasm' } })";
  assert.equal(runBare(`
    const { exports } = await instantiate(Promise.resolve(${response}));
    log(await exports.run(1));`), '42');
});
