import js from '@eslint/js';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import { defineConfig } from 'eslint/config';
import ts from 'typescript-eslint';

const FEATURES = ['accounts', 'auth', 'budgets', 'categories', 'chat', 'goals', 'home', 'imports', 'recurring', 'transactions'];

/** A feature may use api, lib and itself; only `app` joins features. */
const fences = FEATURES.map((feature) => ({
  files: [`src/features/${feature}/**`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            group: FEATURES.filter((other) => other !== feature).map((other) => `**/${other}/*`),
            message: 'features do not import one another',
          },
          { group: ['**/app/*'], message: 'features do not know the app around them' },
        ],
      },
    ],
  },
}));

export default defineConfig(
  { ignores: ['dist', 'src/api/schema.d.ts', 'eslint.config.js'] },
  js.configs.recommended,
  ...ts.configs.strictTypeChecked,
  reactHooks.configs.flat.recommended,
  jsxA11y.flatConfigs.strict,
  {
    languageOptions: { globals: globals.browser, parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      'max-lines': ['error', 250],
      'no-console': 'error',
      // A table that scrolls must be reachable by keyboard; a drop zone listens on the label of its own input.
      'jsx-a11y/no-noninteractive-tabindex': ['error', { roles: ['region'], tags: [] }],
      'jsx-a11y/no-noninteractive-element-interactions': ['error', { handlers: ['onClick', 'onKeyDown'] }],
      'no-restricted-syntax': ['error', { selector: 'ExportAllDeclaration', message: 'no barrels' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
    },
  },
  ...fences,
  { files: ['src/lib/**', 'src/api/**'], rules: { 'no-restricted-imports': ['error', { patterns: ['**/features/*', '**/app/*'] }] } },
);
