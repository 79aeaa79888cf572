import type { ErrorCode } from '@assay/contract';
import { AppError } from '@assay/core';
import type { Request, Response } from 'express';
import type { Images } from '../services/images/images.ts';
import type { Tokens } from '../services/tokens.ts';
import { exchangeOf } from './exchange.ts';
import { toAppError } from './problems.ts';
import { receiveUpload, type Upload } from './upload.ts';

/** Whether an upload's form is ours: one without scripts says so in a field, `csrf`, before its file. @throws AppError CSRF_FAILED */
function provesForm(req: Request, tokens: Tokens): (fields: Record<string, string>) => void {
  const { actor, csrfPending } = exchangeOf(req);
  return ({ csrf = '' }) => {
    if (csrfPending && !(actor.kind === 'user' && tokens.isCsrfToken(actor.sessionId, csrf))) throw new AppError('CSRF_FAILED');
  };
}

export interface UploadExchange {
  req: Request;
  res: Response;
  tokens: Tokens;
  images: Images;
}

/** The pages that a form without scripts is sent on to. */
export interface PagesAfter<T> {
  done: (result: T) => string;
  refused: (code: ErrorCode) => string;
}

/**
 * Takes one file in and returns what became of it. A form without scripts is sent on to a page instead, also after a refusal.
 * @param pages of a form without scripts; null for other callers
 * @throws AppError as `use` and {@link receiveUpload}, and CSRF_FAILED
 */
export async function answerUpload<T>(
  { req, res, tokens, images }: UploadExchange,
  use: (upload: Upload) => Promise<T>,
  pages: PagesAfter<T> | null,
): Promise<T | undefined> {
  try {
    const result = await receiveUpload(req, images, provesForm(req, tokens), use);
    if (!pages) return result;
    res.redirect(303, pages.done(result));
  } catch (error) {
    const { code } = toAppError(error);
    if (!pages || code === 'INTERNAL' || code === 'CSRF_FAILED') throw error;
    res.redirect(303, pages.refused(code));
  }
  return undefined;
}
