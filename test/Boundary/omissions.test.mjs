//===- omissions.test.mjs - what a direct call keeps, and leaves out -----===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// The conditions of docs/Adapters.md, *What a direct call leaves out*, by name.
// For each, calls whose outcome is another one where it is applied wrongly, and
// a program whose code shows that it was applied. The others have a file each:
// *cannot-leave* leaving.test.mjs, *two-instances* self-calls.test.mjs,
// *nothing-thrown* and *nobody-catches* exceptions.test.mjs.
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { memoryPages } from '../Stream/sections.mjs';
import { fuseBytes, fuseText, run } from '../Edge/tools.mjs';

const contextDefinitions = `
  (canon context.get i32 0 (core func $get))
  (canon context.set i32 0 (core func $set))
  (core instance $context (export "get" (func $get)) (export "set" (func $set)))`;
const contextImports = `
  (import "context" "get" (func $get (result i32)))
  (import "context" "set" (func $set (param i32)))`;

/// A component `$Callee` with `f: func(s: string) -> u32` and
/// `seen: func() -> u32`, which gives the global `$seen`.
const callee = ({ f = '(i32.const 7)', realloc = '', post = '', context = true }) => `(component $Callee
  ${context ? contextDefinitions : ''}
  (core module $M ${context ? contextImports : ''}
    (memory (export "mem") 1) (global $seen (mut i32) (i32.const 77))
    (func (export "f") (param i32 i32) (result i32) ${f})
    (func (export "post") (param i32) ${post})
    (func (export "seen") (result i32) (global.get $seen))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) ${realloc} (i32.const 256)))
  (core instance $m (instantiate $M ${context ? '(with "context" (instance $context))' : ''}))
  (func (export "f") (param "s" string) (result u32)
    (canon lift (core func $m "f") (memory (core memory $m "mem")) (realloc (core func $m "realloc")) (post-return (core func $m "post"))))
  (func (export "seen") (result u32) (canon lift (core func $m "seen"))))`;

/// Calls `f` with its own slot set to 5; gives 1000 * what `f` gave + what the
/// slot holds behind it.
const caller = (context = true) => `(component $Caller
  (import "f" (func $f (param "s" string) (result u32)))
  ${context ? contextDefinitions : ''}
  (core module $L (memory (export "mem") 1))
  (core instance $l (instantiate $L))
  (core module $M ${context ? contextImports : ''}
    (import "" "f" (func $f (param i32 i32) (result i32)))
    (func (export "go") (result i32) (local $r i32)
      ${context ? '(call $set (i32.const 5))' : ''}
      (local.set $r (i32.mul (i32.const 1000) (call $f (i32.const 0) (i32.const 3))))
      ${context ? '(i32.add (local.get $r) (call $get))' : '(local.get $r)'}))
  (canon lower (func $f) (memory (core memory $l "mem")) (core func $f'))
  (core instance $m (instantiate $M ${context ? '(with "context" (instance $context))' : ''} (with "" (instance (export "f" (func $f'))))))
  (func (export "go") (result u32) (canon lift (core func $m "go"))))`;

const pair = (first, second) => `(component ${first} ${second}
  (instance $c (instantiate $Callee))
  (instance $u (instantiate $Caller (with "f" (func $c "f"))))
  (export "go" (func $u "go"))
  (export "seen" (func $c "seen")))`;

describe('no-context: the slots of a thread', () => {
  const go = async (first, second) => {
    const { exports } = await run(await fuseText(pair(first, second)));
    const result = exports.go();
    return [result, exports.seen()];
  };
  const spy = '(global.set $seen (call $get)) (call $set (i32.const 9))';

  test('both use them: the callee has fresh ones, the caller its own again', async () =>
    assert.deepEqual(await go(callee({ f: `${spy} (i32.const 7)` }), caller()), [7005, 0]));
  test('only the callee uses them: they are fresh at each call', async () => {
    const { exports } = await run(await fuseText(pair(callee({ f: `${spy} (i32.const 7)` }), caller(false))));
    assert.deepEqual([exports.go(), exports.seen(), exports.go(), exports.seen()], [7000, 0, 7000, 0]);
  });
  test('only the caller uses them: it keeps its own', async () =>
    assert.deepEqual(await go(callee({ context: false }), caller()), [7005, 77]));
  test('a realloc has fresh ones, and leaves none to the callee', async () =>
    assert.deepEqual(await go(callee({ realloc: spy, f: '(i32.add (i32.const 7) (call $get))' }), caller()), [7005, 0]));
  test('a post-return function has those of the callee', async () =>
    assert.deepEqual(await go(callee({ f: '(call $set (i32.const 4)) (i32.const 7)', post: spy }), caller()), [7005, 4]));
  test('nobody uses them: no runtime', async () =>
    assert.deepEqual(memoryPages(await fuseBytes(pair(callee({ context: false }), caller(false)))), [1, 1]));
});

