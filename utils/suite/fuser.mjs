//===- fuser.mjs - fuse one component by a command -----------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/// How `meld` is called. Another fuser has to take the same words.
const fuseWords = (inputs, output, spec, more) => ['fuse', ...inputs, '-o', output, `--spec=${spec}`, ...more, '--diagnostics=json'];
const checkWords = (input, more) => ['check', input, ...more, '--diagnostics=json'];

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

/// The message with its rule, which it may end in already.
function withRule({ message, rule }) {
  const end = rule ? ` [${rule}]` : '';
  return message.endsWith(end) ? message : message + end;
}

/// What the end of a fuser's process means: { ok: true }, or { ok: false, level,
/// message, rule } with the level malformed, invalid, unsupported, or `crash`
/// when it did not end as a refusal has to end. Without `wroteOutput` no output
/// was asked for.
export function judge({ code, signal, stderr, wroteOutput }) {
  const words = stderr.trim().split('\n')[0] || 'it said nothing';
  const crash = (message) => ({ ok: false, level: 'crash', message: `${message}: ${words}` });
  if (signal) return crash(`the fuser was ended by ${signal}`);
  if (code === 0) return wroteOutput ?? true ? { ok: true } : crash('the fuser succeeded and wrote no output');
  if (code !== 1) return crash(`the fuser ended with exit status ${code}`);
  if (wroteOutput) return crash('the fuser failed and left an output file');
  const error = firstError(stderr);
  if (!error?.level) return crash('the fuser failed without a diagnostic that has a level');
  return { ok: false, level: error.level, rule: error.rule, message: withRule(error) };
}

/// Words for files that need more than the default: post-return.wast defines
/// thirty built-ins, of which it only wants to see that they may not be called.
export const fileWords = (file) => (file.endsWith('values/post-return.wast') ? ['--unsupported=trap'] : []);

/// { fuse, check }: functions that fuse files, (inputs, output), and that ask
/// whether one is valid, (input, more words). Both return what `judge` says.
export function makeFuser(command, spec, more = [], timeout = 30000) {
  const [program, ...words] = command;
  const run = (more, output) =>
    new Promise((resolve) => {
      execFile(program, [...words, ...more], { timeout, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
        if (typeof error?.code === 'string') return resolve({ ok: false, level: 'crash', message: `cannot run the fuser: ${error.message}` });
        resolve(judge({ code: error ? error.code : 0, signal: error?.signal, stderr, wroteOutput: output && existsSync(output) }));
      });
    });
  return {
    fuse: (inputs, output) => run(fuseWords(inputs, output, spec, more), output),
    check: (input, more = []) => run(checkWords(input, more)),
  };
}

/// The `meld` that was built in this tree, or undefined.
export function builtMeld(root) {
  return ['build/bin/meld', 'build/tools/meld/meld'].map((path) => join(root, path)).find(existsSync);
}
