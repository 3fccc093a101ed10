//===- run.mjs - run a fused program -------------------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
//     node host/js/run.mjs FILE [OPTION...] [ARGUMENT...]
//     node host/js/run.mjs FILE [OPTION...] --invoke NAME [VALUE...]
//
// Runs a WASI command, which exports `wasi:cli/run`, with these arguments; or
// calls the export NAME, `f` or `ns:p/i#f`. The values and the result, which is
// printed, are in WAVE syntax. Exit status 1 and a message on stderr when the
// program fails, traps or cannot be run.
//
//     --env NAME=VALUE    a variable that a WASI program sees
//     --dir HOST[::GUEST] a folder that it sees, under the name GUEST
//     --name PATH         what FILE was made of, whose name and place count
//     --map FILE          the offset map, if it is not beside FILE under the name
//                         that it has there; with one a trap says where it was
//     --traps Traps.def   the table of traps, if it is not near this file
//
//===---------------------------------------------------------------------===//

import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { instantiate, MeldTrap, readAbi } from './meld-host.mjs';
import { mapName, OffsetMap, placeText } from './offset-map.mjs';
import { shownName } from './signature.mjs';
import { parseTrapTable } from './traps.mjs';
import { typeName } from './values.mjs';
import { wasi, wasiImports } from './wasi.mjs';
import { parseWave, printWave } from './wave.mjs';

const usage = 'usage: run.mjs FILE [--env NAME=VALUE] [--dir HOST[::GUEST]] [ARGUMENT... | --invoke NAME VALUE...]';

/// `a=b` as ['a', 'b']; without the mark both are the same.
function split(text, mark) {
  const at = text.indexOf(mark);
  return at < 0 ? [text, text] : [text.slice(0, at), text.slice(at + mark.length)];
}

const options = {
  '--traps': (command, word) => (command.traps = word),
  '--map': (command, word) => (command.map = word),
  '--name': (command, word) => (command.name = word),
  '--env': (command, word) => {
    const [name, value] = split(word, '=');
    command.env[name] = word.includes('=') ? value : (process.env[name] ?? '');
  },
  '--dir': (command, word) => {
    const [host, guest] = split(word, '::');
    command.preopens[guest] = resolve(host);
  },
  '--invoke': (command, word) => (command.invoke = word),
};

function parseCommand([file, ...words]) {
  const command = { file, name: file ?? '', traps: undefined, map: undefined, invoke: undefined, args: [], env: {}, preopens: {} };
  while (words[0]?.startsWith('--') && command.invoke === undefined) {
    const name = words.shift();
    if (name === '--') break;
    if (!Object.hasOwn(options, name) || words.length === 0) throw new Error(`unexpected "${name}"\n${usage}`);
    options[name](command, words.shift());
  }
  if (!file || file.startsWith('--')) throw new Error(usage);
  command.args = words;
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

/// What the program imports of WASI, and nothing else.
async function findImports(abi, { name, args, env, preopens, invoke }) {
  const interfaces = wasiImports(abi);
  if (interfaces.length === 0) return {};
  const folders = [process.cwd(), dirname(resolve(name)), import.meta.dirname];
  return wasi({ folders, args: [basename(name), ...(invoke ? [] : args)], env, preopens });
}

/// Calls `wasi:cli/run`: status 1 if that says so.
async function runCommand(abi, exports) {
  const entry = abi.exports.find((e) => e.interface?.startsWith('wasi:cli/run@') && e.name === 'run');
  if (!entry)
    throw new Error(`not a command: it does not export wasi:cli/run; say --invoke NAME to call one of: ${listed(abi)}`);
  const { tag } = await exports[entry.interface].run();
  if (tag === 'err') process.exitCode = 1;
}

const listed = (abi) => abi.exports.map(shownName).join(', ') || 'nothing';

async function callExport(abi, exports, { invoke, args }) {
  const entry = abi.exports.find((e) => shownName(e) === invoke);
  if (!entry) throw new Error(`no export "${invoke}"; the program exports: ${listed(abi)}`);
  if (args.length !== entry.params.length)
    throw new Error(`"${invoke}" takes ${entry.params.map((p) => `${p.name}: ${typeName(p.type)}`).join(', ') || 'no arguments'}`);
  const values = args.map((text, i) => parseArgument(text, entry.params[i]));
  const scope = entry.interface ? exports[entry.interface] : exports;
  const result = await scope[entry.name](...values);
  if (entry.result != null) console.log(printWave(result, entry.result));
}

async function main() {
  const command = parseCommand(process.argv.slice(2));
  const bytes = readFileSync(command.file);
  const module = await WebAssembly.compile(bytes);
  const map = offsetMap(command, bytes, module);
  const imports = await findImports(readAbi(module), command);
  const { exports, abi } = await instantiate(module, imports, { trapKinds: trapKinds(command.traps), map });
  await (command.invoke === undefined ? runCommand(abi, exports) : callExport(abi, exports, command));
}

main().catch((error) => {
  console.error(`meld run: ${error instanceof MeldTrap ? 'trap: ' : ''}${error.message}`);
  for (const place of error.places ?? []) console.error(`    at ${placeText(place)}`);
  process.exitCode = 1;
});
