//===- names.test.mjs - what the input calls its parts decides nothing ---===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { text } from './blocking.mjs';
import { fuseBytes } from './tools.mjs';

/// What Meld calls things of its own, in a root and in what it makes of it.
const taken = ['rt', 'rt.memory', 'rt.table', 'rt.trap', 'rt.call_new', 'rt.trap_kind', 'host.schedule',
  '__callback', '__resolve', 'runtime', 'root', 'root_instance', 'entered', 'started', 'answer'];

/// `text` with the definitions of `sorts` called by the names, in turn from the
/// number `first` on. A name may be there twice.
const name = (text, sorts, first) =>
  text.replaceAll(RegExp(`\\((${sorts}) \\$[^\\s()]+(?=\\s+\\()`, 'g'), (definition) => `${definition} (@name "${taken[first++ % taken.length]}")`);

describe('what a component calls its parts', () => {
  for (const sorts of ['core module', 'core instance', 'core func', 'core module|core instance|core func'])
    test(`decides nothing: ${sorts}`, async () => {
      for (const edge of ['direct', 'component']) {
        const words = ['--sections=none', `--edge=${edge}`];
        const wanted = await fuseBytes(text, ...words);
        for (let first = 0; first < taken.length; first += 3)
          assert.deepEqual(await fuseBytes(name(text, sorts, first), ...words), wanted);
      }
    });
});
