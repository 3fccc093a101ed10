# Names that say where an import comes from, of the text before 2026-08: by URL,
# hash and dependency. Exports have none of them.
#
# REQUIRES: node
# RUN: %node %meld_src/utils/wat2component.mjs %s %t.wasm
# RUN: not meld check %t.wasm 2>&1 | FileCheck %s --implicit-check-not=error:
(component
  (import "url=<https://example.com/a.wasm?x=1>" (func $f))
  (import "url=<https://example.com/a.wasm?X=1>" (func))
  (import "url=<https://example.com/A.wasm>,integrity=<sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=>" (func))
  (import "integrity=<sha384-oqVuAfXRKap7fdgcCY5uykM6+R9GqQ8K/uxy9rx7HNQlGYl1kPzQho1wx4JwY8wC sha512-AbCd?ct=x>" (func))
  (import "locked-dep=<a:b@1.2.3>" (func))
  (import "locked-dep=<a:b>,integrity=<sha256-47DEQpj8HBSa>" (func))
  (import "unlocked-dep=<a:b>" (func))
  (import "unlocked-dep=<a:b@*>" (func))
  (import "unlocked-dep=<a:b@{>=1.2.3}>" (func))
  (import "unlocked-dep=<a:b@{<2.0.0}>" (func))
  (import "unlocked-dep=<a:b@{>=1.2.3 <2.0.0-rc}>" (func))
  (type (component (import "url=<>" (func))))
  ;; CHECK: error: the name "url=<https://a.b" is not valid: wanted `>` after "https://a.b" [extern-name]{{$}}
  (import "url=<https://a.b" (func))
  ;; CHECK: error: the name "url=<a<b>" is not valid: a URL has no `<` and no control characters [extern-name]{{$}}
  (import "url=<a<b>" (func))
  ;; CHECK: error: the name "url=<a\u{1}b>" is not valid: a URL has no `<` and no control characters [extern-name]{{$}}
  (import "url=<a\01b>" (func))
  ;; CHECK: error: the name "url=<a{>=b>" is not valid: wanted `integrity=<...>`, found "=b>" [extern-name]{{$}}
  (import "url=<a{>=b>" (func))
  ;; CHECK: error: the name "integrity=<sha256-AbCd===>" is not valid: "sha256-AbCd===" is no hash like sha256-47DEQpj8HBSa [extern-name]{{$}}
  (import "integrity=<sha256-AbCd===>" (func))
  ;; CHECK: error: the name "url=<a>b" is not valid: wanted `integrity=<...>`, found "b" [extern-name]{{$}}
  (import "url=<a>b" (func))
  ;; CHECK: error: the name "integrity=<md5-AbCd>" is not valid: "md5-AbCd" is no hash like sha256-47DEQpj8HBSa [extern-name]{{$}}
  (import "integrity=<md5-AbCd>" (func))
  ;; CHECK: error: the name "integrity=<sha256-AbCd>," is not valid: wanted nothing after the hash, found "," [extern-name]{{$}}
  (import "integrity=<sha256-AbCd>," (func))
  ;; CHECK: error: the name "locked-dep=<A:b>" is not valid: "A" is not in kebab case of lower-case letters [extern-name]{{$}}
  (import "locked-dep=<A:b>" (func))
  ;; CHECK: error: the name "locked-dep=<a:c@1>" is not valid: "1" is no version like 1.2.3 [extern-name]{{$}}
  (import "locked-dep=<a:c@1>" (func))
  ;; CHECK: error: the name "unlocked-dep=<a:c@{>=1.2}>" is not valid: "{>=1.2}" is no range like {>=1.0.0 <2.0.0} [extern-name]{{$}}
  (import "unlocked-dep=<a:c@{>=1.2}>" (func))
  ;; CHECK: error: the name "unlocked-dep=<a:c>,integrity=<sha256-AbCd>" is not valid: wanted nothing after the range, found ",integrity=<sha256-AbCd>" [extern-name]{{$}}
  (import "unlocked-dep=<a:c>,integrity=<sha256-AbCd>" (func))
  ;; CHECK: error: import name "locked-dep=<a:b@1.2.3>" conflicts with the name "locked-dep=<a:b@1.2.3>" [duplicate-name]{{$}}
  (import "locked-dep=<a:b@1.2.3>" (func))
  ;; CHECK: error: only a plain name has the attribute `implements`, "url=<x>" names a source [implements-place]{{$}}
  (import "url=<x>" (implements "a:b/c") (instance))
  ;; CHECK: error: the name "url=<https://example.com/a.wasm>" is not valid: it says where an import comes from, which an export does not [extern-name]{{$}}
  (export "url=<https://example.com/a.wasm>" (func $f))
  ;; CHECK: error: the name "integrity=<sha256-AbCd>" is not valid: it says where an import comes from, which an export does not [extern-name]{{$}}
  (instance (export "integrity=<sha256-AbCd>" (func $f))))
