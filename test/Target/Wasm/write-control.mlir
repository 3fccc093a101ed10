// RUN: meld-translate --mlir-to-wasm %s -o %t.wasm
// RUN: wasm-validate --enable-multi-memory %t.wasm
// RUN: wasm-interp --enable-multi-memory --run-all-exports %t.wasm | FileCheck %s
// RUN: wasm2wat --enable-multi-memory %t.wasm | FileCheck %s --check-prefix=WAT
// RUN: meld-opt --cse --canonicalize %s | meld-translate --mlir-to-wasm -o %t.opt.wasm
// RUN: wasm-interp --enable-multi-memory --run-all-exports %t.opt.wasm | FileCheck %s

wasm.module @control {
  // Block, loop, a branch out of both, locals that change.
  wasm.func @factorial(%n: i32) -> i32 {
    %one = wasm.const 1 : i32
    %i = wasm.local %n : i32
    %r = wasm.local %one : i32
    wasm.block %done {
      wasm.loop %again {
        %v = wasm.local_get %i : i32
        %z = wasm.test eqz %v : i32
        wasm.br_if %done, %z
        %a = wasm.local_get %r : i32
        %p = wasm.binary mul %a, %v : i32
        wasm.local_set %r, %p : i32
        %w = wasm.binary sub %v, %one : i32
        wasm.local_set %i, %w : i32
        wasm.br %again
      }
    }
    %s = wasm.local_get %r : i32
    wasm.return %s : i32
  }
  // CHECK: factorial_5() => i32:120
  wasm.func @factorial_5() -> i32 {
    %n = wasm.const 5 : i32
    %r = wasm.call @factorial(%n) : (i32) -> i32
    wasm.return %r : i32
  }

  // An if whose result stays on the stack.
  // WAT-LABEL: (func $max
  // WAT-NEXT: local.get 0
  // WAT-NEXT: local.get 1
  // WAT-NEXT: i32.gt_s
  // WAT-NEXT: if (result i32)
  // WAT-NEXT: local.get 0
  // WAT-NEXT: else
  // WAT-NEXT: local.get 1
  // WAT-NEXT: end)
  wasm.func @max(%a: i32, %b: i32) -> i32 {
    %c = wasm.compare gt_s %a, %b : i32
    %r = wasm.if %c -> i32 {
      wasm.yield %a : i32
    } else {
      wasm.yield %b : i32
    }
    wasm.return %r : i32
  }
  // CHECK: max_7() => i32:7
  wasm.func @max_7() -> i32 {
    %a = wasm.const -3 : i32
    %b = wasm.const 7 : i32
    %r = wasm.call @max(%a, %b) : (i32, i32) -> i32
    wasm.return %r : i32
  }

  // A branch that carries a value; not taken, the value is dropped.
  // CHECK: branch_value() => i32:42
  wasm.func @branch_value() -> i32 {
    %a = wasm.const 1 : i32
    %b = wasm.const 42 : i32
    %zero = wasm.const 0 : i32
    %r = wasm.block %out -> i32 {
      wasm.br_if %out, %zero with %a : i32
      wasm.br_if %out, %a with %b : i32
      wasm.unreachable
    }
    wasm.return %r : i32
  }

  // An if around a branch is a br_if; a return in it goes to the function.
  // WAT-LABEL: (func $early
  // WAT: local.get 0
  // WAT-NEXT: br_if 0
  // WAT-NEXT: i32.const 9
  // WAT-NEXT: global.set $g)
  wasm.global @g : !wasm.global<mut i32> = 3
  wasm.func @early(%c: i32) {
    wasm.if %c {
      wasm.return
    }
    %nine = wasm.const 9 : i32
    wasm.global_set @g, %nine : i32
    wasm.return
  }
  // CHECK: early_returns() => i32:3
  wasm.func @early_returns() -> i32 {
    %one = wasm.const 1 : i32
    wasm.call @early(%one) : (i32) -> ()
    %v = wasm.global_get @g : i32
    wasm.return %v : i32
  }
  // CHECK: early_goes_on() => i32:9
  wasm.func @early_goes_on() -> i32 {
    %zero = wasm.const 0 : i32
    wasm.call @early(%zero) : (i32) -> ()
    %v = wasm.global_get @g : i32
    wasm.return %v : i32
  }

  wasm.func @choose(%i: i32) -> i32 {
    %ten = wasm.const 10 : i32
    %twenty = wasm.const 20 : i32
    %thirty = wasm.const 30 : i32
    wasm.block %c {
      wasm.block %b {
        wasm.block %a {
          wasm.br_table %i [%a, %b] else %c
        }
        wasm.return %ten : i32
      }
      wasm.return %twenty : i32
    }
    wasm.return %thirty : i32
  }
  // CHECK: choices() => i32:10, i32:20, i32:30
  wasm.func @choices() -> (i32, i32, i32) {
    %zero = wasm.const 0 : i32
    %one = wasm.const 1 : i32
    %nine = wasm.const 9 : i32
    %a = wasm.call @choose(%zero) : (i32) -> i32
    %b = wasm.call @choose(%one) : (i32) -> i32
    %c = wasm.call @choose(%nine) : (i32) -> i32
    wasm.return %a, %b, %c : i32, i32, i32
  }

  // Operands out of order, several results, a block with two results.
  wasm.func @pair() -> (i32, i32) {
    %a = wasm.const 50 : i32
    %b = wasm.const 8 : i32
    wasm.return %a, %b : i32, i32
  }
  // CHECK: swapped() => i32:4294967254
  wasm.func @swapped() -> i32 {
    %p:2 = wasm.call @pair() : () -> (i32, i32)
    %r = wasm.binary sub %p#1, %p#0 : i32
    wasm.return %r : i32
  }
  // CHECK: two_results() => i32:42
  wasm.func @two_results() -> i32 {
    %p:2 = wasm.block %l -> (i32, i32) {
      %q:2 = wasm.call @pair() : () -> (i32, i32)
      wasm.yield %q#0, %q#1 : i32, i32
    }
    %r = wasm.binary sub %p#0, %p#1 : i32
    wasm.return %r : i32
  }

  // A local made in a loop begins with its initial value each time, though
  // its slot is shared; a value from before the loop survives it.
  // CHECK: fresh_local() => i32:33
  wasm.func @fresh_local() -> i32 {
    %zero = wasm.const 0 : i32
    %one = wasm.const 1 : i32
    %three = wasm.const 3 : i32
    %step = wasm.call @max_7() : () -> i32
    %i = wasm.local %zero : i32
    %sum = wasm.local %zero : i32
    wasm.loop %again {
      %fresh = wasm.local %three : i32
      %f = wasm.local_get %fresh : i32
      %g = wasm.binary add %f, %one : i32
      wasm.local_set %fresh, %g : i32
      %h = wasm.local_get %fresh : i32
      %s = wasm.local_get %sum : i32
      %t = wasm.binary add %s, %h : i32
      %u = wasm.binary add %t, %step : i32
      wasm.local_set %sum, %u : i32
      %k = wasm.local_get %i : i32
      %n = wasm.binary add %k, %one : i32
      wasm.local_set %i, %n : i32
      %c = wasm.compare lt_u %n, %three : i32
      wasm.br_if %again, %c
    }
    %r = wasm.local_get %sum : i32
    wasm.return %r : i32
  }

  // A call through a table, by the slot that the segment gives.
  wasm.table @t : !wasm.table<4, funcref>
  wasm.elem @e in @t offset 2 [@factorial_5, @max_7]
  // CHECK: through_table() => i32:7
  wasm.func @through_table() -> i32 {
    %slot = wasm.table_slot @max_7 in @t : i32
    %r = wasm.call_indirect @t[%slot]() : () -> i32
    wasm.return %r : i32
  }

  wasm.export "factorial_5" @factorial_5 : () -> i32
  wasm.export "max_7" @max_7 : () -> i32
  wasm.export "branch_value" @branch_value : () -> i32
  wasm.export "early_returns" @early_returns : () -> i32
  wasm.export "early_goes_on" @early_goes_on : () -> i32
  wasm.export "choices" @choices : () -> (i32, i32, i32)
  wasm.export "swapped" @swapped : () -> i32
  wasm.export "two_results" @two_results : () -> i32
  wasm.export "fresh_local" @fresh_local : () -> i32
  wasm.export "through_table" @through_table : () -> i32
}
