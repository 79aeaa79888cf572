import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [
    tailwindcss(),
    sveltekit({
      adapter: adapter({ precompress: true, out: 'build/next' }),
      csp: {
        mode: 'nonce',
        directives: {
          'default-src': ['none'],
          'script-src': ['self'],
          'style-src': ['self'],
          // The one inline style there is: Kit hides its route announcer from sight with it.
          'style-src-attr': ['unsafe-hashes', 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='],
          // data: wallets bring their icons so, and it is what is seen of an image before it comes. A CDN is added by hooks.server.ts.
          'img-src': ['self', 'data:'],
          'font-src': ['self'],
          'connect-src': ['self'],
          'form-action': ['self'],
          'base-uri': ['none'],
          'frame-ancestors': ['none'],
          'manifest-src': ['self'],
          'worker-src': ['self'],
        },
      },
    }),
  ],
  build: { sourcemap: false, rolldownOptions: { checks: { pluginTimings: false } } },
  // One log and one trace in a process: the pages' code takes them from where server.ts has begun them, not from a copy of its own.
  environments: { ssr: { build: { rolldownOptions: { external: [/^@assay\/telemetry\//] } } } },
});
