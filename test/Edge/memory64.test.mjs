//===- memory64.test.mjs - guests whose memories have 64-bit addresses ---===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// formers.test.mjs passes values of every type; here are the pointers around
// them, and those that are wrong.
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { readAbi } from '../../host/js/meld-host.mjs';
import { root } from '../Stream/tools.mjs';
import { fuseBytes, fuseText, heap, run } from './tools.mjs';

/// A memory whose realloc gives the place `room`.
const memory = (room = '4096') => `
  (core module $Mem (memory (export "mem") i64 1)
    (func (export "realloc") (param i64 i64 i64 i64) (result i64) (i64.const ${room})))
  (core instance $mem (instantiate $Mem))
  (alias core export $mem "mem" (core memory $mem))
  (alias core export $mem "realloc" (core func $realloc))`;

/// `f`, of such a type, which gives back the pair that it takes.
const echo = (type, room) => `(component ${memory(room)}
  (core module $M (import "" "mem" (memory i64 1))
    (func (export "f") (param i64 i64) (result i64)
      (i64.store (i64.const 64) (local.get 0)) (i64.store (i64.const 72) (local.get 1)) (i64.const 64)))
  (core instance $m (instantiate $M (with "" (instance (export "mem" (memory $mem))))))
  (func (export "f") (param "x" ${type}) (result ${type}) (canon lift (core func $m "f") (memory $mem) (realloc $realloc))))`;

test('the section says so of functions that pass pointers', async () => {
  const module = await fuseText(echo('string'));
  const [entry] = readAbi(module).exports;
  assert.equal(entry.address_type, 'i64');
  assert.equal((await run(module, {})).exports.f('h\u00e9'), 'h\u00e9');
  assert.equal(readAbi(await fuseText(echo('string'), '--edge=component')).exports[0].address_type, undefined);
});

test('meld run calls them', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'meld-memory64-'));
  try {
    const file = join(directory, 'f.wasm');
    writeFileSync(file, await fuseBytes(echo('(list u32)')));
    const env = { ...process.env, MELD_NODE: process.execPath };
    const { status, stdout, stderr } = spawnSync(join(root, 'build/bin/meld'), ['run', file, '--invoke', 'f', '[1, 4294967295]'], { encoding: 'utf8', env });
    assert.deepEqual({ status, stdout, stderr }, { status: 0, stdout: '[1, 4294967295]\n', stderr: '' });
    const inspect = (...words) => spawnSync(join(root, 'build/bin/meld'), ['inspect', file, ...words], { encoding: 'utf8' });
    const { status: refused, stderr: why } = inspect('--wit');
    assert.equal(refused, 1);
    assert.match(why, /"f" passes its values in a 64-bit memory; fuse it with --edge=component/);
  } finally {
    rmSync(directory, { recursive: true });
  }
});

// More than 16 parameters and a result go by pointers; what the host is given
// is what the guest was given.
test('parameters that are too many go by a pointer, in and out', async () => {
  const numbers = Array.from({ length: 16 }, (_, i) => `(param "p${i}" u8)`).join(' ');
  const type = `${numbers} (param "s" string) (param "l" (list u64)) (result (tuple u8 string))`;
  const options = '(memory $memory) (realloc $realloc)';
  const { exports } = await run(await fuseText(`(component
    (import "h" (func $h ${type}))
    ${heap('i64')}
    (core func $h' (canon lower (func $h) ${options}))
    (core module $M (import "" "h" (func $h (param i64 i64)))
      (func (export "f") (param i64) (result i64) (call $h (local.get 0) (i64.const 64)) (i64.const 64)))
    (core instance $m (instantiate $M (with "" (instance (export "h" (func $h'))))))
    (func (export "f") ${type} (canon lift (core func $m "f") ${options})))`), {
    h: (...args) => [args.slice(0, 16).reduce((a, b) => a + b), `${args[16]} ${args[17].join()}`],
  });
  assert.deepEqual(exports.f(...Array(16).fill(3), 'text', [1n, 2n ** 63n]), [48, 'text 1,9223372036854775808']);
});

/// [type, what is passed, where the guest gives room, what the trap says]
const rooms = [
  ['string', 'abc', '0xfffe', /realloc return: beyond end of memory/],
  ['string', 'abc', '-1', /realloc return: beyond end of memory/],
  ['string', 'abc', '0x1_0000_0040', /realloc return: beyond end of memory/],
  ['(list u32)', [1], '4098', /realloc return: result not aligned/],
  ['(list u64)', [1n], '0x8000000000000004', /realloc return: result not aligned/],
];
for (const [type, value, room, message] of rooms)
  test(`room at ${room} for ${type} is refused`, async () => {
    const { exports } = await run(await fuseText(echo(type, room)), {});
    assert.throws(() => exports.f(value), { name: 'MeldTrap', message });
  });

/// `f`, which gives this pair; the pair itself lies at `at`.
const give = (type, [pointer, length], at = '64', encoding = 'utf8') => `(component ${memory()}
  (core module $M (import "" "mem" (memory i64 1))
    (data (i64.const 128) "\\03\\26\\41")
    (func (export "f") (result i64)
      (i64.store (i64.const 64) (i64.const ${pointer})) (i64.store (i64.const 72) (i64.const ${length})) (i64.const ${at})))
  (core instance $m (instantiate $M (with "" (instance (export "mem" (memory $mem))))))
  (func (export "f") (result ${type}) (canon lift (core func $m "f") (memory $mem) string-encoding=${encoding})))`;

/// [type, pair, the trap; where the pair lies]
const pairs = [
  ['string', ['0x1_0000_0080', '1'], 'StringOutOfBounds'],
  ['string', ['-1', '1'], 'StringOutOfBounds'],
  ['string', ['0x7fff_ffff_ffff_ffff', '0'], 'StringOutOfBounds'],
  ['string', ['128', '0x1_0000_0001'], 'StringTooLong'],
  ['string', ['128', '-1'], 'StringTooLong'],
  ['(list u8)', ['128', '0x4000_0000_0000_0000'], 'ListTooLong'],
  ['(list u32)', ['0x4000_0000_0000_0002', '1'], 'UnalignedPointer'],
  ['(list u32)', ['0x4000_0000_0000_0004', '1'], 'ListOutOfBounds'],
  ['string', ['128', '1'], 'PointerOutOfBounds', '0x1_0000_0040'],
  ['string', ['128', '1'], 'PointerOutOfBounds', '0xfff8'],
  ['string', ['128', '1'], 'UnalignedPointer', '68'],
];
for (const [type, pair, id, at] of pairs)
  test(`${type} at ${pair}, which lies at ${at ?? 64}: ${id}`, async () => {
    const { exports } = await run(await fuseText(give(type, pair, at)), {});
    assert.throws(() => exports.f(), { name: 'MeldTrap', id });
  });

test('the highest bit of a length tells UTF-16 from Latin-1', async () => {
  const text = async (length) => (await run(await fuseText(give('string', ['128', length], '64', 'latin1+utf16')), {})).exports.f();
  assert.equal(await text('0x8000_0000_0000_0001'), '\u2603');
  assert.equal(await text('2'), '\x03&');
  await assert.rejects(text('0x8000_0001'), { id: 'StringTooLong' });
  await assert.rejects(text('0xffff_ffff_ffff_ffff'), { id: 'StringTooLong' });
});
