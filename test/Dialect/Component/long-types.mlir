// A type that is long is printed once, under an alias; in bytecode every type
// stands once. As a tree, the last type here has 2^20 leaves.
//
// RUN: meld-opt %s | FileCheck %s
// RUN: meld-opt %s -o %t.mlir
// RUN: meld-opt %t.mlir | diff %t.mlir -
// RUN: meld-opt %s --emit-bytecode -o %t.mlirbc
// RUN: meld-opt %t.mlirbc | diff %t.mlir -
// RUN: python3 -c "import os, sys; sys.exit(any(os.path.getsize(f) > 4000 for f in sys.argv[1:]))" %t.mlir %t.mlirbc

!t0 = !component.record<name: string, "in-between": list<u8, 4>>
!t1 = !component.tuple<!t0, !t0, !t0, !t0>
!t2 = !component.result<!t1, !component.tuple<!t1, !t1, !t1>>
!t3 = !component.variant<a: !t2, b, c: !t2, d: !component.tuple<!t2, !t2>>
!t4 = !component.map<!component.option<!t3>, !component.tuple<!t3, !t3, !t3>>
!t5 = !component.stream<!component.tuple<!t4, !t4, !t4, !t4>>
!t6 = !component.future<!component.tuple<!t5, !t5, !t5, !t5>>
!t7 = !component.tuple<!t6, !t6, !t6, !t6, !component.stream<none>, !component.flags<a, b>>
!t8 = !component.tuple<!t7, !t7, !t7, !t7, !component.enum<a, b>, !component.own<@r>>
!t9 = !component.func_type<async (x: !t8, y: !component.borrow<@r>, z: !t0) -> !component.result<none, !t8>>

// CHECK: !value_type = !component.tuple<record<name: string, "in-between": list<u8, 4>>, record<
// CHECK: !value_type1 = !component.tuple<!value_type, !value_type, !value_type>
// CHECK: !value_type2 = !component.result<!value_type, !value_type1>
// CHECK: !value_type[[LAST:[0-9]+]] = !component.tuple<!value_type{{[0-9]+}}, {{.*}}, enum<a, b>, own<@r>>
// CHECK: !func_type = !component.func_type<async (x: !value_type[[LAST]], y: borrow<@r>, z: record<name: string, "in-between": list<u8, 4>>) -> !value_type{{[0-9]+}}>
// CHECK: module attributes {test.short = !component.func_type<() -> option<u8>>, test.type = !func_type}
module attributes {test.type = !t9, test.short = !component.func_type<() -> option<u8>>} {
}
