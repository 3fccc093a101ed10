//===- debug-info.test.mjs - DWARF of guests in the result ----------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// LLVM's symbolizer says the same of each instruction of the result as of the
// instruction of the guest's own module that the offset map says it is.
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { OffsetMap } from '../../../host/js/offset-map.mjs';
import { bytes, name, preambles, section, vector } from '../../../utils/bytes.mjs';
import { tryTool } from '../../Stream/tools.mjs';

const inputs = join(import.meta.dirname, 'Inputs');
const llvm = (name, ...words) => execFileSync(join('/usr/lib/llvm-22/bin', name), words, { encoding: 'utf8', maxBuffer: 1 << 28 });

let folder;
const inFolder = (name) => join(folder, name);
before(() => (folder = mkdtempSync(join(tmpdir(), 'meld-debug-'))));
after(() => rmSync(folder, { recursive: true }));

/// A C guest of two files with debug info.
function compile(name, ...options) {
  const sources = ['debug-divide.c', 'debug-other.c'].map((file) => join(inputs, file));
  const flags = ['--target=wasm32-unknown-unknown', '-nostdlib', '-Wl,--no-entry', '-g', ...options];
  execFileSync(process.env.MELD_CLANG ?? 'clang-22', [...flags, ...sources, '-o', inFolder(name)]);
  return readFileSync(inFolder(name));
}

/// A component with an instance of a core module per name: `modules` has
/// [bytes, names...], and each instance's `run` is exported as its name.
function component(file, modules) {
  const instances = modules.flatMap(([, ...names], number) => names.map((called) => ({ called: name(called), number })));
  const parts = [
    preambles.component,
    modules.map(([module]) => section(1, module)),
    section(2, vector(instances.map(({ number }) => [0, number, 0]))),
    section(7, vector([[0x40, vector([[name('x'), 0x7a]]), 0, 0x7a]])), // func(x: s32) -> s32
    instances.map(({ called }, index) => [
      section(6, vector([[0, 0, 1, index, name('run')]])), // alias
      section(8, vector([[0, 0, index, 0, 0]])), // lift
      section(11, vector([[0, called, 1, index, 0]])), // export
    ]),
    section(0, name('component-name'), section(1, 0, 0x12, vector(instances.map(({ called }, index) => [index, called])))),
  ];
  writeFileSync(inFolder(file), bytes(parts));
}

function fuse(name, ...options) {
  const words = ['fuse', inFolder(`${name}.wasm`), '-o', inFolder(`${name}.out.wasm`), '--map', inFolder(`${name}.map`), ...options];
  const { status, stderr } = tryTool('meld', words);
  assert.equal(status, 0, stderr);
  return stderr;
}

const sections = (file) => [...execFileSync('wasm-objdump', ['-h', inFolder(file)], { encoding: 'utf8' }).matchAll(/"(\.debug_\w+)"/g)].map(([, name]) => name);
const codeStart = (file) => parseInt(/Code start=0x([0-9a-f]+)/.exec(execFileSync('wasm-objdump', ['-h', inFolder(file)], { encoding: 'utf8' }))[1], 16);

/// What LLVM says of offsets in a module: all frames of inlining, with file,
/// line, column, and the line of the function.
function symbolize(file, offsets) {
  const code = codeStart(file);
  const answers = JSON.parse(llvm('llvm-symbolizer', `--obj=${inFolder(file)}`, '--output-style=JSON', ...offsets.map((at) => `0x${(at - code).toString(16)}`)));
  return answers.map(({ Symbol }) => Symbol.map(({ FileName, Line, Column, StartLine }) => ({ FileName, Line, Column, StartLine })));
}

