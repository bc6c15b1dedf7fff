import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

/** Folders of src that a layer must not import: http → schema → domain → adapters, worker → domain → adapters. */
const folders = (...names) => ({
  regex: `^(\\.\\./)+(${names.join('|')})/`,
  message: 'Imports go one way: http → schema → domain → adapters, worker → domain → adapters.',
});
const packages = (...group) => ({ group, message: 'This layer does not know that package.' });
const layer = (files, ...patterns) => ({
  files,
  rules: { 'no-restricted-imports': ['error', { patterns }] },
});
const GRAPHQL = packages('graphql', 'graphql-*', 'type-graphql', '@apollo/*');
const WEB = packages('fastify', '@fastify/*');
const QUEUE = packages('bullmq');

export default tseslint.config(
  {
    ignores: [
      'dist*/',
      'coverage/',
      '.data/',
      'src/generated/',
      'test/generated/',
      'examples/web/',
      'deploy/cdk.out/',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommended],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false } }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
    },
  },
  // Its packages are not installed here: `npm run test:deploy` checks its types.
  {
    files: ['deploy/**/*.ts'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { parserOptions: { projectService: false } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'off',
      '@typescript-eslint/no-misused-promises': 'off',
    },
  },
  {
    files: ['src/**/*.ts', 'deploy/**/*.ts'],
    rules: {
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/config/environment.ts', 'src/visible-text.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'src/config/environment.ts reads the environment.' },
        { property: 'normalize', message: 'composed() of src/visible-text.ts does it in linear time.' },
      ],
    },
  },
  // src/adapters/http is theirs, src/http is not: that one is two folders up.
  layer(['src/adapters/**/*.ts'], folders('domain', 'schema', '\\.\\./http', 'worker', 'dev'), GRAPHQL, WEB),
  layer(['src/domain/**/*.ts'], folders('schema', 'http', 'worker', 'dev'), GRAPHQL, WEB, QUEUE),
  layer(['src/schema/**/*.ts'], folders('http', 'worker', 'dev'), WEB, QUEUE),
  layer(['src/worker/**/*.ts'], folders('schema', 'http', 'dev'), GRAPHQL, WEB),
  layer(['src/http/**/*.ts'], folders('worker', 'dev'), QUEUE),
  layer(
    ['src/dev/standins/**/*.ts'],
    folders('adapters', 'domain', 'schema', 'http', 'worker', 'embedded-postgres'),
    GRAPHQL,
    QUEUE,
  ),
  {
    files: ['**/jest.config.js'],
    languageOptions: { sourceType: 'commonjs', globals: { module: 'writable' } },
  },
  {
    files: ['scripts/**/*.{mjs,cjs}', 'deploy/*.mjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        AbortSignal: 'readonly',
        fetch: 'readonly',
        WebAssembly: 'readonly',
        crypto: 'readonly',
        globalThis: 'writable',
      },
    },
  },
  prettier,
);
