//===- exceptions.test.mjs - exceptions end at component boundaries ------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// Where a barrier is left out, a handler of another component sees what it must
// not see, and `caught` comes back instead of a trap. Where one is put in for
// nothing, the module holds more handlers than its guests.
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { instantiate } from '../../host/js/meld-host.mjs';
import { fuseBytes, fuseText, run } from '../Edge/tools.mjs';
import { root } from '../Stream/tools.mjs';
import { caught, chain, uncaught } from './chain.mjs';

/// A component whose `go(n)` calls the import `f` in `handler`: a way to write
/// "call $f; caught if that throws".
const caller = (handler, more = '') => `(component $Caller
  (import "f" (func $f (param "n" u32) (result u32)))
  (core module $M
    (import "" "f" (func $f (param i32) (result i32)))
    (tag $own)
    (func (export "go") (param i32) (result i32) ${handler}))
  (canon lower (func $f) (core func $f'))
  (core instance $m (instantiate $M (with "" (instance (export "f" (func $f'))))))
  (func (export "f") (param "n" u32) (result u32) (canon lift (core func $m "go")))${more})`;

const handlers = {
  try_table: `(block $caught (return (try_table (result i32) (catch_all $caught) (call $f (local.get 0))))) (i32.const ${caught})`,
  legacy: `try (result i32) local.get 0 call $f catch_all i32.const ${caught} end`,
  none: '(call $f (local.get 0))',
};

/// A component whose `f(n)` runs `body`, with a tag `$e`.
const callee = (body) => `(component $Callee
  (core module $M (tag $e) (func (export "f") (param i32) (result i32) ${body}))
  (core instance $m (instantiate $M))
  (func (export "f") (param "n" u32) (result u32) (canon lift (core func $m "f"))))`;

const bodies = {
  throws: '(if (local.get 0) (then (throw $e))) (i32.const 7)',
  returns: '(i32.const 7)',
  'catches its own': '(drop (block $h (result exnref) (try_table (catch_all_ref $h) (throw $e)) unreachable)) (i32.const 7)',
  'throws again': '(throw_ref (block $h (result exnref) (try_table (catch_all_ref $h) (throw $e)) unreachable))',
};

