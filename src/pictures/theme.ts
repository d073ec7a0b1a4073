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
  /** For things without an order, told apart by every kind of colour vision. */
  categories: readonly string[];
  /** By bits, from what had to come to what nobody expects: in equal steps of lightness, for every kind of colour vision. */
  surprise: readonly string[];
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
    categories: ['#5aaef5', '#f0824a', '#4fc3a1', '#e8c547', '#cf8fe0'],
    surprise: [
      '#3a3d44',
      '#5f443f',
      '#834937',
      '#9e5435',
      '#b76034',
      '#d16c31',
      '#e08142',
      '#e9995a',
      '#f1b172',
      '#f8c889',
      '#ffe0a0',
    ],
  },
  light: {
    background: '#ffffff',
    text: '#1e1f22',
    faint: '#5c5e66',
    grid: '#e3e5e8',
    negative: '#c94f00',
    neutral: '#b9bec7',
    positive: '#0a6ebd',
    categories: ['#0a6ebd', '#c94f00', '#00856a', '#a07800', '#8f45a8'],
    surprise: [
      '#eff1f4',
      '#f4d7be',
      '#f2bd92',
      '#eca372',
      '#e48852',
      '#dc6d2c',
      '#c75919',
      '#af4912',
      '#98390a',
      '#812a04',
      '#6b1a00',
    ],
  },
};
