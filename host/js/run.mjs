//===- run.mjs - call one function of a fused program --------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
//     node host/js/run.mjs FILE [--traps Traps.def] [--map FILE] --invoke NAME ARGS...
//
// ARGS and the result, which is printed, are values in WAVE syntax. Exit status
// 1 and a message on stderr when the program traps or cannot be run. NAME is `f`
// or `ns:p/i#f`. FILE is instantiated with no imports of its own. If it names an
// offset map, which lies beside it, or one is given, a trap says where it was.
//
//===---------------------------------------------------------------------===//

import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { instantiate, MeldTrap } from './meld-host.mjs';
import { mapName, OffsetMap, placeText } from './offset-map.mjs';
import { parseTrapTable } from './traps.mjs';
import { typeName } from './values.mjs';
import { parseWave, printWave } from './wave.mjs';

const usage = 'usage: run.mjs FILE [--traps Traps.def] [--map FILE] --invoke NAME ARGS...';

function parseCommand(words) {
  const command = { file: undefined, traps: undefined, map: undefined, invoke: undefined, args: [] };
  while (words.length) {
    const word = words.shift();
    if (word === '--traps') command.traps = words.shift();
    else if (word === '--map') command.map = words.shift();
    else if (word === '--invoke') {
      command.invoke = words.shift();
      command.args = words.splice(0);
    } else if (command.file === undefined && !word.startsWith('--')) command.file = word;
    else throw new Error(`unexpected "${word}"\n${usage}`);
  }
  if (!command.file || !command.invoke) throw new Error(usage);
  return command;
}

/// The kinds of traps: the file that was named, or the one of the source tree
/// or the installation that this file is part of.
function trapKinds(named) {
  const places = ['../../include', '../../../../include'];
  const near = places.map((place) => join(import.meta.dirname, place, 'meld/Support/Traps.def'));
  const path = named ?? near.find(existsSync);
  return path ? parseTrapTable(readFileSync(path, 'utf8')) : [];
}

/// A `char` or a `string` may stand without its quotes, where that is what the
/// shell leaves of them.
function parseArgument(text, { name, type }) {
  const bare = (type === 'string' && !text.startsWith('"')) || (type === 'char' && !text.startsWith("'"));
  if (bare) return text;
  try {
    return parseWave(text, type);
  } catch (error) {
    throw new Error(`argument "${name}" cannot be read as ${typeName(type)}: ${error.message}`);
  }
}

/// The map that was given, or the one that the program names. One that cannot be
/// read is no reason not to run: a note says so.
function offsetMap({ file, map }, bytes, module) {
  const named = mapName(module);
  const path = map ?? (named && join(dirname(file), basename(named)));
  if (!path || (!map && !existsSync(path))) return undefined;
  try {
    const read = new OffsetMap(readFileSync(path, 'utf8'));
    if (!read.isOf(bytes)) throw new Error(`it is not the map of ${file}`);
    return read;
  } catch (error) {
    console.error(`meld run: note: the map ${path} is not used: ${error.message}`);
    return undefined;
  }
}

async function main() {
  const command = parseCommand(process.argv.slice(2));
  const bytes = readFileSync(command.file);
  const module = await WebAssembly.compile(bytes);
  const map = offsetMap(command, bytes, module);
  const { exports, abi } = await instantiate(module, {}, { trapKinds: trapKinds(command.traps), map });
  const shown = (e) => (e.interface ? `${e.interface}#${e.name}` : e.name);
  const entry = abi.exports.find((e) => shown(e) === command.invoke);
  if (!entry)
    throw new Error(`no export "${command.invoke}"; the program exports: ${abi.exports.map(shown).join(', ') || 'nothing'}`);
  if (command.args.length !== entry.params.length)
    throw new Error(`"${command.invoke}" takes ${entry.params.map((p) => `${p.name}: ${typeName(p.type)}`).join(', ') || 'no arguments'}`);
  const args = command.args.map((text, i) => parseArgument(text, entry.params[i]));
  const scope = entry.interface ? exports[entry.interface] : exports;
  const result = await scope[entry.name](...args);
  if (entry.result != null) console.log(printWave(result, entry.result));
}

main().catch((error) => {
  console.error(`meld run: ${error instanceof MeldTrap ? 'trap: ' : ''}${error.message}`);
  for (const place of error.places ?? []) console.error(`    at ${placeText(place)}`);
  process.exitCode = 1;
});
