//===- copy.mjs - a bare memory.copy -------------------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';

const text = `(module (memory 2) (memory $other 2)
  (func (export "copy") (param $count i32) (param $size i32)
    (loop $again
      (memory.copy 0 $other (i32.const 0) (i32.const 0) (local.get $size))
      (br_if $again (local.tee $count (i32.sub (local.get $count) (i32.const 1)))))))`;

/// A function that makes `count` copies of `size` bytes from one memory to
/// another: the least that it costs to move them.
export async function makeBareCopy() {
  const { instance } = await WebAssembly.instantiate(await parse(text));
  return instance.exports.copy;
}
