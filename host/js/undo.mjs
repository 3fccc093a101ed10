//===- undo.mjs - what the arguments of a call have done so far ----------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

/// What one call has given and lent, until all of its arguments fit.
export class Undo {
  /// The resources of the program that it gives: { state, handle }, or null. The
  /// caller puts these back, by no call.
  given = null;
  /// Of a list of those that are not done.
  next = null;
  #steps = null;
  #lent = null; // the resources that it lends, as objects

  /// `step` takes back what has been done.
  push(step) {
    (this.#steps ??= []).push(step);
  }

  /// The resource with this state is about to be given.
  give(state) {
    (this.given ??= []).push({ state, handle: state.handle });
  }

  lend(resource) {
    (this.#lent ??= new Set()).add(resource);
  }

  /// Checks each resource that the call lends: arguments that were read behind it
  /// may have run code.
  checkLent(resources) {
    this.#lent?.forEach((resource) => resources.checkLent(resource));
  }

  isLent(resource) {
    return this.#lent !== null && this.#lent.has(resource);
  }

  /// Takes back everything else, last things first. This needs less of the stack than
  /// doing them did.
  run() {
    for (let i = this.#steps?.length ?? 0; i--; this.#steps.length = i) this.#steps[i]();
  }
}
