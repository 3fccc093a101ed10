// RUN: meld-opt %s --split-input-file --verify-diagnostics

// expected-error @+1 {{'wasm.module' op has both `bytes` and `source`}}
wasm.module @both bytes <x> source "x.wasm" {
}

// -----

wasm.module @import_type {
  // expected-error @+1 {{'wasm.import' op has type 'i32', which no entity has}}
  wasm.import "a" "b" : i32
}

// -----

wasm.module @export_type {
  wasm.memory @m : !wasm.memory<1>
  // expected-error @+1 {{'wasm.export' op has type '!wasm.memory<2>', but "m" has type '!wasm.memory<1>'}}
  wasm.export "m" @m : !wasm.memory<2>
}

// -----

wasm.module @export_nothing {
  // expected-error @+1 {{'wasm.export' op names "m", which is not defined}}
  wasm.export "m" @m : !wasm.memory<2>
}

// -----

wasm.module @export_data {
  wasm.data @d "x"
  // expected-error @+1 {{'wasm.export' op names "d", a wasm.data, which is no core entity}}
  wasm.export "d" @d : !wasm.memory<2>
}

// -----

// expected-error @+1 {{the maximum 1 is less than the minimum 2}}
wasm.memory @limits : !wasm.memory<2, 1>

// -----

// expected-error @+1 {{a shared memory needs a maximum}}
wasm.memory @shared : !wasm.memory<2, shared>

// -----

// expected-error @+1 {{a table holds references, not 'i32'}}
wasm.table @numbers : !wasm.table<2, i32>

// -----

// expected-error @+1 {{'wasm.table' op is `refilled`, but has no body}}
wasm.table @bare : !wasm.table<2, funcref> refilled

// -----

// expected-error @+1 {{'wasm.memory' op has type '!wasm.table<2, funcref>', wants !wasm.memory}}
wasm.memory @m : !wasm.table<2, funcref>

// -----

// expected-error @+1 {{'wasm.global' op holds 'i32', but begins with a reference}}
wasm.global @g : !wasm.global<i32> = null

// -----

// expected-error @+1 {{'wasm.func' op has type 'index' in its signature, which no core value has}}
wasm.func @f(%a: index) {
  wasm.return
}

// -----

// expected-error @+1 {{'wasm.data' op is active, but has no offset}}
wasm.data @d in @m "x"

// -----

// expected-error @+1 {{'wasm.data' op has an offset, but is not active}}
wasm.data @d offset 8 "x"

// -----

// expected-error @+1 {{'wasm.data' op wants a string or dense elements}}
wasm.data @d 5 : i32

// -----

wasm.func @f() -> i32 {
  wasm.unreachable
}
// expected-error @+1 {{'wasm.start' op wants a function of type () -> (), but "f" has type '() -> i32'}}
wasm.start @f

// -----

wasm.module @wants {
  // expected-note @+1 {{imported here}}
  wasm.import "env" "mem" : !wasm.memory<2>
}
wasm.memory @m : !wasm.memory<1>
// expected-error @+1 {{'wasm.instance' op gives '!wasm.memory<1>' for "env" "mem", which has type '!wasm.memory<2>'}}
wasm.instance @i of @wants with "env" "mem" = @m

// -----

wasm.module @wants {
  // expected-note @+1 {{imported here}}
  wasm.import "env" "mem" : !wasm.memory<2>
}
// expected-error @+1 {{'wasm.instance' op gives nothing for "env" "mem"}}
wasm.instance @i of @wants

// -----

wasm.module @empty {
}
wasm.instance @i of @empty
// expected-error @+1 {{'wasm.alias' op names "f", which module "empty" does not export}}
wasm.alias @f = @i "f" : () -> ()

// -----

wasm.memory @m : !wasm.memory<1>
// expected-error @+1 {{'wasm.bytes' op wants a wasm.space, but "m" is a wasm.memory}}
wasm.bytes @f : () -> () = body 0 of @m

// -----

wasm.module @m {
}
wasm.memory @mem : !wasm.memory<1>
// expected-error @+1 {{'wasm.space' op wants a function, but "mem" has type '!wasm.memory<1>'}}
wasm.space @s of @m functions [@mem]

// -----

wasm.module @m {
}
wasm.memory @mem : !wasm.memory<1>
// expected-error @+1 {{'wasm.space' op wants a wasm.data, but "mem" is a wasm.memory}}
wasm.space @s of @m memories [@mem, @s] datas [@mem]

// -----

wasm.module @m {
}
// expected-error @+1 {{'wasm.space' op lists types that modules define, found 'i32'}}
wasm.space @s of @m types [i32]

// -----

wasm.module @export_unnamed {
  wasm.func @f() {
    wasm.return
  }
  // expected-error @+1 {{'wasm.export' op of a module whose functions are ops wants the symbol that it exports}}
  wasm.export "f" : () -> ()
}
