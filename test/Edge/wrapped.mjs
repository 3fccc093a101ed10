//===- wrapped.mjs - run a fused program as a component ------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { transpileBytes } from '@bytecodealliance/jco-transpile';
import { makeComponent } from '../../utils/component.mjs';
import { tool } from '../Stream/tools.mjs';

/// The exports of the fused program `path`, made a component again and run by
/// jco. Writes files into `directory`.
export async function runWrapped(directory, path, imports, options = { instantiation: 'sync' }) {
  const wit = tool('meld', ['inspect', path, '--wit']).toString();
  const component = await makeComponent(readFileSync(path), wit, 'fused');
  const { files } = await transpileBytes(component, {
    name: 'wrapped', ...options, wasiShim: false, multiMemory: true, base64Cutoff: 0, minify: false, outDir: directory,
  });
  const content = (end) => files[Object.keys(files).find((name) => name.endsWith(end))];
  const place = join(directory, `${basename(path)}.mjs`);
  writeFileSync(place, content('wrapped.js'));
  const { instantiate } = await import(pathToFileURL(place));
  return instantiate((name) => new WebAssembly.Module(content(name)), imports);
}
