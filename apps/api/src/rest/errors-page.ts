import { ERROR_REGISTER, ERRORS, type ErrorCode } from '@assay/contract';

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
/** Text with `code` in it. */
const marked = (text: string) => escape(text).replace(/`([^`]+)`/g, '<code>$1</code>');

const STYLE =
  ':root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:46rem;padding:0 1rem}' +
  'section{border-top:1px solid color-mix(in srgb,currentColor 20%,transparent);padding:1rem .75rem;overflow-wrap:anywhere}' +
  'section:target{background:color-mix(in srgb,currentColor 8%,transparent)}h2{font-size:1.1rem;margin:0}h2 a{color:inherit}' +
  'h2 small{font-weight:400;margin-left:.5rem}p{margin:.25rem 0 .75rem}dl{margin:0;display:grid;gap:.25rem 1rem;grid-template-columns:6rem 1fr}' +
  'dt{opacity:.75}dd{margin:0}@media(max-width:30rem){dl{grid-template-columns:1fr}dd{margin-bottom:.5rem}}';

/** The register of error codes as a page: each code has an anchor, to which the `type` of a problem points. */
export function errorsPage(): string {
  return `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Error codes · Assay API</title>
  <style>${STYLE}</style>
</head>
<body>
<main>
  <h1>Error codes</h1>
  <p>Every error carries one of these in <code>code</code>, with its HTTP status and, unless it says more, this sentence in <code>detail</code>. Codes stay; sentences may be worded better.</p>
${Object.keys(ERROR_REGISTER)
  .map((code) => section(code as ErrorCode))
  .join('\n')}
</main>
</body>
</html>
`;
}

function section(code: ErrorCode): string {
  const { status, message } = ERRORS[code];
  const { cause, caller, operator } = ERROR_REGISTER[code];
  const rows = [['Cause', cause], ['Caller', caller], ...(operator ? [['Operator', operator]] : [])];
  const list = rows.map(([name, text]) => `<dt>${name}</dt><dd>${marked(text!)}</dd>`).join('');
  return `<section id="${code}"><h2><a href="#${code}"><code>${code}</code></a><small>${status}</small></h2><p>${escape(message)}</p><dl>${list}</dl></section>`;
}
