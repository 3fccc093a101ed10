// RUN: meld-opt --wasm-merge %s | FileCheck %s
// RUN: meld-opt --wasm-merge %s | meld-opt | FileCheck %s

// The root's own definitions come first in each index space, what an alias
// stood for takes its place, and facts about components leave nothing.

// CHECK-LABEL: wasm.module @program {
// CHECK-NEXT:    wasm.module "private" @guest bytes <guest> {
// CHECK-NEXT:    }
// CHECK-NEXT:    wasm.import @log "host" "log" : (i32) -> ()
// CHECK-NEXT:    wasm.memory @memory : !wasm.memory<1>
// CHECK-NEXT:    wasm.table @table : !wasm.table<1, funcref>
// CHECK-NEXT:    wasm.global @g : !wasm.global<funcref> = @i.run
// CHECK-NEXT:    wasm.space @i of @guest types [(i32) -> (), () -> ()] functions [@log, @i.run] memories [@memory]
// CHECK-NEXT:    wasm.func @twice() {
// CHECK-NEXT:      wasm.call @i.run() : () -> ()
// CHECK-NEXT:      wasm.call @i.run() : () -> ()
// CHECK-NEXT:      wasm.return
// CHECK-NEXT:    }
// CHECK-NEXT:    wasm.bytes @i.run : () -> () = body 0 of @i
// CHECK-NEXT:    wasm.elem @e in @table offset 0 [@i.run]
// CHECK-NEXT:    wasm.data @d in @memory offset 16 "four"
// CHECK-NEXT:    wasm.export "_initialize" @i.run : () -> ()
// CHECK-NEXT:    wasm.export "twice" @twice : () -> ()
// CHECK-NEXT:    wasm.custom "meld.abi" "{}"
// CHECK-NEXT:  }
component.root @program flattened {
  wasm.module @guest bytes <guest> {
    wasm.import "env" "log" : (i32) -> ()
    wasm.import "env" "memory" : !wasm.memory<1>
    wasm.export "run" : () -> ()
  }
  wasm.module @unused {
  }
  component.instance_of @root_instance
  component.resource @r in @root_instance
  wasm.export "twice" @twice : () -> ()
  wasm.func @twice() {
    wasm.call @run() : () -> ()
    wasm.call @run() : () -> ()
    wasm.return
  }
  wasm.alias @run = @i "run" : () -> ()
  wasm.instance @i of @guest with "env" "log" = @log, "env" "memory" = @memory
  wasm.start @run
  wasm.custom "meld.abi" "{}"
  wasm.import @log "host" "log" : (i32) -> ()
  wasm.table @table : !wasm.table<1, funcref>
  wasm.memory @memory : !wasm.memory<1>
  wasm.data @d in @memory offset 16 "four"
  wasm.elem @e in @table offset 0 [@run]
  wasm.global @g : !wasm.global<funcref> = @run
}

// Each root becomes a module of its own, also an empty one.

// CHECK-LABEL: wasm.module @empty {
// CHECK-NEXT:  }
component.root @empty flattened {
}

{-#
  dialect_resources: {
    wasm: {
      guest: "0x010000000061736d0100000001080260017f0060000002190203656e76036c6f67000003656e76066d656d6f7279020001030201010707010372756e00010a0b010900411028020010000b"
    }
  }
#-}
