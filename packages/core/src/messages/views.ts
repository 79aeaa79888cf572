import type { MessageView, ThreadSummary } from '@assay/contract';
import type { MessageRow, ThreadRow } from './ports.ts';
import { otherOf, roleOf } from './rules.ts';

/** A message as one of the sides reads it. */
export const messageView = (thread: ThreadRow, viewerId: number, row: MessageRow): MessageView => ({
  id: row.id,
  clientId: row.senderId === viewerId ? row.clientId : null,
  position: row.position,
  from: roleOf(thread, row.senderId) ?? 'seller',
  mine: row.senderId === viewerId,
  text: row.status === 'removed' ? null : row.text,
  status: row.status,
  heldFor: row.heldFor,
  at: row.createdAt.toISOString(),
});

/** A thread in a list, with the last message that the viewer sees. */
export const summaryOf = (thread: ThreadRow, viewerId: number, last: MessageRow | undefined): ThreadSummary => ({
  id: thread.id,
  kind: thread.kind,
  subjectId: thread.subjectId,
  title: thread.title,
  role: thread.role,
  other: otherOf(thread.role, thread),
  unread: thread.unread,
  archived: thread.archivedAt !== null,
  last: last ? messageView(thread, viewerId, last) : null,
});
