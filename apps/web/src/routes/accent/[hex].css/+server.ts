import { accentShades, type AccentShade } from '@assay/contract';
import { error } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

const DAY_S = 86_400;

const declarations = ({ hex, text }: AccentShade) => `--accent: ${hex}; --on-accent: ${text}`;

/** A store's colour in both themes, for elements with `data-accent`. Made of the address alone. */
export const GET: RequestHandler = ({ params: { hex } }) => {
  const shades = /^[0-9a-f]{6}$/.test(hex) ? accentShades(`#${hex}`) : null;
  if (!shades) error(404, 'There is no such colour.');
  const { light, dark } = shades;
  const store = `[data-accent='${hex}']`;
  const css = `${store} { ${declarations(light)} }
@media (prefers-color-scheme: dark) { :root:not([data-theme='light']) ${store} { ${declarations(dark)} } }
:root[data-theme='dark'] ${store} { ${declarations(dark)} }
`;
  return new Response(css, { headers: { 'content-type': 'text/css; charset=utf-8', 'cache-control': `public, max-age=${DAY_S}` } });
};
