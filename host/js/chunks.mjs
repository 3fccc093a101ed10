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

import { loadElements, loadNumbers, storeNumbers, typedArrays } from './lists.mjs';
import { mismatch } from './scalars.mjs';

/// What is left of a chunk that is being read.
class Open {
  constructor(chunk, length) {
    this.chunk = chunk;
    this.at = 0;
    this.end = length;
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
    if (this.isChunk(value)) return new Open(value, value.length);
    if (this.#codec) return new Open([value], 1);
    if (value !== undefined && !(Number.isSafeInteger(value) && value >= 0)) throw mismatch('number of elements', value);
    return new Open(null, value ?? 1);
  }

  /// All that is left of an open chunk, as `take` gives it.
  rest(open) {
    if (open.chunk === null) return open.length;
    const elements = open.chunk.slice(open.at);
    return this.#Numbers ? this.#Numbers.from(elements) : elements;
  }

  /// Puts as much of an open chunk as there is room for, `amount` bytes, or
  /// elements without a type. How much that was.
  put(open, side, pointer, amount) {
    const count = Math.min(open.length, Math.floor(amount / this.#size));
    const elements = open.chunk?.slice(open.at, open.at + count);
    open.at += count;
    if (this.isChunk(elements)) storeNumbers(side, pointer, elements);
    else elements?.forEach((value, i) => this.putOne(value, side, pointer + i * this.#size));
    return count * this.#size;
  }

  putOne(value, side, pointer) {
    this.#codec?.store(side, pointer, value);
  }
}
