//===- bytes.mjs - the binary format, for benches ------------------------===//
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

/// The sections of a module: Map(id, or name of a custom section -> Bytes).
export function readSections(bytes) {
  const [reader, found] = [new Bytes(bytes, 8), new Map()];
  while (!reader.atEnd) {
    const id = reader.byte();
    const body = new Bytes(reader.take(reader.leb()));
    found.set(id === 0 ? body.name() : id, body);
  }
  return found;
}

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
