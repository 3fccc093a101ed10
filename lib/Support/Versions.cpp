//===- Versions.cpp - Names of imports and exports, up to version ---------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "meld/Support/Versions.h"

#include "llvm/ADT/SmallVector.h"
#include <array>
#include <optional>

using namespace meld;
using llvm::StringRef;

using Version = std::array<uint64_t, 3>;

/// The numbers of `1.2.3`, `1.2` or `1`, with or without `+build`; nothing for
/// a pre-release and for what is no version.
static std::optional<Version> readVersion(StringRef text) {
  llvm::SmallVector<StringRef, 3> numbers;
  text.split('+').first.split(numbers, '.');
  if (numbers.size() > 3)
    return std::nullopt;
  Version version = {};
  for (auto [text, number] : llvm::zip(numbers, version))
    if (text.getAsInteger(10, number))
      return std::nullopt;
  return version;
}

/// The name in front of the version, and the version. The version is empty
/// where there is none: names of other forms (`url=<...>`) are no interfaces.
static std::pair<StringRef, StringRef> splitVersion(StringRef name) {
  if (name.contains('='))
    return {name, ""};
  return name.rsplit('@');
}

std::string meld::getLinkName(StringRef name) {
  auto [interface, text] = splitVersion(name);
  std::optional<Version> version;
  if (!text.empty())
    version = readVersion(text);
  if (!version)
    return name.str();
  std::string cut = interface.str() + "@";
  for (uint64_t number : *version) {
    cut += std::to_string(number);
    if (number)
      return cut;
    cut += '.';
  }
  return name.str(); // 0.0.0 is compatible with nothing else
}

bool meld::isNewerVersion(StringRef name, StringRef other) {
  auto version = readVersion(splitVersion(name).second);
  auto otherVersion = readVersion(splitVersion(other).second);
  return version && otherVersion && *version > *otherVersion;
}
