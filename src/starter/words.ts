import type { Lexicon } from './grammar.js';

/** Everyday parts that lures and chat share, so that none of them gives a label away. */
export const words: Lexicon = {
  name: list(
    'Alex|Sam|Mina|Jonas|Priya|Leo|Hana|Marta|Chris|Dani|Felix|Nora|Omar|Yuki|Tess|Ravi|Elena|Max|Ivy|Kofi|Lars|Bea|Jin|Rosa',
  ),
  hello: list(
    'hey|hi|hello|yo|hey guys|hi all|hello everyone|hey everyone|sup|good morning|heyy|hiya|guys|hello there|evening all',
  ),
  server: list('server|discord|community|guild|group|place'),
  game: list(
    'minecraft|valorant|cs2|roblox|fortnite|apex|stardew|terraria|osu|dota|rust|genshin|league|overwatch|elden ring|rocket league',
  ),
  thing: list(
    'keyboard|monitor|antenna|laptop|phone|headset|router|printer|bike|desk|charger|camera|mic|tablet|battery|radio',
  ),
  topic: list(
    'the new update|the last patch|the meetup|the bot|my homework|the docs|that movie|the match|the build|the release|the weather|the roadmap',
  ),
  coin: list('bitcoin|BTC|ETH|ethereum|solana|crypto|USDT|doge|XRP|BNB'),
  exchange: list('binance|coinbase|kraken|the exchange|metamask|trust wallet|my wallet'),
  small: list('5|10|15|20|25|30|40|50'),
  amount: list('50|75|100|150|200|250|300|500|{lead}00'),
  large: list('1,000|1500|2,000|3000|5,000|7500|10,000|10k|25k|50,000|{lead}5,000'),
  lead: list('1|2|3|4|5|6|7|8|9'),
  sum: list('${amount}|${large}|£{amount}|€{amount}|{amount} USD|{large} dollars|{amount} bucks'),
  percent: list('10%|20%|30%|50%|75%|90%|300%|100%'),
  span: list('24 hours|48 hours|2 days|3 days|a week|7 days|one week|12 hours|a few hours'),
  smile: list(':)|;)|:D|xD|😂|🙂|😅|👍|❤️|lol|haha|lmao|'),
  shiny: list('🎁|🚀|🔥|💰|💎|🎉|✅|⚡|🤑|👇|💸|🥳|⭐|🎁🎁|🔥🔥🔥|🚀🚀|'),
  end: list('.|!|!!|...||||'),
  sub: list(
    '{letters}{letters}|{noun}-{digit}{digit}|{noun}{letters}|{noun}-{noun}|my{noun}|{noun}{digit}{digit}',
  ),
  noun: list(
    'prime|lucky|star|mega|swift|nova|pixel|ocean|rapid|gold|blue|cloud|happy|zen|orbit|flux|maple|tiger|echo|lumen',
  ),
  letters: list('ba|ko|ri|zu|me|lo|ta|ven|dri|sol|qua|xi|no|pel|gar|mi'),
  ending: list('com|net|xyz|top|shop|site|online|info|club|gift|live|ru|io|link|click|pro|vip|app'),
  plainending: list('com|org|net|io|dev|app|de|co.uk|fr|kr|me'),
  path: list(
    '|/{letters}{digit}|/{noun}|/{letters}{letters}{digit}{digit}|/?ref={letters}{digit}{digit}|/go|/p/{digit}{digit}{digit}',
  ),
  badlink: list(
    'https://{sub}.{ending}{path}|http://{sub}.{ending}{path}|{sub}.{ending}{path}|https://{luredomain}.{ending}{path}|https://bit.ly/{digit}{letters}{letters}{digit}',
  ),
  luredomain: list(
    'dlscord-{noun}|discorcl-{letters}|discord-{noun}|stearncommunity{digit}|steamcommunlty|steam-{noun}|free-{noun}|{noun}-airdrop|nitro-{noun}|claim-{noun}|secure-{noun}|{noun}-bonus',
  ),
  goodlink: list(
    'https://github.com/{noun}{letters}/{noun}-{letters}|https://www.youtube.com/watch?v={letters}{digit}{letters}{digit}|https://docs.{noun}{letters}.{plainending}/{noun}|https://{noun}{letters}.{plainending}{path}|https://en.wikipedia.org/wiki/{noun}|https://{noun}.{plainending}/blog/{noun}-{digit}|https://www.reddit.com/r/{noun}/{letters}{digit}|https://imgur.com/{letters}{digit}{letters}|https://store.steampowered.com/app/{digit}{digit}{digit}{digit}50',
  ),
  invite: list(
    'discord.gg/{letters}{letters}{digit}|https://discord.gg/{noun}|https://discord.com/invite/{letters}{digit}{letters}|discord.gg/{noun}{noun}',
  ),
  handle: list(
    '@{noun}_{letters}|@{letters}{letters}{digit}{digit}|{noun}{letters}#{digit}{digit}{digit}{digit}|@{noun}trades',
  ),
  phone: list(
    '+44 7{digit}00 {digit}00{digit}{digit}{digit}|+1 (555) 01{digit}-{digit}{digit}{digit}{digit}|08{digit}0{digit}{digit}{digit}{digit}{digit}{digit}|+234 80{digit} {digit}{digit}{digit} {digit}{digit}{digit}{digit}',
  ),
  short: list('8{digit}{digit}{digit}{digit}|6{digit}{digit}{digit}{digit}|7{digit}{digit}{digit}'),
};

function list(choices: string): string[] {
  return choices.split('|');
}
