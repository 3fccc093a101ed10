//===- links.test.mjs - components of a file that import each other ------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readDirectives } from '../../utils/suite/directives.mjs';
import { planLinks } from '../../utils/suite/links.mjs';

/// The texts that each component of `source` is fused with.
function linksOf(source) {
  const directives = readDirectives(source, 'x.wast');
  const { links, instantiated } = planLinks(directives);
  return {
    links: directives.filter((one) => one.component).map((one) => links.get(one).map(({ text }) => text)),
    instantiated: directives.filter((one) => instantiated.has(one)).map(({ name }) => name),
  };
}

const user = '(component (import "dep" (instance)))';
const wrapped = (text) => `(component ${text} (instance $instance (instantiate 0)) (export "dep" (instance $instance)))`;

test('a named component is imported by its name', () => {
  assert.deepEqual(linksOf(`(component $dep) ${user}`).links, [[], [wrapped('(component $dep)')]]);
});

test('so is an instance, and what is registered', () => {
  assert.deepEqual(linksOf(`(component definition $D) (component instance $dep $D) ${user}`),
    { links: [[], [wrapped('(component  $D)')]], instantiated: ['$D'] });
  assert.deepEqual(linksOf(`(component $x) (register "dep" $x) ${user}`).links[1], [wrapped('(component $x)')]);
  assert.deepEqual(linksOf(`(component $x) (register "dep") ${user}`).links[1], [wrapped('(component $x)')]);
});

test('what is not there, comes later or is nested is no import of the file', () => {
  assert.deepEqual(linksOf(`${user} (component $dep)`).links, [[], []]);
  assert.deepEqual(linksOf('(component $dep) (component (component (import "dep" (instance))))').links[1], []);
  assert.deepEqual(linksOf(`(component $dep binary "x") ${user}`).links[1], []);
});
