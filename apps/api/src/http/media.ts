import { AppError } from '@assay/core';
import type { Request, Response } from 'express';
import type { Container } from '../container.ts';
import { MEDIA_CACHING } from '../services/images/caching.ts';
import { isFresh } from './conditional.ts';

/** The names that images have, and no other: nothing else of the storage can be asked for. */
const NAME = /^[1-9]\d{0,9}-[0-9a-f]{20}-\d{1,5}\.(avif|webp)$/;

/** Public images. A name is made of the content, so that an answer is good for ever. */
export function mediaEndpoint({ images }: Container) {
  return async (req: Request<{ name: string }>, res: Response): Promise<void> => {
    const { name } = req.params;
    const format = NAME.exec(name)?.[1];
    const content = format ? await images.files.read(`media/${name}`) : null;
    if (!content) throw new AppError('NOT_FOUND');
    const etag = `"${name}"`;
    res
      .setHeader('Cache-Control', MEDIA_CACHING)
      .setHeader('ETag', etag)
      .setHeader('Content-Security-Policy', "default-src 'none'; sandbox")
      .setHeader('Cross-Origin-Resource-Policy', 'cross-origin'); // a CDN may stand between
    if (isFresh(req, etag)) {
      res.status(304).end();
      return;
    }
    res.setHeader('Content-Type', `image/${format}`).setHeader('Content-Length', content.byteLength);
    res.end(req.method === 'HEAD' ? undefined : content);
  };
}
