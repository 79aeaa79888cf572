import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { MediaStore } from '@assay/core';

/**
 * Files below a directory. Each is written beside its place, brought to the disk, then renamed: it is there whole, or not at
 * all. @param temporary on the same disk
 */
export function localFiles(root: string, temporary: string): MediaStore {
  /** Keys come from our own rows, and still never lead out of the directory. */
  const place = (key: string) => {
    const file = path.join(root, key);
    if (!file.startsWith(root + path.sep)) throw new Error('This key leads out of the media directory.');
    return file;
  };
  const put = async (key: string, content: Uint8Array) => {
    const file = place(key);
    await mkdir(path.dirname(file), { recursive: true });
    await mkdir(temporary, { recursive: true });
    const beside = path.join(temporary, randomUUID());
    try {
      const handle = await open(beside, 'wx');
      try {
        await handle.writeFile(content);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(beside, file);
      await syncDirectory(path.dirname(file));
    } catch (error) {
      await rm(beside, { force: true });
      throw error;
    }
  };
  return {
    put,
    putFile: async (key, from) => put(key, await readFile(from)),
    async read(key) {
      try {
        return await readFile(place(key));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
        throw error;
      }
    },
    delete: (key) => rm(place(key), { force: true }),
  };
}

/** A rename is on the disk when its directory is. Windows knows no such thing. */
async function syncDirectory(directory: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
