import { statSync } from 'node:fs';
import { Refusal } from '../command.ts';
import { piecesOf, type Encoding } from './lines.ts';
import type { FileRecord } from './records.ts';

const BYTES_MAX = 256 * 1024 * 1024;

/** Whether a file that begins so is JSON. */
export const looksLikeJson = (firstLine: string): boolean => /^\s*(?:\[\s*(?:\{|\]|$)|\{)/.test(firstLine);

/**
 * The objects of a JSON file, or one in each line, as records; the position of an object stands for its line.
 * @throws Refusal where it is no list of objects
 */
export async function readJson(file: string, encoding: Encoding): Promise<{ header: string[]; records: FileRecord[] }> {
  if (statSync(file).size > BYTES_MAX) throw new Refusal('A JSON file has at most 256 MB. Cut it in parts.');
  let text = '';
  for await (const piece of piecesOf(file, encoding)) text += piece.text;
  const items = itemsOf(text).filter((item) => item !== null && typeof item === 'object') as Record<string, unknown>[];
  const header = [...new Set(items.flatMap((item) => Object.keys(item)))];
  const bytes = statSync(file).size;
  const records = items.map((item, i) => ({
    line: i + 1,
    endLine: i + 1,
    bytes: Math.round((bytes * (i + 1)) / items.length),
    cells: header.map((name) => cellOf(item[name])),
  }));
  return { header, records };
}

function itemsOf(text: string): unknown[] {
  const parsed = parsedOf(text);
  if (Array.isArray(parsed)) return parsed;
  const lists = Object.values(parsed ?? {}).filter((value) => Array.isArray(value));
  if (lists.length === 1) return lists[0] as unknown[];
  throw new Refusal('The JSON file is no list of ratings.');
}

function parsedOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
    try {
      if (lines.length > 1) return lines.map((line) => JSON.parse(line) as unknown);
    } catch {
      // It is no JSON in lines either: the first message says where.
    }
    throw new Refusal(`The file is not valid JSON: ${(error as Error).message}.`);
  }
}

function cellOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
