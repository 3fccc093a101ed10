// RUN: meld-opt %s --component-flatten --verify-diagnostics

// instance-limit: each component instantiates the one before ten times: 10^5
// instances would be made.
component.root @bomb {
  %C0 = component.component "c0" {
  }
  %C1 = component.component "c1" {
    %c = component.alias_outer component %C0
    %i0 = component.instantiate %c
    %i1 = component.instantiate %c
    %i2 = component.instantiate %c
    %i3 = component.instantiate %c
    %i4 = component.instantiate %c
    %i5 = component.instantiate %c
    %i6 = component.instantiate %c
    %i7 = component.instantiate %c
    // expected-error @+1 {{component instances: more than 10000 [instance-limit]}}
    %i8 = component.instantiate %c
    %i9 = component.instantiate %c
  }
  %C2 = component.component "c2" {
    %c = component.alias_outer component %C1
    %i0 = component.instantiate %c
    %i1 = component.instantiate %c
    %i2 = component.instantiate %c
    %i3 = component.instantiate %c
    %i4 = component.instantiate %c
    %i5 = component.instantiate %c
    %i6 = component.instantiate %c
    %i7 = component.instantiate %c
    %i8 = component.instantiate %c
    %i9 = component.instantiate %c
  }
  %C3 = component.component "c3" {
    %c = component.alias_outer component %C2
    %i0 = component.instantiate %c
    %i1 = component.instantiate %c
    %i2 = component.instantiate %c
    %i3 = component.instantiate %c
    %i4 = component.instantiate %c
    %i5 = component.instantiate %c
    %i6 = component.instantiate %c
    %i7 = component.instantiate %c
    %i8 = component.instantiate %c
    %i9 = component.instantiate %c
  }
  %C4 = component.component "c4" {
    %c = component.alias_outer component %C3
    %i0 = component.instantiate %c
    %i1 = component.instantiate %c
    %i2 = component.instantiate %c
    %i3 = component.instantiate %c
    %i4 = component.instantiate %c
    %i5 = component.instantiate %c
    %i6 = component.instantiate %c
    %i7 = component.instantiate %c
    %i8 = component.instantiate %c
    %i9 = component.instantiate %c
  }
  %C5 = component.component "c5" {
    %c = component.alias_outer component %C4
    %i0 = component.instantiate %c
    %i1 = component.instantiate %c
    %i2 = component.instantiate %c
    %i3 = component.instantiate %c
    %i4 = component.instantiate %c
    %i5 = component.instantiate %c
    %i6 = component.instantiate %c
    %i7 = component.instantiate %c
    %i8 = component.instantiate %c
    %i9 = component.instantiate %c
  }
  %i = component.instantiate %C5
}
