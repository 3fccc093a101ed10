//===- import-object.mjs - what a core module imports --------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

const asyncModule = 'pulseengine:async';

/// The import object of a program, as it grows, and what it lacks.
export class ImportObject {
  #object = Object.create(null);
  #missing = [];

  place(module, name, f) {
    (this.#object[module] ??= Object.create(null))[name] = f;
  }

  /// Says that the user has given nothing for a function, by the name that is
  /// shown.
  miss(shown) {
    this.#missing.push(shown);
  }

  /// What a component around the program would give it for a resource that it
  /// exports (`--edge=component`). A handle here is the index itself.
  placeHandles({ interface: from, resource }) {
    const same = (number) => number;
    this.place(`[export]${from}`, `[resource-new]${resource}`, same);
    this.place(`[export]${from}`, `[resource-rep]${resource}`, same);
    this.place(`[export]${from}`, `[resource-drop]${resource}`, () => {});
  }

  /// The object for `module`, with those of the functions `own` of
  /// `pulseengine:async` that it imports. Throws an Error that lists everything
  /// that is missing.
  complete(module, own) {
    for (const { module: from, name } of WebAssembly.Module.imports(module)) {
      if (from === asyncModule && Object.hasOwn(own, name)) this.place(from, name, own[name]);
      else if (!this.#object[from]?.[name] && !this.#missing.some((shown) => shown.endsWith(name.replace('[call]', ''))))
        this.miss(`${from} ${name}`);
    }
    if (this.#missing.length) throw new Error(`the host lacks what the program imports: ${this.#missing.join(', ')}`);
    return this.#object;
  }
}
