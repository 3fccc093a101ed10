//===- offset-map.test.mjs - where a trap was ----------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { instantiate } from '../../host/js/meld-host.mjs';
import { mapName, OffsetMap, placeText } from '../../host/js/offset-map.mjs';
import { root, tool, tryTool, withGuests } from '../Stream/tools.mjs';

let folder, fused, map;
const inFolder = (name) => join(folder.directory, name);

/// A component of a text in the tests, fused with a map.
function fuseText(wat, name) {
  execFileSync(process.execPath, [join(root, 'utils/wat2component.mjs'), join(root, wat), inFolder(`${name}.wasm`)], { cwd: root });
  tool('meld', ['fuse', inFolder(`${name}.wasm`), '-o', inFolder(`${name}.fused.wasm`), '--map', inFolder(`${name}.map`)]);
  return {
    input: readFileSync(inFolder(`${name}.wasm`)),
    bytes: readFileSync(inFolder(`${name}.fused.wasm`)),
    map: new OffsetMap(readFileSync(inFolder(`${name}.map`), 'utf8')),
  };
}

before(async () => {
  folder = await withGuests();
  const { producer, consumer } = folder.guests;
  tool('meld', ['fuse', consumer, producer, '-o', inFolder('fused.wasm'), '--map', inFolder('fused.map')]);
  fused = readFileSync(inFolder('fused.wasm'));
  map = new OffsetMap(readFileSync(inFolder('fused.map'), 'utf8'));
});
after(() => folder.remove());

/// The instructions of a core module by their offset, as wabt reads them.
function disassemble(file) {
  const lines = execFileSync('wasm-objdump', ['-d', file], { encoding: 'utf8', maxBuffer: 1 << 28 }).split('\n');
  const parsed = lines.map((line) => /^ ([0-9a-f]{6}): [0-9a-f ]+\| +([a-z0-9_.]+)/.exec(line)).filter(Boolean);
  return new Map(parsed.map(([, at, name]) => [parseInt(at, 16), name]));
}

/// The same of the core modules in a component, by the component's offsets.
function disassembleComponent(file) {
  const bytes = readFileSync(file);
  const all = new Map();
  for (let at = -1; (at = bytes.indexOf('\0asm\x01\0\0\0', at + 1, 'latin1')) >= 0; ) {
    // Before the module stands its size, its last byte below 0x80.
    let [size, from] = [0, at - 1];
    while (from > 0 && bytes[from - 1] > 127) from--;
    for (let i = from, shift = 0; i < at; i++, shift += 7) size |= (bytes[i] & 127) << shift;
    writeFileSync(inFolder('core.wasm'), bytes.subarray(at, at + size));
    for (const [offset, name] of disassemble(inFolder('core.wasm'))) all.set(at + offset, name);
  }
  return all;
}

test('every instruction of a guest is mapped to itself', () => {
  const inputs = { 'producer.wasm': disassembleComponent(folder.guests.producer), 'consumer.wasm': disassembleComponent(folder.guests.consumer) };
  const found = { 'producer.wasm': 0, 'consumer.wasm': 0 };
  for (const [offset, name] of disassemble(inFolder('fused.wasm'))) {
    const place = map.locate(offset);
    if (place?.kind !== 'guest' || name === 'local') continue; // declarations stand there too
    const { file, offset: at } = place.origin;
    assert.equal(inputs[file].get(at), name, `0x${offset.toString(16)} is ${file}:0x${at.toString(16)}`);
    found[file]++;
  }
  for (const file in inputs) assert.ok(found[file] > 100, `${found[file]} instructions of ${file}`);
});

test('indices have other lengths here than in the guests', () => {
  // Else the test above would not tell a map from a constant.
  const drifts = new Set();
  for (const offset of disassemble(inFolder('fused.wasm')).keys()) {
    const place = map.locate(offset);
    if (place?.kind === 'guest') drifts.add(place.origin.offset - offset);
  }
  assert.ok(drifts.size > 20, `${drifts.size} distances`);
});

