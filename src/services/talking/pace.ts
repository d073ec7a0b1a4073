export type Pace = ReturnType<typeof createPace>;

/** Beyond this many names the one that went longest ago is forgotten. */
const MAX_NAMES = 10_000;

/** Remembers when each name last went. */
export function createPace(now: () => number) {
  const went = new Map<string, number>();

  /** How long until this much has passed since a name went. */
  const waitMs = (name: string, everyMs: number): number =>
    Math.max(0, (went.get(name) ?? -Infinity) + everyMs - now());

  return {
    waitMs,

    isFree: (name: string, everyMs: number): boolean => waitMs(name, everyMs) === 0,

    go(name: string): void {
      went.delete(name);
      went.set(name, now());
      if (went.size > MAX_NAMES) went.delete(went.keys().next().value ?? name);
    },
  };
}
