import type { DocumentContent } from '@assay/core';
import type { Response } from 'express';
import { sendPrivateFile } from './send-private-file.ts';

const EXTENSIONS: Record<string, string> = { 'application/pdf': 'pdf', 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp' };

/** A file that a user sent. @param name of the file, before its number */
export const sendDocument = ({ id, type, content }: DocumentContent, res: Response, name = 'document'): void =>
  sendPrivateFile(res, { name: `${name}-${id}.${EXTENSIONS[type] ?? 'bin'}`, type, content });
