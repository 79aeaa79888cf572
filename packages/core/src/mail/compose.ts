import type { EmailBody } from './ports.ts';

interface Letter {
  subject: string;
  /** One after the other; what people typed may be among them. */
  paragraphs: string[];
  /** Where it leads to. */
  link?: { label: string; url: string };
  /** Why they got it. */
  reason: string;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (text: string) => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign]!).replaceAll('\n', '<br>');

const INK = 'color:#121920';
const QUIET = 'color:#596269;font-size:13px;line-height:20px';
const FONT = "font-family:'Hanken Grotesk',-apple-system,'Segoe UI',Roboto,sans-serif";

/** An e-mail as plain text and as HTML that looks like the product: styles stand in it, for mail programmes read no others. */
export function composeEmail({ subject, paragraphs, link, reason }: Letter): EmailBody {
  const text = [...paragraphs, ...(link ? [`${link.label}:\n${link.url}`] : []), '--\nAssay', reason].join('\n\n');
  const body = paragraphs.map((paragraph) => `<p style="margin:0 0 16px">${escape(paragraph)}</p>`).join('\n');
  const button = link
    ? `<p style="margin:24px 0"><a href="${escape(link.url)}" style="display:inline-block;padding:12px 20px;border-radius:6px;background:#121920;color:#fdfdfb;font-weight:600;text-decoration:none">${escape(link.label)}</a></p>
<p style="margin:0 0 16px;${QUIET}">If the button does nothing, open this address:<br><a href="${escape(link.url)}" style="color:#596269;word-break:break-all">${escape(link.url)}</a></p>`
    : '';
  const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(subject)}</title></head>
<body style="margin:0;background:#f5f5f1;${INK};${FONT};font-size:16px;line-height:24px">
<div style="max-width:36rem;margin:0 auto;padding:32px 24px">
<p style="margin:0 0 24px;font-family:Georgia,serif;font-size:22px;line-height:28px;color:#8c5b08">Assay</p>
<h1 style="margin:0 0 16px;font-family:Georgia,serif;font-weight:500;font-size:24px;line-height:32px">${escape(subject)}</h1>
${body}
${button}
<p style="margin:32px 0 0;padding-top:16px;border-top:1px solid #dcdcd6;${QUIET}">${escape(reason)}</p>
</div></body></html>`;
  return { subject, text, html };
}
