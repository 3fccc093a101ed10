//===- fuser.mjs - fuse one component by a command -----------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/// How `meld fuse` is called: COMMAND fuse INPUT -o OUTPUT --spec=DATE
/// --diagnostics=json. Another fuser has to take the same words.
const fuseWords = (input, output, spec) => ['fuse', input, '-o', output, `--spec=${spec}`, '--diagnostics=json'];

/// The first error of diagnostics printed as JSON, one object a line.
function firstError(printed) {
  const lines = printed.split('\n').filter((line) => line.startsWith('{'));
  const objects = lines.flatMap((line) => {
    try {
      return [JSON.parse(line)];
    } catch {
      return [];
    }
  });
  return objects.find((object) => (object.severity ?? 'error') === 'error');
}

/// What the end of a fuser's process means: { ok: true }, or { ok: false, level,
/// message } with the level malformed, invalid, unsupported, or `crash` when it
/// did not end as a refusal has to end.
export function judge({ code, signal, stderr, wroteOutput }) {
  const words = stderr.trim().split('\n')[0] || 'it said nothing';
  const crash = (message) => ({ ok: false, level: 'crash', message: `${message}: ${words}` });
  if (signal) return crash(`the fuser was ended by ${signal}`);
  if (code === 0) return wroteOutput ? { ok: true } : crash('the fuser succeeded and wrote no output');
  if (code !== 1) return crash(`the fuser ended with exit status ${code}`);
  if (wroteOutput) return crash('the fuser failed and left an output file');
  const error = firstError(stderr);
  if (!error?.level) return crash('the fuser failed without a diagnostic that has a level');
  return { ok: false, level: error.level, message: `${error.message}${error.rule ? ` [${error.rule}]` : ''}` };
}

/// A function that fuses a file: (input, output) -> what `judge` says.
export function makeFuser(command, spec, timeout = 30000) {
  const [program, ...words] = command;
  return (input, output) =>
    new Promise((resolve) => {
      execFile(program, [...words, ...fuseWords(input, output, spec)], { timeout, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
        if (typeof error?.code === 'string') return resolve({ ok: false, level: 'crash', message: `cannot run the fuser: ${error.message}` });
        resolve(judge({ code: error ? error.code : 0, signal: error?.signal, stderr, wroteOutput: existsSync(output) }));
      });
    });
}

/// The `meld` that was built in this tree, or undefined.
export function builtMeld(root) {
  return ['build/bin/meld', 'build/tools/meld/meld'].map((path) => join(root, path)).find(existsSync);
}
