import express, { type Router } from 'express';
import type { Container } from '../container.ts';
import { Prisma } from '@assay/database';

/** Health for supervisors and load balancers: /livez touches nothing, /readyz and /health ask the database. */
export function healthRouter({ database, log }: Container): Router {
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
    const checks = { database: await databaseAnswers() };
    const healthy = checks.database;
    res.status(healthy ? 200 : 503).json({ status: healthy ? 'healthy' : 'unhealthy', timestamp: new Date().toISOString(), checks });
  });
  return router;
}
