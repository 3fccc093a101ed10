//===- chains.test.mjs - handles through three and more components -------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fuseText, run } from '../Edge/tools.mjs';
import { definer, functions, imported, link, through } from './chain.mjs';

const exported = (from) => `(export "chain" (instance ${from}))`;

/// The definer, `count` links, and the host behind the last of them.
const ofProgram = (count) => `(component
  (import "log" (func $log (param "n" u32)))
  ${definer} ${link('Link')}
  (instance $i0 (instantiate $Definer (with "log" (func $log))))
  ${Array.from({ length: count }, (_, i) => `(instance $i${i + 1} (instantiate $Link (with "from" (instance $i${i}))))`).join('\n  ')}
  ${exported(`$i${count}`)})`;

/// The same, where the host defines the resource.
const ofHost = (count) => `(component
  ${imported('host')} ${link('Link')}
  ${Array.from({ length: count }, (_, i) => `(instance $i${i + 1} (instantiate $Link (with "from" (instance ${i ? `$i${i}` : '$from'}))))`).join('\n  ')}
  ${exported(`$i${count}`)})`;

/// What a host that defines the resource does: as the definer of chain.mjs.
function things(log) {
  class R {
    constructor(n) {
      this.n = n;
    }
    [Symbol.dispose]() {
      log.push(this.n);
    }
  }
  const drop = (each) => each[Symbol.dispose]();
  return {
    R,
    make: (n) => new R(n),
    number: (r) => r.n,
    many: (n) => Array.from({ length: n }, (_, i) => new R(i)),
    turn({ tag, val }) {
      if (tag === 'one') return { tag: 'many', val: [val] };
      if (tag === 'none') return { tag };
      val.slice(1).forEach(drop);
      return { tag: 'one', val: val[0] };
    },
    sum: (all) => all.reduce((sum, each) => sum + each.n, 0),
    swap([r, other]) {
      if (!other) return { tag: 'err', val: 'nothing' };
      drop(other);
      return { tag: 'ok', val: new R(r.n * 10) };
    },
    record: ({ a, rest }) => ({ a: rest[0], rest: [...rest.slice(1), a] }),
  };
}

/// Everything that a chain does, whoever defines the resource: `end(r)` drops
/// one that the host owns.
function check(chain, log, end) {
  const numbers = (all) => all.map((each) => chain.number(each));
  const a = chain.make(7);
  assert.equal(chain.number(a), 7);
  const many = chain.many(5);
  assert.deepEqual(numbers(many), [0, 1, 2, 3, 4]);
  assert.equal(chain.sum([a, ...many, a]), 24);
  assert.deepEqual(chain.sum([]), 0);

  assert.deepEqual(chain.turn({ tag: 'none' }), { tag: 'none' });
  const turned = chain.turn({ tag: 'one', val: a });
  assert.equal(turned.tag, 'many');
  assert.deepEqual(numbers(turned.val), [7]);
  const back = chain.turn({ tag: 'many', val: [...turned.val, many[3], many[4]] });
  assert.equal(back.tag, 'one');
  assert.equal(chain.number(back.val), 7);
  assert.deepEqual(log.splice(0), [3, 4]);

  assert.deepEqual(chain.swap([back.val, undefined]), { tag: 'err', val: 'nothing' });
  const swapped = chain.swap([back.val, many[2]]);
  assert.equal(chain.number(swapped.val), 70);
  assert.deepEqual(log.splice(0), [2]);

  const { a: first, rest } = chain.record({ a: swapped.val, rest: [back.val, many[0], many[1]] });
  assert.deepEqual(numbers([first, ...rest]), [7, 0, 1, 70]);
  [first, ...rest].forEach(end);
  assert.deepEqual(log.splice(0), [7, 0, 1, 70]);
}

describe('handles in values of every shape', () => {
  for (const [count, ...words] of [[0], [1], [2], [4], [2, '--edge=component'], [2, '--spec=2026-10']])
    test(`of a program, through ${count} components to the host ${words}`, async () => {
      const log = [];
      const { exports } = await run(await fuseText(ofProgram(count), ...words), { log: (n) => log.push(n) });
      for (let i = 0; i < 3; i++) check(exports.chain, log, (each) => each.drop());
    });
  for (const [count, ...words] of [[1], [2], [4], [2, '--edge=component']])
    test(`of the host, through ${count} components and back to it ${words}`, async () => {
      const log = [];
      const { exports } = await run(await fuseText(ofHost(count), ...words), { host: things(log) });
      for (let i = 0; i < 3; i++) check(exports.chain, log, (each) => each[Symbol.dispose]());
    });
});

/// The type comes from a component that does nothing with it, the functions from
/// who defines it: they are the same type.
const typeOnly = `(component
  (import "log" (func $log (param "n" u32)))
  ${definer} ${through}
  ${link('Link', '(alias outer $Link $r\' (type $outer)) (export "r" (type $r (eq $outer)))', `(import "r" (type $r' (sub resource)))`)}
  (instance $d (instantiate $Definer (with "log" (func $log))))
  (alias export $d "r" (type $r))
  (instance $t (instantiate $Through (with "r" (type $r))))
  (instance $t2 (instantiate $Through (with "r" (type $t "r"))))
  (instance $l (instantiate $Link (with "r" (type $t2 "r")) (with "from" (instance $d))))
  ${exported('$l')})`;

test('a type through components that neither define nor use it', async () => {
  const log = [];
  const { exports } = await run(await fuseText(typeOnly), { log: (n) => log.push(n) });
  check(exports.chain, log, (each) => each.drop());
});

test('two instances of one component have two types', async () => {
  const text = `(component
    (import "log" (func $log (param "n" u32)))
    ${definer}
    (instance $a (instantiate $Definer (with "log" (func $log))))
    (instance $b (instantiate $Definer (with "log" (func $log))))
    (export "a" (instance $a)) (export "b" (instance $b)))`;
  const { exports: { a, b } } = await run(await fuseText(text), { log: () => {} });
  assert.throws(() => a.number(b.make(1)), { name: 'TypeError' });
  assert.equal(a.number(a.make(1)), 1);
  const crossed = text.replace('(export "a"', `${link('Link', '(alias outer $Link $r\' (type $outer)) (export "r" (type $r (eq $outer)))', `(import "r" (type $r' (sub resource)))`)}
    (instance $l (instantiate $Link (with "r" (type $a "r")) (with "from" (instance $b)))) (export "a"`);
  await assert.rejects(fuseText(crossed), /resource types are not the same|has the type of its import/);
  assert.ok(functions.length);
});
