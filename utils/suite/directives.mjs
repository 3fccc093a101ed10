//===- directives.mjs - what a .wast file says ---------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// Each top-level form is one directive, { kind, line, ... }:
//   component      { name?, component }     must be valid; becomes the instance
//   definition     { name?, component }     must be valid
//   instance       { name?, definition? }   instantiates a definition
//   register       { text, instance? }
//   invoke         { call }
//   assert_return  { call, expected: [value] }
//   assert_trap    { call | component, text }
//   assert_invalid, assert_malformed, assert_unlinkable   { component, text }
//   unknown        { message }
// A component is { text } or { bytes }; a call is { instance?, name, args }; a
// value is { type, args: [string or value] }.
//
//===---------------------------------------------------------------------===//

import { readForms } from './reader.mjs';

export const head = (node) => node?.list?.[0]?.atom;
const text = (node) => (node?.bytes ? node.bytes.toString('utf8') : undefined);
const isName = (node) => node?.atom?.startsWith('$');

class Malformed extends Error {}

/// Takes an optional `$name` off the front of `nodes`.
export const takeName = (nodes) => (isName(nodes[0]) ? nodes.shift().atom : undefined);

function concatenated(nodes) {
  if (!nodes.every((node) => node.bytes)) throw new Malformed('expected only strings');
  return Buffer.concat(nodes.map((node) => node.bytes));
}

/// `(component definition? $name? ...)`, or the same of a module: { name } with
/// its `text` without the word, or the `bytes` or the `quoted` text that its
/// strings hold.
export function readDefinition(node, source) {
  const nodes = node.list.slice(1);
  const word = nodes[0]?.atom === 'definition' ? nodes.shift() : undefined;
  const name = takeName(nodes);
  if (nodes[0]?.atom === 'binary') return { name, bytes: concatenated(nodes.slice(1)) };
  if (nodes[0]?.atom === 'quote') return { name, quoted: concatenated(nodes.slice(1)).toString('utf8') };
  const text = word ? source.slice(node.start, word.start) + source.slice(word.end, node.end) : source.slice(node.start, node.end);
  return { name, text };
}

function readComponent(node, source) {
  if (head(node) !== 'component') throw new Malformed('expected a component');
  const { name, quoted, ...component } = readDefinition(node, source);
  return { name, component: quoted === undefined ? component : { text: `(component ${quoted})`, quoted: true } };
}

function readValue(node) {
  const type = head(node);
  if (!type) throw new Malformed('expected a value');
  return { type, args: node.list.slice(1).map((arg) => arg.atom ?? text(arg) ?? readValue(arg)) };
}

function readCall(node) {
  if (head(node) !== 'invoke') throw new Malformed('expected `invoke`');
  const nodes = node.list.slice(1);
  const instance = takeName(nodes);
  const name = text(nodes.shift());
  if (name === undefined) throw new Malformed('expected the name of a function');
  return { instance, name, args: nodes.map(readValue) };
}

function readComponentForm(node, source) {
  const word = node.list[1]?.atom;
  if (word !== 'instance') return { kind: word === 'definition' ? 'definition' : 'component', ...readComponent(node, source) };
  const nodes = node.list.slice(2);
  const name = takeName(nodes);
  return { kind: 'instance', name, definition: takeName(nodes) };
}

const rejected = (kind) => (node, source) => ({
  kind, ...readComponent(node.list[1], source), text: text(node.list[2]),
});

const readers = {
  component: readComponentForm,
  register: (node) => ({ kind: 'register', text: text(node.list[1]), instance: node.list[2]?.atom }),
  invoke: (node) => ({ kind: 'invoke', call: readCall(node) }),
  assert_return: (node) => ({ kind: 'assert_return', call: readCall(node.list[1]), expected: node.list.slice(2).map(readValue) }),
  assert_trap: (node, source) => ({
    kind: 'assert_trap', text: text(node.list[2]),
    ...(head(node.list[1]) === 'invoke' ? { call: readCall(node.list[1]) } : readComponent(node.list[1], source)),
  }),
  assert_invalid: rejected('assert_invalid'),
  assert_malformed: rejected('assert_malformed'),
  assert_unlinkable: rejected('assert_unlinkable'),
};

/// The directives of a .wast file. A form that is not understood is a directive
/// of kind `unknown`, which no run may pass over. Throws an Error where the
/// parentheses or strings are broken.
export function readDirectives(source, file) {
  return readForms(source, file).map((node) => {
    const word = head(node) ?? node.atom ?? '';
    const read = Object.hasOwn(readers, word) ? readers[word] : undefined;
    try {
      if (!read) throw new Malformed(`unknown form \`${word}\``);
      return { ...read(node, source), line: node.line };
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      return { kind: 'unknown', line: node.line, message: error.message };
    }
  });
}
