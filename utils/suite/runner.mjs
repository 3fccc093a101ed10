//===- runner.mjs - run the directives of one file -----------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toBinary } from './binaries.mjs';
import { reasonDiffers } from './reasons.mjs';
import { planLinks } from './links.mjs';
import { trapDiffers } from './traps.mjs';
import { differs, toValue } from './values.mjs';
import { EngineLacks } from './wabt.mjs';

/// Why a directive failed. Anything else that is thrown is a fault of the
/// runner, the host or the engine, and fails the directive as well.
class Failure extends Error {}

const fail = (message) => { throw new Failure(message); };

/// What two ways of writing a message have in common.
const letters = (message) => message.toLowerCase().replace(/[^a-z]/g, '');

/// Runs `work` on all items, `width` at a time.
async function inParallel(items, width, work) {
  const rest = items.entries();
  const lane = async () => { for (const [i, item] of rest) await work(item, i); };
  await Promise.all(Array.from({ length: width }, lane));
}

/// Rules by which a valid component is refused because a core module can have
/// no such import or export.
const unhosted = ['root-import', 'root-export'];

export class FileRunner {
  #definitions = new Map();
  #instances = new Map();
  #current = null;

  /// `options`: { fuser, host, trapKinds, directory, jobs }.
  constructor(options) {
    Object.assign(this, options);
  }

  /// Makes a binary of every component of the file, and asks the fuser what it
  /// says: an outcome each, as judge() of fuser.mjs gives it. Of what is only
  /// defined or has to be refused it is asked whether it is valid; the rest is
  /// fused, with what it imports from other components of the file, into
  /// `output`.
  async prepare(directives) {
    const plan = planLinks(directives);
    const withComponent = directives.filter((directive) => directive.component);
    await inParallel(withComponent, this.jobs, async (directive, i) => {
      directive.fused = await this.#prepareOne(directive, plan, join(this.directory, `${i}`));
    });
  }

