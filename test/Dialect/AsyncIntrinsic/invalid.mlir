// RUN: meld-opt %s -allow-unregistered-dialect --split-input-file --verify-diagnostics

// expected-error @+1 {{'async_intrinsic.task_type' op has either a `callback` or a `step`, not both}}
async_intrinsic.task_type @t in @p = @f async callback @c step @s : i32

// -----

%v = "test.value"() : () -> i32
// expected-error @+1 {{'async_intrinsic.transfer' op takes and gives the core types of its type}}
%t = async_intrinsic.transfer %v to @f : i8, (i32) -> i64

// -----

%v = "test.value"() : () -> i32
// expected-error @+1 {{'async_intrinsic.stream.read' op operand #1 must be a buffer in guest memory, but got 'i32'}}
%r = async_intrinsic.stream.read %v, %v : i8, i32 -> i32

// -----

// A trap ends its block.
// expected-error @+1 {{'async_intrinsic.trap' op must be the last operation in the parent block}}
async_intrinsic.trap "CannotEnter"
%v = "test.value"() : () -> i32

// -----

// expected-error @+1 {{'async_intrinsic.trap' op names no kind of Traps.def: "Bored"}}
async_intrinsic.trap "Bored"
