//===- round-trip.test.mjs - real modules through the copier -------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// Core modules of toolchains in C++, Rust and Go, up to 14 MB: valid, the same
// text and names after every body was copied with new indices, and both
// instantiate where stubs can be all that they import.
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import test, { after } from 'node:test';
import { toText } from '../../utils/suite/binaries.mjs';

const here = import.meta.dirname, root = resolve(here, '../..');
const directory = mkdtempSync(join(tmpdir(), 'meld-round-trip-'));
after(() => rmSync(directory, { recursive: true }));

/// Paths of the core modules in a folder; a component has another version.
const modulesIn = (folder) => readdirSync(folder).map((name) => join(folder, name)).filter((path) =>
  path.endsWith('.wasm') && readFileSync(path).readUInt32LE(4) === 1);

/// Binaryen's tools carry their module in a string.
function embedded(name) {
  const path = join(directory, `${name}.wasm`);
  execFileSync(process.execPath, ['--require', join(here, 'embedded.cjs'), join(root, 'node_modules/binaryen/bin', name), '--version'],
    { env: { ...process.env, MELD_EMBEDDED: path } });
  return path;
}

const packages = {
  'jco-transpile': () => modulesIn(join(root, 'node_modules/@bytecodealliance/jco-transpile/vendor')),
  'componentize-js': () => modulesIn(join(here, 'node_modules/@bytecodealliance/componentize-js/lib')),
  'binaryen': () => readdirSync(join(root, 'node_modules/binaryen/bin')).filter((name) => !name.includes('.')).map(embedded),
  'esbuild-wasm': () => modulesIn(join(here, 'node_modules/esbuild-wasm')),
};

/// What a module exports, from an instance where stubs can be all that it
/// imports: of a memory or table the size would have to be known.
async function exportsOf(bytes) {
  const module = await WebAssembly.compile(bytes), imports = {};
  const wanted = WebAssembly.Module.imports(module), exported = WebAssembly.Module.exports(module);
  if (wanted.some(({ kind }) => kind !== 'function')) return { wanted, exported };
  for (const { module: from, name } of wanted)
    (imports[from] ??= {})[name] = () => { throw new Error(`stub of ${from} ${name}`); };
  return { wanted, exported, names: Object.keys((await WebAssembly.instantiate(module, imports)).exports) };
}

async function check(path) {
  const tools = process.env.MELD_TOOLS ?? join(root, 'build/bin'), copy = join(directory, 'copy.wasm');
  execFileSync(join(tools, 'meld'), ['check', '--core', path]);
  execFileSync(join(tools, 'codec-roundtrip'), [path, copy]);
  const [before, after] = [path, copy].map((file) => readFileSync(file));
  assert.ok((await toText(before)) === (await toText(after)), 'the text is the same');
  assert.deepEqual(await exportsOf(after), await exportsOf(before));
}

for (const [name, find] of Object.entries(packages))
  test(name, { skip: !existsSync(join(here, 'node_modules')) && '`./dev guests` installs the packages' }, async (t) => {
    const paths = find();
    assert.ok(paths.length > 0);
    for (const path of paths) await t.test(basename(path), () => check(path));
  });
