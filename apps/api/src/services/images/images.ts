import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { ImageServices, ImageSettings } from '@assay/core';
import type { Logger } from '../../logger.ts';
import { sharpCodec } from './codec.ts';
import { localFiles } from './local-files.ts';
import { s3Files, type S3Place } from './s3-files.ts';

export interface ImagesConfig {
  /** Where files are kept, and where uploads arrive also when a bucket keeps them. */
  directory: string;
  s3: S3Place | null;
  /** What stands before /media in public addresses; empty for our own. */
  cdnBase: string;
  maxBytes: number;
}

/** Images of this process: how they are made and where they are kept. */
export interface Images extends ImageServices, ImageSettings {
  /** A name for an upload that is arriving; its directory is there. */
  newTemporary(): Promise<string>;
  /** Deletes uploads whose process died while they arrived. Returns how many. */
  sweepTemporary(before: Date): Promise<number>;
  /** Can files be written, read and deleted? For /health; asked at most once in some seconds. */
  check(): Promise<boolean>;
}

const CHECK_MS = 5000;

export function openImages({ directory, s3, cdnBase, maxBytes }: ImagesConfig, log: Logger): Images {
  const temporary = path.join(directory, 'arriving');
  const files = s3 ? s3Files(s3) : localFiles(directory, temporary);
  const look = async () => {
    const key = `check/${randomUUID()}`;
    try {
      await files.put(key, Buffer.from('ok'), 'text/plain');
      const read = await files.read(key);
      await files.delete(key);
      return read !== null && Buffer.from(read).toString() === 'ok';
    } catch (error) {
      log.error({ err: error }, 'images cannot be stored');
      return false;
    }
  };
  let looked: { at: number; answer: Promise<boolean> } | null = null;
  return {
    codec: sharpCodec(),
    files,
    maxBytes,
    publicBase: cdnBase,
    newOriginalKey: () => `originals/${randomUUID()}`,
    async newTemporary() {
      await mkdir(temporary, { recursive: true });
      return path.join(temporary, randomUUID());
    },
    async sweepTemporary(before) {
      const names = await readdir(temporary).catch(() => []);
      let swept = 0;
      for (const name of names) {
        const file = path.join(temporary, name);
        const found = await stat(file).catch(() => null); // it may just have arrived
        if (!found || found.mtime >= before) continue;
        await rm(file, { force: true });
        swept++;
      }
      return swept;
    },
    check() {
      if (!looked || Date.now() - looked.at > CHECK_MS) looked = { at: Date.now(), answer: look() };
      return looked.answer;
    },
  };
}
