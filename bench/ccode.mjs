//===- ccode.mjs - C code for a linker to link ---------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// Generated C in several files, compiled to objects for wasm-ld. Each object is
// linked by itself too: a module with the same functions, for Meld.
//
//===---------------------------------------------------------------------===//

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const clang = process.env.MELD_CLANG ?? 'clang-22';
export const linker = process.env.MELD_WASM_LD ?? 'wasm-ld-22';
const linkFlags = ['--no-entry', '--strip-debug', '--export-memory'];

/// Function n of file f: a loop over memory, calls of earlier functions.
function functionText(f, n) {
  const callee = n ? `f${f}_${(n * 7919) % n}(a ^ b, i)` : 'b';
  return `unsigned f${f}_${n}(unsigned a, unsigned b) {
  unsigned sum = a * ${n * 2654435761 % 4294967296}u;
  for (unsigned i = 0; i < (a & 63); i++) {
    data${f}[(i * ${n % 61 + 1}u + b) & 4095] += sum ^ (b >> (i & 31));
    if (sum & ${1 << n % 20}u) sum += ${callee};
    else sum = (sum << ${n % 13 + 1}) | (sum >> ${n % 17 + 2});
  }
  switch (b & 7) {
  case 0: return sum + ${n};
  case 1: return sum * 3 - data${f}[a & 4095];
  case 2: data${f}[b & 4095] = sum; return a;
  case 5: return __builtin_popcount(sum) + b;
  }
  return sum ^ data${f}[(a + b) & 4095];
}`;
}

function sourceText(f, functions) {
  const all = Array.from({ length: functions }, (_, n) => functionText(f, n));
  return `static unsigned data${f}[4096];\n${all.join('\n')}
__attribute__((export_name("run${f}"))) unsigned run${f}(unsigned a, unsigned b) {
  return f${f}_${functions - 1}(a, b);
}\n`;
}

/// Makes `files` objects of `functions` functions each in `directory`, and of
/// each a module. Returns [{ object, module }]. What is there already is kept.
export function compileC(directory, files, functions) {
  mkdirSync(directory, { recursive: true });
  return Array.from({ length: files }, (_, f) => {
    const path = (suffix) => join(directory, `code${f}-${functions}.${suffix}`);
    const [source, object, module] = ['c', 'o', 'core.wasm'].map(path);
    if (!existsSync(module)) {
      writeFileSync(source, sourceText(f, functions));
      execFileSync(clang, ['--target=wasm32-unknown-unknown', '-O0', '-c', source, '-o', object], { stdio: 'inherit' });
      // All functions stay: for the linker too, see linkC.
      execFileSync(linker, [...linkFlags, '--no-gc-sections', object, '-o', `${module}.new`], { stdio: 'inherit' });
      renameSync(`${module}.new`, module);
    }
    return { object, module };
  });
}

/// The command line that links the objects.
export const linkC = (parts, output) => [linker, ...linkFlags, '--no-gc-sections', ...parts.map(({ object }) => object), '-o', output];
