import Pdf from 'pdfkit';
import { notoFonts } from '../share-images/noto.ts';
import { typesetter } from '../share-images/typesetter.ts';
import type { InvoiceContent } from './content.ts';
import { runsOf, unpackedFonts, type Run } from './fonts.ts';

const LEFT = 56;
const RIGHT = 539;
const AMOUNTS = 400;
const BOTTOM = 780;
const INK = '#1d1b16';
const QUIET = '#6b675d';
/** Points between two lines, by the size of the letters. */
const LEADING = 1.45;

interface Place {
  x: number;
  width: number;
  size?: number;
  colour?: string;
  align?: 'left' | 'right';
}

/**
 * A document as PDF, on as many pages as it needs. Text is text: it can be searched and copied. What the bundled fonts do not have is
 * drawn as outlines.
 * @param compress false for tests, which read the text
 */
export async function renderPdf(content: InvoiceContent, issuedAt: Date, compress = true): Promise<Uint8Array> {
  const info = { Title: `${content.title} ${content.number}`, Author: content.from[0] ?? '', CreationDate: issuedAt, ModDate: issuedAt };
  const pdf = new Pdf({ size: 'A4', margin: LEFT, compress, info, autoFirstPage: false, lang: 'en' });
  const done = new Promise<Uint8Array>((resolve, reject) => {
    const chunks: Buffer[] = [];
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
    pdf.on('end', () => resolve(Buffer.concat(chunks)));
    pdf.on('error', reject);
  });
  for (const [name, font] of await unpackedFonts()) pdf.registerFont(name, font);
  pdf.addPage();
  await draw(pdf, content);
  pdf.end();
  return done;
}

async function draw(pdf: PDFKit.PDFDocument, content: InvoiceContent): Promise<void> {
  let y = LEFT;
  const row = async (...cells: [text: string, place: Place][]) => {
    if (y > BOTTOM) {
      pdf.addPage();
      y = LEFT;
    }
    const heights = [];
    for (const [text, place] of cells) heights.push(await write(pdf, text, { ...place, y }));
    y += Math.max(...heights);
  };
  const rule = () => {
    pdf
      .moveTo(LEFT, y + 4)
      .lineTo(RIGHT, y + 4)
      .lineWidth(0.5)
      .strokeColor(QUIET)
      .stroke();
    y += 12;
  };
  const half = (RIGHT - LEFT) / 2 - 12;
  await row([content.title, { x: LEFT, width: RIGHT - LEFT, size: 26 }]);
  y += 10;
  for (const [label, value] of content.facts)
    await row([label, { x: LEFT, width: 90, colour: QUIET }], [value, { x: LEFT + 90, width: RIGHT - LEFT - 90 }]);
  y += 18;
  const right = RIGHT - half;
  await row(['From', { x: LEFT, width: half, colour: QUIET }], ['To', { x: right, width: half, colour: QUIET }]);
  for (let i = 0; i < Math.max(content.from.length, content.to.length); i++)
    await row([content.from[i] ?? '', { x: LEFT, width: half }], [content.to[i] ?? '', { x: right, width: half }]);
  y += 22;
  rule();
  const amount: Place = { x: AMOUNTS, width: RIGHT - AMOUNTS, align: 'right' };
  for (const [text, sum] of content.lines) await row([text, { x: LEFT, width: AMOUNTS - LEFT - 12 }], [sum, amount]);
  rule();
  for (const [label, sum] of content.sums) await row([label, { x: LEFT, width: AMOUNTS - LEFT - 12 }], [sum, amount]);
  y += 22;
  for (const note of content.notes) await row([note, { x: LEFT, width: RIGHT - LEFT, size: 9, colour: QUIET }]);
}

/** Writes text at a place, over as many lines as it needs. Returns its height. */
async function write(pdf: PDFKit.PDFDocument, text: string, place: Place & { y: number }): Promise<number> {
  const { x, y, width, size = 10.5, colour = INK, align = 'left' } = place;
  const leading = size * LEADING;
  if (text === '') return leading;
  pdf.fillColor(colour).fontSize(size);
  const runs = await runsOf(text);
  const set = runs.some(({ font }) => font === null) ? typesetter('sans', await notoFonts(text)) : null;
  const widthOf = ({ font, text: part }: Run) => (font === null ? set!.line(part, size).width : pdf.font(font).widthOfString(part));
  const lines = wrapped(runs, width, widthOf);
  for (const [index, line] of lines.entries()) {
    const top = y + index * leading;
    let at = align === 'right' ? x + width - line.reduce((sum, run) => sum + widthOf(run), 0) : x;
    for (const run of line) {
      if (run.font === null) outline(pdf, set!.line(run.text, size).svg, at, top + size);
      else pdf.font(run.font).text(run.text, at, top, { lineBreak: false });
      at += widthOf(run);
    }
  }
  return lines.length * leading;
}

/** Pieces as lines that fit into a width; one that is wider has a line of its own. */
function wrapped(runs: readonly Run[], width: number, widthOf: (run: Run) => number): Run[][] {
  const lines: Run[][] = [[]];
  let used = 0;
  for (const run of runs) {
    if (used > 0 && used + widthOf({ ...run, text: run.text.trimEnd() }) > width) {
      lines.push([]);
      used = 0;
    }
    lines.at(-1)!.push(run);
    used += widthOf(run);
  }
  return lines;
}

/** Draws the paths of a line that the typesetter has set, from a point on its baseline. */
function outline(pdf: PDFKit.PDFDocument, svg: string, x: number, baseline: number): void {
  const paths = svg.matchAll(/translate\(([-\d.]+) ([-\d.]+)\) scale\(([-\d.]+) ([-\d.]+)\)" d="([^"]+)"/g);
  for (const [, dx, dy, scaleX, scaleY, path] of paths) {
    pdf.save();
    pdf.translate(x + Number(dx), baseline + Number(dy)).scale(Number(scaleX), Number(scaleY));
    pdf.path(path!).fill();
    pdf.restore();
  }
}
