;; Words of WIT are marked wherever a name stands: labels, and each part of the
;; path of an interface. A name that is made of others has no mark inside.
;; RUN: wat2wasm %s -o %t.wasm
;; RUN: python3 %S/Inputs/add-abi.py %t.wasm %S/Inputs/wit-words.json
;; RUN: meld inspect %t.wasm --wit | FileCheck %s

;; CHECK:      {{^}}  import %world:%interface/%stream@1.0.0-rc.1+b;
;; CHECK-NEXT: {{^}}  import %use:far/near;
;; CHECK-NEXT: {{^}}  use %world:%interface/%stream@1.0.0-rc.1+b.{%error-context as error-context-2};
;; CHECK-NEXT: {{^}}  record f-p-record {
;; CHECK-NEXT: {{^}}    a: u8,
;; CHECK-NEXT: {{^}}  }
;; CHECK-NEXT: {{^}}  record f-p {
;; CHECK-NEXT: {{^}}    %record: f-p-record,
;; CHECK-NEXT: {{^}}  }
;; CHECK-NEXT: {{^}}  enum f-q {
;; CHECK-NEXT: {{^}}    %error-context,
;; CHECK-NEXT: {{^}}    error,
;; CHECK-NEXT: {{^}}  }
;; CHECK-NEXT: {{^}}  export f: func(p: f-p, q: f-q, %error-context: borrow<error-context-2>);
;; CHECK-NEXT: {{^}}  export %error-context: func();
;; CHECK-NEXT: {{^}}}
;; CHECK:      {{^}}package %use:far {
;; CHECK-NEXT: {{^}}  interface near {
;; CHECK-NEXT: {{^}}    g: func();
;; CHECK:      {{^}}package %world:%interface@1.0.0-rc.1+b {
;; CHECK-NEXT: {{^}}  interface %stream {
;; CHECK-NEXT: {{^}}    resource %error-context {
;; CHECK-NEXT: {{^}}    }
;; CHECK-NEXT: {{^}}    %include: func();

(module)
