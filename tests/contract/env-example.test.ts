import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { readConfig, ROOT, VARIABLES } from '@assay/api';
import { describe, expect, it } from 'vitest';
import { PM2_VARIABLES, readPm2Config } from '../../scripts/lib/pm2-config.ts';
import { environmentOf, OF_THE_PAGES } from '../../scripts/lib/process-environment.ts';
import { readConfig as readWebConfig, VARIABLES as WEB_VARIABLES } from '../../apps/web/src/lib/server/config.ts';

const textOf = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
const example = textOf('.env.example');
/** With the # in front of the values taken away. */
const uncommented = example.replace(/^#(?=[A-Z0-9_]+=)/gm, '');
const shown = parseEnv(uncommented) as Record<string, string>;
const JWT_SECRET = 'kq3VxR8zPw1nB6tYc0LmJ7uHd5sGf2aE9oZiTbQy';

/** What a file reads by itself, without a config module. */
const readBy = (file: string, name: RegExp) => [...textOf(file).matchAll(name)].map((match) => match[1]!);

describe('.env.example', () => {
  it('names exactly the variables that something reads, each once', () => {
    const names = [...uncommented.matchAll(/^([A-Z0-9_]+)=/gm)].map((match) => match[1]!);
    const known = new Set([
      ...VARIABLES,
      ...WEB_VARIABLES,
      ...readBy('scripts/start.ts', /process\.env\.([A-Z0-9_]+)/g),
      ...PM2_VARIABLES,
      ...readBy('scripts/pm2.ts', /environment\.([A-Z0-9_]+)/g),
      ...readBy('scripts/lib/address.ts', /environment\.([A-Z0-9_]+)/g),
      ...readBy('compose.yaml', /\$\{([A-Z0-9_]+)/g),
    ]);
    expect(names.sort()).toEqual([...known].sort());
  });

  it('the pages get their own variables, and none of the API', () => {
    expect([...OF_THE_PAGES].toSorted()).toEqual(WEB_VARIABLES.toSorted());
    const everything = { ...Object.fromEntries([...VARIABLES, ...WEB_VARIABLES].map((name) => [name, 'x'])), HOME: '/', NODE_OPTIONS: '' };
    expect(Object.keys(environmentOf('web', everything)).toSorted()).toEqual([...WEB_VARIABLES, 'HOME', 'NODE_OPTIONS'].toSorted());
    expect(environmentOf('api', everything)).toEqual(everything);
    expect(environmentOf('web', { JWT_SECRET_FILE: 'x', SENTRY_DSN_FILE: 'y' })).toEqual({ SENTRY_DSN_FILE: 'y' });
  });

  it('says in the one line above what each variable means and what its default is', () => {
    const lines = example.split('\n');
    for (const [i, line] of lines.entries()) {
      if (!/^#?[A-Z0-9_]+=/.test(line)) continue;
      expect(lines[i - 1], line).toMatch(/^# [\w].*\.$/);
      expect(lines[i - 2], line).toBe('');
      if (!line.startsWith('JWT_SECRET')) expect(lines[i - 1], line).toMatch(/Default: .+\.$/);
    }
  });

  it('sets nothing as it stands, and asks for a JWT_SECRET', () => {
    expect(parseEnv(example)).toEqual({ JWT_SECRET: '' });
    expect(() => readConfig(parseEnv(example))).toThrow(/JWT_SECRET is missing/);
  });

  it('shows values that the configuration accepts, and that are its defaults', () => {
    expect(readConfig({ ...shown, JWT_SECRET })).toEqual(readConfig({ JWT_SECRET }));
    expect(readConfig({ ...shown, JWT_SECRET, NODE_ENV: 'production' })).toEqual(readConfig({ JWT_SECRET, NODE_ENV: 'production' }));
    expect(readWebConfig(shown)).toEqual(readWebConfig({}));
    expect(readPm2Config(shown)).toEqual(readPm2Config({}));
    expect(readPm2Config({}).problems).toEqual([]);
  });

  it('names the defaults in words as the configuration has them', () => {
    const said = (name: string) => new RegExp(`^# .*Default: (.+)\\.\\n#?${name}=`, 'm').exec(example)?.[1];
    const production = readConfig({ JWT_SECRET, NODE_ENV: 'production' }).limits;
    const otherwise = readConfig({ JWT_SECRET }).limits;
    expect(said('RATE_LIMIT_MAX_REQUESTS')).toBe(`${production.createMax} in production, ${otherwise.createMax} otherwise`);
    expect(said('RATE_LIMIT_READ_MAX_REQUESTS')).toMatch(`else ${production.readMax} in production, ${otherwise.readMax} otherwise`);
    expect(said('PORT')).toBe(`${readWebConfig({}).port} for the pages, ${readConfig({ JWT_SECRET }).port} for the API`);
    for (const [name, value] of Object.entries(shown)) if (value !== '') expect(said(name), name).toBe(value);
  });
});
