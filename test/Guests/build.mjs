//===- build.mjs - build the guests of other toolchains ------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeComponent } from '../../utils/component.mjs';
import { compileGuest } from '../../utils/guest.mjs';

const here = import.meta.dirname;

/// `world`.c as a component of that world of the package `wit`.wit. Returns its
/// path.
export async function buildC(directory, wit, world) {
  const core = join(directory, `${world}.core.wasm`);
  compileGuest(join(here, `${world}.c`), core);
  const component = await makeComponent(readFileSync(core), readFileSync(join(here, `${wit}.wit`), 'utf8'), world);
  rmSync(core);
  return write(directory, `${world}.wasm`, component);
}

/// `world`.js as components, on SpiderMonkey (componentize-js) and on QuickJS
/// (componentize-qjs). `features` are those of componentize-js, each of which
/// imports interfaces of WASI. Returns the path.
export const engines = {
  async SpiderMonkey(directory, wit, world, { features = [] } = {}) {
    const { componentize } = await import('@bytecodealliance/componentize-js');
    const { component } = await componentize(readFileSync(join(here, `${world}.js`), 'utf8'), {
      witWorld: readFileSync(join(here, `${wit}.wit`), 'utf8'),
      worldName: world,
      disableFeatures: ['stdio', 'random', 'clocks', 'http', 'fetch-event'].filter((name) => !features.includes(name)),
    });
    return write(directory, `${world}.spidermonkey.wasm`, component);
  },
  async QuickJS(directory, wit, world, { features = [] } = {}) {
    const { componentize } = await import('componentize-qjs');
    const { component } = await componentize({
      jsSource: readFileSync(join(here, `${world}.js`), 'utf8'),
      witPath: join(here, `${wit}.wit`), world, sync: true, stubWasi: features.length === 0,
    });
    return write(directory, `${world}.quickjs.wasm`, component);
  },
};

function write(directory, name, bytes) {
  const path = join(directory, name);
  writeFileSync(path, bytes);
  return path;
}
