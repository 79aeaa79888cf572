import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { apt, isRootOnDebian, onPath } from './test-tools.ts';

// Microsoft's T-SQL parser (ScriptDom) and schema compiler (DacFx), from Microsoft's package mssql-cli, with a .NET runtime.

const DIR = path.join(import.meta.dirname, '..', '..', '.tools', 'tsql');
const PACKAGES = path.join(DIR, 'packages');
const STAMP = path.join(DIR, 'installed.json');
const RUNTIME_CONFIG = path.join(DIR, 'runtimeconfig.json');

/** .NET 3.1 needs OpenSSL 1.1, which current systems no longer have: psycopg2's package contains it. */
const PROGRAMS = ['mssql-cli==1.0.0', 'dotnetcore2==3.1.23', 'psycopg2-binary==2.9.3'];
/** Packages for the running Python, which connect it to .NET. */
const BRIDGE = ["pythonnet==3.0.5; python_version < '3.11'", "pythonnet==3.2.1; python_version >= '3.11'"];
/** Packages that are only unpacked, so that their Python version does not matter. */
const FOR_ANY_PYTHON = [
  '--no-deps',
  '--no-compile',
  '--only-binary=:all:',
  '--python-version=3.9',
  '--implementation=cp',
  '--abi=cp39',
  '--platform=manylinux2014_x86_64',
];

/** Command and environment of a Python program that uses the compiler. */
export interface TsqlCompiler {
  python: string;
  env: Record<string, string>;
}

interface Python {
  command: string;
  version: string;
}

/** A Python that is new enough and can create a virtual environment. */
function findPython(): Python | null {
  const command = onPath('python3', 'python');
  if (!command) return null;
  const code = 'import sys, venv, ensurepip; print("%d.%d" % sys.version_info[:2]); sys.exit(sys.version_info < (3, 9))';
  const { status, stdout } = spawnSync(command, ['-c', code], { encoding: 'utf8' });
  return status === 0 ? { command, version: stdout.trim() } : null;
}

const LIBRARY_FOLDERS = ['/usr/lib/x86_64-linux-gnu', '/usr/lib64', '/usr/lib'];

/** The version of the system's ICU, such as "72.1": .NET 3.1 finds newer versions only by name. */
function findIcu(): string | null {
  const files = LIBRARY_FOLDERS.filter((folder) => existsSync(folder)).flatMap((folder) => readdirSync(folder));
  const versions = files.flatMap((file) => /^libicuuc\.so\.(\d+\.\d+)$/.exec(file)?.[1] ?? []);
  return versions.toSorted((a, b) => Number(a) - Number(b)).at(-1) ?? null;
}

const hasGlibc = () =>
  (process.report.getReport() as { header: { glibcVersionRuntime?: string } }).header.glibcVersionRuntime !== undefined;

/** Why the compiler cannot run on this machine, in a sentence; null if it can. */
export function whyNoTsqlCompiler(): string | null {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return `Microsoft's T-SQL compiler runs on Linux x86-64; this is ${process.platform} ${process.arch}.`;
  if (!hasGlibc()) return "Microsoft's T-SQL compiler needs a Linux with glibc; this one has another C library.";
  if (!findPython()) return "Microsoft's T-SQL compiler needs Python 3.9 or newer with venv (Debian: sudo apt-get install python3-venv).";
  if (!findIcu()) return "Microsoft's T-SQL compiler needs ICU (Debian: sudo apt-get install '^libicu[0-9]+$').";
  return null;
}

const stampFor = ({ version }: Python) => JSON.stringify({ python: version, packages: [...PROGRAMS, ...BRIDGE] });
const isInstalled = (python: Python) => existsSync(STAMP) && readFileSync(STAMP, 'utf8') === stampFor(python);

/**
 * Installs the compiler from PyPI into .tools/, unless it is installed, and as root on Debian the packages it needs.
 * @returns why it cannot run here, in a sentence; null if it can
 */
export function installTsqlCompiler(): string | null {
  if (process.platform === 'linux' && isRootOnDebian()) {
    if (!findPython()) apt('python3-venv');
    if (!findIcu()) apt('^libicu[0-9]+$'); // the package's name contains its version
  }
  const reason = whyNoTsqlCompiler();
  if (reason) return reason;
  const python = findPython()!;
  if (!isInstalled(python)) install(python);
  return null;
}

function install(python: Python): void {
  console.error("Installing Microsoft's T-SQL compiler into .tools/ (from PyPI)");
  rmSync(DIR, { recursive: true, force: true }); // an interrupted installation
  const run = (command: string, args: string[]) => spawnSync(command, args, { stdio: ['ignore', 2, 2] }).status === 0;
  const pip = (...args: string[]) =>
    run(path.join(DIR, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--timeout=60', ...args]);
  if (!run(python.command, ['-m', 'venv', DIR])) return;
  if (!pip(...BRIDGE) || !pip(...FOR_ANY_PYTHON, `--target=${PACKAGES}`, ...PROGRAMS)) return;
  linkOpenSsl();
  const framework = { name: 'Microsoft.NETCore.App', version: '3.1.0' };
  writeFileSync(RUNTIME_CONFIG, JSON.stringify({ runtimeOptions: { framework } }));
  writeFileSync(STAMP, stampFor(python)); // the last step: without the stamp, the installation is repeated
}

const OPENSSL = path.join(PACKAGES, 'psycopg2_binary.libs');

/** The names under which .NET loads the libraries. */
function linkOpenSsl(): void {
  const files = readdirSync(OPENSSL);
  for (const name of ['libssl', 'libcrypto']) {
    const file = files.find((each) => each.startsWith(`${name}-`))!;
    symlinkSync(file, path.join(OPENSSL, `${name}.so.1.1`));
  }
}

/** The compiler, for a test. @throws Error if it is not installed */
export function findTsqlCompiler(): TsqlCompiler {
  const reason = whyNoTsqlCompiler();
  if (reason) throw new Error(reason);
  if (!isInstalled(findPython()!)) throw new Error("Microsoft's T-SQL compiler is missing: npm test -- tsql installs it, from PyPI.");
  const env = {
    TSQL_DOTNET: path.join(PACKAGES, 'dotnetcore2', 'bin'),
    TSQL_LIBRARIES: path.join(PACKAGES, 'mssqlcli', 'mssqltoolsservice', 'bin'),
    TSQL_RUNTIME_CONFIG: RUNTIME_CONFIG,
    LD_LIBRARY_PATH: OPENSSL,
    CLR_ICU_VERSION_OVERRIDE: findIcu()!,
    COMPlus_EnableDiagnostics: '0', // no diagnostic files in the temporary directory
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONUTF8: '1',
  };
  return { python: path.join(DIR, 'bin', 'python'), env };
}
