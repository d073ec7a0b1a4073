import { element } from './element.js';
import { link, markdown } from './markdown.js';
import { messageTime } from './times.js';

// The same as in embeds.css, which keeps pictures of unknown measures within them.
const WIDEST = 400;
const HIGHEST = 350;

export function embedView(embed, attachments, names) {
  const card = element(
    'section',
    { class: 'embed', 'aria-label': embed.title ?? 'Embed' },
    embed.author && element('div', { class: 'embed-author' }, maybeLink(embed.author.name, embed.author.url)),
    embed.title &&
      element('div', { class: 'embed-title' }, maybeLink(markdown(embed.title, names), embed.url)),
    embed.description &&
      element('div', { class: 'embed-description markdown' }, markdown(embed.description, names)),
    embed.fields?.length > 0 &&
      element(
        'dl',
        {},
        embed.fields.map((field) => fieldView(field, names)),
      ),
    embed.image && pictureView(embed.image, embed.title ?? 'image', attachments),
    (embed.footer || embed.timestamp) && footerView(embed),
  );
  // 0 is black in Discord's API too; only an absent colour means none.
  if (typeof embed.color === 'number') {
    card.style.borderInlineStartColor = `#${embed.color.toString(16).padStart(6, '0')}`;
  }
  return card;
}

export function attachmentView(attachment) {
  if (attachment.content_type?.startsWith('image/')) return imageView(attachment);
  const address = ownAddress(attachment.url);
  const { filename } = attachment;
  return element('p', { class: 'file' }, address === undefined ? filename : link(address, filename));
}

function fieldView({ name, value, inline }, names) {
  return element(
    'div',
    { class: inline ? 'field inline' : 'field' },
    element('dt', {}, markdown(name, names)),
    element('dd', { class: 'markdown' }, markdown(value, names)),
  );
}

function footerView({ footer, timestamp }) {
  return element(
    'footer',
    {},
    footer?.text,
    footer && timestamp && ' · ',
    timestamp && messageTime(timestamp, { short: false }),
  );
}

/** A card's picture, which is often one of the message's files. */
function pictureView(image, title, attachments) {
  const attached = attachments.find(
    ({ url, filename }) => image.url === url || image.url === `attachment://${filename}`,
  );
  return imageView({ filename: title, ...image, ...attached });
}

function imageView({ url, filename, description, width, height }) {
  const address = ownAddress(url);
  if (address === undefined) return element('p', { class: 'file' }, maybeLink(url, url));
  const image = element('img', { src: address, alt: description ?? filename, ...shownSize(width, height) });
  return link(address, image, {
    class: 'picture',
    'aria-label': `Enlarge ${filename}`,
    'data-action': 'enlarge',
  });
}

/** Known measures reserve the space, so the list does not jump when the picture arrives. */
function shownSize(width, height) {
  if (!width || !height) return {};
  const scale = Math.min(1, WIDEST / width, HIGHEST / height);
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

/**
 * Where the page may fetch a picture from: the playground itself and nobody else. The server names itself
 * by the address it listens on, which need not be the name under which the page was opened.
 */
function ownAddress(url) {
  const { protocol, hostname, port, pathname, search } = new window.URL(url, location.href);
  const loopback = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  const own = hostname === location.hostname || loopback;
  if (!protocol.startsWith('http') || !own || port !== location.port) return undefined;
  return pathname + search;
}

function maybeLink(content, url) {
  return url?.match(/^https?:/) ? link(url, content) : content;
}
