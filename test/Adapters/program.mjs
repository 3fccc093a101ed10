//===- program.mjs - adapters of many functions in one module ------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// A root with a lift and a lower for each group goes through --lower-calls and
// --lower-values. What is then left of the root is written as a core module
// whose imports are the memories, the reallocs and the callees, so that only the
// adapters are under test.
//
//===---------------------------------------------------------------------===//

import { spawnSync } from 'node:child_process';

const address = (side) => (side.memory64 ? 'i64' : 'i32');
const suffix = (side) => (side.memory64 ? '64' : '32');

/// A type of `meld.abi` as the dialect writes it, without `!component.`.
export function typeText(type) {
  if (type === null) return 'none';
  if (type === 'own' || type === 'borrow') return `${type}<@r>`;
  if (typeof type === 'string') return type;
  const kind = Object.keys(type).find((key) => key !== 'length');
  const inner = type[kind];
  const named = () => inner.map(([name, part]) => (part === null ? name : `${name}: ${typeText(part)}`)).join(', ');
  const text = {
    list: () => typeText(inner) + (type.length ? `, ${type.length}` : ''),
    record: named,
    variant: named,
    flags: () => inner.join(', '),
    enum: () => inner.join(', '),
    option: () => typeText(inner),
  }[kind] ?? (() => inner.map(typeText).join(', '));
  return `${kind}<${text()}>`;
}

const functionText = (params, results) => `(${params.join(', ')}) -> ${results.length === 1 ? results[0] : `(${results.join(', ')})`}`;

/// The core types of both functions of a group.
function coreTypes({ lower, callerCore, calleeCore }) {
  const into = callerCore.spills ? [address(lower)] : [];
  return {
    caller: functionText([...callerCore.params, ...into], callerCore.spills ? [] : callerCore.results),
    callee: functionText(calleeCore.params, calleeCore.results),
  };
}

const entities = (who) => [32, 64].flatMap((bits) => [
  [`${who}_memory${bits}`, bits === 64 ? '!wasm.memory<2, i64>' : '!wasm.memory<2>'],
  [`${who}_realloc${bits}`, functionText(Array(4).fill(`i${bits}`), [`i${bits}`])],
]);

const quoted = (encoding) => encoding.replace('+', '_');

function rootText(groups) {
  const all = [...entities('a'), ...entities('b'), ...groups.map((group, i) => [`callee${i}`, coreTypes(group).callee])];
  const lines = ['component.root @t flattened {', 'component.instance_of @a', 'component.instance_of @b', 'component.resource @r in @b', 'wasm.module @core {'];
  for (const [name, type] of all) lines.push(`wasm.export "${name}" : ${type}`);
  lines.push('}', 'wasm.instance @i of @core');
  for (const [name, type] of all) lines.push(`wasm.alias @${name} = @i "${name}" : ${type}`);
  groups.forEach((group, i) => {
    const [to, from] = [suffix(group.lift), suffix(group.lower)];
    const params = group.params.map((type, k) => `p${k}: ${typeText(type)}`).join(', ');
    const result = group.result === null ? '' : ` -> ${typeText(group.result)}`;
    lines.push(`component.lifted @f${i} in @b = @callee${i} as !component.func_type<(${params})${result}> memory @b_memory${to} realloc @b_realloc${to} string_encoding ${quoted(group.lift.encoding)}`);
    lines.push(`component.lowered @call${i} in @a = @f${i} memory @a_memory${from} realloc @a_realloc${from} string_encoding ${quoted(group.lower.encoding)} : ${coreTypes(group).caller}`);
  });
  return [...lines, '}'].join('\n');
}

/// The root behind --lower-values as a core module: its functions, and imports
/// for all that they name.
function moduleText(text, groups) {
  const aliases = [];
  const imports = [];
  const body = [];
  let skipping = false;
  for (const line of text.split('\n').map((each) => each.trim())) {
    const alias = /^wasm\.alias @(\S+) = @\S+ "\S+" : (.*)$/.exec(line);
    if (/^!\w+ = !component\./.test(line)) continue;
    else if (/^[!#]\w+ = /.test(line)) aliases.push(line);
    else if (skipping) skipping = line !== '}';
    else if (line.startsWith('wasm.module')) skipping = true;
    else if (alias) imports.push(`wasm.import @${alias[1]} "env" "${alias[1]}" : ${alias[2]}`);
    else if (/^(module \{|component\.|wasm\.instance|async_intrinsic\.check_may_leave)/.test(line)) continue;
    else body.push(lowered(line));
  }
  while (body.at(-1) !== '}') body.pop();
  body.splice(body.lastIndexOf('}', body.length - 2) === body.length - 2 ? -2 : -1); // the root, and MLIR's module
  for (const name of transfers) imports.push(`wasm.import @${name} "env" "${name}" : (i32) -> i32`);
  const exports = groups.map((group, i) => `wasm.export "call${i}" @call${i} : ${coreTypes(group).caller}`);
  const kinds = new Set(text.match(/(?<=async_intrinsic\.trap ")\w+/g));
  for (const kind of kinds) imports.push(`wasm.import @${kind} "trap" "${kind}" : () -> ()`);
  return [...aliases, 'wasm.module @t {', ...imports, ...body, ...exports, '}'].join('\n');
}

/// Where handles go, instead of into the runtime.
export const transfers = ['own_to', 'own_from', 'borrow_to'];

/// What other passes do, in the shortest way.
function lowered(line) {
  if (/^async_intrinsic\.scope\.(check|end)/.test(line)) return '';
  line = line.replace(/async_intrinsic\.scope\.begin : i32/, 'wasm.const 0 : i32');
  line = line.replace(/async_intrinsic\.transfer (\S+) (to|from) @\w+ .* : !component\.(own|borrow)<@r>,/, 'wasm.call @$3_$2($1) :');
  const trap = /^async_intrinsic\.trap "(\w+)"/.exec(line);
  if (trap) return `wasm.call @${trap[1]}() : () -> () wasm.unreachable`;
  line = line.replace(/async_intrinsic\.call_realloc (.*) in @\w+ :/, 'wasm.call $1 :');
  return line.replace(/async_intrinsic\.call_entry @f(\d+)(.*) from @a :/, 'wasm.call @callee$1$2 :');
}

/// The bytes of a module with a function `call<i>` for group i. `tools` is the
/// folder of meld-opt and meld-translate; `target` are options of --set-target.
export function compile(groups, tools, target = '') {
  const run = (tool, args, input) => {
    const { status, stdout, stderr } = spawnSync(`${tools}/${tool}`, args, { input, maxBuffer: 1 << 29 });
    if (status !== 0) throw new Error(`${tool} failed: ${stderr}`);
    return stdout;
  };
  const text = run('meld-opt', [`--set-target=${target}`, '--lower-calls', '--lower-values'], rootText(groups)).toString();
  return run('meld-translate', ['--mlir-to-wasm'], moduleText(text, groups));
}
