//===- side.mjs - the memory of one function at the edge -----------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import { addressOf } from './addresses.mjs';
import { ValueTrap } from './scalars.mjs';

/// What an entry of `meld.abi` says about memory: where values are read and
/// written, how strings are encoded, who gives room. Pointers and lengths are
/// JavaScript numbers; `address` (addresses.mjs) says what they are outside.
export class Side {
  #memory;
  #realloc;
  #view;
  #handles;
  #lent = null;
  /// While arguments of a call are lowered: what takes back the resources that
  /// were given so far.
  undo = null;

  /// `memory` and `realloc` are exports of the program, or undefined where no
  /// value needs them; `handles` are the resources and streams of the program.
  constructor(memory, realloc, encoding, handles, address = addressOf()) {
    this.resources = handles?.resources;
    this.streams = handles?.streams;
    this.#handles = handles;
    this.address = address;
    this.#memory = memory;
    this.#realloc = realloc;
    this.encoding = encoding ?? 'utf8';
  }

  /// The same for another call.
  again() {
    const side = new Side(this.#memory, this.#realloc, this.encoding, this.#handles, this.address);
    if (this.#memory) side.#view = this.view;
    return side;
  }

  /// A resource of the program that the call has lent to the host.
  lend(resource) {
    (this.#lent ??= []).push(resource);
  }

  /// Does what ends each of them.
  endLent(end) {
    this.#lent?.forEach(end);
  }

  /// The memory as it is now: it may have grown.
  get view() {
    if (!this.#memory) throw new Error('a pointer is passed, but `meld.abi` names no memory for it');
    if (this.#view?.buffer !== this.#memory.buffer) this.#view = new DataView(this.#memory.buffer);
    return this.#view;
  }

  bytes(pointer, length) {
    return new Uint8Array(this.view.buffer, pointer, length);
  }

  /// Throws unless `bytes` at `pointer` are aligned and inside the memory.
  checkRange(pointer, bytes, alignment, kind, message) {
    if (pointer % alignment) throw new ValueTrap('UnalignedPointer', 'unaligned pointer');
    if (pointer + bytes > this.view.byteLength) throw new ValueTrap(kind, message);
  }

  /// Room from the program's realloc, checked.
  allocate(bytes, alignment) {
    if (typeof this.#realloc !== 'function') throw new Error('a value needs room, but `meld.abi` names no realloc for it');
    const { lift, lower } = this.address;
    const pointer = lift(this.#realloc(lower(0), lower(0), lower(alignment), lower(bytes)));
    if (pointer % alignment) throw new ValueTrap('ReallocUnaligned', 'realloc return: result not aligned');
    if (pointer + bytes > this.view.byteLength)
      throw new ValueTrap('ReallocOutOfBounds', 'realloc return: beyond end of memory');
    return pointer;
  }
}
