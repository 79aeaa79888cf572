import { storageFault } from '@assay/database';
import { PROCESS_ALIVE_MS } from '@assay/database/migrate';
import { HOME, RELEASE_NAME } from '@assay/runtime';
import type { Container } from '../container.ts';

type StartParts = Pick<Container, 'config' | 'holder' | 'log' | 'repos'>;

/**
 * Notes that this process uses the database, which finds out whether the database takes writes, and reports processes of other
 * deployments. A full disk is no reason not to start: reads work.
 * @throws the error of the database if it takes no writes for any other reason
 */
export async function noteStart({ config, holder, log, repos }: StartParts): Promise<void> {
  const now = new Date();
  try {
    await repos.maintenance.noteProcess({ holder, release: RELEASE_NAME, home: HOME }, now);
    const others = await repos.maintenance.processes(new Date(now.getTime() - PROCESS_ALIVE_MS));
    const homes = new Set(others.filter(({ home }) => !HOME.endsWith(home)).map(({ home }) => home));
    if (config.database.target.engine === 'sqlite' && homes.size > 0)
      log.warn({ homes: [...homes] }, 'another deployment uses this database, with its own images, mail and keys');
  } catch (error) {
    const fault = storageFault(error);
    if (fault?.kind !== 'full') throw error;
    log.error({ reason: fault.reason }, 'the database takes no writes');
  }
}
