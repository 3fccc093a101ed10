//===- leaving.test.mjs - who may not leave meanwhile --------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// realloc and post-return run while their instance may not leave, unless it
// could not anyway (docs/Adapters.md, *cannot-leave*). A program for each place
// where they are called.
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fuseBytes, fuseText, run } from '../Edge/tools.mjs';

const program = (parts, instances) => `(component (import "log" (func $log)) ${parts.join('\n')}
  ${instances.join('\n')}
  (func (export "go") (alias export $last "go")))`;
const callee = '(instance $c (instantiate $Callee (with "log" (func $log))))';
const last = '(instance $last (instantiate $Caller (with "log" (func $log)) (with "f" (func $c "f"))))';

/// A core instance $l with a memory and what may leave by `log`.
const library = (realloc, post = '', data = '') => `
  (import "log" (func $log))
  (canon lower (func $log) (core func $log'))
  (core module $L (import "" "log" (func $log)) (memory (export "mem") 1) ${data}
    (func (export "post") (param i32) ${post})
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) ${realloc} (i32.const 256)))
  (core instance $l (instantiate $L (with "" (instance (export "log" (func $log'))))))`;
const memory = '(memory (core memory $l "mem"))';
const options = `${memory} (realloc (core func $l "realloc"))`;
const withPost = `${options} (post-return (core func $l "post"))`;