test('meld where and this host give the same answers', () => {
  const offsets = [...disassemble(inFolder('fused.wasm')).keys()];
  const lines = tool('meld', ['where', inFolder('fused.wasm'), '--json', ...offsets.map(String)]).toString().trim().split('\n');
  for (const line of lines) {
    const { offset, ...answer } = JSON.parse(line);
    const { origin, instances, ...place } = map.locate(offset);
    if (place.kind === 'runtime') answer.instances = [];
    assert.deepEqual(answer, { ...place, instances, ...(origin && { origin }) });
  }
  assert.equal(lines.length, offsets.length);
});

test('a trap in the second instance names it, and the byte of the input', async () => {
  const { input, bytes, map } = fuseText('test/Tools/Meld/Inputs/twice.wat', 'twice');
  const { exports } = await instantiate(bytes, {}, { map });
  const divide = input.indexOf(Buffer.from([0x20, 0x00, 0x6e, 0x0b])) + 2; // local.get 0, i32.div_u, end
  for (const [name, instance] of [['hb', 'b'], ['ha', 'a']]) {
    const { places } = await instantiate(bytes, {}, { map }).then(({ exports }) => {
      try {
        exports[name](0);
      } catch (trap) {
        return trap;
      }
    });
    assert.deepEqual(places[0], {
      function: 'half', index: places[0].index, kind: 'guest', instances: [['inner', instance]],
      origin: { file: 'twice.wasm', offset: divide },
    });
    assert.equal(places[1].function, `export_${name}`);
  }
  assert.equal(exports.ha(3), 2);
});

test('meld run prints the stack of a trap in the words of the inputs', () => {
  fuseText('test/Tools/Meld/Inputs/twice.wat', 'stack');
  const words = ['run', inFolder('stack.fused.wasm'), '--invoke', 'hb', '0'];
  assert.equal(tryTool('meld', words).stderr,
    'meld run: trap: divide by zero\n' +
    '    at stack.wasm:0x59: function "half" of instance "inner/b"\n' +
    '    at stack.wasm:0x10a: generated function "export_hb" for "hb"\n');
});

test('a map of another module is not used, and a note says so', () => {
  fuseText('test/Tools/Meld/Inputs/twice.wat', 'other');
  writeFileSync(inFolder('other.map'), readFileSync(inFolder('fused.map')));
  const { stderr } = tryTool('meld', ['run', inFolder('other.fused.wasm'), '--invoke', 'hb', '0']);
  assert.match(stderr, /^meld run: note: the map .*other\.map is not used: it is not the map of .*\n.*divide by zero\n$/);
});

test('the module names its map, and is the same without it but for that', () => {
  const { producer, consumer } = folder.guests;
  tool('meld', ['fuse', consumer, producer, '-o', inFolder('plain.fused.wasm')]);
  const plain = readFileSync(inFolder('plain.fused.wasm'));
  assert.equal(mapName(new WebAssembly.Module(fused)), 'fused.map');
  assert.deepEqual(fused.subarray(0, plain.length), plain);
  assert.ok(map.isOf(fused) && !map.isOf(plain.subarray(0, 20)));
});

test('a reader of source maps finds the first byte of each function', () => {
  const payload = JSON.parse(readFileSync(inFolder('fused.map'), 'utf8'));
  const reader = new SourceMap(payload); // Node's own, for JavaScript
  const names = [];
  for (let at = payload.x_meld.code[0]; at < payload.x_meld.code[1]; at++) {
    const place = map.locate(at);
    if (!place || place.function === names.at(-1)?.[0]) continue;
    const { originalSource, originalColumn, originalLine, name } = reader.findEntry(0, at);
    assert.deepEqual([originalSource, originalColumn, originalLine, name], [place.origin.file, place.origin.offset, 0, place.function]);
    names.push([place.function, at]);
  }
  assert.equal(names.length, payload.names.length);
  assert.deepEqual(payload.ignoreList.map((number) => payload.sources[number]), ['runtime.wasm']);
});

