//===- ValueTypes.h - Value and heap types of core modules ------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Types as 32-bit words, so that the validator's stack is an array of words
// and most comparisons are one compare. Abstract heap types are their byte of
// the binary format; concrete ones are an index into the module's types.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_TARGET_WASM_VALUETYPES_H
#define MELD_TARGET_WASM_VALUETYPES_H

#include <cstdint>
#include <optional>
#include <string>

namespace meld::core {

/// What a reference refers to.
class HeapType {
public:
  /// The bytes of the abstract heap types. `Unknown` stands for any heap type:
  /// that of a reference that unreachable code makes up.
  enum Abstract : uint8_t {
    Unknown = 0,
    Cont = 0x68,
    Exn = 0x69,
    Array = 0x6a,
    Struct = 0x6b,
    I31 = 0x6c,
    Eq = 0x6d,
    Any = 0x6e,
    Extern = 0x6f,
    Func = 0x70,
    None = 0x71,
    NoExtern = 0x72,
    NoFunc = 0x73,
    NoExn = 0x74,
    NoCont = 0x75,
  };

  constexpr HeapType(Abstract abstract) : word(abstractBit | abstract) {}
  static constexpr HeapType concrete(uint32_t index) { return HeapType(index); }
  static constexpr HeapType fromWord(uint32_t word) { return HeapType(word); }

  /// The abstract heap type that is encoded by `byte`, if there is one.
  static std::optional<HeapType> fromByte(uint8_t byte);

  constexpr bool isConcrete() const { return !(word & abstractBit); }
  constexpr uint32_t index() const { return word; }
  constexpr Abstract abstract() const { return Abstract(word & 0xff); }
  constexpr uint32_t bits() const { return word; }

  constexpr bool operator==(HeapType other) const { return word == other.word; }
  constexpr bool operator!=(HeapType other) const { return word != other.word; }

  /// "func", "any", or the index: "3".
  std::string str() const;

private:
  explicit constexpr HeapType(uint32_t word) : word(word) {}
  static constexpr uint32_t abstractBit = 1u << 29;
  uint32_t word;
};

/// A value type, or a packed storage type of a field. The default is the
/// unknown type, which stands for any: a value that unreachable code makes up.
class ValType {
public:
  enum Number : uint8_t {
    Unknown = 0,
    I16 = 0x77,
    I8 = 0x78,
    V128 = 0x7b,
    F64 = 0x7c,
    F32 = 0x7d,
    I64 = 0x7e,
    I32 = 0x7f,
  };

  constexpr ValType() : word(Unknown) {}
  constexpr ValType(Number number) : word(number) {}
  static constexpr ValType ref(HeapType heap, bool nullable) {
    return ValType(refBit | (nullable ? nullBit : 0) | heap.bits());
  }

  constexpr bool isUnknown() const { return word == Unknown; }
  constexpr bool isRef() const { return word & refBit; }
  constexpr bool isPacked() const { return word == I8 || word == I16; }
  /// A number or vector type.
  constexpr bool isNumeric() const { return word >= V128 && word <= I32; }
  constexpr bool isNullable() const { return word & nullBit; }
  /// True for the types of which a local without initial value has one.
  constexpr bool isDefaultable() const { return !isRef() || isNullable(); }
  /// Of a reference only.
  constexpr HeapType heap() const {
    return HeapType::fromWord(word & ~(refBit | nullBit));
  }
  constexpr ValType withNull(bool nullable) const {
    return ValType::ref(heap(), nullable);
  }
  constexpr uint32_t bits() const { return word; }
  static constexpr ValType fromBits(uint32_t bits) { return ValType(bits); }

  constexpr bool operator==(ValType other) const { return word == other.word; }
  constexpr bool operator!=(ValType other) const { return word != other.word; }

  /// As the text format writes it: "i32", "funcref", "(ref null 3)".
  std::string str() const;

private:
  explicit constexpr ValType(uint32_t word) : word(word) {}
  static constexpr uint32_t refBit = 1u << 31, nullBit = 1u << 30;
  uint32_t word;
};

inline constexpr ValType funcRef = ValType::ref(HeapType::Func, true);

} // namespace meld::core

#endif // MELD_TARGET_WASM_VALUETYPES_H
