//===- types.test.mjs - a program in TypeScript --------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { typesOf } from '../../host/js/types.mjs';
import { assemble, program, signature } from './program.mjs';

const abi = (exports, more = {}) => ({ version: 1, async: false, exports, imports: [], memories: [], ...more });
/// The declarations behind the import.
const declared = (...args) => typesOf(abi(...args), './meld-host.mjs').replace(/^import .*\n\n/, '');
/// The line of `f(x: type) -> type`.
const line = (type, more) => /^  f(.*);$/m.exec(declared([signature('f', { x: type }, type)], more))[1];

for (const [type, text] of [
  ['u8', '(x: number): number'],
  ['u64', '(x: bigint): bigint'],
  ['char', '(x: string): string'],
  ['error-context', '(x: never): never'],
  [{ list: 'u8' }, '(x: Iterable<number>): Uint8Array'],
  [{ list: { list: 's64' } }, '(x: Iterable<Iterable<bigint>>): BigInt64Array[]'],
  [{ list: { option: 'bool' } }, '(x: Iterable<boolean | null | undefined>): (boolean | undefined)[]'],
  [{ list: 'u8', length: 2 }, '(x: readonly [number, number] | Uint8Array): [number, number]'],
  [{ list: 'string', length: 9 }, '(x: readonly string[]): string[]'],
  [{ map: ['string', 'u8'] }, '(x: Iterable<readonly [string, number]>): Map<string, number>'],
  [{ tuple: ['u8', 'string'] }, '(x: readonly [number, string]): [number, string]'],
  [{ record: [['a-b', 'u8'], ['c', { option: 'u8' }]] }, '(x: { aB: number; c?: number | null | undefined }): { aB: number; c: number | undefined }'],
  [{ flags: ['a', 'b-c'] }, '(x: { a?: boolean; bC?: boolean }): { a: boolean; bC: boolean }'],
  [{ enum: ['a', 'b-c'] }, '(x: "a" | "b-c"): "a" | "b-c"'],
  [{ variant: [['a', null], ['b', 'u8']] }, '(x: { tag: "a" } | { tag: "b"; val: number }): { tag: "a" } | { tag: "b"; val: number }'],
  [{ result: [null, 'string'] }, '(x: { tag: "ok" } | { tag: "err"; val: string }): { tag: "ok" } | { tag: "err"; val: string }'],
  [{ option: { option: 'u8' } }, '(x: { tag: "none" } | { tag: "some"; val: number | null | undefined }): { tag: "none" } | { tag: "some"; val: number | undefined }'],
  [{ stream: 'u8' }, '(x: ReadableStream<number | Uint8Array> | AsyncIterable<number | Uint8Array> | Iterable<number | Uint8Array>): ReadableStream<Uint8Array>'],
  [{ future: null }, '(x: PromiseLike<void> | void): Promise<void>'],
])
  test(`${JSON.stringify(type)} in TypeScript`, () => assert.equal(line(type), text));

test('types with names are said by them, and what is given to the program may be more', () => {
  const point = () => ({ record: [['x', { list: 'u8' }]] });
  const color = () => ({ enum: ['red', 'blue'] });
  const types = [{ name: 'a-point', interface: null, type: point() }, { name: 'color', interface: null, type: color() }, { name: 'same', interface: null, type: color() }];
  assert.equal(declared([signature('f', { p: point(), c: color() }, point()), signature('g', {}, color())], { types }), `\
export type APointIn = { x: Iterable<number> };

export type Color = "red" | "blue";

export type APoint = { x: Uint8Array };

export interface Exports {
  f(p: APointIn, c: Color): APoint;
  g(): Color;
}

export interface Imports {}
`);
});

test('a type that is huge as a tree is said in parts', () => {
  let type = 'u8';
  for (let i = 0; i < 60; i++) type = { tuple: [type, type] };
  const text = declared([signature('f', {}, type)]);
  assert.ok(text.length < 10000, `${text.length} characters`);
  assert.match(text, /export type Type2 = .*Type, Type/);
});

test('resources are classes, of the host interfaces; names are those of JavaScript', () => {
  const from = (name, ...more) => signature(name, ...more, { interface: 'a:b/c@1.0.0' });
  const self = (resource) => ({ self: { borrow: resource } });
  const exports = [
    signature('then'), signature('count-all', { new: 'u8' }, 'u8', { async: true }),
    from('[constructor]my-thing', { n: 'u8' }, { own: 't' }), from('[method]my-thing.do-it', self('t'), null), from('[static]my-thing.make', {}, { own: 't' }),
    from('[method]other.drop', self('o'), 'u8'), from('make-other', { t: { own: 'till' } }, { own: 'o' }),
  ];
  const imports = [
    signature('ask', {}, 'u8', { async: true, module: '$root' }), signature('[constructor]till', { start: 'u32' }, { own: 'till' }, { interface: 'a:b/tills' }),
    signature('[method]till.add', { ...self('till'), n: 'u32' }, null, { interface: 'a:b/tills' }), signature('[static]till.sum', {}, 'u64', { interface: 'a:b/tills' }),
  ];
  const own = (name, resource) => ({ name, interface: 'a:b/c@1.0.0', resource, host: false });
  const resources = [own('t', 'my-thing'), own('o', 'other'), { name: 'till', interface: 'a:b/tills', resource: 'till', host: true }];
  assert.equal(declared(exports, { imports, resources }), `\
export declare class MyThing extends Resource {
  constructor(n: number);
  doIt(): void;
  static make(): MyThing;
}

export declare class Other {
  private constructor();
  drop(): number;
  [Symbol.dispose](): void;
}

export interface Till {
  add(n: number): void;
  [Symbol.dispose]?(): void;
}

export interface Exports {
  then_(): void;
  "count-all"(new_: number): Promise<number>;
  countAll(new_: number): Promise<number>;
  "a:b/c@1.0.0": {
    "make-other"(t: Till): Other;
    makeOther(t: Till): Other;
    MyThing: typeof MyThing;
    Other: typeof Other;
  };
}

export interface Imports {
  ask(): number | Promise<number>;
  "a:b/tills": {
    Till: {
      new (start: number): Till;
      sum(): bigint;
    };
  };
}
`);
});

test('from the command line', () => {
  const directory = mkdtempSync(join(tmpdir(), 'meld-types-'));
  const types = (...words) => spawnSync(process.execPath, [join(import.meta.dirname, '../../host/js/types.mjs'), ...words], { cwd: directory, encoding: 'utf8' });
  try {
    writeFileSync(join(directory, 'p.wasm'), program('(module (func (export "f")))', { exports: [signature('f')] }));
    writeFileSync(join(directory, 'bare.wasm'), assemble('(module)'));
    const { status, stdout } = types('p.wasm');
    assert.equal(status, 0);
    assert.match(stdout, /^import \{ Resource \} from "\.\.?\/.*host\/js\/meld-host\.mjs";\n\nexport interface Exports \{\n  f\(\): void;\n\}/);
    for (const [words, message] of [[['bare.wasm'], 'types: not a fused program: expected one custom section `meld.abi`\n'], [[], 'types: usage: node host/js/types.mjs FILE\n']]) {
      const { status, stderr } = types(...words);
      assert.deepEqual([status, stderr], [1, message]);
    }
  } finally {
    rmSync(directory, { recursive: true });
  }
});
