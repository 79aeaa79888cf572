import { compile } from 'html-to-text';

const convert = compile({
  wordwrap: false,
  preserveNewlines: true,
  selectors: [
    { selector: 'a', options: { ignoreHref: true } },
    { selector: 'img', format: 'skip' },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
    { selector: 'ul', options: { itemPrefix: '• ' } },
    { selector: 'table', format: 'dataTable', options: { uppercaseHeaderCells: false } },
  ],
});
const MARKUP = /<\/?[a-z][^>]*>|<!--|&(?:#\d+|#x[\da-f]+|[a-z]{2,10});/i;

/** The text of a piece of HTML, with its paragraphs and lists; a text without markup as it is. */
export const htmlToText = (html: string): string =>
  MARKUP.test(html)
    ? convert(html)
        .replace(/\n{3,}/g, '\n\n')
        .trim()
    : html;
