//===- run.mjs - run a fused program -------------------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
//     node host/js/run.mjs FILE [OPTION...] [ARGUMENT...]
//     node host/js/run.mjs FILE [OPTION...] --invoke NAME [VALUE...] [--invoke ...]
//
// Runs a WASI command, which exports `wasi:cli/run`, with these arguments; or
// calls exports (invoke.mjs), one after the other in the same instance. The
// values and the results, which are printed, are in WAVE syntax. Exit status 1
// and a message on stderr when the program fails, traps or cannot be run.
//
//     --env NAME=VALUE    a variable that a WASI program sees
//     --dir HOST[::GUEST] a folder that it sees, under the name GUEST
//     --name PATH         what FILE was made of, whose name and place count
//     --map FILE          the offset map, if it is not beside FILE under the name
//                         that it has there; with one a trap says where it was
//
//===---------------------------------------------------------------------===//

import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { instantiate, MeldTrap, readAbi } from './meld-host.mjs';
import { mapName, OffsetMap, placeText } from './offset-map.mjs';
import { Session, listed, parseSteps, stepWords } from './invoke.mjs';
import { wasi, wasiImports } from './wasi.mjs';

const usage = 'usage: meld run FILE [--env NAME=VALUE] [--dir HOST[::GUEST]] [ARGUMENT... | --invoke NAME VALUE... --drop HANDLE ...]';

/// `a=b` as ['a', 'b']; without the mark both are the same.
function split(text, mark) {
  const at = text.indexOf(mark);
  return at < 0 ? [text, text] : [text.slice(0, at), text.slice(at + mark.length)];
}

const options = {
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
};

function parseCommand([file, ...words]) {
  const command = { file, name: file ?? '', map: undefined, steps: [], args: [], env: {}, preopens: {} };
  while (words[0]?.startsWith('--')) {
    if (stepWords.includes(words[0])) {
      command.steps = parseSteps(words.splice(0));
      break;
    }
    const name = words.shift();
    if (name === '--') break;
    if (!Object.hasOwn(options, name) || words.length === 0) throw new Error(`unexpected "${name}"\n${usage}`);
    options[name](command, words.shift());
  }
  if (!file || file.startsWith('--')) throw new Error(usage);
  command.args = words;
  return command;
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
async function findImports(abi, { name, args, env, preopens }) {
  const interfaces = wasiImports(abi);
  if (interfaces.length === 0) return {};
  const folders = [process.cwd(), dirname(resolve(name)), import.meta.dirname];
  return wasi({ folders, args: [basename(name), ...args], env, preopens });
}

/// Calls `wasi:cli/run`: status 1 if that says so.
async function runCommand(abi, exports) {
  const entry = abi.exports.find((e) => e.interface?.startsWith('wasi:cli/run@') && e.name === 'run');
  if (!entry)
    throw new Error(`not a command: it does not export wasi:cli/run; say --invoke NAME to call one of: ${listed(abi)}`);
  const { tag } = await exports[entry.interface].run();
  if (tag === 'err') process.exitCode = 1;
}

async function main() {
  const command = parseCommand(process.argv.slice(2));
  const bytes = readFileSync(command.file);
  const module = await WebAssembly.compile(bytes);
  const map = offsetMap(command, bytes, module);
  const imports = await findImports(readAbi(module), command);
  const { exports, abi } = await instantiate(module, imports, { map });
  if (command.steps.length === 0) return runCommand(abi, exports);
  const session = new Session(abi, exports);
  for (const step of command.steps) {
    const shown = await session.perform(step);
    if (shown !== undefined) console.log(shown);
  }
}

/// Node ends when nothing can happen any more, whether or not we are done.
let isDone = false;
process.on('beforeExit', () => {
  if (isDone) return;
  console.error('meld run: the program waits for what can never come');
  process.exitCode = 1;
});

main().catch((error) => {
  console.error(`meld run: ${error instanceof MeldTrap ? 'trap: ' : ''}${error.message}`);
  for (const place of error.places ?? []) console.error(`    at ${placeText(place)}`);
  process.exitCode = 1;
}).finally(() => (isDone = true));
