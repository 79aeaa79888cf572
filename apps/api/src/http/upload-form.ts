import { AppError } from '@assay/core';
import type { Request } from 'express';
import type { Tokens } from '../services/tokens.ts';
import { exchangeOf } from './exchange.ts';

/** Whether an upload's form is ours: one without scripts says so in a field, `csrf`, before its file. @throws AppError CSRF_FAILED */
export function provesForm(req: Request, tokens: Tokens): (fields: Record<string, string>) => void {
  const { actor, csrfPending } = exchangeOf(req);
  return ({ csrf = '' }) => {
    if (csrfPending && !(actor.kind === 'user' && tokens.isCsrfToken(actor.sessionId, csrf))) throw new AppError('CSRF_FAILED');
  };
}
