//===- wat2wasm.mjs - core modules as binaries, all proposals ------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// node wat2wasm.mjs FILE.wat...: writes FILE.wasm beside each file. Unlike
// wabt's tool of this name it knows garbage collection and what came later, and
// does not validate.
//
//===---------------------------------------------------------------------===//

import { readFileSync, writeFileSync } from 'node:fs';
import { toBinary } from './suite/binaries.mjs';

for (const file of process.argv.slice(2)) {
  try {
    const text = readFileSync(file, 'utf8');
    writeFileSync(file.replace(/\.wat$/, '.wasm'), await toBinary({ text }));
  } catch (error) {
    console.error(`wat2wasm: ${file}: ${error.message}`);
    process.exitCode = 1;
  }
}
