//===- wit-text.mjs - types of a program in WIT --------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// Each type of `meld.abi` as WIT spells it, and as `meld inspect` prints it:
// `list<string>`, `record { x: u8, y: u8 }`. What has a name in WIT is written
// out, because who reads it has to write a value.
//
//===---------------------------------------------------------------------===//

import { isNothing, typeName } from './values.mjs';

/// Characters of a type before the rest is cut off: as a tree, one can be
/// exponentially longer than its definition.
const longest = 400;

/// The parts of a type, in order: texts, and { type }, { resource } and { parts }
/// that are still to be written.
const word = (name, parts) => (parts.length ? [name, '<', ...comma(parts), '>'] : [name]);
const block = (name, members) => [`${name} { `, ...comma(members), ' }'];
const comma = (parts) => parts.flatMap((part, i) => (i ? [', ', part] : [part]));
const of = (type) => (isNothing(type) ? '_' : { type });
const maybe = (type) => (isNothing(type) ? [] : [{ type }]);
const members = (...parts) => ({ parts });

const formers = {
  list: ({ list, length }) => word('list', [of(list), ...(length === undefined ? [] : [String(length)])]),
  map: ({ map }) => word('map', map.map(of)),
  tuple: ({ tuple }) => word('tuple', tuple.map(of)),
  option: ({ option }) => word('option', [of(option)]),
  result: ({ result: [ok, err] }) => word('result', isNothing(err) ? maybe(ok) : [of(ok), of(err)]),
  stream: ({ stream }) => word('stream', maybe(stream)),
  future: ({ future }) => word('future', maybe(future)),
  own: ({ own }) => word('own', [{ resource: own }]),
  borrow: ({ borrow }) => word('borrow', [{ resource: borrow }]),
  record: ({ record }) => block('record', record.map(([label, type]) => members(`${label}: `, of(type)))),
  variant: ({ variant }) => block('variant', variant.map(([label, type]) => (isNothing(type) ? label : members(`${label}(`, of(type), ')')))),
  flags: ({ flags }) => block('flags', flags),
  enum: (type) => block('enum', type.enum),
};

/// The text of a type of `meld.abi`; one that is long ends in `...`. `nameOf` may
/// say another name for a resource.
export function witText(type, nameOf = (resource) => resource) {
  let text = '';
  const write = (part) => {
    if (text.length > longest) return;
    if (typeof part === 'string') text += part;
    else if (part.resource !== undefined) text += nameOf(part.resource);
    else (part.parts ?? formers[typeName(part.type)]?.(part.type) ?? [typeName(part.type)]).forEach(write);
  };
  write({ type });
  return text.length > longest ? `${text.slice(0, longest)}...` : text;
}
