//===- skips.mjs - what is known not to run ------------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// utils/suite/skips.txt, one entry a line: `folder/file.wast[:LINE] REASON`. An
// entry turns failures into skips; one for a component also those of directives
// that find no instance because of it. It must not be idle: one that stands for
// a directive that passes, or for none, is itself a failure.
//
//===---------------------------------------------------------------------===//

/// Reads a list. Throws an Error that names the line of an entry without a
/// reason.
export function parseSkips(source) {
  return source.split('\n').flatMap((line, i) => {
    if (/^\s*(#|$)/.test(line)) return [];
    const [, file, at, reason] = /^(\S+\.wast)(?::(\d+))?\s+(\S.*)$/.exec(line) ?? [];
    if (!file) throw new Error(`skip list, line ${i + 1}: expected \`FILE.wast[:LINE] REASON\``);
    return [{ file, line: at && Number(at), reason }];
  });
}

const isFile = (path, name) => path === name || path.endsWith(`/${name}`);

/// Applies the list to the results of one file, which it returns with failures
/// turned into skips and with one failure more for each idle entry.
export function applySkips(results, skips, file) {
  let instance; // the entry by which the last component is skipped
  const entries = skips.filter((entry) => isFile(file, entry.file)).map((entry) => ({ ...entry, used: false }));
  const applied = results.map((result) => {
    const makes = ['component', 'definition', 'instance'].includes(result.kind);
    const follows = /^no (instance|definition)/.test(result.message) ? instance : undefined;
    if (makes) instance = undefined;
    if (result.outcome !== 'fail') return result;
    const at = entries.find((entry) => entry.line === result.line) ?? follows ?? entries.find((entry) => !entry.line);
    if (!at) return result;
    if (makes) instance = at;
    at.used = true;
    return { ...result, outcome: 'skip', message: `${at.reason} (${result.message})` };
  });
  const idle = entries.filter((entry) => !entry.used).map(({ line, reason }) => ({
    file, line: line ?? 0, kind: 'skip-list', outcome: 'fail',
    message: `nothing fails here, but the skip list says: ${reason}`,
  }));
  return [...applied, ...idle];
}
