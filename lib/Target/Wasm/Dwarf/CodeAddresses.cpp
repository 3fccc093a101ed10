//===- CodeAddresses.cpp - Where a guest's code went ------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CodeAddresses.h"

#include "llvm/ADT/STLExtras.h"

using namespace meld::core;

void CodeAddresses::add(uint32_t input, uint32_t size, uint32_t output,
                        const OffsetMap::Function &function) {
  copies.push_back({input, size, output,
                    uint32_t(function.end - function.begin), &function});
}

const CodeAddresses::Copy *CodeAddresses::find(uint32_t address) const {
  auto next = llvm::partition_point(
      copies, [&](const Copy &copy) { return copy.input <= address; });
  if (next == copies.begin() || address > std::prev(next)->inputEnd())
    return nullptr;
  return &*std::prev(next);
}

std::optional<uint32_t> CodeAddresses::start(uint32_t address) const {
  const Copy *copy = find(address);
  if (!copy || address == copy->inputEnd())
    return std::nullopt;
  return copy->output +
         OffsetMap::outputOf(*copy->function, address - copy->input);
}

std::optional<uint32_t> CodeAddresses::end(uint32_t address) const {
  const Copy *copy = find(address);
  if (!copy || address == copy->input)
    return std::nullopt;
  return address == copy->inputEnd() ? std::optional(copy->outputEnd())
                                     : start(address);
}

std::optional<uint32_t> CodeAddresses::any(uint32_t address) const {
  std::optional<uint32_t> found = start(address);
  return found ? found : end(address);
}

std::optional<CodeAddresses::Range> CodeAddresses::range(uint32_t low,
                                                         uint32_t high) const {
  if (low >= high)
    return std::nullopt;
  // Without the functions at both ends that are not there.
  auto first = llvm::partition_point(
      copies, [&](const Copy &copy) { return copy.inputEnd() <= low; });
  auto behind = llvm::partition_point(
      copies, [&](const Copy &copy) { return copy.input < high; });
  if (first >= behind)
    return std::nullopt;
  const Copy &last = *std::prev(behind);
  Range range;
  range.low = low > first->input ? *start(low) : first->output;
  range.high = high < last.inputEnd() ? *end(high) : last.outputEnd();
  if (range.low >= range.high)
    return std::nullopt;
  return range;
}
