//===- module-types.mjs - core module types in the text of wasm-tools ----===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// A core module type may declare one type twice, declare what it does not use,
// or name a type of the component around it by an alias. None of this is part
// of its meaning: core types are equal by structure, and a module type exports
// no types. So two texts agree if their imports and exports do, once each index
// is replaced by the structure that it reaches. Recursion groups have one, too:
// their text, with the places of their members for the indices of these.
//
// All that a module type says about the world stays: names, order, sorts,
// limits, and the whole of each type.
//
//===---------------------------------------------------------------------===//

/// `text` with `replace(index)` for each index of a type.
const withIndices = (text, replace) =>
  text.replace(/(?<=\((?:type|ref|ref null|sub|sub final|sub (?:final )?(?:\d+ )+) )\d+/g, (index) => replace(Number(index)));

/// Enters the types of one recursion group, `[index, text]` each, into `types`.
function enterGroup(types, members) {
  const first = members[0][0];
  const isOwn = (index) => index >= first && index < first + members.length;
  const texts = members.map(([, text]) =>
    withIndices(text, (index) => (isOwn(index) ? `own ${index - first}` : `{${types.get(index)}}`)));
  members.forEach(([index], i) => types.set(index, members.length === 1 ? texts[0] : `${texts.join(' ')} .${i}`));
}

/// What opens at a line and ends where the indentation is its own again.
const opened = [
  [/^\(component\b/, 'scope'],
  [/^\(instance$/, 'scope'],
  [/^\(module$/, 'module type'],
  [/^\(core module\b.*[^)]$/, 'module'],
  [/^\((?:core )?rec$/, 'group'],
];

class Reader {
  /// Innermost last: `{ indent, kind, types, members }`.
  blocks = [];

  /// The text of a line, or nothing if it only declares a type.
  read(line) {
    const text = line.trimStart(), indent = line.length - text.length;
    const closed = this.close(indent);
    const inside = this.blocks.at(-1);
    if (closed?.kind === 'group' && inside.kind !== 'scope') return undefined;
    const kept = inside?.kind === 'module' ? line : this.declaration(text, inside) ? undefined : this.used(line, inside);
    const kind = opened.find(([pattern]) => pattern.test(text))?.[1];
    if (!kind || inside?.kind === 'module') return kept;
    this.blocks.push({ indent, kind, types: kind === 'group' ? inside.types : new Map(), members: [] });
    return kind === 'group' && inside.kind !== 'scope' ? undefined : kept;
  }

  /// Leaves the blocks that end at a line with this indentation, and gives the
  /// outermost.
  close(indent) {
    let closed;
    while (this.blocks.at(-1)?.indent >= indent) {
      closed = this.blocks.pop();
      if (closed.members.length) enterGroup(closed.types, closed.members);
    }
    return closed;
  }

  /// Whether the line declares a type of the module type that it stands in.
  /// The core types of components are entered too, for aliases.
  declaration(text, block) {
    if (!block) return false;
    const isModuleType = block.kind === 'module type';
    const [, depth, outer, alias] = /^\(alias outer (\d+) (\d+) \((?:core )?type \(;(\d+);\)\)\)$/.exec(text) ?? [];
    if (alias !== undefined) {
      if (isModuleType || text.includes('core type')) block.types.set(Number(alias), this.outerType(Number(depth), Number(outer)));
      return isModuleType;
    }
    const [, index, type] = /^\((?:core )?type \(;(\d+);\) (\(.*\))\)$/.exec(text) ?? [];
    if (type === undefined || (block.kind === 'scope' && !text.startsWith('(core'))) return false;
    if (block.kind === 'group') block.members.push([Number(index), type]);
    else enterGroup(block.types, [[Number(index), type]]);
    return isModuleType || (block.kind === 'group' && this.blocks.at(-2).kind !== 'scope');
  }

  /// The type that an alias in the innermost block names.
  outerType(depth, index) {
    const scopes = this.blocks.filter(({ kind }) => kind === 'scope' || kind === 'module type');
    return scopes.at(-1 - depth).types.get(index);
  }

  used(line, block) {
    return block?.kind === 'module type' ? withIndices(line, (index) => `{${block.types.get(index)}}`) : line;
  }
}

/// The text of a component, its core module types without declarations of types.
export function withoutTypeDeclarations(text) {
  const reader = new Reader();
  return text.split('\n').map((line) => reader.read(line)).filter((line) => line !== undefined).join('\n');
}
