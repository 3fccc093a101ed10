//===- core-type-aliases.test.mjs - the size of module types --------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// Many module types that name one type of a component do not repeat it, nor
// what it names: the export is as large as the component was.
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { bytes, leb, preambles, section, vector } from '../../../utils/bytes.mjs';
import { tool } from '../../Stream/tools.mjs';

/// A number that could be negative: bit 6 of the last byte is its sign.
const signed = (number) => (number < 64 ? number : [(number & 127) | 128, signed(number >>> 7)]);
const nullable = (index) => [0x63, signed(index)];
const struct = (...fields) => [0x5f, vector(fields.map((field) => [field, 0]))];
const i32 = [0x7f];

/// A module type: an alias of the core type `index`, and an import "a" "b" of a
/// global that refers to it.
const importsGlobalOf = (index) =>
  [0x50, vector([[2, 0x10, 1, 1, leb(index)], [0, 1, 0x61, 1, 0x62, 3, nullable(0), 0]])];

const component = (coreTypes) => bytes([preambles.component, section(3, vector(coreTypes))]);
const numbers = (n) => [...Array(n).keys()];

const makers = {
  'the members of one group': (n) => [
    [0x4e, vector(numbers(n).map((i) => struct(i32, nullable((i + 1) % n))))],
    ...numbers(n).map(importsGlobalOf),
  ],
  'the end of a chain': (n) => [
    struct(i32),
    ...numbers(n).map((i) => struct(nullable(i))),
    ...numbers(n).map(() => importsGlobalOf(n)),
  ],
};

for (const [name, make] of Object.entries(makers))
  test(`module types that name ${name}`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'meld-core-type-aliases-'));
    const [input, output] = ['in.wasm', 'out.wasm'].map((file) => join(folder, file));
    const written = component(make(400));
    writeFileSync(input, written);
    tool('meld-translate', ['--component-to-mlir', '--mlir-to-component', input, '-o', output]);
    const exported = readFileSync(output);
    rmSync(folder, { recursive: true });
    assert.ok(exported.equals(written), `${written.length} bytes became ${exported.length}`);
  });
