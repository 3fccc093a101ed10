//===- reader.test.mjs - the .wast reader --------------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readDirectives } from '../../utils/suite/directives.mjs';
import { readForms } from '../../utils/suite/reader.mjs';

/// A form as nested arrays; strings as { s }.
const plain = (node) => node.list?.map(plain) ?? node.atom ?? { s: node.bytes.toString() };
const read = (source) => readForms(source).map(plain);

test('forms nest, comments do not count', () => {
  const source = ';; a ( comment\n(a (b c)(; x (; ) ;) " ;)d) ;; "\n(e) ;;';
  assert.deepEqual(read(source), [['a', ['b', 'c'], 'd'], ['e']]);
});

test('strings hold parentheses, comments, escapes and bytes', () => {
  assert.deepEqual(read('("(;" ";;)" "a\\n\\t\\"\\\\\\u{26F3}⛳")'), [[{ s: '(;' }, { s: ';;)' }, { s: 'a\n\t"\\⛳⛳' }]]);
  assert.deepEqual(readForms('("\\00\\ff\\C3")')[0].list[0].bytes, Buffer.from([0, 0xff, 0xc3]));
});

test('places are those of the source', () => {
  const [, second] = readForms('(a\n"\n")\n\n  (b)');
  assert.deepEqual([second.line, second.start, second.end], [5, 11, 14]);
});

const broken = {
  '(a\n(b)': /f:1: parenthesis is not closed/,
  'a)': /f:1: parenthesis was not opened/,
  '\n(a "b)': /f:2: string is not closed/,
  '(a (; (; ;)': /f:1: comment is not closed/,
  '("\\q")': /f:1: unknown escape/,
  '(a ; b)': /f:1: unexpected ";"/,
};
for (const [source, message] of Object.entries(broken))
  test(`refused: ${JSON.stringify(source)}`, () => assert.throws(() => readForms(source, 'f'), { message }));

test('components: definition, instance, text, quote, binary', () => {
  const directives = readDirectives(`
    (component $a (core module))
    (component definition $b (import "x" (func)))
    (component instance $i $b)
    (component instance $j)
    (component quote "(core" " module)")
    (component binary "\\00as" "m")
    (component definition binary "x")
    (component)`);
  assert.deepEqual(directives.map(({ kind, name, definition }) => [kind, name, definition]), [
    ['component', '$a', undefined], ['definition', '$b', undefined], ['instance', '$i', '$b'], ['instance', '$j', undefined],
    ['component', undefined, undefined], ['component', undefined, undefined], ['definition', undefined, undefined],
    ['component', undefined, undefined],
  ]);
  assert.equal(directives[0].component.text, '(component $a (core module))');
  assert.equal(directives[1].component.text, '(component  $b (import "x" (func)))');
  assert.deepEqual(directives[4].component, { text: '(component (core module))', quoted: true });
  assert.equal(directives[5].component.bytes.toString('latin1'), '\0asm');
  assert.equal(directives[7].component.text, '(component)');
});

test('assertions and calls', () => {
  const directives = readDirectives(`
    (invoke $i "f")
    (assert_return (invoke "ns:p/i#f" (u32.const 1_0) (list.const (u8.const 2) (str.const "x"))) (u64.const 3))
    (assert_return (invoke "f"))
    (assert_trap (invoke "f") "unreachable")
    (assert_trap (component (core module)) "t")
    (assert_invalid (component quote "x") "i")
    (assert_malformed (component binary "x") "m")
    (assert_unlinkable (component) "u")
    (register "host" $i)`);
  assert.deepEqual(directives.map(({ kind }) => kind), [
    'invoke', 'assert_return', 'assert_return', 'assert_trap', 'assert_trap', 'assert_invalid', 'assert_malformed',
    'assert_unlinkable', 'register',
  ]);
  assert.deepEqual(directives[0].call, { instance: '$i', name: 'f', args: [] });
  assert.deepEqual(directives[1].call.args, [
    { type: 'u32.const', args: ['1_0'] },
    { type: 'list.const', args: [{ type: 'u8.const', args: ['2'] }, { type: 'str.const', args: ['x'] }] },
  ]);
  assert.deepEqual(directives[2].expected, []);
  assert.equal(directives[4].component.text, '(component (core module))');
  assert.deepEqual(directives.slice(3, 8).map(({ text }) => text), ['unreachable', 't', 'i', 'm', 'u']);
});

test('what is not understood is a directive of its own', () => {
  const kinds = readDirectives('(thread $t (invoke "f"))\n(assert_return (get "x"))\n(assert_invalid (module) "x")\nword');
  assert.deepEqual(kinds.map(({ kind, line, message }) => [kind, line, message]), [
    ['unknown', 1, 'unknown form `thread`'], ['unknown', 2, 'expected `invoke`'],
    ['unknown', 3, 'expected a component'], ['unknown', 4, 'unknown form `word`'],
  ]);
});
