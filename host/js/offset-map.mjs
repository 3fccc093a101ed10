//===- offset-map.mjs - what a byte of a program comes from ---------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// Reads what `meld fuse --map FILE` writes; docs/Map.md has the format. Nothing
// here depends on Node.
//
//===---------------------------------------------------------------------===//

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const digitOf = new Map([...digits].map((digit, value) => [digit, value]));

/// The numbers in a text of base64 VLQs, without a sign.
function* vlqs(text) {
  let value = 0;
  let scale = 1;
  for (const char of text) {
    const digit = digitOf.get(char);
    if (digit === undefined) throw new Error(`"${char}" is no digit`);
    value += (digit & 31) * scale;
    scale *= 32;
    if (digit >= 32) continue;
    yield value;
    value = 0;
    scale = 1;
  }
  if (scale !== 1) throw new Error('a number ends too early');
}

const signed = (value) => (value % 2 ? -(value - 1) / 2 : value / 2);

/// The position of the last item whose `key` is at most `value`; -1: none.
function findLast(list, key, value) {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (key(list[middle]) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/// An offset map. Throws an Error if the text is none.
export class OffsetMap {
  #sources;
  #functions = []; // { name, begin, end, isCopy, source, line, column, pieces }
  #instances;
  #imported;
  #code;

  constructor(text) {
    const map = JSON.parse(text);
    if (map?.version !== 3 || !map.x_meld) throw new Error('not an offset map of Meld');
    if (map.x_meld.version !== 1) throw new Error(`offset map of version ${map.x_meld.version}, this host reads version 1`);
    this.#sources = map.sources;
    this.#code = map.x_meld.code;
    this.#imported = map.x_meld.imported;
    this.#instances = map.x_meld.instances;
    this.#decode(map);
  }

  #decode({ names, mappings, rangeMappings = '' }) {
    const ranges = new Set();
    let range = 0;
    for (const step of vlqs(rangeMappings)) ranges.add((range += step));
    const state = [0, 0, 0, 0, 0]; // generated column, source, line, column, name
    const texts = mappings ? mappings.split(',') : [];
    for (const [number, text] of texts.entries()) {
      let count = 0;
      for (const value of vlqs(text)) state[count++] += signed(value);
      const [at, source, line, column, name] = state;
      const last = this.#functions.at(-1);
      if (count === 5)
        this.#functions.push({ name: names[name], begin: at, end: at, isCopy: ranges.has(number), source, line, column, pieces: [[0, column]] });
      else if (count === 4 && last) last.pieces.push([at - last.begin, column]);
      else if (count === 1 && last) last.end = at;
      else throw new Error(`mapping ${number} has ${count} numbers`);
    }
  }

  /// Whether it is the map of the core module in `bytes`.
  isOf(bytes) {
    const [from, to] = this.#code;
    // Behind the section's id comes its size, in as many bytes as it takes.
    const sizes = [];
    for (let size = to - from; sizes.push(size > 127 ? (size & 127) | 128 : size), size > 127; size >>>= 7);
    return bytes.length >= to && [10, ...sizes].every((byte, i, all) => bytes[from - all.length + i] === byte);
  }

  /// What is known of a byte: `{ function, index, kind, instances, origin }`,
  /// undefined if no function has it.
  ///   kind       "guest", "generated" or "runtime"
  ///   instances  the paths of all that have the function; of a generated one
  ///              that of the definition
  ///   origin     `{ file, offset }` or `{ file, line, column }`, if it is known
  locate(offset) {
    const number = findLast(this.#functions, (each) => each.begin, offset);
    const found = this.#functions[number];
    if (!found || offset >= found.end) return undefined;
    const owners = this.#instances.filter(({ functions }) => {
      for (let i = 0; i < functions.length; i += 2)
        if (number >= functions[i] && number < functions[i] + functions[i + 1]) return true;
      return false;
    });
    const kind = owners.some(({ runtime }) => runtime) ? 'runtime' : found.isCopy ? 'guest' : 'generated';
    const instances = kind === 'runtime' ? [] : owners.map(({ path }) => path);
    return { function: found.name, index: this.#imported + number, kind, instances, origin: this.#origin(found, offset - found.begin) };
  }

  #origin({ source, line, column, isCopy, pieces }, at) {
    const file = this.#sources[source];
    if (file == null) return undefined;
    if (line) return { file, line: line + 1, column: column + 1 };
    if (!isCopy) return { file, offset: column };
    const number = findLast(pieces, ([output]) => output, at);
    const [output, input] = pieces[number];
    // An index that became longer ends behind its last byte in the input.
    const limit = pieces[number + 1]?.[1] ?? Infinity;
    return { file, offset: Math.min(input + at - output, Math.max(input, limit - 1)) };
  }

  /// The places of the frames in an engine's `error.stack` that are code of the
  /// program, the innermost first.
  locateStack(stack) {
    const frames = String(stack ?? '').matchAll(/wasm-function\[(\d+)\]:0x([0-9a-f]+)/g);
    const places = [...frames].map(([, index, offset]) => ({ place: this.locate(parseInt(offset, 16)), index: Number(index) }));
    // A function of another number is one of another module.
    return places.filter(({ place, index }) => place?.index === index).map(({ place }) => place);
  }
}

/// A name from a binary without what could move a terminal's cursor.
const shown = (name) => String(name).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (char) => `\\u{${char.codePointAt(0).toString(16)}}`);

/// A place as `meld where` prints it.
export function placeText({ function: name, kind, instances, origin }) {
  const at = !origin ? '' : shown(origin.file) + (origin.line ? `:${origin.line}:${origin.column}: ` : `:0x${origin.offset.toString(16)}: `);
  const paths = instances.map((path) => `"${shown(path.join('/'))}"`).join(', ');
  if (kind === 'runtime') return `${at}runtime, ${shown(name)}`;
  if (kind === 'generated') return `${at}generated function "${shown(name)}"${paths && ` for ${paths}`}`;
  if (instances.length === 1) return `${at}function "${shown(name)}" of instance ${paths}`;
  return `${at}function "${shown(name)}"${paths && `, which instances share: ${paths}`}`;
}

/// The file name of the map that a WebAssembly.Module names; undefined if none.
export function mapName(module) {
  const [section] = WebAssembly.Module.customSections(module, 'sourceMappingURL');
  if (!section) return undefined;
  const bytes = new Uint8Array(section);
  let start = 0;
  while (bytes[start] > 127) start++; // the length of the name
  return new TextDecoder().decode(bytes.subarray(start + 1));
}
