//===- bytes.mjs - the binary format -------------------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

/// A cursor over a binary.
export class Bytes {
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }
  get atEnd() {
    return this.at >= this.bytes.length;
  }
  byte() {
    return this.bytes[this.at++];
  }
  leb() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  }
  take(count) {
    return this.bytes.subarray(this.at, (this.at += count));
  }
  name() {
    return this.take(this.leb()).toString('utf8');
  }
  /// Calls `entry(this)` for each entry of a vector; the results.
  vector(entry) {
    return Array.from({ length: this.leb() }, () => entry(this));
  }
}

/// The sections of a module or component in their order: { id, body }, whose
/// body is a Bytes.
export function* sections(bytes) {
  const reader = new Bytes(bytes, 8);
  while (!reader.atEnd) yield { id: reader.byte(), body: new Bytes(reader.take(reader.leb())) };
}

/// The sections of a module: Map(id, or name of a custom section -> Bytes).
export function readSections(bytes) {
  const found = new Map();
  for (const { id, body } of sections(bytes)) found.set(id === 0 ? body.name() : id, body);
  return found;
}

const preamble = (...version) => Buffer.from([0, 0x61, 0x73, 0x6d, ...version]);
/// What a core module and a component begin with.
export const preambles = { module: preamble(1, 0, 0, 0), component: preamble(0x0d, 0, 1, 0) };

/// What follows makes binaries: an item is a number (one byte), a Buffer, or an
/// array of items.
export const bytes = (item) => (Array.isArray(item) ? Buffer.concat(item.map(bytes)) : Buffer.isBuffer(item) ? item : Buffer.of(item));

export function leb(value) {
  const out = [];
  for (; value > 127; value = Math.floor(value / 128)) out.push((value & 127) | 128);
  return Buffer.of(...out, value);
}
export const sized = (...items) => {
  const content = bytes(items);
  return [leb(content.length), content];
};
export const name = (text) => sized(Buffer.from(text));
export const vector = (items) => [leb(items.length), items];
export const section = (id, ...items) => [id, sized(items)];
