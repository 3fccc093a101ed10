//===- chain.mjs - components that call each other in a row --------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

/// What a caller gives that has caught something, and the trap where it must not.
export const caught = 99;
export const uncaught = { id: 'UncaughtException' };

/// Components in a chain: each one's `f` is the import of the next.
export const chain = (...components) => `(component
  ${components.join('\n')}
  ${components.map((text, i) => `(instance $i${i} (instantiate ${/\$\w+/.exec(text)[0]}${i ? ` (with "f" (func $i${i - 1} "f"))` : ''}))`).join('\n')}
  (export "f" (func $i${components.length - 1} "f")))`;