/// A component whose core module has `body` and is given the functions `given`.
const component = (name, parts, body, given, exported) => `(component ${name} ${parts}
  (core module $M ${given.map((f) => `(import "" "${f.name}" (func $${f.name} ${f.type}))`).join(' ')} ${body})
  (core instance $m (instantiate $M (with "" (instance ${given.map(({ name }) => `(export "${name}" (func $${name}'))`).join(' ')}))))
  ${exported})`;

const takesText = (realloc, post, type = '') => component('$Callee', library(realloc, post),
  '(func (export "f") (param i32 i32) (result i32) (i32.const 7))', [],
  `(func (export "f") ${type} (param "s" string) (result u32) (canon lift (core func $m "f") ${withPost}))`);
const givesText = component('$Callee', library('', '', '(data (i32.const 16) "\\20\\00\\00\\00\\03\\00\\00\\00abc")'),
  '(func (export "f") (result i32) (i32.const 16))', [],
  `(func (export "f") (result string) (canon lift (core func $m "f") ${memory}))`);
const passesText = component('$Caller', `(import "f" (func $f (param "s" string) (result u32))) ${library('')} (canon lower (func $f) ${memory} (core func $f'))`,
  '(func (export "go") (result i32) (call $f (i32.const 0) (i32.const 3)))', [{ name: 'f', type: '(param i32 i32) (result i32)' }],
  '(func (export "go") (result u32) (canon lift (core func $m "go")))');
const passesTextAsync = component('$Caller', `(import "f" (func $f async (param "s" string) (result u32))) ${library('')} (canon lower (func $f) async ${memory} (core func $f'))`,
  '(func (export "go") (result i32) (i32.add (call $f (i32.const 0) (i32.const 3) (i32.const 64)) (i32.const 5 (; and RETURNED, 2 ;))))',
  [{ name: 'f', type: '(param i32 i32 i32) (result i32)' }], '(func (export "go") (result u32) (canon lift (core func $m "go")))');
const getsText = (realloc) => component('$Caller', `(import "f" (func $f (result string))) ${library(realloc)} (canon lower (func $f) ${options} (core func $f'))`,
  '(func (export "go") (result i32) (call $f (i32.const 64)) (i32.const 7))', [{ name: 'f', type: '(param i32)' }],
  '(func (export "go") (result u32) (canon lift (core func $m "go")))');

/// A stream of strings, of which one is written while a read waits.
const writer = component('$Callee', `${library('', '', '(data (i32.const 16) "\\20\\00\\00\\00\\03\\00\\00\\00abc")')}
    (type $S (stream string))
    (canon stream.new $S (core func $new'))
    (canon stream.write $S async ${memory} (core func $write'))`,
  `(global $w (mut i32) (i32.const 0))
    (func (export "f") (result i32) (local $ends i64)
      (local.set $ends (call $new))
      (global.set $w (i32.wrap_i64 (i64.shr_u (local.get $ends) (i64.const 32))))
      (i32.wrap_i64 (local.get $ends)))
    (func (export "send") (drop (call $write (global.get $w) (i32.const 16) (i32.const 1))))`,
  [{ name: 'new', type: '(result i64)' }, { name: 'write', type: '(param i32 i32 i32) (result i32)' }],
  '(func (export "f") (result (stream string)) (canon lift (core func $m "f"))) (func (export "send") (canon lift (core func $m "send")))');
const reader = (realloc) => component('$Caller', `(import "f" (func $f (result (stream string)))) (import "send" (func $send))
    ${library(realloc)}
    (type $S (stream string))
    (canon lower (func $f) (core func $f')) (canon lower (func $send) (core func $send'))
    (canon stream.read $S async ${options} (core func $read'))`,
  '(func (export "go") (result i32) (drop (call $read (call $f) (i32.const 64) (i32.const 1))) (call $send) (i32.const 7))',
  [{ name: 'f', type: '(result i32)' }, { name: 'send', type: '' }, { name: 'read', type: '(param i32 i32 i32) (result i32)' }],
  '(func (export "go") (result u32) (canon lift (core func $m "go")))');
const readerInstance = last.replace('(with "f" ', '(with "send" (func $c "send")) (with "f" ');

const hostPasses = (realloc) => component('', library(realloc),
  '(func (export "go") (param i32 i32) (result i32) (i32.const 7))', [],
  `(func (export "go") (param "s" string) (result u32) (canon lift (core func $m "go") ${options}))`);
const hostGets = (post) => component('', library('', post),
  '(func (export "go") (result i32) (i32.const 64))', [],
  `(func (export "go") (result string) (canon lift (core func $m "go") ${withPost}))`);
/// What holds handles waits in the staging area.
const hostGetsHandles = (post) => component('', `${library('', post)} (type $r (resource (rep i32)))`,
  '(func (export "go") (result i32) (i32.const 64))', [],
  `(export $r' "r" (type $r)) (func (export "go") (result (list (own $r'))) (canon lift (core func $m "go") ${withPost}))`);

/// Programs whose `go` calls a realloc or post-return function that begins with
/// `leave`, and what it gives.
const places = {
  'the realloc of the callee': [(leave) => program([takesText(leave), passesText], [callee, last]), 7],
  'the realloc of the caller': [(leave) => program([givesText, getsText(leave)], [callee, last]), 7],
  'the realloc of a reader': [(leave) => program([writer, reader(leave)], [callee, readerInstance]), 7],
  'a realloc that the host calls': [hostPasses, 7, 'abc'],
  'post-return': [(leave) => program([takesText('', leave), passesText], [callee, last]), 7],
  'post-return, in an asynchronous call': [(leave) => program([takesText('', leave, 'async'), passesTextAsync], [callee, last]), 7],
  'post-return, for the host': [hostGets, ''],
  'post-return of handles, for the host': [hostGetsHandles, []],
};

describe('cannot-leave', () => {
  for (const [place, [text, result, ...args]] of Object.entries(places))
    test(place, async () => {
      const start = async (leave) => {
        const log = [];
        const { exports } = await run(await fuseText(text(leave)), { log: () => log.push('left') });
        return { log, go: () => exports.go(...args) };
      };
      const stays = await start('');
      assert.deepEqual([stays.go(), stays.go()], [result, result]);
      const leaves = await start('(call $log)');
      assert.throws(leaves.go, { id: 'CannotLeave' });
      assert.deepEqual(leaves.log, []);
    });

  test('where there is no way out, the realloc is called as it is', async () => {
    const forbids = async (text) => /allocate/.test((await fuseBytes(text)).toString('latin1')); // in the names
    const shut = (text) => text.replaceAll(/\(canon lower \(func \$log\).*\n|\(import "" "log" .*?\)\)|\(with "" \(instance \(export "log" \(func \$log'\)\)\)\)/g, '');
    const text = program([takesText(''), passesText], [callee, last]);
    assert.equal(await forbids(text), true);
    assert.equal(await forbids(shut(text)), false);
  });
});
