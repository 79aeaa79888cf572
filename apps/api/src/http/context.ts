import type { Request } from 'express';
import type { Context } from '@assay/core';
import type { Container } from '../container.ts';
import type { BeforeCommit } from '../unit-of-work.ts';
import { exchangeOf } from './exchange.ts';
import { ownOrigin } from './origin.ts';

/** The use case's context for a request. */
export function contextOf(container: Container, req: Request, beforeCommit?: BeforeCommit): Context {
  const { actor, requestId } = exchangeOf(req);
  return { ...container.context(actor, requestId, beforeCommit), origin: ownOrigin(container.config.wallets, req) };
}
