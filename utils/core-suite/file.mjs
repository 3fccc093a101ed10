//===- file.mjs - the modules of one .wast file ---------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFuser } from '../suite/fuser.mjs';
import { toBinary } from '../suite/binaries.mjs';
import { component, holding, spectest } from './component.mjs';
import { readCore } from './directives.mjs';
import { driverModule } from './driver.mjs';

/// What was found out about one module or action: pass, fail, or skip, with the
/// reason.
const pass = { outcome: 'pass', message: '' };
const fail = (message) => ({ outcome: 'fail', message });
const skip = (message) => ({ outcome: 'skip', message });

/// Whether a broken module is malformed or invalid is not told apart: the text
/// format knows some as malformed whose binary is only invalid. What is beyond
/// a limit is refused before it is seen that it is broken.
const refused = ({ level, rule }) => level === 'invalid' || level === 'malformed' || rule === 'input-limit';

/// In a component a module may not import two things of one name.
const onlyCore = ({ rule }) => rule === 'duplicate-name';

/// What the core specification refuses, and a proposal that engines ship has.
const elsewhere = { 'non-empty tag result type': 'stack switching has tags with results' };

/// The second module can only import what its text can name the type of.
const cannotImport = ({ rule, message }) => rule === 'argument-type' && message.startsWith('import "m" ');

const words = (error) => `${error.name}: ${error.message}`;

export class CoreFile {
  #spectest = toBinary({ text: spectest });
  #meld;
  #directory;

  /// `more` are words for `meld fuse`.
  constructor(meld, directory, more) {
    this.#meld = makeFuser([meld], '2026-08', more);
    this.#directory = directory;
  }

  /// The results of a file: [{ line, kind, outcome, message }].
  async run(source, file) {
    const results = [];
    let modules;
    try {
      modules = readCore(source, file);
    } catch (error) {
      return [{ file, line: 1, kind: 'text', ...skip(`not read: ${error.message}`) }];
    }
    for (const module of modules) {
      const add = (line, kind, result) => results.push({ file, line, kind, ...result });
      if (!module.module) {
        add(module.line, 'text', skip('quoted text is for the tool that reads it'));
        continue;
      }
      let bytes;
      try {
        bytes = await toBinary(module.module);
      } catch (error) {
        add(module.line, 'text', skip(`the text is not taken: ${error.message}`));
        continue;
      }
      add(module.line, module.want, await this.#verdict(bytes, module));
      if (module.instantiated) await this.#runActions(bytes, module.actions, add);
    }
    return results;
  }

  /// What `meld check` says, of the module and of a component that holds it.
  async #verdict(bytes, { want, why }) {
    if (Object.hasOwn(elsewhere, why)) return skip(elsewhere[why]);
    for (const [suffix, data, more] of [['core', bytes, ['--core']], ['component', holding(bytes), []]]) {
      const path = join(this.#directory, `${suffix}.wasm`);
      writeFileSync(path, data);
      const said = await this.#meld.check(path, more);
      const got = said.ok ? 'valid' : said.level;
      if (got === want || (want !== 'valid' && refused(said)) || (suffix === 'component' && onlyCore(said))) continue;
      return fail(`${suffix}: wanted ${want}, got ${got}: ${said.message ?? ''}`);
    }
    return pass;
  }

  /// Fuses the module with one that makes the actions, and runs them; Node also
  /// runs both as they are, and what it does is what the fused program has to do.
  async #runActions(bytes, actions, add) {
    const all = (result) => actions.forEach(({ line, kind }) => add(line, kind, result));
    if (!actions.length) return;
    let module;
    try {
      module = new WebAssembly.Module(bytes);
    } catch (error) {
      all(skip(`Node lacks it: ${error.message}`));
      return;
    }
    const imports = WebAssembly.Module.imports(module).map((each) => each.module);
    if (imports.some((each) => each !== 'spectest')) {
      all(skip('imports another module of the file'));
      return;
    }
    const types = new Map(WebAssembly.Module.exports(module).filter(({ kind }) => kind === 'function').map(({ name, type }) => [name, type]));
    const { text, names } = driverModule(actions, types);
    const modules = [await this.#spectest, bytes, await toBinary({ text })];
    const fused = await this.#fuse(modules, imports, [...names.values()]);
    if (fused.failure) return all(fused.failure);
    const instantiate = () => new WebAssembly.Instance(fused.module).exports;
    this.#compare(actions, names, new Program(() => linked(modules)), new Program(instantiate), add);
  }

  async #fuse(modules, imports, names) {
    const input = join(this.#directory, 'whole.wasm');
    const output = join(this.#directory, 'fused.wasm');
    writeFileSync(input, component(modules, imports, names));
    rmSync(output, { force: true });
    const said = await this.#meld.fuse([input], output);
    if (!said.ok) return { failure: onlyCore(said) || cannotImport(said) ? skip(said.message) : fail(`${said.level}: ${said.message}`) };
    try {
      return { module: new WebAssembly.Module(readFileSync(output)) };
    } catch (error) {
      return { failure: fail(`the fused module: ${words(error)}`) };
    }
  }

  /// What the fused program does, beside what it should do.
  #compare(actions, names, plain, fused, add) {
    let lost;
    for (const action of actions) {
      const name = names.get(action);
      if (!name) lost ??= `follows line ${action.line}, which is not run`;
      if (!name || lost) add(action.line, action.kind, skip(name ? lost : 'has values that are not compared'));
      else add(action.line, action.kind, this.#judge(action, plain.call(name), fused.call(name)));
    }
  }

  #judge({ kind }, plain, fused) {
    const traps = kind !== 'invoke' && kind !== 'assert_return';
    const show = ({ said, value }) => said ?? (value ? 'what is expected' : 'another value');
    if (traps === (plain.value === 1)) return fail(`Node itself gives ${show(plain)}`);
    if (plain.said !== fused.said || plain.value !== fused.value) return fail(`Node gives ${show(plain)}, the fused program ${show(fused)}`);
    return pass;
  }
}

/// The exports of the driver, where Node links the modules by itself.
function linked([first, second, third]) {
  const instance = (bytes, imports) => new WebAssembly.Instance(new WebAssembly.Module(bytes), imports).exports;
  return instance(third, { m: instance(second, { spectest: instance(first, {}) }) });
}

/// Calls functions of a program. One that has trapped may stay shut: what was
/// done before is done again in a new one.
class Program {
  #done = [];
  constructor(make) {
    this.make = make;
  }

  /// { value }, or { said: the words of a trap }.
  call(name) {
    try {
      this.exports ??= this.#again();
      const value = this.exports[name]();
      this.#done.push(name);
      return { value };
    } catch (error) {
      this.exports = undefined;
      return { said: words(error) };
    }
  }

  #again() {
    const exports = this.make();
    for (const name of this.#done) exports[name]();
    return exports;
  }
}
