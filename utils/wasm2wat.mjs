//===- wasm2wat.mjs - core modules as text, all proposals ----------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// node wasm2wat.mjs FILE.wasm: prints the text. Unlike wabt's tool of this name
// it knows garbage collection and what came later, and all kinds of names.
//
//===---------------------------------------------------------------------===//

import { readFileSync } from 'node:fs';
import { toText } from './suite/binaries.mjs';

try {
  process.stdout.write(await toText(readFileSync(process.argv[2])));
} catch (error) {
  console.error(`wasm2wat: ${process.argv[2]}: ${error.message}`);
  process.exitCode = 1;
}
