//===- resources.mjs - resources of a program, held by the host ----------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import { mismatch } from './scalars.mjs';

/// A resource that a program defines and the host owns. `drop()` ends it, and
/// so does `using`; what was given to the program, or dropped, cannot be used.
export class Resource {
  #table;
  #handle;

  constructor(table, type, handle) {
    this.#table = table;
    this.type = type;
    this.#handle = handle;
  }

  /// The index in the program's table for the host, of a resource of `type`.
  handleFor(type) {
    if (this.type !== type) throw mismatch(`own or borrow of "${type}"`, `a resource "${this.type}"`);
    if (this.#handle === null) throw new TypeError(`the resource "${type}" was given away or dropped`);
    return this.#handle;
  }

  /// The same for a call that takes the resource.
  take(type) {
    const handle = this.handleFor(type);
    this.#handle = null;
    return handle;
  }

  drop() {
    if (this.#handle !== null) this.#table.drop(this.type, this.take(this.type));
  }

  [Symbol.dispose ?? Symbol.for('Symbol.dispose')]() {
    this.drop();
  }
}

const inMemory = () => {
  throw new Error('this host does not take handles that lie in memory yet');
};

function handle(type, lift, lower) {
  return {
    flat: ['i32'],
    size: 4,
    alignment: 4,
    lift: (take, side) => lift(side, take() >>> 0),
    lower(value, put) {
      if (!(value instanceof Resource)) throw mismatch(`own or borrow of "${type}"`, value);
      put(lower(value));
    },
    load: inMemory,
    store: inMemory,
  };
}

/// Codecs as in values.mjs. A borrow only goes into the program.
export const ownType = (type) => handle(type, (side, index) => new Resource(side.resources, type, index), (value) => value.take(type));
export const borrowType = (type) => handle(type, inMemory, (value) => value.handleFor(type));
