/** Opened models, the last used ones. */
export interface ModelShelf<Model> {
  /** A model that turns out damaged is the trouble of those who ask for it: `take` throws then. */
  put(name: string, open: () => Model): void;
  /** Undefined when the model is not there (any more). */
  take(name: string): Model | undefined;
  drop(name: string): void;
}

export function createModelShelf<Model>(room: number): ModelShelf<Model> {
  const models = new Map<string, () => Model>();
  return {
    put(name, open) {
      if (models.has(name)) return;
      models.set(name, opened(open));
      for (const oldest of [...models.keys()].slice(0, -room)) models.delete(oldest);
    },
    take(name) {
      const model = models.get(name);
      if (model === undefined) return undefined;
      models.delete(name);
      models.set(name, model);
      return model();
    },
    drop: (name) => void models.delete(name),
  };
}

function opened<Model>(open: () => Model): () => Model {
  try {
    const model = open();
    return () => model;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}
