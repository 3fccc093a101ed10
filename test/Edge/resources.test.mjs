//===- resources.test.mjs - resources that the host defines --------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { throwing } from '../../host/js/meld-host.mjs';
import { fuseText, heap, run } from './tools.mjs';

/// A guest that knows its own handles only: `keep` takes one, `seen` says its
/// index, and so on. Its allocator is a bump of the last page.
const guest = `
  (core module $G
    (import "" "drop" (func $drop (param i32)))
    (import "" "look" (func $look (param i32) (result i32)))
    (import "" "take" (func $take (param i32)))
    (import "" "make" (func $make (param i32) (result i32)))
    (import "" "all" (func $all (param i32 i32) (result i32)))
    (import "" "try" (func $try (param i32 i32 i32)))
    (import "" "split" (func $split (param i32 i32)))
    (import "mem" "mem" (memory 1))
    (func (export "make-and-look") (param $n i32) (result i32) (local $h i32)
      (local.set $h (call $make (local.get $n)))
      (call $look (local.get $h))
      (call $drop (local.get $h)))
    (func (export "keep") (param $h i32) (result i32) (local.get $h))
    (func (export "give") (param $h i32) (result i32) (local.get $h))
    (func (export "release") (param $h i32) (call $drop (local.get $h)))
    (func (export "pass") (param $h i32) (call $take (local.get $h)))
    (func (export "peek") (param $h i32) (result i32)
      (call $look (local.get $h)) (call $drop (local.get $h)))
    (func (export "peek-and-keep") (param $h i32) (result i32) (call $look (local.get $h)))
    ;; all([h, h]), then looks whether its list is as it was
    (func (export "twice") (param $h i32) (result i32)
      (i32.store (i32.const 16) (local.get $h))
      (i32.store (i32.const 20) (local.get $h))
      (call $all (i32.const 16) (i32.const 2))
      (if (i32.or (i32.ne (i32.load (i32.const 16)) (local.get $h)) (i32.ne (i32.load (i32.const 20)) (local.get $h)))
        (then unreachable))
      (call $drop (local.get $h)))
    ;; try(tag, n): looks at the resource of ok, or the number of err
    (func (export "attempt") (param $tag i32) (param $n i32) (result i32) (local $h i32)
      (call $try (local.get $tag) (local.get $n) (i32.const 32))
      (if (result i32) (i32.load8_u (i32.const 32))
        (then (i32.load (i32.const 36)))
        (else
          (local.set $h (i32.load (i32.const 36)))
          (call $look (local.get $h))
          (call $drop (local.get $h)))))
    ;; the list of what \`split\` gives: the last one is dropped, the others go out
    (func (export "collect") (param $n i32) (result i32) (local $count i32)
      (call $split (local.get $n) (i32.const 48))
      (local.set $count (i32.sub (i32.load (i32.const 52)) (i32.const 1)))
      (call $drop (i32.load (i32.add (i32.load (i32.const 48)) (i32.mul (local.get $count) (i32.const 4)))))
      (i32.store (i32.const 64) (i32.load (i32.const 48)))
      (i32.store (i32.const 68) (local.get $count))
      (i32.const 64))
    (func (export "sum") (param $p i32) (param $n i32) (result i32) (local $sum i32)
      (block $done
        (loop $next
          (br_if $done (i32.eqz (local.get $n)))
          (local.set $sum (i32.add (local.get $sum) (call $look (i32.load (local.get $p)))))
          (call $drop (i32.load (local.get $p)))
          (local.set $p (i32.add (local.get $p) (i32.const 4)))
          (local.set $n (i32.sub (local.get $n) (i32.const 1)))
          (br $next)))
      (local.get $sum))
    (func (export "maybe") (param $some i32) (param $h i32) (result i32)
      (if (result i32) (local.get $some)
        (then (call $look (local.get $h)) (call $drop (local.get $h)))
        (else (i32.const -1)))))`;

