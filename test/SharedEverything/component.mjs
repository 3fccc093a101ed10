//===- component.mjs - a component of modules that share everything ------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// What a dynamic linker does, written as a component: a module that defines the
// memory, the table, the stack pointer, the bases and the global offset table;
// the modules, each given what stands before it; and a module whose start
// function fills the offset table, then relocates data and calls constructors.
//
//===---------------------------------------------------------------------===//

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toBinary, toText } from '../../utils/suite/binaries.mjs';

const flags = ['--target=wasm32-unknown-unknown', '-O2', '-ffreestanding', '-fPIC', '-fvisibility=default',
  '-mextended-const', '-Wall', '-Werror', '-c'];

/// Compiles SOURCE to a shared module; the bytes.
export function buildShared(source, directory, name) {
  const object = join(directory, `${name}.o`), output = join(directory, `${name}.so.wasm`);
  execFileSync(process.env.MELD_CLANG ?? 'clang-22', [...flags, source, '-o', object], { stdio: 'inherit' });
  execFileSync(process.env.MELD_WASM_LD ?? 'wasm-ld-22',
    ['--experimental-pic', '-shared', '--unresolved-symbols=import-dynamic', object, '-o', output], { stdio: 'inherit' });
  return readFileSync(output);
}

/// { memory, alignment, table }: what the section `dylink.0` asks for.
function readDylink(module) {
  const bytes = new Uint8Array(WebAssembly.Module.customSections(module, 'dylink.0')[0]);
  let at = 2; // the part that says sizes comes first: its code and length
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  return { memory: number(), alignment: 1 << number(), table: number() };
}

const tableSize = 64;

/// Places the modules; `bases[i]` is { memory, table } of module i.
function place(modules) {
  let memory = 1024, table = 1;
  const bases = modules.map((module) => {
    const wanted = readDylink(module);
    memory = Math.ceil(memory / wanted.alignment) * wanted.alignment;
    const base = { memory, table };
    memory += wanted.memory;
    table += wanted.table;
    return base;
  });
  return { bases, nextSlot: table };
}

const relocate = ['__wasm_apply_data_relocs', '__wasm_call_ctors'];

/// The bytes of a component of the modules [[name, bytes]...], in an order in
/// which functions are defined before they are imported; it exports `function`
/// of the last, of type (s32) -> s32.
export async function linkShared(entries, exported) {
  const names = entries.map(([name]) => name);
  const modules = entries.map(([, bytes]) => new WebAssembly.Module(bytes));
  const texts = await Promise.all(entries.map(([, bytes]) => toText(bytes)));
  const { bases, nextSlot } = place(modules);

  /// By name of what is exported: by which module, and its kind.
  const owner = new Map();
  modules.forEach((module, i) => {
    for (const { name, kind } of WebAssembly.Module.exports(module))
      if (!relocate.includes(name)) owner.set(name, { module: names[i], base: bases[i], kind });
  });
  const got = (kind) => [...new Set(modules.flatMap((module) =>
    WebAssembly.Module.imports(module).filter((i) => i.module === kind).map((i) => i.name)))];
  const data = got('GOT.mem'), functions = got('GOT.func');

  const given = (i) => WebAssembly.Module.imports(modules[i]).filter((one) => one.module === 'env').map(({ name, kind }) => {
    const from = { __memory_base: `"memory_base_${i}"`, __table_base: `"table_base_${i}"` }[name];
    if (from) return `(export "${name}" (global $main ${from}))`;
    const defined = owner.get(name);
    const sort = kind === 'function' ? 'func' : kind;
    return `(export "${name}" (${sort} $${defined ? defined.module : 'main'} "${name}"))`;
  });
  const offsets = (kind, list) => list.length === 0 ? '' :
    `(with "${kind}" (instance ${list.map((name) => `(export "${name}" (global $main "${kind}.${name}"))`).join(' ')}))`;

  const starts = modules.map((module) => relocate.filter((name) =>
    WebAssembly.Module.exports(module).some((one) => one.name === name)));
  const text = `(component
    (core module $Main
      (memory (export "memory") 2)
      (table (export "__indirect_function_table") ${tableSize} funcref)
      (global (export "__stack_pointer") (mut i32) (i32.const 131072))
      ${bases.map(({ memory, table }, i) => `
        (global (export "memory_base_${i}") i32 (i32.const ${memory}))
        (global (export "table_base_${i}") i32 (i32.const ${table}))`).join('')}
      ${data.map((name) => `(global (export "GOT.mem.${name}") (mut i32) (i32.const 0))`).join('\n')}
      ${functions.map((name) => `(global (export "GOT.func.${name}") (mut i32) (i32.const 0))`).join('\n')})
    (core instance $main (instantiate $Main))
    ${names.map((name, i) => `
    ${texts[i].replace(/^\s*\(module(?: \$\S+)?/, `(core module $${name}_module`)}
    (core instance $${name} (instantiate $${name}_module
      (with "env" (instance ${given(i).join(' ')}))
      ${offsets('GOT.mem', data)} ${offsets('GOT.func', functions)}))`).join('')}
    (core module $Init
      (import "main" "__indirect_function_table" (table ${tableSize} funcref))
      ${data.map((name) => `
        (import "main" "GOT.mem.${name}" (global $mem.${name} (mut i32)))
        (import "${owner.get(name).module}" "${name}" (global $offset.${name} i32))`).join('')}
      ${functions.map((name) => `
        (import "main" "GOT.func.${name}" (global $func.${name} (mut i32)))
        (import "${owner.get(name).module}" "${name}" (func $${name} ${signatureOf(name, texts[names.indexOf(owner.get(name).module)])}))`).join('')}
      ${names.map((name, i) => starts[i].map((start) => `(import "${name}" "${start}" (func $${name}.${start}))`).join('')).join('\n')}
      (elem (i32.const ${nextSlot}) ${functions.map((name) => `$${name}`).join(' ')})
      (func $start
        ${data.map((name) => `(global.set $mem.${name} (i32.add (global.get $offset.${name}) (i32.const ${owner.get(name).base.memory})))`).join('\n')}
        ${functions.map((name, i) => `(global.set $func.${name} (i32.const ${nextSlot + i}))`).join('\n')}
        ${relocate.map((start) => names.filter((_, i) => starts[i].includes(start)).map((name) => `(call $${name}.${start})`).join(' ')).join('\n')})
      (start $start))
    (core instance $init (instantiate $Init (with "main" (instance $main))
      ${names.map((name) => `(with "${name}" (instance $${name}))`).join(' ')}))
    (func (export "${exported}") (param "x" s32) (result s32) (canon lift (core func $${names.at(-1)} "${exported}"))))`;
  return toBinary({ text });
}

/// `(param i32) (result i32)` of an exported function in the printed module.
function signatureOf(name, text) {
  const type = new RegExp(`\\(func \\$${name} .*\\(type (\\S+)\\)`).exec(text)[1];
  const found = new RegExp(`\\(type (?:\\$\\S+ )?\\(;${type};\\) \\(func ?(.*)\\)\\)`).exec(text);
  return found[1];
}
