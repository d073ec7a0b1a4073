import { z } from 'zod';
import { invalidForm } from './problems.js';
import type { MessageBody } from './posting.js';

// What Discord takes at most, so that a bot which works here works there. Lengths count code points.

const text = (max: number) =>
  z.string().refine((value) => [...value].length <= max, `Must be ${max} or fewer in length.`);

const Embed = z.looseObject({
  title: text(256).nullish(),
  description: text(4_096).nullish(),
  fields: z
    .array(z.looseObject({ name: text(256).min(1), value: text(1_024).min(1) }))
    .max(25, 'Must be 25 or fewer in length.')
    .nullish(),
});

const Button = z.looseObject({ custom_id: text(100).optional(), label: text(80).optional() });
const Row = z.looseObject({
  components: z.array(Button).min(1).max(5, 'Must be between 1 and 5 in length.').optional(),
});

const Body = z.looseObject({
  content: text(2_000).nullish(),
  embeds: z
    .array(Embed)
    .max(10, 'Must be 10 or fewer in length.')
    .refine((embeds) => charactersOf(embeds) <= 6_000, 'The embeds are larger than 6000 characters in all.')
    .nullish(),
  components: z.array(Row).max(5, 'Must be 5 or fewer in length.').nullish(),
});

/** @throws ApiProblem 50035 naming the first field that is too long or too many */
export function checkLimits(body: MessageBody): void {
  const { error } = Body.safeParse(body);
  if (error === undefined) return;
  const [{ path, message }] = error.issues;
  throw invalidForm(path.join('.'), 'BASE_TYPE_MAX_LENGTH', message);
}

function charactersOf(embeds: z.infer<typeof Embed>[]): number {
  const texts = embeds.flatMap(({ title, description, fields }) => [
    title,
    description,
    ...(fields ?? []).flatMap(({ name, value }) => [name, value]),
  ]);
  return texts.reduce((sum, each) => sum + [...(each ?? '')].length, 0);
}
