export const sealingErrors = {
  corpus_key_missing: ({ path, name }: { path: string; name: string }) =>
    `The texts in the database ${path} are sealed with a key (named ${name}), and there is none. Set CORPUS_KEY in .env to the key that sealed them; without it they cannot be read.`,
  corpus_key_wrong: ({ path, name }: { path: string; name: string }) =>
    `The texts in the database ${path} are sealed with another key (named ${name}). Set CORPUS_KEY in .env to that key; to change keys, set CORPUS_KEY_PREVIOUS to it and run \`npm run -s cli -- rekey\`.`,
};
