import { setImmediate } from 'node:timers/promises';
import Pdf from 'pdfkit';
import { notoFonts } from '../share-images/noto.ts';
import { typesetter } from '../share-images/typesetter.ts';
import type { PdfColumn, PdfContent } from './content.ts';
import { runsOf, unpackedFonts, type Run } from './fonts.ts';

const LEFT = 56;
const RIGHT = 539;
const GAP = 12;
const BOTTOM = 780;
/** Points, of letters. */
const SIZE = 10.5;
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
export async function renderPdf(content: PdfContent, issuedAt: Date, compress = true): Promise<Uint8Array> {
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

/** Writes rows from top to bottom, on a new page where one is full. */
class Pages {
  private readonly pdf: PDFKit.PDFDocument;
  private y = LEFT;

  /** @param pdf with its first page */
  constructor(pdf: PDFKit.PDFDocument) {
    this.pdf = pdf;
  }

  /** Other requests have their turn between two pages. @returns whether there is a new page */
  private async turn(): Promise<boolean> {
    if (this.y <= BOTTOM) return false;
    await setImmediate();
    this.pdf.addPage();
    this.y = LEFT;
    return true;
  }

  async row(cells: readonly [text: string, place: Place][], head?: () => Promise<void>): Promise<void> {
    if (await this.turn()) await head?.();
    const heights = [];
    for (const [text, place] of cells) heights.push(await write(this.pdf, text, { ...place, y: this.y }));
    this.y += Math.max(...heights);
  }

  rule(): void {
    this.pdf
      .moveTo(LEFT, this.y + 4)
      .lineTo(RIGHT, this.y + 4)
      .lineWidth(0.5)
      .strokeColor(QUIET)
      .stroke();
    this.y += 12;
  }

  space(points: number): void {
    this.y += points;
  }
}

/** Where the cells of a table stand. */
function placesOf(columns: readonly PdfColumn[], size: number): Place[] {
  let x = LEFT;
  return columns.map(({ share, align = 'left' }) => {
    const width = share * (RIGHT - LEFT);
    const place = align === 'right' ? { x: x + GAP, width: width - GAP, align, size } : { x, width: width - GAP, align, size };
    x += width;
    return place;
  });
}

async function drawTable(pages: Pages, { columns, rows }: PdfContent): Promise<void> {
  const places = placesOf(columns, columns.length > 2 ? 9 : SIZE);
  const labels = columns.map(({ label = '' }, i): [string, Place] => [label, { ...places[i]!, colour: QUIET }]);
  const head = async () => {
    if (labels.every(([label]) => label === '')) return;
    await pages.row(labels);
    pages.rule();
  };
  await head();
  for (const cells of rows)
    await pages.row(
      cells.map((text, i) => [text, places[i]!]),
      head,
    );
}

async function draw(pdf: PDFKit.PDFDocument, content: PdfContent): Promise<void> {
  const pages = new Pages(pdf);
  const half = (RIGHT - LEFT) / 2 - GAP;
  const [left, right] = [
    { x: LEFT, width: half },
    { x: RIGHT - half, width: half },
  ];
  await pages.row([[content.title, { x: LEFT, width: RIGHT - LEFT, size: 26 }]]);
  pages.space(10);
  for (const [label, value] of content.facts)
    await pages.row([
      [label, { x: LEFT, width: 90, colour: QUIET }],
      [value, { x: LEFT + 90, width: RIGHT - LEFT - 90 }],
    ]);
  pages.space(18);
  await pages.row([
    ['From', { ...left, colour: QUIET }],
    ['To', { ...right, colour: QUIET }],
  ]);
  for (let i = 0; i < Math.max(content.from.length, content.to.length); i++)
    await pages.row([
      [content.from[i] ?? '', left],
      [content.to[i] ?? '', right],
    ]);
  pages.space(22);
  pages.rule();
  await drawTable(pages, content);
  pages.rule();
  const [name, sum] = placesOf([{ share: 0.7 }, { share: 0.3, align: 'right' }], SIZE) as [Place, Place];
  for (const [label, amount] of content.sums)
    await pages.row([
      [label, name],
      [amount, sum],
    ]);
  pages.space(22);
  for (const note of content.notes) await pages.row([[note, { x: LEFT, width: RIGHT - LEFT, size: 9, colour: QUIET }]]);
}

/** Writes text at a place, over as many lines as it needs. Returns its height. */
async function write(pdf: PDFKit.PDFDocument, text: string, place: Place & { y: number }): Promise<number> {
  const { x, y, width, size = SIZE, colour = INK, align = 'left' } = place;
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
