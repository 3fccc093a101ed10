//===- classes.test.mjs - resources of a program as classes --------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { Resource } from '../../host/js/meld-host.mjs';
import { buildC } from '../Guests/build.mjs';
import { root, tool } from '../Stream/tools.mjs';
import { run } from './tools.mjs';

describe('a resource of a program', () => {
  let directory, fused, module;
  before(async () => {
    directory = mkdtempSync(join(tmpdir(), 'meld-classes-'));
    fused = join(directory, 'counter.fused.wasm');
    tool('meld', ['fuse', await buildC(directory, 'counter', 'counter'), '-o', fused]);
    module = await WebAssembly.compile(readFileSync(fused));
  });
  after(() => rmSync(directory, { recursive: true }));
  const start = async () => (await run(module)).exports['test:counter/counters'];

  test('does what docs/JavaScript.md says', () => {
    const page = readFileSync(join(root, 'docs/JavaScript.md'), 'utf8');
    const [, example] = /```js\n(.*?)```/s.exec(page);
    const here = join(directory, 'example.mjs');
    writeFileSync(here, example.replace('./host/js/', pathToFileURL(join(root, 'host/js/')).href));
    assert.equal(execFileSync(process.execPath, [here], { cwd: directory, encoding: 'utf8' }), '7 1\n');
  });

  test('is made, asked and ended', async () => {
    const { Counter } = await start();
    const counter = new Counter('one', 5);
    assert.ok(counter instanceof Counter && counter instanceof Resource);
    assert.equal(counter.step(2), 7);
    assert.equal(counter.step(2), 9);
    assert.equal(counter.name(), 'one');
    assert.equal(Counter.countAll(), 1);
    counter.drop();
    assert.equal(Counter.countAll(), 0);
    assert.throws(() => counter.step(1), { name: 'TypeError', message: /given away or dropped/ });
  });

  test('is lent, and given away', async () => {
    const { Counter } = await start();
    const a = new Counter('a', 1), b = new Counter('b', 2);
    assert.throws(() => Counter.merge(a, a), { name: 'TypeError', message: /argument "\w+" of .* is lent in the same call, and cannot be given away/ });
    assert.throws(() => Counter.merge(b, 7), { name: 'TypeError' }); // and b is not lent any more
    const sum = Counter.merge(a, b);
    assert.ok(sum instanceof Counter);
    assert.equal(sum.name(), 'ab');
    assert.equal(sum.step(0), 3);
    assert.equal(a.step(0), 1);
    assert.throws(() => b.step(0), { name: 'TypeError' });
    assert.equal(Counter.countAll(), 2);
  });

  test('comes in a list', async () => {
    const { Counter, make } = await start();
    const all = make(['x', 'y', 'z']);
    assert.deepEqual(all.map((each) => each.name()), ['x', 'y', 'z']);
    assert.deepEqual(all.map((each) => each.step(10)), [10, 11, 12]);
    for (const each of all) each.drop();
    assert.equal(Counter.countAll(), 0);
  });
});