const text = `(component
  (import "ns:p/things" (instance $things
    (export "thing" (type $thing (sub resource)))
    (export "[constructor]thing" (func (param "n" u32) (result (own $thing))))
    (export "[method]thing.look" (func (param "self" (borrow $thing)) (result u32)))
    (export "take" (func (param "t" (own $thing))))
    (export "all-of" (func (param "ts" (list (borrow $thing))) (result u32)))
    (export "try" (func (param "r" (result u32 (error u32))) (result (result (own $thing) (error u32)))))
    (export "split" (func (param "n" u32) (result (list (own $thing)))))))
  (alias export $things "thing" (type $thing))
  (alias export $things "[constructor]thing" (func $make))
  (alias export $things "[method]thing.look" (func $look))
  (alias export $things "take" (func $take))
  (alias export $things "all-of" (func $all))
  (alias export $things "try" (func $try))
  (alias export $things "split" (func $split))
  ${heap()}
  (core func $drop' (canon resource.drop $thing))
  (core func $make' (canon lower (func $make)))
  (core func $look' (canon lower (func $look)))
  (core func $take' (canon lower (func $take)))
  (core func $all' (canon lower (func $all) (memory $memory)))
  (core func $try' (canon lower (func $try) (memory $memory)))
  (core func $split' (canon lower (func $split) (memory $memory) (realloc $realloc)))
  ${guest}
  (core instance $g (instantiate $G (with "mem" (instance $mem)) (with "" (instance
    (export "drop" (func $drop')) (export "make" (func $make')) (export "look" (func $look')) (export "take" (func $take'))
    (export "all" (func $all')) (export "try" (func $try')) (export "split" (func $split'))))))
  ${[
    ['make-and-look', '(param "n" u32) (result u32)'],
    ['keep', '(param "t" (own $thing)) (result u32)'],
    ['give', '(param "i" u32) (result (own $thing))'],
    ['release', '(param "i" u32)'],
    ['pass', '(param "i" u32)'],
    ['peek', '(param "t" (borrow $thing)) (result u32)'],
    ['peek-and-keep', '(param "t" (borrow $thing)) (result u32)'],
    ['twice', '(param "t" (own $thing)) (result u32)'],
    ['attempt', '(param "tag" u32) (param "n" u32) (result u32)'],
    ['collect', '(param "n" u32) (result (list (own $thing)))'],
    ['sum', '(param "ts" (list (borrow $thing))) (result u32)'],
    ['maybe', '(param "t" (option (borrow $thing))) (result s32)'],
  ].map(([name, type]) => `(func (export "${name}") ${type}
      (canon lift (core func $g "${name}") (memory $memory) (realloc $realloc)))`).join('\n')})`;

/// What the program did to the things of one run.
function host() {
  const log = [];
  class Thing {
    constructor(n) {
      this.n = n;
    }
    look() {
      return this.n;
    }
    [Symbol.dispose]() {
      log.push(`drop ${this.n}`);
    }
  }
  const things = {
    Thing,
    take: (thing) => log.push(`take ${thing.n}`),
    allOf: (list) => list.reduce((sum, thing) => sum + thing.look(), 0),
    try: ({ tag, val }) => (tag === 'ok' ? { tag, val: new Thing(val) } : { tag, val: val + 1 }),
    split: (n) => Array.from({ length: n }, (_, i) => new Thing(i)),
  };
  return { log, Thing, imports: { 'ns:p/things': things } };
}

