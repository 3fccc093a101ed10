//===- sections.mjs - look into a binary ---------------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import { sections } from '../../utils/bytes.mjs';

const isComponent = (bytes) => bytes[6] === 1;

/// The initial pages of a memory, behind which `body` then is.
function minimum(body) {
  const hasMaximum = body.byte() & 1;
  const pages = body.leb();
  if (hasMaximum) body.leb();
  return pages;
}

/// The initial pages of the memories that a core module defines, or of those
/// that the core modules of a component define.
export function memoryPages(bytes) {
  const bodies = (wanted) => [...sections(bytes)].filter(({ id }) => id === wanted).map(({ body }) => body);
  if (isComponent(bytes)) return bodies(1).flatMap((body) => memoryPages(body.bytes));
  return bodies(5).flatMap((body) => body.vector(minimum));
}
