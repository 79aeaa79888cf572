import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { freePort } from '@assay/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { healthProblem } from '../../scripts/lib/health.ts';

const answers: number[] = [];
const server = createServer((_req, res) => {
  const status = answers.length > 1 ? answers.shift()! : answers[0]!;
  res.writeHead(status).end(status === 200 ? '{"status":"healthy"}' : '{"status":"unhealthy","api":"down"}');
});
let origin: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

it('waits until an app that starts is healthy', async () => {
  answers.splice(0, Infinity, 503, 503, 200);
  expect(await healthProblem(origin, 10_000)).toBeNull();
});

it('says what an app that is not healthy says of itself', async () => {
  answers.splice(0, Infinity, 503);
  expect(await healthProblem(origin, 0)).toBe(`GET ${origin}/health is 503: {"status":"unhealthy","api":"down"}`);
});

it('says that nothing answers', async () => {
  expect(await healthProblem(`http://127.0.0.1:${await freePort()}`, 0)).toMatch(/is not answered \(ECONNREFUSED\)/);
});
