import { Command } from 'commander';
import { classifyEvaluateCommand } from './classify-evaluate.js';
import { classifyRunCommand } from './classify-run.js';
import { classifyTrainCommand } from './classify-train.js';

export function classifyCommand(): Command {
  return new Command('classify')
    .description(
      'Learns to tell messages apart by examples: spam from ham, or moods, or whatever the labels say.',
    )
    .addCommand(classifyTrainCommand())
    .addCommand(classifyEvaluateCommand())
    .addCommand(classifyRunCommand());
}
