//===- Sections.cpp - what guests say of their making -----------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Other custom sections speak of offsets or indices of their module, which mean
// nothing in the merged one.
//
//===----------------------------------------------------------------------===//

#include "Sections.h"

#include "mlir/IR/Builders.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/Support/LEB128.h"

using namespace mlir;
using namespace meld;
using namespace meld::merge;

namespace {
/// By field ("language"), tool and version.
using Producers =
    llvm::MapVector<StringRef, llvm::MapVector<StringRef, StringRef>>;
using Features = llvm::SetVector<StringRef>;

/// A vector of bytes in the making.
class Text {
public:
  void number(uint64_t value) {
    llvm::raw_string_ostream os(bytes);
    llvm::encodeULEB128(value, os);
  }
  void name(StringRef text) {
    number(text.size());
    bytes += text;
  }
  void byte(char value) { bytes += value; }
  StringRef str() const { return bytes; }

private:
  std::string bytes;
};
} // namespace

static void read(ByteReader in, Producers &all) {
  Producers found;
  for (uint32_t n = in.count(); n && !in.failed(); --n) {
    auto &tools = found[in.name()];
    for (uint32_t m = in.count(); m && !in.failed(); --m) {
      StringRef tool = in.name();
      tools.insert({tool, in.name()});
    }
  }
  if (in.failed())
    return;
  for (auto &[field, tools] : found)
    for (auto &[tool, version] : tools)
      all[field].insert({tool, version});
}

static void read(ByteReader in, Features &all) {
  Features found;
  for (uint32_t n = in.count(); n && !in.failed(); --n) {
    bool isUsed = in.byte() == '+';
    StringRef name = in.name();
    if (isUsed)
      found.insert(name);
  }
  if (!in.failed())
    all.insert(found.begin(), found.end());
}

static Text write(const Producers &producers) {
  Text text;
  text.number(producers.size());
  for (auto &[field, tools] : producers) {
    text.name(field);
    text.number(tools.size());
    for (auto &[tool, version] : tools) {
      text.name(tool);
      text.name(version);
    }
  }
  return text;
}

static Text write(const Features &features) {
  Text text;
  text.number(features.size());
  for (StringRef feature : features) {
    text.byte('+');
    text.name(feature);
  }
  return text;
}

void merge::keepSections(const Program &program) {
  Producers producers;
  Features features;
  llvm::SetVector<const wasm::GuestModule *> guests;
  for (const Instance &instance : program.instances)
    guests.insert(instance.guest);
  for (const wasm::GuestModule *guest : guests)
    for (const core::CustomSection &section : guest->view.customs) {
      ByteReader in = guest->view.reader(section.contents);
      if (section.name == "producers")
        read(in, producers);
      else if (section.name == "target_features")
        read(in, features);
    }
  component::RootOp root = program.getRoot();
  OpBuilder builder = OpBuilder::atBlockEnd(&root.getBody().front());
  auto add = [&](StringRef name, const auto &content) {
    if (!content.empty())
      wasm::CustomOp::create(builder, root.getLoc(), name,
                             write(content).str());
  };
  add("producers", producers);
  add("target_features", features);
}
