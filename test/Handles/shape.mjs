//===- shape.mjs - a program that does with handles what it is told ------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// Four instances: two of one component that defines a resource, one in the
// middle that uses the first's and defines another, one that uses all three. In
// every call, also of a destructor, an instance asks its function `step` of the
// host what to do, tells what the operation before gave, and does it until it is
// told to return. So the host sees every index of every table.
//
// An answer is a number of 64 bits: the position in `operationsOf` in the low
// byte, one operand in the three bytes above, another in the high half.
//
//===---------------------------------------------------------------------===//

const own = (of) => ({ own: of });
const borrow = (of) => ({ borrow: of });

/// What one may do with the resource of `of`; names begin with `prefix`.
const functionsOf = (of, prefix = '') => [
  { name: `${prefix}make`, params: [], result: own(of) },
  { name: `${prefix}take`, params: [own(of)] },
  { name: `${prefix}look`, params: [borrow(of)] },
  { name: `${prefix}both`, params: [borrow(of), own(of)], result: own(of) },
];

/// `defines` says whether it has a resource type, which has the name of the
/// instance; `knows` are the types of others that it uses.
export const shape = [
  { name: 'd1', defines: true, knows: [], imports: [], exports: functionsOf('d1') },
  { name: 'd2', defines: true, knows: [], imports: [], exports: functionsOf('d2') },
  {
    name: 'm', defines: true, knows: ['d1'], imports: ['d1'],
    exports: [...functionsOf('m'), ...functionsOf('d1', 'r-'), { name: 'two', params: [borrow('m'), borrow('d1'), borrow('d1')], result: own('d1') }],
  },
  { name: 'u', defines: false, knows: ['d1', 'd2', 'm'], imports: ['d1', 'd2', 'm'], exports: [{ name: 'run', params: [] }] },
];

const instance = (name) => shape.find((each) => each.name === name);
const typesOf = ({ name, defines, knows }) => [...(defines ? [name] : []), ...knows];

/// What an instance can be told, by position: { kind, of } or { kind: 'call', from, f }.
export function operationsOf(each) {
  const operations = [{ kind: 'return' }];
  if (each.defines) operations.push({ kind: 'new', of: each.name }, { kind: 'rep', of: each.name });
  for (const of of typesOf(each)) operations.push({ kind: 'drop', of });
  for (const from of each.imports) for (const f of instance(from).exports) operations.push({ kind: 'call', from, f });
  return operations;
}

//===----------------------------------------------------------------------===//
// As a component
//===----------------------------------------------------------------------===//

const typeText = (type) => (type.own ? `(own $${type.own})` : `(borrow $${type.borrow})`);
const functionText = ({ params, result }) =>
  `${params.map((type, i) => `(param "p${i}" ${typeText(type)})`).join(' ')}${result ? ` (result ${typeText(result)})` : ''}`;
const coreText = ({ params, result }) => `${'(param i32) '.repeat(params.length)}${result ? '(result i32)' : ''}`;

/// The core name of an operation that is a call of a function, and its type.
const coreName = ({ kind, of, from, f }) => (kind === 'call' ? `${from}.${f.name}` : `${kind}.${of}`);
const coreType = ({ kind, f }) => (kind === 'call' ? f : { params: [0], result: kind !== 'drop' });

/// The import of what `name` exports, and its resource type.
function importText(name) {
  const { exports, defines, knows } = instance(name);
  return `(import "${name}" (instance $${name}
      ${knows.map((of) => `(alias outer $C $${of} (type $${of}))`).join(' ')}
      ${defines ? `(export "r" (type $${name} (sub resource)))` : ''}
      ${exports.map((f) => `(export "${f.name}" (func ${functionText(f)}))`).join('\n      ')}))
    ${defines ? `(alias export $${name} "r" (type $${name}))` : ''}`;
}

/// One branch for each operation behind the first.
function branches(each) {
  return operationsOf(each).slice(1).map((operation, i) => {
    const { params, result } = coreType(operation);
    const operands = ['(local.get $a)', '(local.get $b)', '(local.get $b)'].slice(0, params.length).join(' ');
    const call = `(call $${coreName(operation)} ${operands})`;
    return `(if (i32.eq (local.get $op) (i32.const ${i + 1})) (then (local.set $last ${result ? call : `(i32.const 0)`}) ${result ? '' : call}))`;
  }).join('\n        ');
}

