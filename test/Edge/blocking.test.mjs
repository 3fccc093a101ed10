//===- blocking.test.mjs - async functions of a component made again -----===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { check, imports, text } from './blocking.mjs';
import { fuseText, run } from './tools.mjs';

describe('asynchronous functions that block', () => {
  test('give what those of the host ABI give', async () => {
    for (const edge of ['direct', 'component']) {
      const { exports, abi } = await run(await fuseText(text, `--edge=${edge}`), imports);
      for (let i = 0; i < 3; i++) await check(exports);
      assert.deepEqual(await exports.switch(2), { tag: 'ok' });
      assert.deepEqual(await exports.switch(3), { tag: 'err' });
      assert.equal(abi.async, edge === 'direct');
    }
  });

  test('import nothing of the host ABI', async () => {
    const module = await fuseText(text, '--edge=component');
    assert.deepEqual(WebAssembly.Module.imports(module).map(({ module: from, name }) => `${from} ${name}`).sort(), ['$root h', '$root name']);
    const names = WebAssembly.Module.exports(module).map(({ name }) => name);
    assert.ok(names.includes('number') && names.includes('cabi_post_text'));
    assert.deepEqual(names.filter((name) => /^\[|__callback|__resolve|__stage/.test(name)), []);
  });

  test('may be called as variables of the fused module are', async () => {
    const named = text.replaceAll('"number"', '"answer"').replaceAll('"nothing"', '"answer-staged"');
    const { exports } = await run(await fuseText(named, '--edge=component'), imports);
    assert.equal(await exports.answer(5), 10);
    assert.equal(await exports.text(4), '0123');
    await exports['answer-staged'](2);
  });

  test('that nothing can wake are a deadlock', async () => {
    const { exports } = await run(await fuseText(text, '--edge=component'), imports);
    await assert.rejects(exports.stuck(0), { id: 'Deadlock' });
    await assert.rejects(exports.number(1), { id: 'CannotEnter' });
  });

  test('cannot wait for a promise', async () => {
    const { exports } = await run(await fuseText(text, '--edge=component'), { ...imports, h: async (n) => n });
    await assert.rejects(exports.number(1), { id: 'HostThrew', message: /"h" has no result yet/ });
  });
});
