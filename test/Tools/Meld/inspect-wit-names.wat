;; `meld inspect --wit` prints types under the names that the interfaces of the
;; program have for them, who uses whose, and resources of the program's own.
;; RUN: wat2wasm %s -o %t.wasm
;; RUN: python3 %S/Inputs/add-abi.py %t.wasm %S/Inputs/wit-names.json
;; RUN: meld inspect %t.wasm --wit | FileCheck %s

;; CHECK:      {{^}}world fused {
;; CHECK-NEXT: {{^}}  import ns:p/types;
;; CHECK-NEXT: {{^}}  import other:q/shapes@1.0.0;
;; CHECK-NEXT: {{^}}  import other:q/more@1.0.0;
;; CHECK-NEXT: {{^}}  export ns:p/shapes;
;; CHECK-NEXT: {{^}}  use other:q/shapes@1.0.0.{kind};
;; CHECK-NEXT: {{^}}  use other:q/shapes@1.0.0.{direction as way};
;; CHECK-NEXT: {{^}}  record point {
;; CHECK-NEXT: {{^}}    x: f32,
;; CHECK-NEXT: {{^}}  }
;; CHECK-NEXT: {{^}}  export go: func(k: kind, p: point);
;; CHECK-NEXT: {{^}}}
;; CHECK:      {{^}}package ns:p {
;; CHECK-NEXT: {{^}}  interface types {
;; CHECK-NEXT: {{^}}    record point {
;; CHECK-NEXT: {{^}}      x: u32,
;; CHECK-NEXT: {{^}}      y: u32,
;; CHECK-NEXT: {{^}}    }
;; CHECK-NEXT: {{^}}    type size = u64;
;; CHECK-NEXT: {{^}}    origin: func() -> point;
;; CHECK-NEXT: {{^}}  }
;; CHECK-NEXT: {{^}}  interface shapes {
;; CHECK-NEXT: {{^}}    use types.{point};
;; CHECK-NEXT: {{^}}    resource canvas {
;; CHECK-NEXT: {{^}}      constructor(at: point);
;; CHECK-NEXT: {{^}}      draw: async func(other: option<borrow<canvas>>);
;; CHECK-NEXT: {{^}}      join: static func(all: list<canvas>) -> result<canvas, canvas-join-result-1>;
;; CHECK-NEXT: {{^}}    }
;; CHECK-NEXT: {{^}}    type spot = point;
;; CHECK-NEXT: {{^}}    type line = tuple<point, point>;
;; CHECK-NEXT: {{^}}    flags canvas-join-result-1 {
;; CHECK-NEXT: {{^}}      x,
;; CHECK-NEXT: {{^}}    }
;; CHECK-NEXT: {{^}}  }
;; CHECK:      {{^}}package other:q@1.0.0 {
;; CHECK-NEXT: {{^}}  interface shapes {
;; CHECK-NEXT: {{^}}    use ns:p/types.{point};
;; CHECK-NEXT: {{^}}    enum kind {
;; CHECK-NEXT: {{^}}      a,
;; CHECK-NEXT: {{^}}      b,
;; CHECK-NEXT: {{^}}    }
;; CHECK-NEXT: {{^}}    flags direction {
;; CHECK-NEXT: {{^}}      up,
;; CHECK-NEXT: {{^}}    }
;; CHECK-NEXT: {{^}}    find: async func(k: kind) -> point;
;; CHECK-NEXT: {{^}}  }
;; CHECK-NEXT: {{^}}  interface more {
;; CHECK-NEXT: {{^}}    use ns:p/types.{point as spot};
;; CHECK-NEXT: {{^}}    type place = spot;
;; CHECK-NEXT: {{^}}    move: func(to: spot);
(module)
