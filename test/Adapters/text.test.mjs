//===- text.test.mjs - strings of every length, beside JavaScript's ------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// Loops over text take 64, 32, 16 or eight bytes at once, and what is left one
// by one. So: every length up to 100, at every alignment, with another character
// at every position, for all pairs of encodings and all ways to write adapters.
// And all that again, shorter, where a text ends with the last byte of a memory of
// 4 GiB, whose end no address of 32 bits can say.
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { compile, transfers } from './program.mjs';

const tools = join(import.meta.dirname, '../../build/bin');
const sources = ['utf8', 'utf16', 'latin1', 'tagged utf16'];
const targets = ['utf8', 'utf16', 'latin1+utf16'];
const tag = 0x80000000;

const encodingOf = (source) => (source.startsWith('utf') ? source : 'latin1+utf16');
const pairs = sources.flatMap((from) => targets.map((to) => ({ from, to })));
const core = { params: ['i32', 'i32'], results: [], spills: false };
const groups = pairs.map(({ from, to }) => ({
  params: ['string'], result: null, lower: { memory64: false, encoding: encodingOf(from) }, lift: { memory64: false, encoding: to }, callerCore: core, calleeCore: core,
}));

class Trapped extends Error {}
const trap = new Proxy({}, { get: (_, kind) => () => { throw new Trapped(kind); } });
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const allPages = 65536; // those of 4 GiB
const lastPlace = (memory, bytes, alignment) => memory.length - Math.ceil(bytes / alignment) * alignment;

/// Moves bytes from one memory to the other: the text and its encoding. Only the
/// last two pages of either memory are used.
class Program {
  constructor(module, pages = { from: 2, to: 2 }) {
    const env = {};
    for (const who of ['a', 'b'])
      for (const bits of [32, 64]) {
        const [initial, address] = bits === 64 ? [2n, 'i64'] : [who === 'a' ? pages.from : pages.to, 'i32'];
        env[`${who}_memory${bits}`] = new WebAssembly.Memory({ initial, address });
        env[`${who}_realloc${bits}`] = () => assert.fail('not a 64-bit memory');
      }
    this.fromBase = (pages.from - 2) << 16;
    this.toBase = (pages.to - 2) << 16;
    this.from = Buffer.from(env.a_memory32.buffer, this.fromBase >>> 0);
    this.to = Buffer.from(env.b_memory32.buffer, this.toBase >>> 0);
    const place = (alignment, bytes) => {
      if (pages.to === allPages) return lastPlace(this.to, bytes, alignment);
      return Math.ceil(this.next / alignment) * alignment;
    };
    env.b_realloc32 = (old, oldBytes, alignment, bytes) => {
      const at = place(alignment, bytes);
      const kept = Buffer.from(old ? this.to.subarray(old - this.toBase, old - this.toBase + Math.min(oldBytes, bytes)) : []);
      this.end = at + bytes;
      this.next = this.end + 64;
      this.to.fill(0xaa, at, Math.min(this.next, this.to.length));
      kept.copy(this.to, at);
      return at + this.toBase;
    };
    for (const name of transfers) env[name] = () => assert.fail('a handle');
    groups.forEach((_, i) => (env[`callee${i}`] = (at, length) => (this.got = [at - this.toBase, length >>> 0])));
    this.exports = new WebAssembly.Instance(module, { env, trap }).exports;
  }

  /// What the callee of pair `i` gets for `bytes` at `at`, which without it is as
  /// far behind as their alignment lets it; or the kind of trap.
  move(i, bytes, units, at = lastPlace(this.from, bytes.length, pairs[i].from === 'utf8' ? 1 : 2)) {
    this.next = 0x1000;
    bytes.copy(this.from, at);
    try {
      this.exports[`call${i}`](at + this.fromBase, pairs[i].from === 'tagged utf16' ? units | tag : units);
    } catch (error) {
      if (!(error instanceof Trapped)) throw error;
      return { trap: error.message };
    }
    const [start, length] = this.got;
    const isWide = pairs[i].to === 'utf16' || (pairs[i].to !== 'utf8' && length >= tag);
    const count = length & ~tag;
    const range = this.to.subarray(start, start + (isWide ? 2 * count : count));
    assert.ok(start + range.length <= this.end, 'longer than its room');
    assert.ok(this.to.subarray(this.end, this.end + 64).every((byte) => byte === 0xaa), 'written behind its room');
    const text = isWide ? range.toString('utf16le') : pairs[i].to === 'utf8' ? utf8.decode(range) : range.toString('latin1');
    return { text, isWide };
  }
}

/// The bytes of `text`, the number of its units; nothing where it does not fit.
function encode(text, source) {
  if (source === 'utf8') return [Buffer.from(text), Buffer.byteLength(text)];
  if (source !== 'latin1') return [Buffer.from(text, 'utf16le'), text.length];
  return /^[\0-\xff]*$/u.test(text) ? [Buffer.from(text, 'latin1'), text.length] : [];
}

const ascii = Array.from({ length: 101 }, (_, i) => String.fromCharCode(33 + ((i * 7) % 90))).join('');
const isLatin1 = (text) => !/[^\0-\xff]/u.test(text);

