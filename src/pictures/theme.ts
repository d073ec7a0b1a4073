import type { Theme } from './protocol.js';

export interface Palette {
  background: string;
  text: string;
  /** Axes' numbers and everything else that is read second. */
  faint: string;
  grid: string;
  /** Vermilion, grey and blue: told apart by every kind of colour vision, and by lightness in print. */
  negative: string;
  neutral: string;
  positive: string;
}

export const palettes: Record<Theme, Palette> = {
  dark: {
    background: '#2b2d31',
    text: '#f2f3f5',
    faint: '#b5bac1',
    grid: '#43464d',
    negative: '#f0824a',
    neutral: '#6d7480',
    positive: '#5aaef5',
  },
  light: {
    background: '#ffffff',
    text: '#1e1f22',
    faint: '#5c5e66',
    grid: '#e3e5e8',
    negative: '#c94f00',
    neutral: '#b9bec7',
    positive: '#0a6ebd',
  },
};
