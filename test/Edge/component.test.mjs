//===- component.test.mjs - a fused program made a component again -------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// `meld inspect --wit` says which world a fused program implements; wit-component
// wraps it, jco runs the result. It has to give what the program itself gives.
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { throwing } from '../../host/js/meld-host.mjs';
import { buildC } from '../Guests/build.mjs';
import { tool, tryTool } from '../Stream/tools.mjs';
import { check, imports as blockingImports, text } from './blocking.mjs';
import { memory, run } from './tools.mjs';
import { runWrapped as runWrappedIn } from './wrapped.mjs';

let directory;
before(() => (directory = mkdtempSync(join(tmpdir(), 'meld-component-'))));
after(() => rmSync(directory, { recursive: true }));

function fuse(inputs, output, ...words) {
  const path = join(directory, output);
  tool('meld', ['fuse', ...inputs, '-o', path, ...words]);
  return path;
}

const runWrapped = (path, imports, options) => runWrappedIn(directory, path, imports, options);

describe('a pair of components', () => {
  let parts;
  before(async () => {
    parts = [await buildC(directory, 'greeter', 'client'), await buildC(directory, 'greeter', 'greeter')];
  });
  for (const edge of ['direct', 'component'])
    test(`strings and numbers, with --edge=${edge}`, async () => {
      const path = fuse(parts, `pair-${edge}.wasm`, `--edge=${edge}`);
      const { exports } = await run(await WebAssembly.compile(readFileSync(path)));
      const wrapped = await runWrapped(path, {});
      for (let i = 0; i < 3; i++) {
        assert.equal(wrapped.run('é \u{1f600}', 3), 'Hello, é \u{1f600}! [0|1|2]');
        assert.equal(wrapped.run('é \u{1f600}', 3), exports.run('é \u{1f600}', 3));
        assert.equal(wrapped.total(1000), 499500);
        assert.equal(wrapped.total(1000), exports.total(1000));
        assert.equal(wrapped.swapped(12345), 5);
        assert.equal(wrapped.swapped(12345), exports.swapped(12345));
      }
    });
});

test('a resource of one component, used by another', async () => {
  const parts = [await buildC(directory, 'counter', 'teller'), await buildC(directory, 'counter', 'counter')];
  const path = fuse(parts, 'tellers.wasm', '--edge=component');
  const { exports } = await run(await WebAssembly.compile(readFileSync(path)));
  const wrapped = await runWrapped(path, {});
  for (const { tally, left } of [exports, wrapped])
    for (const names of [['x', 'é', 'z'], [], Array(60).fill('n')]) { // i, and `by`, of each
      const sum = names.reduce((sum, _, i) => sum + i + 5, 0);
      assert.equal(tally(names, 5), `all:${names.join('')}=${sum}`);
      assert.equal(left(), 0);
    }
});

