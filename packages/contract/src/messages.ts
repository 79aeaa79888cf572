import { z } from 'zod';
import { Cursor, Flag, Id, pageSize, Timestamp } from './common.ts';
import {
  CONTACT_KINDS,
  MESSAGE_DECISIONS,
  MESSAGE_REPORT_REASONS,
  MESSAGE_STATUSES,
  MESSAGE_TEXT_MAX,
  THREAD_KINDS,
  THREAD_ROLES,
} from './message-choices.ts';
import { text } from './text.ts';

const CLIENT_ID_MESSAGE = 'The client makes the id: 16 to 64 hexadecimal digits and hyphens, such as a UUID.';

/** By which a message is known before the server has it: the same one again is the same message. */
export const MessageClientId = z
  .string({ error: CLIENT_ID_MESSAGE })
  .regex(/^[0-9a-fA-F-]{16,64}$/, CLIENT_ID_MESSAGE)
  .overwrite((value) => value.toLowerCase());

/** What a person sends. */
export const NewMessage = z
  .object({
    clientId: MessageClientId,
    text: text({ name: 'A message', min: 1, max: MESSAGE_TEXT_MAX, multiline: true }),
  })
  .meta({ id: 'NewMessage', example: { clientId: '3f2b8c1e-5d4a-4e7b-9c60-1a2b3c4d5e6f', text: 'Is the glaze safe for food?' } });
export type NewMessage = z.infer<typeof NewMessage>;

/** What a thread is about. */
export const ThreadSubject = z.object({
  kind: z.enum(THREAD_KINDS, { error: 'A message is about a listing, an order or a store.' }),
  subjectId: Id.describe('The id of the listing, of the order, or of the seller whose store it is.'),
});
export type ThreadSubject = z.infer<typeof ThreadSubject>;

export const StartThreadInput = ThreadSubject.extend(NewMessage.shape).meta({
  id: 'StartThreadInput',
  example: { kind: 'listing', subjectId: 1, clientId: '3f2b8c1e-5d4a-4e7b-9c60-1a2b3c4d5e6f', text: 'Is the glaze safe for food?' },
});
export type StartThreadInput = z.infer<typeof StartThreadInput>;

const role = z.enum(THREAD_ROLES);
const other = z.object({ id: z.int(), name: z.string() }).describe('Who is on the other side.');
const about = { ...ThreadSubject.shape, title: z.string().nullable().describe('Of the listing or the order; null for a store.') };

const holdsFrom = z
  .int()
  .nullable()
  .describe('How sure it has to be, from 1 to 100, that a message names contact details to be held; null after a purchase: nothing is.');

export const MessageView = z
  .object({
    id: z.int(),
    clientId: z.string().nullable().describe('As its client made it; null for messages of others.'),
    position: z.int().describe('Its place in the thread. Positions grow, and may have gaps.'),
    from: role,
    mine: z.boolean(),
    text: z.string().nullable().describe('Null where a moderator removed it, or the account of its sender was deleted.'),
    status: z.enum(MESSAGE_STATUSES).describe('held: its sender alone sees it. removed: a moderator removed it.'),
    heldFor: z.enum(CONTACT_KINDS).nullable().describe('Why it is held.'),
    at: Timestamp,
  })
  .meta({ id: 'Message' });
export type MessageView = z.infer<typeof MessageView>;

const summary = {
  id: z.int(),
  ...about,
  role: role.describe('The side of the caller.'),
  other,
  unread: z.int().describe('Messages of the other side that the caller has not read.'),
  archived: z.boolean(),
};

export const ThreadSummary = z.object({ ...summary, last: MessageView.nullable() }).meta({ id: 'ThreadSummary' });
export type ThreadSummary = z.infer<typeof ThreadSummary>;

export const ThreadView = z
  .object({
    ...summary,
    messages: z.array(MessageView).describe('Oldest first.'),
    earlier: z.string().nullable().describe('The cursor of the messages before these; null where there are none.'),
    lastPosition: z.int().describe('Of the last message that the caller sees: `POST /messages/{id}/read` takes it.'),
    readByOther: z.int().describe('The position up to which the other side has read.'),
    blocked: z.boolean().describe('The caller takes no messages of the other side; those about orders come all the same.'),
    closed: z.boolean().describe('The account on the other side was deleted: there is no answer.'),
    holdsFrom,
  })
  .meta({ id: 'Thread' });
