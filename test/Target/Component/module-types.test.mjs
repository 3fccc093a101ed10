//===- module-types.test.mjs - what the round trip's text can tell -------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// The text that the round trip compares leaves out how a core module type comes
// to its types, and nothing else.
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toBinary } from '../../../utils/suite/binaries.mjs';
import { normalText } from './print.mjs';

/// The text of a component with a module type of these declarations.
const moduleType = async (declarations) => normalText(await toBinary({ text: `
  (component
    (core type (func (param i32)))
    (core type (sub (func)))
    (core rec (type (struct (field i32))) (type (array (ref null 2))))
    (core type (module ${declarations})))` }));

const same = (a, b) => async () => assert.equal(await moduleType(a), await moduleType(b));
const differ = (a, b) => async () => assert.notEqual(await moduleType(a), await moduleType(b));

const use = (index) => `(export "e" (func (type ${index})))`;
const global = (index) => `(export "g" (global (ref null ${index})))`;

test('a type that is declared twice', same(
  `(type (func)) (type (func)) (export "d" (func (type 0))) ${use(1)}`,
  `(type (func)) (export "d" (func (type 0))) ${use(0)}`));
test('a type that no one uses', same(`(type (func (param i64))) (type (func)) ${use(1)}`, `(type (func)) ${use(0)}`));
test('an alias and the type itself', same(`(alias outer 1 0 (type)) ${use(0)}`, `(type (func (param i32))) ${use(0)}`));
test('an alias that no one uses', same(`(alias outer 1 1 (type)) (type (func)) ${use(1)}`, `(type (func)) ${use(0)}`));
test('a group and an alias of its member', same(
  `(alias outer 1 3 (type)) ${global(0)}`,
  `(rec (type (struct (field i32))) (type (array (ref null 0)))) ${global(1)}`));

test('another parameter', differ(`(type (func (param i32))) ${use(0)}`, `(type (func (param i64))) ${use(0)}`));
test('an alias of another type', differ(`(alias outer 1 0 (type)) ${use(0)}`, `(alias outer 1 1 (type)) ${use(0)}`));
test('a final type and one that is not', differ(`(type (func)) ${use(0)}`, `(type (sub (func))) ${use(0)}`));
test('two members of a group', differ(`(alias outer 1 2 (type)) ${global(0)}`, `(alias outer 1 3 (type)) ${global(0)}`));
test('a group and a type alone', differ(
  `(rec (type (struct)) (type (array i8))) ${global(0)}`,
  `(type (struct)) ${global(0)}`));
test('members that refer to each other in another way', differ(
  `(rec (type (struct (field (ref null 0)))) (type (struct (field (ref null 0))))) ${global(0)}`,
  `(rec (type (struct (field (ref null 0)))) (type (struct (field (ref null 1))))) ${global(0)}`));
test('another name', differ(`(type (func)) ${use(0)}`, '(type (func)) (export "f" (func (type 0)))'));
test('one import less', differ('(import "a" "b" (memory 1)) (import "a" "c" (memory 1))', '(import "a" "b" (memory 1))'));
test('imports in another order', differ(
  '(import "a" "b" (memory 1)) (import "a" "c" (memory 1))',
  '(import "a" "c" (memory 1)) (import "a" "b" (memory 1))'));