test('a program with resources of the host', async () => {
  const path = fuse([await buildC(directory, 'wasi', 'command')], 'fused-command.wasm', '--edge=component');
  const imports = () => {
    const lines = [];
    class OutputStream {
      blockingWriteAndFlush(bytes) {
        if (lines.length === 2) throw { tag: 'last-operation-failed', val: new IoError() };
        lines.push(new TextDecoder().decode(bytes));
      }
    }
    class IoError {}
    const environment = { getArguments: () => ['command', 'one', 'two', 'three'], getEnvironment: () => [['A', 'b']] };
    const interfaces = {
      'wasi:cli/environment': environment, 'wasi:cli/stdout': { getStdout: () => new OutputStream() },
      'wasi:io/streams': { OutputStream }, 'wasi:io/error': { Error: IoError },
    };
    return { lines, interfaces };
  };
  const own = imports(), other = imports();
  for (const scope of Object.values(own.interfaces)) throwing(scope);
  const { exports } = await run(await WebAssembly.compile(readFileSync(path)), own.interfaces);
  assert.equal(exports['wasi:cli/run@0.2.0'].run().tag, 'err');
  const wrapped = await runWrapped(path, other.interfaces);
  assert.throws(() => wrapped.run.run());
  const wit = tool('meld', ['inspect', path, '--wit']).toString();
  assert.match(wit, /variant stream-error \{\n *last-operation-failed\(error\),\n *closed,\n/); // as the input calls it
  assert.match(wit, /blocking-write-and-flush: func\(contents: list<u8>\) -> result<_, stream-error>;/);
  assert.deepEqual(own.lines, ['one\n', 'two\n']);
  assert.deepEqual(other.lines, own.lines);
});

/// What a program with a resource does, whoever runs it: `end(r)` drops one.
function count({ Counter, make }, end) {
  const a = new Counter('a', 5), b = new Counter('b', 2);
  assert.equal(a.step(2), 7);
  const sum = Counter.merge(a, b); // b is given away
  assert.equal(sum.name(), 'ab');
  assert.equal(sum.step(0), 9);
  const all = make(['x', 'y', 'z']);
  assert.deepEqual(all.map((each) => each.name()), ['x', 'y', 'z']);
  assert.equal(Counter.countAll(), 5);
  // Given away: what jco makes of a list ends its last element, whichever is asked.
  for (const each of all) end(Counter.merge(a, each));
  for (const each of [a, sum]) end(each);
  assert.equal(Counter.countAll(), 0);
}

test('a program that defines a resource', async () => {
  const path = fuse([await buildC(directory, 'counter', 'counter')], 'counter.core.wasm', '--edge=component');
  const module = await WebAssembly.compile(readFileSync(path));
  const builtins = WebAssembly.Module.imports(module).filter((each) => each.module === '[export]test:counter/counters');
  assert.deepEqual(builtins.map(({ name }) => name).sort(), ['drop', 'new', 'rep'].map((word) => `[resource-${word}]counter`));
  const { exports } = await run(module);
  const wrapped = await runWrapped(path, {});
  for (let i = 0; i < 3; i++) {
    count(exports['test:counter/counters'], (each) => each.drop());
    count(wrapped.counters, (each) => each[Symbol.dispose]());
  }
  const wit = tool('meld', ['inspect', path, '--wit']).toString();
  assert.match(wit, /export test:counter\/counters;/);
  assert.match(wit, /resource counter \{\n *constructor\(name: string, start: u32\);/);
});

test('asynchronous functions', async () => {
  const input = join(directory, 'blocking.in.wasm');
  writeFileSync(input, await parse(text));
  const given = Object.fromEntries(Object.entries(blockingImports).map(([name, f]) => [name, { default: async (x) => f(x) }]));
  const wrapped = await runWrapped(fuse([input], 'blocking.wasm', '--edge=component'), given, { instantiation: 'async', asyncMode: 'jspi' });
  for (let i = 0; i < 2; i++) await check(wrapped);
});

const twoMemories = `(component
  (import "f" (func $f (param "s" string)))
  ${memory}
  (alias core export $memory "mem" (core memory $mem))
  (core instance $other (instantiate $Memory))
  (alias core export $other "mem" (core memory $otherMem))
  (core func $a (canon lower (func $f) (memory $mem)))
  (core func $b (canon lower (func $f) (memory $otherMem)))
  (core module $M (import "" "a" (func $a (param i32 i32))) (import "" "b" (func $b (param i32 i32)))
    (func (export "g") (call $a (i32.const 0) (i32.const 0)) (call $b (i32.const 0) (i32.const 0))))
  (core instance $m (instantiate $M (with "" (instance (export "a" (func $a)) (export "b" (func $b))))))
  (func (export "g") (canon lift (core func $m "g"))))`;

test('what stands in the way is said', async () => {
  const input = join(directory, 'two.wasm');
  writeFileSync(input, await parse(twoMemories));
  const { status, stderr } = tryTool('meld', ['inspect', fuse([input], 'two.core.wasm'), '--wit']);
  assert.equal(status, 1);
  assert.match(stderr, /cannot be made a component: "f" passes its values in another memory, or with another encoding, than the functions before it; fuse it with --edge=component\n/);
  const calls = [];
  const wrapped = await runWrapped(fuse([input], 'one.core.wasm', '--edge=component'), { f: { default: (text) => calls.push(text) } });
  wrapped.g();
  assert.deepEqual(calls, ['', '']);
});

/// Two components that lower one function of the host, each with a memory of
/// its own and what `options` says, and call it with `core` as its arguments.
const lowersTwice = (type, options, core) => `(component
  (import "log" (func $log ${type}))
  (component $P
    (import "log" (func $log ${type}))
    (core module $Mem (memory (export "mem") 1) (data (i32.const 8) "hi")
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
    (core instance $mem (instantiate $Mem))
    (core func $l (canon lower (func $log) (memory (core memory $mem "mem")) ${options}))
    (core module $M (import "" "log" (func $log (param${' i32'.repeat(core.length)})))
      (func (export "f") (call $log ${core.map((value) => `(i32.const ${value})`).join(' ')})))
    (core instance $i (instantiate $M (with "" (instance (export "log" (func $l))))))
    (func (export "f") (canon lift (core func $i "f"))))
  (instance $a (instantiate $P (with "log" (func $log))))
  (instance $b (instantiate $P (with "log" (func $log))))
  (export "f" (func $a "f")) (export "g" (func $b "f")))`;

describe('a function that two components lower is imported once', () => {
  const realloc = '(realloc (core func $mem "realloc"))';
  for (const [what, type, options, core, edges, got] of [
    ['a number', '(param "n" u32)', '', [7], ['direct', 'component'], 7],
    ['a number, with options', '(param "n" u32)', `${realloc} string-encoding=utf16`, [7], ['direct', 'component'], 7],
    ['a list', '(param "n" (list u8))', `${realloc} string-encoding=utf16`, [8, 2], ['component'], Uint8Array.of(104, 105)],
    ['a text', '(param "n" string)', realloc, [8, 2], ['component'], 'hi'],
  ])
    for (const edge of edges)
      test(`${what}, with --edge=${edge}`, async () => {
        const input = join(directory, 'lowers.wasm');
        writeFileSync(input, await parse(lowersTwice(type, options, core)));
        const path = fuse([input], `${what.replaceAll(/\W/g, '-')}-${edge}.core.wasm`, `--edge=${edge}`);
        const module = await WebAssembly.compile(readFileSync(path));
        assert.deepEqual(WebAssembly.Module.imports(module).map(({ name }) => name), ['log']);
        const calls = [];
        const wrapped = await runWrapped(path, { log: { default: (n) => calls.push(n) } });
        wrapped.f();
        wrapped.g();
        assert.deepEqual(calls, [got, got]);
      });
});

test('options that values do not need are not described', async () => {
  const lift = (name, type, options = '') => `(func (export "${name}") ${type} (canon lift (core func $i "${name}") (memory (core memory $i "mem")) (realloc (core func $i "realloc")) ${options}))`;
  const input = join(directory, 'needs.wasm');
  writeFileSync(input, await parse(`(component
    (core module $M (memory (export "mem") 1)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 64))
      (func (export "gives") (result i32) (i32.const 8)) (func (export "takes") (param i32 i32) (result i32) (local.get 1)) (func (export "texts") (param i32 i32)))
    (core instance $i (instantiate $M))
    ${lift('gives', '(result (list u8))', 'string-encoding=latin1+utf16')}
    ${lift('takes', '(param "l" (list u8)) (result u32)')}
    ${lift('texts', '(param "s" string)', 'string-encoding=utf16')})`));
  const path = fuse([input], 'needs.core.wasm');
  const [section] = WebAssembly.Module.customSections(await WebAssembly.compile(readFileSync(path)), 'meld.abi');
  const { exports } = JSON.parse(new TextDecoder().decode(section));
  const said = exports.map(({ name, realloc, string_encoding }) => [name, realloc, string_encoding]);
  assert.deepEqual(said, [['gives', null, null], ['takes', 'cabi_realloc', null], ['texts', 'cabi_realloc', 'utf16']]);
  assert.match(tool('meld', ['inspect', path, '--wit']).toString(), /Strings are utf16/);
});

test('a function with the name of the memory stands in the way', async () => {
  const input = join(directory, 'memory.wasm');
  writeFileSync(input, await parse(`(component
    (core module $M (memory (export "mem") 1) (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 64)) (func (export "f") (param i32 i32)))
    (core instance $i (instantiate $M))
    (func (export "memory") (param "s" string) (canon lift (core func $i "f") (memory (core memory $i "mem")) (realloc (core func $i "realloc")))))`));
  const { status, stderr } = tryTool('meld', ['inspect', fuse([input], 'memory.core.wasm'), '--wit']);
  assert.equal(status, 1);
  assert.match(stderr, /cannot be made a component: the function "memory" has the name that the memory needs through which values pass\n/);
});
