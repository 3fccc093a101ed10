// RUN: meld-opt %s --split-input-file --lower-calls --lower-resources --lower-values --remarks-filter=lower-.* --remark-format=emitRemark 2>&1 >/dev/null | FileCheck %s
// RUN: meld-opt %s --split-input-file --lower-calls --lower-resources --lower-values 2>&1 >/dev/null | FileCheck %s --allow-empty --check-prefix=QUIET
// QUIET-NOT: remark

// Which lists are one copy, and what forbids it for others.

// CHECK-DAG: [Passed] direct | Category:lower-calls | Function=c_f | {{.*}}"c_f" calls "f" of "p" directly: both sides are synchronous, so one function moves the values and calls
// CHECK-DAG: [Passed] moved | Category:lower-values | Function=c_f | {{.*}}"c_f" to "p": values are moved in front of the call and behind it; no scope, because no parameter holds a borrow (nothing-lent)
// CHECK-DAG: [Passed] shared | {{.*}}"copy_list", called from 2 places: list<f32> from "c" to "p": one memory.copy; so is every list of elements of 4 bytes aligned to 4
// CHECK-DAG: [Passed] shared | {{.*}}"copy_list_{{.*}}", called from 1 place: list<flags<a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p>> from "c" to "p": one memory.copy; so is every list of elements of 2 bytes aligned to 2
// CHECK-DAG: [Missed] shared | {{.*}}list<record<x: u8, y: u16>> from "c" to "p": element by element, because between fields there is padding, which does not cross
// CHECK-DAG: [Missed] shared | {{.*}}list<tuple<u32, bool>> from "c" to "p": element by element, because `bool` becomes 0 or 1
// CHECK-DAG: [Missed] shared | {{.*}}list<char> from "c" to "p": element by element, because `char` is checked
// CHECK-DAG: [Missed] shared | {{.*}}list<enum<a, b>> from "c" to "p": element by element, because the case of `enum<a, b>` is checked
// CHECK-DAG: [Missed] shared | {{.*}}list<flags<r, w>> from "c" to "p": element by element, because bits without a flag are cleared
// CHECK-DAG: [Missed] shared | {{.*}}list<string> from "c" to "p": element by element, because it holds a string, which is allocated anew
// CHECK-DAG: [Missed] shared | {{.*}}list<list<u8>> from "c" to "p": element by element, because it holds a list, which is allocated anew
// CHECK-DAG: [Missed] shared | {{.*}}string from "c" to "p", utf8 to utf8: checked, then one memory.copy; ASCII is checked eight bytes at once, because vectors are off: no guest has values of type v128, or `simd=off`
component.root @lists flattened {
  component.instance_of @c
  component.instance_of @p
  wasm.module @m {
    wasm.export "f" : (i32) -> ()
    wasm.export "realloc" : (i32, i32, i32, i32) -> i32
    wasm.export "mem" : !wasm.memory<1>
  }
  wasm.instance @ci of @m
  wasm.instance @i of @m
  wasm.alias @c_mem = @ci "mem" : !wasm.memory<1>
  wasm.alias @p_mem = @i "mem" : !wasm.memory<1>
  wasm.alias @p_realloc = @i "realloc" : (i32, i32, i32, i32) -> i32
  wasm.alias @p_f = @i "f" : (i32) -> ()
  component.lifted @f in @p = @p_f as !component.func_type<(a: list<f32>, b: list<u32>, c: list<record<x: u8, y: u16>>, d: list<tuple<u32, bool>>, e: list<char>, f: list<enum<a, b>>, g: list<flags<r, w>>, h: list<string>, i: list<list<u8>>, j: list<flags<a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p>>)> memory @p_mem realloc @p_realloc
  component.lowered @c_f in @c = @f memory @c_mem : (i32) -> ()
}

// -----

// What a call keeps: the way out shut around realloc and post-return, fresh
// context slots, a scope. Handles, and what is too long to be written in place.

