import type { IncomingMessage, ServerResponse } from 'node:http';
import { UPLOAD_PATHS } from '@assay/contract';
import { AppError } from '@assay/core';
import { hasBody, limitBodyTime } from '@assay/runtime';
import type { Logger } from '../logger.ts';
import { sendProblem } from './problems.ts';

/** A body that is no upload has to arrive sooner than the server waits for uploads. */
export function limitSmallBodies(req: IncomingMessage, res: ServerResponse, timeoutMs: number, log: Logger): void {
  const { method, url = '' } = req;
  if (!hasBody(req) || (method === 'POST' && UPLOAD_PATHS.includes(url.split('?', 1)[0]!))) return;
  limitBodyTime(req, res, timeoutMs, () => sendProblem(req, res, new AppError('REQUEST_TIMEOUT', { retryAfterS: 1 }), log));
}
