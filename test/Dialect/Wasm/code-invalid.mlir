// RUN: meld-opt %s --split-input-file --verify-diagnostics

wasm.func @operator(%a: i32) -> i32 {
  // expected-error @+1 {{'wasm.unary' op has the operator "sqrt", which does not exist for 'i32'}}
  %r = wasm.unary sqrt %a : i32
  wasm.return %r : i32
}

// -----

wasm.func @conversion(%a: i32) -> i32 {
  // expected-error @+1 {{'wasm.convert' op has the operator "wrap_i64", which does not exist from 'i32' to 'i32'}}
  %r = wasm.convert wrap_i64 %a : i32 -> i32
  wasm.return %r : i32
}

// -----

wasm.func @vectors(%a: i32) -> i32 {
  // expected-error @+1 {{'wasm.vector' op has the operator "any_true", which does not exist from 'i32' to 'i32'}}
  %r = wasm.vector any_true %a : (i32) -> i32
  wasm.return %r : i32
}

// -----

wasm.memory @m : !wasm.memory<1>
wasm.func @narrow_vector(%a: i32) {
  // expected-error @+1 {{'wasm.load' op cannot access '!wasm.v128' as u8}}
  %r = wasm.load !wasm.v128 as u8 @m %a
  wasm.return
}

// -----

wasm.memory @m : !wasm.memory<1, i64>
wasm.func @address(%a: i32) -> i32 {
  // expected-error @+1 {{'wasm.load' op has addresses of type 'i32', but "m" has type '!wasm.memory<1, i64>'}}
  %r = wasm.load i32 @m %a
  wasm.return %r : i32
}

// -----

wasm.memory @m : !wasm.memory<1>
wasm.func @width(%a: i32) -> i32 {
  // expected-error @+1 {{'wasm.load' op cannot access 'i32' as u32}}
  %r = wasm.load i32 as u32 @m %a
  wasm.return %r : i32
}

// -----

wasm.memory @m : !wasm.memory<1>
wasm.func @signed_store(%a: i32) {
  // expected-error @+1 {{'wasm.store' op stores no signed numbers: write `u8`, `u16` or `u32`}}
  wasm.store i32 as s8 @m %a, %a
  wasm.return
}

// -----

wasm.global @g : !wasm.global<i32> = 0
wasm.func @immutable(%a: i32) {
  // expected-error @+1 {{'wasm.global_set' op writes "g", which is not mutable}}
  wasm.global_set @g, %a : i32
  wasm.return
}

// -----

wasm.func @callee(%a: i32) {
  // expected-error @+1 {{'wasm.call' op calls '() -> ()', but "callee" has type '(i32) -> ()'}}
  wasm.call @callee() : () -> ()
  wasm.return
}

// -----

wasm.memory @m : !wasm.memory<1>
wasm.func @no_function() {
  // expected-error @+1 {{'wasm.call' op wants a function, but "m" has type '!wasm.memory<1>'}}
  wasm.call @m() : () -> ()
  wasm.return
}

// -----

wasm.func @no_else(%c: i32) -> i32 {
  // expected-error @+1 {{'wasm.if' op has results, so it needs an else part}}
  %r = wasm.if %c -> i32 {
    wasm.yield %c : i32
  }
  wasm.return %r : i32
}

// -----

wasm.func @branch_values(%c: i32) {
  wasm.loop %l {
    // expected-error @+1 {{'wasm.br' op gives ('i32'), but the loop wants ()}}
    wasm.br %l with %c : i32
  }
  wasm.return
}

// -----

wasm.func @parameter_label(%l: i32) {
  // expected-error @+1 {{'wasm.return' op gives ('i32'), but the function wants ()}}
  wasm.return %l : i32
}

// -----

wasm.func @out_of_scope(%c: i32) {
  wasm.block %l {
  }
  // expected-error @+1 {{use of undeclared SSA value name}}
  wasm.br %l
}

// -----

wasm.func @caught_values() -> i32 {
  %r = wasm.block %l -> i32 {
    // expected-error @+1 {{'wasm.try' op gives (), but the block wants ('i32')}}
    wasm.try catch_all %l {
    }
    %c = wasm.const 1 : i32
    wasm.yield %c : i32
  }
  wasm.return %r : i32
}
