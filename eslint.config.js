import js from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist/', 'data/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { project: 'tests/tsconfig.json' } },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      // An async function without await still promises: what it throws becomes a rejection.
      '@typescript-eslint/require-await': 'off',
      // Objects here are closures: their functions need no `this`.
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: ['tests/helpers/*.mjs'],
    languageOptions: { globals: { process: 'readonly' } },
  },
  {
    files: ['src/playground/page/**/*.js'],
    languageOptions: {
      globals: { document: 'readonly', window: 'readonly', location: 'readonly', WebSocket: 'readonly' },
    },
  },
);
