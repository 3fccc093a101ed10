//===- components.mjs - the components that tests read -------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// Each function gives a list of { name, bytes }.
//
//===---------------------------------------------------------------------===//

import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildGuests } from '../../../examples/stream/build.mjs';
import { toBinary } from '../../../utils/suite/binaries.mjs';
import { readDirectives } from '../../../utils/suite/directives.mjs';

const root = resolve(import.meta.dirname, '../../..');
const byName = (ending) => (name) => name.endsWith(ending);

/// Those of the folder Inputs, which are made to have every form.
export async function committed() {
  const folder = join(import.meta.dirname, 'Inputs');
  const names = readdirSync(folder).filter(byName('.wat')).sort();
  return Promise.all(names.map(async (name) => ({ name, bytes: await toBinary({ text: readFileSync(join(folder, name), 'utf8') }) })));
}

const suite = join(root, '../shared/suites/component-model/test');
export const hasSuite = existsSync(suite);

/// What the text tools no longer read: the keyword left the format later.
const unreadable = ['async/cancellable.wast:13'];

/// Every component of the suite that has to be valid.
export async function ofSuite() {
  const result = [];
  for (const file of readdirSync(suite, { recursive: true }).filter(byName('.wast')).sort()) {
    for (const { kind, line, component } of readDirectives(readFileSync(join(suite, file), 'utf8'), file)) {
      const name = `${file}:${line}`;
      if (!component || kind === 'assert_invalid' || kind === 'assert_malformed' || unreadable.includes(name)) continue;
      result.push({ name, bytes: await toBinary(component) });
    }
  }
  return result;
}

/// The guests of the example, as wit-component makes them.
export async function ofExample() {
  const folder = mkdtempSync(join(tmpdir(), 'meld-guests-'));
  try {
    const { producer, consumer } = await buildGuests(folder);
    return [producer, consumer].map((path) => ({ name: path.slice(folder.length + 1), bytes: readFileSync(path) }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const isComponent = (bytes) => bytes.subarray(0, 8).equals(Buffer.from('0061736d0d000100', 'hex'));

/// Those in the folders of MELD_COMPONENTS, a list as PATH is one, and in the
/// packages that `./dev` installs.
export function ofPackages() {
  const result = [];
  const folders = [join(root, 'node_modules'), ...(process.env.MELD_COMPONENTS ?? '').split(':').filter(Boolean)];
  for (const folder of folders.filter(existsSync)) {
    for (const name of readdirSync(folder, { recursive: true }).filter(byName('.wasm')).sort()) {
      const bytes = readFileSync(join(folder, name));
      if (isComponent(bytes)) result.push({ name, bytes });
    }
  }
  return result;
}
