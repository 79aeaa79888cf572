import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Actor } from '@assay/core';
import { REQUEST_ID } from '@assay/runtime';
import { beginServerSpan, type ServerSpan } from '@assay/telemetry/tracing';
import type { Logger } from '../logger.ts';

/** What the server knows of one request. */
export interface Exchange {
  readonly requestId: string;
  readonly startedAt: number;
  actor: Actor;
  /** How the actor proved who they are; a cookie alone is not enough to change anything (CSRF). */
  provenBy: 'bearer' | 'cookie' | null;
  /** The access token in the cookie is good, but its session has ended or its account is disabled. */
  sessionEnded: boolean;
  /** A form without scripts has yet to prove that it is ours, by a field: it cannot send headers. */
  csrfPending: boolean;
  /** Behind TLS, here or at a trusted proxy. */
  secure: boolean;
  /** The limiters count it for its address, not for its account. */
  countsByAddress: boolean;
  /** What the request is counted under, once it is known: "GET /api/v1/ratings/seller/:id". */
  endpoint: string | null;
  /** The visitor's address, as far as trusted proxies say. */
  address: string;
  /** Null when nothing is traced. */
  readonly span: ServerSpan | null;
}

declare module 'node:http' {
  interface IncomingMessage {
    exchange?: Exchange;
  }
}

/** Called with each answer at an endpoint of the product. */
export type OnAnswer = (endpoint: string, method: string, status: number, durationMs: number) => void;

/** Begins the record of a request: its id, and one log line when it is answered. */
export function beginExchange(req: IncomingMessage, res: ServerResponse, log: Logger, onAnswer: OnAnswer): Exchange {
  const given = req.headers['x-request-id'];
  const requestId = typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
  const method = req.method ?? '';
  const exchange: Exchange = {
    requestId,
    startedAt: performance.now(),
    actor: { kind: 'anonymous' },
    provenBy: null,
    sessionEnded: false,
    csrfPending: false,
    secure: false,
    countsByAddress: false,
    endpoint: null,
    address: req.socket.remoteAddress ?? '',
    span: beginServerSpan(req.headers, method, requestId),
  };
  req.exchange = exchange;
  const path = pathOf(req);
  res.on('close', () => {
    const { actor, startedAt, span } = exchange;
    const durationMs = Math.round((performance.now() - startedAt) * 10) / 10;
    const status = res.writableFinished ? res.statusCode : 499; // 499: the client went away first
    if (exchange.endpoint) onAnswer(exchange.endpoint, method, status, durationMs);
    span?.end(exchange.endpoint ?? method, status);
    const userId = actor.kind === 'user' ? actor.id : undefined;
    log.request({ requestId, method, path, status, durationMs, userId, traceId: span?.traceId });
  });
  return exchange;
}

/** Runs `work`; what it asks of the database and of others is traced as the request's. */
export const inExchange = ({ span }: Exchange, work: () => void): void => (span ? span.run(work) : work());

/** The exchange of a request that went through {@link beginExchange}. */
export function exchangeOf(req: IncomingMessage): Exchange {
  if (!req.exchange) throw new Error('This request has no exchange: beginExchange() comes first.');
  return req.exchange;
}

function pathOf(req: IncomingMessage): string {
  const url = req.url ?? '/';
  const query = url.indexOf('?');
  return query < 0 ? url : url.slice(0, query);
}
