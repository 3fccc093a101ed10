//===- Passes.td - the passes of Meld -*- tablegen -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// In the order of the pipeline, which docs/Pipeline.md tells as a whole.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_TRANSFORMS_PASSES_TD
#define MELD_TRANSFORMS_PASSES_TD

include "mlir/Pass/PassBase.td"

def ComponentLink : Pass<"component-link", "::mlir::ModuleOp"> {
  let summary = "link several roots into one";
  let description = [{
    Needs: roots of definitions, before or after the lowerings.

    Does: makes one root that contains them as components, instantiates them in
    the order of their needs, and gives each import the export of that name, in
    a compatible version, of another root. What nothing satisfies is imported;
    what satisfied nothing is exported.

    Guarantees: the result depends on the roots and their order alone. A single
    root stays as it is.

    Does not: compare types; `--component-flatten` does. docs/Link.md tells the
    rest.
  }];
  let options = [
    ListOption<"kept", "export", "std::string",
               "name of an export to keep although it satisfies an import">
  ];
  let dependentDialects = ["::meld::component::ComponentDialect"];
}

def ComponentFlatten : Pass<"component-flatten", "::meld::component::RootOp"> {
  let summary = "evaluate the instantiation of a root";
  let description = [{
    Needs: a root of definitions, before or after the lowerings.

    Does: instantiates the root and every component in it, in order, and leaves
    symbols: component and core instances, built-ins, lifts, lowers, imports and
    exports of functions. Functions of generated modules move into the root.

    Guarantees: each argument is there and has the type of its import. A root
    that is flattened stays as it is.

    Refuses: imports and exports of the root that are core modules or
    components. docs/Flatten.md tells why and how.
  }];
  let dependentDialects = ["::meld::wasm::WasmDialect"];
}

/// An option of a lowering for those who look for a fault by halves.
class LowerOnlyOption {
  ListOption option = ListOption<"only", "only", "std::string",
    "lower only the definitions with these symbols, or of the instances with "
    "them">;
}
def LowerOnly : LowerOnlyOption;

def LowerCalls : Pass<"lower-calls", "::meld::component::RootOp"> {
  let summary = "lower lowers to functions, and make the thunks of calls";
  let description = [{
    Needs: a root, before or after `--component-flatten`, before or after
    `--lower-tasks`.

    Does: replaces each synchronous `component.lower` by a function that calls
    and, where the callee's type is asynchronous, waits; makes the start and
    return thunks of each asynchronous one, where it is still a lower as its operands
    `start` and `return`, where `--lower-tasks` has made a function of it as
    attributes of its `async_intrinsic.call`.

    Leaves: lowers whose function type depends on an import, and before flatten
    those whose values live in memory; with `only`, all others.

    Says, as remarks of the category `lower-calls`: for each lower, which kind of
    call was made of it and why.
  }];
  let options = [LowerOnly.option];
  let dependentDialects = ["::meld::wasm::WasmDialect",
                           "::meld::async_intrinsic::AsyncIntrinsicDialect"];
}

def LowerResources : Pass<"lower-resources", "::meld::component::RootOp"> {
  let summary = "lower the built-ins of resources to functions";
  let description = [{
    Needs: a root. Before `--component-flatten` no resource type is known, and
    nothing changes.

    Does: replaces `resource.new`, `resource.drop` and `resource.rep` by
    functions over `async_intrinsic.resource.*`, and the built-ins of error
    contexts by functions over `async_intrinsic.error_context.*`. A drop runs the
    destructor in the instance that defines the resource.

    Leaves: with `only`, all built-ins but those.

    Says, as remarks of the category `lower-resources`: for each built-in, what
    was made of it, and what a drop runs.
  }];
  let options = [LowerOnly.option];
  let dependentDialects = ["::meld::wasm::WasmDialect",
                           "::meld::async_intrinsic::AsyncIntrinsicDialect"];
}

def LowerStreams
    : Pass<"lower-streams", "::meld::component::RootOp"> {
  let summary = "lower the definitions of stream built-ins to functions";
  let description = [{
    Needs: a root, before or after `--component-flatten`.

    Does: replaces each `component.stream.*` definition whose element type is
    known here by a function over `async_intrinsic.stream.*`.

    Leaves: definitions whose type depends on an import.
  }];
  let dependentDialects = ["::meld::wasm::WasmDialect",
                           "::meld::async_intrinsic::AsyncIntrinsicDialect"];
}

def LowerFutures
    : Pass<"lower-futures", "::meld::component::RootOp"> {
  let summary = "lower the definitions of future built-ins to functions";
  let description = [{
    Needs: a root, before or after `--component-flatten`.

    Does: replaces each `component.future.*` definition whose type is known here
    by a function over `async_intrinsic.future.*`.

    Leaves: definitions whose type depends on an import.
  }];
  let dependentDialects = ["::meld::wasm::WasmDialect",
                           "::meld::async_intrinsic::AsyncIntrinsicDialect"];
}

def LowerThreads
    : Pass<"lower-threads", "::meld::component::RootOp"> {
  let summary = "lower the definitions of thread built-ins to functions";
  let description = [{
    Needs: a root, before or after `--component-flatten`.

    Does: replaces the definitions of `component.thread.*` by functions over
    `async_intrinsic.thread.*`.

    Leaves: threads of the family `shared`, which run in parallel; before
    `--component-flatten`, `thread.new-indirect`.
  }];
  let dependentDialects = ["::meld::wasm::WasmDialect",
                           "::meld::async_intrinsic::AsyncIntrinsicDialect"];
}

