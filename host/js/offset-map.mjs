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

/// Throws unless the text is what docs/Map.md says.
function check(condition, message) {
  if (!condition) throw new Error(message);
}

/// The numbers in a text of base64 VLQs, without a sign. Throws `message` if the
/// text is none.
function* vlqs(text, message) {
  let value = 0;
  let scale = 1;
  for (const char of text) {
    const digit = digitOf.get(char);
    check(digit !== undefined, message);
    value += (digit & 31) * scale;
    scale *= 32;
    if (digit >= 32) continue;
    yield value;
    value = 0;
    scale = 1;
  }
  check(scale === 1, message);
}

const isText = (value) => typeof value === 'string';
const isCount = (value, limit) => Number.isInteger(value) && value >= 0 && value <= limit;

/// Whether a value is what `x_meld.instances` has, of a map with so many functions.
function isInstance(value, count) {
  const { path, functions: runs, runtime = false } = value ?? {};
  if (!Array.isArray(path) || !path.every(isText) || !Array.isArray(runs) || runs.length % 2 || typeof runtime !== 'boolean') return false;
  return runs.every((number, i) => isCount(number, i % 2 ? count - runs[i - 1] : count));
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
    check(map?.version === 3 && map.x_meld, 'not an offset map of Meld');
    check(map.x_meld.version === 1, `offset map of version ${map.x_meld.version}, this host reads version 1`);
    this.#readSource(map);
    this.#readExtension(map.x_meld);
  }

  #readSource({ sources, names, mappings, rangeMappings = '' }) {
    check(Array.isArray(sources) && sources.every((source) => source === null || isText(source)), '`sources` is malformed');
    check(Array.isArray(names) && names.every(isText), '`names` is malformed');
    check(isText(mappings), '`mappings` is malformed');
    check(isText(rangeMappings), '`rangeMappings` is malformed');
    this.#sources = sources.map((source) => source || null); // an empty name is none
    this.#decode(names, mappings, rangeMappings);
  }

  #readExtension({ code, imported, instances }) {
    const count = this.#functions.length;
    check(Array.isArray(instances), '`x_meld` has no list `instances`');
    check(isCount(imported, 2 ** 32 - 1 - count), '`imported` of `x_meld` is no number of functions');
    const isRange = Array.isArray(code) && code.length === 2 && isCount(code[1], Infinity) && isCount(code[0], code[1]);
    const isIn = count === 0 || (this.#functions[0].begin >= code?.[0] && this.#functions.at(-1).end <= code?.[1]);
    check(isRange && isIn, '`code` of `x_meld` is no range that has all functions');
    check(instances.every((instance) => isInstance(instance, count)), '`x_meld` has a malformed instance');
    this.#code = code;
    this.#imported = imported;
    this.#instances = instances;
  }

  #decode(names, mappings, rangeMappings) {
    const ranges = new Set();
    let range = 0;
    for (const step of vlqs(rangeMappings, '`rangeMappings` is malformed')) {
      check(step > 0 || ranges.size === 0, '`rangeMappings` is malformed');
      ranges.add((range += step));
    }
    const texts = mappings ? mappings.split(',') : [];
    const state = [0, 0, 0, 0, 0]; // generated column, source, line, column, name
    let open; // the function that has begun and not ended
    for (const [number, text] of texts.entries()) {
      const message = `\`mappings\` is malformed at mapping ${number}`;
      const steps = [...vlqs(text, message)].map(signed);
      steps.slice(0, 5).forEach((step, i) => (state[i] += step));
      const isSorted = number === 0 || steps[0] > 0;
      const isKnown = isSorted && state.every((value) => isCount(value, 2 ** 48)) && this.#add(steps.length, state, ranges.has(number), names, open);
      check(isKnown, message);
      open = steps.length === 1 ? undefined : this.#functions.at(-1);
    }
    const fits = !open && this.#functions.length === names.length && [...ranges].every((number) => number < texts.length);
    check(fits, '`mappings` does not fit `names` and `rangeMappings`');
  }

  /// Adds what a mapping of so many numbers says; false if it cannot stand here.
  #add(count, [at, source, line, column, name], isCopy, names, open) {
    if (count === 5) {
      if (open || name !== this.#functions.length || name >= names.length || source >= this.#sources.length) return false;
      return this.#functions.push({ name: names[name], begin: at, end: at, isCopy, source, line, column, pieces: [[0, column]] }) > 0;
    }
    if (count === 4) {
      const before = open?.pieces.at(-1);
      if (!open?.isCopy || !isCopy || this.#sources[source] === null || source !== open.source || line || column < before[1]) return false;
      return open.pieces.push([at - open.begin, column]) > 0;
    }
    if (count !== 1 || !open || isCopy) return false;
    open.end = at;
    return true;
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
