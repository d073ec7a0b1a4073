/** Kinds of spam, each in several wordings; written for this bot, in the manner of what moderators meet. */
export const lures: Readonly<Record<string, readonly string[]>> = {
  nitroGift: [
    '{shiny} [free|FREE] [discord nitro|nitro|3 months of nitro] [for everyone|for you|here] {shiny} {badlink}',
    '[someone gifted you|you got|you have been gifted] [nitro|a nitro boost|1 month of Nitro]{end} [claim|accept|get] it [before it expires|within {span}|now]: {badlink}',
    '[steam|epic|spotify] and discord [partnered|have a promo], [take|grab] [free nitro|nitro for free] [while it lasts|until {span} from now] {badlink}',
  ],
  nitroLeftover: [
    '[hey|yo|bro], [i have|i got] [a spare|an extra|some leftover] nitro [gift|code], [who wants|first come first served|take it] {badlink}',
    'i [bought|won] too [many|much] nitro lol, [take one|have it] {badlink} {smile}',
  ],
  steamGift: [
    '{sum} [steam|Steam] gift [card|code] [for free|50$|giveaway] {badlink}',
    '[bro|dude|hey] [i left|sent|gift] you [{amount}$ on steam|a steam gift {amount}$]: [steamcommunity.com/gift|{badlink}] {badlink}',
    '[gift {amount}$|steam gift {amount}$] [{badlink}](https://{luredomain}.{ending}{path})',
  ],
  steamVote: [
    '[hey|hi bro] [can you|could you please|pls] vote for my [team|squad] in the {game} [tournament|cup|league]? [it takes a second|we need it badly] {badlink}',
    'my [clan|team] is in the [final|top 5], log in with steam and [vote|support us] {badlink} [please|ty]',
  ],
  skins: [
    '[trade|trading] my [knife|skins|dragon lore|inventory] for [anything|cheap], [offer here|send offer] {badlink}',
    '[free|win] {game} [skins|cases] [every day|for all]{end} [sign in with steam|use code {letters}{digit}{digit}] {badlink} {shiny}',
  ],
  cryptoDouble: [
    '[send|deposit] {small} {coin} and [get|receive] [double|2x|twice as much] back [instantly|in {span}]{end} {badlink}',
    '[elon|the ceo|our foundation] is [giving back|giving away] {large} {coin}, [send any amount|participate now], get x2 {badlink}',
  ],
  airdrop: [
    '{shiny} {coin} airdrop [is live|started|now open] {shiny} [connect your wallet|connect metamask|verify wallet] [to claim|and claim] {large} tokens {badlink}',
    '[claim|check eligibility for] the [official|second] airdrop [before|within] {span}, [no gas|gas free] {badlink}',
    '[mint|presale] is [live|open] [only {span} left|whitelist free] {badlink} {shiny}',
  ],
  signals: [
    '[join|come to] my [telegram|whatsapp] [channel|group] for [free|daily|accurate] {coin} signals, [{percent} win rate|we made {percent} this week] {badlink}',
    '[our vip|my] signals [never miss|hit again], {percent} [profit|gains] [today|this week]. dm {handle}',
  ],
  trader: [
    'i [started with|invested] {sum} and [now earn|withdrew|got] ${large} [after {span}|weekly] [thanks to|with the help of] [mrs|mr|expert] {name}, [contact|message] {handle}',
    "i'll [help|teach|show] the first {small} people how to earn ${large} [within {span}|in {span}] in the [{coin}|crypto] market, [you pay me|and you give me] 10% of your [profit|earnings] [when|after] you receive it. [dm me|ask me HOW|text {phone}]",
    '[thank you|all thanks to] {name} for [managing|trading] my account, [received|got] my [payout|withdrawal] of {sum} [today|just now] {badlink}',
  ],
  recovery: [
    '[lost|scammed of] your {coin}? [our|a] [recovery expert|hacker] [can get|got] it back, [contact|write to] {handle}',
    'i [recovered|got back] my {sum} [stolen|lost] funds through {handle}, [they are legit|highly recommended]',
  ],
  giveaway: [
    '{shiny} GIVEAWAY {shiny} [win|we give] [an iphone|a PS5|{sum}|an rtx card] [just|only] [register|join] {badlink}',
    '[congratulations|congrats] [@everyone|to you|winner]! you [won|have been chosen for] [our giveaway|the {sum} prize|a ps5], [claim here|confirm your address] {badlink}',
    '[first|only the first] {amount} [people|members] [get|receive] {sum} [free|for free] {badlink} {shiny}',
  ],
  fakeReport: [
    '[hey|hello], [i accidentally|so i mistakenly|sorry i by mistake] reported your [account|steam account|discord] [for fraud|as a scam|instead of another one], [you should|please] [contact|message] [the admin|discord support] {handle} [or you get banned|before it is banned|to cancel it]',
    '[bro|please] [my friend|i] reported [you|your account] [by accident|accidentally], [talk|write] to {handle} [he is staff|the steam admin] [within {span}|quick]',
  ],
  selfie: [
    "[hey|hi] [cutie|handsome|there], i'm {name} [19|20|21|22] [and bored|and lonely|new here], [my pics|see me|more of me] {badlink} {shiny}",
    '[is this you|is that you|omg are you] [in this video|on this photo|in these pics]? {badlink}',
    '[want|wanna] [see|trade] my [private pics|photos|hot pics]? [add me|link in bio|come here] {badlink} 😘',
  ],
  adultServer: [
    '[hot|sexy|18+] [teen|egirl|milf|amateur] [leaks|content|nudes|videos] [free|for free|daily] {shiny} {invite}',
    '🔞 [free|best] [onlyfans leaks|nsfw|cam girls] 🔞 [join|here] {invite} @everyone',
    '[onlyfans|of] [leaks|mega folder] [{small}gb|of all creators] {badlink}',
  ],
  dating: [
    '[single|lonely] [women|girls] [near you|in your area|tonight] [want to meet|are waiting|text back] {badlink}',
    '[find|meet] your [match|date] [tonight|in {span}], [no credit card|sign up free] {badlink}',
    'Hi [dear|darling], {name} [wants to meet|sent you a message|fancies] you. Reply to {short} [to read it|STOP to end] £1.{digit}0/msg',
  ],
  jobs: [
    '[we are hiring|now hiring|looking for] [remote|part time|online] [workers|assistants|data entry people], [earn|salary] {sum} [a day|daily|per week], [no experience needed|work from home] {badlink}',
    '[make|earn] {sum} [daily|every day|a week] [from home|with your phone|working 1 hour], [dm me|message {handle}|text {phone}] [for info|to start]',
    '[need|looking for] {small} [people|testers] for [easy|simple] [tasks|reviews], [paid|payment] {sum} [per task|instantly], [telegram|whatsapp] {handle}',
  ],
  gameTester: [
    '[hey|hi], [can you|could you] [test|try] my [new game|indie game|first game]? [i pay|you get] {sum} [for feedback|nitro] [download|pass {digit}{digit}{digit}{digit}]: {badlink}',
    '[my friend and i|we] [made|released] a [beta|game], [play it|try it] and [tell me|get a reward] {badlink} [it is an exe|antivirus off pls]',
  ],
  accountSuspended: [
    '[dear user|dear customer|attention], your [account|discord account|bank account|paypal] [has been|was|will be] [limited|suspended|locked|disabled] [due to|because of] [unusual activity|a violation]. [verify|confirm|restore] [it|your identity] [here|within {span}]: {badlink}',
    '[security alert|warning]: [someone|a new device] [signed in|tried to log in] to your account. [if this was not you|secure it now] {badlink}',
  ],
  fakeStaff: [
    '[i am|this is] [from|a] [discord|steam] [staff|support|trust and safety], your account [is reported|will be deleted], [send|give] me [the code|your login code] [to verify|to stop it]',
    '[Discord|server] [verification|security] bot: [all members|you] must [verify again|scan the qr code] [within {span}|or be kicked] {badlink}',
  ],
  parcel: [
    'your [parcel|package|delivery] [is held|could not be delivered|is waiting], [pay|a fee of] $1.{digit}{digit} [to release it|is due] {badlink}',
    '[final notice|last reminder]: [update|confirm] your delivery [address|details] {badlink}',
  ],
  taxRefund: [
    'you are [owed|eligible for] a [tax|council] refund of {sum}, [claim|submit] [by|within] {span} {badlink}',
    '[your|the] [electricity|energy] [rebate|grant] of {sum} is [ready|approved] {badlink}',
  ],
  smsPrize: [
    '[URGENT|WINNER|Congrats]! [your number|your mobile|You] [has won|was awarded|have won] [a|the] {sum} [prize|cash prize|voucher]. [Call|Txt CLAIM to] {short} [now|from landline] [T&Cs apply|18+|valid {span}]',
    'You have [1 new|an unread] [voicemail|video message]. [Call|Dial] {phone} [to listen|now]. [calls cost|charged] £1.{digit}0/min',
    '[Free entry|Win tickets] in [our|the] [weekly|monthly] [draw|quiz]. Txt [WIN|GO|PLAY] to {short} [std rate|150p/msg] [reply STOP to opt out|]',
  ],
  ringtone: [
    '[Get|Download] [the latest|hot] [ringtones|wallpapers|games] [to your phone|for your mobile], [text|send] [TONE|MP3|JAVA] to {short} [only 150p|£1.50/wk]',
    '[free|your free] [ringtone|polyphonic tone] is [waiting|here], reply [YES|TONE] to {short}',
  ],
  phoneUpgrade: [
    '[you are entitled|your plan entitles you] to [upgrade|update] to the [latest|newest] [camera phone|mobile|handset] [for free|at half price], call {phone}',
    '[double minutes|unlimited texts|half price line rental] [for|on] {span} [from] {phone}, reply [YES|CALL] to {short}',
  ],
  mySong: [
    '[check out|listen to|watch] my [new song|cover|mixtape|remix|first single] [please|pls], [thumbs up|like it] [so people can see|if you like it] {badlink}',
    "i know [nobody will read this|this gets ignored] but i'm a [young|small] [rapper|singer|producer], [one minute|check my channel] [would mean the world|please]",
  ],
  subscribe: [
    '[subscribe|sub|please sub] to my [channel|youtube] [and i sub back|sub4sub|for {game} videos]{end}',
    'sub for sub? [i sub back 100%|honest]{end} {badlink}',
    '[like this comment|give this a like] and [subscribe|check my channel] [for more|for a surprise] {shiny}',
    '[im|i am] [close to|trying to reach] {amount} [subscribers|subs], [help me|please subscribe] [guys|everyone] {badlink}',
  ],
  streamer: [
    '[im live|live now|streaming] [on twitch|on kick] [drop a follow|follow for follow|come watch] {badlink}',
    '[want|need] [viewers|followers]? [buy|get] {amount} [real followers|viewers] for {sum} {badlink}',
  ],
  serverAd: [
    '[join|come join|check out] [our|my] [new|active|friendly|chill] {server} [for|about] [{game}|anime|memes|dating|trading], [we have|with] [giveaways|nitro drops|roles|events] {invite}',
    '{shiny} [{noun} {server}|THE {noun} HUB] {shiny} [active chat|cute emotes|no toxicity|e-girls] {invite} [@everyone|]',
    '[looking for|need] [members|staff|mods] [for|in] my {server}, [apply|join] {invite}',
  ],
  dmAd: [
    '[sorry to bother|hi], [i saw you in|we share] a server, [would you like to|want to] join [mine|ours]? {invite}',
    '[partner|partnership] with my {server}? [we have|over] {amount} members {invite}',
  ],
  boosting: [
    '[cheap|fast|safe] {game} [boosting|accounts|coins|elo boost], [from|only] {sum}, [vouches|trusted seller|paypal accepted] {invite}',
    '[selling|wts] {game} [account|acc] [with rare skins|maxed] {sum} [dm|add] {handle}',
  ],
  hacks: [
    '[undetected|free|working] {game} [hack|aimbot|wallhack|executor|cheat], [no key|updated today] [download|get it] {badlink}',
    '[unlimited|free] [robux|vbucks|coins|gems] [generator|hack] [works|no survey] {badlink} {shiny}',
  ],
  crackedSoftware: [
    '[cracked|free] [photoshop|office|premiere|spotify premium] [lifetime|full version] [download|link] {badlink}',
    '[netflix|spotify|disney] [accounts|premium] [for|only] ${small} [lifetime|1 year], [warranty|instant delivery] {badlink}',
  ],
  pharmacy: [
    '[buy|cheap|order] [viagra|cialis|xanax|weight loss pills|adderall] [online|without prescription], [discreet|overnight] [shipping|delivery] {badlink}',
    '[lose|burn] {small} [pounds|kg] in {span} [with this|without exercise] [trick|pill|keto gummy] {badlink}',
  ],
  loan: [
    '[need|looking for] a [quick|personal|business] loan? [up to|from] {sum}, [bad credit ok|no credit check|low rate {percent}], [apply|contact] {badlink}',
    '[get|be] [out of debt|approved] [today|in {span}], [write off|borrow] [up to] {sum} call {phone}',
  ],
  casino: [
    '[{amount}|{large}] free spins [no deposit|on sign up], [play|register at] {sub}.{ending} {shiny}',
    '[won|just cashed out] {sum} [on this casino|at this slot], [use my code|sign up with] {letters}{digit}{digit} [for a bonus|get {percent} bonus] {badlink}',
    '[sure|fixed|guaranteed] [bets|matches] [every day|today], [{percent} win|100% sure], [telegram|whatsapp] {handle}',
  ],
  seo: [
    '[hello|dear owner], we [offer|provide] [seo|backlinks|guest posts|web design] [at cheap price|from {sum}], [first page of google|more traffic] [guaranteed] {badlink}',
    '[great post|nice article|very useful info], [visit|see also] my [site|blog] {badlink}',
    '[buy|get] {large} [backlinks|visitors|emails] [for only|from] {sum} {badlink}',
  ],
  essays: [
    '[i do|we do|hire me for] [homework|essays|assignments|exams|thesis], [plagiarism free|A+ guaranteed], [cheap|{small}$ per page], dm {handle}',
    '[need|struggling with] [help with|your] [assignment|essay|math exam]? [expert tutors|we got you] {badlink}',
  ],
  surveys: [
    '[get paid|earn {sum}] [to take|for] surveys, [i made|already got] {sum} [this week|in {span}] {badlink}',
    '[fill in|complete] [this|a quick] survey and [get|win] a {sum} [gift card|voucher] {badlink}',
  ],
  referral: [
    '[use|enter] my [code|referral] {letters}{digit}{digit}{digit} and [we both get|get] {sum} [free|bonus] {badlink}',
    '[download|install] [this app|the app] [with my link|from here], [get|earn] {sum} [just for signing up] {badlink} [cash out today|real paypal money]',
  ],
  hotStock: [
    '[{noun} corp|this penny stock|{letters}x coin] [will explode|goes to the moon|is about to pump] [{percent}|x{small}], [buy now|get in before {span}] {badlink} {shiny}',
    '[pump|vip pump] [today|in {span}] on {coin}, [join|be ready] {invite}',
  ],
  nft: [
    '[i want to buy|would you sell] your [art|pictures|photo] as [an nft|nfts] for {small} ETH, [mint|upload] [it here|on] {badlink}',
    '[free|stealth] [nft mint|whitelist spots] [{amount} left|ends in {span}] {badlink} @everyone',
  ],
  commission: [
    '[hi|hello], i am [an artist|a 3d artist|a designer], [i can draw|i make] [your character|logos|emotes|banners] [cheap|at a low price], [dm me|are you interested]? {badlink}',
    '[do you need|are you looking for] [a logo|stream overlays|vtuber model|animation]? [check my portfolio|dm for prices] {badlink}',
  ],
  charity: [
    '[please help|i beg you], [my mother|my son|we] [is sick|need surgery|lost our home], [donate|send] [anything|{sum}] [to this|paypal] {badlink} [god bless|share]',
    '[sign|support] [this petition|our campaign] [now|please] and [share|repost] to {small} [friends|groups] {badlink}',
  ],
  chainLetter: [
    '[send|forward|copy] this to {small} [people|servers] or [you will lose your account|bad luck for {span}|discord will start charging]',
    '[warning|attention]! [do not accept|tell everyone about] {handle}, [he is a hacker|they will get your ip], [copy and paste this|spread to all your servers]',
  ],
  inheritance: [
    '[dear friend|dear beloved|greetings], i am [barrister|mr|mrs] {name}, [a client|my late husband] left [{large} million|{sum}], [i need your trust|share it with me], [reply|email] {name}{digit}{digit}@{sub}.{ending}',
    'you [are the beneficiary|have been selected by the UN] of {sum}, [contact|write to] [agent|director] {name} {phone}',
  ],
  fakeUpdate: [
    '[your|the] [discord|browser|flash player] is [out of date|not up to date], [update|install] [here|now] [or lose access|] {badlink}',
    '[new|beta] discord [client|theme|features] [early access|for testers] {badlink} [run setup.exe|]',
  ],
  qrLogin: [
    '[scan|just scan] [this|the] qr [code|] with [your phone|the discord app] to [get nitro|verify you are human|unlock the server]',
    '[verify|confirm] [you are not a bot|your age]: [scan the qr|log in] {badlink}',
  ],
};
