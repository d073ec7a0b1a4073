/** With thousands separated. */
export function number(value: number): string {
  return value.toLocaleString('en');
}

export function count(value: number, noun: string): string {
  return `${number(value)} ${noun}${value === 1 ? '' : 's'}`;
}