/// How many handlers the text of a fused module has.
function countHandlers(bytes) {
  const text = execFileSync(process.execPath, [join(root, 'node_modules/binaryen/bin/wasm-dis'), '-all', '-'], { input: bytes }).toString();
  return text.match(/\((try|try_table)\b/g)?.length ?? 0;
}

const named = (text, name) => text.replace(/\$\w+/, name);
const poisoned = { id: 'CannotEnter' };

describe('a callee that throws, a caller that catches', () => {
  for (const form of ['try_table', 'legacy'])
    test(`${form}: it traps`, async () => {
      const { exports } = await run(await fuseText(chain(callee(bodies.throws), caller(handlers[form]))));
      assert.equal(exports.f(0), 7);
      assert.throws(() => exports.f(1), uncaught);
      assert.throws(() => exports.f(0), poisoned);
    });

  test('through a component that only passes it on', async () => {
    const middle = named(caller(handlers.none), '$Middle');
    const { exports } = await run(await fuseText(chain(callee(bodies.throws), middle, caller(handlers.try_table))));
    assert.equal(exports.f(0), 7);
    assert.throws(() => exports.f(1), uncaught);
  });

  test('what it throws again is an exception as well', async () => {
    const { exports } = await run(await fuseText(chain(callee(bodies['throws again']), caller(handlers.try_table))));
    assert.throws(() => exports.f(1), uncaught);
  });

  test('by a call through a table that another module fills', async () => {
    const { exports } = await run(await fuseText(chain(callee(bodies.throws), `(component $Caller
        (import "f" (func $f (param "n" u32) (result u32)))
        (core module $T (table (export "t") 1 funcref))
        (core module $M (import "" "t" (table 1 funcref)) (type $f (func (param i32) (result i32)))
          (func (export "go") (param i32) (result i32)
            (block $caught (return (try_table (result i32) (catch_all $caught) (call_indirect (type $f) (local.get 0) (i32.const 0)))))
            (i32.const ${caught})))
        (core module $Fill (import "" "t" (table 1 funcref)) (import "" "f" (func $f (param i32) (result i32))) (elem (i32.const 0) func $f))
        (core instance $t (instantiate $T))
        (core instance $m (instantiate $M (with "" (instance $t))))
        (canon lower (func $f) (core func $f'))
        (core instance (instantiate $Fill (with "" (instance (export "t" (table $t "t")) (export "f" (func $f'))))))
        (func (export "f") (param "n" u32) (result u32) (canon lift (core func $m "go"))))`)));
    assert.equal(exports.f(0), 7);
    assert.throws(() => exports.f(1), uncaught);
  });

  test('what it catches itself is none of the caller\'s business', async () => {
    const { exports } = await run(await fuseText(chain(callee(bodies['catches its own']), caller(handlers.try_table))));
    assert.equal(exports.f(1), 7);
  });
});

describe('no barrier', () => {
  test('nothing-thrown: the callee has no throw', async () => {
    const module = await fuseBytes(chain(callee(bodies.returns), caller(handlers.try_table)));
    assert.equal(countHandlers(module), 1);
    assert.equal((await run(module)).exports.f(1), 7);
  });

  test('nobody-catches: the exception is a trap for the host', async () => {
    const module = await fuseBytes(chain(callee(bodies.throws), caller(handlers.none)));
    assert.equal(countHandlers(module), 0);
    const { exports } = await run(module);
    assert.throws(() => exports.f(1), uncaught);
    assert.throws(() => exports.f(0), poisoned);
  });

  test('it stops at the first component that catches', async () => {
    const outer = named(caller(handlers.try_table), '$Outer');
    const module = await fuseBytes(chain(callee(bodies.throws), caller(handlers.try_table), outer));
    assert.equal(countHandlers(module), 3);
    assert.throws(() => new WebAssembly.Instance(new WebAssembly.Module(module)).exports.f(1), WebAssembly.RuntimeError);
  });

  test('between the core modules of one component', async () => {
    const { exports } = await run(await fuseText(`(component
      (core module $A (tag $e (export "e")) (func (export "f") (param i32) (result i32) (throw $e)))
      (core module $B (import "" "f" (func $f (param i32) (result i32))) (func (export "go") (param i32) (result i32) ${handlers.try_table}))
      (core instance $a (instantiate $A))
      (core instance $b (instantiate $B (with "" (instance $a))))
      (func (export "f") (param "n" u32) (result u32) (canon lift (core func $b "go"))))`));
    assert.equal(exports.f(1), caught);
  });
});

describe('what runs in a call beside the callee', () => {
  const strings = (body, realloc, postReturn = '') => `(component $Callee
    (core module $M (tag $e) (memory (export "mem") 1)
      (func (export "f") (param i32 i32) (result i32) ${body})
      (func (export "post") (param i32) ${postReturn})
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) ${realloc}))
    (core instance $m (instantiate $M))
    (func (export "f") (param "s" string) (result string)
      (canon lift (core func $m "f") (memory (core memory $m "mem")) (realloc (core func $m "realloc")) (post-return (core func $m "post")))))`;
  const sender = (realloc) => `(component $Caller
    (import "f" (func $f (param "s" string) (result string)))
    (core module $L (tag $e) (memory (export "mem") 1)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) ${realloc}))
    (core instance $l (instantiate $L))
    (core module $M
      (import "" "f" (func $f (param i32 i32 i32)))
      (func (export "go") (param i32) (result i32)
        (block $caught
          (try_table (catch_all $caught) (call $f (i32.const 16) (i32.const 3) (i32.const 64)))
          (return (i32.const 7)))
        (i32.const ${caught})))
    (canon lower (func $f) (memory (core memory $l "mem")) (realloc (core func $l "realloc")) (core func $f'))
    (core instance $m (instantiate $M (with "" (instance (export "f" (func $f'))))))
    (func (export "f") (param "n" u32) (result u32) (canon lift (core func $m "go"))))`;
  const fine = '(i32.const 256)';
  const throws = '(throw $e)';
  const cases = {
    'its realloc': [strings(fine, throws), sender(fine)],
    'its post-return': [strings(fine, fine, throws), sender(fine)],
    'the realloc of the caller': [strings('(i32.store (i32.const 260) (i32.const 3)) (i32.const 256)', fine), sender(throws)],
  };
  test('nothing throws', async () => {
    const { exports } = await run(await fuseText(chain(strings(fine, fine), sender(fine))));
    assert.equal(exports.f(1), 7);
  });
  for (const [name, components] of Object.entries(cases))
    test(name, async () => {
      const { exports } = await run(await fuseText(chain(...components)));
      assert.throws(() => exports.f(1), uncaught);
    });

  test('a destructor', async () => {
    const { exports } = await run(await fuseText(`(component
      (component $Owner
        (core module $D (tag $e) (func (export "dtor") (param i32) (if (local.get 0) (then (throw $e)))))
        (core instance $d (instantiate $D))
        (type $r (resource (rep i32) (dtor (core func $d "dtor"))))
        (canon resource.new $r (core func $new))
        (core module $M (import "" "new" (func $new (param i32) (result i32))) (func (export "make") (param i32) (result i32) (call $new (local.get 0))))
        (core instance $m (instantiate $M (with "" (instance (export "new" (func $new))))))
        (export $r' "r" (type $r))
        (func (export "make") (param "n" u32) (result (own $r')) (canon lift (core func $m "make"))))
      (component $User
        (import "owner" (instance $o (export "r" (type $r (sub resource))) (export "make" (func (param "n" u32) (result (own $r))))))
        (alias export $o "r" (type $r))
        (canon lower (func $o "make") (core func $make))
        (canon resource.drop $r (core func $drop))
        (core module $M
          (import "" "make" (func $make (param i32) (result i32)))
          (import "" "drop" (func $drop (param i32)))
          (func (export "go") (param i32) (result i32)
            (block $caught
              (try_table (catch_all $caught) (call $drop (call $make (local.get 0))))
              (return (i32.const 7)))
            (i32.const ${caught})))
        (core instance $m (instantiate $M (with "" (instance (export "make" (func $make)) (export "drop" (func $drop))))))
        (func (export "f") (param "n" u32) (result u32) (canon lift (core func $m "go"))))
      (instance $o (instantiate $Owner))
      (instance $u (instantiate $User (with "owner" (instance $o))))
      (export "f" (func $u "f")))`));
    assert.equal(exports.f(0), 7);
    assert.throws(() => exports.f(1), uncaught);
  });
});

describe('legacy handlers beside those of 3.0', () => {
  const refused = (text) =>
    assert.rejects(fuseText(text), /: error: a core module handles exceptions with `try` and `catch`, another one with `try_table`: engines refuse both in one module, which a program is when it is fused \[unsupported-feature\]\n.*: note: the other module\n$/s);
  const both = [caller(handlers.legacy), named(caller(handlers.try_table), '$Outer')];

  // A module of them is what V8 does not take; when it does, this can be told.
  test('engines refuse both in one module', () => {
    const code = [0x06, 0x40, 0x0b, 0x1f, 0x40, 0x00, 0x0b, 0x0b]; // try end try_table end end
    const module = (body) => new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 10, body.length + 3, 1, body.length + 1, 0, ...body]);
    assert.ok(!WebAssembly.validate(module(code)));
    assert.ok(WebAssembly.validate(module(code.slice(3))));
    assert.ok(WebAssembly.validate(module([...code.slice(0, 3), 0x0b])));
  });
  test('where a barrier is wanted', () => refused(chain(callee(bodies.throws), ...both)));
  test('where who throws has the other form', () => refused(chain(callee(bodies['throws again']), caller(handlers.legacy))));
  test('where none is', () => refused(chain(callee(bodies.returns), ...both)));
  test('in instances that are not linked', () =>
    refused(`(component
      (core module $A (tag) (func (export "f") try end))
      (core module $B (func (export "f") (try_table)))
      (core instance (instantiate $A))
      (core instance (instantiate $B)))`));
});

