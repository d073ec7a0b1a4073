/** Hosts that belong to those whom lures imitate. */
const GENUINE = new Set(
  'discord.com discord.gg discord.gift discord.new discord.media discordapp.com discordapp.net discordstatus.com dis.gd steamcommunity.com steampowered.com steamstatic.com steamusercontent.com steam.tv s.team steamdb.info'.split(
    ' ',
  ),
);
const IMITATED = ['discord', 'discordapp', 'discordgift', 'steam', 'steamcommunity', 'steampowered', 'nitro'];
const INVITE =
  /^https?:\/\/(?:www\.)?(?:discord\.gg|discord(?:app)?\.com\/invite|dsc\.gg|t\.me\/(?:joinchat|\+)|chat\.whatsapp\.com)(?:\/|$|[\w-])/i;
const SHORTENERS = new Set(
  'bit.ly tinyurl.com t.co goo.gl is.gd v.gd cutt.ly rb.gy ow.ly shorturl.at rebrand.ly tiny.cc buff.ly s.id t.ly clck.ru adf.ly linktr.ee'.split(
    ' ',
  ),
);
const LONGEST_LABEL = 63;

export function isInvite(url: string): boolean {
  return INVITE.test(url);
}

export function isShortener(host: string): boolean {
  return SHORTENERS.has(host);
}

/**
 * Whether a host looks like Discord's or Steam's and is not: dlscord.gift, steamcomnunity.ru, discord-nitro.example.
 * A part of it is such a name with at most one letter wrong in eight.
 */
export function imitates(host: string): boolean {
  const labels = host.toLowerCase().split('.');
  if (GENUINE.has(labels.slice(-2).join('.'))) return false;
  const parts = labels.slice(0, -1).flatMap((label) => [label, ...label.split('-')]);
  return parts.some((part) => part.length <= LONGEST_LABEL && IMITATED.some((name) => resembles(part, name)));
}

function resembles(part: string, name: string): boolean {
  if (part === name || (name.length >= 7 && part.includes(name))) return true;
  const allowed = Math.floor(name.length / 6);
  return (
    name.length >= 7 && Math.abs(part.length - name.length) <= allowed && distance(part, name) <= allowed
  );
}

/** Edits of one letter, or a swap of two neighbours, between two words. */
function distance(left: string, right: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, at) => at);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const isSame = left[row - 1] === right[column - 1];
      const isSwap =
        row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      current[column] = Math.min(
        last[column] + 1,
        current[column - 1] + 1,
        last[column - 1] + (isSame ? 0 : 1),
        isSwap ? beforeLast[column - 2] + 1 : Infinity,
      );
    }
    beforeLast = last;
    last = current;
  }
  return last[right.length];
}
