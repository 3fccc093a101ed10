//===- fibers.mjs - stacks to switch between -----------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// For a program of `--stackful=fiber` (docs/HostABI.md, *Stacks*): the engine
// suspends a stack where wasm calls `WebAssembly.Suspending`, and lets it go on
// when a promise is kept. So a switch takes a turn of the microtask queue, and
// code of the user's may run meanwhile, which must not enter the program.
//
//===---------------------------------------------------------------------===//

export class Fibers {
  #core;
  #functions = new Map(); // those of the core that may be suspended, by name
  #resumes = new Map(); // fiber -> what lets its stack go on; 0 is that of the entry
  #running = 0;
  #queue = []; // entries that wait for the one under way
  #isEntered = false;
  #fail = null; // what ends the call of the core function that goes on, null if none does

  /// Throws an Error where the engine has no stacks.
  constructor() {
    if (typeof WebAssembly.Suspending !== 'function')
      throw new Error('the program switches between stacks (--stackful=fiber), and this engine has no WebAssembly.Suspending');
  }

  imports() {
    return { thread_switch_to: new WebAssembly.Suspending((fiber) => this.#switchTo(fiber)) };
  }

  bind(core) {
    this.#core = core;
  }

  /// Whether a core function goes on, here or in a turn to come.
  get isSwitching() {
    return this.#fail !== null;
  }

  get hasQueued() {
    return this.#queue.length > 0;
  }

  /// Runs an entry, now or after those that came before. `run` gives a promise;
  /// the result is kept as that is.
  enter(run) {
    return new Promise((resolve, reject) => {
      this.#queue.push({ run, resolve, reject });
      if (!this.#isEntered) this.#next();
    });
  }

  #next() {
    const entry = this.#queue.shift();
    this.#isEntered = entry !== undefined;
    if (!entry) return;
    const end = (settle) => (value) => {
      settle(value);
      this.#next();
    };
    try {
      entry.run().then(end(entry.resolve), end(entry.reject));
    } catch (error) {
      this.#isEntered = false; // the stack is full: nothing was begun
      entry.reject(error);
    }
  }

  /// Calls a core function, whose stack and others may be suspended until the
  /// promise is kept. What one of them traps with, it is rejected with.
  async call(name, args) {
    this.#running = 0;
    try {
      return await new Promise((resolve, reject) => {
        this.#fail = reject;
        this.#promising(name)(...args).then(resolve, reject);
      });
    } finally {
      this.#fail = null;
    }
  }

  #promising(name) {
    if (!this.#functions.has(name)) this.#functions.set(name, WebAssembly.promising(this.#core[name]));
    return this.#functions.get(name);
  }

  #switchTo(fiber) {
    return new Promise((resume) => {
      this.#resumes.set(this.#running, resume);
      this.#goTo(fiber);
    });
  }

  /// A stack that comes to its end says which one goes on.
  #goTo(fiber) {
    this.#running = fiber;
    const resume = this.#resumes.get(fiber);
    if (this.#resumes.delete(fiber)) resume();
    else this.#promising('__thread')(fiber).then((next) => this.#goTo(next), (error) => this.#fail?.(error));
  }
}
