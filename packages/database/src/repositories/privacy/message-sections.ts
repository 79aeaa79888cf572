import { Prisma } from '../../engine/database.ts';
import { by, section, type Section } from './section.ts';

const MESSAGE = { id: 't.Id', conversationId: 't.ThreadId', text: 't.Text', createdAt: 't.CreatedAt' } as const;

/** What a person wrote, and what others wrote to them; a message that is held is its sender's alone. */
export const MESSAGES: readonly Section[] = [
  section('conversations', 'MessageThreads', {
    fields: {
      id: 't.Id',
      kind: 't.Kind',
      subjectId: 't.SubjectId',
      role: Prisma.raw('s.Role'),
      readUpTo: Prisma.raw('s.ReadUpTo'),
      createdAt: 't.CreatedAt',
    },
    join: 'JOIN MessageThreadSides s ON s.ThreadId = t.Id',
    whose: (userId) => Prisma.sql`s.UserId = ${userId}`,
    key: 'id',
  }),
  section('messages-sent', 'Messages', {
    fields: { ...MESSAGE, status: 't.Status', heldFor: 't.HeldFor' },
    whose: by('SenderId'),
    key: 'id',
  }),
  section('messages-received', 'Messages', {
    fields: MESSAGE,
    join: 'JOIN MessageThreadSides s ON s.ThreadId = t.ThreadId',
    whose: (userId) => Prisma.sql`s.UserId = ${userId} AND t.SenderId <> ${userId} AND t.Status = 'sent'`,
    key: 'id',
  }),
  section('blocked-people', 'MessageBlocks', {
    fields: { userId: 't.BlockedId', since: 't.CreatedAt' },
    whose: by('BlockerId'),
    key: 'userId',
  }),
  section('message-reports', 'MessageReports', {
    fields: {
      id: 't.Id',
      messageId: 't.MessageId',
      reason: 't.Reason',
      detail: 't.Detail',
      createdAt: 't.CreatedAt',
      decision: 't.Decision',
    },
    whose: by('ReporterId'),
    key: 'id',
  }),
];