describe('no-tasks: the current task', () => {
  // An asynchronous task calls `f` of synchronous type, then returns.
  const program = (f, way = '') => `(component
    (component $Callee
      (canon task.return (result u32) (core func $return))
      (core module $M (import "" "return" (func $return (param i32))) (func (export "f") ${f}))
      (core instance $m (instantiate $M (with "" (instance (export "return" (func $return))))))
      (func (export "f") (canon lift (core func $m "f"))))
    (component $Caller
      (import "f" (func $f))
      (canon lower (func $f) (core func $f'))
      (canon task.return (result u32) (core func $return))
      (core module $M
        (import "" "f" (func $f)) (import "" "return" (func $return (param i32)))
        (func (export "go") (result i32) (call $f) (call $return (i32.const 7)) (i32.const 0))
        (func (export "cb") (param i32 i32 i32) (result i32) unreachable))
      (core instance $m (instantiate $M (with "" (instance (export "f" (func $f')) (export "return" (func $return))))))
      (func (export "go") async (result u32) (canon lift (core func $m "go") async (callback (core func $m "cb")))))
    (instance $c (instantiate $Callee))
    (instance $u (instantiate $Caller (with "f" (func $c "f"))))
    (export "go" (func $u "go")))`;
  test('a program without asynchronous functions has no place for one', async () => {
    const sync = `(component
      (component $Callee
        (core module $M (func (export "f") (result i32) (i32.const 7)))
        (core instance $m (instantiate $M))
        (func (export "f") (result u32) (canon lift (core func $m "f"))))
      (component $Caller
        (import "f" (func $f (result u32)))
        (canon lower (func $f) (core func $f'))
        (core module $M (import "" "f" (func $f (result i32))) (func (export "go") (result i32) (call $f)))
        (core instance $m (instantiate $M (with "" (instance (export "f" (func $f'))))))
        (func (export "go") (result u32) (canon lift (core func $m "go"))))
      (instance $c (instantiate $Callee))
      (instance $u (instantiate $Caller (with "f" (func $c "f"))))
      (export "go" (func $u "go")))`;
    const bytes = await fuseBytes(sync);
    assert.deepEqual(memoryPages(bytes), []); // no runtime, whose memory the task would be in
    const { exports } = await run(bytes);
    assert.equal(exports.go(), 7);
  });
  test('the caller has its task again', async () => {
    const { exports } = await run(await fuseText(program('')));
    assert.equal(await exports.go(), 7);
  });
  test('the callee is not in it', async () => {
    const { exports } = await run(await fuseText(program('(call $return (i32.const 8))')));
    await assert.rejects(exports.go(), { id: 'TaskReturnNotAsync' });
  });
});

describe('no-threads: the current thread', () => {
  // A component that calls itself: `f` asks for its thread if it can, in a call
  // of `go`, whose own thread has the first index.
  const program = (f) => `(component
    (import "log" (func $log (param "n" u32)))
    (canon lower (func $log) (core func $log'))
    (canon thread.index (core func $index))
    (core instance $given (export "log" (func $log')) (export "index" (func $index)))
    (core module $F (import "" "log" (func $log (param i32))) (import "" "index" (func $index (result i32))) (func (export "f") ${f}))
    (core instance $f (instantiate $F (with "" (instance $given))))
    (func $f (canon lift (core func $f "f")))
    (canon lower (func $f) (core func $f'))
    (core module $G (import "" "log" (func $log (param i32))) (import "" "index" (func $index (result i32))) (import "f" "f" (func $f))
      (func (export "go") (call $log (call $index)) (call $f) (call $log (call $index)) (call $f)))
    (core instance $g (instantiate $G (with "" (instance $given)) (with "f" (instance (export "f" (func $f'))))))
    (func (export "go") (canon lift (core func $g "go"))))`;
  test('the callee has one of its own, which ends with the call', async () => {
    const log = [];
    const { exports } = await run(await fuseText(program('(call $log (call $index))')), { log: (n) => log.push(n) });
    exports.go();
    exports.go();
    assert.deepEqual(log, [1, 2, 1, 2, 1, 2, 1, 2]);
  });
  test('a call of an instance without threads ends none', async () => {
    const calls = async (text) => /thread_leave/.test((await fuseBytes(text)).toString('latin1')); // in the names
    assert.equal(await calls(program('')), true);
    assert.equal(await calls(program('').replaceAll(/\(canon thread.index .*?\)\)|\(export "index" .*?\)\)|\(import "" "index" .*?\)\)\)|\(call \$log \(call \$index\)\)/g, '')), false);
  });
});

