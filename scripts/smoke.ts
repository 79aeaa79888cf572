// npm run test:integration:prod: read-only tests of a deployment that runs.
import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import { loadEnvFile, ROOT } from '@assay/api';
import { pagesAddress, requireAnswer } from './lib/address.ts';
import { runCommand, WrongCall } from './lib/command.ts';
import { installTestTools } from './lib/test-tools.ts';

const PARTS = ['health', 'api', 'pages', 'sellers', 'live'];
const HELP = `npm run test:integration:prod [-- options] [part …]

Tests a deployment that runs: health, API, pages, security headers, live updates, and that API, page, badge and structured data of a
few sellers agree. It only reads: every request is a GET, or opens a WebSocket.

  part         ${PARTS.join(', ')}: only these; browser: the pages in Chromium (npm run test:staging:e2e)
  --url URL    address of the pages. Default: SMOKE_URL, else PUBLIC_URL, else http://localhost:3000
  --help

Exit codes: 0 all passed, 1 a test failed or the address does not answer, 2 wrong call.`;

/** Runs a program beside this one and returns its exit code. */
function run(command: string, args: string[], address: string): Promise<number> {
  const env = { ...process.env, SMOKE_URL: address };
  const child = spawn(command, args, { cwd: ROOT, env, stdio: 'inherit', shell: process.platform === 'win32' });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { url: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const unknown = positionals.filter((part) => !PARTS.includes(part) && part !== 'browser');
  if (unknown.length > 0) throw new WrongCall(`There is no part ${unknown.join(', ')}: ${PARTS.join(', ')}, browser.`);
  loadEnvFile();
  const address = pagesAddress(values.url ?? process.env.SMOKE_URL, process.env);
  await requireAnswer(address);
  console.error(`▸ ${address}`);
  const parts = positionals.length > 0 ? positionals.filter((part) => part !== 'browser') : PARTS;
  let code = 0;
  if (parts.length > 0)
    code ||= await run('vitest', ['run', '--project', 'smoke', ...parts.map((part) => `tests/smoke/${part}.test.ts`)], address);
  if (positionals.includes('browser')) {
    installTestTools();
    code ||= await run('playwright', ['test', '--config', 'playwright.smoke.config.ts'], address);
  }
  return code === 0 ? 0 : 1;
}

await runCommand(main);
