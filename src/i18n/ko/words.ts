/** With thousands separated. */
export function number(value: number): string {
  return value.toLocaleString('ko');
}

/** Never rounded up to a certainty that is not there. */
export function certainty(share: number): string {
  return `${Math.floor(share * 1_000 + 1e-3) / 10}%`;
}

/** Discord's own way of writing times: in seconds, shown in the reader's language and time zone. */
export function timestamp(ms: number, style: 'R' | 'f'): string {
  return `<t:${Math.floor(ms / 1_000)}:${style}>`;
}
