// RUN: meld-translate --mlir-to-wasm %s -o %t.wasm
// RUN: wasm-validate --enable-multi-memory %t.wasm
// RUN: wasm-interp --enable-multi-memory --run-all-exports %t.wasm | FileCheck %s
// RUN: wasm2wat --enable-multi-memory %t.wasm | FileCheck %s --check-prefix=WAT
// RUN: wasm-objdump -x %t.wasm | FileCheck %s --check-prefix=SECTIONS

// Types with the same structure are written once.
// SECTIONS: Type[5]:
// SECTIONS: DataCount:
// SECTIONS: Custom:
// SECTIONS-NEXT: - name: "name"
// SECTIONS: func[2] <p.copy>
// SECTIONS: Custom:
// SECTIONS-NEXT: - name: "meld.abi"
wasm.module @values {
  wasm.memory @m : !wasm.memory<1>
  wasm.memory @n : !wasm.memory<1, 2>
  wasm.data @greeting in @n offset 8 "hello"
  wasm.data @numbers in @m offset 32 dense<[258, 3]> : tensor<2xi32>
  wasm.data @later "xyz"
  wasm.global @wide : !wasm.global<i64> = -2
  wasm.global @half : !wasm.global<f64> = 0.5

  // The start function has run already and dropped the segment.
  // CHECK: set_up() => error: out of bounds memory access
  wasm.func @set_up() {
    %p = wasm.const 100 : i32
    %one = wasm.const 1 : i32
    %two = wasm.const 2 : i32
    wasm.memory_init @m, @later, %p, %one, %two
    wasm.data_drop @later
    wasm.return
  }
  // CHECK: initialised() => i32:31353
  wasm.func @initialised() -> i32 {
    %p = wasm.const 100 : i32
    %r = wasm.load i32 as u16 @m %p
    wasm.return %r : i32
  }

  // WAT: i32.load8_u $n offset=8
  // WAT: memory.copy $m $n
  // CHECK: p.copy() => i32:111
  wasm.func @p.copy() -> i32 {
    %zero = wasm.const 0 : i32
    %five = wasm.const 5 : i32
    %eight = wasm.const 8 : i32
    %h = wasm.load i32 as u8 @n offset=8 %zero
    wasm.memory_copy @m, @n, %zero, %eight, %five
    %o = wasm.load i32 as s8 @m offset=4 %zero
    %e = wasm.compare eq %h, %zero : i32
    %r = wasm.select %e, %h, %o : i32
    wasm.return %r : i32
  }
  // CHECK: words() => i32:261
  wasm.func @words() -> i32 {
    %p = wasm.const 32 : i32
    %a = wasm.load i32 @m %p
    %b = wasm.load i32 @m offset=4 %p
    %r = wasm.binary add %a, %b : i32
    wasm.return %r : i32
  }
  // A value that is used twice goes through local.tee.
  // WAT-LABEL: (func $square
  // WAT: i64.load
  // WAT-NEXT: local.tee 0
  // WAT-NEXT: local.get 0
  // WAT-NEXT: i64.mul
  // CHECK: square() => i64:2650970112400
  wasm.func @square() -> i64 {
    %p = wasm.const 36 : i32
    %q = wasm.const 1628180 : i64
    wasm.store i64 @m %p, %q
    %v = wasm.load i64 @m %p
    %r = wasm.binary mul %v, %v : i64
    %s = wasm.const 19 : i64
    %t = wasm.binary sub %r, %s : i64
    %u = wasm.binary add %t, %s : i64
    %w = wasm.const 0 : i64
    %x = wasm.compare eq %u, %w : i64
    %y = wasm.select %x, %w, %u : i64
    wasm.return %y : i64
  }
  // CHECK: globals() => f64:-1.000000
  wasm.func @globals() -> f64 {
    %a = wasm.global_get @wide : i64
    %b = wasm.global_get @half : f64
    %c = wasm.convert convert_i64_s %a : i64 -> f64
    %r = wasm.binary mul %c, %b : f64
    wasm.return %r : f64
  }
  // CHECK: grow() => i32:4294967294
  wasm.func @grow() -> i32 {
    %one = wasm.const 1 : i32
    %nine = wasm.const 9 : i32
    %old = wasm.memory_grow @n, %one
    %full = wasm.memory_grow @n, %nine
    %size = wasm.memory_size @n
    %a = wasm.binary sub %full, %old : i32
    %b = wasm.binary mul %a, %size : i32
    %c = wasm.binary div_s %b, %size : i32
    wasm.return %c : i32
  }
  // CHECK: fill() => i32:7
  wasm.func @fill() -> i32 {
    %p = wasm.const 200 : i32
    %seven = wasm.const 7 : i32
    %one = wasm.const 1 : i32
    wasm.memory_fill @m, %p, %seven, %one
    %r = wasm.load i32 @m %p
    wasm.return %r : i32
  }
  // CHECK: traps() => error: integer divide by zero
  wasm.func @traps() -> i32 {
    %zero = wasm.const 0 : i32
    %unused = wasm.binary div_u %zero, %zero : i32
    wasm.return %zero : i32
  }
  wasm.start @set_up
  wasm.export "set_up" @set_up : () -> ()
  wasm.export "initialised" @initialised : () -> i32
  wasm.export "p.copy" @p.copy : () -> i32
  wasm.export "words" @words : () -> i32
  wasm.export "square" @square : () -> i64
  wasm.export "globals" @globals : () -> f64
  wasm.export "grow" @grow : () -> i32
  wasm.export "fill" @fill : () -> i32
  wasm.export "traps" @traps : () -> i32
  wasm.custom "meld.abi" "{}"

  // More operands than a small vector holds.
  // CHECK: many() => i32:8
  wasm.func @many_of(%a: i32, %b: i32, %c: i32, %d: i32, %e: i32, %f: i32, %g: i32, %h: i32) -> i32 {
    wasm.return %h : i32
  }
  wasm.func @many() -> i32 {
    %a = wasm.const 1 : i32
    %b = wasm.const 2 : i32
    %c = wasm.binary add %a, %a : i32
    %d = wasm.binary add %b, %b : i32
    %e = wasm.binary add %d, %a : i32
    %f = wasm.binary add %d, %b : i32
    %g = wasm.binary add %d, %c : i32
    %h = wasm.binary add %d, %d : i32
    %r = wasm.call @many_of(%a, %b, %c, %d, %e, %f, %g, %h) : (i32, i32, i32, i32, i32, i32, i32, i32) -> i32
    wasm.return %r : i32
  }
  wasm.export "many" @many : () -> i32
}
