//===- binaries.mjs - component text to component binary -----------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

let generation = 0;
let current;

/// A panic inside the tools poisons their instance: then a fresh one is made,
/// by a query that makes the module new to the loader.
async function tools() {
  if (!current) {
    const entry = import.meta.resolve('@bytecodealliance/jco-transpile/wasm-tools');
    const module = await import(new URL(`../vendor/wasm-tools.js?${generation++}`, entry));
    await module.$init;
    current = module.tools;
  }
  return current;
}

/// What `use` makes of the tools. Throws an Error with their words.
async function withTools(use) {
  const loaded = await tools();
  try {
    return use(loaded);
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) current = undefined;
    throw new Error(String(error.payload ?? error.message).split('\n')[0]);
  }
}

/// The binary of a component given as { text } or { bytes }. The tool does not
/// validate. Throws an Error with its words if it does not take the text.
export async function toBinary({ text, bytes }) {
  return bytes ?? withTools(({ parse }) => Buffer.from(parse(text)));
}

/// The text of a binary. Throws an Error where the tool cannot print it.
export async function toText(bytes) {
  return withTools(({ print }) => print(bytes));
}
