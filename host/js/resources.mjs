//===- resources.mjs - resources at the edge -----------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// What the program defines is a `Resource` here: an index in the table that the
// program keeps for the host. What the host defines is any object: the program
// gets a number for it, and gives that back or drops it.
//
//===---------------------------------------------------------------------===//

import { Numbered, handle } from './handles.mjs';
import { keysOf, memberOf, methodKey, staticKey } from './names.mjs';
import { Mismatch, mismatch } from './scalars.mjs';

const dispose = Symbol.dispose ?? Symbol.for('dispose');

/// What is known of a resource, { table, type, handle, isLent }, or undefined.
/// It is reached by this function alone: the names of members are the guest's.
let stateOf;

/// A resource that a program defines and the host owns. `drop()` ends it, and
/// so does `using`; what was given to the program, or dropped, cannot be used.
/// One that is not dropped lives as long as the program: the garbage collector
/// ends none, because destructors are calls, and those come when the host says.
/// One that an import is lent ends with the call of the import.
export class Resource {
  #state;

  constructor(state) {
    this.#state = state;
  }

  static {
    stateOf = (value) => (Object(value) === value && #state in value ? value.#state : undefined);
  }

  /// The name of its type in `meld.abi`.
  get type() {
    return this.#state.type;
  }

  drop() {
    end(this);
  }

  [dispose]() {
    end(this);
  }
}

/// Drops a resource of a program: false if it was given away or dropped before.
/// Where the program cannot be entered it stays as it is.
export function end(resource) {
  const state = stateOf(resource);
  const { table, type, handle } = state;
  if (handle === null) return false;
  state.handle = null;
  let isDropped = false;
  try {
    table.drop(type, handle);
    isDropped = true;
  } finally {
    if (!isDropped) state.handle = handle;
  }
  return true;
}

/// Tells a handle from the arguments of a constructor.
const handleOf = Symbol('handle');

/// What a constructor gave, whose type may be a `result`.
function constructed(value, type) {
  if (value?.tag === 'err') throw Object.assign(new Error(`the constructor of "${type}" failed`), { payload: value.val });
  return value?.tag === 'ok' ? value.val : value;
}

/// A member of a class, whatever the class has of that name already.
const define = (target, name, value) => Object.defineProperty(target, name, { value, writable: true, configurable: true });

/// The class of a resource that the program defines. `functions` are those of
/// its interface: `[constructor]r`, `[method]r.f`, `[static]r.f`.
function makeClass(shown, functions) {
  const construct = functions[`[constructor]${shown}`];
  const Class = class extends Resource {
    constructor(...args) {
      if (args[0] !== handleOf && !construct) throw new TypeError(`the resource "${shown}" has no constructor`);
      super(args[0] === handleOf ? args[1] : stateOf(constructed(construct(...args), shown)));
    }
  };
  const members = (kind, spell) => membersOf(shown, kind, spell, functions);
  for (const [key, f] of members('method', methodKey)) define(Class.prototype, key, function (...args) { return f(this, ...args); });
  for (const [key, f] of members('static', staticKey)) define(Class, key, f);
  return Class;
}

/// [key, function] of each method, or static function, of a resource.
function membersOf(shown, wanted, spell, functions) {
  const all = Object.keys(functions).map((name) => ({ name, ...memberOf(name) }));
  const own = all.filter(({ kind, resource }) => kind === wanted && resource === shown);
  return keysOf(own.map(({ member }) => member), spell).map((key, i) => [key, functions[own[i].name]]);
}

/// Objects of the host by their numbers, until the program has given these back.
class Objects {
  #rows = new Numbered();
  #owners = new Map(); // object -> how many numbers the program owns it by

  add(object, lent) {
    const number = this.#rows.add({ object, lent }); // first: the stack may be too full for it
    if (!lent) this.#owners.set(object, (this.#owners.get(object) ?? 0) + 1);
    return number;
  }

  isOwned(object) {
    return this.#owners.has(object);
  }

  get(number) {
    const row = this.#rows.get(number);
    if (!row) throw new Error(`the program names the resource ${number} of the host, which is not there`);
    return row;
  }

  take(number) {
    const row = this.get(number);
    this.#rows.remove(number);
    if (!row.lent) this.#disown(row.object);
    return row;
  }

  #disown(object) {
    const others = this.#owners.get(object) - 1;
    if (others) this.#owners.set(object, others);
    else this.#owners.delete(object);
  }
}

/// The resources of one program.
export class Resources {
  #own = new Map(); // name in `meld.abi` -> class
  #ofHost = new Map(); // name in `meld.abi` -> { objects, Class, destroy }
  /// What calls have to take back still, because the stack was too full for it: a
  /// list of Undo.
  undone = null;
  #shown; // name in `meld.abi` -> name in WIT

  /// `rows` are `resources` of `meld.abi`; `drop(type, handle)` drops what the
  /// program defines.
  constructor(rows, drop) {
    this.drop = drop;
    this.#shown = new Map(rows.map(({ name, resource }) => [name, resource]));
    for (const row of rows)
      if (row.host) this.#ofHost.set(row.name, { objects: new Objects(), destroy: (object) => object[dispose]?.() });
  }

