import jupyter from '@jupyter/eslint-plugin';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  {
    ignores: [
      '.venv*',
      '**/node_modules',
      '**/lib',
      '**/labextension',
      'docs/_build',
      'jupyter_namespace_viz',
      'src/protocol.ts', // generated
      'ui-tests/playwright-report',
      'ui-tests/test-results'
    ]
  },
  { plugins: { jupyter } },
  jupyter.configs.recommended,
  {
    files: ['src/**/*.{ts,tsx}', 'examples/**/*.ts', 'ui-tests/**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['tsconfig.test.json', 'ui-tests/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname
      }
    },
    rules: {
      curly: 'error',
      eqeqeq: 'error',
      'no-console': 'error',
      'prefer-arrow-callback': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/unbound-method': 'off', // a Lumino signal is given the method and its receiver apart
      '@typescript-eslint/no-namespace': 'off', // where JupyterLab keeps `IOptions` of a class
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/naming-convention': [
        'error',
        {
          selector: 'interface',
          format: ['PascalCase'],
          custom: { regex: '^I[A-Z]', match: true }
        },
        {
          selector: 'classProperty',
          modifiers: ['private'],
          format: ['camelCase'],
          leadingUnderscore: 'require'
        }
      ]
    }
  },
  {
    // Panel and marks are there from the start. What is large and comes later (the graph) is
    // imported where a command first needs it.
    files: ['src/plugins/**'],
    rules: { 'jupyter/prefer-lazy-imports': 'off' }
  }
);
