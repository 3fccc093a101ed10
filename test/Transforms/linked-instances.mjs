//===- linked-instances.mjs - Random core instances that share things -----===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// Each module has a memory, a table and an object, and is given those of an
// instance before it. Segments go to both, few of them out of bounds; start
// functions look and write. `look` adds all that can be seen to a number that
// all instances share, so who does something too early or too late changes it.
//
//===---------------------------------------------------------------------===//

const repeat = (n, line) => Array.from({ length: n }, (_, i) => line(i)).join('\n');

const slots = 20;
const object = '(type $s (struct (field (mut i32))))';

const environment = (random) => `
  ${object}
  (global (export "seen") (mut i32) (i32.const 7))
  (memory (export "memory") 1)
  (table (export "table") ${slots} funcref)
  (global (export "object") (ref $s) (struct.new $s (i32.const 5)))
  (global (export "base") i32 (i32.const ${random(5)}))`;

/// What is taken into the number that tells everything apart.
const see = (value) => `(global.set $seen (i32.add (i32.mul (global.get $seen) (i32.const 31)) ${value}))`;

/// An offset; seldom one that is out of bounds or at its edge.
function offset(random, wide, end) {
  const type = wide ? 'i64' : 'i32';
  if (random(40) === 0) return `(${type}.const ${end - 2 + random(4)})`;
  if (random(2)) return `(${type}.const ${random(6)})`;
  if (wide) return `(offset (i64.add (global.get $base64) (i64.const ${random(4)})))`;
  return `(offset (i32.add (global.get ${random(2) ? '$base' : '$given_base'}) (i32.mul (i32.const 2) (i32.const ${random(3)}))))`;
}

/// The places of one kind: what is given, what is exported, and what nobody names.
function places(random, given, kind) {
  const wide = random(3) === 0;
  const address = (is) => (is ? 'i64' : '');
  const make = { memory: () => '1', table: () => `${slots} funcref` }[kind];
  return {
    wide,
    list: [[`$given_${kind}`, given], [`$${kind}`, wide], [`$unnamed_${kind}`, false]],
    imported: `(import "given" "${kind}" (${kind} $given_${kind} ${address(given)} ${make()}))`,
    defined: `(${kind} $${kind} (export "${kind}") ${address(wide)} ${make()}) (${kind} $unnamed_${kind} ${make()})`,
  };
}

const dataSegment = (random, { list }) => {
  const [place, wide] = list[random(3)];
  return `(data (memory ${place}) ${offset(random, wide, 65536)} "${'abcdefg'.slice(random(7), 7)}")`;
};

const elementSegment = (random, { list }) => {
  const [place, wide] = list[random(3)];
  const item = () => (random(5) ? `(ref.func $f${random(3)})` : '(ref.null func)');
  const elements = random(2) ? `func ${repeat(random(3), () => `$f${random(3)}`)}` : `funcref ${repeat(random(3), item)}`;
  return `(elem (table ${place}) ${offset(random, wide, slots)} ${elements})`;
};

/// A table of objects, and what is to be seen of it.
function objects(random, name) {
  const wide = random(3) === 0;
  const type = wide ? 'i64' : 'i32';
  const init = random(3) ? '(global.get $given_object)' : `(struct.new $s (i32.const ${random(90)}))`;
  const items = ['(item (global.get $given_object))', `(item (struct.new $s (i32.const ${random(90)})))`];
  const get = (i) => `(table.get ${name} (${type}.const ${i}))`;
  return {
    text: `(table ${name} ${wide ? 'i64' : ''} 3 (ref ${random(2) ? 'null' : ''} $s) ${init})
      ${repeat(random(2), () => `(elem (table ${name}) (${type}.const ${random(2)}) (ref $s) ${items[random(2)]})`)}`,
    seen: repeat(3, (i) => see(`(ref.eq ${get(i)} (global.get $given_object))`) + see(`(struct.get $s 0 ${get(i)})`)),
  };
}