function coreModule(each) {
  const imports = operationsOf(each).slice(1).map((operation) => `(import "" "${coreName(operation)}" (func $${coreName(operation)} ${coreText(coreType(operation))}))`);
  const functions = each.exports.map(({ name, params, result }) => `(func (export "${name}") ${coreText({ params, result })}
      (call $tell (i32.const ${params.length}) ${[0, 1, 2].map((i) => (i < params.length ? `(local.get ${i})` : '(i32.const 0)')).join(' ')})
      ${result ? '' : '(drop)'})`);
  return `(core module $M
    ${imports.join('\n    ')}
    (import "" "step" (func $step (param i32) (result i64)))
    ${each.defines ? '(import "" "table" (table 1 funcref)) (elem (i32.const 0) $dtor)' : ''}
    ;; The arguments are told first, one after the other.
    (func $tell (param $n i32) (param i32 i32 i32) (result i32)
      (if (i32.ge_u (local.get $n) (i32.const 1)) (then (drop (call $step (local.get 1)))))
      (if (i32.ge_u (local.get $n) (i32.const 2)) (then (drop (call $step (local.get 2)))))
      (if (i32.ge_u (local.get $n) (i32.const 3)) (then (drop (call $step (local.get 3)))))
      (call $go))
    (func $go (result i32) (local $last i32) (local $answer i64) (local $op i32) (local $a i32) (local $b i32)
      (loop $next
        (local.set $answer (call $step (local.get $last)))
        (local.set $op (i32.and (i32.wrap_i64 (local.get $answer)) (i32.const 255)))
        (local.set $a (i32.shr_u (i32.wrap_i64 (local.get $answer)) (i32.const 8)))
        (local.set $b (i32.wrap_i64 (i64.shr_u (local.get $answer) (i64.const 32))))
        (if (i32.eqz (local.get $op)) (then (return (local.get $a))))
        ${branches(each)}
        (br $next))
      (unreachable))
    ${each.defines ? '(func $dtor (param i32) (drop (call $tell (i32.const 1) (local.get 0) (i32.const 0) (i32.const 0))))' : ''}
    ${functions.join('\n    ')})`;
}

function builtin(operation) {
  const { kind, of, from, f } = operation;
  const made = kind === 'call' ? `(canon lower (func $${from} "${f.name}"))` : `(canon resource.${kind} $${of})`;
  return `(core func $${coreName(operation)} ${made})`;
}

/// A function that is exported names the exported type, `$public`.
function componentText(each) {
  const operations = operationsOf(each).slice(1);
  const given = operations.map((operation) => `(export "${coreName(operation)}" (func $${coreName(operation)}))`);
  const dtor = `(core module $T (type $F (func (param i32))) (table (export "table") 1 funcref)
      (func (export "dtor") (param i32) (call_indirect (type $F) (local.get 0) (i32.const 0))))
    (core instance $t (instantiate $T))
    (type $${each.name} (resource (rep i32) (dtor (core func $t "dtor"))))`;
  const exported = (type) => typeText(type).replace(`$${each.name})`, '$public)');
  const signature = ({ params, result }) =>
    `${params.map((type, i) => `(param "p${i}" ${exported(type)})`).join(' ')}${result ? ` (result ${exported(result)})` : ''}`;
  return `(component $C
    (import "step" (func $step (param "last" u32) (result u64)))
    ${each.imports.map(importText).join('\n    ')}
    ${each.defines ? dtor : ''}
    ${operations.map(builtin).join('\n    ')}
    (core func $step' (canon lower (func $step)))
    ${coreModule(each)}
    (core instance $i (instantiate $M (with "" (instance ${given.join(' ')} (export "step" (func $step'))
      ${each.defines ? '(export "table" (table $t "table"))' : ''}))))
    ${each.defines ? `(export $public "r" (type $${each.name}))` : ''}
    ${each.exports.map((f) => `(func (export "${f.name}") ${signature(f)} (canon lift (core func $i "${f.name}")))`).join('\n    ')})`;
}

/// The text of the whole: it imports \`step-d1\`, ..., and exports \`run\`.
export function programText() {
  const parts = shape.map((each) => {
    const arguments_ = each.imports.map((name) => `(with "${name}" (instance $${name}))`).join(' ');
    return `(import "step-${each.name}" (func $step-${each.name} (param "last" u32) (result u64)))
  ${componentText(each).replace('(component $C', `(component $C-${each.name}`).replaceAll('outer $C ', `outer $C-${each.name} `)}
  (instance $${each.name} (instantiate $C-${each.name} (with "step" (func $step-${each.name})) ${arguments_}))`;
  });
  return `(component\n  ${parts.join('\n  ')}\n  (export "run" (func $u "run")))`;
}
