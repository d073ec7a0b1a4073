import type { PolicyFacts } from '../../services/privacy/policy.js';

/** The privacy policy, by sections: each has room in one field of a card, and all in one card. */
export const policy = {
  title: () => 'What this bot does with what you write',
  intro: () =>
    'Charlatan learns how this server talks, one character at a time, and writes in that manner. This is what it keeps for that, and what you can do about it.',
  sections: ({ deadlineHours, keepLeftDays, isSealed, url }: PolicyFacts): Section[] => [
    {
      title: 'What is collected',
      text:
        'Messages that people write in the channels and threads that managers of the server have switched on, also older ones: the text, when it was written and edited, ' +
        'where, which message it answers, and the number of your account. E-mail addresses, phone numbers, card numbers and access tokens are taken out before a text is stored.',
    },
    {
      title: 'What is not',
      text:
        'Direct messages, pictures, voice and files, names and profiles, reactions, who is online, messages of bots, and channels that are not switched on. ' +
        'No profiles of people are made, and nothing is decided about you by what you wrote, but for the spam filter.',
    },
    {
      title: 'What for',
      text:
        'To train a model of the language of this server, which runs on the machine of whoever runs this bot. A model of what only some can read does not speak where others read. ' +
        'It is kept from repeating long pieces of what people wrote. It imitates you by name only if you allow that with `/privacy imitation`. ' +
        'Nothing is sold or given to anybody, and no other company computes with it.',
    },
    {
      title: 'Other things that are kept',
      text:
        'What you have the bot write, with its beginning: 30 days; your votes on it. When somebody speaks to the bot, it reads the latest messages there to answer, without keeping them. Where the spam filter is on, it looks at new messages of everybody as they come, ' +
        'without keeping them; the text of what it flags is kept until 30 days after a moderator has decided, and verdicts, from which the filter learns unless you opted out, longer. An erased message takes them along, unless the bot deleted it as spam. ' +
        'Your choices, and the numbers of erased messages, so that these do not come back.',
    },
    {
      title: 'How long, and where',
      text:
        'Messages are kept until you or a moderator delete them, until you have them erased, or until the channel is deleted. An edit replaces the text. ' +
        `When the bot leaves a server, everything of it, your choices there too, is erased within ${number(keepLeftDays)} days and a day. All is kept in one database on the machine of whoever runs the bot` +
        (isSealed ? ', where the texts of messages are encrypted with `AES-256-GCM`.' : '.') +
        ' Copies that they make of it are theirs to delete.',
    },
    {
      title: 'Who sees it',
      text: 'Whoever runs the bot can read the database. Moderators see flagged messages; managers see counts. Members see only what the model writes.',
    },
    {
      title: 'What you can do',
      text:
        '`/privacy status` shows what is kept and allowed, `/privacy export` gives it to you as a file. `/privacy opt-out` ends the collecting at once, `/privacy opt-in` allows it. ' +
        '`/privacy forget` erases all of it, in this server or everywhere. `Never learn this`, in the menu of a message, erases that one. ' +
        'Where a server has chosen opt-in, nobody is collected who has not allowed it.',
    },
    {
      title: 'When models forget',
      text:
        `What leaves the corpus, for whatever reason, is known to models for ${number(deadlineHours)} hours at most: by then a new one has learned from nothing, without it, or the old one is withdrawn. ` +
        'The spam filter forgets erased verdicts when it learns the next time.',
    },
    {
      title: 'Whom to ask',
      text:
        'The managers of this server, and whoever runs this bot. Depending on where you live, the law gives you rights of access, correction, erasure and objection; the commands above are the quickest way.' +
        (url === undefined ? '' : ` More: ${url}`),
    },
  ],
};

export interface Section {
  title: string;
  text: string;
}

function number(value: number): string {
  return value.toLocaleString('en');
}
