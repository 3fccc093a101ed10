//===- component.mjs - core modules as a component ------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import { bytes, leb, name, preambles, section, vector } from '../bytes.mjs';

/// The module `spectest` that the assertions import.
export const spectest = `(module
  (global (export "global_i32") i32 (i32.const 666)) (global (export "global_i64") i64 (i64.const 666))
  (global (export "global_f32") f32 (f32.const 666.6)) (global (export "global_f64") f64 (f64.const 666.6))
  (table (export "table") 10 20 funcref) (table (export "table64") i64 10 20 funcref) (memory (export "memory") 1 2)
  (func (export "print")) (func (export "print_i32") (param i32)) (func (export "print_i64") (param i64))
  (func (export "print_f32") (param f32)) (func (export "print_f64") (param f64))
  (func (export "print_i32_f32") (param i32 f32)) (func (export "print_f64_f64") (param f64 f64)))`;

const u32 = 0x79;

/// A component of the modules [spectest, tested, driver], each instantiated with
/// what those before it export, which exports the functions `names` of the
/// driver, of type `func() -> u32`.
export function component(modules, imports, names) {
  const given = [[], imports.includes('spectest') ? [[name('spectest'), 0x12, 0]] : [], [[name('m'), 0x12, 1]]];
  const instances = section(2, vector(modules.map((_, i) => [0, i, vector(given[i])])));
  const aliases = section(6, vector(names.map((each) => [0, 0, 1, 2, name(each)])));
  const types = section(7, vector([[0x40, 0, 0, u32]]));
  const lifts = section(8, vector(names.map((_, i) => [0, 0, leb(i), 0, 0])));
  const exports = section(11, vector(names.map((each, i) => [0, name(each), 1, leb(i), 0])));
  return bytes([preambles.component, modules.map((module) => section(1, module)), instances, names.length ? [aliases, types, lifts, exports] : []]);
}

/// A component that holds a module and does nothing with it.
export const holding = (module) => bytes([preambles.component, section(1, module)]);
