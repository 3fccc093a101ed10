//===- types.mjs - a program in the words of TypeScript ------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
//     node host/js/types.mjs FILE > FILE.d.mts
//
// Prints declarations for a fused program: `Exports` and `Imports` for
// `instantiate<Exports>(bytes, imports satisfies Imports)`, its resources as
// classes, those of the host as interfaces, and the types that these need.
//
//===---------------------------------------------------------------------===//

import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { importKeys } from './imports.mjs';
import { camel, exportKey, functionKey, keysOf, memberOf, methodKey, pascal, staticKey } from './names.mjs';
import { shownName } from './signature.mjs';
import { compile, readAbi } from './source.mjs';
import { TypeTexts, bare, keyText } from './type-text.mjs';

const reserved = /^(arguments|await|break|case|catch|class|const|continue|debugger|default|delete|do|else|enum|eval|export|extends|false|finally|for|function|if|implements|import|in|instanceof|interface|let|new|null|package|private|protected|public|return|static|super|switch|this|throw|true|try|typeof|var|void|while|with|yield)$/;
const parameter = (name) => camel(name).replace(reserved, '$&_');

/// The parameters and the result of a function; `isOurs` says whether the host
/// has it, `self` how many parameters are its object.
function signatureText(entry, texts, { isOurs, self = 0 }) {
  const params = entry.params.slice(self).map(({ name, type }) => `${parameter(name)}: ${bare(texts.of(type, !isOurs))}`);
  const value = entry.result == null ? 'void' : bare(texts.of(entry.result, isOurs));
  const result = !entry.async ? value : isOurs ? `${value} | Promise<${value}>` : `Promise<${value}>`;
  return { params: `(${params.join(', ')})`, result };
}

function member(key, entry, texts, options) {
  const { params, result } = signatureText(entry, texts, options);
  return `${keyText(key)}${params}: ${result};`;
}

/// The lines of the methods and of the static functions of a resource.
function membersOf(entries, texts, isOurs) {
  const lines = (kind, spell, self) => {
    const own = entries.filter(({ name }) => memberOf(name).kind === kind);
    const keys = keysOf(own.map(({ name }) => memberOf(name).member), spell);
    return own.map((entry, i) => member(keys[i], entry, texts, { isOurs, self }));
  };
  return { methods: lines('method', methodKey, 1), statics: lines('static', staticKey, 0) };
}

const block = (lines) => (lines.length ? `{\n${lines.map((line) => `  ${line.replaceAll('\n', '\n  ')}\n`).join('')}}` : '{}');

/// A resource of the program: a class.
function classText(name, entries, texts) {
  const { methods, statics } = membersOf(entries, texts, false);
  const make = entries.find((entry) => memberOf(entry.name).kind === 'constructor');
  const replaces = methods.some((line) => /^(drop|type)\(/.test(line)); // what Resource has
  const first = make ? `constructor${signatureText(make, texts, {}).params};` : 'private constructor();';
  const ends = replaces ? ['[Symbol.dispose](): void;'] : [];
  return `export declare class ${name}${replaces ? '' : ' extends Resource'} ${block([first, ...methods, ...statics.map((line) => `static ${line}`), ...ends])}`;
}

/// A resource of the host: what its objects have, and what makes them.
function interfaceText(name, entries, texts) {
  const { methods } = membersOf(entries, texts, true);
  return `export interface ${name} ${block([...methods, '[Symbol.dispose]?(): void;'])}`;
}

function constructorText(name, entries, texts) {
  const make = entries.find((entry) => memberOf(entry.name).kind === 'constructor');
  const first = make ? [`new ${signatureText(make, texts, { isOurs: true }).params}: ${name};`] : [];
  return block([...first, ...membersOf(entries, texts, true).statics]);
}

/// Functions and resources that stand side by side, by interface:
/// { functions, resources: [{ row, name, entries }] }.
function scopesOf(entries, rows, texts) {
  const scopes = new Map();
  const at = (from) => scopes.get(from) ?? scopes.set(from, { functions: [], resources: [] }).get(from);
  for (const entry of entries) if (!memberOf(entry.name)) at(entry.interface).functions.push(entry);
  for (const row of rows) {
    const isOwn = ({ interface: from, name }) => from === row.interface && memberOf(name)?.resource === row.resource;
    at(row.interface).resources.push({ row, name: texts.resource(row.name), entries: entries.filter(isOwn) });
  }
  return scopes;
}

/// An object type with what `linesOf` makes of each scope, the root's itself.
function scopeText(name, scopes, linesOf) {
  const lines = [...scopes].flatMap(([from, scope]) => {
    const own = linesOf(scope);
    return from && own.length ? [`${keyText(from)}: ${block(own)};`] : own;
  });
  return `export interface ${name} ${block(lines)}`;
}

function exportLines({ functions, resources }, texts) {
  const plain = functions.map(({ name }) => name);
  const keys = keysOf([...plain, ...resources.map(({ row }) => row.resource)], (label, i) => (i < plain.length ? functionKey(label) : pascal(label)));
  return [
    ...functions.flatMap((entry, i) => [...new Set([exportKey(entry.name), keys[i]])].map((key) => member(key, entry, texts, { isOurs: false }))),
    ...resources.map(({ name }, i) => `${keyText(keys[plain.length + i])}: typeof ${name};`),
  ];
}

function importLines({ functions, resources }, texts, keys) {
  return [
    ...functions.map((entry) => member(keys.get(shownName(entry)), entry, texts, { isOurs: true })),
    ...resources.filter(({ entries }) => entries.length).map(({ row, name, entries }) =>
      `${keyText(keys.get(shownName({ interface: row.interface, name: row.resource })))}: ${constructorText(name, entries, texts)};`),
  ];
}

/// The declarations of a program, by its `meld.abi`; `host` is the module that
/// has `Resource`.
export function typesOf(abi, host) {
  const rows = (abi.resources ?? []).filter(({ resource }) => resource);
  const texts = new TypeTexts();
  for (const row of rows) texts.nameResource(row);
  texts.label(abi.types ?? []);
  const [ours, theirs] = [true, false].map((isOurs) => scopesOf(isOurs ? abi.imports : abi.exports, rows.filter(({ host }) => host === isOurs), texts));
  const each = (scopes, make) => [...scopes.values()].flatMap(({ resources }) => resources.map(({ name, entries }) => make(name, entries, texts)));
  const body = [
    ...each(theirs, classText),
    ...each(ours, interfaceText),
    scopeText('Exports', theirs, (scope) => exportLines(scope, texts)),
    scopeText('Imports', ours, (scope) => importLines(scope, texts, importKeys(abi))),
  ];
  return [`import { Resource } from ${JSON.stringify(host)};`, ...texts.definitions, ...body].join('\n\n') + '\n';
}

/// The way from the working folder to the host, as an import says it.
function hostPath() {
  const path = relative(process.cwd(), join(import.meta.dirname, 'meld-host.mjs'));
  return path.startsWith('.') ? path : `./${path}`;
}

if (process.argv[1] === import.meta.filename) {
  try {
    if (process.argv.length !== 3) throw new Error('usage: node host/js/types.mjs FILE');
    process.stdout.write(typesOf(readAbi(await compile(readFileSync(process.argv[2]))), hostPath()));
  } catch (error) {
    console.error(`types: ${error.message}`);
    process.exitCode = 1;
  }
}
