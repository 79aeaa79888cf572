import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What is written into the folder of a release: `release.json`. */
export interface Release {
  /** Its name: the first twelve digits of its commit. */
  id: string;
  commit: string;
  /** The first line of the commit's message. */
  subject: string;
  /** ISO 8601. */
  madeAt: string;
  /** The way from the release's folder to the deployment, which has `.env` and `data/`. */
  home: string;
  /** The names of the migrations that it brings, and needs. */
  migrations: string[];
}

export const RELEASE_FILE = 'release.json';

/** The release in a folder; null where the folder is none, or one that was never finished. */
export function releaseIn(folder: string): Release | null {
  const file = path.join(folder, RELEASE_FILE);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Release) : null;
}

const CODE = path.resolve(import.meta.dirname, '../../..');

/** The release that this process runs; null for a checkout. */
export const RELEASE = releaseIn(CODE);

/** What /health calls it. */
export const RELEASE_NAME = RELEASE?.id ?? 'checkout';

/** The deployment that this code belongs to: where `.env` is, and where relative paths to data start. A checkout is its own. */
export const HOME = RELEASE ? path.resolve(CODE, RELEASE.home) : CODE;

/** Where a deployment keeps its releases: each in a folder with its name. */
export const RELEASES = path.join(HOME, 'data', 'releases');
