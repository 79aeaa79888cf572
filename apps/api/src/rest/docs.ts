import { createRequire } from 'node:module';
import path from 'node:path';
import { ERRORS } from '@assay/contract';
import express, { type Router } from 'express';

/** The API reference: Swagger UI from our own origin, and the register of error codes. */
export function docsRouter(): Router {
  const router = express.Router();
  const assets = path.dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  router.use((_req, res, next) => {
    // Swagger UI draws with inline styles and data: images; scripts come from here alone.
    res.setHeader(
      'Content-Security-Policy',
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
    next();
  });
  router.get('/', (_req, res) => void res.type('html').send(PAGE));
  router.get('/start.js', (_req, res) => void res.type('js').send(START));
  router.get('/errors', (_req, res) => void res.type('html').send(errorsPage()));
  router.use('/assets', express.static(assets, { index: false, maxAge: '1d', extensions: [] }));
  return router;
}

const PAGE = `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Assay API</title>
  <link rel="stylesheet" href="/api/docs/assets/swagger-ui.css">
</head>
<body>
  <div id="reference"></div>
  <noscript>The reference needs JavaScript; the document itself is at <a href="/api/openapi.json">/api/openapi.json</a>.</noscript>
  <script src="/api/docs/assets/swagger-ui-bundle.js"></script>
  <script src="/api/docs/start.js"></script>
</body>
</html>
`;

const START = `SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#reference', deepLinking: true, docExpansion: 'list', defaultModelsExpandDepth: 0 });\n`;

function errorsPage(): string {
  const rows = Object.entries(ERRORS).map(
    ([code, { status, message }]) => `<tr id="${code}"><th scope="row"><code>${code}</code></th><td>${status}</td><td>${message}</td></tr>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Error codes · Assay API</title>
  <style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem}table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.5rem .75rem .5rem 0;border-bottom:1px solid color-mix(in srgb,currentColor 20%,transparent);vertical-align:top}tr:target{background:color-mix(in srgb,currentColor 10%,transparent)}</style>
</head>
<body>
  <h1>Error codes</h1>
  <p>Every error carries one of these in <code>code</code>, with the HTTP status and, unless it says more, this sentence in <code>detail</code>.</p>
  <table><thead><tr><th scope="col">Code</th><th scope="col">Status</th><th scope="col">Meaning</th></tr></thead><tbody>
${rows.join('\n')}
</tbody></table>
</body>
</html>
`;
}
