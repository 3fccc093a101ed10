//===- undo.mjs - what the arguments of a call have done so far ----------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

/// What one call has given and lent, until all of its arguments fit.
export class Undo {
  #steps = [];
  /// The resources that it lends, as objects.
  lent = new Set();

  /// `step` takes back what has been done.
  push(step) {
    this.#steps.push(step);
  }

  run() {
    for (const step of this.#steps.reverse()) step();
  }
}
