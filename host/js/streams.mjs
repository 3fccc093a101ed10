//===- streams.mjs - streams and futures at the edge ---------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// E2 to E6 and E10 of docs/HostABI.md. A stream of the program's comes out as a
// ReadableStream, a future as a Promise. In goes a ReadableStream or anything
// that can be iterated, also asynchronously; for a future, a value or a promise.
//
// Nothing is read ahead of who asked: a guest's write moves what the reader of
// the ReadableStream has asked for, and the next chunk of an iterator is taken
// when a guest has read all before it.
//
//===---------------------------------------------------------------------===//

import { Chunks } from './chunks.mjs';
import { Numbered, handle } from './handles.mjs';
import { promiseOf } from './promises.mjs';
import { mismatch } from './scalars.mjs';

/// Answers to the program.
const nothingYet = -5, readerGone = -1, ended = 0, failed = -6;
/// How many elements that are lifted come at once.
const mostLifted = 256;
/// What `__callback` is told of: codes of the specification.
const event = { streamRead: 2, streamWrite: 3, futureRead: 4, futureWrite: 5 };

/// A stream that the program writes and the host reads.
class Outgoing {
  #notify;
  #controller;
  #wanted = 0; // reads that wait for a chunk
  #gone = false;
  readable;

  constructor(chunks, notify) {
    this.chunks = chunks;
    this.#notify = notify;
    const source = {
      start: (controller) => void (this.#controller = controller),
      pull: () => {
        this.#wanted++;
        notify(event.streamWrite);
      },
      cancel: () => {
        this.#gone = true;
        notify(event.streamWrite);
      },
    };
    this.readable = new ReadableStream(source, { highWaterMark: 0 });
  }

  /// How many elements `write` will take, where these are lifted.
  room() {
    return this.#gone ? readerGone : this.#wanted ? mostLifted : nothingYet;
  }

  /// One chunk for one read, whatever its length.
  write(side, pointer, length) {
    if (this.#gone) return readerGone;
    if (!this.#wanted) return nothingYet;
    if (length === 0) return 1;
    this.#wanted = 0;
    this.#controller.enqueue(this.chunks.take(side, pointer, length));
    return length;
  }

  closeWritable() {
    if (!this.#gone) this.#controller.close();
    return true;
  }

  fail(error) {
    if (!this.#gone) this.#controller.error(error);
  }
}

const isReadable = (source) => typeof source?.getReader === 'function';
const iterateOf = (source) => source?.[Symbol.asyncIterator] ?? source?.[Symbol.iterator];

/// How to take chunks out of what the user gave, and how to end it early.
function iteratorOf(source) {
  if (!isReadable(source)) return iterateOf(source).call(source);
  const reader = source.getReader();
  return { next: () => reader.read(), return: () => reader.cancel() };
}

/// A stream that the host writes and the program reads.
class Incoming {
  #source;
  #iterator; // from when the first chunk is wanted
  #notify;
  #buffered = null; // what is left of a chunk
  #pulling = null; // a promise
  #end = nothingYet; // what is answered where nothing is buffered

  constructor(chunks, source, notify) {
    if (!isReadable(source) && (typeof iterateOf(source) !== 'function' || typeof source === 'string')) throw mismatch('stream', source);
    this.chunks = chunks;
    // A typed array of the elements is all of them at once.
    this.#source = chunks.isChunk(source) ? [source] : source;
    this.#notify = notify;
  }

  read(side, pointer, length) {
    if (this.#buffered) return length === 0 ? 1 : this.#give(side, pointer, length);
    if (this.#end === nothingYet) this.#pulling ??= this.#pull();
    return this.#end;
  }

  #give(side, pointer, length) {
    const moved = this.chunks.put(this.#buffered, side, pointer, length);
    if (this.#buffered.length === 0) this.#buffered = null;
    return moved;
  }

  async #pull() {
    await undefined; // an import of `pulseengine:async` runs no code of the user's
    try {
      this.#iterator ??= iteratorOf(this.#source);
      do {
        const { done, value } = await this.#iterator.next();
        if (done) this.#end = ended;
        else this.#buffered = this.chunks.open(value);
      } while (this.#buffered?.length === 0 && this.#end === nothingYet);
    } catch (error) {
      this.error = error;
      this.#end = failed;
    }
    this.#pulling = null;
    this.#notify(event.streamRead);
  }

  closeReadable() {
    this.#end = ended;
    const close = async () => {
      await undefined; // as in #pull
      if (this.#iterator || isReadable(this.#source)) await (this.#iterator ?? iteratorOf(this.#source)).return?.();
    };
    close().catch(() => {}); // nobody is left who could be told
    return true;
  }

  /// What comes out where the program gives it back: what went in, if that was a
  /// ReadableStream and nothing was read, else one of what is left.
  get readable() {
    if (!this.#iterator && isReadable(this.#source)) return this.#source;
    const pull = async (controller) => {
      if (!this.#buffered && this.#end === nothingYet) await (this.#pulling ??= this.#pull());
      if (this.#end === failed) throw this.error;
      if (!this.#buffered) return controller.close();
      controller.enqueue(this.chunks.rest(this.#buffered));
      this.#buffered = null;
    };
    return new ReadableStream({ pull, cancel: () => void this.closeReadable() }, { highWaterMark: 0 });
  }
}

/// A future that the program writes.
class OutgoingFuture {
  #settle;
  #written = false;

  constructor(chunks) {
    this.chunks = chunks;
    this.readable = new Promise((resolve, reject) => (this.#settle = { resolve, reject }));
    this.readable.catch(() => {}); // who does not look at it has not to handle its failure
  }

  room() {
    return 1;
  }

  write(side, pointer) {
    this.#written = true;
    this.#settle.resolve(this.chunks.one(side, pointer));
    return 1;
  }

  closeWritable() {
    return true;
  }

  fail(error) {
    if (!this.#written) this.#settle.reject(error);
  }
}

/// A future that the host writes.
class IncomingFuture {
  #state = nothingYet;
  #value;
  #source;
  #promise; // if there is something to wait for

  constructor(chunks, source, notify) {
    this.chunks = chunks;
    this.#source = source;
    this.#promise = promiseOf(source);
    const settle = (state) => {
      this.#state = state;
      notify(event.futureRead);
    };
    if (!this.#promise) {
      this.#value = source;
      this.#state = 1;
      return;
    }
    this.#promise.then(
      (value) => {
        this.#value = value;
        settle(1);
      },
      (error) => {
        this.error = error;
        settle(failed);
      },
    );
  }

  /// What comes out where the program gives it back: what went in, if that was a
  /// Promise.
  get readable() {
    return this.#source instanceof Promise ? this.#source : (this.#promise ?? Promise.resolve(this.#source));
  }

  read(side, pointer) {
    if (this.#state === 1) this.chunks.putOne(this.#value, side, pointer);
    return this.#state;
  }

  closeReadable() {
    return true;
  }
}

/// The streams and futures of one program.
export class Streams {
  #rows = new Numbered();
  #sideAt;
  #deliver;
  #armed = new Set();

  /// `sideAt(position)` is the Side of an exported memory; `deliver(event, number)` calls
  /// `__callback` when nothing of the program is on the stack.
  constructor(sideAt, deliver) {
    this.#sideAt = sideAt;
    this.#deliver = deliver;
  }

  /// Whether the program waits for something that the host could move.
  get isAwaited() {
    return this.#armed.size > 0;
  }

  #remove(number) {
    this.#rows.remove(number);
    this.#armed.delete(number);
  }

  #get(number) {
    const row = this.#rows.get(number);
    if (!row) throw new Error(`the program names the stream or future ${number}, which there is none of`);
    return row;
  }

  /// Tells the program once that it may ask again.
  #notifier(numberOf) {
    return (code) => {
      const number = numberOf();
      if (this.#armed.delete(number)) this.#deliver(code, number);
    };
  }

  #make(construct) {
    let number;
    const row = construct(this.#notifier(() => number));
    return (number = this.#rows.add(row));
  }

  /// The imports of `pulseengine:async`. The type of what a program makes is
  /// known when its value is lifted; until then nothing can be written.
  imports() {
    const copy = (verb) => (number, pointer, length, memory) => this.#copy(verb, number, pointer >>> 0, length >>> 0, memory);
    const copyOne = (verb) => (number, pointer, memory) => this.#copy(verb, number, pointer >>> 0, 1, memory);
    const close = (verb) => (number) => {
      const row = this.#get(number);
      if (row.promised) row.closed = true;
      else if (row[verb]()) this.#remove(number);
    };
    const ends = (family, copy) => ({
      [`${family}_new`]: () => {
        const number = BigInt(this.#rows.add({ promised: true, closed: false }));
        return number | (number << 32n);
      },
      [`${family}_read`]: copy('read'),
      [`${family}_write`]: copy('write'),
      [`${family}_room`]: (number) => this.#room(number),
      [`${family}_cancel`]: (number) => void this.#armed.delete(number),
      [`${family}_close_readable`]: close('closeReadable'),
      [`${family}_close_writable`]: close('closeWritable'),
    });
    return { ...ends('stream', copy), ...ends('future', copyOne) };
  }

  #room(number) {
    const row = this.#get(number);
    const room = row.promised ? nothingYet : row.room();
    if (room === nothingYet) this.#armed.add(number);
    return room;
  }

  #copy(verb, number, pointer, length, memory) {
    const row = this.#get(number);
    const answer = row.promised ? nothingYet : row[verb](this.#sideAt(memory), pointer, length);
    if (answer === failed) throw row.error;
    if (answer === nothingYet) this.#armed.add(number);
    return answer;
  }

  /// The value for a readable end that the program gives, also for one that the
  /// host gave before.
  lift(number, type, isFuture) {
    const row = this.#get(number);
    if (!row.promised) {
      this.#remove(number);
      return row.readable;
    }
    const notify = this.#notifier(() => number);
    const made = isFuture ? new OutgoingFuture(new Chunks(type)) : new Outgoing(new Chunks(type), notify);
    this.#rows.replace(number, made);
    if (row.closed) {
      made.closeWritable();
      this.#remove(number);
    } else if (isFuture) {
      notify(event.futureWrite); // the host has room at once
    }
    return made.readable;
  }

  /// The number of a readable end that the host gives; `undo` as of resources.
  lower(value, type, isFuture, undo) {
    const chunks = new Chunks(type);
    let number = null;
    undo?.push(() => number !== null && this.#remove(number));
    number = this.#make((notify) => (isFuture ? new IncomingFuture(chunks, value, notify) : new Incoming(chunks, value, notify)));
    return number;
  }

  /// The program has trapped: nothing more comes.
  fail(error) {
    for (const row of this.#rows.values()) row.fail?.(error);
  }
}

/// Codecs as in values.mjs.
const end = (element, isFuture) =>
  handle((side, number) => side.streams.lift(number, element, isFuture), (side, value) => side.streams.lower(value, element, isFuture, side.undo));

/// `element` is { type, codec }, or undefined for none.
export const streamType = (element) => end(element, false);
export const futureType = (element) => end(element, true);
