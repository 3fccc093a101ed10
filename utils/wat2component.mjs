// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// wat2component.mjs IN.wat OUT.wasm
//
// Makes a binary of a component in text. Nothing is validated, so that invalid
// components can be made for tests. Lines that start with `#` are left out:
// they are for lit.

import { readFileSync, writeFileSync } from 'node:fs';
import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';

const [input, output] = process.argv.slice(2);
if (!output) {
  console.error('usage: wat2component.mjs IN.wat OUT.wasm');
  process.exit(2);
}
const text = readFileSync(input, 'utf8').replace(/^#.*$/gm, '');
try {
  writeFileSync(output, await parse(text));
} catch (error) {
  console.error(`wat2component: ${input}: ${error.payload ?? error.message}`);
  process.exit(1);
}
