import {
  ArchiveThreadInput,
  BlockInput,
  DecideMessageInput,
  GetThreadQuery,
  ListThreadsQuery,
  NewMessage,
  ReadThreadInput,
  ReportedMessages,
  ReportMessageInput,
  StartThreadInput,
  SubjectView,
  ThreadPage,
  ThreadSubject,
  ThreadView,
  UnreadThreads,
} from '@assay/contract';
import {
  archiveThread,
  blockOther,
  countReportedMessages,
  countUnreadThreads,
  decideMessage,
  getSubject,
  getThread,
  listReportedMessages,
  listThreads,
  readThread,
  reportMessage,
  sendMessage,
  startThread,
} from '@assay/core';
import { z } from 'zod';
import { ById } from './inputs.ts';
import { get, mutation, post, query } from './operation.ts';

const ONE_MESSAGE = 'The same `clientId` again is the same message: send it anew after an answer that was lost.';

/** What buyers and sellers write to each other. */
export const messages = {
  list: query({
    use: listThreads,
    input: ListThreadsQuery,
    output: ThreadPage,
    as: 'user',
    rest: get('/messages', 'My threads, latest message first'),
  }),
  unread: query({
    use: countUnreadThreads,
    output: UnreadThreads,
    as: 'user',
    rest: get('/messages/unread', 'How many of my threads have unread messages'),
  }),
  about: query({
    use: getSubject,
    input: ThreadSubject,
    output: SubjectView,
    as: 'user',
    rest: get('/messages/about', 'Whom a message about a listing, an order or a store reaches, and the thread about it', {
      errors: [403, 404],
    }),
  }),
  start: mutation({
    use: startThread,
    input: StartThreadInput,
    output: ThreadView,
    as: 'user',
    rest: post('/messages', 'Write about a listing, an order or a store', {
      status: 201,
      description: `Goes on with the thread where there is one. ${ONE_MESSAGE}`,
      errors: [403, 404, 409, 429],
    }),
  }),
  get: query({
    use: getThread,
    input: ById.extend(GetThreadQuery.shape),
    output: ThreadView,
    as: 'user',
    rest: get('/messages/:id', 'A thread with its latest messages, or those before a cursor', { errors: [404] }),
  }),
  send: mutation({
    use: sendMessage,
    input: ById.extend(NewMessage.shape),
    output: ThreadView,
    as: 'user',
    rest: post('/messages/:id', 'Write in a thread', { status: 201, description: ONE_MESSAGE, errors: [404, 409, 429] }),
  }),
  read: mutation({
    use: readThread,
    input: ById.extend(ReadThreadInput.shape),
    output: UnreadThreads,
    as: 'user',
    rest: post('/messages/:id/read', 'Say up to which message I have read a thread', {
      description: 'A mark never goes back.',
      errors: [404],
    }),
  }),
  block: mutation({
    use: blockOther,
    input: ById.extend(BlockInput.shape),
    as: 'user',
    rest: post('/messages/:id/block', 'Take no messages of the other side, or take them again', {
      status: 204,
      description: 'Messages about an order come all the same.',
      errors: [404],
    }),
  }),
  report: mutation({
    use: reportMessage,
    input: ById.extend(ReportMessageInput.shape),
    as: 'user',
    rest: post('/messages/:id/report', 'Report a message of the other side', { status: 204, errors: [404, 409] }),
  }),
  reported: query({
    use: listReportedMessages,
    output: ReportedMessages,
    as: 'admin',
    rest: get('/moderation/messages', 'Reported messages, with what was said before them (admins)', { errors: [403] }),
  }),
  countReported: query({ use: countReportedMessages, output: z.number(), as: 'admin' }),
  decide: mutation({
    use: decideMessage,
    input: DecideMessageInput,
    as: 'admin',
    rest: post('/moderation/messages/:messageId', 'Remove a reported message, or dismiss the reports (admins)', {
      status: 204,
      description: 'Not about one’s own.',
      errors: [403, 404],
    }),
  }),
  archive: mutation({
    use: archiveThread,
    input: ById.extend(ArchiveThreadInput.shape),
    as: 'user',
    rest: post('/messages/:id/archive', 'Put a thread away, or take it back', {
      status: 204,
      description: 'The next message takes it back.',
      errors: [404],
    }),
  }),
};
