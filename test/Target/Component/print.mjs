//===- print.mjs - what another tool reads in a component ----------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import { bytes, section, sections } from '../../../utils/bytes.mjs';
import { toText } from '../../../utils/suite/binaries.mjs';
import { withoutTypeDeclarations } from './module-types.mjs';

const idCustom = 0;
const idComponent = 4;
/// Sections that are one entry, not a vector: modules, components, `start`.
const single = [1, idComponent, 9];

const isNames = ({ id, body }) => id === idCustom && body.name() === 'component-name';

/// The component without the names of its definitions, so that a text of it has
/// numbers only.
function withoutNames(component) {
  const parts = [component.subarray(0, 8)];
  for (const each of sections(component)) {
    if (isNames(each)) continue;
    const { id, body } = each;
    parts.push(section(id, id === idComponent ? withoutNames(body.bytes) : body.bytes));
  }
  return bytes(parts);
}

/// `(canon ...` of a line, its words sorted: options have no order.
const sortedOptions = (line) =>
  line.replace(/\(canon .*/, (canon) => canon.split(/(?=\((?:memory|realloc|callback|post-return))|(?<=\)) |(?<= )(?=async|string)/)
    .map((word) => word.replace(/[)\s]+$/, '')).sort().join(' '));

/// The text of a component in numbers, by wasm-tools, with the structure of core
/// types for their numbers in module types. Throws where it cannot print.
export async function normalText(bytes) {
  const text = withoutTypeDeclarations(await toText(withoutNames(bytes)));
  return text.split('\n').map(sortedOptions).join('\n');
}

/// How many entries the sections of each kind have, those of nested components
/// after their section: "1:1 7:4 4:1(7:2)".
export function sectionCounts(component) {
  const counts = new Map();
  for (const { id, body } of sections(component)) {
    if (id === idCustom) continue;
    const [found, nested] = counts.get(id) ?? [0, ''];
    const more = id === idComponent ? `(${sectionCounts(body.bytes)})` : '';
    const entries = single.includes(id) ? 1 : body.leb();
    if (entries) counts.set(id, [found + entries, nested + more]);
  }
  return [...counts].sort(([a], [b]) => a - b).map(([id, [count, nested]]) => `${id}:${count}${nested}`).join(' ');
}
