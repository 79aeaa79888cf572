import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Busboy, type BusboyInstance } from '@fastify/busboy';
import { AppError, type ReceivedFile } from '@assay/core';
import type { Request } from 'express';
import type { Images } from '../services/images/images.ts';
import { watchRate } from './least-rate.ts';
import { budgetKeyOf } from './limits.ts';
import { places } from './places.ts';

/** Uploads that one process takes in at the same time: of one account, and of all. Our own pages send two. */
const arriving = places(2, 32, 'You are uploading two files already. Wait until one of them is there.');
/** How long a refused upload is listened to. */
const DRAIN_MS = 5000;
const FIELDS = { fields: 8, fieldNameSize: 50, fieldSize: 2000 };

export interface Upload {
  fields: Record<string, string>;
  file: ReceivedFile;
}

export const isUploadForm = (req: Request): boolean => /^multipart\/form-data\b/i.test(req.get('content-type') ?? '');

/**
 * Takes in one file, raw or from a form (multipart), as it arrives: never more of it than is allowed, and never in memory. It is
 * deleted when `use` ends, also with an error.
 * @param begin with a form's fields, before the file itself is taken: they come before it. What it throws refuses the upload
 * @throws AppError IMAGE_TOO_LARGE, RATE_LIMITED, BUSY, REQUEST_TIMEOUT, BAD_REQUEST, VALIDATION_FAILED
 */
export async function receiveUpload<T>(
  req: Request,
  images: Images,
  begin: (fields: Record<string, string>) => void,
  use: (upload: Upload) => Promise<T>,
): Promise<T> {
  const declared = Number(req.get('content-length') ?? 0);
  const isForm = isUploadForm(req);
  if (declared > images.maxBytes + (isForm ? 16_384 : 0)) {
    await drain(req, images.maxBytes);
    throw tooLarge(images.maxBytes);
  }
  const leave = arriving.take(budgetKeyOf(req));
  try {
    const path = await images.newTemporary();
    try {
      if (!isForm) begin({});
      const receive = async () =>
        isForm ? fromForm(req, path, images.maxBytes, begin) : { fields: {}, file: await keep(req, path, images.maxBytes) };
      const upload = await inTime(req, receive);
      if (upload.file.bytes === 0) throw noFile();
      return await use(upload);
    } catch (error) {
      if (!isSlow(error)) await drain(req, images.maxBytes);
      throw error;
    } finally {
      await rm(path, { force: true });
    }
  } finally {
    leave();
  }
}

const isSlow = (error: unknown) => error instanceof AppError && error.code === 'REQUEST_TIMEOUT';

/** Gives a slow upload up: its connection is closed. @throws AppError REQUEST_TIMEOUT */
async function inTime<T>(req: Request, receive: () => Promise<T>): Promise<T> {
  let end = () => {};
  const slow = new Promise<never>((_resolve, reject) => {
    end = watchRate(req, () => {
      req.res?.setHeader('Connection', 'close');
      reject(new AppError('REQUEST_TIMEOUT'));
    });
  });
  try {
    return await Promise.race([receive(), slow]);
  } finally {
    end();
  }
}

/**
 * Lets a refused upload run out, within measure: browsers read an answer only when they have said everything, and show a broken
 * connection otherwise.
 */
async function drain(req: Request, maxBytes: number): Promise<void> {
  if (req.complete || req.destroyed) return;
  let bytes = 0;
  const enough = new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, DRAIN_MS);
    const end = () => {
      clearTimeout(timer);
      resolve();
    };
    req.on('data', (chunk: Buffer) => (bytes += chunk.length) > maxBytes && end());
    req.once('end', end).once('close', end).resume();
  });
  await enough;
  if (!req.complete) req.res?.setHeader('Connection', 'close');
}

const tooLarge = (maxBytes: number) =>
  new AppError('IMAGE_TOO_LARGE', { message: `This file is too large: ${Math.floor(maxBytes / 1024 / 1024) || '< 1'} MB are the most.` });
const noFile = () => new AppError('VALIDATION_FAILED', { fields: [{ field: 'file', message: 'Choose a file.' }] });

/** Writes a stream to a file and says what it was. @throws AppError IMAGE_TOO_LARGE */
async function keep(source: Readable, path: string, maxBytes: number): Promise<ReceivedFile> {
  const hash = createHash('sha256');
  let bytes = 0;
  const measured = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > maxBytes) return done(tooLarge(maxBytes));
      hash.update(chunk);
      done(null, chunk);
    },
  });
  // A failed pipeline destroys its source; a request has to live on, to be answered.
  const kept = pipeline(measured, createWriteStream(path, { flags: 'wx' }));
  const broken = () => measured.destroy(new AppError('BAD_REQUEST'));
  source.once('error', broken).once('aborted', broken);
  source.pipe(measured);
  await kept;
  return { path, sha256: hash.digest('hex'), bytes };
}

function fromForm(req: Request, path: string, maxBytes: number, begin: (fields: Record<string, string>) => void): Promise<Upload> {
  return new Promise((resolve, reject) => {
    const fields: Record<string, string> = {};
    let file: Promise<ReceivedFile> | null = null;
    const fail = (error: unknown) => {
      req.unpipe(form);
      reject(error instanceof AppError ? error : new AppError('BAD_REQUEST'));
    };
    let form: BusboyInstance;
    try {
      form = new Busboy({ headers: req.headers as { 'content-type': string }, limits: { ...FIELDS, files: 1, parts: 10 } });
    } catch {
      reject(new AppError('BAD_REQUEST'));
      return;
    }
    form.on('field', (name, value) => {
      if (!file) fields[name] = value;
    });
    form.on('file', (_name, stream) => {
      try {
        begin(fields);
      } catch (error) {
        stream.resume();
        return fail(error);
      }
      file = keep(stream, path, maxBytes);
      file.catch(fail);
    });
    form.on('error', fail);
    form.on('finish', () => {
      if (file) file.then((received) => resolve({ fields, file: received }), fail);
      else fail(noFile());
    });
    req.on('aborted', () => fail(new AppError('BAD_REQUEST')));
    req.pipe(form);
  });
}
