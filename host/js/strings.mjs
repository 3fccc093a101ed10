//===- strings.mjs - strings at the edge ---------------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import { Mismatch, ValueTrap, mismatch } from './scalars.mjs';

const maxBytes = 2 ** 28 - 1;
const utf8 = new TextEncoder();

/// Makes decoders that are kept: to make one takes longer than most texts.
const strict = (encoding) => new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
const utf8Decoder = strict('utf-8');
const utf16Decoder = strict('utf-16le');

function decodeUtf8(bytes) {
  try {
    return utf8Decoder.decode(bytes);
  } catch {
    return refuseUtf8(bytes);
  }
}

/// Tells text that ends too early from text that is wrong.
function refuseUtf8(bytes) {
  const decoder = strict('utf-8');
  let text;
  try {
    text = decoder.decode(bytes, { stream: true });
  } catch {
    throw new ValueTrap('InvalidUtf8', 'invalid utf-8');
  }
  try {
    return text + decoder.decode();
  } catch {
    throw new ValueTrap('IncompleteUtf8', 'incomplete utf-8 byte sequence');
  }
}

function decodeUtf16(bytes) {
  try {
    return utf16Decoder.decode(bytes);
  } catch {
    throw new ValueTrap('InvalidUtf16', 'invalid utf-16: unpaired surrogate');
  }
}

/// In pieces: a call takes only so many arguments.
function decodeLatin1(bytes) {
  let text = '';
  for (let at = 0; at < bytes.length; at += 4096) text += String.fromCharCode(...bytes.subarray(at, at + 4096));
  return text;
}

/// How the text at a length is encoded: { decode, alignment, bytes }.
function encodingOf({ encoding, address: { utf16Mark } }, length) {
  if (encoding === 'utf8') return { decode: decodeUtf8, alignment: 1, bytes: length };
  if (encoding === 'utf16') return { decode: decodeUtf16, alignment: 2, bytes: 2 * length };
  if (length >= utf16Mark) return { decode: decodeUtf16, alignment: 2, bytes: 2 * (length - utf16Mark) };
  return { decode: decodeLatin1, alignment: 2, bytes: length };
}

/// The string of `length` at `pointer` in the memory of `side` (side.mjs).
export function liftString(side, pointer, length) {
  const { decode, alignment, bytes } = encodingOf(side, length);
  if (bytes > maxBytes) throw new ValueTrap('StringTooLong', 'string is longer than 2^28-1 bytes');
  side.checkRange(pointer, bytes, alignment, 'StringOutOfBounds', 'string pointer/length out of bounds of memory');
  return decode(side.bytes(pointer, bytes));
}

function encodeUtf16(text) {
  const bytes = new DataView(new ArrayBuffer(2 * text.length));
  for (let i = 0; i < text.length; i++) bytes.setUint16(2 * i, text.charCodeAt(i), true);
  return new Uint8Array(bytes.buffer);
}

function encodeLatin1(text) {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

const isLatin1 = (text) => !/[^\0-\xff]/.test(text);

/// The bytes of `text`, their alignment and the length that names them.
function encode({ encoding, address: { utf16Mark } }, text) {
  if (encoding === 'utf8') {
    const bytes = utf8.encode(text);
    return { bytes, alignment: 1, length: bytes.length };
  }
  if (encoding === 'utf16') return { bytes: encodeUtf16(text), alignment: 2, length: text.length };
  if (isLatin1(text)) return { bytes: encodeLatin1(text), alignment: 2, length: text.length };
  return { bytes: encodeUtf16(text), alignment: 2, length: text.length + utf16Mark };
}

/// How many bytes `text` becomes. No code unit takes more than three.
function bytesOfText({ encoding }, text) {
  if (encoding === 'utf16') return 2 * text.length;
  if (encoding !== 'utf8') return isLatin1(text) ? text.length : 2 * text.length;
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0x80) bytes += unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 1 : 2;
  }
  return bytes;
}

/// Whether `text` has more bytes than a string may have; one that has as many
/// code units is not looked at.
const isTooLong = (side, text) => text.length > maxBytes || (3 * text.length > maxBytes && bytesOfText(side, text) > maxBytes);

export function readString(text, side) {
  if (typeof text !== 'string') throw mismatch('string', text);
  if (isTooLong(side, text)) throw new Mismatch('the string is longer than 2^28-1 bytes');
  if (!text.isWellFormed()) throw mismatch('string', text);
  return text;
}

/// Writes `text` into room that the realloc of `side` gives: [pointer, length].
export function lowerString(side, text) {
  const { bytes, alignment, length } = encode(side, text);
  const pointer = side.allocate(bytes.length, alignment);
  side.bytes(pointer, bytes.length).set(bytes);
  return [pointer, length];
}
