//===- same.mjs - modules and their copies --------------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// node same.mjs FILE...: compares the text of each FILE with that of FILE.copy,
// and says whether Node compiles the copy.
//
//===---------------------------------------------------------------------===//

import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { toText } from '../../../../utils/suite/binaries.mjs';

for (const file of process.argv.slice(2)) {
  const [before, after] = [file, `${file}.copy`].map((name) => readFileSync(name));
  const same = (await toText(before)) === (await toText(after)) ? 'same text' : 'other text';
  const compiles = WebAssembly.validate(after) ? 'compiles' : 'does not compile';
  console.log(`${basename(file)}: ${same}, ${compiles}`);
}