/// The fields of a module that is given what `given` exports.
function module(random, given) {
  const memory = places(random, given.wideMemory, 'memory');
  const table = places(random, given.wideTable, 'table');
  const tables = Array.from({ length: random(3) }, (_, i) => objects(random, `$objects${i}`));
  const bytes = ([place, wide], i) => see(`(i32.load8_u ${place} (${wide ? 'i64' : 'i32'}.const ${i}))`);
  const slot = ([place, wide], i) => {
    const at = `(${wide ? 'i64' : 'i32'}.const ${i})`;
    return see(`(if (result i32) (ref.is_null (table.get ${place} ${at})) (then (i32.const 3)) (else (call_indirect ${place} (type $f) ${at})))`);
  };
  const all = (list, one) => list.slice(0, 2).map((place) => repeat(9, (i) => one(place, i))).join('\n');
  const text = `
    ${object} (type $f (func (result i32))) (type $bytes (array i8))
    (import "env" "seen" (global $seen (mut i32)))
    (import "given" "base" (global $given_base i32))
    (import "given" "object" (global $given_object (ref $s)))
    ${memory.imported} ${table.imported} ${memory.defined} ${table.defined}
    (global $base (export "base") i32 (i32.add (global.get $given_base) (i32.const ${random(3)})))
    (global $base64 i64 (i64.const ${random(4)}))
    (global (export "object") (ref $s) ${random(2) ? '(global.get $given_object)' : `(struct.new $s (i32.const ${random(90)}))`})
    (global (ref $bytes) (array.new_default $bytes (i32.const ${random(25) ? 3 : -1})))
    ${tables.map(({ text }) => text).join('\n')}
    ${repeat(3, (i) => `(func $f${i} (result i32) (i32.const ${random(99)}))`)}
    ${repeat(random(4), () => dataSegment(random, memory))}
    ${repeat(random(4), () => elementSegment(random, table))}
    (func $look (export "look")
      ${all(memory.list, bytes)} ${all(table.list, slot)} ${tables.map(({ seen }) => seen).join('\n')}
      ${see('(struct.get $s 0 (global.get $given_object))')})
    (func $start
      (call $look)
      (struct.set $s 0 (global.get $given_object) (i32.const ${random(90)}))
      (i32.store8 $given_memory (${given.wideMemory ? 'i64' : 'i32'}.const ${random(9)}) (i32.const ${1 + random(200)})))
    ${random(5) < 3 ? '(start $start)' : ''}`;
  return { text, wideMemory: memory.wide, wideTable: table.wide };
}

/// A program: `modules`, each the fields of one, and `instances`, each
/// `{ module, given }` by their numbers. Instance 0 is the environment.
export function program(random) {
  const modules = [{ text: environment(random), wideMemory: false, wideTable: false }];
  const instances = [{ module: 0 }];
  for (let number = 1; number <= 2 + random(4); number++) {
    const given = random(instances.length);
    modules.push(module(random, modules[instances[given].module]));
    for (let copies = random(3) ? 1 : 2; copies; copies--) instances.push({ module: number, given });
  }
  return { modules: modules.map(({ text }) => text), instances };
}

/// The program as a component whose `run` lets all look and gives the number.
export function component({ modules, instances }) {
  const rest = instances.slice(1);
  return `(component
    ${modules.map((text, i) => `(core module $m${i} ${text})`).join('\n')}
    ${instances.map(({ module, given }, i) => `(core instance $i${i} (instantiate $m${module}
      ${i ? `(with "env" (instance $i0)) (with "given" (instance $i${given}))` : ''}))`).join('\n')}
    (core module $run
      (import "env" "seen" (global $seen (mut i32)))
      ${rest.map((_, i) => `(import "i${i + 1}" "look" (func $look${i}))`).join('\n')}
      (func (export "run") (result i32) ${rest.map((_, i) => `(call $look${i})`).join(' ')} (global.get $seen)))
    (core instance $run (instantiate $run (with "env" (instance $i0)) ${rest.map((_, i) => `(with "i${i + 1}" (instance $i${i + 1}))`).join(' ')}))
    (func (export "run") (result u32) (canon lift (core func $run "run"))))`;
}
