//===- trap-kinds.mjs - the kinds of traps -------------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===---------------------------------------------------------------------===//
//
// Written by utils/trap-kinds.mjs (./dev docs) of include/meld/Support/Traps.def.
//
//===---------------------------------------------------------------------===//

/// The rows of the table, as parseTrapTable of traps.mjs gives them, without the
/// texts of the test suite.
export const trapKinds = [
  { number: 1, id: 'CannotEnter', text: 'cannot enter component instance' },
  { number: 2, id: 'CannotLeave', text: 'cannot leave component instance' },
  { number: 3, id: 'OutOfMemory', text: 'out of memory in the component runtime' },
  { number: 4, id: 'NeedsFiber', text: 'a call had to block where no fiber is available' },
  { number: 5, id: 'CannotBlock', text: 'cannot block a synchronous task before returning' },
  { number: 6, id: 'Deadlock', text: 'deadlock detected: event loop cannot make further progress' },
  { number: 7, id: 'HostThrew', text: 'the host threw an exception' },
  { number: 9, id: 'Unsupported', text: 'a function was called that Meld does not support' },
  { number: 8, id: 'UncaughtException', text: 'uncaught exception at a component boundary' },
  { number: 16, id: 'UnknownHandle', text: 'unknown handle index %' },
  { number: 17, id: 'WrongHandleType', text: 'handle index % used with the wrong type' },
  { number: 18, id: 'TableFull', text: 'handle table is full' },
  { number: 19, id: 'OwnedResourceBorrowed', text: 'cannot remove owned resource while borrowed' },
  { number: 20, id: 'BorrowsRemain', text: 'borrow handles still remain at the end of the call' },
  { number: 21, id: 'NotOwned', text: 'handle index % is a borrow, and is not owned' },
  { number: 32, id: 'UnsupportedCallbackCode', text: 'unsupported callback code' },
  { number: 33, id: 'TaskReturnNotAsync', text: 'task.return called in a task that was not lifted async' },
  { number: 34, id: 'TaskReturnType', text: 'task.return called with another result type or other options' },
  { number: 35, id: 'TaskResolvedTwice', text: 'task.return called twice' },
  { number: 36, id: 'TaskNotResolved', text: 'task ended without returning a value' },
  { number: 37, id: 'SubtaskNotResolved', text: 'cannot drop a subtask which has not yet resolved' },
  { number: 38, id: 'BackpressureOverflow', text: 'backpressure counter overflow' },
  { number: 39, id: 'BackpressureUnderflow', text: 'backpressure counter underflow' },
  { number: 40, id: 'SubtaskResolved', text: 'cannot cancel a subtask which has already resolved' },
  { number: 41, id: 'SubtaskCancelledTwice', text: 'cannot cancel a subtask twice' },
  { number: 42, id: 'TaskNotCancelled', text: 'task.cancel called in a task that was not asked to cancel' },
  { number: 43, id: 'UnknownThread', text: 'unknown thread index %' },
  { number: 44, id: 'ThreadNotSuspended', text: 'thread % is not suspended' },
  { number: 45, id: 'TooManyFibers', text: 'more than % calls wait in frames of their own' },
  { number: 48, id: 'SyncInWaitableSet', text: 'waitable cannot be used synchronously while added to a waitable set' },
  { number: 49, id: 'WaitableSetNotEmpty', text: 'cannot drop waitable set with members' },
  { number: 50, id: 'WaitableSetHasWaiters', text: 'cannot drop waitable set with waiters' },
  { number: 51, id: 'HasSyncWaiter', text: 'another thread waits for the waitable' },
  { number: 64, id: 'StreamBusy', text: 'cannot have concurrent operations active on a future/stream' },
  { number: 65, id: 'ReadAfterDrop', text: 'cannot read from stream after being notified that the writable end dropped' },
  { number: 66, id: 'WriteAfterDrop', text: 'cannot write to stream after being notified that the readable end dropped' },
  { number: 67, id: 'LiftAfterDrop', text: 'cannot lift stream after being notified that the writable end dropped' },
  { number: 68, id: 'LiftInWaitableSet', text: 'cannot lift stream while it\'s in a waitable set' },
  { number: 69, id: 'RemoveBusyStream', text: 'cannot remove busy stream' },
  { number: 70, id: 'DropBusyStream', text: 'cannot drop busy stream' },
  { number: 71, id: 'IntraComponentStream', text: 'cannot read from and write to intra-component stream' },
  { number: 72, id: 'BufferTooLong', text: 'stream buffer is too long' },
  { number: 73, id: 'BufferOutOfBounds', text: 'stream buffer out of bounds of memory' },
  { number: 74, id: 'NothingToCancel', text: 'no read or write of the future/stream is under way' },
  { number: 80, id: 'ReadFutureTwice', text: 'cannot read from future after previous read succeeded' },
  { number: 81, id: 'WriteFutureTwice', text: 'cannot write to future after previous write succeeded or readable end dropped' },
  { number: 82, id: 'LiftFutureAfterRead', text: 'cannot lift future after previous read succeeded' },
  { number: 83, id: 'LiftFutureInWaitableSet', text: 'cannot lift future while it\'s in a waitable set' },
  { number: 84, id: 'DropUnwrittenFuture', text: 'cannot drop future write end without first writing a value' },
  { number: 85, id: 'IntraComponentFuture', text: 'cannot read from and write to intra-component future' },
  { number: 86, id: 'RemoveBusyFuture', text: 'cannot remove busy future' },
  { number: 96, id: 'UnalignedPointer', text: 'unaligned pointer' },
  { number: 97, id: 'PointerOutOfBounds', text: 'pointer out of bounds of memory' },
  { number: 98, id: 'ListOutOfBounds', text: 'list content out-of-bounds' },
  { number: 99, id: 'StringOutOfBounds', text: 'string pointer/length out of bounds of memory' },
  { number: 100, id: 'InvalidUtf8', text: 'invalid utf-8' },
  { number: 101, id: 'IncompleteUtf8', text: 'incomplete utf-8 byte sequence' },
  { number: 102, id: 'InvalidChar', text: 'invalid `char` bit pattern' },
  { number: 103, id: 'InvalidDiscriminant', text: 'invalid variant discriminant' },
  { number: 104, id: 'ReallocOutOfBounds', text: 'realloc return: beyond end of memory' },
  { number: 105, id: 'ReallocUnaligned', text: 'realloc return: result not aligned' },
  { number: 106, id: 'InvalidUtf16', text: 'invalid utf-16: unpaired surrogate' },
  { number: 107, id: 'StringTooLong', text: 'string is longer than 2^28-1 bytes' },
  { number: 108, id: 'ListTooLong', text: 'list is longer than 2^28-1 bytes' },
];
