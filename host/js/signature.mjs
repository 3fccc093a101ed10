//===- signature.mjs - arguments and results of one function -------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import { addressOf } from './addresses.mjs';
import { memberOf } from './names.mjs';
import { Mismatch, listed } from './scalars.mjs';
import { Undo } from './undo.mjs';
import { tupleType, valueType } from './values.mjs';

const maxFlatParams = 16;
const maxFlatResults = 1;

export const shownName = (entry) => (entry.interface ? `${entry.interface}#${entry.name}` : entry.name);

/// How the values of an entry of `meld.abi` pass: flat, or by a pointer where
/// they are too many.
export class Signature {
  constructor(entry) {
    const where = `function "${shownName(entry)}"`;
    this.entry = entry;
    this.address = addressOf(entry.address_type, where);
    this.params = entry.params.map((param) => valueType(param.type, where, this.address));
    this.result = entry.result == null ? null : valueType(entry.result, where, this.address);
    this.flatParams = this.params.reduce((count, type) => count + type.flat.length, 0);
    this.spills = this.flatParams > maxFlatParams;
    this.all = this.spills ? tupleType(this.params) : null;
    this.resultSpills = this.result !== null && this.result.flat.length > maxFlatResults;
  }

  /// The core arguments of a call of the program. Where one of them does not fit,
  /// no resource is given away.
  lowerArguments(args, side) {
    const { resources } = side;
    resources?.takeBack();
    side.undo = new Undo();
    try {
      return this.#lowerAll(args, side);
    } catch (error) {
      // By no call, as long as that is possible: the stack may be full.
      const { undo } = side;
      const { given } = undo;
      if (given !== null) for (let i = 0; i < given.length; i++) given[i].state.handle = given[i].handle;
      if (resources) {
        undo.next = resources.undone;
        resources.undone = undo;
        resources.takeBack();
      }
      throw error;
    } finally {
      side.undo = null;
    }
  }

  #lowerAll(args, side) {
    const { entry } = this;
    if (args.length !== this.params.length) throw new TypeError(countText(entry, args.length));
    const known = [];
    try {
      for (const type of this.params) known.push(type.read(args[known.length], side));
      side.undo.checkLent(side.resources);
      return this.#placed(known, side);
    } catch (error) {
      const param = entry.params[known.length]; // none where all were read
      throw named(param ? `argument "${param.name}"` : 'an argument', entry, error);
    }
  }

  #placed(known, side) {
    if (!this.spills) {
      const cores = [];
      const put = (core) => cores.push(core);
      for (let i = 0; i < known.length; i++) this.params[i].lower(known[i], put, side);
      return cores;
    }
    const at = side.allocate(this.all.size, this.all.alignment);
    this.all.store(side, at, known);
    return [this.address.lower(at)];
  }

  /// The value that the program returned as `core`.
  liftResult(core, side) {
    if (!this.result) return undefined;
    return this.resultSpills ? this.loadResult(this.address.lift(core), side) : this.result.lift(() => core, side);
  }

  /// The value at a pointer that the program gave.
  loadResult(at, side) {
    checkSpilled(side, at, this.result);
    return this.result.load(side, at);
  }

  /// The arguments that the program passes to a function of the host.
  liftArguments(cores, side) {
    if (!this.spills) {
      let next = 0;
      const take = () => cores[next++];
      return this.params.map((type) => type.lift(take, side));
    }
    const at = this.address.lift(cores[0]);
    checkSpilled(side, at, this.all);
    return this.all.load(side, at);
  }

  /// How many core values the arguments are.
  get argumentCount() {
    return this.spills ? 1 : this.flatParams;
  }

  /// Gives the result of a function of the host to the program: as a core
  /// value, or through the pointer behind the arguments.
  lowerResult(value, cores, side) {
    if (!this.result) return undefined;
    if (this.resultSpills) return this.storeResult(value, this.address.lift(cores[this.argumentCount]), side);
    let lowered;
    try {
      this.result.lower(this.result.read(value, side), (core) => (lowered = core), side);
    } catch (error) {
      throw named('the result', this.entry, error);
    }
    return lowered;
  }

  storeResult(value, at, side) {
    if (!this.result) return;
    checkSpilled(side, at, this.result);
    try {
      this.result.store(side, at, this.result.read(value, side));
    } catch (error) {
      throw named('the result', this.entry, error);
    }
  }
}

/// The object of a method is none of its arguments.
function countText(entry, got) {
  const self = memberOf(entry.name)?.kind === 'method' ? 1 : 0;
  const names = entry.params.slice(self).map(({ name }) => `"${name}"`);
  const takes = names.length === 0 ? 'no arguments' : `${names.length} argument${names.length > 1 ? 's' : ''} (${listed(names)})`;
  return `function "${shownName(entry)}" takes ${takes}, got ${Math.max(0, got - self)}`;
}

/// `error`; a Mismatch says what it is in, the part of that, and the function.
function named(what, entry, error) {
  return Mismatch.is(error) ? new TypeError(`${what}${error.path ?? ''} of "${shownName(entry)}": ${error.message}`) : error;
}

function checkSpilled(side, at, type) {
  side.checkRange(at, type.size, type.alignment, 'PointerOutOfBounds', 'pointer out of bounds of memory');
}
