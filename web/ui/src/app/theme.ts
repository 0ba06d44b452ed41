import { theme, type ThemeConfig } from 'antd';

import type { ColourMode } from '../lib/colourMode';

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif';

export function themeFor(mode: ColourMode): ThemeConfig {
  const dark = mode === 'dark';
  return {
    algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      colorPrimary: dark ? '#2a7d62' : '#17614f',
      colorInfo: dark ? '#3f9d80' : '#17614f',
      colorSuccess: dark ? '#3f9d80' : '#17614f',
      colorLink: dark ? '#7bd0b3' : '#17614f',
      colorBgBase: dark ? '#161b18' : '#ffffff',
      colorTextPlaceholder: dark ? '#9ea8a2' : '#68716b',
      colorTextDescription: dark ? '#9ea8a2' : '#68716b',
      colorTextBase: dark ? '#e8ece9' : '#1a211d',
      fontFamily: FONT,
      fontSize: 15,
      borderRadius: 10,
      controlHeight: 38,
      motion: !window.matchMedia('(prefers-reduced-motion: reduce)').matches,
    },
    components: {
      Button: { primaryShadow: 'none' },
      Drawer: { colorBgElevated: dark ? '#161b18' : '#fdfcfa' },
      Steps: { fontSize: 14 },
    },
  };
}
