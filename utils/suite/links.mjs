//===- links.mjs - components of a file that import each other -----------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// An instance that has a name, or is registered under one, is what later
// components of the file import by that name. A fused program is one program, so
// such a component is fused with those whose instances it imports. Each then has
// an instance of its own: state that was changed before is not seen.
//
//===---------------------------------------------------------------------===//

import { readForms } from './reader.mjs';

const head = (node) => node?.list?.[0]?.atom;
const text = (node) => node?.bytes?.toString('utf8');

/// The names that a component in the text format imports.
function importsOf(component) {
  if (component.text === undefined) return [];
  let forms;
  try {
    forms = readForms(component.text, 'component');
  } catch {
    return []; // the tools will say what is wrong with it
  }
  return (forms[0]?.list ?? []).filter((node) => head(node) === 'import').map((node) => text(node.list[1]));
}

/// A component that exports an instance of `component` as `name`.
const exporting = (name, { text }) =>
  ({ text: `(component ${text} (instance $instance (instantiate 0)) (export ${JSON.stringify(name)} (instance $instance)))` });

/// What has to be fused together. Returns { links, instantiated }: for each
/// directive with a component the components that it is fused with, and the
/// definitions that are instantiated.
export function planLinks(directives) {
  const links = new Map();
  const instantiated = new Set();
  const definitions = new Map();
  const instances = new Map();
  let last;
  const add = (name, component) => { if (name) instances.set(name.replace(/^\$/, ''), component); };
  for (const directive of directives) {
    const { kind, name, component } = directive;
    if (component) {
      const wanted = importsOf(component).filter((one) => instances.get(one)?.text !== undefined);
      links.set(directive, wanted.map((one) => exporting(one, instances.get(one))));
    }
    if (kind === 'definition' || kind === 'component') {
      definitions.set(name, directive);
      definitions.set(undefined, directive);
    }
    if (kind === 'component') {
      last = component;
      add(name, component);
    }
    if (kind === 'instance') {
      const definition = definitions.get(directive.definition);
      if (definition) instantiated.add(definition);
      last = definition?.component;
      if (last) add(name, last);
    }
    if (kind === 'register') {
      const registered = directive.instance ? instances.get(directive.instance.slice(1)) : last;
      if (registered) instances.set(directive.text, registered);
    }
  }
  return { links, instantiated };
}
