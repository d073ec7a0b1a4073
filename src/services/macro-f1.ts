/** The mean of the labels' F1 scores; a label that was neither given nor answered counts as 0. */
export function macroF1(
  labels: readonly string[],
  truth: readonly string[],
  answers: readonly string[],
): number {
  const scores = labels.map((label) => {
    const hits = truth.filter((each, index) => each === label && answers[index] === label).length;
    const either = [...truth, ...answers].filter((each) => each === label).length;
    return either === 0 ? 0 : (2 * hits) / either;
  });
  return scores.reduce((sum, score) => sum + score, 0) / labels.length;
}