def LowerTasks : Pass<"lower-tasks", "::meld::component::RootOp"> {
  let summary = "lower asynchronous lifts, lowers and the task built-ins";
  let description = [{
    Needs: a root, before or after `--component-flatten`.

    Does: replaces `task.*`, `context.*`, `waitable-set.*`, `waitable.join`,
    `subtask.*`, `backpressure.*` and asynchronous
    `component.lower` definitions by functions over `async_intrinsic`; after
    flatten also turns asynchronous lifts into `async_intrinsic.task_type`, and
    declares the exported trampoline where calls of them may meet backpressure.

    Leaves: what depends on an import, and built-ins without a lowering.
  }];
  let dependentDialects = ["::meld::wasm::WasmDialect",
                           "::meld::async_intrinsic::AsyncIntrinsicDialect"];
}

def LowerCallbacks
    : Pass<"lower-callbacks", "::meld::component::RootOp"> {
  let summary = "lower callbacks to step functions";
  let description = [{
    Needs: a root, before or after `--component-flatten`, before or after
    `--lower-tasks`.

    Does: makes for each lift in callback form a function that calls the callback
    and acts on the code that it returns (EXIT, YIELD, WAIT), puts it in the
    place of the callback, and declares the exported trampoline `__callback`
    once per root.
  }];
  let dependentDialects = ["::meld::wasm::WasmDialect",
                           "::meld::async_intrinsic::AsyncIntrinsicDialect"];
}

def LowerValues : Pass<"lower-values", "::meld::component::RootOp"> {
  let summary = "lower the values of calls to code";
  let description = [{
    Needs: a flattened root, behind `--lower-calls`; another one stays as it is.

    Does: replaces each `call_direct` of a lift by the code that moves its
    arguments, a `call_entry` of the core function, and the code that moves its
    result; replaces each `transfer` of a thunk in the same way. What values of
    large types need, and strings and lists, is moved by functions that all
    adapters of the root share.

    Leaves: calls of the host, which lifts and lowers itself; calls and
    transfers of an instance to itself, whose values wait in between; `transfer`
    of a single handle; traps, `call_realloc` and `call_post_return`, as
    operations.

    Reads of the target: `simd`, `adapters`.

    Says, as remarks of the category `lower-values`: for each call, what is left
    of it and which functions it uses; for each of those, whether it is a copy
    and why not; what was left out under which condition of docs/Adapters.md.
  }];
  let options = [
    Option<"inlineParts", "inline-parts", "unsigned", /*default=*/"0",
           "a value with more parts than this is moved by a function of its "
           "own; 0 is 24, or 4 where the target has `adapters=small`">
  ];
  let dependentDialects = ["::meld::wasm::WasmDialect",
                           "::meld::async_intrinsic::AsyncIntrinsicDialect"];
}

def LowerAsyncIntrinsics
    : Pass<"lower-async-intrinsics", "::meld::component::RootOp"> {
  let summary = "lower intrinsics to core code, and make the program's edge";
  let description = [{
    Needs: a flattened root, after the other lowerings. What `--lower-values`
    would lower it lowers too.

    Does: replaces the operations of `async_intrinsic` by loads and stores of
    the runtime's records and by calls of imports `meld:runtime`, which
    `--link-async-runtime` resolves; makes the memory, the function table and
    the static records of the runtime; makes the exports and imports of
    docs/HostABI.md and the section `meld.abi`.

    Guarantees: a program without asynchronous constructs gets no import of the
    runtime and no memory. A root that was lowered before stays as it is.

    Leaves: what it cannot lower yet, for example a value that lives in memory,
    with all that it names; `--wasm-merge` refuses it by name.
  }];
  let dependentDialects = ["::meld::wasm::WasmDialect",
                           "::meld::async_intrinsic::AsyncIntrinsicDialect"];
}

def LinkAsyncRuntime
    : Pass<"link-async-runtime", "::meld::component::RootOp"> {
  let summary = "give the guest runtime to a program that calls it";
  let description = [{
    Needs: a flattened root with the memory, table and trap function that
    `--lower-async-intrinsics` made.

    Does: adds the runtime's module and one instance of it, and replaces each
    import of `meld:runtime` by an alias to an export of that instance.

    Does not touch a root without such imports.

    Refuses: an import that the runtime does not export with that type.
  }];
  let dependentDialects = ["::meld::wasm::WasmDialect"];
}

def WasmMerge : Pass<"wasm-merge", "::mlir::ModuleOp"> {
  let summary = "merge the core instances of a root into one module";
  let description = [{
    Needs: flattened roots that hold core definitions, modules with bytes and
    their instances, and nothing that a lowering would replace.

    Does: puts one `wasm.module` in the place of each root. The modules whose
    bytes it views are nested in it; an instance becomes a `wasm.space`, its
    definitions become `body n of` that space.

    Guarantees: the order of instantiation; each index space begins with the
    root's own definitions.

    Refuses: what is not lowered, in one list; modules without bytes.
    docs/Merge.md tells why and how.
  }];
  let options = [
    Option<"stripDead", "strip-dead", "bool", /*default=*/"false",
           "drop functions, globals, memories, tables and segments that nothing "
           "can reach">,
    Option<"sections", "sections", "::meld::MergedSections",
           /*default=*/"::meld::MergedSections::name",
           "custom sections of the result: the names of functions, none, or "
           "also what the guests say in `producers` and `target_features`, and "
           "their debug info",
           [{::llvm::cl::values(
               clEnumValN(::meld::MergedSections::name, "name",
                          "names of functions"),
               clEnumValN(::meld::MergedSections::none, "none", "none"),
               clEnumValN(::meld::MergedSections::all, "all",
                          "names, producers, target_features, debug info"))}]>
  ];
  let dependentDialects = ["::meld::wasm::WasmDialect"];
}

#endif // MELD_TRANSFORMS_PASSES_TD