const bytes = (...list) => Buffer.from(list);
const units = (...list) => Buffer.from(Uint16Array.from(list).buffer);
const short = ['InvalidUtf8', 'IncompleteUtf8']; // where the text goes on, and where it ends
const wrongs = {
  utf8: [
    [bytes(0x80), 'InvalidUtf8'], [bytes(0xc1, 0x80), 'InvalidUtf8'], [bytes(0xff), 'InvalidUtf8'], [bytes(0xe0, 0x9f, 0x80), 'InvalidUtf8'],
    [bytes(0xed, 0xa0, 0x80), 'InvalidUtf8'], [bytes(0xf4, 0x90, 0x80, 0x80), 'InvalidUtf8'], [bytes(0xc3), short], [bytes(0xe4, 0xb8), short], [bytes(0xf0, 0x9f, 0x98), short],
  ],
  utf16: [[units(0xdc00), 'InvalidUtf16'], [units(0xd800), 'InvalidUtf16'], [units(0xd800, 0xd800), 'InvalidUtf16']],
  'tagged utf16': [[units(0xdfff), 'InvalidUtf16'], [units(0xdbff, 0x41), 'InvalidUtf16']],
};

for (const target of ['simd=off', 'simd=on', 'adapters=small', 'adapters=small simd=on'])
  describe(target, () => {
    const module = new WebAssembly.Module(compile(groups, tools, target));
    const checkIn = (program) => (i, text, at) => {
      const [bytes, units] = encode(text, pairs[i].from);
      if (!bytes) return;
      const got = program.move(i, bytes, units, at);
      if (got.text !== text) assert.deepEqual(got, text, `${JSON.stringify(text)} at ${at ?? 'the end'}`);
      if (pairs[i].to === 'latin1+utf16') assert.equal(got.isWide, !isLatin1(text));
    };
    const program = new Program(module);
    const check = checkIn(program);

    for (const [i, { from, to }] of pairs.entries()) {
      const step = from === 'utf8' ? 1 : 2;
      test(`${from} to ${to}: every length at every alignment`, () => {
        for (let length = 0; length <= 100; ++length)
          for (let at = 64; at < 80; at += step) check(i, ascii.slice(0, length), at);
      });
      test(`${from} to ${to}: every character at every position`, () => {
        for (const character of ['\x7f', '\x80', '\xff', '\u0100', '\u07ff', '\u0800', '\ud7ff', '\ue000', '\uffff', '\u{10000}', '\u{10ffff}'])
          for (const length of [1, 7, 8, 9, 15, 16, 17, 31, 33, 63, 64, 65, 81, 100])
            for (let position = 0; position < length; ++position)
              check(i, ascii.slice(0, position) + character + ascii.slice(position + 1, length), 64);
      });
      test(`${from} to ${to}: text without ASCII`, () => {
        for (const characters of ['\xe9', '\u4e2d\u6587', '\u{1f600}', '\xe9\u4e2da\u{1f600}'])
          for (let count = 0; count < 30; ++count) check(i, characters.repeat(count), 64);
      });
    }

    /// Text of `length` units that has `bad` at `position`, and its trap.
    const checkWrong = (program, i, [bad, kind], length, position, at) => {
      const size = pairs[i].from === 'utf8' ? 1 : 2;
      const [bytes] = encode(ascii.slice(0, length), pairs[i].from);
      bad.copy(bytes, position * size);
      const isLast = position + bad.length / size === length;
      assert.deepEqual(program.move(i, bytes, length, at), { trap: typeof kind === 'string' ? kind : kind[Number(isLast)] }, `${bytes.toString('hex')}`);
    };
    const unitsOf = (bad, from) => bad.length / (from === 'utf8' ? 1 : 2);

    for (const [from, list] of Object.entries(wrongs))
      test(`${from}: what is no text, at every position`, () => {
        for (const [i, pair] of pairs.entries())
          if (pair.from === from)
            for (const wrong of list)
              for (let length = unitsOf(wrong[0], from); length <= 70; ++length)
                for (let position = 0; position + unitsOf(wrong[0], from) <= length; ++position) checkWrong(program, i, wrong, length, position, 64);
      });

    const tops = { 'from the last byte': { from: allPages, to: 2 }, 'to the last byte': { from: 2, to: allPages }, 'from and to the last byte': { from: allPages, to: allPages } };
    for (const [where, pages] of Object.entries(tops))
      test(`${where} of 4 GiB`, () => {
        const program = new Program(module, pages);
        const check = checkIn(program);
        for (const [i, { from }] of pairs.entries()) {
          for (let length = 0; length <= 70; ++length) {
            const text = ascii.slice(0, length);
            check(i, text);
            for (const character of ['\xe9', '\u0100', '\ud7ff', '\u{1f600}']) {
              check(i, text + character);
              check(i, character + text);
            }
          }
          for (const characters of ['\xe9', '\u4e2d\u6587', '\u{1f600}', '\xe9\u4e2da\u{1f600}'])
            for (let count = 0; count < 30; ++count) check(i, characters.repeat(count));
          for (const wrong of wrongs[from] ?? [])
            for (let length = unitsOf(wrong[0], from); length <= 70; ++length) checkWrong(program, i, wrong, length, length - unitsOf(wrong[0], from));
        }
      });
  });
