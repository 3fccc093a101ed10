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

import { camel } from './names.mjs';
import { mismatch } from './scalars.mjs';

const dispose = Symbol.dispose ?? Symbol.for('dispose');

/// A resource that a program defines and the host owns. `drop()` ends it, and
/// so does `using`; what was given to the program, or dropped, cannot be used.
/// One that is not dropped lives as long as the program: the garbage collector
/// ends none, because destructors are calls, and those come when the host says.
/// One that an import is lent ends with the call of the import.
export class Resource {
  #table;
  #handle;
  #isLent;

  constructor(table, type, handle, isLent = false) {
    this.#table = table;
    this.type = type;
    this.#handle = handle;
    this.#isLent = isLent;
  }

  /// The index in the program's table for the host, of a resource of `type`.
  handleFor(type) {
    if (this.type !== type) throw new TypeError(`expected own or borrow of "${type}", got a resource "${this.type}"`);
    if (this.#handle === null) throw new TypeError(`the resource "${type}" was given away or dropped`);
    return this.#handle;
  }

  /// The same for a call that takes the resource.
  take(type) {
    const handle = this.handleFor(type);
    if (this.#isLent) throw new TypeError(`the resource "${type}" is lent for this call, and cannot be given away`);
    this.#handle = null;
    return handle;
  }

  drop() {
    const handle = this.#handle;
    this.#handle = null;
    if (handle !== null) this.#table.drop(this.type, handle);
  }

  [dispose]() {
    this.drop();
  }
}

/// Tells a handle from the arguments of a constructor.
const handleOf = Symbol('handle');

/// What a constructor gave, whose type may be a `result`.
function constructed(value, type) {
  if (value?.tag === 'err') throw Object.assign(new Error(`the constructor of "${type}" failed`), { payload: value.val });
  return value?.tag === 'ok' ? value.val : value;
}

/// The class of a resource that the program defines. `functions` are those of
/// its interface: `[constructor]r`, `[method]r.f`, `[static]r.f`.
function makeClass(table, name, shown, functions) {
  const construct = functions[`[constructor]${shown}`];
  const Class = class extends Resource {
    constructor(...args) {
      if (args[0] !== handleOf && !construct) throw new TypeError(`the resource "${shown}" has no constructor`);
      if (args[0] === handleOf) super(table, name, args[1], args[2]);
      else super(table, name, constructed(construct(...args), shown).take(name));
    }
  };
  for (const [key, f] of Object.entries(functions)) {
    const [, kind, resource, member] = /^\[(method|static)\]([^.]*)\.(.*)$/.exec(key) ?? [];
    if (resource !== shown) continue;
    if (kind === 'static') Class[camel(member)] = f;
    else Class.prototype[camel(member)] = function (...args) { return f(this, ...args); };
  }
  return Class;
}

/// Objects of the host by the numbers that a program knows them by, from 1. A
/// number is used again once the program has given it back.
class Objects {
  #rows = [undefined];
  #free = [];

  add(object, lent) {
    const number = this.#free.pop() ?? this.#rows.length;
    this.#rows[number] = { object, lent };
    return number;
  }

  get(number) {
    const row = this.#rows[number];
    if (!row) throw new Error(`the program names the resource ${number} of the host, which is not there`);
    return row;
  }

  take(number) {
    const row = this.get(number);
    this.#rows[number] = undefined;
    this.#free.push(number);
    return row;
  }
}

/// The resources of one program.
export class Resources {
  #own = new Map(); // name in `meld.abi` -> (handle) -> object
  #ofHost = new Map(); // name in `meld.abi` -> { objects, shown, Class, destroy }

  /// `rows` are `resources` of `meld.abi`; `drop(type, handle)` drops what the
  /// program defines.
  constructor(rows, drop) {
    this.drop = drop;
    for (const row of rows)
      if (row.host) this.#ofHost.set(row.name, { objects: new Objects(), shown: row.resource, destroy: (object) => object[dispose]?.() });
  }

  /// The class of a resource of the program, whose handles are its objects from
  /// now on.
  defineOwn(name, shown, functions) {
    const Class = makeClass(this, name, shown, functions);
    this.#own.set(name, (handle, isLent) => new Class(handleOf, handle, isLent));
    return Class;
  }

  #object(name, handle, isLent) {
    return this.#own.get(name)?.(handle, isLent) ?? new Resource(this, name, handle, isLent);
  }

  /// What the user says of a resource of the host: the class of its objects,
  /// and what ends one. Without a class every object will do.
  define(name, { Class, destroy }) {
    const kind = this.#ofHost.get(name);
    kind.Class = Class;
    if (destroy) kind.destroy = destroy;
  }

  /// `[resource-drop]r` of a resource of the host. What was lent stays alive.
  dropOfHost(name, number) {
    const kind = this.#ofHost.get(name);
    const { object, lent } = kind.objects.take(number >>> 0);
    if (!lent) kind.destroy(object);
  }

  liftOwn(name, index) {
    const kind = this.#ofHost.get(name);
    return kind ? kind.objects.take(index).object : this.#object(name, index);
  }

  /// A borrow of what the program defines is a handle that ends with the call:
  /// `lent` collects those.
  liftBorrow(name, index, lent) {
    const kind = this.#ofHost.get(name);
    if (kind) return kind.objects.get(index).object;
    const resource = this.#object(name, index, true);
    lent.push(resource);
    return resource;
  }

  lowerOwn(name, value) {
    return this.#number(name, value, false) ?? value.take(name);
  }

  lowerBorrow(name, value) {
    return this.#number(name, value, true) ?? value.handleFor(name);
  }

  #number(name, value, lent) {
    const kind = this.#ofHost.get(name);
    const fits = kind ? Object(value) === value && !(kind.Class && !(value instanceof kind.Class)) : value instanceof Resource;
    if (!fits) throw mismatch(`own or borrow of "${kind?.shown ?? name}"`, value);
    return kind?.objects.add(value, lent);
  }
}

function handle(lift, lower) {
  return {
    flat: ['i32'],
    size: 4,
    alignment: 4,
    lift: (take, side) => lift(side, take() >>> 0),
    lower: (value, put, side) => put(lower(side, value) | 0),
    load: (side, at) => lift(side, side.view.getUint32(at, true)),
    store: (side, at, value) => side.view.setUint32(at, lower(side, value), true),
  };
}

/// Codecs as in values.mjs.
export const ownType = (name) =>
  handle((side, index) => side.resources.liftOwn(name, index), (side, value) => side.resources.lowerOwn(name, value));
export const borrowType = (name) =>
  handle((side, index) => side.resources.liftBorrow(name, index, side.lent), (side, value) => side.resources.lowerBorrow(name, value));
