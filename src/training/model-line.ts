import type { Line, Meanwhile } from '../threads/line.js';

type Missing = { type: 'missing'; id: number };

/**
 * Questions about models, to a worker that says `missing` when it lacks one: then it is given that model, and asked
 * again. Questions that come together share one loading.
 * @param name of the model that a question is about
 * @param give hands the model to the worker; fails when there is no such model
 */
export function modelLine<
  Question extends object,
  Answer extends { type: string; id: number },
  Part extends { type: 'part'; id: number } = never,
>(
  line: Line<Question, Answer | Missing, Part>,
  { name, give }: { name: (question: Question) => string; give: (question: Question) => Promise<void> },
): (question: Question, meanwhile?: Meanwhile<Part>) => Promise<Answer> {
  const giving = new Map<string, Promise<void>>();

  return async (question, meanwhile) => {
    for (;;) {
      const answer = await line.ask(question, meanwhile);
      if (answer.type !== 'missing') return answer as Answer;
      const model = name(question);
      const given = giving.get(model) ?? give(question).finally(() => giving.delete(model));
      giving.set(model, given);
      await given;
    }
  };
}
