//===- turns.mjs - the event loop ----------------------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//

/// For a browser: a timer there fires after 4 ms, where a message comes at once.
function byMessage() {
  const { port1, port2 } = new MessageChannel();
  const waiting = [];
  port1.onmessage = () => waiting.shift()();
  return (run) => {
    waiting.push(run);
    port2.postMessage(null);
  };
}

/// Runs a function in a turn of the event loop of its own.
export const macrotask = globalThis.setImmediate ?? byMessage();
