import type { ContactKind, MessageDecision, MessageReportReason, MessageStatus, ThreadKind, ThreadRole } from '@assay/contract';

declare module '../kernel/repositories.ts' {
  interface Repositories {
    readonly messages: MessagesRepository;
  }
}

declare module '../kernel/context.ts' {
  interface Settings {
    readonly messages: MessageSettings;
  }
}

export interface MessageSettings {
  /** Threads are deleted so long after their last message, in milliseconds. */
  retentionMs: number;
  /** How sure it has to be that a message names contact details to be held before a purchase, from 1 to 100. */
  holdsFrom: number;
}

/** What a thread is about, and between whom. */
export interface ThreadParties {
  kind: ThreadKind;
  subjectId: number;
  buyerId: number;
  sellerId: number;
}

/** A thread as one of its sides sees it. */
export interface ThreadRow extends ThreadParties {
  id: number;
  role: ThreadRole;
  buyerName: string;
  sellerName: string;
  /** Of the listing or the order; null for a store, and where the listing is gone. */
  title: string | null;
  /** The account on the other side was deleted. */
  closed: boolean;
  /** The position of the last message of all, also one that this side does not see. */
  lastPosition: number;
  readUpTo: number;
  /** When the last message came that this side sees; null where there is none. */
  lastAt: Date | null;
  archivedAt: Date | null;
  /** Messages of others that this side has not read. */
  unread: number;
}

export interface MessageRow {
  id: number;
  threadId: number;
  senderId: number;
  clientId: string;
  position: number;
  status: MessageStatus;
  heldFor: ContactKind | null;
  /** Null once the account of its sender was deleted. */
  text: string | null;
  createdAt: Date;
}

export interface ThreadFilter {
  userId: number;
  archived: boolean;
  unread: boolean;
  /** A part of a message or a title, or the beginning of a seller's name. */
  search: string | null;
  limit: number;
  /** When the last message came, and the id, of the last thread of the page before. */
  after: readonly [Date, number] | null;
}

/** A report that no decision has answered, with the message that it is about. */
export interface MessageReportRow {
  id: number;
  messageId: number;
  threadId: number;
  reporterId: number;
  reason: MessageReportReason;
  detail: string | null;
  createdAt: Date;
}

export type NewMessageRow = Omit<MessageRow, 'id' | 'createdAt'>;

export interface MessagesRepository {
  /** A thread as this person sees it; null where they are none of its sides. */
  find(id: number, userId: number): Promise<ThreadRow | null>;
  /** The id of the thread of a buyer about a subject. */
  findBySubject(subject: Pick<ThreadParties, 'kind' | 'subjectId' | 'buyerId'>): Promise<number | null>;
  /** Begins a thread with both sides. Null when another request has begun it meanwhile. */
  create(thread: ThreadParties, at: Date): Promise<number | null>;
  /** Locks a thread until the transaction ends: its messages come one after the other. */
  lock(id: number): Promise<void>;
  /** The message that the client of a person has made under an id. */
  findByClientId(senderId: number, clientId: string): Promise<MessageRow | null>;
  /** Adds a message, and shows the thread to those who see it. The change has locked the thread. @throws AppError MESSAGE_ID_TAKEN */
  add(message: NewMessageRow, at: Date): Promise<number>;
  /** The messages that a person sees of a thread, latest first. @param before a position */
  messages(threadId: number, userId: number, before: number | null, limit: number): Promise<MessageRow[]>;
  /** The last message that a person sees, of each of these threads that has one. */
  lastOf(threadIds: readonly number[], userId: number): Promise<Map<number, MessageRow>>;
  /** A message that a person sees; null where there is none in the thread. */
  message(threadId: number, messageId: number, userId: number): Promise<MessageRow | null>;
  isBlocked(blockerId: number, blockedId: number): Promise<boolean>;
  /** False when it is so already. */
  block(blockerId: number, blockedId: number, at: Date): Promise<boolean>;
  /** False when it is so already. */
  unblock(blockerId: number, blockedId: number): Promise<boolean>;
  /** @throws AppError ALREADY_REPORTED */
  report(report: Pick<MessageReportRow, 'messageId' | 'reporterId' | 'reason' | 'detail'>, at: Date): Promise<void>;
  /** Reports that no decision has answered, oldest first. */
  openReports(limit: number): Promise<MessageReportRow[]>;
  /** Messages with such reports. */
  countReported(): Promise<number>;
  /** The thread that a message is in, as its seller sees it; null where there is no message. */
  threadOfMessage(messageId: number): Promise<ThreadRow | null>;
  /** Answers the open reports about a message, and takes its text away where it is removed. False when there are none. */
  decide(messageId: number, decision: MessageDecision, by: number, at: Date): Promise<boolean>;
  /** The position up to which the other sides have read; 0 where none has. */
  readByOthers(threadId: number, userId: number): Promise<number>;
  /** Threads that a person sees messages of, latest message first. */
  list(filter: ThreadFilter): Promise<ThreadRow[]>;
  countUnreadThreads(userId: number): Promise<number>;
  /** Notes that a person has read up to a position. False when they have read so far already. */
  read(threadId: number, userId: number, upTo: number): Promise<boolean>;
  /** False when it is so already. @param at null takes it back */
  archive(threadId: number, userId: number, at: Date | null): Promise<boolean>;
  /** Messages that a person has sent since. */
  countSent(userId: number, since: Date): Promise<number>;
  /** Threads that a person has begun as a buyer since. */
  countBegun(buyerId: number, since: Date): Promise<number>;
  /** Whether a buyer has ever paid an order of a seller. */
  hasPurchase(buyerId: number, sellerId: number): Promise<boolean>;
  /** Deletes up to so many threads whose last message came before. Returns how many. */
  purge(before: Date, limit: number): Promise<number>;
}
