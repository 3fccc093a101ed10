//===- traps.mjs - does a trap satisfy a text of the suite? --------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// A trap with a kind satisfies the text of its row in Traps.def and the suite
// texts listed there; a trap of the guest's own, the words that core tests use
// for what the engine says.
//
//===---------------------------------------------------------------------===//

import { trapText } from '../../host/js/traps.mjs';

/// What V8 says, and what the suite says to that.
const engineTexts = [
  [/^unreachable$/, ['unreachable', 'wasm `unreachable` instruction executed']],
  [/^memory access out of bounds$/, ['out of bounds memory access']],
  [/^table index is out of bounds$/, ['undefined element', 'out of bounds table access']],
  [/^table access out of bounds|^table .*out of bounds$/, ['out of bounds table access']],
  [/^null function or function signature mismatch$/, ['uninitialized element', 'indirect call type mismatch']],
  [/^divide by zero$/, ['integer divide by zero']],
  [/^remainder by zero$/, ['integer divide by zero']],
  [/^divide result unrepresentable$/, ['integer overflow']],
  [/^float unrepresentable in integer range$/, ['integer overflow', 'invalid conversion to integer']],
  [/^Maximum call stack size exceeded$/, ['call stack exhausted']],
];

/// The texts that `trap`, a MeldTrap, satisfies.
export function satisfied(trap, trapKinds) {
  if (trap.kind === 0) return engineTexts.filter(([said]) => said.test(trap.message)).flatMap(([, texts]) => texts);
  const row = trapKinds.find(({ number }) => number === trap.kind);
  return row ? [trapText(row, trap.argument), ...row.suite] : [];
}

/// Null, or what is wrong with `trap` where the suite expects `text`.
export function trapDiffers(trap, text, trapKinds) {
  const wanted = text.replace(/^wasm trap: /, '');
  const texts = satisfied(trap, trapKinds).map((one) => one.replace(/^wasm trap: /, ''));
  if (texts.includes(wanted)) return null;
  return `expected the trap "${text}", got "${trap.message}" (kind ${trap.kind}${trap.id ? `, ${trap.id}` : ''})`;
}
