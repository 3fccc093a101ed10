//===- hostile.test.mjs - the size of adapters ---------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// What twice as many types add to the output is about twice as much, however
// they are nested and repeated; what grows with the square would be four times.
// bench/hostile-types.mjs has seconds, and larger sizes.
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fuseBytes } from '../Edge/tools.mjs';
import { cases, program } from './hostile.mjs';

for (const [name, [n, make]] of Object.entries(cases))
  test(`${name}: the output grows like the types`, async () => {
    const size = Math.min(n, 60);
    const bytes = [];
    for (const count of [size, 2 * size, 4 * size]) {
      const fused = await fuseBytes(program(make(count)));
      assert.ok(WebAssembly.validate(fused));
      bytes.push(fused.length);
    }
    const [first, second] = [bytes[1] - bytes[0], bytes[2] - bytes[1]];
    assert.ok(second <= 3 * first, `${size}, ${2 * size}, ${4 * size}: ${bytes.join(', ')} bytes`);
  });
