//===- trap-kinds.mjs - the table of traps for JavaScript ----------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
//     node utils/trap-kinds.mjs
//
// Writes host/js/trap-kinds.mjs, what a host wants of
// include/meld/Support/Traps.def: where the host runs, in a browser say, there
// is no such file. A test compares them.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseTrapTable } from '../host/js/traps.mjs';

const root = join(import.meta.dirname, '..');
const quoted = (text) => `'${text.replace(/['\\]/g, '\\$&')}'`;
const row = ({ number, id, text }) => `  { number: ${number}, id: ${quoted(id)}, text: ${quoted(text)} },`;

/// The text of host/js/trap-kinds.mjs.
export function trapKindsText() {
  const rows = parseTrapTable(readFileSync(join(root, 'include/meld/Support/Traps.def'), 'utf8'));
  return `//===- trap-kinds.mjs - the kinds of traps -------------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// Written by utils/trap-kinds.mjs (./dev docs) of include/meld/Support/Traps.def.
//
//===---------------------------------------------------------------------===//

/// The rows of the table, as parseTrapTable of traps.mjs gives them, without the
/// texts of the test suite.
export const trapKinds = [
${rows.map(row).join('\n')}
];
`;
}

if (process.argv[1] === import.meta.filename) writeFileSync(join(root, 'host/js/trap-kinds.mjs'), trapKindsText());
