/** The real one, from what was built. */
export function built(name: string): URL {
  return new URL(`../../dist/src/training/${name}.js`, import.meta.url);
}

/** A worker of a few lines, for the ways in which the real one does not fail on demand. */
export function worker(source: string): URL {
  const prelude = `import { createRequire } from 'node:module'; const require = createRequire('file:///');`;
  return new URL(`data:text/javascript,${encodeURIComponent(prelude + source)}`);
}
