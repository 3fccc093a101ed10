;; Types are printed as WIT spells them.
;; RUN: wat2wasm %s -o %t.wasm
;; RUN: python3 %S/Inputs/add-abi.py %t.wasm %S/Inputs/types.json
;; RUN: meld inspect %t.wasm | FileCheck %s
;; CHECK: f: func(a: record { x: u8, to-do: list<string> }, b: variant { none, some(option<char>) }, c: flags { p, q }, d: enum { up, down }, e: tuple<u8, list<u8, 4>>, g: map<string, f64>, h: own<res>, i: {"new\u001b":"u8"}) -> result<_, stream>
;; CHECK: g: func(x: result<u8>) -> result
(module)
