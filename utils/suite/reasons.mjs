//===- reasons.mjs - is a refusal the one that the suite means? ----------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// The suite gives a reason in the words of the reference validator. A rule of
// docs/Rules.md satisfies a text when a row has both; the first row whose text
// matches decides. An empty text asks for the level only.
//
//===---------------------------------------------------------------------===//

const rows = [
  // Malformed.
  ['unexpected-end', /^unexpected end-of-file$/],
  ['section-id', /^malformed section id$/],
  ['integer-encoding', /^integer too large$/],
  ['utf8-encoding', /^malformed UTF-8 encoding$/],
  ['section-order', /^section out of order$/],
  ['core-preamble', /^expected a version header for a module$/],
  ['component-preamble', /^(expected a version header for a component|unknown binary version)$/],
  ['unknown-code', /^invalid leading byte \(0x|^invalid boolean value$/],
  // Names.
  ['label-syntax', /^(record field|variant case|flag|enum tag|function parameter) name (cannot be empty|`\w+` is not in kebab case)$/],
  ['extern-name', /^(`.*` )?(is )?not in kebab case$|^is not a valid extern name$|^failed to find `\.` character$/],
  ['extern-name', /^empty (string|identifier segment)$|^unexpected (character|end of input)|^expected `\/` after|^trailing characters found/],
  ['implements-place', /^only instances|^name `.*` is not valid with `implements`$|^must be an interface$|^not a valid name$/],
  ['duplicate-name', /conflicts with previous|^duplicate |^(export )?name `.*` already defined$/],
  ['annotated-name', /^(function )?should |does not match expected resource name|^is not a func$|^static resource name is not known/],
  ['annotated-name', /^resource used in function does not have a name/],
  // Types.
  ['empty-type', /must have at least one|^cannot have more than 32 flags$/],
  ['stream-char', /^`stream<char>` is not valid$|^is not valid at this time$/],
  ['value-size', /^exceeds maximum byte size$/],
  ['borrow-position', /^function result cannot contain a `borrow` type$/],
  ['resource-place', /^resources can only be defined within a concrete component$/],
  ['destructor-type', /^wrong signature for a destructor$/],
  ['core-limits', /^memory size must be at most$/],
  ['type-kind', /^((core )?type index 0 is )?not an? (defined|function|instance|module|resource) type$|^invalid leading byte$/],
  ['visible-type', /^(func|type|instance) not valid to be used as (import|export)$/],
  // Indices and aliases.
  ['index-bounds', /index out of bounds$|^unknown (module|component)$/],
  ['outer-alias', /^invalid outer alias count/],
  ['outer-resource', /^transitively refers to resources$/],
  ['declared-alias', /^may only refer to types or instances$/],
  ['missing-export', /no export named `|^export `.*` for core instance 0 is not a tag$|^is not a module$/],
  // Instantiation.
  ['missing-argument', /^missing (import named `|module instantiation argument)|^does not export an item named `/],
  ['argument-sort', /^expected (func|component), found (component|instance)$/],
  ['ascribed-type', /^ascribed type of export is not compatible$/],
  ['argument-type', /^(expected|mismatch|type mismatch (in|with)) |^expected: \(func\)$|^resource types are not the same$|^missing expected (im|ex)port `/],
  // Canonical definitions.
  ['canon-options', /^canonical encoding option|is specified more than once$|cannot be specified for lowerings$|requires `memory` to also/],
  ['option-missing', /^canonical option `(memory|realloc)` is required$/],
  ['option-type', /^canonical option `.*` uses a core function with an incorrect signature$/],
  ['async-type', /^the `async` canonical option requires an async function type$/],
  ['lift-type', /^lowered (parameter|result) types `/],
  ['resource-local', /^not a local resource$/],
  // Core modules.
  ['operand-type', /^type mismatch$/],
];

/// Null, or what is wrong with a refusal by `rule` where the suite says `text`.
export function reasonDiffers(rule, text) {
  if (text === '') return null;
  const [wanted] = rows.find(([, pattern]) => pattern.test(text)) ?? [];
  if (!wanted) return `the suite's reason "${text}" is not in reasons.mjs`;
  return wanted === rule ? null : `expected the rule ${wanted} ("${text}"), got ${rule}`;
}
