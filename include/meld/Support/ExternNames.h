//===- ExternNames.h - The grammar of import and export names ---*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Labels, plain names and interface names (Explainer.md, Import and Export
// Definitions, Name Uniqueness), and the names by dependency, URL and hash that
// imports had in the text before 2026-08. Everything returned is a view of the
// name.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_SUPPORT_EXTERNNAMES_H
#define MELD_SUPPORT_EXTERNNAMES_H

#include "llvm/ADT/StringRef.h"
#include <optional>
#include <string>

namespace meld {

/// What a name says beyond its label.
enum class NameKind : uint8_t {
  Label,
  Constructor,
  Method,
  Static,
  Interface,
  /// `unlocked-dep=<a:b@{>=1.0.0}>`, `locked-dep=<a:b@1.0.0>`
  Dependency,
  /// `url=<https://a.b/c>`
  Url,
  /// `integrity=<sha256-...>`, which may also follow a URL or a dependency.
  Hash,
};

/// True for the kinds that only an import may have.
inline bool isForImports(NameKind kind) { return kind > NameKind::Interface; }

/// A name in its parts.
struct ExternName {
  NameKind kind = NameKind::Label;
  /// The resource of a constructor, method or static function.
  llvm::StringRef resource;
  /// The label: of a method or static function the second one; of an interface
  /// name the one after `/`. Empty for a constructor.
  llvm::StringRef label;
  /// Of an interface name or dependency: what stands before `@`, and behind it.
  llvm::StringRef interface, version;
  /// What a URL or hash says.
  llvm::StringRef url, hash;
};

/// True for a `label`: fragments of lower-case or of upper-case letters and
/// digits, joined by hyphens, the first of which starts with a letter.
bool isLabel(llvm::StringRef text);

/// True for a version of semver.org: `1.0.0-rc.1+build`.
bool isSemver(llvm::StringRef text);

/// True for a `canonversion`: `1`, `0.2`, `0.0.3` or `0.0.0`.
bool isCanonicalVersion(llvm::StringRef text);

/// Takes `name` apart. On failure says in `why` what is wrong with it, in words
/// that can follow "the name ... is not valid: ".
std::optional<ExternName> parseExternName(llvm::StringRef name,
                                          std::string &why);

/// Two names (or two labels) are strongly unique when their canonical forms
/// differ: in lower case, without the annotation of a method or static
/// function, and `l` for `[method]l.l` and `[static]l.l`.
std::string canonicalName(llvm::StringRef name);

} // namespace meld

#endif // MELD_SUPPORT_EXTERNNAMES_H