describe('nothing-lent: borrows', () => {
  // `use` and `both` are functions of the owner; the user holds one handle.
  const program = (use, both, user) => `(component
    (component $Owner
      (type $r (resource (rep i32)))
      (canon resource.new $r (core func $new))
      (core module $M (import "" "new" (func $new (param i32) (result i32)))
        (func (export "make") (result i32) (call $new (i32.const 42)))
        (func (export "use") (param i32) (result i32) (local.get 0))
        (func (export "both") (param i32 i32)))
      (core instance $m (instantiate $M (with "" (instance (export "new" (func $new))))))
      (export $r' "r" (type $r))
      (func (export "make") (result (own $r')) (canon lift (core func $m "make")))
      (func (export "use") (param "a" (borrow $r')) (result u32) (canon lift (core func $m "use")))
      (func (export "both") (param "a" (borrow $r')) (param "b" (own $r')) (canon lift (core func $m "both"))))
    (component $Keeper
      (import "owner" (instance $o (export "r" (type $r (sub resource)))))
      (alias export $o "r" (type $r))
      (canon resource.drop $r (core func $drop))
      (core module $M (import "" "drop" (func $drop (param i32)))
        (func (export "keep") (param i32) (result i32) (if (local.get 0) (then ${use})) (i32.const 7)))
      (core instance $m (instantiate $M (with "" (instance (export "drop" (func $drop))))))
      (func (export "keep") (param "a" (borrow $r)) (result u32) (canon lift (core func $m "keep"))))
    (component $User
      (import "owner" (instance $o (export "r" (type $r (sub resource)))
        (export "make" (func (result (own $r)))) (export "use" (func (param "a" (borrow $r)) (result u32)))
        (export "both" (func (param "a" (borrow $r)) (param "b" (own $r))))))
      (alias export $o "r" (type $r))
      (import "keep" (func $keep (param "a" (borrow $r)) (result u32)))
      (canon lower (func $o "make") (core func $make))
      (canon lower (func $o "use") (core func $use))
      (canon lower (func $o "both") (core func $both))
      (canon lower (func $keep) (core func $keep'))
      (canon resource.drop $r (core func $drop))
      (core module $M
        (import "" "make" (func $make (result i32))) (import "" "use" (func $use (param i32) (result i32)))
        (import "" "both" (func $both (param i32 i32))) (import "" "keep" (func $keep (param i32) (result i32)))
        (import "" "drop" (func $drop (param i32)))
        (func (export "go") (result i32) (local $h i32) (local.set $h (call $make)) ${user}))
      (core instance $m (instantiate $M (with "" (instance (export "make" (func $make)) (export "use" (func $use))
        (export "both" (func $both)) (export "keep" (func $keep')) (export "drop" (func $drop))))))
      (func (export "go") (result u32) (canon lift (core func $m "go"))))
    (instance $o (instantiate $Owner))
    (instance $k (instantiate $Keeper (with "owner" (instance $o))))
    (instance $u (instantiate $User (with "owner" (instance $o)) (with "keep" (func $k "keep"))))
    (export "go" (func $u "go")))`;
  const go = async (...parts) => {
    const { exports } = await run(await fuseText(program(...parts)));
    return exports.go();
  };
  const giveBack = '(call $drop (local.get 0))';
  test('the owner gets the representation', async () => assert.equal(await go('', '', '(call $use (local.get $h))'), 42));
  test('what was lent can be dropped behind the call', async () =>
    assert.equal(await go(giveBack, '', '(drop (call $keep (local.get $h))) (call $drop (local.get $h)) (i32.const 3)'), 3));
  test('what is lent cannot be moved in the same call', async () =>
    assert.rejects(go('', '', '(call $both (local.get $h) (local.get $h)) (i32.const 3)'), { id: 'OwnedResourceBorrowed' }));
  test('a borrow that is kept is a trap', async () =>
    assert.rejects(go('', '', '(call $keep (local.get $h))'), { id: 'BorrowsRemain' }));
  test('a call without borrows counts nothing', async () => {
    const bytes = await fuseBytes(`(component
      (component $Owner
        (type $r (resource (rep i32)))
        (canon resource.new $r (core func $new))
        (core module $M (import "" "new" (func $new (param i32) (result i32))) (func (export "make") (result i32) (call $new (i32.const 1))))
        (core instance $m (instantiate $M (with "" (instance (export "new" (func $new))))))
        (export $r' "r" (type $r))
        (func (export "make") (result (own $r')) (canon lift (core func $m "make"))))
      (component $User
        (import "owner" (instance $o (export "r" (type $r (sub resource))) (export "make" (func (result (own $r))))))
        (canon lower (func $o "make") (core func $make))
        (core module $M (import "" "make" (func $make (result i32))) (func (export "go") (result i32) (call $make)))
        (core instance $m (instantiate $M (with "" (instance (export "make" (func $make))))))
        (func (export "go") (result u32) (canon lift (core func $m "go"))))
      (instance $o (instantiate $Owner))
      (instance $u (instantiate $User (with "owner" (instance $o))))
      (export "go" (func $u "go")))`);
    assert.doesNotMatch(bytes.toString('latin1'), /scope_begin/);
  });
});
