//===- messenger.test.mjs - any values in asynchronous calls -------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { buildC } from '../Guests/build.mjs';
import { tool } from '../Stream/tools.mjs';
import { run } from './tools.mjs';

const later = (value) => new Promise((resolve) => setImmediate(resolve, value));

/// A host that answers at once, or later.
function host(reply) {
  const log = [];
  class File {
    constructor(name) {
      this.name = name;
    }
    read(n) {
      return reply(new TextEncoder().encode(`<${this.name}>`.repeat(100)).slice(0, n));
    }
    [Symbol.dispose]() {
      log.push(`close ${this.name}`);
    }
  }
  const ok = (val) => ({ tag: 'ok', val }), err = (val) => ({ tag: 'err', val });
  const imports = {
    fetch: (name, tags) => reply(name === 'bad' ? err(404) : ok([name, ...tags])),
    ask: (name) => reply(`${name}?`),
    'test:messenger/files': { File, open: (name) => reply(name ? ok(new File(name)) : err('no name')) },
  };
  return { log, imports, File };
}

describe('asynchronous functions', () => {
  let module;
  before(async () => {
    const directory = mkdtempSync(join(tmpdir(), 'meld-messenger-'));
    const fused = join(directory, 'fused.wasm');
    tool('meld', ['fuse', await buildC(directory, 'messenger', 'messenger'), '-o', fused]);
    module = await WebAssembly.compile(readFileSync(fused));
    rmSync(directory, { recursive: true });
  });

  for (const [when, reply] of [['at once', (value) => value], ['later', later]]) {
    test(`strings and lists, answered ${when}`, async () => {
      const { exports } = await run(module, host(reply).imports);
      assert.equal(await exports.relay('é \u{1f600}', 3), 'é \u{1f600}|0|1|2');
      assert.equal(await exports.relay('bad', 0), 'error 404');
      assert.equal(await exports.relay('x'.repeat(10000), 0), 'x'.repeat(10000));
    });

    test(`resources of the host, answered ${when}`, async () => {
      const { imports, log, File } = host(reply);
      const { exports } = await run(module, imports);
      assert.equal(new TextDecoder().decode(await exports.first('a', 6)), '<a><a>');
      assert.deepEqual(log, ['close a']);
      assert.equal(await exports.first('', 6), undefined);
      assert.equal((await exports.contents(new File('b'), 250)).length, 250);
      assert.deepEqual(log, ['close a']);
    });
  }

  test('a record that does not fit in core values', async () => {
    const { exports } = await run(module, host(later).imports);
    const all = Object.fromEntries([...'abcdefghi'].map((name) => [name, name.repeat(3)]));
    const turned = await exports.reversed(all);
    assert.deepEqual(Object.keys(turned), [...'abcdefghi']);
    assert.deepEqual(Object.values(turned), Object.values(all).reverse());
  });

  test('a call that cannot wait', async () => {
    const { exports } = await run(module, host((value) => value).imports);
    assert.equal(await exports.now('who'), 'who?');
    const slow = await run(module, host(later).imports);
    await assert.rejects(slow.exports.now('who'), { id: 'NeedsFiber' });
  });

  test('a value of the wrong type is the fault of who gives it', async () => {
    const { exports } = await run(module, host(later).imports);
    await assert.rejects(exports.relay(7, 1), { name: 'TypeError', message: /argument "name" of "relay"/ });
    await assert.rejects(exports.contents({}, 1), { name: 'TypeError', message: /own or borrow of "file"/ });
    assert.equal(await exports.relay('x', 1), 'x|0');
  });

  test('memory does not grow when calls repeat', async () => {
    const { exports, core, abi } = await run(module, host(later).imports);
    const round = async () => {
      await exports.relay('x'.repeat(1000), 5);
      await exports.first('name', 300);
    };
    const size = () => core[abi.memories[abi.staging]].buffer.byteLength;
    await round();
    const before = size();
    for (let i = 0; i < 100; i++) await round();
    assert.equal(size(), before);
  });
});
