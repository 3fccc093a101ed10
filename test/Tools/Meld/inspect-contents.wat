;; What a component is made of, the built-ins that it uses among it.
;; REQUIRES: node
;; RUN: %node %meld_src/utils/wat2component.mjs %s %t.wasm
;; RUN: meld inspect %t.wasm | FileCheck %s
;; RUN: meld inspect %t.wasm --json | FileCheck %s --check-prefix=JSON

;; CHECK:      export run: async func()
;; CHECK-NEXT: contains: 2 core modules (121 bytes), 3 core instances, 1 component, 2 instances
;; CHECK-NEXT: lifts: 1 sync, 1 async callback
;; CHECK-NEXT: lowers: 1 sync
;; CHECK-NEXT: built-ins: task.return, stream.new (2), stream.read async, thread.index{{$}}

;; JSON:      "contents": {
;; JSON-NEXT:   "coreModules": 2,
;; JSON-NEXT:   "coreBytes": 121,
;; JSON:        "components": 1,
;; JSON:      "canonical": [
;; JSON:        "name": "lift",
;; JSON-NEXT:   "async": false,
;; JSON:        "name": "lift",
;; JSON-NEXT:   "async": true,
;; JSON-NEXT:   "callback": true,
;; JSON-NEXT:   "count": 1
;; JSON:        "name": "stream.new",
;; JSON-NEXT:   "async": false,
;; JSON-NEXT:   "count": 2,
;; JSON-NEXT:   "built": true
;; JSON:        "name": "thread.index",
;; JSON-NEXT:   "async": false,
;; JSON-NEXT:   "count": 1,
;; JSON-NEXT:   "built": true
(component
  (component $C
    (core module $M (func (export "f")))
    (core instance $m (instantiate $M))
    (func (export "f") (canon lift (core func $m "f"))))
  (instance $a (instantiate $C))
  (instance $b (instantiate $C))
  (core func $f (canon lower (func $a "f")))
  (core module $M
    (memory (export "memory") 1)
    (func (export "run") (result i32) (i32.const 0))
    (func (export "cb") (param i32 i32 i32) (result i32) (i32.const 0)))
  (core instance $m (instantiate $M))
  (core instance $n (instantiate $M))
  (type $s (stream u8))
  (core func (canon task.return))
  (core func (canon stream.new $s))
  (core func (canon stream.new $s))
  (core func (canon stream.read $s async (memory (core memory $m "memory"))))
  (core func (canon thread.index))
  (func (export "run") async (canon lift (core func $m "run") async (callback (core func $m "cb")))))
