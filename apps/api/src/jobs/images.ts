import { unifiedImageService, type Context } from '@assay/core';
import type { Container } from '../container.ts';
import { tellFailure } from './perform.ts';

const HOUR_MS = 60 * 60 * 1000;

export interface ImageWorker {
  /** Looks whether an image waits, if it is not at one already. */
  tick(): void;
  /** Lets the image that is being made come to its end. */
  stop(): Promise<void>;
}

/**
 * Makes the sizes of uploaded images, one after another in each process: at once where an upload is told of, and otherwise when the
 * clock ticks, which finds those whose process died.
 */
export function imageWorker(container: Container, holder: string, contextOf: () => Context): ImageWorker {
  const { feed, log } = container;
  const stopping = new AbortController();
  let working: Promise<void> | null = null;
  let again = false;
  const work = async () => {
    try {
      while (!stopping.signal.aborted && (await unifiedImageService.process(contextOf(), holder)));
    } catch (error) {
      tellFailure(log, { job: 'images' }, error);
    }
  };
  const tick = (): void => {
    if (stopping.signal.aborted) return;
    if (working) {
      again = true; // it may have looked just before
      return;
    }
    working = work().finally(() => {
      working = null;
      if (again) {
        again = false;
        tick();
      }
    });
  };
  const unlisten = feed.on(({ topic }) => topic === 'image.changed' && tick());
  return {
    tick,
    async stop() {
      stopping.abort();
      unlisten();
      await working;
    },
  };
}

/** Cleans away what nobody wants, and uploads whose process died while they arrived. */
export async function cleanImages(container: Container, ctx: Context): Promise<void> {
  const cleaned = await unifiedImageService.clean(ctx);
  const swept = await container.images.sweepTemporary(new Date(ctx.now().getTime() - HOUR_MS));
  if (cleaned + swept > 0) container.log.info({ images: cleaned, arriving: swept }, 'cleaned images away');
}
