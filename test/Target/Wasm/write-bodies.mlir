// A guest's bodies in a merged module: copied, with the indices of the space.
// RUN: split-file %s %t
// RUN: wat2wasm --enable-multi-memory %t/guest.wat -o %t/guest.wasm
// RUN: meld-translate --wasm-to-mlir %t/guest.wasm | sed -n '/dialect_resources/,$p' > %t/blob
// RUN: (cat %t/merged.mlir; echo '{-#'; cat %t/blob) > %t/all.mlir
// RUN: meld-translate --mlir-to-wasm %t/all.mlir -o %t/all.wasm
// RUN: wasm-validate --enable-multi-memory %t/all.wasm
// RUN: wasm-interp --enable-multi-memory --run-all-exports %t/all.wasm | FileCheck %s
// RUN: sed 's/body 2 of @g/body 9 of @g/' %t/all.mlir > %t/bad.mlir
// RUN: not meld-translate --mlir-to-wasm %t/bad.mlir -o %t/bad.wasm 2>&1 | FileCheck %s --check-prefix=BAD
// RUN: sed 's/functions .* tables/functions [@log] tables/' %t/all.mlir > %t/short.mlir
// RUN: not meld-translate --mlir-to-wasm %t/short.mlir 2>&1 | FileCheck %s --check-prefix=SHORT

// CHECK: guest() => i32:1100
// CHECK: indirect() => i32:7

// BAD: error: 'wasm.bytes' op names body 9, but the module has 4 [not-writable]
// SHORT: error: index 1 is not in the `wasm.space`, which has 1 (byte 0x{{[0-9a-f]+}} of the module) [index-bounds]

//--- guest.wat
(module
  (type $nothing (func))
  (type $value (func (result i32)))
  (import "env" "log" (func $log (param i32)))
  (memory 1)
  (table 3 funcref)
  (global $unused i32 (i32.const 1))
  (global $base (mut i32) (i32.const 1000))
  (elem (i32.const 1) $seven)
  (data (i32.const 4) "\64")
  (func $nop (type $nothing))
  (func $seven (type $value) i32.const 7)
  (func $run (type $value)
    i32.const 5
    call $log
    i32.const 1
    if (result i32)
      global.get $base
      i32.const 0
      i32.load8_u offset=4
      i32.add
    else
      unreachable
    end)
  (func $indirect (type $value)
    call $nop
    i32.const 1
    call_indirect (type $value)))

//--- merged.mlir
wasm.module @merged {
  wasm.module "private" @guest bytes <guest.wasm> {
  }
  wasm.memory @own : !wasm.memory<1>
  wasm.memory @g.m : !wasm.memory<1>
  wasm.table @own_t : !wasm.table<1, funcref>
  wasm.table @g.t : !wasm.table<3, funcref>
  wasm.global @g.base : !wasm.global<mut i32> = body 1 of @g
  wasm.global @g.unused : !wasm.global<i32> = body 0 of @g
  wasm.space @g of @guest types [() -> (), () -> i32, (i32) -> ()]
    functions [@log, @g.nop, @g.seven, @g.run, @g.indirect] tables [@g.t]
    memories [@g.m] globals [@g.unused, @g.base] datas [@g.d] elems [@g.e]
  wasm.func @log(%v: i32) {
    wasm.return
  }
  wasm.bytes @g.run : () -> i32 = body 2 of @g
  wasm.bytes @g.indirect : () -> i32 = body 3 of @g
  wasm.bytes @g.nop : () -> () = body 0 of @g
  wasm.bytes @g.seven : () -> i32 = body 1 of @g
  wasm.data @g.d in @g.m = body 0 of @g
  wasm.elem @g.e in @g.t = body 0 of @g
  wasm.export "guest" @g.run : () -> i32
  wasm.export "indirect" @g.indirect : () -> i32
}

