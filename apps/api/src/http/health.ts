import express, { type Router } from 'express';
import { Prisma } from '@assay/database';
import type { Container } from '../container.ts';

/**
 * Health for supervisors and load balancers: /livez touches nothing, /readyz and /health ask the database.
 * Without its Redis the product is degraded, not down.
 */
export function healthRouter({ database, log, redis }: Container): Router {
  const router = express.Router();
  const databaseAnswers = async () => {
    try {
      await database.read(Prisma.sql`SELECT 1 AS one`);
      return true;
    } catch (error) {
      log.error({ err: error }, 'the database does not answer');
      return false;
    }
  };
  router.use(['/livez', '/readyz', '/ready', '/health'], (_req, res, next) => {
    res.setHeader('Cache-Control', 'no-store');
    next();
  });
  router.get('/livez', (_req, res) => void res.json({ status: 'alive' }));
  router.get(['/readyz', '/ready'], async (_req, res) => {
    const ready = await databaseAnswers();
    res.status(ready ? 200 : 503).json({ status: ready ? 'ready' : 'not ready', timestamp: new Date().toISOString() });
  });
  router.get('/health', async (_req, res) => {
    const checks = { database: await databaseAnswers(), ...(redis && { redis: redis.isUp() }) };
    const status = !checks.database ? 'unhealthy' : checks.redis === false ? 'degraded' : 'healthy';
    res.status(checks.database ? 200 : 503).json({ status, timestamp: new Date().toISOString(), checks });
  });
  return router;
}
