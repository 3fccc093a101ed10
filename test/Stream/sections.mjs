//===- sections.mjs - look into a binary ---------------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

function leb(bytes, at) {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++];
    value += (byte & 127) * 2 ** shift;
    if (byte < 128) return [value, at];
  }
}

/// The sections of a core module or component: [{ id, body }].
export function sections(bytes) {
  const found = [];
  for (let at = 8; at < bytes.length; ) {
    const id = bytes[at++];
    const [size, start] = leb(bytes, at);
    found.push({ id, body: bytes.subarray(start, start + size) });
    at = start + size;
  }
  return found;
}

const isComponent = (bytes) => bytes[6] === 1;

/// The initial pages of the memories that a core module defines, or of those
/// that the core modules of a component define.
export function memoryPages(bytes) {
  if (isComponent(bytes)) return sections(bytes).filter(({ id }) => id === 1).flatMap(({ body }) => memoryPages(body));
  const body = sections(bytes).find(({ id }) => id === 5)?.body;
  if (!body) return [];
  let [count, at] = leb(body, 0);
  const pages = [];
  for (; count; count--) {
    const flags = body[at++];
    let minimum;
    [minimum, at] = leb(body, at);
    if (flags & 1) [, at] = leb(body, at);
    pages.push(minimum);
  }
  return pages;
}
