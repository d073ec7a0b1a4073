/** Longer ordinary messages, of people who explain, report and weigh: length and plain detail are no marks of spam. */
export const longChat: Readonly<Record<string, readonly string[]>> = {
  technical: [
    "[i think|afaik|turns out] the [driver|firmware|parser|scheduler|cache] [does not|doesn't] [wait for|flush|free] the [buffer|queue|socket|file] [before|when] [the device sleeps|it reconnects|the process exits], [so|which means] [you lose|we get] [the last packet|a timeout|corrupt data] [every few hours|under load|after a power cut]",
    '[if|when] you [set|raise|lower] the [timeout|interval|buffer size|rate] to {digit}{digit}{digit} [ms|bytes|seconds], [it seems|it is] [more stable|slower but fine|worse], [not sure why|probably because of the retries|need to measure it properly]',
    '[merged|rebased|reviewed] [the branch|your pr|main], [had to|needed to] [fix|rename|drop] [two tests|the old config|a race in the worker], [could you|can {name}] [look at|check] it [when you have time|before the release]?',
    '[the way|how] it works: [each|every] [node|client|worker] [keeps|stores] [a list|the last {small} messages|its own copy], [and|then] [sends|compares] [only|just] [what changed|the hashes|the ids] [to the others|on reconnect]',
  ],
  troubleshooting: [
    '[my {thing}|the repeater|the server|the node] [keeps rebooting|loses connection|does not show up|drains the battery] [since|after] [the update|i moved it|version {digit}.{digit}], [tried|already did] [a factory reset|another cable|reflashing], [nothing in the logs|log says error {digit}{digit}|no luck so far]. [any ideas|what am i missing|has anyone seen this]?',
    '[thanks|ok thanks], [that worked|it is better now], [had to|i only needed to] [change the port|hold the button for {small} seconds|update the app too], [weird|strange] [that|how] [the manual|nobody] [says so|mentions it]',
    '[for what it is worth|fwiw], [mine|my {thing}] [runs|has been running] [for {span}|since {digit} weeks] [on battery|on the roof|without problems], [range is|i get] [about|around] {small} km [to the hill|in the city|with the small antenna]',
  ],
  opinion: [
    "[honestly|to be fair|in my opinion], [i would|i'd] [rather|prefer to] [keep|have] [the old layout|one channel for all|fewer settings], [because|since] [new people|most of us] [get lost|never find it|just want to talk], [but|though] [i see why|that is only me]",
    '[it depends|depends] on [what you need|your budget|how far you want to go]: [the cheap one|the first model] is [fine for|good at] [messages|short range|testing], the [bigger|newer] one [lasts longer|has a screen|is easier to mount]',
    '[i do not|dont] [agree|think so], {name}. [we tried that|someone did that] [last year|before] and [it ended|everyone was] [in a mess|annoyed|asking for the old one], [maybe|so lets] [ask|poll] [the others|people] [first|again]',
  ],
  report: [
    '[went|drove|walked] [up the hill|to the coast|through the park] [with|carrying] the {thing} [today|this morning], [heard|saw|met] {small} [nodes|people|birds], [best one|the farthest] was [at|about] {digit}{digit} km, [pictures|notes] [later|in the other channel]',
    '[notes from|summary of] [the meeting|yesterday]: {name} [does|will do] [the docs|testing], {name} [looks at|handles] [the {thing}|the website], [we meet again|next call] [on monday|in {span}], [say|shout] [if i forgot something|if that is wrong]',
    '[updated|cleaned up] [the wiki|the list|the map], [moved|removed] [the old entries|duplicates], [please|can someone] [check|correct] [your own line|the dates|my spelling]',
  ],
  introduction: [
    '[hi|hello] [all|everyone], [new here|just joined], [i am from|based in] [the north|a small town|the coast], [got|bought] my first {thing} [last week|for christmas], [still|slowly] [reading|figuring things out], [where should i start|what do people use here]?',
    '[sorry|apologies] [for the|if this is a] [long post|beginner question|wrong channel], [i have read|i searched] [the faq|the pinned posts] and [could not find|still do not get] [how the roles work|where to post|what the setting does]',
  ],
};
