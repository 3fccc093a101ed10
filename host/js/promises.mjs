//===- promises.mjs - what has to be waited for --------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

/// A promise for what `value` will give, if it is a promise or another object
/// with a function `then`, else undefined. It is asked for that once, and what it
/// says after its first answer does not count.
export function promiseOf(value) {
  const then = Object(value) === value ? value.then : undefined;
  if (typeof then !== 'function') return undefined;
  return new Promise((resolve, reject) => void Reflect.apply(then, value, [resolve, reject]));
}
