// RUN: meld-opt %s --lower-calls --remark-policy=all --remarks-filter=.* -o /dev/null 2>&1 | FileCheck %s
// RUN: meld-opt %s --set-target=edge=component --lower-calls --remark-policy=all --remarks-filter=.* -o /dev/null 2>&1 | FileCheck %s --check-prefix=COMPONENT

// Whether the host finds values where the guest has them.
// CHECK-DAG: [Passed] direct | {{.*}}"number" calls "n" of the host directly: the host lifts and lowers itself
// CHECK-DAG: [Passed] direct | {{.*}}"text" calls "s" of the host directly: the host lifts and lowers itself
// CHECK-DAG: [Passed] direct | {{.*}}"handle" calls "h" of the host directly: the host lifts and lowers itself
// CHECK-DAG: [Missed] staged | {{.*}}"handles" calls "l" of the host with values that are moved to the program's own memory first: handles that lie in memory or depend on a case are other numbers for the host
// CHECK-DAG: [Passed] direct | {{.*}}"fields" calls "f" of the host directly: the host lifts and lowers itself
// COMPONENT-DAG: [Passed] direct | {{.*}}"number" calls "n" of the host directly: the host lifts and lowers itself
// COMPONENT-DAG: [Missed] staged | {{.*}}"text" calls "s" of the host with values that are moved to the program's own memory first: all values of a component lie in one (edge = component)
component.root @r flattened {
  component.instance_of @c
  component.resource @res
  wasm.import @mem "" "mem" : !wasm.memory<1>
  component.host_func @n "" "n" : !component.func_type<(a: u32) -> u32>
  component.host_func @s "" "s" : !component.func_type<(a: string)>
  component.host_func @h "" "h" : !component.func_type<(a: borrow<@res>)>
  component.host_func @l "" "l" : !component.func_type<(a: list<borrow<@res>>)>
  component.host_func @f "" "f" : !component.func_type<(a: record<"x": borrow<@res>, "y": u32>)>
  component.lowered @number in @c = @n : (i32) -> i32
  component.lowered @text in @c = @s memory @mem : (i32, i32) -> ()
  component.lowered @handle in @c = @h : (i32) -> ()
  component.lowered @fields in @c = @f : (i32, i32) -> ()
  component.lowered @handles in @c = @l memory @mem : (i32, i32) -> ()
}
