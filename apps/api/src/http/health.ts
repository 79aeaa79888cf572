import { isThisMachine, RELEASE_NAME } from '@assay/runtime';
import express, { type Request, type Response, type Router } from 'express';
import type { Probes } from '../health/probes.ts';
import { exchangeOf } from './exchange.ts';

export interface Vitals {
  probes: Probes;
  /** False once the process is stopping: it goes on for a while and takes no new work. */
  isServing: () => boolean;
}

const HEALTH = ['/health', '/api/health', '/api/marketplace/seller/health'];

/**
 * Health for supervisors and load balancers. /livez touches nothing; /ready (and /readyz) is about new requests: the database
 * answers, and the process is not about to stop; /health is about everything. Without its Redis the product is degraded, not down;
 * /health?strict=1 answers 503 for that, too. Parts, reasons and the release are for operators and for those who ask on this machine;
 * others get the status.
 * @param isOperator whether an operator has signed in, or a program has the token of operators; also asked while the database is away
 */
export function healthRouter({ probes, isServing }: Vitals, isOperator: (req: Request) => Promise<boolean>): Router {
  const router = express.Router();
  const timestamp = () => new Date().toISOString();
  const maySeeParts = async (req: Request) => isThisMachine(exchangeOf(req).address) || isOperator(req);
  router.use(['/livez', '/readyz', '/ready', ...HEALTH], (_req, res, next) => {
    res.setHeader('Cache-Control', 'no-store');
    next();
  });
  router.get('/livez', (_req, res) => void res.json({ status: 'alive' }));

  router.get(['/readyz', '/ready'], async (_req, res) => {
    const reason = !isServing() ? 'draining' : (await probes.look('database')).status !== 'healthy' ? 'database' : null;
    if (reason) res.status(503).json({ status: 'not ready', timestamp: timestamp(), reason });
    else res.json({ status: 'ready', timestamp: timestamp() });
  });

  const answerHealth = async (req: Request, res: Response) => {
    const found = await Promise.all(probes.names.map(async (name) => [name, await probes.look(name)] as const));
    const worst = (['unhealthy', 'degraded'] as const).find((status) => found.some(([, finding]) => finding.status === status));
    const checks = Object.fromEntries(found.map(([name, { status }]) => [name, status === 'healthy']));
    const reasons = Object.fromEntries(
      found.flatMap(([name, { details }]) => (details.reason === undefined ? [] : [[name, details.reason]])),
    );
    const isDown = worst === 'unhealthy' || (worst !== undefined && req.query.strict === '1');
    res.status(isDown ? 503 : 200).json({
      status: worst ?? 'healthy',
      timestamp: timestamp(),
      ...((await maySeeParts(req)) && { release: RELEASE_NAME, checks, ...(worst && { reasons }) }),
    });
  };
  router.get(HEALTH, (req, res) => answerHealth(req, res));

  for (const name of probes.names) {
    router.get(`/health/${name}`, async (req, res) => {
      const { status, latencyMs, details } = await probes.look(name);
      const parts = (await maySeeParts(req)) && { latencyMs, ...details };
      res.status(status === 'unhealthy' ? 503 : 200).json({ status, timestamp: timestamp(), ...parts });
    });
  }
  return router;
}