describe('resources of the host', () => {
  let module;
  before(async () => (module = await fuseText(text)));
  const start = async () => {
    const given = host();
    return { ...given, ...(await run(module, given.imports)) };
  };

  test('a constructor, a method, a drop', async () => {
    const { exports, log } = await start();
    assert.equal(exports['make-and-look'](7), 7);
    assert.deepEqual(log, ['drop 7']);
  });

  test('what is given to the program is dropped by it, once', async () => {
    const { exports, Thing, log } = await start();
    const index = exports.keep(new Thing(3));
    assert.deepEqual(log, []);
    exports.release(index);
    assert.deepEqual(log, ['drop 3']);
    assert.throws(() => exports.release(index), { id: 'UnknownHandle' });
  });

  test('it comes back as the same object, by a result or an argument', async () => {
    const { exports, Thing, log } = await start();
    const thing = new Thing(4);
    assert.equal(exports.give(exports.keep(thing)), thing);
    exports.pass(exports.keep(thing));
    assert.deepEqual(log, ['take 4']);
  });

  test('a borrow is looked at and dropped, and the thing lives on', async () => {
    const { exports, Thing, log } = await start();
    const thing = new Thing(5);
    for (let i = 0; i < 3; i++) assert.equal(exports.peek(thing), 5);
    assert.deepEqual(log, []);
    assert.throws(() => exports['peek-and-keep'](thing), { id: 'BorrowsRemain' });
  });

  test('lists of handles: the list of the guest stays as it is', async () => {
    const { exports, Thing } = await start();
    for (let i = 0; i < 10; i++) assert.equal(exports.twice(new Thing(21)), 42);
    assert.equal(exports.sum([1, 2, 3].map((n) => new Thing(n))), 6);
    assert.equal(exports.sum([]), 0);
  });

  test('handles in results and options', async () => {
    const { exports, Thing, log } = await start();
    assert.equal(exports.attempt(0, 8), 8);
    assert.equal(exports.attempt(1, 8), 9);
    assert.deepEqual(log, ['drop 8']);
    assert.equal(exports.maybe(new Thing(6)), 6);
    assert.equal(exports.maybe(undefined), -1);
  });

  test('a list of handles that comes in goes out again', async () => {
    const { exports, Thing, log } = await start();
    const things = exports.collect(4);
    assert.ok(things.every((thing) => thing instanceof Thing));
    assert.deepEqual(things.map(({ n }) => n), [0, 1, 2]);
    assert.deepEqual(log, ['drop 3']);
  });

  test('an object of another class is the fault of who gives it', async () => {
    const { exports } = await start();
    assert.throws(() => exports.keep({ n: 1 }), { name: 'TypeError', message: /own or borrow of "thing"/ });
    assert.throws(() => exports.sum([1]), { name: 'TypeError', message: /own or borrow of "thing"/ });
    assert.equal(exports['make-and-look'](1), 1);
  });

  test('errors may be thrown', async () => {
    const { imports, Thing } = host();
    const things = imports['ns:p/things'];
    things.try = ({ tag, val }) => {
      if (tag === 'err') throw val + 1;
      return new Thing(val);
    };
    throwing(things);
    const { exports } = await run(module, imports);
    assert.equal(exports.attempt(0, 8), 8);
    assert.equal(exports.attempt(1, 8), 9);
  });

  test('memory does not grow when calls repeat', async () => {
    const { exports, Thing, core, abi } = await start();
    const round = () => {
      exports.sum(Array.from({ length: 100 }, (_, n) => new Thing(n)));
      exports.attempt(0, 1);
    };
    const staging = abi.exports.find(({ name }) => name === 'sum').memory;
    const size = () => core[abi.memories[staging]].buffer.byteLength;
    round();
    const before = size();
    for (let i = 0; i < 100; i++) round();
    assert.equal(size(), before);
  });

  test('what is missing is named', async () => {
    const { imports } = host();
    delete imports['ns:p/things'].split;
    await assert.rejects(run(module, imports), /lacks what the program imports: ns:p\/things#split/);
  });
});

/// What the root imports and exports as it is.
const passing = `(component
  (import "ns:p/things" (instance $things
    (export "thing" (type $thing (sub resource)))
    (export "name" (func (param "t" (borrow $thing)) (param "greeting" string) (result string)))
    (export "add" (func (param "a" u32) (param "b" u32) (result u32)))
    (export "same" (func (param "ts" (list (own $thing))) (result (list (own $thing)))))))
  (alias export $things "name" (func $name))
  (alias export $things "add" (func $add))
  (alias export $things "same" (func $same))
  (export "naming" (func $name))
  (export "adding" (func $add))
  (export "same" (func $same)))`;

test('functions of the host that are exported as they are', async () => {
  const imports = {
    'ns:p/things': { name: (thing, greeting) => `${greeting}, ${thing.name}`, add: (a, b) => a + b, same: (things) => things },
  };
  const { exports } = await run(await fuseText(passing), imports);
  const things = [{ name: 'a' }, { name: 'b' }];
  assert.equal(exports.adding(1, 2), 3);
  assert.equal(exports.naming(things[0], 'Hello'), 'Hello, a');
  assert.deepEqual(exports.same(things), things);
  assert.ok(exports.same(things)[1] === things[1]);
});
