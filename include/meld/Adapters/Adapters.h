//===- Adapters.h - how values move between instances -----------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

/// \file
/// The Canonical ABI as code: values are lifted out of one instance and lowered
/// into another in one go. The rationale is docs/Adapters.md.

#ifndef MELD_ADAPTERS_ADAPTERS_H
#define MELD_ADAPTERS_ADAPTERS_H

#include "meld/Dialect/Component/IR/CanonicalLayout.h"
#include "mlir/IR/SymbolTable.h"
#include <vector>

namespace meld::adapters {

/// What `canon lift` or `canon lower` says about one side of a call.
struct Side {
  mlir::FlatSymbolRefAttr instance;
  /// Null where no value of the call lies in memory there.
  mlir::FlatSymbolRefAttr memory;
  /// Null where nothing is allocated there.
  mlir::FlatSymbolRefAttr realloc;
  component::StringEncoding encoding = component::StringEncoding::utf8;
  bool memory64 = false;
  /// Where values only wait between lifting and lowering: a handle is what it
  /// stands for, and text keeps its form, so what was UTF-16 under
  /// `latin1+utf16` is not made Latin-1.
  bool waits = false;
};

/// From where values are lifted, and where they are lowered to.
struct Route {
  Side from, to;
  /// What handles need to know: a component function of one of the sides, the
  /// other one being the instance of the `async_intrinsic.transfer` ops.
  mlir::FlatSymbolRefAttr callee;
  bool toCallee = true;
};

/// How adapters are written (`simd` and `adapters` of Target.td).
struct Style {
  /// With vectors of 128 bits.
  bool vectors = false;
  /// In few bytes instead of in place: short loops over text.
  bool small = false;
  /// A value with more parts is moved by a function of its own.
  unsigned inlineParts = 24;
};

/// A function that adapters share, and what a remark says of it.
struct SharedFunction {
  mlir::FlatSymbolRefAttr symbol;
  /// Whether it is as fast as it could be; else the text says why not.
  bool isFast = true;
  /// Empty where there is nothing to say, and where nobody listens.
  std::string text;
  /// How many calls of it there are.
  unsigned uses = 0;
};

/// The functions that the adapters of one flattened root share, made when they
/// are first needed: one for each (types, route). Reads no guest code.
class Adapters {
public:
  /// `symbols` is the table of the root; functions are added at its end.
  explicit Adapters(mlir::SymbolTable &symbols, Style style = {});

  /// Lifts the values of `types` out of `values`, which are the core values
  /// that they flatten to, or one pointer to them; and lowers them through
  /// `into`, a pointer, if that is there, else into core values, or where these
  /// are more than 16, into memory that the realloc of the side gives.
  /// `fromMemory` says that there is a pointer, where that cannot be told from
  /// one core value. Code is written where `builder` stands. Returns the core
  /// values.
  llvm::SmallVector<mlir::Value>
  move(mlir::ImplicitLocOpBuilder &builder, const Route &route,
       llvm::ArrayRef<mlir::Type> types, mlir::ValueRange values,
       mlir::Value into = {}, bool fromMemory = false);

  /// Lifts `count` elements, an i32, that lie at `source`, and lowers them to
  /// `target`, both i32 and checked.
  void moveElements(mlir::ImplicitLocOpBuilder &builder, const Route &route,
                    mlir::Type element, mlir::Value target, mlir::Value source,
                    mlir::Value count);

  /// Whether code of `instance` can find out that it may not leave: it has a
  /// built-in or a lower. Where it has none, nothing needs to be forbidden.
  bool canTryToLeave(mlir::FlatSymbolRefAttr instance) const;
  /// Whether code of `instance` reads or writes its `context` slots. Where it
  /// does not, nothing needs to be kept for it.
  bool usesContext(mlir::FlatSymbolRefAttr instance) const;

  /// The functions made so far, in their order. Texts are written only behind
  /// `listen`.
  llvm::ArrayRef<SharedFunction> getFunctions() const { return made; }
  void listen() { isHeard = true; }

  // What the parts of this library share.

  /// Sets the text about a function that `share` has made just now.
  void explain(mlir::FlatSymbolRefAttr function, bool isFast,
               llvm::function_ref<std::string()> text);

  const Style &getStyle() const { return style; }

  using Build = llvm::function_ref<void(mlir::Location, mlir::Block &)>;
  /// The function for `key` and `type`, built by `build` at first use.
  mlir::FlatSymbolRefAttr share(llvm::StringRef key, mlir::Type type,
                                llvm::StringRef name,
                                mlir::FunctionType functionType, Build build);
  component::Layout &getLayout(const Side &side) {
    return layouts[side.memory64];
  }

  /// How long the code for a value of `type` is, in parts: lists and strings
  /// are one, what is longer than all code that is written in place counts as
  /// 1000.
  unsigned getWeight(mlir::Type type);

private:
  mlir::SymbolTable &symbols;
  Style style;
  llvm::DenseMap<mlir::Type, unsigned> weights;
  component::Layout layouts[2]{component::Layout(false),
                               component::Layout(true)};
  /// The index in `made`.
  llvm::DenseMap<std::pair<mlir::StringAttr, mlir::Type>, unsigned> functions;
  llvm::DenseMap<mlir::Attribute, unsigned> numbers;
  std::vector<SharedFunction> made;
  bool isHeard = false;
  llvm::DenseSet<mlir::StringAttr> leavers, contextUsers;
};

} // namespace meld::adapters

#endif // MELD_ADAPTERS_ADAPTERS_H
