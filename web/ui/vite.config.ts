import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

import { fakeSteward } from './tests/fake/plugin.ts';

const APP = `http://127.0.0.1:${process.env['STEWARD_PORT'] ?? '8000'}`;

export default defineConfig(({ mode }) => ({
  // `npm run dev` talks to a running app, `npm run fake` to the protocol double of the tests.
  plugins: [react(), ...(mode === 'fake' ? [fakeSteward()] : [])],
  server: mode === 'fake' ? {} : { proxy: { '/v1': APP } },
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler|@tanstack|openapi-fetch)\//, priority: 2 },
            {
              name: 'antd',
              test: /node_modules\/(antd|@ant-design|@rc-component)\//,
              priority: 1,
              entriesAware: true,
              entriesAwareMergeThreshold: 20_000,
            },
          ],
        },
      },
    },
  },
  test: {
    environment: 'jsdom',
    setupFiles: ['tests/setup.ts'],
    restoreMocks: true,
    testTimeout: 20_000,
  },
}));
