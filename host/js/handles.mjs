//===- handles.mjs - numbers for things of the host ----------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

/// Rows by the numbers that a program knows them by, from 1. The number of a row
/// that was removed is used again.
export class Numbered {
  #rows = [undefined];
  #free = [];

  add(row) {
    const number = this.#free.pop() ?? this.#rows.length;
    this.#rows[number] = row;
    return number;
  }

  /// undefined if there is none.
  get(number) {
    return this.#rows[number];
  }

  replace(number, row) {
    this.#rows[number] = row;
  }

  remove(number) {
    this.#rows[number] = undefined;
    this.#free.push(number);
  }

  /// All rows that are there.
  values() {
    return this.#rows.filter((row) => row !== undefined);
  }
}

/// The codec (values.mjs) of what is an index in a table on the other side:
/// `lift(side, index)` is the value, `indexOf(side, value)` the index.
export function handle(lift, indexOf) {
  return {
    flat: ['i32'],
    size: 4,
    alignment: 4,
    lift: (take, side) => lift(side, take() >>> 0),
    load: (side, at) => lift(side, side.view.getUint32(at, true)),
    read: (value, side) => indexOf(side, value),
    lower: (index, put) => put(index | 0),
    store: (side, at, index) => side.view.setUint32(at, index, true),
  };
}