  /// The class of a resource of the program, whose handles are its objects from
  /// now on.
  defineOwn(name, shown, functions) {
    const Class = makeClass(shown, functions);
    this.#own.set(name, Class);
    return Class;
  }

  #object(name, handle, isLent = false) {
    const Class = this.#own.get(name);
    const state = { table: this, type: name, handle, isLent };
    return Class ? new Class(handleOf, state) : new Resource(state);
  }

  /// What the user says of a resource of the host: the class of its objects,
  /// and what ends one. Without a class every object will do.
  define(name, { Class, destroy }) {
    const kind = this.#ofHost.get(name);
    kind.Class = Class;
    if (destroy) kind.destroy = destroy;
  }

  /// `[resource-drop]r` of a resource of the host. What was lent stays alive,
  /// and so does what functions of the host have given more than once, until the
  /// last of it is back.
  dropOfHost(name, number) {
    const kind = this.#ofHost.get(name);
    const { object, lent } = kind.objects.take(number >>> 0);
    if (!lent && !kind.objects.isOwned(object)) kind.destroy(object);
  }

  liftOwn(name, index) {
    const kind = this.#ofHost.get(name);
    return kind ? kind.objects.take(index).object : this.#object(name, index);
  }

  /// A borrow of what the program defines is a handle that ends with the call:
  /// `side` collects those.
  liftBorrow(name, index, side) {
    const kind = this.#ofHost.get(name);
    if (kind) return kind.objects.get(index).object;
    const resource = this.#object(name, index, true);
    side.lend(resource);
    return resource;
  }

  /// `undo` takes what takes the value back, if others of the same call do not fit
  /// (null for a result). An argument is given once, and not also lent; a function
  /// of the host may give what is the program's already, as WASI does with its
  /// streams.
  lowerOwn(name, value, undo) {
    const kind = this.#ofHost.get(name);
    if (kind) this.#checkOfHost(kind, name, value);
    if (undo?.isLent(value)) throw new Mismatch(`the resource ${this.nameOf(name)} is lent in the same call, and cannot be given away`);
    if (!kind) return this.#give(name, value, undo);
    if (undo && kind.objects.isOwned(value)) throw new Mismatch(`the object, a resource ${this.nameOf(name)}, was given to the program before`);
    return this.#add(kind, value, false, undo);
  }

  lowerBorrow(name, value, undo) {
    const kind = this.#ofHost.get(name);
    const lowered = kind ? this.#lend(kind, name, value, undo) : this.#usable(name, value).handle;
    undo?.lend(value);
    return lowered;
  }

  /// Throws if a resource that was lent is not there any more.
  checkLent(value) {
    const state = stateOf(value);
    if (state?.handle === null) throw this.#gone(state.type);
  }

  takeBack() {
    for (; this.undone !== null; this.undone = this.undone.next) this.undone.run();
  }

  /// A resource of the program as messages name it.
  nameOf(type) {
    return `"${this.#shown.get(type) ?? type}"`;
  }

  #gone(type) {
    return new Mismatch(`the resource ${this.nameOf(type)} was given away or dropped`);
  }

  /// The state of a resource of the program, which can be used.
  #usable(name, value) {
    const state = stateOf(value);
    if (!state) throw mismatch(`own or borrow of ${this.nameOf(name)}`, value);
    if (state.table !== this) throw new Mismatch(`the resource ${state.table.nameOf(state.type)} is one of another program`);
    if (state.type !== name) throw new Mismatch(`expected own or borrow of ${this.nameOf(name)}, got a resource ${this.nameOf(state.type)}`);
    if (state.handle === null) throw this.#gone(name);
    return state;
  }

  #give(name, value, undo) {
    const state = this.#usable(name, value);
    const { handle } = state;
    if (state.isLent) throw new Mismatch(`the resource ${this.nameOf(name)} is lent for this call, and cannot be given away`);
    undo?.give(state); // first: where the stack is full, nothing was given
    state.handle = null;
    return handle;
  }

  #lend(kind, name, value, undo) {
    this.#checkOfHost(kind, name, value);
    return this.#add(kind, value, true, undo);
  }

  #checkOfHost({ Class }, name, value) {
    if (Object(value) !== value || (Class && !(value instanceof Class))) throw mismatch(`own or borrow of ${this.nameOf(name)}`, value);
  }

  #add({ objects }, value, lent, undo) {
    let number = null;
    undo?.push(() => number !== null && objects.take(number));
    return (number = objects.add(value, lent));
  }
}

/// Codecs as in values.mjs.
export const ownType = (name) =>
  handle((side, index) => side.resources.liftOwn(name, index), (side, value) => side.resources.lowerOwn(name, value, side.undo));
export const borrowType = (name) =>
  handle((side, index) => side.resources.liftBorrow(name, index, side), (side, value) => side.resources.lowerBorrow(name, value, side.undo));
