/** Node's WebAssembly, as far as it is used here: TypeScript describes it only among the things of browsers. */
interface Engine {
  validate(bytes: Uint8Array): boolean;
  readonly Module: new (bytes: Uint8Array) => Module;
  readonly Instance: new (module: Module, imports: Imports) => { readonly exports: object };
}

declare const compiled: unique symbol;

/** Compiled code, of which many instances can be made. */
export interface Module {
  readonly [compiled]: true;
}

export type Imports = Readonly<Record<string, Readonly<Record<string, (...numbers: number[]) => number>>>>;

export interface Memory {
  /** Another one after each `grow`. */
  readonly buffer: ArrayBuffer;
  /** @throws RangeError when there is not so much */
  grow(pages: number): number;
}

export const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: Engine };
