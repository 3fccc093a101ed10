//===- loop.cpp - A plain loop that decodes and copies ----------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// bench-loop IN OUT: copies the core module IN with the indices of functions,
// types and globals replaced by way of a table, byte by byte, by a switch over
// the opcode. It checks nothing, knows only what compilers of C emit, and
// shares no code with Meld: what anybody would write first, as the measure of
// what a tool that also links and checks should cost.
//
//===----------------------------------------------------------------------===//

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <vector>

using Bytes = std::vector<uint8_t>;

namespace {
/// Reads at `in`, appends at `out`.
struct Loop {
  const uint8_t *in;
  uint8_t *out;
  /// The new number of each index; the same for all index spaces.
  const std::vector<uint32_t> &numbers;

  void copy() { *out++ = *in++; }
  void leb() {
    while (*in & 0x80)
      copy();
    copy();
  }
  void fixed(int count) {
    while (count--)
      copy();
  }
  uint32_t number() {
    uint32_t value = 0;
    for (int shift = 0;; shift += 7) {
      uint8_t byte = *in++;
      value |= uint32_t(byte & 0x7f) << shift;
      if (byte < 0x80)
        return value;
    }
  }
  void put(uint32_t value) {
    for (; value > 0x7f; value >>= 7)
      *out++ = uint8_t(value | 0x80);
    *out++ = uint8_t(value);
  }
  void index() { put(numbers[number()]); }

  void locals();
  void instruction();
  void prefixed(uint8_t prefix);
  void body(const uint8_t *end) {
    locals();
    while (in != end)
      instruction();
  }
};
} // namespace

void Loop::locals() {
  uint32_t count = number();
  for (put(count); count; --count)
    leb(), copy();
}

void Loop::prefixed(uint8_t prefix) {
  uint32_t code = number();
  put(code);
  if (prefix == 0xfc)
    return code < 8 ? void() : code == 8 || code == 10 ? fixed(2) : copy();
  if (code <= 11 || code == 92 || code == 93) // accesses of v128
    leb(), leb();
  else if (code == 12 || code == 13)
    fixed(16);
  else if (code >= 21 && code <= 34)
    copy();
  else if (code >= 84 && code <= 91)
    leb(), leb(), copy();
}

void Loop::instruction() {
  uint8_t op = *in;
  copy();
  switch (op) {
  case 0x02: // block, loop, if
  case 0x03:
  case 0x04:
    return *in < 0x40 ? index() : copy();
  case 0x0c: // br, br_if, local.get, local.set, local.tee
  case 0x0d:
  case 0x20:
  case 0x21:
  case 0x22:
  case 0x3f: // memory.size, memory.grow
  case 0x40:
  case 0x41: // i32.const, i64.const
  case 0x42:
    return leb();
  case 0x0e: // br_table
    for (uint32_t count = number(), i = (put(count), 0); i <= count; ++i)
      leb();
    return;
  case 0x10: // call, global.get, global.set
  case 0x23:
  case 0x24:
    return index();
  case 0x11: // call_indirect
    index();
    return leb();
  case 0x43:
    return fixed(4);
  case 0x44:
    return fixed(8);
  case 0xfc:
  case 0xfd:
    return prefixed(op);
  }
  if (op >= 0x28 && op <= 0x3e)
    leb(), leb();
}

static void putLeb(Bytes &out, uint32_t value) {
  for (; value > 0x7f; value >>= 7)
    out.push_back(uint8_t(value | 0x80));
  out.push_back(uint8_t(value));
}

/// The code section at `in`, with new indices.
static Bytes copyCode(const uint8_t *in, const uint8_t *end,
                      const std::vector<uint32_t> &numbers) {
  Bytes out, body;
  out.reserve(end - in + (end - in) / 4);
  Loop loop{in, nullptr, numbers};
  uint32_t count = loop.number();
  for (putLeb(out, count); count; --count) {
    uint32_t size = loop.number();
    if (body.size() < 5 * size)
      body.resize(5 * size);
    loop.out = body.data();
    loop.body(loop.in + size);
    putLeb(out, loop.out - body.data());
    out.insert(out.end(), body.data(), loop.out);
  }
  return out;
}

static Bytes readFile(const char *name) {
  FILE *file = fopen(name, "rb");
  if (!file)
    exit(fprintf(stderr, "bench-loop: cannot read %s\n", name) > 0);
  fseek(file, 0, SEEK_END);
  Bytes bytes(ftell(file));
  rewind(file);
  if (fread(bytes.data(), 1, bytes.size(), file) != bytes.size())
    exit(1);
  fclose(file);
  return bytes;
}

int main(int argc, char **argv) {
  if (argc != 3)
    return fputs("usage: bench-loop IN OUT\n", stderr), 1;
  Bytes bytes = readFile(argv[1]), out(bytes.begin(), bytes.begin() + 8);
  std::vector<uint32_t> numbers(1 << 20);
  for (uint32_t i = 0; i < numbers.size(); ++i)
    numbers[i] = i;
  Loop sections{bytes.data() + 8, nullptr, numbers};
  for (const uint8_t *end = bytes.data() + bytes.size(); sections.in != end;) {
    uint8_t id = *sections.in++;
    uint32_t size = sections.number();
    const uint8_t *from = sections.in;
    sections.in += size;
    Bytes content = id == 10 ? copyCode(from, sections.in, numbers)
                             : Bytes(from, sections.in);
    out.push_back(id);
    putLeb(out, content.size());
    out.insert(out.end(), content.begin(), content.end());
  }
  FILE *file = fopen(argv[2], "wb");
  return !file || fwrite(out.data(), 1, out.size(), file) != out.size() ||
         fclose(file);
}
