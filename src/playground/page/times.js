import { element } from './element.js';

const UNITS = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
];

const STYLES = {
  t: { timeStyle: 'short' },
  T: { timeStyle: 'medium' },
  d: { dateStyle: 'short' },
  D: { dateStyle: 'long' },
  f: { dateStyle: 'long', timeStyle: 'short' },
  F: { dateStyle: 'full', timeStyle: 'short' },
};

const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });
const format = (date, options) => new Intl.DateTimeFormat(undefined, options).format(date);

/** Discord's `<t:unix:style>`; the relative style 'R' keeps itself current, see keepTimesCurrent. */
export function timestamp(unixSeconds, style = 'f') {
  const date = new Date(unixSeconds * 1000);
  if (Number.isNaN(date.getTime())) return element('span', {}, 'Invalid date');
  return element(
    'time',
    {
      class: 'timestamp',
      datetime: date.toISOString(),
      title: format(date, STYLES.F),
      'data-relative': style === 'R',
    },
    style === 'R' ? fromNow(date) : format(date, STYLES[style] ?? STYLES.f),
  );
}

/** When a message was written: the time alone, or with the day unless that is today. */
export function messageTime(iso, { short }) {
  const date = new Date(iso);
  const today = date.toDateString() === new Date().toDateString();
  const style = short || today ? STYLES.t : { dateStyle: 'short', timeStyle: 'short' };
  return element('time', { datetime: iso, title: format(date, STYLES.F) }, format(date, style));
}

export function dayName(iso) {
  return format(new Date(iso), STYLES.D);
}

export function keepTimesCurrent() {
  window.setInterval(() => {
    for (const time of document.querySelectorAll('time[data-relative]')) {
      const text = fromNow(new Date(time.dateTime));
      // Touching unchanged text would make screen readers read the live log again.
      if (time.textContent !== text) time.textContent = text;
    }
  }, 10_000);
}

function fromNow(date) {
  const seconds = Math.round((date.getTime() - Date.now()) / 1000);
  const [unit, length] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? UNITS.at(-1);
  return relative.format(Math.trunc(seconds / length), unit);
}
