//===- flip.mjs - a suite that has to fail -------------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import { flipValue } from './values.mjs';

/// The directive with its expectation turned into a wrong one, or null if it
/// expects neither a value nor a trap nor a reason. A value of a type that the host does not
/// take becomes one of another type.
export function flip(directive) {
  if (directive.text && ['assert_invalid', 'assert_malformed'].includes(directive.kind)) return { ...directive, text: 'flipped' };
  if (directive.kind === 'assert_trap') return { ...directive, text: `not: ${directive.text}` };
  if (directive.kind !== 'assert_return') return null;
  const [value] = directive.expected;
  let flipped = { type: 'bool.const', args: ['true'] };
  try {
    if (value) flipped = flipValue(value);
  } catch {
    // The other type it is.
  }
  return { ...directive, expected: [flipped] };
}
