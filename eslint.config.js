// For .svelte files only; everything else is oxlint's, which is a hundred times faster.
import svelte from 'eslint-plugin-svelte';
import ts from 'typescript-eslint';

export default [
  { ignores: ['**/node_modules/', '**/.svelte-kit/', '**/build/', '.tools/', '**/*.{js,mjs,cjs,ts}'] },
  ...svelte.configs.recommended,
  {
    files: ['**/*.svelte'],
    languageOptions: { parserOptions: { parser: ts.parser } },
    plugins: { '@typescript-eslint': ts.plugin },
    rules: {
      '@typescript-eslint/no-unused-vars': 'error',
      'svelte/no-useless-mustaches': 'off', // {' '} keeps a space that the formatter would take away
      'svelte/no-navigation-without-resolve': 'off', // the app lives at the root of its origin
    },
  },
];
