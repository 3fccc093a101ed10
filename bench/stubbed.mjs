//===- stubbed.mjs - a component of any core module ----------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
//     node bench/stubbed.mjs CORE.wasm OUT.wasm [EXPORT]
//
// Makes a component that instantiates the core module CORE with stubs for all
// that it imports: functions that trap, memories and tables of the least size,
// globals that are 0. One of its functions with plain numbers is exported, as
// EXPORT. So a big module takes the same road as any guest, without a world of
// its own.
//
//===---------------------------------------------------------------------===//

import { readFileSync, writeFileSync } from 'node:fs';
import { bytes, leb, name, preambles, readSections, section, sized, vector } from '../utils/bytes.mjs';

const [FUNCTION, TABLE, MEMORY, GLOBAL, TAG] = [0, 1, 2, 3, 4];
/// Core number types, by code: the constant 0 and the component's name of it.
const numbers = new Map([
  [0x7f, { zero: [0x41, 0], type: 0x79 }],
  [0x7e, { zero: [0x42, 0], type: 0x77 }],
  [0x7d, { zero: [0x43, 0, 0, 0, 0], type: 0x76 }],
  [0x7c, { zero: [0x44, 0, 0, 0, 0, 0, 0, 0, 0], type: 0x75 }],
]);

/// The type of an entity of `kind`, as bytes; of a function its type's index.
function entityType(reader, kind) {
  const from = reader.at;
  if (kind === TAG) reader.byte();
  if (kind === FUNCTION || kind === TAG) return reader.leb();
  if (kind === GLOBAL) {
    if (!numbers.has(reader.byte())) throw new Error('an imported global is no number');
    reader.byte();
  } else {
    if (kind === TABLE) reader.byte();
    const flags = reader.byte();
    reader.leb();
    if (flags & 1) reader.leb();
  }
  return reader.bytes.subarray(from, reader.at);
}

function readImports(sections) {
  return sections.get(2)?.vector((reader) => {
    const from = reader.name(), item = reader.name(), kind = reader.byte();
    return { from, item, kind, type: entityType(reader, kind) };
  }) ?? [];
}

/// The first export that is a function of plain numbers; its name and type.
function findPlainExport(sections, imports) {
  const types = sections.get(1).vector((reader) => {
    if (reader.byte() !== 0x60) throw new Error('a type is no function type');
    return { params: reader.vector((r) => r.byte()), results: reader.vector((r) => r.byte()) };
  });
  const functions = imports.filter(({ kind }) => kind === FUNCTION).map(({ type }) => type);
  functions.push(...sections.get(3).vector((reader) => reader.leb()));
  const exported = sections.get(7).vector((reader) => ({ item: reader.name(), kind: reader.byte(), index: reader.leb() }));
  for (const { item, kind, index } of exported) {
    if (kind !== FUNCTION) continue;
    const { params, results } = types[functions[index]];
    if (results.length <= 1 && params.length <= 16 && [...params, ...results].every((type) => numbers.has(type)))
      return { item, params, results };
  }
  throw new Error('no exported function has numbers alone');
}

/// A core module that exports a stub for import i under the name i.
function makeStubs(sections, imports) {
  const of = (kind) => imports.filter((each) => each.kind === kind);
  const exports = imports.map((each, i) => [name(String(i)), each.kind, leb(of(each.kind).indexOf(each))]);
  return bytes([
    preambles.module,
    section(1, sections.get(1).bytes),
    section(3, vector(of(FUNCTION).map(({ type }) => leb(type)))),
    section(4, vector(of(TABLE).map(({ type }) => type))),
    section(5, vector(of(MEMORY).map(({ type }) => type))),
    of(TAG).length ? section(13, vector(of(TAG).map(({ type }) => [0, leb(type)]))) : [],
    section(6, vector(of(GLOBAL).map(({ type }) => [type, numbers.get(type[0]).zero, 0x0b]))),
    section(7, vector(exports)),
    section(10, vector(of(FUNCTION).map(() => sized(0, 0x00, 0x0b)))),
  ]);
}

/// The component of `core`: core instance 0 has the stubs, then one bundle per
/// module name that `core` imports from, then the instance of `core`.
export function makeStubbed(core, exportName = 'run') {
  const sections = readSections(core);
  const imports = readImports(sections);
  const { item, params, results } = findPlainExport(sections, imports);
  const counts = [0, 0, 0, 0, 0];
  const aliases = imports.map(({ kind }, i) => [0, kind, 1, leb(0), name(String(i))]);
  const members = Map.groupBy(imports.map((each) => ({ ...each, index: counts[each.kind]++ })), ({ from }) => from);
  const bundles = [...members].map(([, list]) => [1, vector(list.map(({ item, kind, index }) => [name(item), kind, leb(index)]))]);
  const given = [...members.keys()].map((from, i) => [name(from), 0x12, leb(i + 1)]);
  const typeOf = (number) => numbers.get(number).type;
  return bytes([
    preambles.component,
    section(1, core),
    section(1, makeStubs(sections, imports)),
    section(2, vector([[0, leb(1), vector([])]])),
    section(6, vector(aliases)),
    section(2, vector([...bundles, [0, leb(0), vector(given)]])),
    section(6, vector([[0, FUNCTION, 1, leb(bundles.length + 1), name(item)]])),
    section(7, vector([[0x40, vector(params.map((type, i) => [name(`p${i}`), typeOf(type)])), results.length ? [0, typeOf(results[0])] : [1, 0]]])),
    section(8, vector([[0, 0, leb(counts[FUNCTION]), vector([]), leb(0)]])),
    section(11, vector([[0, name(exportName), 1, leb(0), 0]])),
  ]);
}

if (import.meta.main) {
  const [input, output, exportName] = process.argv.slice(2);
  if (!output) throw new Error('usage: stubbed.mjs CORE.wasm OUT.wasm [EXPORT]');
  writeFileSync(output, makeStubbed(readFileSync(input), exportName));
}
