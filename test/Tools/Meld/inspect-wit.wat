;; `meld inspect --wit` prints the world of a fused program: each type that has to
;; have a name gets one, resources stand with their functions, words of WIT are marked.
;; RUN: wat2wasm %s -o %t.wasm
;; RUN: python3 %S/Inputs/add-abi.py %t.wasm %S/Inputs/wit.json
;; RUN: meld inspect %t.wasm --wit | FileCheck %s

;; CHECK:      {{^}}package meld:fused;
;; CHECK:      {{^}}world fused {
;; CHECK-NEXT: {{^}}  import ns:p/things@0.2.0;
;; CHECK-NEXT: {{^}}  import ns:p/others;
;; CHECK-NEXT: {{^}}  import ns:p/near@0.2.0;
;; CHECK-NEXT: {{^}}  import plain: interface {
;; CHECK-NEXT: {{^}}    flags log-f {
;; CHECK-NEXT: {{^}}      x,
;; CHECK-NEXT: {{^}}      y,
;; CHECK-NEXT: {{^}}    }
;; CHECK-NEXT: {{^}}    log: func(f: log-f);
;; CHECK-NEXT: {{^}}  }
;; CHECK-NEXT: {{^}}  use ns:p/things@0.2.0.{thing};
;; CHECK-NEXT: {{^}}  variant f-p-b {
;; CHECK-NEXT: {{^}}    none,
;; CHECK-NEXT: {{^}}    some(tuple<f32, char>),
;; CHECK-NEXT: {{^}}  }
;; CHECK-NEXT: {{^}}  record f-p-2 {
;; CHECK-NEXT: {{^}}    a: u8,
;; CHECK-NEXT: {{^}}    b: option<f-p-b>,
;; CHECK-NEXT: {{^}}  }
;; CHECK-NEXT: {{^}}  export f: func(p: f-p-2) -> f-p-2;
;; CHECK-NEXT: {{^}}  export f-p: func(t: borrow<thing>);
;; CHECK-NEXT: {{^}}}
;; CHECK:      {{^}}package ns:p {
;; CHECK-NEXT: {{^}}  interface others {
;; CHECK-NEXT: {{^}}    use ns:p/things@0.2.0.{thing};
;; CHECK-NEXT: {{^}}    enum use-result-1 {
;; CHECK-NEXT: {{^}}      a,
;; CHECK-NEXT: {{^}}      %record,
;; CHECK-NEXT: {{^}}    }
;; CHECK-NEXT: {{^}}    %use: func(%from: thing, and: list<u8, 4>) -> result<_, use-result-1>;
;; CHECK:      {{^}}package ns:p@0.2.0 {
;; CHECK-NEXT: {{^}}  interface things {
;; CHECK-NEXT: {{^}}    resource thing {
;; CHECK-NEXT: {{^}}      constructor(n: u32);
;; CHECK-NEXT: {{^}}      %list: func() -> list<string>;
;; CHECK-NEXT: {{^}}      none: static func();
;; CHECK:      {{^}}  interface near {
;; CHECK-NEXT: {{^}}    use things.{thing};
;; CHECK-NEXT: {{^}}    see: func(t: borrow<thing>);

;; What has no such shape is refused.
;; RUN: sed 's/"name": "f"/"async": true, "core": "[start]f", "name": "f"/' %S/Inputs/wit.json > %t.json
;; RUN: wat2wasm %s -o %t.wasm && python3 %S/Inputs/add-abi.py %t.wasm %t.json
;; RUN: not meld inspect %t.wasm --wit 2>&1 | FileCheck %s --check-prefix=ASYNC
;; ASYNC: meld: error: {{.*}}.wasm: cannot be made a component: "f" is asynchronous; fuse it with --edge=component
;; RUN: sed 's/"host": true/"host": false/' %S/Inputs/wit.json > %t.json
;; RUN: wat2wasm %s -o %t.wasm && python3 %S/Inputs/add-abi.py %t.wasm %t.json
;; RUN: not meld inspect %t.wasm --wit 2>&1 | FileCheck %s --check-prefix=OWN
;; OWN: cannot be made a component: the program defines the resource "thing"; fuse it with --edge=component
;; RUN: sed 's#ns:p/things@0.2.0#things#' %S/Inputs/wit.json > %t.json
;; RUN: wat2wasm %s -o %t.wasm && python3 %S/Inputs/add-abi.py %t.wasm %t.json
;; RUN: not meld inspect %t.wasm --wit 2>&1 | FileCheck %s --check-prefix=FAR
;; FAR: cannot be made a component: the resource "thing" of the interface "things", which belongs to no package, is used outside of it
;; RUN: sed 's/"name": "see"/"name": "use"/; s#ns:p/near@0.2.0", "params": \[{"name": "t"#ns:p/others", "params": [{"name": "t"#' %S/Inputs/wit.json > %t.json
;; RUN: wat2wasm %s -o %t.wasm && python3 %S/Inputs/add-abi.py %t.wasm %t.json
;; RUN: not meld inspect %t.wasm --wit 2>&1 | FileCheck %s --check-prefix=TWICE
;; TWICE: cannot be made a component: "use" is imported more than once, by "ns:p/others"
;; RUN: echo '{"imports": [1, {"name": 2, "params": [{"type": {"record": [[], 3]}}, {}], "result": {}}], "exports": {}}' > %t.json
;; RUN: wat2wasm %s -o %t.wasm && python3 %S/Inputs/add-abi.py %t.wasm %t.json
;; RUN: not meld inspect %t.wasm --wit 2>&1 | FileCheck %s --check-prefix=BROKEN
;; BROKEN: cannot be made a component: values of type {} do not pass the edge
;; RUN: printf '\0asm\15\0\1\0' > %t.component.wasm
;; RUN: not meld inspect %t.component.wasm --wit 2>&1 | FileCheck %s --check-prefix=COMPONENT
;; COMPONENT: --wit is for fused programs
(module)
