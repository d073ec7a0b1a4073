import { each } from './each.js';

const FACTS = { deadlineHours: 72, keepLeftDays: 31 };
const UNTIL = [undefined, 86_400_000];
const URL = [undefined, 'https://example.org'];
const STATUS = {
  here: { messages: 1_234, since: 172_800_000 },
  elsewhere: { guilds: 12, messages: 345 },
  standing: { allowed: true, by: 'opt-out' },
  imitation: false,
};

export const privacy: Record<string, unknown[][]> = {
  'privacy.policy.sections': each({ isSealed: [true, false], url: URL }, FACTS),
  'privacy.status': [
    ...each({ until: UNTIL, url: URL, imitation: [true, false] }, STATUS),
    ...each({ allowed: [true, false], by: ['here', 'everywhere', 'opt-out', 'opt-in'] }).map(([standing]) => [
      { ...STATUS, standing, here: undefined, elsewhere: { guilds: 0, messages: 0 } },
    ]),
  ],
  'privacy.optedIn': each({ everywhere: [true, false] }),
  'privacy.optedOut': each({ everywhere: [true, false], until: UNTIL }),
  'privacy.imitation': each({ allowed: [true, false] }),
  'privacy.forgetting': each({ everywhere: [true, false], messages: [0, 1_234] }),
  'privacy.forgotten': each(
    { everywhere: [true, false], until: UNTIL, allowed: [true, false] },
    { messages: 77 },
  ),
  'privacy.exported': each({ everywhere: [true, false], messages: [1_234, 987] }, { stored: 1_234 }),
  'privacy.consent': each({ mode: ['opt-out', 'opt-in'] }),
  'privacy.asksConsent': [[{ members: 12, messages: 3_456 }]],
  'privacy.consentAsked': each({ until: UNTIL }, { members: 12, messages: 3_456 }),
  'privacy.neverLearned': each({ messages: [0, 1], until: UNTIL }),
};