// CHECK-DAG: [Passed] moved | {{.*}}"c_f" to "p": values are moved in front of the call and behind it; a scope counts what is lent (nothing-lent does not hold); the way out is shut around post-return (cannot-leave does not hold)
// CHECK-DAG: [Passed] bare | {{.*}}"c_g" to "p": its core values go as they are; no scope
// CHECK-DAG: [Missed] shared | {{.*}}"allocate", called from 2 places: realloc "p_realloc" of "p" is called through a function: the instance has a way out, which is shut meanwhile (cannot-leave does not hold); it uses context slots, which are fresh for it (no-context does not hold)
// CHECK-DAG: [Missed] shared | {{.*}}list<own<@r>> from "c" to "p": element by element, because a handle has another index in each instance
// CHECK-DAG: [Missed] shared | {{.*}}`list<bool, 30>` from "c" to "p": a function of its own, because it has 30 parts, more than 24
// CHECK-DAG: [Missed] shared | {{.*}}string from "p" to "c", utf16 to utf8: transcoded; ASCII eight bytes at once
// CHECK-DAG: [Passed] direct | Category:lower-calls | Function=p_h | {{.*}}"p_h" calls "h" of the host directly: the host lifts and lowers itself
// CHECK-DAG: [Missed] thunks | {{.*}}"c_later" calls "later" of "p" asynchronously: the caller goes on, so arguments and result are moved by two thunks
// CHECK-DAG: [Missed] waits | {{.*}}"c_waits" calls "later" of "p" and waits: the function is of asynchronous type and may start later, so arguments and result are moved by two thunks
// CHECK-DAG: [Passed] moved | {{.*}}"c_later_start" moves the arguments to "p" when the callee starts
// CHECK-DAG: [Passed] new | Category:lower-resources | Function=p_new | {{.*}}"p_new" is `resource.new` of "r" in "p": adds a handle to the table of the instance
// CHECK-DAG: [Passed] rep | {{.*}}"p_rep" is `resource.rep` of "r" in "p": looks the handle up, also where the instance may not leave
// CHECK-DAG: [Passed] drop | {{.*}}"c_drop" is `resource.drop` of "r" in "c": runs the destructor "p_dtor" in the other instance "p"
// CHECK-DAG: [Passed] drop | {{.*}}"p_drop" is `resource.drop` of "r" in "p": runs the destructor "p_dtor" in its own instance
// CHECK-DAG: [Passed] drop | {{.*}}"c_drop_bare" is `resource.drop` of "bare" in "c": frees the handle and runs nothing: there is no destructor
component.root @kept flattened {
  component.instance_of @c
  component.instance_of @p
  wasm.module @m {
    wasm.export "f" : (i32) -> i32
    wasm.export "g" : (i32) -> i32
    wasm.export "later" : (i32) -> ()
    wasm.export "post" : (i32) -> ()
    wasm.export "dtor" : (i32) -> ()
    wasm.export "realloc" : (i32, i32, i32, i32) -> i32
    wasm.export "mem" : !wasm.memory<1>
  }
  wasm.instance @ci of @m
  wasm.instance @i of @m
  wasm.alias @c_mem = @ci "mem" : !wasm.memory<1>
  wasm.alias @c_realloc = @ci "realloc" : (i32, i32, i32, i32) -> i32
  wasm.alias @p_mem = @i "mem" : !wasm.memory<1>
  wasm.alias @p_realloc = @i "realloc" : (i32, i32, i32, i32) -> i32
  wasm.alias @p_f = @i "f" : (i32) -> i32
  wasm.alias @p_g = @i "g" : (i32) -> i32
  wasm.alias @p_later = @i "later" : (i32) -> ()
  wasm.alias @p_post = @i "post" : (i32) -> ()
  wasm.alias @p_dtor = @i "dtor" : (i32) -> ()
  component.resource @r in @p dtor @p_dtor
  component.resource @bare in @p
  component.host_func @h "" "h" : !component.func_type<()>
  component.lowered @p_h in @p = @h : () -> ()
  component.canonical @p_get in @p = context_get i32 slot 0 : () -> i32
  component.canonical @p_new in @p = resource_new !component.own<@r> : (i32) -> i32
  component.canonical @p_rep in @p = resource_rep !component.own<@r> : (i32) -> i32
  component.canonical @p_drop in @p = resource_drop !component.own<@r> : (i32) -> ()
  component.canonical @c_drop in @c = resource_drop !component.own<@r> : (i32) -> ()
  component.canonical @c_drop_bare in @c = resource_drop !component.own<@bare> : (i32) -> ()
  component.lifted @f in @p = @p_f as !component.func_type<(a: borrow<@r>, b: list<own<@r>>, c: list<bool, 30>) -> string> memory @p_mem realloc @p_realloc post_return @p_post string_encoding utf16
  component.lowered @c_f in @c = @f memory @c_mem realloc @c_realloc : (i32, i32) -> ()
  component.lifted @g in @p = @p_g as !component.func_type<(a: u32) -> u32>
  component.lowered @c_g in @c = @g : (i32) -> i32
  component.lifted @later in @p = @p_later as !component.func_type<async (a: u32)> async
  component.lowered @c_later in @c = @later async memory @c_mem : (i32) -> i32
  component.lowered @c_waits in @c = @later : (i32) -> ()
}