  async #prepareOne(directive, { links, instantiated }, stem) {
    const inputs = [];
    try {
      for (const [n, component] of [directive.component, ...(links.get(directive) ?? [])].entries()) {
        inputs.push(`${stem}.${n}.wasm`);
        writeFileSync(inputs[n], await toBinary(component));
      }
    } catch (error) {
      return { ok: false, level: 'text', message: error.message };
    }
    const { kind } = directive;
    const valid = kind === 'definition' || kind === 'assert_invalid' || kind === 'assert_malformed';
    const checked = valid ? await this.fuser.check(inputs[0]) : { ok: true };
    if (!checked.ok || (valid && !instantiated.has(directive))) return checked;
    const output = `${stem}.fused.wasm`;
    return { ...(await this.fuser.fuse(inputs, output)), output };
  }

  /// Runs one prepared directive. Returns { outcome, message }.
  async run(directive) {
    try {
      await this[`_${directive.kind}`](directive);
      return { outcome: 'pass', message: '' };
    } catch (error) {
      if (error instanceof EngineLacks) return { outcome: 'skip', message: error.message };
      return { outcome: 'fail', message: error instanceof Failure ? error.message : `${error?.name}: ${error?.message}` };
    }
  }

  #mustBeFused({ fused }) {
    if (!fused.ok) fail(fused.level === 'text' ? `the text is not taken: ${fused.message}` : `${fused.level}: ${fused.message}`);
    return readFileSync(fused.output);
  }

  async #instantiate(bytes, name) {
    this.#current = null;
    if (name) this.#instances.delete(name);
    const keep = (instance) => {
      this.#current = instance;
      if (name) this.#instances.set(name, instance);
    };
    try {
      keep(await this.host.instantiate(bytes, {}, { trapKinds: this.trapKinds }));
    } catch (error) {
      // What needs the instance cannot be run either.
      if (error instanceof EngineLacks) keep({ lacks: error });
      throw error;
    }
  }

  #define({ name }, bytes) {
    this.#definitions.set(name, bytes);
    this.#definitions.set(undefined, bytes); // without a name: the last one
  }

  async _component(directive) {
    this.#current = null;
    if (directive.name) this.#instances.delete(directive.name);
    // No host can instantiate it: then it has to be valid, and that is known.
    if (!directive.fused.ok && unhosted.includes(directive.fused.rule)) return;
    const bytes = this.#mustBeFused(directive);
    this.#define(directive, bytes);
    await this.#instantiate(bytes, directive.name);
  }

  async _definition(directive) {
    this.#definitions.delete(directive.name);
    this.#definitions.delete(undefined);
    if (!directive.fused.ok) this.#mustBeFused(directive);
    if (directive.fused.output) this.#define(directive, this.#mustBeFused(directive));
  }

  async _instance({ name, definition }) {
    this.#current = null;
    if (name) this.#instances.delete(name);
    const bytes = this.#definitions.get(definition) ?? fail(`no definition ${definition ?? 'yet'} that was fused`);
    await this.#instantiate(bytes, name);
  }

  async _register({ instance }) {
    if (instance ? !this.#instances.has(instance) : !this.#current) fail(`no instance${instance ? ` ${instance}` : ''} to register`);
  }

  async _unknown({ message }) {
    fail(message);
  }

  #function({ instance, name }) {
    const program = instance ? this.#instances.get(instance) : this.#current;
    if (program?.lacks) throw program.lacks;
    if (!program) fail(instance ? `no instance ${instance}` : 'no instance: its directive failed');
    const [scope, f] = name.includes('#') ? name.split('#') : [null, name];
    const entry = program.abi.exports.find((e) => e.interface === scope && e.name === f) ?? fail(`no export "${name}"`);
    return { entry, call: (scope ? program.exports[scope] : program.exports)[f] };
  }

  /// Calls what a directive names. Returns { value, type } or { trap }.
  async #invoke(call) {
    const { entry, call: f } = this.#function(call);
    const args = call.args.map((arg, i) => {
      try {
        return toValue(arg, entry.params[i]?.type);
      } catch (error) {
        return fail(`argument ${i + 1}: ${error.message}`);
      }
    });
    try {
      return { value: await f(...args), type: entry.result };
    } catch (error) {
      if (!(error instanceof this.host.MeldTrap)) throw error;
      return { trap: error };
    }
  }

  async _invoke({ call }) {
    const { trap } = await this.#invoke(call);
    if (trap) fail(`trap: ${trap.message}`);
  }

  async _assert_return({ call, expected }) {
    const { trap, value, type } = await this.#invoke(call);
    if (trap) fail(`trap: ${trap.message}`);
    const wrong = differs(value, type, expected);
    if (wrong) fail(wrong);
  }

  async _assert_trap(directive) {
    const trap = directive.call ? (await this.#invoke(directive.call)).trap : await this.#instantiationTrap(directive);
    if (!trap) fail(`expected the trap "${directive.text}", but there was none`);
    const wrong = trapDiffers(trap, directive.text, this.trapKinds);
    if (wrong) fail(wrong);
  }

  async #instantiationTrap(directive) {
    const bytes = this.#mustBeFused(directive);
    try {
      await this.#instantiate(bytes, directive.name);
    } catch (error) {
      if (!(error instanceof this.host.MeldTrap)) throw error;
      return error;
    }
    return undefined;
  }

  #mustBeRejected({ fused, component, text }, level) {
    if (fused.ok) fail(`accepted, but it is ${level}: ${text}`);
    // Quoted text is malformed as text, which is for the tool that reads it.
    if (level === 'malformed' && component.quoted && fused.level === 'text') {
      if (!letters(fused.message).includes(letters(text))) fail(`expected "${text}", the text is refused for another reason: ${fused.message}`);
      return;
    }
    if (fused.level !== level)
      fail(`expected the level ${level} (${text}), got ${fused.level}${component.quoted ? ' (quoted text)' : ''}: ${fused.message}`);
    const wrong = reasonDiffers(fused.rule, text);
    if (wrong) fail(`${wrong}: ${fused.message}`);
  }

  async _assert_invalid(directive) {
    this.#mustBeRejected(directive, 'invalid');
  }

  async _assert_malformed(directive) {
    this.#mustBeRejected(directive, 'malformed');
  }

  async _assert_unlinkable(directive) {
    this.#mustBeRejected(directive, 'invalid');
  }
}
