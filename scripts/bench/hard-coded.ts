import { cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '@assay/api';

const WEB = path.join(ROOT, 'apps', 'web');

/**
 * A copy of the web app whose API is a table of constants: the same pages with the same content. It sends no request, so its build
 * costs only what SvelteKit itself costs for that page.
 * @param answers the answer of each procedure when the real page was rendered
 * @returns the copy's folder, ready to be built with vite
 */
export function hardCodedWeb(answers: Record<string, unknown>): string {
  const copy = path.join(ROOT, 'apps', '.bench-web');
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(copy);
  for (const name of ['src', 'static', 'package.json', 'tsconfig.json', 'vite.config.ts', 'server.ts'])
    cpSync(path.join(WEB, name), path.join(copy, name), { recursive: true });
  symlinkSync(path.join(WEB, 'node_modules'), path.join(copy, 'node_modules'));
  writeFileSync(
    path.join(copy, 'src/lib/server/api.ts'),
    `const answers: Record<string, unknown> = ${JSON.stringify(answers)};
const ask = (path: string): unknown => new Proxy(() => {}, {
  get: (_target, name) => (name === 'then' ? undefined : ask(path ? \`\${path}.\${String(name)}\` : String(name))),
  apply: () => Promise.resolve(answers[path.replace(/\\.query$/, '')]),
});
export const apiFor = () => ask('') as never;
export const restFor = () => Promise.reject(new Error('hard-coded'));
`,
  );
  return copy;
}