export type ThreadView = z.infer<typeof ThreadView>;

/** What the page needs before the first message. */
export const SubjectView = z
  .object({
    ...about,
    role,
    other,
    threadId: z.int().nullable().describe('The thread about it, where there is one.'),
    holdsFrom,
  })
  .meta({ id: 'MessageSubject' });
export type SubjectView = z.infer<typeof SubjectView>;

export const ListThreadsQuery = z.object({
  archived: Flag.optional().describe('Only those that were archived; without it, only the others.'),
  unread: Flag.optional().describe('Only those with unread messages.'),
  q: text({ name: 'A search', max: 100 }).optional().describe('A part of a message or of a title, or the beginning of a store’s name.'),
  limit: pageSize(20, 100),
  cursor: Cursor.optional(),
});
export type ListThreadsQuery = z.infer<typeof ListThreadsQuery>;

export const ThreadPage = z.object({ items: z.array(ThreadSummary), nextCursor: z.string().nullable() }).meta({ id: 'ThreadPage' });
export type ThreadPage = z.infer<typeof ThreadPage>;

export const GetThreadQuery = z.object({ limit: pageSize(50, 100), cursor: Cursor.optional() });
export type GetThreadQuery = z.infer<typeof GetThreadQuery>;

export const ReadThreadInput = z
  .object({ upTo: z.int({ error: 'Say the position of the last message that was read.' }).min(0).max(2_147_483_647) })
  .meta({ id: 'ReadThreadInput', example: { upTo: 3 } });
export type ReadThreadInput = z.infer<typeof ReadThreadInput>;

export const ArchiveThreadInput = z.object({ archived: Flag }).meta({ id: 'ArchiveThreadInput', example: { archived: true } });
export type ArchiveThreadInput = z.infer<typeof ArchiveThreadInput>;

export const BlockInput = z.object({ blocked: Flag }).meta({ id: 'BlockInput', example: { blocked: true } });
export type BlockInput = z.infer<typeof BlockInput>;

export const ReportMessageInput = z
  .object({
    messageId: Id,
    reason: z.enum(MESSAGE_REPORT_REASONS, { error: 'Choose a reason.' }),
    detail: text({ name: 'The explanation', max: 1000, multiline: true }).nullable().optional(),
  })
  .meta({ id: 'ReportMessageInput', example: { messageId: 1, reason: 'scam', detail: 'They ask me to pay elsewhere.' } });
export type ReportMessageInput = z.infer<typeof ReportMessageInput>;

export const ReportedMessage = z
  .object({
    message: MessageView.extend({ senderName: z.string() }),
    before: z.array(MessageView).describe('What was said before it, oldest first.'),
    ...about,
    buyerName: z.string(),
    sellerName: z.string(),
    reports: z.array(
      z.object({ id: z.int(), reason: z.enum(MESSAGE_REPORT_REASONS), detail: z.string().nullable(), by: role, at: Timestamp }),
    ),
    own: z.boolean().describe('The caller is a side of the thread: another admin has to decide.'),
  })
  .meta({ id: 'ReportedMessage' });
export type ReportedMessage = z.infer<typeof ReportedMessage>;

export const ReportedMessages = z
  .object({ items: z.array(ReportedMessage), waiting: z.int().describe('Messages that wait for a decision.') })
  .meta({ id: 'ReportedMessages' });
export type ReportedMessages = z.infer<typeof ReportedMessages>;

export const DecideMessageInput = z
  .object({ messageId: Id, decision: z.enum(MESSAGE_DECISIONS, { error: 'Choose what to do.' }) })
  .meta({ id: 'DecideMessageInput', example: { messageId: 1, decision: 'removed' } });
export type DecideMessageInput = z.infer<typeof DecideMessageInput>;

export const UnreadThreads = z.object({ threads: z.int().describe('Threads with unread messages.') }).meta({ id: 'UnreadThreads' });
export type UnreadThreads = z.infer<typeof UnreadThreads>;
