//===- command.test.mjs - a WASI command in C, run by `meld run` ---------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { wasi } from '../../host/js/wasi.mjs';
import { buildC } from '../Guests/build.mjs';
import { root, tool, tryTool } from '../Stream/tools.mjs';

describe('a WASI command', () => {
  let directory, component;
  const run = (...words) => {
    const { status, stdout, stderr } = tryTool('meld', ['run', ...words], { cwd: root });
    return { status, stdout: stdout.toString(), stderr };
  };
  before(async () => {
    directory = mkdtempSync(join(tmpdir(), 'meld-command-'));
    component = await buildC(directory, 'wasi', 'command');
  });
  after(() => rmSync(directory, { recursive: true }));

  test('a component is fused and run with its arguments', () => {
    assert.deepEqual(run(component, 'hello', '--env'), { status: 0, stdout: 'hello\n--env\n', stderr: '' });
  });
  test('a fused program likewise', () => {
    const fused = join(directory, 'fused.wasm');
    tool('meld', ['fuse', component, '-o', fused]);
    assert.deepEqual(run(fused, '--env', 'A=b=c', '--', '--x'), { status: 0, stdout: '--x\nA=b=c\n', stderr: '' });
  });
  test('its failure is the exit status', () => {
    assert.deepEqual(run(component, 'fail'), { status: 1, stdout: 'fail\n', stderr: '' });
  });
  test('an unknown option is refused', () => {
    const { status, stderr } = run(component, '--envy', 'A');
    assert.equal(status, 1);
    assert.match(stderr, /^meld run: unexpected "--envy"\n/);
  });
  test('where the shim is not installed, that is said', async () => {
    await assert.rejects(wasi({ folders: [directory] }),
      /imports WASI, which the npm package @bytecodealliance\/preview2-shim implements: npm install/);
  });
});
