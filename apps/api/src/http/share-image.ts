import { AppError, getShareFacts } from '@assay/core';
import type { Request, Response } from 'express';
import type { Container } from '../container.ts';
import { shareImages } from '../services/share-images/share-images.ts';
import { isFresh } from './conditional.ts';
import { exchangeOf } from './exchange.ts';

const FILE = /^([1-9]\d{0,8})\.png$/;
/** Who has it asks again after this, in seconds: scores change. */
const GOOD_FOR_S = 300;

/** The picture by which a store is shared. It shows what visitors see, to every reader. */
export function shareImageEndpoint(container: Container) {
  const images = shareImages(container.images.files);
  return async (req: Request<{ file: string }>, res: Response): Promise<void> => {
    const exchange = exchangeOf(req);
    exchange.endpoint = 'GET /media/sellers/:file';
    const id = FILE.exec(req.params.file)?.[1];
    if (!id) throw new AppError('NOT_FOUND');
    const facts = await getShareFacts(container.context({ kind: 'anonymous' }, exchange.requestId), { sellerId: Number(id) });
    const etag = `"${images.nameOf(facts)}"`;
    res
      .setHeader('Cache-Control', `public, max-age=${GOOD_FOR_S}`)
      .setHeader('ETag', etag)
      .setHeader('Content-Security-Policy', "default-src 'none'; sandbox")
      .setHeader('Cross-Origin-Resource-Policy', 'cross-origin'); // other sites show it
    if (isFresh(req, etag)) {
      res.status(304).end();
      return;
    }
    const png = await images.make(facts);
    res.setHeader('Content-Type', 'image/png').setHeader('Content-Length', png.byteLength);
    res.end(req.method === 'HEAD' ? undefined : png);
  };
}
