//===- chunks.mjs - elements of streams and futures ----------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// A chunk is several elements at once: a typed array of numbers, an array of
// other values, of a stream without element type a number of elements. Iterators
// give chunks of numbers, as typed arrays, or one element after the other.
//
//===---------------------------------------------------------------------===//

import { bytesOf, loadElements, loadNumbers, partOf, typedArrays } from './lists.mjs';
import { mismatch } from './scalars.mjs';

/// What is left of a chunk that is being read: of `length` elements, which are
/// `bytes` of numbers, the one `value`, or nothing but their number.
class Open {
  at = 0;

  constructor(length, { bytes, value } = {}) {
    this.end = length;
    this.bytes = bytes;
    this.value = value;
  }

  get length() {
    return this.end - this.at;
  }
}

export class Chunks {
  #codec;
  #size;
  #Numbers;

  /// `element` is { type, codec }, or undefined where nothing but the number of
  /// elements is moved.
  constructor(element) {
    this.#codec = element?.codec;
    this.#size = element?.codec.size ?? 1;
    this.#Numbers = typeof element?.type === 'string' ? typedArrays[element.type] : undefined;
  }

  isChunk(value) {
    return this.#Numbers !== undefined && value instanceof this.#Numbers;
  }

  /// The elements that the program has put at `pointer`: `amount` bytes, or
  /// elements without a type.
  take(side, pointer, amount) {
    if (!this.#codec) return amount;
    if (this.#Numbers) return loadNumbers(side, pointer, amount, this.#Numbers);
    return loadElements(side, pointer, amount / this.#size, this.#codec);
  }

  one(side, pointer) {
    return this.#codec?.load(side, pointer);
  }

  /// What an iterator gave, to be read from.
  open(value) {
    if (this.isChunk(value)) {
      const bytes = bytesOf(value);
      return new Open(Math.floor(bytes.length / this.#size), { bytes });
    }
    if (this.#codec) return new Open(1, { value });
    if (value !== undefined && !(Number.isSafeInteger(value) && value >= 0)) throw mismatch('number of elements', value);
    return new Open(value ?? 1);
  }

  /// All that is left of an open chunk, as `take` gives it.
  rest(open) {
    if (!this.#codec) return open.length;
    if (open.bytes) return new this.#Numbers(this.#next(open, open.length).slice().buffer);
    return this.#Numbers ? this.#Numbers.of(open.value) : [open.value];
  }

  /// Puts as much of an open chunk as there is room for, `amount` bytes, or
  /// elements without a type. How much that was.
  put(open, side, pointer, amount) {
    const count = Math.min(open.length, Math.floor(amount / this.#size));
    if (open.bytes) side.bytes(pointer, count * this.#size).set(this.#next(open, count));
    else if (count) this.putOne(open.value, side, pointer);
    open.at += count;
    return count * this.#size;
  }

  /// The bytes of the next `count` numbers.
  #next({ bytes, at }, count) {
    return partOf(bytes, at * this.#size, (at + count) * this.#size);
  }

  putOne(value, side, pointer) {
    this.#codec?.store(side, pointer, this.#codec.read(value, side));
  }
}
