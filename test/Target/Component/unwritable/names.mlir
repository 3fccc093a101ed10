// Rule utf8-encoding: names that the binary format cannot say.
// RUN: meld-translate --mlir-to-component --verify-diagnostics %s

component.root @r {
  %t = component.type.func ()
  // expected-error @below {{'component.import' op has the name "\u{0}\xff", which is not valid UTF-8 [utf8-encoding]}}
  %f = component.import "\00\FF" func %t
  // expected-error @below {{'component.type.record' op has the name "\xc0", which is not valid UTF-8 [utf8-encoding]}}
  %u = component.type.record {"\C0": u8}
  %m = component.type.core_module {
    // expected-error @below {{'component.core_import_decl' op has the name "\xff", which is not valid UTF-8 [utf8-encoding]}}
    component.core_import_decl "\FF" "t" : () -> ()
  }
}
