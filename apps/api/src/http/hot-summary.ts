import type { IncomingMessage, ServerResponse } from 'node:http';
import { summaryOf, type Histogram } from '@assay/contract';
import type { Container } from '../container.ts';
import { isFresh } from './conditional.ts';
import { beginExchange } from './exchange.ts';
import { setSecurityHeaders } from './security.ts';
import type { Limits } from './limits.ts';

export type HotPath = (req: IncomingMessage, res: ServerResponse) => boolean;
void summaryOf; void ((h: Histogram) => h); void isFresh; void beginExchange; void setSecurityHeaders;
export function hotSummary(_container: Container, _limits: Limits): HotPath {
  return () => false;
}
