//===- meld-host.d.mts - types of meld-host.mjs --------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

/// The version of the host ABI that this host speaks.
export const abiVersion: 1;

/// A type of `meld.abi`, with no references to shared types.
export type AbiType = string | { readonly [former: string]: any };

export interface AbiFunction {
  name: string;
  interface: string | null;
  core: string;
  module?: string;
  async: boolean;
  params: { name: string; type: AbiType }[];
  result: AbiType | null;
  [more: string]: unknown;
}

export interface AbiResource {
  name: string;
  interface: string | null;
  resource: string | null;
  host: boolean;
  dtor?: string;
}

/// The custom section `meld.abi`, as docs/HostABI.md describes it.
export interface Abi {
  version: 1;
  async: boolean;
  exports: AbiFunction[];
  imports: AbiFunction[];
  resources?: AbiResource[];
  types?: { name: string; interface: string | null; type: AbiType }[];
  memories: string[];
  [more: string]: unknown;
}

/// Reads `meld.abi`. Throws an Error if it is missing, broken, or of another version.
export function readAbi(module: WebAssembly.Module): Abi;

/// Where a trap was: what OffsetMap.locate of offset-map.mjs gives.
export interface Place {
  function: string;
  index: number;
  kind: 'guest' | 'generated' | 'runtime';
  instances: string[][];
  origin?: { file: string; offset: number } | { file: string; line: number; column: number };
}

/// A trap of a program, after which nothing enters it. `cause` is what was thrown.
export class MeldTrap extends Error {
  /// Number and name of a row of Traps.def; 0 and "Guest" for a trap of the guest's own.
  readonly kind: number | undefined;
  readonly id: string | undefined;
  /// The number that the kind speaks of, for example a handle.
  readonly argument: number;
  /// Where the program was, innermost first; empty without a map.
  readonly places: Place[];
}

/// A resource that a program defines and the host owns.
export class Resource {
  protected constructor(...args: never);
  /// The name of its type in `meld.abi`.
  get type(): string;
  /// Ends it. What was given to the program, or dropped, cannot be used.
  drop(): void;
  [Symbol.dispose](): void;
}

/// Marks an interface, which is returned: its functions give what is `ok`, and
/// throw what is `err`, or an Error whose `payload` that is.
export function throwing<Scope extends object>(scope: Scope): Scope;

export interface TrapKind {
  number: number;
  id: string;
  text: string;
}

export interface Options {
  /// Other kinds of traps than those that this host knows.
  trapKinds?: readonly TrapKind[];
  /// An OffsetMap (offset-map.mjs), to say where a trap was.
  map?: object;
  instantiateCore?: (module: WebAssembly.Module, imports: WebAssembly.Imports) => WebAssembly.Instance | Promise<WebAssembly.Instance>;
}

export interface Program<Exports> {
  /// Functions and classes by name; those of an interface below its name.
  exports: Exports;
  abi: Abi;
  /// The exports of the core instance.
  core: WebAssembly.Exports;
}

type Source = BufferSource | WebAssembly.Module | Response;

/// Instantiates a fused program. docs/JavaScript.md says what imports and exports
/// look like. Throws an Error that names every import that is missing.
export function instantiate<Exports = Record<string, any>>(
  source: Source | Promise<Source>, imports?: object, options?: Options,
): Promise<Program<Exports>>;