/// The guest instructions of the result: { offset, instance, input }.
function instructions(name) {
  const map = new OffsetMap(readFileSync(inFolder(`${name}.map`), 'utf8'));
  const text = execFileSync('wasm-objdump', ['-d', inFolder(`${name}.out.wasm`)], { encoding: 'utf8' });
  return [...text.matchAll(/^ ([0-9a-f]{6}): .*\| +(?!local\[)\w/gm)]
    .map(([, at]) => ({ offset: parseInt(at, 16), place: map.locate(parseInt(at, 16)) }))
    .filter(({ place }) => place?.kind === 'guest')
    .map(({ offset, place }) => ({ offset, instance: place.instances[0].at(-1), input: place.origin.offset }));
}

test('each instruction has the lines that it has in the guest, in every instance', () => {
  const guests = { 'fast.wasm': compile('fast.wasm', '-O2'), 'slow.wasm': compile('slow.wasm', '-O0') };
  component('two.wasm', [[guests['fast.wasm'], 'a', 'b'], [guests['slow.wasm'], 'c']]);
  assert.equal(fuse('two', '--sections=all'), '');
  const whole = readFileSync(inFolder('two.wasm'));
  const all = instructions('two');
  for (const [instance, file] of [['a', 'fast.wasm'], ['b', 'fast.wasm'], ['c', 'slow.wasm']]) {
    const base = whole.indexOf(guests[file]);
    const mine = all.filter((each) => each.instance === instance);
    assert.ok(mine.length > 40, `${mine.length} instructions of ${instance}`);
    const found = symbolize('two.out.wasm', mine.map(({ offset }) => offset));
    const wanted = symbolize(file, mine.map(({ input }) => input - base));
    assert.deepEqual(found, wanted);
    assert.ok(new Set(wanted.map((frames) => frames[0].Line)).size >= 8, 'or it would prove little');
  }
});

test('llvm-dwarfdump finds nothing wrong, and locations name the globals of the result', () => {
  assert.match(llvm('llvm-dwarfdump', '--verify', inFolder('two.out.wasm')), /No errors\.\s*$/);
  const text = llvm('llvm-dwarfdump', '--debug-info', inFolder('two.out.wasm'));
  assert.equal(text.match(/Compile Unit/g).length, 6);
  // The first globals are Meld's own, then each instance has a stack pointer.
  const globals = new Set([...text.matchAll(/DW_OP_WASM_location 0x3 (0x[0-9a-f]+)/g)].map(([, number]) => number));
  assert.equal(globals.size, 2);
  assert.ok(!globals.has('0x0'));
});

/// The addresses of entries, ranges and locations, in the order of the dump.
const places = (file) => [...llvm('llvm-dwarfdump', '--debug-info', inFolder(file)).matchAll(/\[0x([0-9a-f]+), |DW_AT_low_pc\t\((?:0x([0-9a-f]+)|dead code)\)/g)]
  .map(([, range, low]) => parseInt(range ?? low ?? 'ffffffff', 16));

test('ranges and locations move with their code, and what was removed stays removed', () => {
  const map = new OffsetMap(readFileSync(inFolder('two.map'), 'utf8'));
  const base = readFileSync(inFolder('two.wasm')).indexOf(readFileSync(inFolder('fast.wasm')));
  const [found, wanted] = [places('two.out.wasm'), places('fast.wasm')];
  const removed = (address) => address >= 0xfffffffe || address === 0;
  const counts = { moved: 0, removed: 0 };
  wanted.forEach((address, i) => {
    assert.equal(removed(found[i]), removed(address), `place ${i}: 0x${address.toString(16)}, 0x${found[i].toString(16)}`);
    counts[removed(address) ? 'removed' : 'moved']++;
    if (removed(address)) return;
    const { origin } = map.locate(found[i] + codeStart('two.out.wasm'));
    assert.equal(origin.offset, address + codeStart('fast.wasm') + base);
  });
  assert.ok(counts.moved > 20 && counts.removed > 3, JSON.stringify(counts));
});

test('without --sections=all there is no debug info', () => {
  fuse('two');
  assert.deepEqual(sections('two.out.wasm'), []);
});

test('functions that are stripped leave no lines, and the others keep theirs', () => {
  const bytes = compile('strip.wasm', '-O1', '-ffunction-sections', '-Wl,--export=unused');
  component('strip_in.wasm', [[bytes, 'a']]);
  assert.equal(fuse('strip_in', '--sections=all', '--strip-dead'), '');
  const base = readFileSync(inFolder('strip_in.wasm')).indexOf(bytes);
  const mine = instructions('strip_in');
  assert.deepEqual(
    symbolize('strip_in.out.wasm', mine.map(({ offset }) => offset)),
    symbolize('strip.wasm', mine.map(({ input }) => input - base)),
  );
  const dump = (file) => llvm('llvm-dwarfdump', '--debug-line', inFolder(file));
  assert.match(dump('strip.wasm'), /^0x[0-9a-f]+ +10\d +/m); // `unused`
  assert.doesNotMatch(dump('strip_in.out.wasm'), /^0x[0-9a-f]+ +10\d +/m);
  assert.match(llvm('llvm-dwarfdump', '--verify', inFolder('strip_in.out.wasm')), /No errors\.\s*$/);
});

test('what is not understood is dropped with a remark, alone', () => {
  component('five.wasm', [[compile('five.core.wasm', '-O1', '-gdwarf-5'), 'a'], [compile('four.core.wasm', '-O1'), 'b']]);
  assert.match(fuse('five', '--sections=all'),
    /^\S*\/five\.wasm:0x[0-9a-f]+: remark: the debug info of instance "root_a" is dropped: line tables of version 5 are not supported\n$/);
  const text = llvm('llvm-dwarfdump', '--debug-info', inFolder('five.out.wasm'));
  assert.equal(text.match(/version = 0x0004/g).length, 2);
  assert.doesNotMatch(text, /version = 0x0005/);
});

/// The bytes of a module with `change` applied to a section's contents.
function changed(bytes, name, change) {
  const copy = Buffer.from(bytes);
  change(copy, copy.indexOf(name, 'latin1') + name.length);
  return copy;
}

test('malformed debug info is dropped, and the code is the same', () => {
  const bytes = compile('bad.core.wasm', '-O1');
  const cases = [
    ['.debug_info', (copy, at) => copy.writeUInt16LE(9, at + 4), /DWARF of version 9 is not supported/],
    ['.debug_info', (copy, at) => copy.writeUInt32LE(1 << 20, at), /`\.debug_info` is malformed at 0x4: unexpected end of the input/],
    ['.debug_info', (copy, at) => copy.writeUInt32LE(1 << 20, at + 6), /an offset in `\.debug_info` at 0x6 is not in `\.debug_abbrev`/],
    ['.debug_info', (copy, at) => (copy[at + 10] = 8), /addresses that have not four bytes are not supported/],
    ['.debug_info', (copy, at) => (copy[at + 11] = 0x70), /the entry at 0xb of `\.debug_info` has no abbreviation/],
    ['.debug_line', (copy, at) => copy.writeUInt16LE(3, at + 4), /line tables of version 3 are not supported/],
    ['.debug_line', (copy, at) => (copy[at + 14] = 0), /the header of a line table is malformed/],
  ];
  component('good.wasm', [[bytes, 'a']]);
  fuse('good');
  const plain = readFileSync(inFolder('good.out.wasm'));
  for (const [name, change, remark] of cases) {
    component('bad.wasm', [[changed(bytes, name, change), 'a']]);
    const stderr = fuse('bad', '--sections=all');
    assert.match(stderr, remark);
    assert.match(stderr, /^\S*\/bad\.wasm:0x[0-9a-f]+: remark: the debug info of instance "root_a" is dropped: [^\n]*\n$/);
    assert.deepEqual(sections('bad.out.wasm'), []);
    const end = codeStart('good.out.wasm') + 100;
    assert.deepEqual(readFileSync(inFolder('bad.out.wasm')).subarray(0, end), plain.subarray(0, end));
  }
});

test('any change of a byte gives a module, with or without debug info', () => {
  const bytes = compile('mutant.core.wasm', '-O1');
  const starts = ['.debug_info', '.debug_line', '.debug_loc', '.debug_ranges', '.debug_abbrev'].map((name) => bytes.indexOf(name, 'latin1') + name.length);
  let seed = 7;
  const random = (limit) => (seed = (seed * 48271) % 0x7fffffff) % limit;
  let dropped = 0;
  for (let i = 0; i < 40; i++) {
    const mutant = Buffer.from(bytes);
    mutant[starts[i % starts.length] + random(60)] = random(256);
    component('mutant.wasm', [[mutant, 'a']]);
    const stderr = fuse('mutant', '--sections=all');
    dropped += /is dropped/.test(stderr);
    assert.equal(sections('mutant.out.wasm').length > 0, stderr === '');
  }
  assert.ok(dropped > 5 && dropped < 40, `${dropped} of 40`);
});
