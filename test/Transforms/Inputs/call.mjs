// call.mjs FILE.wasm [NAME ARGUMENT...]...
//
// Instantiates a core module and calls its exports in order; `,` ends a call.
// Prints results, values of globals, traps, and the calls of imports, which return 0. Imported globals are 8.

import { readFileSync } from 'node:fs';

const [file, ...words] = process.argv.slice(2);
const module = new WebAssembly.Module(readFileSync(file));
const imports = {};
for (const { module: from, name, kind } of WebAssembly.Module.imports(module))
  (imports[from] ??= {})[name] =
    kind === 'function' ? (...args) => (console.log(`${from} ${name}(${args})`), 0) : kind === 'global' ? 8 : new WebAssembly.Memory({ initial: 1 });

function attempt(title, action) {
  try {
    const result = action();
    console.log(`${title} => ${result instanceof WebAssembly.Instance ? 'ok' : result}`);
    return result;
  } catch (error) {
    console.log(`${title} traps: ${error.message}`);
  }
}

const instance = attempt('instantiate', () => new WebAssembly.Instance(module, imports));
for (const call of words.join(' ').split(',').filter((text) => text.trim())) {
  const [name, ...args] = call.trim().split(' ');
  const item = instance.exports[name];
  if (item instanceof WebAssembly.Global) console.log(`${name} = ${item.value}`);
  else attempt(`${name}(${args})`, () => item(...args));
}
