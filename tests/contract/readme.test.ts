import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT, VARIABLES } from '@assay/api';
import { describe, expect, it } from 'vitest';
import { PM2_VARIABLES } from '../../scripts/lib/pm2-config.ts';
import { VARIABLES as WEB_VARIABLES } from '../../apps/web/src/lib/server/config.ts';

const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
const readme = read('README.md');
const manifest = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

describe('the README', () => {
  it('names every command, and no other', () => {
    const named = [...readme.matchAll(/^\| `npm (?:run )?([\w:-]+)` \|/gm)].map((match) => match[1]!);
    expect(named.toSorted()).toEqual(Object.keys(manifest.scripts).toSorted());
  });

  it('names every variable, and no other', () => {
    const section = readme.slice(readme.indexOf('## Configuration'), readme.indexOf('## On SQL Server'));
    const rows = [...section.matchAll(/^\| (`[A-Z][^|]*) \|/gm)].map((match) => match[1]!);
    const named = rows.flatMap((cell) => [...cell.matchAll(/`([A-Z0-9_]+)`/g)].map((match) => match[1]!));
    const aboutPm2 = [...PM2_VARIABLES, 'PM2_HOME'];
    expect(named.toSorted()).toEqual([...new Set([...VARIABLES, ...WEB_VARIABLES, ...aboutPm2])].toSorted());
  });

  it('points to files that are there', () => {
    const links = [...readme.matchAll(/\]\(([^)]+)\)/g)].map((match) => match[1]!).filter((link) => !link.startsWith('http'));
    const files = [...readme.matchAll(/`((?:deploy|prisma|scripts|docs)\/[\w./-]+)`/g)].map((match) => match[1]!);
    for (const file of [...links, ...files, 'ecosystem.config.js', '.env.example', 'compose.yaml']) {
      expect(existsSync(path.join(ROOT, file)), file).toBe(true);
    }
  });
});
