//===- component.mjs - make a component of a core module -----------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
//     node utils/component.mjs CORE.wasm --wit FILE --world NAME -o OUT.wasm
//
// Embeds the world in the core module and wraps it as wit-component does, by
// the API of jco-transpile.
//
//===---------------------------------------------------------------------===//

import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { componentEmbed, componentNew } from '@bytecodealliance/jco-transpile/wasm-tools';

/// The bytes of a component made of the core module `binary`, which has the
/// imports and exports of `world` under wit-component's names. `witSource` is
/// the text of the package that holds the world. Throws an Error with the
/// tool's own words.
export async function makeComponent(binary, witSource, world) {
  try {
    const module = await componentEmbed({ binary, witSource, world });
    return await componentNew(module, []);
  } catch (error) {
    throw new Error(`cannot make a component of world "${world}": ${error.payload ?? error.message}`);
  }
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      wit: { type: 'string' },
      world: { type: 'string' },
      output: { type: 'string', short: 'o' },
    },
  });
  const { wit, world, output } = values;
  if (positionals.length !== 1 || !wit || !world || !output)
    throw new Error('usage: component.mjs CORE.wasm --wit FILE --world NAME -o OUT.wasm');
  const binary = readFileSync(positionals[0]);
  writeFileSync(output, await makeComponent(binary, readFileSync(wit, 'utf8'), world));
}

if (import.meta.main)
  main().catch((error) => {
    console.error(`component.mjs: ${error.message}`);
    process.exitCode = 1;
  });
