//===- reader.mjs - S-expressions with places ----------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// A .wast file is a sequence of forms. A node is one of
//   { list: [node], start, end, line }   (...)
//   { atom: 'word', start, end, line }
//   { bytes: Buffer, start, end, line }  a string; its escapes may name bytes
//
//===---------------------------------------------------------------------===//

const escapes = { n: 10, t: 9, r: 13, '"': 34, "'": 39, '\\': 92 };

class Reader {
  #at = 0;
  #line = 1;
  constructor(source, file) {
    this.source = source;
    this.file = file;
  }

  #fail(message, line = this.#line) {
    throw new Error(`${this.file}:${line}: ${message}`);
  }

  #advance(count = 1) {
    for (; count; count--) if (this.source[this.#at++] === '\n') this.#line++;
  }

  #skipBlockComment() {
    const line = this.#line;
    let depth = 0;
    do {
      if (this.#at >= this.source.length) this.#fail('comment is not closed', line);
      const two = this.source.substr(this.#at, 2);
      if (two === '(;') depth++;
      if (two === ';)') depth--;
      this.#advance(two === '(;' || two === ';)' ? 2 : 1);
    } while (depth);
  }

  #skipSpace() {
    while (this.#at < this.source.length) {
      if (/\s/.test(this.source[this.#at])) this.#advance();
      else if (this.source.startsWith(';;', this.#at))
        while (this.#at < this.source.length && this.source[this.#at] !== '\n') this.#advance();
      else if (this.source.startsWith('(;', this.#at)) this.#skipBlockComment();
      else return;
    }
  }

  #string() {
    const parts = [];
    const line = this.#line;
    for (this.#advance(); this.source[this.#at] !== '"'; ) {
      if (this.#at >= this.source.length) this.#fail('string is not closed', line);
      if (this.source[this.#at] === '\\') parts.push(this.#escape());
      else {
        const char = String.fromCodePoint(this.source.codePointAt(this.#at));
        parts.push(Buffer.from(char));
        this.#advance(char.length);
      }
    }
    this.#advance();
    return { bytes: Buffer.concat(parts) };
  }

  #escape() {
    const [, text, hex] = /^\\(?:([0-9a-fA-F]{2})|u\{([0-9a-fA-F_]+)\}|.)/s.exec(this.source.slice(this.#at, this.#at + 16)) ?? [];
    const whole = text !== undefined ? 3 : hex !== undefined ? hex.length + 4 : 2;
    const named = escapes[this.source[this.#at + 1]];
    this.#advance(whole);
    if (text !== undefined) return Buffer.from([parseInt(text, 16)]);
    if (hex !== undefined) return Buffer.from(String.fromCodePoint(parseInt(hex.replaceAll('_', ''), 16)));
    if (named === undefined) this.#fail('unknown escape in a string');
    return Buffer.from([named]);
  }

  /// The next node, or null at the end or before a closing parenthesis.
  next() {
    this.#skipSpace();
    const [start, line] = [this.#at, this.#line];
    const char = this.source[start];
    if (char === undefined || char === ')') return null;
    const node = char === '(' ? this.#list(line) : char === '"' ? this.#string() : this.#atom();
    return Object.assign(node, { start, end: this.#at, line });
  }

  #list(line) {
    this.#advance();
    const list = [];
    for (let node; (node = this.next()); ) list.push(node);
    if (this.source[this.#at] !== ')') this.#fail('parenthesis is not closed', line);
    this.#advance();
    return { list };
  }

  #atom() {
    const [atom] = /^[^\s()";]+/.exec(this.source.slice(this.#at, this.#at + 512)) ?? this.#fail(`unexpected "${this.source[this.#at]}"`);
    this.#advance(atom.length);
    return { atom };
  }

  forms() {
    const forms = [];
    for (let node; (node = this.next()); ) forms.push(node);
    if (this.#at < this.source.length) this.#fail('parenthesis was not opened');
    return forms;
  }
}

/// The top-level forms of `source`. Throws an Error with the place of the first
/// fault.
export function readForms(source, file = '<input>') {
  return new Reader(source, file).forms();
}
