// Rule not-writable: a flattened root.
// RUN: meld-translate --mlir-to-component --verify-diagnostics %s

// expected-error @below {{'component.root' op is flattened: it holds symbols where a component has definitions [not-writable]}}
component.root @r flattened {
}
