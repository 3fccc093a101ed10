//===- guest.mjs - compile a guest in C ----------------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import { execFileSync } from 'node:child_process';

const clang = process.env.MELD_CLANG ?? 'clang-22';
const flags = [
  '--target=wasm32-unknown-unknown', '-O2', '-ffreestanding', '-nostdlib', '-mbulk-memory', '-Wall',
  '-Wextra', '-Werror', '-Wl,--no-entry,--strip-debug,-z,stack-size=4096',
];

/// Compiles the freestanding C file `source` to a core module at `output`.
/// `more` are further words of the compiler's command line.
export function compileGuest(source, output, more = []) {
  execFileSync(clang, [...flags, ...more, source, '-o', output], { stdio: 'inherit' });
}
