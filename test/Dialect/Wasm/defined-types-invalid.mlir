// RUN: meld-opt %s --split-input-file --verify-diagnostics

// expected-error @+1 {{the reference that may be null is `!wasm.funcref`}}
wasm.module @spelling { wasm.import "" "a" : !wasm.global<!wasm.ref<null func>> }

// -----

// expected-error @+1 {{expected a heap type, got "thing"}}
wasm.module @heap { wasm.import "" "a" : !wasm.global<!wasm.ref<thing>> }

// -----

// expected-error @+1 {{a reference is to a heap type, not to '!wasm.funcref'}}
wasm.module @target { wasm.import "" "a" : !wasm.global<!wasm.ref<!wasm.funcref>> }

// -----

// expected-error @+1 {{a group of 1 types has no type 1}}
wasm.module @position { wasm.import "" "a" : !wasm.defined<1 of <sub func() -> ()>> }

// -----

// expected-error @+2 {{a definition names another one of the group, or a type after `with`; a supertype stands before it}}
// expected-error @+1 {{failed to parse Wasm_Defined parameter 'group'}}
wasm.module @number { wasm.import "" "a" : !wasm.defined<0 of <sub func(ref 1) -> ()>> }

// -----

// expected-error @+2 {{a definition names another one of the group, or a type after `with`; a supertype stands before it}}
// expected-error @+1 {{failed to parse Wasm_Defined parameter 'group'}}
wasm.module @super { wasm.import "" "a" : !wasm.defined<0 of <sub 0 func() -> ()>> }

// -----

// expected-error @+1 {{a tag has a type of functions, not '!wasm.defined<0 of <sub struct()>>'}}
wasm.module @tag { wasm.import "" "a" : !wasm.tag<!wasm.defined<0 of <sub struct()>>> }

// -----

// A supertype cannot stand for its subtype.
component.root @root flattened {
  wasm.module @given {
    wasm.export "base" : !wasm.defined<0 of <sub func() -> (), final 0 func() -> ()>>
    wasm.export "derived" : !wasm.defined<1 of <sub func() -> (), final 0 func() -> ()>>
  }
  wasm.module @wants_base {
    wasm.import "" "f" : !wasm.defined<0 of <sub func() -> (), final 0 func() -> ()>>
  }
  wasm.module @wants_derived {
    // expected-note @+1 {{imported here}}
    wasm.import "" "f" : !wasm.defined<1 of <sub func() -> (), final 0 func() -> ()>>
  }
  wasm.instance @g of @given
  wasm.alias @base = @g "base" : !wasm.defined<0 of <sub func() -> (), final 0 func() -> ()>>
  wasm.alias @derived = @g "derived" : !wasm.defined<1 of <sub func() -> (), final 0 func() -> ()>>
  wasm.instance @a of @wants_base with "" "f" = @derived
  // expected-error @+1 {{'wasm.instance' op gives a defined func () -> () (type 0 of its group) for "" "f", which has type a defined func () -> () (type 1 of its group)}}
  wasm.instance @b of @wants_derived with "" "f" = @base
}

// -----

component.root @globals flattened {
  wasm.module @given {
    wasm.export "i31" : !wasm.global<!wasm.ref<i31>>
    wasm.export "any" : !wasm.global<mut !wasm.ref<null any>>
  }
  wasm.module @wants_any {
    wasm.import "" "g" : !wasm.global<!wasm.ref<null any>>
  }
  wasm.module @wants_eq {
    // expected-note @+1 {{imported here}}
    wasm.import "" "g" : !wasm.global<mut !wasm.ref<null eq>>
  }
  wasm.instance @g of @given
  wasm.alias @i31 = @g "i31" : !wasm.global<!wasm.ref<i31>>
  wasm.alias @any = @g "any" : !wasm.global<mut !wasm.ref<null any>>
  wasm.instance @a of @wants_any with "" "g" = @i31
  // expected-error @+1 {{'wasm.instance' op gives '!wasm.global<mut !wasm.ref<null any>>' for "" "g", which has type '!wasm.global<mut !wasm.ref<null eq>>'}}
  wasm.instance @b of @wants_eq with "" "g" = @any
}

// -----

// expected-error @+1 {{a reference is to a function of core values, not of 'i17'}}
wasm.import "" "g" : !wasm.global<!wasm.ref<(i17) -> ()>>

// -----

// expected-error @+1 {{a reference is to a function of core values, not of 'tensor<4xi32>'}}
wasm.import "" "f" : (!wasm.ref<() -> (tensor<4xi32>)>) -> ()
