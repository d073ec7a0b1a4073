/** One call for every combination of these values, over the others. */
export function each(sides: Record<string, readonly unknown[]>, others: object = {}): unknown[][] {
  const combined = Object.entries(sides).reduce<object[]>(
    (all, [name, values]) => all.flatMap((one) => values.map((value) => ({ ...one, [name]: value }))),
    [others],
  );
  return combined.map((params) => [params]);
}
