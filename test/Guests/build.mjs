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
const wit = join(here, 'greeter.wit');

/// client.c as a component. Returns its path.
export async function buildClient(directory) {
  const core = join(directory, 'client.core.wasm'), path = join(directory, 'client.wasm');
  compileGuest(join(here, 'client.c'), core);
  writeFileSync(path, await makeComponent(readFileSync(core), readFileSync(wit, 'utf8'), 'client'));
  rmSync(core);
  return path;
}

/// greeter.js as components: on SpiderMonkey (componentize-js) and on QuickJS
/// (componentize-qjs). `features` are those of componentize-js, each of which
/// imports interfaces of WASI. Returns the path.
export const engines = {
  async SpiderMonkey(directory, { features = [] } = {}) {
    const { componentize } = await import('@bytecodealliance/componentize-js');
    const { component } = await componentize(readFileSync(join(here, 'greeter.js'), 'utf8'), {
      witWorld: readFileSync(wit, 'utf8'),
      worldName: 'greeter',
      disableFeatures: ['stdio', 'random', 'clocks', 'http', 'fetch-event'].filter((name) => !features.includes(name)),
    });
    return write(directory, `spidermonkey${features.join('-')}.wasm`, component);
  },
  async QuickJS(directory, { features = [] } = {}) {
    const { componentize } = await import('componentize-qjs');
    const { component } = await componentize({
      jsSource: readFileSync(join(here, 'greeter.js'), 'utf8'),
      witPath: wit, world: 'greeter', sync: true, stubWasi: features.length === 0,
    });
    return write(directory, `quickjs${features.join('-')}.wasm`, component);
  },
};

function write(directory, name, bytes) {
  const path = join(directory, name);
  writeFileSync(path, bytes);
  return path;
}
