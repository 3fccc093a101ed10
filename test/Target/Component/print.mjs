//===- print.mjs - what another tool reads in a component ----------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import { toText } from '../../../utils/suite/binaries.mjs';
import { withoutTypeDeclarations } from './module-types.mjs';

const idCustom = 0;
const idComponent = 4;
/// Sections that are one entry, not a vector: modules, components, `start`.
const single = [1, idComponent, 9];

function leb(number) {
  const bytes = [];
  for (; number > 127; number >>>= 7) bytes.push((number & 127) | 128);
  return [...bytes, number];
}

/// A number in LEB128 at `at`: [number, the place behind it].
function readLeb(bytes, at) {
  let number = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++];
    number |= (byte & 127) << shift;
    if (byte < 128) return [number >>> 0, at];
  }
}

function* sections(bytes) {
  for (let at = 8; at < bytes.length; ) {
    const id = bytes[at];
    const [size, start] = readLeb(bytes, at + 1);
    at = start + size;
    yield { id, content: bytes.subarray(start, at) };
  }
}


const isNames = ({ id, content }) => id === idCustom && content.subarray(1, 15).toString('latin1') === 'component-name';

/// The component without the names of its definitions, so that a text of it has
/// numbers only.
function withoutNames(bytes) {
  const parts = [bytes.subarray(0, 8)];
  for (const section of sections(bytes)) {
    if (isNames(section)) continue;
    const content = section.id === idComponent ? withoutNames(section.content) : section.content;
    parts.push(Buffer.from([section.id, ...leb(content.length)]), content);
  }
  return Buffer.concat(parts);
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
export function sectionCounts(bytes) {
  const counts = new Map();
  for (const { id, content } of sections(bytes)) {
    if (id === idCustom) continue;
    const [found, nested] = counts.get(id) ?? [0, ''];
    const more = id === idComponent ? `(${sectionCounts(content)})` : '';
    const entries = single.includes(id) ? 1 : readLeb(content, 0)[0];
    if (entries) counts.set(id, [found + entries, nested + more]);
  }
  return [...counts].sort(([a], [b]) => a - b).map(([id, [count, nested]]) => `${id}:${count}${nested}`).join(' ');
}