test('a stack that is not of the program gives no places', () => {
  assert.deepEqual(map.locateStack('at f (wasm://wasm/x:wasm-function[99999]:0x190)'), []);
  assert.deepEqual(map.locateStack(undefined), []);
});

test('broken maps are refused', () => {
  assert.throws(() => new OffsetMap('{"version":3}'), { message: 'not an offset map of Meld' });
  const text = JSON.stringify({ version: 3, sources: [], names: [], mappings: '', x_meld: { version: 2 } });
  assert.throws(() => new OffsetMap(text), { message: 'offset map of version 2, this host reads version 1' });
});

test('what is wrong in a map is refused in the words of `meld where`', () => {
  const good = {
    version: 3,
    sources: ['a.wasm'],
    names: ['f'],
    mappings: 'GAAAA,CAAC,I',
    rangeMappings: 'AB',
    x_meld: { version: 1, code: [2, 9], imported: 0, instances: [{ path: ['i'], functions: [0, 1] }] },
  };
  new OffsetMap(JSON.stringify(good));
  const faults = [
    ...['{}', [5], [{}]].map((value) => [{ sources: value }, /`sources` is malformed|not a source map/]),
    ...[[5], [null]].map((value) => [{ names: value }, /`names` is malformed/]),
    ...[7, null, ['A'], '*'].map((value) => [{ rangeMappings: value }, /`rangeMappings` is malformed/]),
    ...['ABD', 'ABAB', 'AAB', ''].map((value) => [{ rangeMappings: value }, /`(rangeMappings|mappings)` /]),
    ...['GAAAA', 'GAAAA,CAAC', 'GCAAA,CAAC,I', 'GAAAC,CAAC,I', 'GAAAA,CCAC,I', 'GAAAA,CACC,I', 'GAAAA,CAAD,I', 'GAAAA,AAAC,I', 'GAAAA,CAAC,I,', ',', 'GAAAAA,CAAC,I'].map((value) => [{ mappings: value }, /`mappings` /]),
    ...[[0, 0], [2, 4], [4, 9], [9, 2], [2], [2, 9, 9], [2.5, 9], [-1, 9], ['2', 9], 5, null].map((value) => [{ code: value }, /`code` of `x_meld` is no range that has all functions/]),
    ...[-1, 1.5, '0', null, 2 ** 32 - 1].map((value) => [{ imported: value }, /`imported` of `x_meld` is no number of functions/]),
    ...[null, 5, {}].map((value) => [{ instances: value }, /`x_meld` has no list `instances`/]),
    ...[null, {}, { path: [5], functions: [] }, { path: [], functions: [0] }, { path: [], functions: [0, 2] }, { path: [], functions: [-1, 1] }, { path: [], functions: [0, 1], runtime: 1 }].map(
      (value) => [{ instances: [value] }, /`x_meld` has a malformed instance/],
    ),
  ];
  for (const [fault, message] of faults) {
    const inside = Object.keys(fault)[0] in good.x_meld;
    const text = JSON.stringify(inside ? { ...good, x_meld: { ...good.x_meld, ...fault } } : { ...good, ...fault });
    assert.throws(() => new OffsetMap(text), message, text);
    writeFileSync(inFolder('bad.map'), text);
    const { status, stderr } = tryTool('meld', ['where', inFolder('bad.map'), '4']);
    assert.equal(status, 1, text);
    assert.match(stderr, message, text);
  }
});

test('what instances share is listed, and names cannot move the cursor', () => {
  const place = { function: 'f\x1b[2J', kind: 'guest', instances: [['a', 'm'], ['b']], origin: { file: 'x.wasm', offset: 16 } };
  assert.equal(placeText(place), 'x.wasm:0x10: function "f\\u{1b}[2J", which instances share: "a/m", "b"');
});
