export type StyleName = keyof typeof STYLES;

export interface Style {
  temperature: number;
  /** The smallest set of symbols that has this share of the probability is drawn from. */
  topP: number;
}

/** From what is likeliest to what nobody would have said. */
const STYLES = {
  calm: { temperature: 0.5, topP: 0.9 },
  normal: { temperature: 0.8, topP: 0.95 },
  wild: { temperature: 1.2, topP: 1 },
} as const satisfies Record<string, Style>;

export const STYLE_NAMES = ['calm', 'normal', 'wild'] as const satisfies StyleName[];

/** A preset, with what was set by hand in its place. */
export function styleOf(
  name: StyleName = 'normal',
  set: { [setting in keyof Style]?: number | undefined } = {},
): Style {
  const { temperature, topP } = STYLES[name];
  return { temperature: set.temperature ?? temperature, topP: set.topP ?? topP };
}
