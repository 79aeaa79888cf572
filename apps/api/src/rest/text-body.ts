import { AppError } from '@assay/core';
import type { Request } from 'express';

/** The body of a request as bytes, of that kind of text. @throws AppError UNSUPPORTED_MEDIA_TYPE, PAYLOAD_TOO_LARGE, BAD_REQUEST */
export async function textBodyOf(req: Request, type: string, bytesMax: number): Promise<Buffer> {
  if (!req.is(type)) throw new AppError('UNSUPPORTED_MEDIA_TYPE', { message: `Send the file as ${type}.` });
  const tooLarge = () => new AppError('PAYLOAD_TOO_LARGE', { message: `A file has at most ${bytesMax / 1024 / 1024} MB.` });
  if (Number(req.get('content-length') ?? 0) > bytesMax) throw tooLarge();
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of req as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > bytesMax) throw tooLarge();
      chunks.push(chunk);
    }
  } catch (error) {
    throw error instanceof AppError ? error : new AppError('BAD_REQUEST');
  }
  return Buffer.concat(chunks);
}
