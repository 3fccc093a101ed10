//===- embedded.cjs - writes the modules that a script instantiates ------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// node --require embedded.cjs SCRIPT: writes the first core module that SCRIPT
// hands to WebAssembly to $MELD_EMBEDDED, and ends. Binaryen's tools carry
// theirs in a string.
//
//===---------------------------------------------------------------------===//

const { writeFileSync } = require('node:fs');

for (const name of ['instantiate', 'compile'])
  WebAssembly[name] = (bytes) => {
    writeFileSync(process.env.MELD_EMBEDDED, new Uint8Array(bytes.buffer ?? bytes));
    process.exit(0);
  };
