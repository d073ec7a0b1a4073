import { Command, Option } from 'commander';
import { readConfig } from '../config.js';
import { isUserError } from '../errors.js';
import { describeError, type Locale, LOCALES, stringsFor } from '../i18n/index.js';
import { type PolicyFacts, policyFacts } from '../services/privacy/policy.js';
import { CliError } from './failure.js';

export function privacyPolicyCommand(): Command {
  return new Command('privacy-policy')
    .description('Prints the privacy policy that /privacy policy shows, in Markdown, to be published.')
    .addOption(new Option('--locale <locale>', 'its language').choices(LOCALES).default('en'))
    .action(({ locale }: { locale: Locale }) => void process.stdout.write(inMarkdown(facts(), locale)));
}

function facts(): PolicyFacts {
  try {
    return policyFacts(readConfig(process.env));
  } catch (error) {
    throw isUserError(error) ? new CliError(describeError(error)) : error;
  }
}

function inMarkdown(facts: PolicyFacts, locale: Locale): string {
  const { policy } = stringsFor(locale).privacy;
  const sections = policy.sections(facts).map(({ title, text }) => `## ${title}\n\n${text}\n`);
  return [`# ${policy.title()}\n`, `${policy.intro()}\n`, ...sections].join('\n');
}
