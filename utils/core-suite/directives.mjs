//===- directives.mjs - what a .wast file of the core spec says -----------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// A file is a list of modules, each with the assertions that follow it:
//   { line, name?, module?, want, why?, instantiated, actions }
// where `module` is { text } or { bytes }, `want` one of `valid`, `invalid`,
// `malformed`, `why` the reason of a refusal, and an action is { kind, line,
// name, args, expected? }. Values are forms of reader.mjs: `(i32.const 1)`.
//
//===---------------------------------------------------------------------===//

import { head, readDefinition, takeName } from '../suite/directives.mjs';
import { readForms } from '../suite/reader.mjs';

const wanted = { assert_invalid: 'invalid', assert_malformed: 'malformed', assert_unlinkable: 'valid', assert_trap: 'valid' };
const calling = ['invoke', 'assert_return', 'assert_trap', 'assert_exhaustion', 'assert_exception'];

/// `(module definition? $name? ...)`. Quoted text is undefined: it is for the
/// tool that reads text, and says nothing about Meld.
function readModule(node, source) {
  const { name, quoted, ...module } = readDefinition(node, source);
  return quoted === undefined ? { name, module } : { name };
}

function readAction(node) {
  const call = head(node) === 'invoke' ? node : node.list[1];
  if (head(call) !== 'invoke') return undefined;
  const nodes = call.list.slice(1);
  const instance = takeName(nodes);
  const [name, ...args] = nodes;
  return { kind: head(node), line: node.line, instance, name: name.bytes.toString(), args, expected: head(node) === 'assert_return' ? node.list.slice(2) : undefined };
}

/// The modules of a file, in their order. An action on another instance than
/// the last one is left out, and `disturbed` says so: from there on nothing is
/// known of the state.
export function readCore(source, file) {
  const modules = [];
  let current;
  for (const node of readForms(source, file)) {
    const word = head(node);
    const inner = word === 'module' ? node : head(node.list?.[1]) === 'module' ? node.list[1] : undefined;
    if (inner && (word === 'module' || wanted[word])) {
      if (inner.list[1]?.atom === 'instance') {
        current = undefined;
        continue;
      }
      const read = { line: node.line, ...readModule(inner, source), want: wanted[word] ?? 'valid', why: node.list[2]?.bytes?.toString(), instantiated: word === 'module' && inner.list[1]?.atom !== 'definition', actions: [] };
      modules.push(read);
      // A module that traps at the start may have changed what it imports.
      if (word === 'assert_trap' && current) current.disturbed = true;
      if (word === 'module') current = read;
    } else if (calling.includes(word)) {
      const action = readAction(node);
      if (!action || !current) continue;
      if (action.instance && action.instance !== current.name) current.disturbed = true;
      else if (!current.disturbed) current.actions.push(action);
    }
  }
  return modules;
}