describe('the host', () => {
  test('what it throws is a trap, and its reason is kept', async () => {
    const { exports } = await run(await fuseText(caller(handlers.try_table)), {
      f: (n) => { if (n) throw new TypeError('no such file'); return 7; },
    });
    assert.equal(exports.f(0), 7);
    assert.throws(() => exports.f(1), (error) => error.id === 'HostThrew' && error.cause instanceof TypeError);
    assert.throws(() => exports.f(0), poisoned);
  });

  /// A guest that catches calls the host itself, or through a component that
  /// does not: then the barrier is not where the host is called.
  const routes = {
    'called directly': caller(handlers.try_table),
    'called by a component in between': `(component
      (import "f" (func $f (param "n" u32) (result u32)))
      ${named(caller(handlers.none), '$Middle')}
      ${caller(handlers.try_table)}
      (instance $i0 (instantiate $Middle (with "f" (func $f))))
      (instance $i1 (instantiate $Caller (with "f" (func $i0 "f"))))
      (export "f" (func $i1 "f")))`,
  };
  for (const [route, text] of Object.entries(routes))
    for (const words of [[], ['--spec=2026-08'], ['--trap-info=none']])
      describe(`${route} ${words}`, () => {
        const error = new TypeError('no such file');
        const f = (n) => { if (n) throw error; return 7; };

        test('the module alone lets nobody in again', async () => {
          const module = await fuseText(text, ...words);
          const [{ module: from, name }] = WebAssembly.Module.imports(module);
          const { exports } = new WebAssembly.Instance(module, { [from]: { [name]: f } });
          assert.equal(exports.f(0), 7);
          for (const n of [1, 0, 0]) assert.throws(() => exports.f(n), WebAssembly.RuntimeError);
          if (exports.__trap_kind) assert.equal(exports.__trap_kind.value, 1);
        });

        test('the reason is kept without a table of traps', async () => {
          const { exports } = await instantiate(await fuseText(text, ...words), { f });
          assert.throws(() => exports.f(1), { id: 'HostThrew', message: 'the host failed: no such file', cause: error });
          assert.throws(() => exports.f(0), poisoned);
        });
      });

  test('a trap in a call back, passed on, is one trap', async () => {
    const text = `(component ${caller(handlers.try_table).slice('(component $Caller'.length, -1)}
      (core module $Crash (func (export "crash") unreachable))
      (core instance $crash (instantiate $Crash))
      (func (export "crash") (canon lift (core func $crash "crash"))))`;
    const { exports } = await instantiate(await fuseText(text), { f: () => exports.crash() });
    assert.throws(() => exports.f(1), { id: 'Guest' });
    assert.throws(() => exports.f(0), { id: 'CannotEnter', message: 'cannot enter component instance' });
  });

  test('a host that swallows the trap of a call back gets in no more', async () => {
    let inner;
    const module = await fuseText(caller(handlers.try_table));
    const [{ module: from, name }] = WebAssembly.Module.imports(module);
    const f = (n) => {
      if (n === 1) throw new Error('no');
      try { exports.f(1); } catch (error) { inner = error; }
      return 7;
    };
    const { exports } = new WebAssembly.Instance(module, { [from]: { [name]: f } });
    assert.throws(() => exports.f(2), WebAssembly.RuntimeError); // nor does the call go on that called it
    assert.ok(inner instanceof WebAssembly.RuntimeError);
    assert.throws(() => exports.f(2), WebAssembly.RuntimeError);
  });

  test('nobody-catches: no barrier', async () => {
    assert.equal(countHandlers(await fuseBytes(caller(handlers.none))), 0);
  });
});
