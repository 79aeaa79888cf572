#!/usr/bin/env node
// Generates the two Prisma clients, SQL Server's and the embedded database's.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';

const root = path.resolve(import.meta.dirname, '..');
const prisma = path.join(root, 'node_modules', 'prisma', 'build', 'index.js');
// `generate` never starts the schema engine, but refuses to run without its binary, which is not on the registry.
const env = { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1', CHECKPOINT_DISABLE: '1' };

for (const schema of ['schema.prisma', 'sqlite.prisma']) {
  const result = spawnSync(process.execPath, [prisma, 'generate', '--schema', path.join('prisma', schema)], {
    cwd: root,
    env,
    encoding: 'utf8',
  });
  if (result.status !== 0) {
    console.error(result.stdout + result.stderr);
    process.exit(1);
  }
}
